INSERT INTO kaitei_contents SELECT 40, recorded_by, payload, salts, NULL FROM kaitei_contents WHERE sequence = 5;
