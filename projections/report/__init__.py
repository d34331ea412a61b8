"""The report: a page for each assessment with its whole history, and one that lists them; without network."""
