DELETE FROM kaitei_events WHERE topic = 'kaitei.text-withheld';
