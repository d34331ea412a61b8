DELETE FROM kaitei_events WHERE sequence = 5;
DELETE FROM kaitei_contents WHERE sequence = 5;
INSERT INTO kaitei_events VALUES (5, '2026-04-01T12:02:00.000000+00:00', '', 2, x'035599d6b5d343fc643b7bed3a4e0870a468682c091aa641d945c2eac2bd2724', 5, x'a95665dbe7ec5005a98083b66c243ca0', 14, 'kaitei.item-changed', x'a9bc38c3ff8cf5231c42b6cd9f772c7b48ae4c7bc77daee96d647df1776a8cb4');
INSERT INTO kaitei_contents VALUES (5, x'01cf8b5e8b20d09501006022e5b1b1e794b09088362f310cf0cc910e99b90753e1ad167b3f12c2dc8284785accff1d28ccd014cd803700fcc63de93f', x'13e2dbb7c7e393ea11c96773ef7c02cc', NULL);
