UPDATE kaitei_contents SET salts = substr(salts, 2) WHERE sequence = 5;
