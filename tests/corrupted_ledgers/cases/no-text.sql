UPDATE kaitei_contents SET recorded_by = x'ff' WHERE sequence = 5;
