DELETE FROM kaitei_events WHERE sequence > 9;
