UPDATE kaitei_events SET state = '00' || substr(state, 3) WHERE sequence = 5;
