DELETE FROM kaitei_contents WHERE sequence = 5;
