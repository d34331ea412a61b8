DELETE FROM kaitei_events; DELETE FROM kaitei_contents; DELETE FROM kaitei_sources;
