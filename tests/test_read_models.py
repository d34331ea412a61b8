"""Answers kept in the database: equal to the fold of the events, on any day, known at any time."""
