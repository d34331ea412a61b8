"""docs/reliability.md: what each run does, its figures, and what no run covers."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.reliability.runs import Figures, notes, table


def page(found: Sequence[Figures], rounds: int, machine: str) -> str:
    """The page, whole; *rounds* is the number that was asked for, *machine* what it ran on."""
    lost = sum(one.lost for one in found)
    events = sum(one.events for one in found)
    return f"""# Reliability

Written by `.venv/bin/python -m benchmarks.reliability --rounds {rounds} --write`; do not edit by hand.
`make reliability` does the runs and prints their figures, `make test` does each of them a few times.

An event is acknowledged when the command that records it has come back. Of {events:,} acknowledged events
{lost} were lost.

{table(found)}

*Faults* counts whatever else was not as promised: a ledger that does not open, a break that `verify` finds, a
document or a revision that is there by half, a command that cannot be repeated, an error that is not one
line, a traceback. The damaged files (cut short, zeros, overwritten) are not about acknowledged events: what
was destroyed is gone, and has to be noticed.

{notes(found)}

{machine}.

## What the runs do

- **Kill.** A process takes in two documents, records a change by hand, records a revision of several items,
  approves and publishes it, and takes in the next edition and one more document. After each command it writes
  into a plain file which events were acknowledged, and waits until that is on the disk. `kill -9` ends it: in
  every other round anywhere within the time that the work takes, in the others while a command writes. Then
  the ledger has to open, `verify` to find no break, each acknowledged event to be there with the same words
  and time, and the ledger to hold exactly what the acknowledged commands recorded, or that and all of the
  command that was broken off. That command is repeated, and the work done to its end: the same events, and
  the same document, as of work that nobody disturbed. The documents are read, and the draft is written,
  before the work begins, so that the kill meets the store. On PostgreSQL the client is killed; in further
  rounds the server, all of its processes at once, which then starts again and recovers.
- **Kill of `withhold`.** The same while words are withheld, anywhere in the time that it takes, the writing
  anew of the file included. Afterwards the words are all there and nothing is recorded, or they are gone from
  every record and it is. The command is repeated; then the words are nowhere in the file or its log.
- **Disk full.** The same work, until SQLite may use no more pages, the process may write no larger file (as
  under a quota), or a file system of some hundred kilobytes is full. The command that meets it says so in one
  line and records nothing; with room, the work goes on to the same end. What is written for a user (`--out`,
  `backup`) leaves no half file where there is no room; that is tested, not counted here.
- **Cut short.** The file of a ledger, or the write-ahead log that a killed process leaves beside it, ends at
  a random place; the log is gone; a page is zeros; bytes are others. Every command says one line or gives the
  true answer, that of the whole ledger or of the shorter one that is left. `verify` calls it *whole* only
  where every event is there; *shorter* means whole but for its tail, which no ledger can tell from inside:
  `verify --checkpoint` has to find each of those. *broken* means that breaks were named, *refused* that there
  was one line and no verdict. Where bytes were overwritten, other commands may give a wrong answer, but none
  where `verify` finds nothing: it alone reads everything and recomputes every hash.
- **Clock.** A clock that jumps by up to 400 days, forward and back. Recorded times never go back, and the
  document known at each of them is the one that had been recorded by then.
- **Many writers.** Eight processes start together on a database without tables, and record changes of an
  assessment of their own and of one that they share, by turns. Who was second reads again and repeats. One
  order without a gap, and no event more or less than was acknowledged.

Read-only files, locked files, and processes that make a ledger at the same moment are tested in
`tests/test_storage.py` and `tests/test_store.py`.

## What they do not cover

- **Power.** `kill -9` ends a process, not the machine: what the system has taken over it still writes. SQLite
  runs with `synchronous = FULL` and PostgreSQL with its defaults, so that every acknowledged commit was
  flushed; a disk that only claims to have flushed can lose it all the same, and no run here pulls the plug.
- **Network file systems.** An SQLite file on a share was not tried; its locks and its write-ahead log are not
  reliable there. Use PostgreSQL.
- **Files for a user.** A kill in the middle of `--out` can leave the beginning of that file. `restore`
  refuses the beginning of a backup; the ledger is not concerned.
- **Bits that change by themselves** on the disk show when `kaitei verify` is run, and not before.
- **Replicas and failover** of PostgreSQL, and a full disk of its server.
- **Other systems** than Linux: the runs fork, and limit processes as only Unix does.
"""
