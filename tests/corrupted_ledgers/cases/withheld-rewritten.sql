UPDATE kaitei_contents SET payload = replace(payload, '〔非公開：', '〔') WHERE withheld IS NOT NULL;
