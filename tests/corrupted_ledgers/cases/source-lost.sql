DELETE FROM kaitei_sources WHERE length(content) > 0;
