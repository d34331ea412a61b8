UPDATE kaitei_events SET recorded_at = '2026-04-01T12:00:00.000000+00:00' WHERE sequence = 5;
