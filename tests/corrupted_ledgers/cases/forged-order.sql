DELETE FROM kaitei_events WHERE sequence = 5;
DELETE FROM kaitei_contents WHERE sequence = 5;
DELETE FROM kaitei_events WHERE sequence = 6;
DELETE FROM kaitei_contents WHERE sequence = 6;
INSERT INTO kaitei_events VALUES (5, '2026-04-01T12:03:00.000000+00:00', '', 2, x'5e6a3e1aa5cca4f0987c5a7796e12f849f6f11439d6aa5d4838ffeefd959cea2', 5, x'a95665dbe7ec5005a98083b66c243ca0', 5, 'kaitei.item-changed', x'ff8006ccdd220dd44836c19a326a4aac17b62700bcc76975378e3fd67ff247d7');
INSERT INTO kaitei_contents VALUES (5, x'0162b37e5920d7e501009822e99c9ee9878e20e88ab1e5ad909088362f320df0d391ce9ab9c754e16d187bbf15c2dcf28478612cf7a8c9d7068ee00cb10d8de549a389ccd21f', x'b5183287c703014b2281691cbc3e08e2', NULL);
INSERT INTO kaitei_events VALUES (6, '2026-04-01T12:02:00.000000+00:00', '', 2, x'21ad0dcb08d93d2cc4c920ad9c597340ec7f0a2007fa03efeeaa97d9b685157b', 6, x'a95665dbe7ec5005a98083b66c243ca0', 4, 'kaitei.item-changed', x'a9bc38c3ff8cf5231c42b6cd9f772c7b48ae4c7bc77daee96d647df1776a8cb4');
INSERT INTO kaitei_contents VALUES (6, x'01cf8b5e8b20d09501006022e5b1b1e794b09088362f310cf0cc910e99b90753e1ad167b3f12c2dc8284785accff1d28ccd014cd803700fcc63de93f', x'13e2dbb7c7e393ea11c96773ef7c02cc', NULL);
