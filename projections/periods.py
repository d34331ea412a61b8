"""The time between two published editions, and what each edition tells of the time before it.

An edition brings its whole table, so each gives an account of its own of all the past (``Past.account``).
Nearest to a day is the period it lies in: the earlier edition pins what every item said when it began, the
later one what it said when it ended, and only rows that the later one lists for the first time lie between.
The accounts of still later editions are witnesses.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Any

from ledger.item_path import ItemPath
from ledger.published import TableState
from projections.alignment import same_changes
from projections.changes import Change
from projections.edges import Edge, Touched
from projections.editions import Anchor, Assessment
from projections.lineage import Lineage, lineage
from projections.readings import Reading, agree, contradicted, partial, unknown, unproved, witnessed
from projections.renumbering import Places, Turn
from projections.timeline import Step, Timeline, Timelines, replayed, what_each_touches


@dataclass(frozen=True, slots=True)
class Period:
    """The time after *earlier* (None: from the beginning) until *later*, and beyond where that is the last.

    ``lines`` are the items by their paths in *later*; ``claimed`` the same with the changes recorded here
    (None: there are none). ``gone`` are items that *later* prints nowhere any more, by their paths in
    *earlier*, ``turn`` what it prints elsewhere. ``retold`` has the items by the rows as editions after
    *later* have rewritten them.
    """

    earlier: Anchor | None
    later: Anchor
    lines: Timelines
    claimed: Timelines | None
    gone: Timelines | None
    turn: Turn | None
    retold: tuple[tuple[Anchor, Timelines], ...] = ()

    @property
    def items(self) -> Iterable[Timeline]:
        """Every item of *later*, and what was begun by recording it here."""
        begun = self.claimed.items if self.claimed else {}
        return {**begun, **self.lines.items}.values()

    def places(self, path: ItemPath, day: date) -> Places:
        """Where an item of *later* was printed on *day*, and whether that is sure."""
        if self.turn is None or day >= self.later.published:
            return ((path, True),)
        return self.turn.places(path, day)

    @property
    def moves(self) -> bool:
        """Whether any item was printed elsewhere on a day of the period, or nowhere."""
        if self.turn is None:
            return False
        return bool(self.gone and self.gone.items) or any(self.turn.moves(line.path) for line in self.items)

    def places_of_gone(self, path: ItemPath, day: date) -> Places:
        """The same of an item that only *earlier* has: nowhere, once it had gone."""
        if self.turn is None or day >= self.later.published:
            return ()
        return self.turn.places_of_gone(path, day)

    def on(self, line: Timeline, day: date) -> Reading:
        """What an item said on *day* by both editions, the rows between them, and what was recorded here."""
        reading, _ = line.on(day)
        claim = self.claimed.items.get(line.path) if self.claimed else None
        if day >= line.published:
            return claim.on(day)[0] if claim else reading
        reading = self._unless_rewritten(line, self._unless_silent(line, reading, day), day)
        if claim is None or not any(step.edge.change.whole for step in claim.steps[: claim.stated]):
            return reading
        said, _ = claim.on(day)
        if self._without_history and said.known:
            return partial(said.value, f"{said.reason}。{self.later.without_history}").resting_on(said)
        return said if said.contradicted or reading.value is None else witnessed(reading, said)

    def _unless_rewritten(self, line: Timeline, reading: Reading, day: date) -> Reading:
        """*reading*, unless a row is told otherwise by now, and no body shows which telling is right."""
        for anchor, lines in self.retold:
            other = lines.items[line.path]
            said, _ = other.on(day)
            if not reading.known or (other.is_settled(day) and said.contradicted):
                continue  # the body itself says which telling is right
            if not all(agree(value, reading.value) for value in said.possible):
                told = f"{reading.reason}。{anchor.name}の変更箇所では行の記載が改められ、一致しない"
                rivals = (reading.value, *said.possible)
                reading = contradicted(reading.value, told, *rivals).resting_on(reading, said)
        return reading

    @property
    def _without_history(self) -> bool:
        """Whether nothing but what was recorded here tells of the time before the edition."""
        return not self.later.closed and self.earlier is None

    def _unless_silent(self, line: Timeline, reading: Reading, day: date) -> Reading:
        """What is to be said where the table is silent: it is lost, or forgot an item of a group it added."""
        if self._without_history or (not self.later.closed and line.start is None and not line.steps):
            return unknown(self.later.without_history)
        if line.start is None or line.steps:
            return reading
        if reading.rivals and self.turn and self.turn.adds(line.path):
            return self._added(line, line.start, reading, day)
        return reading if self.later.silence_tells else self._untold(line.start, reading)

    def _added(self, line: Timeline, start: Reading, reading: Reading, day: date) -> Reading:
        """An item of an added group, which no row names: its day is the group's."""
        turned = self.turn.day(line.path) if self.turn else None
        if turned is not None:
            return start if day < turned else line.states[-1]
        told = f"{start.reason}。{self.later.name}までのいつ加わったか分からない"
        return partial(start.value, told, *reading.rivals).resting_on(reading)

    def _untold(self, start: Reading, reading: Reading) -> Reading:
        """An item between two bodies of which the later one does not say what changed."""
        if reading.known:
            told = f"{reading.reason}。{self.later.lost}ため、変わって戻ったことがないとは言い切れない"
            return unproved(reading, told)
        if not reading.rivals:
            return reading
        told = f"{start.reason}。{self.later.name}までのいつ変わったか分からない"
        return unproved(partial(start.value, told, *reading.rivals), told).resting_on(reading)


