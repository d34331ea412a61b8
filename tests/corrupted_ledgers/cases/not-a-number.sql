UPDATE kaitei_events SET originator_version = 'x' WHERE sequence = 5;
