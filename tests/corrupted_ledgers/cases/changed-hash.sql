UPDATE kaitei_events SET payload_hash = '' WHERE sequence = 5;
