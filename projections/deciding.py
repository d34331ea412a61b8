"""What a person decides later on a change: which one is meant, and what it says from then on.

Each function lets the aggregate decide and saves nothing; the rows are for those who are told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ledger.assessment import Assessment as Aggregate
from ledger.errors import UnknownChange, WrongUse
from ledger.events import ChangeCorrected, ChangeRetracted, Entry, ItemChanged, RowInterpreted
from ledger.form import form_named
from ledger.item_path import ItemPath
from ledger.wareki import WarekiDate
from ledger.wording import plain
from projections.change_table import change_table
from projections.changes import Change
from projections.editions import Assessment, assessment
from projections.listing import TableRow
from projections.naming import item_named
from projections.recording import ask_printable, new_change, place_of

_EVENT = re.compile(r"(?:記録)?e([0-9]{1,18})", re.IGNORECASE)
_ROW = re.compile(r"行?([0-9]{1,9})")


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of a decision: its event (None: that counted already), and the row that it is about."""

    entry: Entry | None
    row: TableRow


@dataclass(frozen=True, slots=True)
class Correction:
    """What is right instead, as far as it is another: None where the change says it already."""

    item: str | None = None
    before: str | None = None
    after: str | None = None
    on: str | None = None
    timing: str | None = None
    reason: str | None = None

    @property
    def given(self) -> tuple[str, ...]:
        """Everything that is said."""
        said = (self.item, self.before, self.after, self.on, self.timing, self.reason)
        return tuple(text for text in said if text is not None)


def change_meant(text: str, known: Assessment, entries: Sequence[Entry]) -> Entry:
    """The event of the change that a user's *text* means: ``e20``, or a number in the change table, ``行18``.

    Raises UnknownChange.
    """
    said = plain(text)
    if event := _EVENT.fullmatch(said):
        name = f"e{int(event[1])}"
    elif (row := _ROW.fullmatch(said)) and 0 < int(row[1]) <= len(known.changes):
        name = known.changes[int(row[1]) - 1].event_id or ""
    else:
        name = ""
    found = next((entry for entry in entries if entry.event_id == name), None)
    if found is not None and isinstance(found.event, ItemChanged):
        return found
    remedy = _instead_of(found, entries) if found else ""
    raise UnknownChange(
        "この評価書の変更にありません",
        where=f"「{text}」",
        remedy=remedy or "kaitei changes の番号（行18）か event_id（e20）で指定してください",
    )


def _instead_of(entry: Entry, entries: Sequence[Entry]) -> str:
    """What to do where a decision was named: name the change that it speaks of. Blank for other events."""
    match entry.event:
        case (
            RowInterpreted(interprets=version)
            | ChangeCorrected(corrects=version)
            | ChangeRetracted(retracts=version)
        ):
            pass
        case _:
            return ""
    (change,) = (each for each in entries if each.event.originator_version == version)
    return f"それは {change.event_id} についての判断です。{change.event_id} と指定してください"


def interpret(
    aggregate: Aggregate,
    known: Assessment,
    row: Entry,
    *,
    item: str | None,
    on: str | None,
    as_printed: bool,
    why: str,
) -> None:
    """Decide what a published row means; what is not given stays as it was decided, unless *as_printed*.

    Raises what ``place_of`` and ``Assessment.interpret`` raise, WrongUse where there is nothing to decide.
    """
    if as_printed == (item is not None or on is not None):
        raise WrongUse(
            "何と解釈するか決まりません",
            where="interpret",
            remedy="--item か --on を、解釈をやめるなら --as-printed だけを付けてください",
        )
    version = _counting(aggregate, known, row)
    path, day = ("", "") if as_printed else aggregate.changes.meaning(version)
    if item is not None:
        path = str(place_of(known, item).path)
    if on is not None:
        day = WarekiDate.parse(on).printed
    aggregate.interpret(version, path=ItemPath.parse(path) if path else None, change_date=day, why=why)


