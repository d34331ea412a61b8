INSERT INTO kaitei_events SELECT 40, recorded_at, recorded_by, format, payload_hash, 40, originator_id, 40, topic, state FROM kaitei_events WHERE sequence = 5;
