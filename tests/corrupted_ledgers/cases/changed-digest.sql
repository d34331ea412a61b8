UPDATE kaitei_events SET state = zeroblob(32) WHERE sequence = 5;
