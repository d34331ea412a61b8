UPDATE kaitei_contents SET recorded_by = '鈴木' WHERE sequence = 5;
