UPDATE kaitei_contents SET packed = reworded(packed, '〔非公開：', '〔') WHERE withheld IS NOT NULL;
