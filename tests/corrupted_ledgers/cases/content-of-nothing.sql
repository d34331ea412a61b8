INSERT INTO kaitei_contents SELECT 40, packed, salts, NULL FROM kaitei_contents WHERE sequence = 5;
