UPDATE kaitei_contents SET packed = substr(packed, 1, length(packed) - 1) WHERE sequence = 5;
