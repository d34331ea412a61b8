UPDATE kaitei_contents SET salts = '00' || substr(salts, 3) WHERE sequence = 5;
