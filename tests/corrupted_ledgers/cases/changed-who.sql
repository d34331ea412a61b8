UPDATE kaitei_contents SET packed = by_another(packed, '鈴木') WHERE sequence = 5;
