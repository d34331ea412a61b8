UPDATE kaitei_sources SET originator_id = '0' WHERE length(content) > 0;
