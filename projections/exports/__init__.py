"""Views in the formats people and programs ask for; one module a format, none computes anything."""
