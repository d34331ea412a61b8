UPDATE kaitei_contents SET packed = 'x' WHERE sequence = 5;
