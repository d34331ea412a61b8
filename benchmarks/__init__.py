"""Benchmarks: each prints its time as a ratio to a plain loop over the same rows."""
