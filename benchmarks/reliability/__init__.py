"""What becomes of a ledger when something goes wrong: runs that kill, fill up, cut short, and crowd.

``python -m benchmarks.reliability`` does them all and prints their figures.
"""
