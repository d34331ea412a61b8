DELETE FROM kaitei_events WHERE sequence IN (4, 5, 7);
