"""The document on a day, on either clock, every item with its certainty."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from ledger.form import FormItem, form3
from ledger.item_path import ItemPath
from ledger.published import ItemKind, TableState
from ledger.wareki import wareki
from projections.documents import Basis, Cause, Document, StatedItem, place_of
from projections.editions import Anchor, Assessment
from projections.milestones import Passed
from projections.periods import Past, past_of
from projections.readings import Certainty, Reading, Support, agree, is_blank, known, partial, unknown
from projections.timeline import Step, Timeline


def document_as_of(assessment: Assessment, day: date | None = None, basis: Basis = Basis.CHANGE) -> Document:
    """What each item said on *day* (None: after every change known)."""
    past = past_of(assessment)
    told = assessment.title, assessment.form, assessment.end, day, basis
    if not past.anchors:
        return Document(*told, None, ())
    asked = day or date.max
    readable = [anchor.published for anchor in past.anchors if anchor.published <= asked]
    newer = assessment.published_since(asked)
    if basis is Basis.PUBLICATION:
        items = (
            _as_said_to_be_published(assessment, newer)
            if newer
            else _as_published(past, max(len(readable) - 1, 0), asked)
        )
        return Document(*told, newer.day if newer else readable[-1] if readable else None, items)
    items = _in_force(past, min(sum(a.published < asked for a in past.anchors), len(past.anchors) - 1), asked)
    if newer:
        items = _with_cover_of(newer, items)
    return Document(*told, publication_of(assessment, asked), items)


def publication_of(assessment: Assessment, day: date) -> date | None:
    """The 公表日 of the document by 変更日 of a day: before the first edition, that of the first."""
    newer = assessment.published_since(day)
    editions = [anchor.published for anchor in assessment.anchors]
    return newer.day if newer else max((each for each in editions if each <= day), default=editions[0])


def earliest_day(assessment: Assessment) -> date | None:
    """The last day of the oldest state that is told of, the eve of the first change; None without editions.

    Where no table tells of the time before the first edition, it is its 公表日.
    """
    if not assessment.anchors:
        return None
    first = assessment.anchors[0]
    told = [anchor for anchor in assessment.anchors if anchor.closed]
    if first.table is TableState.EMPTY or not told:
        return first.published
    changes = (*(change for anchor in told for change in anchor.changes), *assessment.recorded)
    days = [change.day for change in changes if change.day is not None]
    return min([*days, first.published]) - timedelta(days=1)


def _in_force(past: Past, n: int, day: date) -> tuple[StatedItem, ...]:
    """The items on a day of the period that edition *n* ends."""
    period = past.period(n)
    placed: dict[ItemPath, list[tuple[StatedItem, bool]]] = {}
    for line in period.items:
        if (stated := listed_on(line, past, n, day)) is not None:
            for path, sure in period.places(line.path, day):
                placed.setdefault(path, []).append((_moved(stated, path), sure))
    for line in period.gone.items.values() if period.gone else ():
        for path, sure in period.places_of_gone(line.path, day):
            stated = _item(line, _going(line, day, sure=sure), line.on(day)[1])
            placed.setdefault(path, []).append((stated, sure))
    items = [_one_of(found) for found in placed.values()]
    return _ordered(groups_not_yet_there(tuple(items)), period.later, period.earlier)


def listed_on(line: Timeline, past: Past, n: int, day: date) -> StatedItem | None:
    """An item as it is stated on *day*; None where the document did not have it."""
    memory = past.memory(n, line)
    at = bisect_right(memory.days, day)
    if at not in memory.found:
        memory.found[at] = _stated(line, past, n, day) if _is_listed(line, past, n, day) else None
    found: StatedItem | None = memory.found[at]
    return found


def _is_listed(line: Timeline, past: Past, n: int, day: date) -> bool:
    """Whether the document had the item on *day*, as far as is known."""
    if line.comes_after(day):
        return False
    return line.printed is not None or day < line.published or past.ever_changed(n, line)


def _stated(line: Timeline, past: Past, n: int, day: date) -> StatedItem:
    if line.item.per_edition and day < line.published:
        told = f"{line.item.name}は版ごとに改まり、変更箇所には載らない"
        return _item(line, _of_earlier(line, past, n) or unknown(told), None)
    reading, step = past.reading(n, line, day), past.begun(n, line, day)
    to_come = step is None and past.ever_changed(n, line)
    if step is not None and step.planned:
        reading = reading.because(f"{reading.reason}。{_planned(step)}")
    stated = _item(line, reading, step, to_come=to_come)
    if to_come and n == 0 and day < line.published and reading.certainty is not Certainty.UNKNOWN:
        floor = reading.because(f"{reading.reason}（確かめられる最も古い状態）")
        return replace(stated, reading=floor, floor=True)
    return stated


def _of_earlier(line: Timeline, past: Past, n: int) -> Reading | None:
    """What the edition before states of an item that every edition prints anew."""
    earlier = past.account(n - 1).items.get(line.path) if n else None
    return earlier.states[-1] if earlier else None


def _planned(step: Step) -> str:
    day = step.planned.isoformat() if step.planned else ""
    told = f"公表日{step.day.isoformat()}の本文にすでに反映されている"
    return f"{step.edge.change.name}の変更日は{day}だが、{told}"


def _going(line: Timeline, day: date, *, sure: bool) -> Reading:
    """An item that the later edition has no more."""
    if sure and line.start is not None and not any(step.undated for step in line.steps):
        return line.redone[sum(step.day <= day for step in line.steps)]
    if line.steps or line.start is None:
        return line.on(day)[0]
    told = f"{line.start.reason}。次の版の本文にはこの項目がなく、いつなくなったか分からない"
    return partial(line.start.value, told).resting_on(line.start)


def _moved(stated: StatedItem, path: ItemPath) -> StatedItem:
    return stated if path == stated.path else replace(stated, path=path, key=stated.item.key_at(path.group))


def _one_of(found: list[tuple[StatedItem, bool]]) -> StatedItem:
    """The item at a path; where several may have stood there, or one only perhaps, it is not known."""
    (first, sure), *others = found
    if sure and not others:
        return first
    readings = [stated.reading for stated, _ in found]
    if others and all(r.known and agree(r.value, first.reading.value) for r in readings):
        return first
    told = f"{first.reading.reason}。この組の番号か、ファイルの名称が変わった日が分からない"
    values = tuple(value for reading in readings for value in reading.possible)
    rivals = values if others else first.reading.rivals
    reading = partial(first.reading.value, told, *rivals).resting_on(*readings)
    return replace(first, reading=reading)


def _as_published(past: Past, n: int, day: date) -> tuple[StatedItem, ...]:
    """What edition *n* prints, if it was to be read on *day*."""
    anchor, lines = past.anchors[n], past.account(n)
    return _ordered((_printed(line, anchor, day) for line in lines.items.values()), anchor)


def _as_said_to_be_published(assessment: Assessment, newest: Passed) -> tuple[StatedItem, ...]:
    """The document as the public can read it since a publication that only was recorded here.

    It has all that was recorded as published by then, whatever 変更日 that bears.
    """
    by_then = replace(
        assessment,
        anchors=tuple(anchor for anchor in assessment.anchors if anchor.published <= newest.day),
        recorded=tuple(c for c in assessment.recorded if c.latest is not None and c.latest <= newest.day),
    )
    past = past_of(by_then)
    return _with_cover_of(newest, _in_force(past, len(past.anchors) - 1, date.max))


def _with_cover_of(publication: Passed, items: Iterable[StatedItem]) -> tuple[StatedItem, ...]:
    """The items of a document whose cover says when it was published by what was recorded here."""
    printed, name = wareki(publication.day), f"公表の記録{publication.event_id}"
    support = Support(name, publication.day, "公表日", printed, publication.event_id)
    reading = known(printed, name).resting_on(and_on=[support])
    return tuple(replace(item, reading=reading) if _is_publication_date(item) else item for item in items)


def _is_publication_date(item: StatedItem) -> bool:
    return item.item.per_edition and item.item.kind is ItemKind.DATE


def _printed(line: Timeline, anchor: Anchor, day: date) -> StatedItem:
    if day < anchor.published:
        return _item(line, unknown(f"{day.isoformat()}に公表されていた版は台帳にない"), None)
    if line.printed is None:
        return _item(line, unknown(f"{anchor.name}にこの項目がない"), None)
    begun = line.steps[line.stated - 1] if line.stated else None
    return _item(line, line.states[line.stated].because(anchor.name), begun)


def _item(line: Timeline, reading: Reading, step: Step | None, *, to_come: bool = False) -> StatedItem:
    change = step.edge.change if step is not None else None
    return StatedItem(
        line.path,
        line.item,
        line.item.key_at(line.path.group),
        reading,
        step.since if step is not None else None,
        Cause.of(change) if change is not None else None,
        to_come=to_come,
    )


_ENOUGH = 3


def groups_not_yet_there(items: tuple[StatedItem, ...]) -> tuple[StatedItem, ...]:
    """A group all of whose touched items were still blank had probably not been added yet.

    Then what no row touches (often the group's name, R-56) is not proved either.
    """
    groups: dict[tuple[str, ...], list[StatedItem]] = {}
    for item in items:
        if (group := group_of(item.path, item.item)) is not None:
            groups.setdefault(group, []).append(item)
    doubtful: set[ItemPath] = set()
    for members in groups.values():
        still_blank = [m for m in members if m.to_come and m.reading.known and is_blank(m.reading.value)]
        filled = [m for m in members if not is_blank(m.reading.value)]
        if len(still_blank) >= _ENOUGH and all(m.change is None for m in filled):
            doubtful.update(m.path for m in filled)
    told = "この組の他の項目はまだ空欄で、組そのものがまだなかったとみられる。この項目を加えた行がない"
    return tuple(
        replace(item, reading=partial(item.reading.value, told)) if item.path in doubtful else item
        for item in items
    )


def group_of(path: ItemPath, item: FormItem) -> tuple[str, ...] | None:
    """The group that an item stands in, by its file and its path; None where it stands in none."""
    if not item.in_group:
        return None
    return path.file, *path.parts[: _depth_of_group(item.key)]


@lru_cache(maxsize=1024)
def _depth_of_group(key: str) -> int:
    """How many parts of the path of an item in a group name that group."""
    item = form3()[key]
    head = next(a for a in (item, *form3().ancestors(item)) if a.is_group)
    return len(head.path)


def _ordered(
    items: Iterable[StatedItem], anchor: Anchor, earlier: Anchor | None = None
) -> tuple[StatedItem, ...]:
    """In the order of the form: section, file, heading, group number, item."""
    file_no = file_numbers(anchor, earlier)
    return tuple(sorted(items, key=lambda item: place_of(anchor.form, item.key, file_no(item.path.file))))


def file_numbers(anchor: Anchor, earlier: Anchor | None = None) -> Callable[[str], int]:
    """Gives the place of a file in the order in which an edition prints them.

    Those of the edition before it stand behind, others last.
    """
    printed = (*anchor.items, *(earlier.items if earlier else ()))
    files = {name: n for n, name in enumerate(dict.fromkeys(item.path.file for item in printed))}
    return lambda file: files.get(file, len(files))
