UPDATE kaitei_contents SET sequence = -5 WHERE sequence = 5;
UPDATE kaitei_contents SET sequence = 5 WHERE sequence = 6;
UPDATE kaitei_contents SET sequence = 6 WHERE sequence = -5;
