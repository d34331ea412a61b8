UPDATE kaitei_events SET sequence = -5 WHERE sequence = 5;
UPDATE kaitei_events SET sequence = 5 WHERE sequence = 6;
UPDATE kaitei_events SET sequence = 6 WHERE sequence = -5;
