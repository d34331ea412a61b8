UPDATE kaitei_contents SET packed = zeroblob(length(packed)) WHERE sequence = 5;
