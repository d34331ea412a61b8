DELETE FROM kaitei_events WHERE sequence > 9;
DELETE FROM kaitei_contents WHERE sequence > 9;
