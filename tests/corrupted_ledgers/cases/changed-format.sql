UPDATE kaitei_events SET format = 1 WHERE sequence = 5;
