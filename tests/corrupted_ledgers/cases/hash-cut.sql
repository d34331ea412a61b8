UPDATE kaitei_events SET payload_hash = substr(payload_hash, 2) WHERE sequence = 5;
