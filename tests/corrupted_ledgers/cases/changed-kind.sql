UPDATE kaitei_events SET topic = 'kaitei.change-retracted' WHERE sequence = 5;
