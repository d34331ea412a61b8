"""Writes an assessment as the published formats print it. For samples and tests; not part of the program."""