@dataclass
class Memory:
    """What is known of an item from one of its *days* to the next, as far as it was asked for.

    It is that of *line*, and of *claim*, the same with what was recorded here; ``lives`` are these and the
    item in the account of the whole edition. ``found`` has what was found, by how many of the days had come.
    """

    line: Timeline
    claim: Timeline | None
    lives: list[Timeline]
    days: list[date]
    found: dict[int, Any] = field(default_factory=dict)


_Between = tuple[tuple[Touched, ...], Mapping[ItemPath, Reading] | None]
"""The rows of a period, and what the earlier edition states of the items (None: there is none)."""


class Past:
    """All that is known of one assessment, worked out as far as it is asked for.

    A *former* one of the same assessment is gone on from: where only changes were recorded since, what the
    editions tell is the same, and so is every item that no other change touches.
    """

    def __init__(self, known: Assessment, former: Past | None = None) -> None:
        self.known = known
        self._periods: dict[int, Period] = {}
        self._accounts: dict[int, Timelines] = {}
        self._kinships: dict[int, Lineage] = {}
        self._turns: dict[int, Turn] = {}
        self._new: dict[int, list[Touched]] = {}
        self._before: Mapping[int, Period] = {}
        self._asked: tuple[tuple[Change, ...], Anchor, tuple[Touched, ...]] | None = None
        self._between: dict[int, _Between] = {}
        self._memories: dict[tuple[int, ItemPath], Memory] = {}
        self._table_before: Timelines | None = None
        if former is not None and former.known.anchors == known.anchors:
            self._go_on_from(former)

    def _go_on_from(self, former: Past) -> None:
        """Take over what follows from the editions alone, and with what to begin for what does not."""
        self._accounts, self._kinships, self._turns = former._accounts, former._kinships, former._turns
        self._new, self._between, self._memories = former._new, former._between, former._memories
        self._before = dict(former._periods)
        self._table_before = vars(former).get("table", former._table_before)
        for name in ("anchors", "_tellings", "_former"):
            if name in vars(former):
                vars(self)[name] = vars(former)[name]

    # --- the editions and their tables ------------------------------------------------------------

    @cached_property
    def anchors(self) -> tuple[Anchor, ...]:
        """The editions in the order of 公表日, their rows bounded by the first edition that has them.

        What a person decided on a row holds for it in every edition.
        """
        known = self.known.anchors
        rows = [list(anchor.changes) for anchor in known]
        for told in self._tellings:
            decided = [rows[n][j] for n, j in told if rows[n][j].interpreted]
            (first, _), (last, at) = told[0], told[-1]
            for n, j in told:
                change = rows[n][j].read_as(decided[-1]) if decided else rows[n][j]
                rows[n][j] = replace(
                    change,
                    latest=known[first].published if n > first else None,
                    listed_no=known[last].changes[at].no,
                    listed_in=known[last].published if last < len(known) - 1 else None,
                )
        return tuple(replace(anchor, changes=tuple(of)) for anchor, of in zip(known, rows, strict=True))

    @cached_property
    def _tellings(self) -> list[list[tuple[int, int]]]:
        """Of each change: in which editions, and where in their tables, it is told."""
        tellings: list[list[tuple[int, int]]] = []
        last: list[Change] = []
        for n, anchor in enumerate(self.known.anchors):
            pairs = same_changes(last, anchor.changes)
            for j, change in enumerate(anchor.changes):
                if j in pairs:
                    tellings[pairs[j]].append((n, j))
                    last[pairs[j]] = change
                else:
                    tellings.append([(n, j)])
                    last.append(change)
        return tellings

    @cached_property
    def _former(self) -> dict[tuple[int, int], tuple[int, int]]:
        """Of each row that an earlier table has: where it was told last before."""
        return {now: was for told in self._tellings for was, now in pairwise(told)}

    def dropped(self) -> Iterator[tuple[int, Touched]]:
        """The rows that the latest table does not list any more, each with the last edition that has it."""
        last = len(self.anchors) - 1
        for told in self._tellings:
            n, j = told[-1]
            if n != last:
                yield n, self.account(n).touched[j]

    @cached_property
    def table(self) -> Timelines:
        """The table of the latest edition, and what was recorded here since."""
        last = len(self.anchors) - 1
        anchor = self.anchors[last]
        touched = (*self.account(last).touched, *self._touched_by_recorded(self.known.unpublished, anchor))
        # Where there is but one edition, its period is replayed from the same.
        former = self.period(last).claimed if last == 0 else self._table_before
        return replayed(anchor, touched, former=former or self.account(last))

    def _touched_by_recorded(self, changes: tuple[Change, ...], anchor: Anchor) -> tuple[Touched, ...]:
        """What changes recorded here touch; the table and the last period ask for the same."""
        if self._asked is None or self._asked[0] != changes or self._asked[1] is not anchor:
            self._asked = changes, anchor, what_each_touches(changes, anchor)
        return self._asked[2]

    # --- what each edition tells ------------------------------------------------------------------

    def account(self, n: int) -> Timelines:
        """What edition *n* tells of all the time before it.

        A row that an earlier table has already is read as it was there, whatever number its item bears now.
        """
        if n not in self._accounts:
            self._accounts[n] = replayed(self.anchors[n], self._touched(n))
        return self._accounts[n]

    def _touched(self, n: int) -> tuple[Touched, ...]:
        """What each row of edition *n* touches, in its paths."""
        anchor = self.anchors[n]
        touched = list(what_each_touches(anchor.changes, anchor))
        if n == 0:
            return tuple(touched)
        here, _ = self._turn(n).parted(self._first_listed(n))
        new = {one.change.no: one for one in here}
        for j, printed in enumerate(touched):
            former = self._former.get((n, j))
            touched[j] = self._followed(printed, former, n) if former else new[printed.change.no]
        return tuple(touched)

    def _followed(self, printed: Touched, former: tuple[int, int], n: int) -> Touched:
        """A row of an earlier table in the paths of edition *n*; as printed where that had left it open."""
        m, i = former
        was = self.account(m).touched[i]
        unread = was.undecided or not (was.edges or was.former)
        if unread or was.change.interpreted != printed.change.interpreted:
            return printed
        edges = tuple(
            _retold(edge, now, printed.change)
            for edge in was.edges
            if (now := self._place_in(edge.path, m, n)) is not None
        )
        targets = tuple(replace(t, path=self._place_in(t.path, m, n) or t.path) for t in was.targets)
        return Touched(printed.change, targets, edges, former=was.former or not edges)

    def _first_listed(self, n: int) -> list[Touched]:
        """The rows that no edition before *n* lists, in the paths of *n* as far as their words tell."""
        if n not in self._new:
            anchor = self.anchors[n]
            silent = [one.published for one in self.anchors[:n] if one.table is not TableState.ABSENT]
            new = tuple(change for change in anchor.changes if change.latest is None)
            touched = what_each_touches(new, anchor)
            self._new[n] = [_bounded(one, silent[-1]) for one in touched] if silent else list(touched)
        return self._new[n]

    def _kinship(self, n: int) -> Lineage:
        """What of edition *n* is what of the edition before it."""
        if n not in self._kinships:
            earlier, later = self.anchors[n - 1], self.anchors[n]
            self._kinships[n] = lineage(earlier.items, later.items, later.form)
        return self._kinships[n]

    def _turn(self, n: int) -> Turn:
        """What edition *n* prints elsewhere than the edition before it."""
        if n not in self._turns:
            earlier = self.anchors[n - 1]
            between = [t for t in self._first_listed(n) if _lies_after(t.change, earlier)]
            self._turns[n] = Turn.of(earlier, self.anchors[n], self._kinship(n), between)
        return self._turns[n]

    def _place_in(self, path: ItemPath, n: int, later: int) -> ItemPath | None:
        """Where edition *later* prints an item of edition *n*; None where it does not."""
        for each in range(n + 1, later + 1):
            now = self._kinship(each).later(path)
            if now is None:
                return None
            path = now
        return path

    # --- between two editions ---------------------------------------------------------------------

    def period(self, n: int) -> Period:
        """The period that edition *n* ends."""
        if n not in self._periods:
            self._periods[n] = self._period(n)
        return self._periods[n]

    def _period(self, n: int) -> Period:
        anchor = self.anchors[n]
        if n in self._before:
            before, (here, pins) = self._before[n], self._between[n]
            return replace(before, claimed=self._claimed(n, here, pins, before.claimed))
        if n == 0:
            lines = self.account(0)
            self._between[n] = lines.touched, None
            claimed = self._claimed(n, lines.touched, None, lines)
            return Period(None, anchor, lines, claimed, None, None, tuple(self._retold(n, lines.touched)))
        earlier, turn = self.anchors[n - 1], self._turn(n)
        here, gone = turn.parted(t for t in self._first_listed(n) if _lies_after(t.change, earlier))
        pins = turn.pins()
        self._between[n] = here, pins
        pinned = replayed(anchor, here, pins)
        claimed = self._claimed(n, here, pins, pinned)
        alone = {p: told for p, told in self.account(n).items.items() if p not in pins and p in pinned.items}
        lines = replace(pinned, items={**pinned.items, **alone})  # the earlier edition says nothing of these
        left = replayed(replace(anchor, items=()), gone, turn.pins_of_gone())
        return Period(earlier, anchor, lines, claimed, left, turn, tuple(self._retold(n, here, pins)))

    def _retold(
        self, n: int, here: Iterable[Touched], pins: Mapping[ItemPath, Reading] | None = None
    ) -> Iterator[tuple[Anchor, Timelines]]:
        """The period by the rows as each later edition tells them, where it has rewritten any."""
        rewritten: dict[int, dict[int, Change]] = defaultdict(dict)
        for told in self._tellings:
            first, i = told[0]
            if first != n:
                continue
            row = self.anchors[n].changes[i]
            for m, j in told[1:]:
                if not row.says_the_same(self.anchors[m].changes[j]):
                    rewritten[m][row.no] = self.anchors[m].changes[j]
        for m, rows in rewritten.items():
            yield self.anchors[m], replayed(self.anchors[n], tuple(_as_told(t, rows) for t in here), pins)

    def _claimed(
        self,
        n: int,
        published: tuple[Touched, ...],
        pins: Mapping[ItemPath, Reading] | None,
        former: Timelines | None,
    ) -> Timelines | None:
        """The period with the changes recorded here, if there are any; other items are those of *former*."""
        anchor, recorded = self.anchors[n], self._recorded_in(n)
        if not recorded:
            return None
        return replayed(anchor, (*published, *self._touched_by_recorded(recorded, anchor)), pins, former)

    def _recorded_in(self, n: int) -> tuple[Change, ...]:
        """The changes recorded here for days of the period that edition *n* ends."""
        last = n == len(self.anchors) - 1
        after = self.anchors[n - 1].published if n else date.min
        until = date.max if last else self.anchors[n].published
        return tuple(
            change
            for change in self.known.unpublished
            if (last if change.since is None else after <= change.since < until)
        )

    def memory(self, n: int, line: Timeline) -> Memory:
        """What was worked out of an item of the period that edition *n* ends, day by day."""
        claimed = self.period(n).claimed
        claim = claimed.items.get(line.path) if claimed else None
        known = self._memories.get((n, line.path))
        if known is None or known.line is not line or known.claim is not claim:
            lives = [each for each in (line, claim, self.account(n).items.get(line.path)) if each is not None]
            known = self._memories[n, line.path] = Memory(line, claim, lives, self._days(n, line, lives))
        return known

    def _days(self, n: int, line: Timeline, lives: Iterable[Timeline]) -> list[date]:
        """The days of the period that edition *n* ends on which what an item says may turn."""
        period, path = self.period(n), line.path
        told: list[Timeline | None] = [*lives, *(of.items.get(path) for _, of in period.retold)]
        for later in range(n + 1, len(self.anchors)):
            place = self._place_in(path, n, later)
            told.append(self.account(later).items.get(place) if place else None)
        steps = [step for each in told if each for step in each.steps]
        turned = period.turn.day(path) if period.turn else None
        days = {line.published, turned, *(step.day for step in steps), *(step.earliest for step in steps)}
        return sorted(day for day in days if day is not None)

    # --- on a day ---------------------------------------------------------------------------------

    def reading(self, n: int, line: Timeline, day: date) -> Reading:
        """What an item of the period that edition *n* ends said on *day*, later editions heard."""
        reading = self.period(n).on(line, day)
        first_publication = n == 0 and self.anchors[0].table is TableState.EMPTY
        if day < line.published and not first_publication:
            for later in range(n + 1, len(self.anchors)):
                reading = self._heard(reading, (n, later), line, day)
        return reading

    def _heard(self, reading: Reading, editions: tuple[int, int], line: Timeline, day: date) -> Reading:
        """*reading*, of the period that one of the *editions* ends, beside the account of the other."""
        n, later = editions
        place = self._place_in(line.path, n, later)
        told = self.account(later).items.get(place) if place and self.anchors[later].closed else None
        if told is None or told.bears_another_number(day):
            return reading
        bounds = self.anchors[n - 1].published if n else date.min, self.anchors[n].published
        if not reading.unproved and line.start is not None and not told.changes_between(*bounds):
            return reading  # between two bodies a table that is silent says nothing that they do not
        witness = told.on(day)[0]
        witness = witness.because(f"{self.anchors[later].name}とその変更箇所: {witness.reason}")
        denied = self._denied(told, line.path, n, later)
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
        found = [step for each in self.memory(n, line).lives if (step := each.on(day)[1]) is not None]
        return max(found, key=lambda step: step.day, default=None)

    def last_changed(self, line: Timeline) -> Step | None:
        """The last change of an item of the latest edition that any edition tells of, confirmed or not."""
        steps: list[Step] = []
        path: ItemPath | None = line.path
        for n in reversed(range(len(self.anchors))):
            own = next((each for each in self.period(n).items if each.path == path), None)
            steps += [step for each in self.memory(n, own).lives for step in each.steps] if own else []
            path = self._kinship(n).earlier(path) if n and path else None
        return max(steps, key=lambda step: step.day, default=None)

    def ever_changed(self, n: int, line: Timeline) -> bool:
        """Whether any change of an item is known."""
        return any(each.steps for each in self.memory(n, line).lives)


