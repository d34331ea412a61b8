UPDATE kaitei_sources SET content = x'789c030000000001' WHERE length(content) > 0;
