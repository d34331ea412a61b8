"""Kaitei beside other ways to keep the revisions of assessments: one invented ledger, the same questions.

``python -m benchmarks.keeping`` measures; docs/comparison.md has what came out.
"""
