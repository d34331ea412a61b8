"""Invented assessments of invented municipalities, and the scripts that write them in every format."""
