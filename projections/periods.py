"""The time between two published editions, and what each edition tells of the time before it.

An edition brings its whole table, so each gives an account of its own of all the past (``Past.account``).
Nearest to a day is the period it lies in: the earlier edition pins what every item said when it began, the
later one what it said when it ended, and only rows that the later one lists for the first time lie between.
The accounts of still later editions are witnesses.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from ledger.item_path import ItemPath
from ledger.published import TableState
from projections.alignment import same_changes
from projections.changes import Change
from projections.edges import Touched
from projections.editions import Anchor, Assessment
from projections.lineage import Lineage, lineage
from projections.readings import Reading, agree, partial, unknown, witnessed
from projections.renumbering import Placed, Series, turned_on
from projections.timeline import Step, Timeline, Timelines, replayed, what_each_touches


@dataclass(frozen=True, slots=True)
class Period:
    """The time after *earlier* (None: from the beginning) until *later*, and beyond where that is the last.

    ``lines`` are the items by their paths in *later*; ``claimed`` the same with the changes recorded here
    (None: there are none). ``gone`` are items that *later* prints nowhere any more, by their paths in
    *earlier*. ``turned`` says on which day a series of groups, or a file, came to be printed as in *later*,
    where the two differ (None: nobody can say).
    """

    earlier: Anchor | None
    later: Anchor
    lines: Timelines
    claimed: Timelines | None
    gone: Timelines | None
    kinship: Lineage | None
    turned: Mapping[Series, date | None]

    @property
    def items(self) -> Iterable[Timeline]:
        """Every item of *later*, and what was begun by recording it here."""
        begun = self.claimed.items if self.claimed else {}
        return {**begun, **self.lines.items}.values()

    def places(self, path: ItemPath, day: date) -> tuple[tuple[ItemPath, bool], ...]:
        """Where an item of *later* was printed on *day*, and whether that is sure."""
        was = self.kinship.earlier(path) if self.kinship else path
        if was is None or was == path or day >= self.later.published:
            return ((path, True),)
        turned = self._turned_on(path)
        if turned is None:
            return (was, False), (path, False)
        return ((path if day >= turned else was, True),)

    def places_of_gone(self, path: ItemPath, day: date) -> tuple[tuple[ItemPath, bool], ...]:
        """The same of an item that only *earlier* has: nowhere, once it had gone."""
        turned = self._turned_on(path)
        if day >= (turned or self.later.published):
            return ()
        return ((path, turned is not None),)

    def _turned_on(self, path: ItemPath) -> date | None:
        block = self.kinship.block(path) if self.kinship else None
        whole = self.turned.get((path.file, ""))
        return self.turned.get(block.series, whole) if block else whole

    def on(self, line: Timeline, day: date) -> Reading:
        """What an item said on *day* by both editions, the rows between them, and what was recorded here."""
        reading, _ = line.on(day)
        claim = self.claimed.items.get(line.path) if self.claimed else None
        if day >= line.published:
            return claim.on(day)[0] if claim else reading
        reading = self._unless_silent(line, reading, day)
        if claim is None or not any(step.edge.change.whole for step in claim.steps[: claim.stated]):
            return reading
        said, _ = claim.on(day)
        if self._without_history and said.known:
            return partial(said.value, f"{said.reason}。{self.later.without_history}").resting_on(said)
        return said if said.contradicted or reading.value is None else witnessed(reading, said)

    @property
    def _without_history(self) -> bool:
        """Whether nothing but what was recorded here tells of the time before the edition."""
        return not self.later.closed and self.earlier is None

    def _unless_silent(self, line: Timeline, reading: Reading, day: date) -> Reading:
        """What is to be said where the table is silent: it is lost, or forgot an item of a group it added."""
        if self._without_history:
            return unknown(self.later.without_history)
        if line.start is None or line.steps or not reading.contradicted:
            return reading
        told = ""
        if self.kinship and self.kinship.block(line.path) in self.kinship.added:
            turned = self._turned_on(line.path)
            if turned is not None:
                return line.start if day < turned else line.states[-1]
            told = f"{line.start.reason}。{self.later.name}までのいつ加わったか分からない"
        elif not self.later.closed:
            told = f"{line.start.reason}。{self.later.name}までのいつ変わったか分からない"
        return partial(line.start.value, told, *reading.rivals).resting_on(reading) if told else reading


class Past:
    """All that is known of one assessment, worked out as far as it is asked for."""

    def __init__(self, known: Assessment) -> None:
        self._known = known
        self._periods: dict[int, Period] = {}
        self._accounts: dict[int, Timelines] = {}
        self._kinships: dict[int, Lineage] = {}

    @cached_property
    def anchors(self) -> tuple[Anchor, ...]:
        """The editions in the order of 公表日, their rows bounded by the first edition that has them."""
        return tuple(
            replace(anchor, changes=rows)
            for anchor, rows in zip(self._known.anchors, self._rows, strict=True)
        )

    @cached_property
    def _rows(self) -> list[tuple[Change, ...]]:
        """The rows of every edition; of one change all tellings are read as a person decided on one."""
        tellings: list[list[tuple[int, int]]] = []  # of each change: edition and place
        last: list[Change] = []
        for n, anchor in enumerate(self._known.anchors):
            pairs = same_changes(last, anchor.changes)
            for j, change in enumerate(anchor.changes):
                if j in pairs:
                    tellings[pairs[j]].append((n, j))
                    last[pairs[j]] = change
                else:
                    tellings.append([(n, j)])
                    last.append(change)
        rows = [list(anchor.changes) for anchor in self._known.anchors]
        for told in tellings:
            decided = [rows[n][j] for n, j in told if rows[n][j].interpreted]
            first = self._known.anchors[told[0][0]].published
            for n, j in told:
                change = rows[n][j].read_as(decided[-1]) if decided else rows[n][j]
                rows[n][j] = replace(change, latest=first) if n > told[0][0] else change
        return [tuple(changes) for changes in rows]

    def account(self, n: int) -> Timelines:
        """What edition *n* by itself tells of all the time before it."""
        if n not in self._accounts:
            anchor = self.anchors[n]
            self._accounts[n] = replayed(anchor, what_each_touches(anchor.changes, anchor))
        return self._accounts[n]

    @cached_property
    def unpublished(self) -> tuple[Change, ...]:
        """Changes recorded here that no table lists."""
        return self._known.unpublished

    @cached_property
    def table(self) -> Timelines:
        """The table of the latest edition, and what was recorded here since."""
        anchor = self.anchors[-1]
        return replayed(anchor, what_each_touches((*anchor.changes, *self.unpublished), anchor))

    def kinship(self, n: int) -> Lineage:
        """What of edition *n* is what of the edition before it."""
        if n not in self._kinships:
            earlier, later = self.anchors[n - 1], self.anchors[n]
            self._kinships[n] = lineage(earlier.items, later.items, later.form)
        return self._kinships[n]

    def reading(self, n: int, line: Timeline, day: date) -> Reading:
        """What an item of the period that edition *n* ends said on *day*, later editions heard."""
        reading = self.period(n).on(line, day)
        first_publication = n == 0 and self.anchors[0].table is TableState.EMPTY
        if day < line.published and not first_publication:
            for later in range(n + 1, len(self.anchors)):
                reading = self._heard(reading, n, later, line.path, day)
        return reading

    def _heard(self, reading: Reading, n: int, later: int, path: ItemPath, day: date) -> Reading:
        """*reading* beside the account that edition *later* gives of the same day."""
        place = self._place_in(path, n, later)
        told = self.account(later).items.get(place) if place and self.anchors[later].closed else None
        if told is None:
            return reading
        witness = told.on(day)[0]
        witness = witness.because(f"{self.anchors[later].name}とその変更箇所: {witness.reason}")
        denied = self._denied(told, path, n, later)
        if not denied or (reading.known and witness.known and not agree(reading.value, witness.value)):
            return witnessed(reading, witness)
        if reading.value is None and witness.known:
            return partial(witness.value, f"{witness.reason}。ただし{denied}とは合わない").resting_on(witness)
        return reading

    def _denied(self, told: Timeline, path: ItemPath, n: int, later: int) -> str:
        """The first edition from *n* on whose body says something else than the account of *later*."""
        for each in range(n, later):
            anchor = self.anchors[each]
            place = self._place_in(path, n, each)
            body = self.account(each).items.get(place) if place else None
            if body is None or body.printed is None:
                continue
            said = told.on(anchor.published)[0]
            if said.known and not agree(said.value, body.printed.value):
                return anchor.name
        return ""

    def begun(self, n: int, line: Timeline, day: date) -> Step | None:
        """The change that began what an item said on *day*, by the table of edition *n* or recorded here."""
        found = [step for each in self._lives(n, line) if (step := each.on(day)[1]) is not None]
        return max(found, key=lambda step: step.day, default=None)

    def ever_changed(self, n: int, line: Timeline) -> bool:
        """Whether any change of an item is known."""
        return any(each.steps for each in self._lives(n, line))

    def _lives(self, n: int, line: Timeline) -> list[Timeline]:
        """An item in its period, and in the account of the whole edition unless it was renumbered."""
        period = self.period(n)
        told = [line]
        if period.claimed and line.path in period.claimed.items:
            told.append(period.claimed.items[line.path])
        account = self.account(n).items.get(line.path)
        if account is not None and (period.kinship is None or period.kinship.earlier(line.path) == line.path):
            told.append(account)
        return told

    def _place_in(self, path: ItemPath, n: int, later: int) -> ItemPath | None:
        """Where edition *later* prints an item of edition *n*; None where it was renumbered on the way.

        A table does not say which of its rows still speak in old numbers, so it is no witness then.
        """
        for each in range(n + 1, later + 1):
            now = self.kinship(each).later(path)
            if now is None or now.group != path.group:
                return None
            path = now
        return path

    def period(self, n: int) -> Period:
        """The period that edition *n* ends."""
        if n not in self._periods:
            self._periods[n] = self._period(n)
        return self._periods[n]

    def _period(self, n: int) -> Period:
        anchor = self.anchors[n]
        published = self.account(n).touched
        recorded = self._recorded_in(n)
        if n == 0:
            lines = self.account(0)
            claimed = self._claimed(anchor, published, recorded, {})
            return Period(None, anchor, lines, claimed, None, None, {})
        earlier, kinship = self.anchors[n - 1], self.kinship(n)
        new = [_bounded(t, earlier) for t in published if _lies_between(t.change, earlier)]
        turned = turned_on(new, kinship)
        placed = Placed(earlier, anchor, kinship, turned)
        here, gone = placed.parted(new)
        pins = placed.pins()
        lines = replayed(anchor, here, pins)
        claimed = self._claimed(anchor, here, recorded, pins)
        left = replayed(replace(anchor, items=()), gone, placed.pins_of_gone())
        return Period(earlier, anchor, lines, claimed, left, kinship, turned)

    def _recorded_in(self, n: int) -> tuple[Change, ...]:
        """The changes recorded here for days of the period that edition *n* ends."""
        after = self.anchors[n - 1].published if n else date.min
        until = date.max if n == len(self.anchors) - 1 else self.anchors[n].published
        return tuple(
            change
            for change in self.unpublished
            if (change.day is None and until == date.max) or (change.day and after <= change.day < until)
        )

    def _claimed(
        self,
        anchor: Anchor,
        published: tuple[Touched, ...],
        recorded: tuple[Change, ...],
        pins: Mapping[ItemPath, Reading],
    ) -> Timelines | None:
        if not recorded:
            return None
        return replayed(anchor, (*published, *what_each_touches(recorded, anchor)), pins or None)


def _lies_between(change: Change, earlier: Anchor) -> bool:
    """Whether a row of the later table tells what happened after the *earlier* edition.

    A row that it lists for the first time with an older day contradicts the earlier edition, or supplies
    what that had left out: it belongs to the account of the later edition.
    """
    return change.latest is None and (change.day is None or change.day > earlier.published)


def _bounded(touched: Touched, earlier: Anchor) -> Touched:
    """A row without a day that the *earlier* table did not have: it had not happened by then."""
    change = touched.change
    if change.day is not None:
        return touched
    bounded = replace(change, earliest=max(change.earliest or earlier.published, earlier.published))
    edges = tuple(replace(edge, change=bounded) for edge in touched.edges)
    return replace(touched, change=bounded, edges=edges)
