UPDATE kaitei_events SET recorded_by = x'ff' WHERE sequence = 5;
