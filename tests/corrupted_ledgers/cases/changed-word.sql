UPDATE kaitei_contents SET payload = replace(payload, '課', '係') WHERE sequence = 5;
