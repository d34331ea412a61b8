"""Fuzzing: any bytes for the readers, any words for what people type; what is kept of it is in corpus/."""