def past_of(known: Assessment, former: Past | None = None) -> Past:
    """The past of an assessment: one question leads to another, and one record to the next.

    Of those asked for last the same is given again, and of the same assessment one is gone on from; or else
    *former*, if there is one.
    """
    for found in _RECENT:
        if found.known is known:
            return found
        if (found.known.body, found.known.number) == (known.body, known.number):
            former = found
    _RECENT.append(Past(known, former))
    return _RECENT[-1]


_RECENT: deque[Past] = deque(maxlen=4)  # each may take some megabytes


def _as_told(touched: Touched, rows: Mapping[int, Change]) -> Touched:
    """What a row touches, in the words of a later telling of it."""
    change = rows.get(touched.change.no)
    if change is None:
        return touched
    edges = tuple(_retold(edge, edge.path, change) for edge in touched.edges)
    return replace(touched, change=change, edges=edges)


def _lies_after(change: Change, earlier: Anchor) -> bool:
    """Whether a row that a table lists for the first time tells what happened after the *earlier* edition.

    One with an older day contradicts the earlier edition, or supplies what that had left out: it belongs to
    the account of the later edition.
    """
    return change.day is None or change.day > earlier.published


def _bounded(touched: Touched, silent: date) -> Touched:
    """A row without a day had not happened by *silent*, when a table did not have it yet.

    An edition that has lost its table is no witness for that.
    """
    change = touched.change
    if change.day is not None:
        return touched
    bounded = replace(change, earliest=max(change.earliest or silent, silent))
    edges = tuple(replace(edge, change=bounded) for edge in touched.edges)
    return replace(touched, change=bounded, edges=edges)


def _retold(edge: Edge, path: ItemPath, change: Change) -> Edge:
    """An edge of an earlier table as *change*, the same row, tells it, at the *path* of its edition."""
    before = change.before if edge.before == edge.change.before else edge.before
    after = change.after if edge.after == edge.change.after else edge.after
    return replace(edge, change=change, path=path, before=before, after=after)
