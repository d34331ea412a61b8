UPDATE kaitei_events SET originator_version = 50 WHERE sequence = 5;
