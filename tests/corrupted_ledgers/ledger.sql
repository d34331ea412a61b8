BEGIN TRANSACTION;
CREATE TABLE kaitei_contents (
	sequence INTEGER NOT NULL, 
	recorded_by TEXT NOT NULL, 
	payload TEXT NOT NULL, 
	salts TEXT NOT NULL, 
	withheld INTEGER, 
	PRIMARY KEY (sequence)
);
INSERT INTO "kaitei_contents" VALUES(1,'霞野 花子','{"body":"霞野市長",
"form":"様式3",
"form_edition":"",
"municipality_code":"",
"number":"12",
"title":"住民基本台帳に関する事務"}','bb2cecceec35a53913790c8e73015ddf',NULL);
INSERT INTO "kaitei_contents" VALUES(2,'霞野 花子','{"assigned":197,
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
"unassigned":{"_data_":[{"_data_":{"line":3,"place":"","text":"しおり"},"_type_":"passage"}],"_type_":"tuple"}}','091ac03aa02307f0fd6ba75dbacc38af',NULL);
INSERT INTO "kaitei_contents" VALUES(3,'霞野 花子','{"actual_day":"",
"after":"市民窓口課",
"before":"市民課",
"change_date":"令和5年4月3日",
"explanation":"重要な変更に当たらない",
"item_text":"I-6①部署",
"no":1,
"path":"",
"revision":"",
"source":"83d3cbefa3d04d5fb9f1ca108327c25b84e5dd81a0cfd4b57c7067fcb161bf23",
"timing":"事後"}','3394946641d86bc8cdc16aba3910d5f1',NULL);
INSERT INTO "kaitei_contents" VALUES(4,'佐藤','{"body":"霞野市長",
"form":"様式3",
"form_edition":"",
"municipality_code":"",
"number":"13",
"title":"児童手当に関する事務"}','1347e570ec3741f9eb38123b1cdeb10d',NULL);
INSERT INTO "kaitei_contents" VALUES(5,'山田','{"actual_day":"",
"after":"総合窓口課",
"before":"市民課",
"change_date":"",
"explanation":"",
"item_text":"",
"no":0,
"path":"I/6/①部署",
"revision":"r1",
"source":"",
"timing":"事後"}','5c4928696578b9be178a714ae1328b63',NULL);
INSERT INTO "kaitei_contents" VALUES(6,'霞野 花子','{"actual_day":"",
"after":"市民部",
"before":"総合窓口課",
"change_date":"",
"explanation":"",
"item_text":"",
"no":0,
"path":"I/6/①部署",
"revision":"r2",
"source":"",
"timing":"事後"}','97c6359580505da7e7baedd13fe6b508',NULL);
INSERT INTO "kaitei_contents" VALUES(7,'佐藤','{"assigned":197,
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
"unassigned":{"_data_":[{"_data_":{"line":3,"place":"","text":"しおり"},"_type_":"passage"}],"_type_":"tuple"}}','06dfa702c47663b2625311e32a30e9fb 175dfcc27d43a29fe6a92b81b4fd2317 5800c049a598c15d6182be34af234517 0e49ccd2985fce0d51e9d1da30f927a848936803f2d81f883e18ba2c61f6f5ae:bdd52965d5243c62091908513362176b 51269c2c05799d6f224106c1cf614c79 28dbbbc5bc605b6490fe6151c2e12659 03d9721699cf2406cde2b4412aa00774 51a5d806e8840a4a6127a1e508fee5bd ea09e83817c862b6ebc91d7161bab549 2496ac8752172ead3f59581c72aaa685 b92fcff12a83070e6ce346578e1feacd 5035df91870bbd35cf572774d6681117 b0464548415e1eb402dff5fcf46f0b1c 9c0a39c9d5574e05e85d74f6ecffc3a9',9);
INSERT INTO "kaitei_contents" VALUES(8,'佐藤','{"actual_day":"",
"after":"市民窓口課",
"before":"市民課",
"change_date":"令和5年4月3日",
"explanation":"重要な変更に当たらない",
"item_text":"I-6①部署",
"no":1,
"path":"",
"revision":"",
"source":"d38472765599ea1b584569ae21d19844ef4f138d929114b0f726b1301f08776f",
"timing":"事後"}','3917800746b42e3ca1df07dd986cd730',NULL);
INSERT INTO "kaitei_contents" VALUES(9,'鈴木','{"lines":{"_data_":[{"_data_":{"line":3,"now":"90492cd3ba47c19bcd352f5d5f1c1acd6a825225a4b1c60f363d500b2d0241c1","version":2},"_type_":"withheld_line"}],"_type_":"tuple"},
"sources":{"_data_":["d38472765599ea1b584569ae21d19844ef4f138d929114b0f726b1301f08776f"],"_type_":"tuple"},
"why":"氏名を誤って公表したため"}','17590a8b6eefed3a635e62a088149f02',NULL);
INSERT INTO "kaitei_contents" VALUES(10,'霞野 花子','{"day":"令和8年4月2日",
"undone":false,
"why":"相違ない"}','c2cf1e805a286d72cff0fa311c3d568d',NULL);
CREATE TABLE kaitei_events (
	sequence INTEGER NOT NULL, 
	recorded_at VARCHAR(32) NOT NULL, 
	recorded_by TEXT NOT NULL, 
	format INTEGER NOT NULL, 
	payload_hash VARCHAR(64) NOT NULL, 
	id INTEGER NOT NULL, 
	originator_id BINARY(16) NOT NULL, 
	originator_version INTEGER NOT NULL, 
	topic TEXT NOT NULL, 
	state BLOB NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (sequence)
);
INSERT INTO "kaitei_events" VALUES(1,'2026-04-01T12:00:00.000000+00:00','',2,'4f90c2b6a5c3e47ac305b58e650ac319cb93f59ec2d00a9a67104c0b0179630e',1,X'A95665DBE7EC5005A98083B66C243CA0',1,'kaitei.assessment-registered',X'62633537366531333433323065653933643566386165323865623166356462326139303739613831386536343961643531383032666561656562613931636538');
INSERT INTO "kaitei_events" VALUES(2,'2026-04-01T12:00:00.000000+00:00','',2,'f244323e78758c085a3ffc8baa127649ec79b020d0124c431861119f7c22ccdd',2,X'A95665DBE7EC5005A98083B66C243CA0',2,'kaitei.edition-received',X'62356534356264343733633935633835303336353532346535396532366139396333333539346339333334363534366562373564346563383833333166316165');
INSERT INTO "kaitei_events" VALUES(3,'2026-04-01T12:00:00.000000+00:00','',2,'fa9734a74f5751aa93a79b12af8e469483faf26aeab9f703b79f35d2aa2287fe',3,X'A95665DBE7EC5005A98083B66C243CA0',3,'kaitei.item-changed',X'34313061633764626538666166316531653432306363353065643133393265626233633333633466353735363838643463366630653334626432613738316531');
INSERT INTO "kaitei_events" VALUES(4,'2026-04-01T12:01:00.000000+00:00','',2,'58f874ba6ed4dda163b0516a6d7e52d7376681b578db892e9a9e2ab738aca2c5',4,X'165D643AD86A5FE5A1DC1DDCF5BF23C3',1,'kaitei.assessment-registered',X'66326238393932356538643235636335353461313539623134326231316230643834636532396537623933386463326331633761373633343033303062633437');
INSERT INTO "kaitei_events" VALUES(5,'2026-04-01T12:02:00.000000+00:00','',2,'e88c99824003a2f802382b4d1b3ba4fdea9861eb7341a4d5e876d273b17431e9',5,X'A95665DBE7EC5005A98083B66C243CA0',4,'kaitei.item-changed',X'32636335663633313735363931643738326534303236306461313135353735356432323462363830313762383033643334353462666263333261303037343232');
INSERT INTO "kaitei_events" VALUES(6,'2026-04-01T12:03:00.000000+00:00','',2,'687311bea1fbe011854e8de7433c82efc5f1985eef594a90243118ba733b75bf',6,X'A95665DBE7EC5005A98083B66C243CA0',5,'kaitei.item-changed',X'36333166396539653735313864363934343936323665653266343139313362393938396536353932303836373235643761643966323535343761323861316636');
INSERT INTO "kaitei_events" VALUES(7,'2026-04-01T12:04:00.000000+00:00','',2,'6ebc9180f431c05ef26fbd89c93b096c47d7c5749c5e9d53e05d4618dabc7f92',7,X'165D643AD86A5FE5A1DC1DDCF5BF23C3',2,'kaitei.edition-received',X'64386535323338363036646163313862626138616562623763386432383736653435333431313866656333653365376135626435656462323463316132313566');
INSERT INTO "kaitei_events" VALUES(8,'2026-04-01T12:04:00.000000+00:00','',2,'81394d020560e69232c90160fc4dd86cc617339ac9aaaf0a52e5f84682551898',8,X'165D643AD86A5FE5A1DC1DDCF5BF23C3',3,'kaitei.item-changed',X'30303065336462643031393030663035663937363761336633393037646261616534303134326630393730353462623833366336343837356262616561303065');
INSERT INTO "kaitei_events" VALUES(9,'2026-04-01T12:05:00.000000+00:00','',2,'d5bbaa7a53a32bd6a02fde88f49b4045685167e0f30a4e280902d3dfcfddf6c9',9,X'165D643AD86A5FE5A1DC1DDCF5BF23C3',4,'kaitei.text-withheld',X'39663430346233663464366537313032376436643238616437376664343064636361343636653666343034373630323564663937386463656435353166316232');
INSERT INTO "kaitei_events" VALUES(10,'2026-04-01T12:06:00.000000+00:00','',2,'69a8005f7d3fa172ccb4c878e5741a1fdb7c37f30ff11b56689d31301944a310',10,X'A95665DBE7EC5005A98083B66C243CA0',6,'kaitei.assessment-reviewed',X'64326533323966386236386639376662313532383739303832386338363734623061356537393266376532636139373930373163373334343730646432373061');
CREATE TABLE kaitei_sources (
	sha256 VARCHAR(64) NOT NULL, 
	originator_id CHAR(32) NOT NULL, 
	file_name TEXT NOT NULL, 
	content BLOB NOT NULL, 
	PRIMARY KEY (sha256)
);
INSERT INTO "kaitei_sources" VALUES('83d3cbefa3d04d5fb9f1ca108327c25b84e5dd81a0cfd4b57c7067fcb161bf23','a95665dbe7ec5005a98083b66c243ca0','霞野.txt',X'789C011500EAFFE99C9EE9878EE5B882E381AEE8A995E4BEA1E69BB8A41A0EF5');
INSERT INTO "kaitei_sources" VALUES('d38472765599ea1b584569ae21d19844ef4f138d929114b0f726b1301f08776f','165d643ad86a5fe5a1dc1ddcf5bf23c3','〔非公開：氏名を誤って公表したため〕.txt',X'');
CREATE UNIQUE INDEX kaitei_events_aggregate_idx ON kaitei_events (originator_id, originator_version);
CREATE INDEX kaitei_events_topic_idx ON kaitei_events (topic, sequence);
CREATE TRIGGER kaitei_events_no_delete BEFORE DELETE ON kaitei_events BEGIN SELECT RAISE(ABORT, '台帳の記録は変更も削除もできません'); END;
CREATE TRIGGER kaitei_events_no_replace BEFORE INSERT ON kaitei_events WHEN EXISTS (SELECT 1 FROM kaitei_events WHERE id = NEW.id OR sequence = NEW.sequence OR (originator_id = NEW.originator_id AND originator_version = NEW.originator_version)) BEGIN SELECT RAISE(ABORT, '台帳の記録は変更も削除もできません'); END;
CREATE TRIGGER kaitei_events_no_update BEFORE UPDATE ON kaitei_events  BEGIN SELECT RAISE(ABORT, '台帳の記録は変更も削除もできません'); END;
CREATE TRIGGER kaitei_contents_no_delete BEFORE DELETE ON kaitei_contents BEGIN SELECT RAISE(ABORT, '台帳の記録は変更も削除もできません'); END;
CREATE TRIGGER kaitei_contents_no_replace BEFORE INSERT ON kaitei_contents WHEN EXISTS (SELECT 1 FROM kaitei_contents WHERE sequence = NEW.sequence) BEGIN SELECT RAISE(ABORT, '台帳の記録は変更も削除もできません'); END;
CREATE TRIGGER kaitei_contents_no_update BEFORE UPDATE ON kaitei_contents WHEN NOT coalesce(NEW.sequence = OLD.sequence AND NEW.withheld > coalesce(OLD.withheld, OLD.sequence) AND EXISTS (SELECT 1 FROM kaitei_events AS told JOIN kaitei_events AS about ON about.originator_id = told.originator_id AND about.sequence = NEW.sequence WHERE told.sequence = NEW.withheld AND told.topic = 'kaitei.text-withheld'), false) BEGIN SELECT RAISE(ABORT, '台帳の記録は変更も削除もできません'); END;
CREATE TRIGGER kaitei_sources_no_delete BEFORE DELETE ON kaitei_sources BEGIN SELECT RAISE(ABORT, '台帳の記録は変更も削除もできません'); END;
CREATE TRIGGER kaitei_sources_no_replace BEFORE INSERT ON kaitei_sources WHEN EXISTS (SELECT 1 FROM kaitei_sources WHERE sha256 = NEW.sha256) BEGIN SELECT RAISE(ABORT, '台帳の記録は変更も削除もできません'); END;
CREATE TRIGGER kaitei_sources_no_update BEFORE UPDATE ON kaitei_sources WHEN NOT coalesce(NEW.sha256 = OLD.sha256 AND NEW.originator_id = OLD.originator_id AND length(NEW.content) = 0 AND EXISTS (SELECT 1 FROM kaitei_events AS told WHERE lower(hex(told.originator_id)) = NEW.originator_id AND told.topic = 'kaitei.text-withheld'), false) BEGIN SELECT RAISE(ABORT, '台帳の記録は変更も削除もできません'); END;
COMMIT;
