INSERT INTO kaitei_sources SELECT 'f00d', originator_id, file_name, content FROM kaitei_sources WHERE length(content) > 0;
