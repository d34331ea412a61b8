UPDATE kaitei_events SET payload_hash = CAST(x'ff' AS TEXT) WHERE sequence = 5;
