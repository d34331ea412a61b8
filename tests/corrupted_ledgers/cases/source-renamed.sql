UPDATE kaitei_sources SET file_name = 'x' WHERE length(content) > 0;
