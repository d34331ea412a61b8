UPDATE kaitei_events SET originator_id = randomblob(16) WHERE sequence = 5;
