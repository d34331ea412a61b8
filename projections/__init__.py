"""The read side: pure folds of the events into documents, tables, findings and exports."""
