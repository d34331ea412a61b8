"""The tests: tables, properties and golden files."""
