UPDATE kaitei_contents SET packed = reworded(packed, '課', '係') WHERE sequence = 5;
