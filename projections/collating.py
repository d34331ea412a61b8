"""A published change table beside what the ledger has: which row is which, and what only one of them has.

The ledger may hold the very edition (``OWN``), only earlier ones (``NEWER``), or none of that day but later
ones (``OLDER``). A table lists all changes since the first publication, so an edition has the rows of those
before it; the changes recorded here that had taken effect by its 公表日 have to be there too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum, auto

from ledger import wording
from ledger.form import Form
from ledger.published import TableState
from ledger.resolver import resolve
from ledger.wareki import WarekiDate
from projections.alignment import same_changes
from projections.cells import as_first_read, edges_on
from projections.changes import Change
from projections.editions import Anchor, Assessment
from projections.findings import Subject
from projections.periods import past_of
from projections.readings import agree


class Standing(Enum):
    """Where an edition stands among those of the ledger, by 公表日."""

    OWN = auto()
    NEWER = auto()
    OLDER = auto()


@dataclass(frozen=True, slots=True)
class Known:
    """A change of the ledger; ``listed`` is the edition whose table has it (None: it was recorded here)."""

    change: Change
    listed: Anchor | None

    @property
    def name(self) -> str:
        """What messages call it."""
        if self.listed is None:
            return f"台帳の記録{self.change.event_id}"
        return f"台帳（公表日{self.listed.published.isoformat()}の版）の行{self.change.no}"


@dataclass(frozen=True, slots=True)
class Pair:
    """A change of the ledger and the printed row, by its place in the table, that tells of it."""

    known: Known
    row: int


@dataclass(frozen=True, slots=True)
class Collation:
    """What became of every row on either side.

    ``pairs`` are the rows that both have, ``missing`` what the ledger has and print lacks, in runs that stood
    together; of what only later editions have, ``unsure`` stood between rows that are there, ``late`` is what
    they may have been the first to tell of days before. ``extra`` the printed rows that the ledger
    lacks, ``moved`` those in another order. ``copies`` are the extra rows that say what another says already.
    ``recorded_for`` says that changes were recorded here for the time since the edition before.
    """

    standing: Standing
    pairs: tuple[Pair, ...] = ()
    missing: tuple[tuple[Known, ...], ...] = ()
    unsure: tuple[Known, ...] = ()
    late: tuple[Known, ...] = ()
    extra: tuple[int, ...] = ()
    moved: tuple[int, ...] = ()
    copies: frozenset[int] = frozenset()
    recorded_for: bool = False


def collated(subject: Subject) -> Collation | None:
    """The table of an edition beside the ledger; None where there is nothing to compare."""
    printed = subject.lines.anchor
    if subject.known is None or printed.table is TableState.ABSENT:
        return None
    if not subject.known.anchors and not subject.known.unpublished:
        return None
    return _Collating(subject, subject.known).result()


class _Collating:
    """The work of ``collated``, a step a method."""

    def __init__(self, subject: Subject, known: Assessment) -> None:
        self._subject, self._known = subject, known
        self._form, self._day = subject.lines.anchor.form, subject.lines.anchor.published
        self._printed = subject.lines.anchor.changes
        tables = [anchor for anchor in past_of(known).anchors if anchor.table is not TableState.ABSENT]
        self._own = next((a for a in tables if a.published == self._day), None)
        self._earlier = next((a for a in reversed(tables) if a.published < self._day), None)
        self._later = next((a for a in tables if a.published > self._day), None)
        self._pairs: list[Pair] = []
        self._paired: set[int] = set()

    def result(self) -> Collation:
        base = self._own or self._earlier
        missing = list(self._beside(base.changes, base)) if base else []
        moved = _moved(self._pairs)
        if self._own and self._earlier:
            missing += self._beside_the_edition_before(self._own, self._earlier)
        expected = self._recorded_by_then()
        missing += [(each,) for each in self._beside_what_was_recorded(expected)]
        unsure: list[Known] = []
        late: list[Known] = []
        if self._own is None and self._later is not None:
            unsure, late = self._beside_a_later_edition(self._later)
            moved += _moved(pair for pair in self._pairs if pair.known.listed is self._later)
        extra = [j for j in range(len(self._printed)) if j not in self._paired]
        since = self._earlier.published if self._earlier else date.min
        return Collation(
            self._standing,
            tuple(self._pairs),
            tuple(missing),
            tuple(unsure),
            tuple(late),
            tuple(extra),
            moved,
            frozenset(self._copies(extra)),
            any(each.change.day is None or each.change.day > since for each in expected),
        )

    @property
    def _standing(self) -> Standing:
        """Where the edition stands among those of the ledger whose tables are there."""
        if self._own is not None:
            return Standing.OWN
        return Standing.NEWER if self._later is None else Standing.OLDER

    # --- published rows ---------------------------------------------------------------------------

    def _beside(self, rows: Sequence[Change], of: Anchor) -> Iterator[tuple[Known, ...]]:
        """Pair what *rows* of an edition and the printed rows have in common; what print lacks, in runs."""
        left = [j for j in range(len(self._printed)) if j not in self._paired]
        found = aligned(rows, [self._printed[j] for j in left], self._form)
        for n, i in sorted(found.items()):
            self._pair(Known(rows[i], of), left[n])
        there = set(found.values())
        yield from _runs([None if i in there else Known(row, of) for i, row in enumerate(rows)])

    def _beside_the_edition_before(self, own: Anchor, earlier: Anchor) -> Iterator[tuple[Known, ...]]:
        """The same for the edition before: its rows go on in those of the very edition, or have ended."""
        goes_on = aligned(earlier.changes, own.changes, self._form)
        was = {own.changes[n].no: i for n, i in goes_on.items()}
        self._pairs += [
            Pair(Known(earlier.changes[was[pair.known.change.no]], earlier), pair.row)
            for pair in self._pairs
            if pair.known.change.no in was
        ]
        stay = set(goes_on.values())
        rows = enumerate(earlier.changes)
        yield from _runs([None if i in stay else Known(row, earlier) for i, row in rows])

    def _beside_a_later_edition(self, later: Anchor) -> tuple[list[Known], list[Known]]:
        """Pair rows with those that only a later edition has.

        Gives what print lacks of days until 公表日: between rows that it has, and behind them all.
        """
        told = set(same_changes(self._earlier.changes, later.changes)) if self._earlier else set()
        rows = [row for i, row in enumerate(later.changes) if i not in told]
        before = len(self._pairs)
        lacking = list(self._beside(rows, later))
        last = max((pair.known.change.no for pair in self._pairs[before:]), default=0)
        by_then = [
            each for run in lacking for each in run if each.change.day is None or each.change.day <= self._day
        ]
        between = [each for each in by_then if each.change.no < last]
        return between, [each for each in by_then if each not in between]

    def _pair(self, known: Known, row: int) -> None:
        self._pairs.append(Pair(known, row))
        self._paired.add(row)

    def _copies(self, extra: Iterable[int]) -> Iterator[int]:
        for j in extra:
            row = self._printed[j]
            others = (self._printed[pair.row] for pair in self._pairs)
            if any(_say_the_same(row, other) for other in others):
                yield j

    # --- what was recorded here -------------------------------------------------------------------

    def _recorded_by_then(self) -> list[Known]:
        """The changes recorded here, in no table yet, that had taken effect by 公表日, or have no day yet."""
        newest = self._standing is Standing.NEWER
        return [
            Known(change, None)
            for change in self._known.unpublished
            if (newest if change.since is None else change.since <= self._day)
        ]

    def _beside_what_was_recorded(self, expected: Sequence[Known]) -> Iterator[Known]:
        """Pair changes recorded here with printed rows; give what print lacks of those *expected*."""
        planned = [
            Known(change, None)
            for change in self._known.unpublished
            if change.since is not None and change.since > self._day
        ]
        free = [j for j in range(len(self._printed)) if self._own or j not in self._paired]
        scores = sorted(
            (
                (score, -k, -j)
                for k, each in enumerate((*expected, *planned))
                for j in free
                if (score := self._tells_of(each.change, j))
            ),
            reverse=True,
        )
        found: dict[int, int] = {}
        for _, k, j in scores:
            if -k not in found and -j not in found.values():
                found[-k] = -j
        for k, each in enumerate((*expected, *planned)):
            if k in found:
                self._pair(each, found[k])
            elif k < len(expected) and not self._is_covered(each.change):
                yield each

    def _tells_of(self, recorded: Change, j: int) -> float:
        """How much speaks for a printed row being the one on a change recorded here; 0: it is not."""
        row, meant = self._printed[j], edges_on(recorded, self._subject.lines.touched[j])
        said = any(agree(recorded.after, edge.after) for edge in meant)
        if meant and recorded.day == row.day:
            return 2 + said
        if said:
            return 1.5
        sides = (agree(recorded.before, row.before), agree(recorded.after, row.after))
        return 1.0 if not meant and recorded.day == row.day and all(sides) else 0.0

    def _is_covered(self, recorded: Change) -> bool:
        """Whether a row that tells of another change as well says what was recorded."""
        return any(
            recorded.day in {None, touched.change.day} and agree(recorded.after, edge.after)
            for touched in self._subject.lines.touched
            for edge in edges_on(recorded, touched)
        )


# --- which row is which ------------------------------------------------------------------------------


def aligned(known: Sequence[Change], printed: Sequence[Change], form: Form) -> dict[int, int]:
    """As ``same_changes``, and by place, and by what a row said before a person decided on it."""
    found = same_changes(known, printed)
    left = [i for i in range(len(known)) if i not in found.values()]
    new = [j for j in range(len(printed)) if j not in found]
    as_printed = [_as_printed(known[i], form) for i in left]
    found |= {new[b]: left[a] for b, a in same_changes(as_printed, [printed[j] for j in new]).items()}
    found |= dict(_in_place(known, printed, found))
    return _in_order(printed, found)


def _in_order(printed: Sequence[Change], found: dict[int, int]) -> dict[int, int]:
    """Of a row that stands there twice, the one that is in the order of the others is the row."""
    for j in (j for j in range(len(printed)) if j not in found):
        for twin in [n for n in found if _say_the_same(printed[n], printed[j])]:
            other = {n: i for n, i in found.items() if n != twin} | {j: found[twin]}
            if len(_out_of_order(other)) < len(_out_of_order(found)):
                return _in_order(printed, other)
    return found


def _say_the_same(one: Change, other: Change) -> bool:
    return one.says_the_same(other) and agree(one.item_text, other.item_text)


def _as_printed(change: Change, form: Form) -> Change:
    """The row as a document prints it, before a person decided what it means or says."""
    first = as_first_read(change) or change
    if first is change and not change.interpreted:
        return change
    day = WarekiDate.read(first.printed_date)
    resolution = resolve(first.item_text, form) if form.itemised else None
    return replace(first, resolution=resolution, day=day.day if day else None)


def _in_place(
    known: Sequence[Change], printed: Sequence[Change], found: dict[int, int]
) -> Iterator[tuple[int, int]]:
    """A row alone between the same two rows as one of the ledger, which shares two of its cells with it."""
    left = [i for i in range(len(known)) if i not in found.values()]
    for j in (j for j in range(len(printed)) if j not in found):
        if (j and j - 1 not in found) or (j + 1 < len(printed) and j + 1 not in found):
            continue
        after, before = found.get(j - 1, -1), found.get(j + 1, len(known))
        candidates = [i for i in left if after < i < before]
        if len(candidates) == 1 and _shared(known[candidates[0]], printed[j]) >= _HALF:
            yield j, candidates[0]


_HALF = 2


def _shared(one: Change, other: Change) -> int:
    """How many of item, day and both sides two rows have in common; blank ones do not count."""
    same_item = wording.same(one.item_text, other.item_text) is not None
    if one.resolution and other.resolution:
        same_item = one.resolution.path.parts == other.resolution.path.parts
    sides = ((one.before, other.before), (one.after, other.after))
    told = sum(agree(*side) and not wording.is_nothing(side[0]) for side in sides)
    return told + same_item + (one.day is not None and one.day == other.day)


def _runs(rows: Sequence[Known | None]) -> Iterator[tuple[Known, ...]]:
    """The rows that stand together, None between them."""
    run: list[Known] = []
    for row in (*rows, None):
        if row is not None:
            run.append(row)
        elif run:
            yield tuple(run)
            run = []


def _moved(pairs: Iterable[Pair]) -> tuple[int, ...]:
    """The rows that do not stand in the order of the ledger, as few as can be."""
    return tuple(_out_of_order({pair.row: pair.known.change.no for pair in pairs}))


def _out_of_order(numbers: dict[int, int]) -> list[int]:
    """The rows whose numbers in the ledger do not rise with those of the others."""
    rows = sorted(numbers)
    kept = _longest_rising([numbers[row] for row in rows])
    return [row for n, row in enumerate(rows) if n not in kept]


def _longest_rising(numbers: Sequence[int]) -> set[int]:
    """The places of a longest rising part of *numbers*."""
    best: list[int] = []
    came_from: list[int] = []
    for n, number in enumerate(numbers):
        before = [m for m in range(n) if numbers[m] < number]
        last = max(before, key=lambda m: best[m], default=-1)
        best.append(best[last] + 1 if last >= 0 else 1)
        came_from.append(last)
    kept: set[int] = set()
    at = max(range(len(numbers)), key=lambda n: best[n], default=-1)
    while at >= 0:
        kept.add(at)
        at = came_from[at]
    return kept
