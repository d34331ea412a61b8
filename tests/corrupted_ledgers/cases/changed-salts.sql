UPDATE kaitei_contents SET salts = zeroblob(16) WHERE sequence = 5;