def correct(
    aggregate: Aggregate, known: Assessment, change: Entry, correction: Correction, *, why: str
) -> None:
    """Put a change right; what the *correction* does not give stays as it counts now.

    A change recorded here has to fit its item as in ``new_change``, and 変更前 follows it there unless
    somebody gave it; of a published row the words of its cells are put right, whatever they are.
    Raises what ``new_change`` and ``Assessment.correct`` raise, WrongUse where nothing is given.
    """
    if not correction.given:
        raise WrongUse(
            "何を訂正するか決まりません",
            where="correct",
            remedy="--item、--before、--after、--on、--timing、--reason のどれかを付けてください",
        )
    version = _counting(aggregate, known, change)
    now = aggregate.changes.at(version)
    for text in correction.given:
        ask_printable(text, aggregate.changes.name(version))
    if now.source:
        right = _printed(now, correction, known)
    else:
        others = tuple(one for one in known.recorded if one.event_id != change.event_id)
        right = _recorded(now, correction, replace(known, recorded=others))
    aggregate.correct(
        version,
        path=ItemPath.parse(right.path) if right.path else None,
        change_date=right.change_date,
        item_text=right.item_text,
        before=right.before,
        after=right.after,
        timing=right.timing,
        explanation=right.explanation,
        why=why,
    )


def _printed(now: ItemChanged, correction: Correction, known: Assessment) -> ItemChanged:
    """A published row with other words in some of its cells."""
    form, item = form_named(known.form), correction.item
    if item is not None and form.itemised:
        item_named(item, form)
    right = _with_words(now, correction)
    return right if item is None else replace(right, item_text=item, path="")


def _recorded(now: ItemChanged, correction: Correction, others: Assessment) -> ItemChanged:
    """A change recorded here as it is right, among all *others* that are known."""
    right = _with_words(now, correction)
    made = new_change(
        others,
        item=now.path if correction.item is None else correction.item,
        after=right.after,
        on=right.change_date,
        timing=right.timing,
        reason=right.explanation,
    )
    moved = str(made.path) != now.path
    if correction.before is None and (moved or _worked_out(now, others) == now.before):
        right = replace(right, before=made.before)
    return replace(right, path=str(made.path), item_text=made.item_text) if moved else right


def _worked_out(change: ItemChanged, others: Assessment) -> str:
    """変更前 as it follows from the item on the day of a change, where nobody gave it."""
    day = WarekiDate.read(change.change_date)
    return place_of(others, change.path, day.day if day else None).before(change.after)


def _with_words(now: ItemChanged, correction: Correction) -> ItemChanged:
    """A change with the words that a correction gives, but for its item."""

    def said(given: str | None, counts: str) -> str:
        return counts if given is None else given

    return replace(
        now,
        before=said(correction.before, now.before),
        after=said(correction.after, now.after),
        change_date=said(correction.on, now.change_date),
        timing=said(correction.timing, now.timing),
        explanation=said(correction.reason, now.explanation),
    )


def _counting(aggregate: Aggregate, known: Assessment, change: Entry) -> int:
    """The version of a change that counts. Raises UnknownChange where no table has it."""
    version = change.event.originator_version
    aggregate.changes.at(version)
    row_of(known, change)
    return version


def row_of(known: Assessment, change: Entry) -> TableRow:
    """A change as a row of the table: of today's, or else of the last edition that has it.

    One recorded here and published since has the number under which it was published. Raises UnknownChange
    where no table has it: of two sources of one 公表日 the rows of one count.
    """
    for last in range(len(known.anchors), 0, -1):
        latest = last == len(known.anchors)
        then = known if latest else replace(known, anchors=known.anchors[:last], recorded=())
        for row in change_table(then):
            if row.change.event_id == change.event_id:
                return row
    for recorded in known.recorded:
        if recorded.event_id == change.event_id:
            return _published_as(recorded, known)
    raise UnknownChange(
        "今の変更箇所にない行です（同じ公表日の別の原本の行が使われています）",
        where=change.event_id,
        remedy="kaitei changes の番号（行18）で指定してください",
    )


def _published_as(recorded: Change, known: Assessment) -> TableRow:
    """A change recorded here, as the row of the latest edition that says it."""
    anchors, rows = known.anchors, change_table(known)
    saying = (
        row
        for row in rows
        for alone in (replace(anchors[-1], changes=(row.change,)),)
        if not replace(known, anchors=(alone,), recorded=(recorded,)).unpublished
    )
    return replace(next(saying), change=recorded)


def row_retracted(entries: Iterable[Entry], change: Entry) -> TableRow:
    """A change that was retracted, as the row that it was, and who retracted it and why."""
    told, version = tuple(entries), change.event.originator_version
    (gone,) = (
        (entry, entry.event)
        for entry in told
        if isinstance(entry.event, ChangeRetracted) and entry.event.retracts == version
    )
    entry, retraction = gone
    row = row_of(assessment(each for each in told if each is not entry), change)
    said = f"{entry.event_id}で取消し（{entry.recorded_by}: {retraction.why}）"
    decided = "。".join(filter(None, (row.change.decided, said)))
    return replace(row, change=replace(row.change, decided=decided))
