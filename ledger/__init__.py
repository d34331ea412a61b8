"""The write side: the form as data, readers, the aggregate and its events, the store."""
