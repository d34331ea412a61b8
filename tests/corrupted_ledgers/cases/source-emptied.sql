UPDATE kaitei_sources SET content = x'';
