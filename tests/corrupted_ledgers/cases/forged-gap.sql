DELETE FROM kaitei_events;
DELETE FROM kaitei_contents;
INSERT INTO kaitei_events VALUES (1, '2026-04-01T12:00:00.000000+00:00', '', 2, '4f90c2b6a5c3e47ac305b58e650ac319cb93f59ec2d00a9a67104c0b0179630e', 1, x'a95665dbe7ec5005a98083b66c243ca0', 1, 'kaitei.assessment-registered', CAST('bc576e134320ee93d5f8ae28eb1f5db2a9079a818e649ad51802feaeeba91ce8' AS BLOB));
INSERT INTO kaitei_contents VALUES (1, '霞野 花子', '{"body":"霞野市長",
"form":"様式3",
"form_edition":"",
"municipality_code":"",
"number":"12",
"title":"住民基本台帳に関する事務"}', 'bb2cecceec35a53913790c8e73015ddf', NULL);
INSERT INTO kaitei_events VALUES (2, '2026-04-01T12:00:00.000000+00:00', '', 2, 'f244323e78758c085a3ffc8baa127649ec79b020d0124c431861119f7c22ccdd', 2, x'a95665dbe7ec5005a98083b66c243ca0', 2, 'kaitei.edition-received', CAST('b5e45bd473c95c850365524e59e26a99c33594c93346546eb75d4ec88331f1ae' AS BLOB));
INSERT INTO kaitei_contents VALUES (2, '霞野 花子', '{"assigned":197,
"characters":200,
"file_name":"霞野.txt",
"form":"様式3",
"header":{"_data_":{"body":"霞野市長","form_edition":"令和7年5月 様式3","number":"12","publication_date":"令和6年4月1日","special_notes":"","title":"住民基本台帳に関する事務"},"_type_":"header"},
"items":{"_data_":[{"_data_":{"doubt":"","key":"I.1.1","kind":"text","line":9,"path":["","I","1","①事務の名称"],"value":"住民基本台帳に関する事務"},"_type_":"item"},
{"_data_":{"doubt":"印が読み取れない","key":"II.3.2","kind":"checkbox","line":31,"path":["送付先情報ファイル","II","3","②入手方法"],"value":{"_data_":{"checked":["紙"],"other_text":"窓口","unchecked":["電子メール","専用線"],"unreadable":[]},"_type_":"boxes"}},"_type_":"item"}],"_type_":"tuple"},
"publication_date":"令和6年4月1日",
"reader":"outline/1",
"rows":1,
"sha256":"83d3cbefa3d04d5fb9f1ca108327c25b84e5dd81a0cfd4b57c7067fcb161bf23",
"table":{"_data_":"rows","_type_":"table_state"},
"unassigned":{"_data_":[{"_data_":{"line":3,"place":"","text":"しおり"},"_type_":"passage"}],"_type_":"tuple"}}', '091ac03aa02307f0fd6ba75dbacc38af', NULL);
INSERT INTO kaitei_events VALUES (3, '2026-04-01T12:00:00.000000+00:00', '', 2, 'fa9734a74f5751aa93a79b12af8e469483faf26aeab9f703b79f35d2aa2287fe', 3, x'a95665dbe7ec5005a98083b66c243ca0', 3, 'kaitei.item-changed', CAST('410ac7dbe8faf1e1e420cc50ed1392ebb3c33c4f575688d4c6f0e34bd2a781e1' AS BLOB));
INSERT INTO kaitei_contents VALUES (3, '霞野 花子', '{"actual_day":"",
"after":"市民窓口課",
"before":"市民課",
"change_date":"令和5年4月3日",
"explanation":"重要な変更に当たらない",
"item_text":"I-6①部署",
"no":1,
"path":"",
"revision":"",
"source":"83d3cbefa3d04d5fb9f1ca108327c25b84e5dd81a0cfd4b57c7067fcb161bf23",
"timing":"事後"}', '3394946641d86bc8cdc16aba3910d5f1', NULL);
INSERT INTO kaitei_events VALUES (4, '2026-04-01T12:01:00.000000+00:00', '', 2, '58f874ba6ed4dda163b0516a6d7e52d7376681b578db892e9a9e2ab738aca2c5', 4, x'165d643ad86a5fe5a1dc1ddcf5bf23c3', 1, 'kaitei.assessment-registered', CAST('f2b89925e8d25cc554a159b142b11b0d84ce29e7b938dc2c1c7a76340300bc47' AS BLOB));
INSERT INTO kaitei_contents VALUES (4, '佐藤', '{"body":"霞野市長",
"form":"様式3",
"form_edition":"",
"municipality_code":"",
"number":"13",
"title":"児童手当に関する事務"}', '1347e570ec3741f9eb38123b1cdeb10d', NULL);
INSERT INTO kaitei_events VALUES (5, '2026-04-01T12:03:00.000000+00:00', '', 2, '278803967427494c05fdcbc6168f84b0d5eb84ba25fe98696110532e314f5c64', 5, x'a95665dbe7ec5005a98083b66c243ca0', 5, 'kaitei.item-changed', CAST('631f9e9e7518d69449626ee2f41913b9989e6592086725d7ad9f25547a28a1f6' AS BLOB));
INSERT INTO kaitei_contents VALUES (5, '霞野 花子', '{"actual_day":"",
"after":"市民部",
"before":"総合窓口課",
"change_date":"",
"explanation":"",
"item_text":"",
"no":0,
"path":"I/6/①部署",
"revision":"r2",
"source":"",
"timing":"事後"}', '97c6359580505da7e7baedd13fe6b508', NULL);
INSERT INTO kaitei_events VALUES (6, '2026-04-01T12:04:00.000000+00:00', '', 2, 'a348efcfa67975d61c8fe1c9245ffe31a8f87244dd7d495fd8e0ee81f2c42d7f', 6, x'165d643ad86a5fe5a1dc1ddcf5bf23c3', 2, 'kaitei.edition-received', CAST('d8e5238606dac18bba8aebb7c8d2876e4534118fec3e3e7a5bd5edb24c1a215f' AS BLOB));
INSERT INTO kaitei_contents VALUES (6, '佐藤', '{"assigned":197,
"characters":200,
"file_name":"〔非公開：氏名を誤って公表したため〕.txt",
"form":"様式3",
"header":{"_data_":{"body":"霞野市長","form_edition":"令和7年5月 様式3","number":"13","publication_date":"令和6年4月1日","special_notes":"","title":"児童手当に関する事務"},"_type_":"header"},
"items":{"_data_":[{"_data_":{"doubt":"","key":"I.1.1","kind":"text","line":9,"path":["","I","1","①事務の名称"],"value":"住民基本台帳に関する事務"},"_type_":"item"},
{"_data_":{"doubt":"印が読み取れない","key":"II.3.2","kind":"checkbox","line":31,"path":["送付先情報ファイル","II","3","②入手方法"],"value":{"_data_":{"checked":["紙"],"other_text":"窓口","unchecked":["電子メール","専用線"],"unreadable":[]},"_type_":"boxes"}},"_type_":"item"}],"_type_":"tuple"},
"publication_date":"令和6年4月1日",
"reader":"outline/1",
"rows":1,
"sha256":"d38472765599ea1b584569ae21d19844ef4f138d929114b0f726b1301f08776f",
"table":{"_data_":"rows","_type_":"table_state"},
"unassigned":{"_data_":[{"_data_":{"line":3,"place":"","text":"しおり"},"_type_":"passage"}],"_type_":"tuple"}}', '06dfa702c47663b2625311e32a30e9fb 175dfcc27d43a29fe6a92b81b4fd2317 5800c049a598c15d6182be34af234517 0e49ccd2985fce0d51e9d1da30f927a848936803f2d81f883e18ba2c61f6f5ae:bdd52965d5243c62091908513362176b 51269c2c05799d6f224106c1cf614c79 28dbbbc5bc605b6490fe6151c2e12659 03d9721699cf2406cde2b4412aa00774 51a5d806e8840a4a6127a1e508fee5bd ea09e83817c862b6ebc91d7161bab549 2496ac8752172ead3f59581c72aaa685 b92fcff12a83070e6ce346578e1feacd 5035df91870bbd35cf572774d6681117 b0464548415e1eb402dff5fcf46f0b1c 9c0a39c9d5574e05e85d74f6ecffc3a9', NULL);
INSERT INTO kaitei_events VALUES (7, '2026-04-01T12:04:00.000000+00:00', '', 2, '446b7adbf350959f9fdf921774ed83c1b4705ed695f5ef600102a19505ba7a2b', 7, x'165d643ad86a5fe5a1dc1ddcf5bf23c3', 3, 'kaitei.item-changed', CAST('000e3dbd01900f05f9767a3f3907dbaae40142f097054bb836c64875bbaea00e' AS BLOB));
INSERT INTO kaitei_contents VALUES (7, '佐藤', '{"actual_day":"",
"after":"市民窓口課",
"before":"市民課",
"change_date":"令和5年4月3日",
"explanation":"重要な変更に当たらない",
"item_text":"I-6①部署",
"no":1,
"path":"",
"revision":"",
"source":"d38472765599ea1b584569ae21d19844ef4f138d929114b0f726b1301f08776f",
"timing":"事後"}', '3917800746b42e3ca1df07dd986cd730', NULL);
INSERT INTO kaitei_events VALUES (8, '2026-04-01T12:05:00.000000+00:00', '', 2, '02814076e991402b6e2a41f719a3536969868043dae573816339e0b5b59b1704', 8, x'165d643ad86a5fe5a1dc1ddcf5bf23c3', 4, 'kaitei.text-withheld', CAST('9f404b3f4d6e71027d6d28ad77fd40dcca466e6f40476025df978dced551f1b2' AS BLOB));
INSERT INTO kaitei_contents VALUES (8, '鈴木', '{"lines":{"_data_":[{"_data_":{"line":3,"now":"90492cd3ba47c19bcd352f5d5f1c1acd6a825225a4b1c60f363d500b2d0241c1","version":2},"_type_":"withheld_line"}],"_type_":"tuple"},
"sources":{"_data_":["d38472765599ea1b584569ae21d19844ef4f138d929114b0f726b1301f08776f"],"_type_":"tuple"},
"why":"氏名を誤って公表したため"}', '17590a8b6eefed3a635e62a088149f02', NULL);
INSERT INTO kaitei_events VALUES (9, '2026-04-01T12:06:00.000000+00:00', '', 2, '08eb06779b410852b728025ebbc8542ddc370e1e8a7959486769f872a14f0fa5', 9, x'a95665dbe7ec5005a98083b66c243ca0', 6, 'kaitei.assessment-reviewed', CAST('d2e329f8b68f97fb1528790828c8674b0a5e792f7e2ca979071c734470dd270a' AS BLOB));
INSERT INTO kaitei_contents VALUES (9, '霞野 花子', '{"day":"令和8年4月2日",
"undone":false,
"why":"相違ない"}', 'c2cf1e805a286d72cff0fa311c3d568d', NULL);
