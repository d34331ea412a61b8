"""Answers kept in the database beside the events, written in the transaction that stores them."""
