"""The document on a day, on either clock, every item with its certainty."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from ledger import wording
from ledger.form import FormItem, form3
from ledger.item_path import ItemPath
from ledger.published import Boxes, ItemKind, TableState
from projections.changes import Change
from projections.editions import Anchor, Assessment
from projections.readings import Certainty, Reading, Value, agree, partial, unknown
from projections.timeline import Step, Timeline, Timelines, timelines


class Basis(StrEnum):
    """What the day asks for: what was in force (変更日), or what the public could read (公表日)."""

    CHANGE = "変更日"
    PUBLICATION = "公表日"


@dataclass(frozen=True, slots=True)
class StatedItem:
    """One item of a document on a day. ``since`` and ``change`` tell the change that began it.

    ``to_come`` says that no change of the item had taken effect yet, but one will.
    """

    path: ItemPath
    item: FormItem
    key: str
    reading: Reading
    since: date | None
    change: Change | None
    to_come: bool


@dataclass(frozen=True, slots=True)
class Document:
    """A whole assessment on a day; ``day`` None means the latest state.

    ``published`` is the 公表日 of the edition that could be read on the day. Where none could, it is that
    of the first edition by 変更日, and None by 公表日.
    """

    assessment: Assessment
    day: date | None
    basis: Basis
    published: date | None
    items: tuple[StatedItem, ...]


def document_as_of(assessment: Assessment, day: date | None = None, basis: Basis = Basis.CHANGE) -> Document:
    """What each item said on *day* (None: after every change known)."""
    anchors = assessment.anchors
    if not anchors:
        return Document(assessment, day, basis, None, ())
    asked = day or date.max
    if basis is Basis.PUBLICATION:
        readable = [a for a in anchors if a.published <= asked]
        anchor = readable[-1] if readable else anchors[0]
        lines = timelines(anchor)
        items = tuple(_as_published(t, anchor, asked) for t in lines.items.values())
        return Document(
            assessment, day, basis, anchor.published if readable else None, _ordered(items, anchor)
        )
    anchor = next((a for a in anchors if a.published >= asked), anchors[-1])
    earlier = max((a for a in anchors if a.published <= asked), key=lambda a: a.published, default=None)
    last = anchor is anchors[-1]
    recorded = [c for c in assessment.unpublished if last or (c.day is not None and c.day < anchor.published)]
    lines = timelines(anchor, recorded)
    before = timelines(earlier) if earlier is not None and earlier is not anchor else None
    stated = tuple(_stated(t, lines, before, asked) for t in lines.items.values() if not t.comes_after(asked))
    if before is not None and asked < anchor.published:
        stated += tuple(_gone_since(t, anchor) for path, t in before.items.items() if path not in lines.items)
    published = max((a.published for a in anchors if a.published <= asked), default=anchors[0].published)
    return Document(assessment, day, basis, published, _ordered(_groups_not_yet_there(stated), anchor))


def _stated(timeline: Timeline, lines: Timelines, before: Timelines | None, day: date) -> StatedItem:
    anchor = lines.anchor
    reading, step = timeline.on(day)
    if day < anchor.published and timeline.item.per_edition:
        told = f"{timeline.item.name}は版ごとに改まり、変更箇所には載らない"
        then = before.items.get(timeline.path) if before is not None else None
        return _item(timeline, then.states[-1] if then else unknown(told), None)
    if day < anchor.published and not anchor.closed:
        reading, step = _without_history(anchor), None
    if before is not None and day < anchor.published:
        reading = _compared(timeline, reading, before, day, anchor)
    elif (
        step is None
        and timeline.steps
        and day < anchor.published
        and reading.certainty is not Certainty.UNKNOWN
    ):
        reading = reading.because(f"{reading.reason}（確かめられる最も古い状態）")
    return _item(timeline, reading, step)


def _gone_since(timeline: Timeline, anchor: Anchor) -> StatedItem:
    """An item of the earlier edition that the later one neither has nor speaks of."""
    body = timeline.states[-1]
    told = f"{body.reason}。{anchor.name}にはこの項目がなく、いつなくなったか分からない"
    return _item(timeline, partial(body.value, told), None)


def _without_history(anchor: Anchor) -> Reading:
    match anchor.table:
        case TableState.ABSENT:
            lost = "変更箇所の表が取り出されていない"
        case TableState.EMPTY:
            lost = "変更箇所に行がない（最初の公表）"
        case TableState.ROWS:
            lost = f"{anchor.form.name}の項目には未対応で、変更箇所の行がどの項目のものか分からない"
    return unknown(f"{lost}ため、公表日{anchor.published.isoformat()}より前の記載は分からない")


def _compared(timeline: Timeline, reading: Reading, before: Timelines, day: date, anchor: Anchor) -> Reading:
    """Fold back from the later edition against the body of the earlier one."""
    earlier = before.items.get(timeline.path)
    since = before.anchor.published
    if earlier is None or earlier.printed is None or any(since < s.day <= day for s in timeline.steps):
        return reading
    body, _ = earlier.on(since)
    if reading.value is None or not anchor.closed:
        later, _ = timeline.on(anchor.published)
        if agree(body.value, later.value):
            return body.because(f"{before.anchor.name}。{anchor.name}も同じ")
        return partial(body.value, f"{before.anchor.name}。{anchor.name}までのいつ変わったか分からない")
    if agree(body.value, reading.value):
        return reading
    told = f"{before.anchor.name}と、{anchor.name}からさかのぼった記載が食い違う"
    rivals = [value for value in (body.value, reading.value) if value is not None]
    return partial(body.value, told, *rivals)


def _as_published(timeline: Timeline, anchor: Anchor, day: date) -> StatedItem:
    if day < anchor.published or timeline.printed is None:
        told = (
            f"{day.isoformat()}に公表されていた版は台帳にない"
            if day < anchor.published
            else f"{anchor.name}にこの項目がない"
        )
        return _item(timeline, unknown(told), None)
    begun = timeline.steps[timeline.stated - 1] if timeline.stated else None
    return _item(timeline, timeline.states[timeline.stated].because(anchor.name), begun)


def _item(timeline: Timeline, reading: Reading, step: Step | None) -> StatedItem:
    since = step.day if step is not None else None
    key = timeline.item.key_at(timeline.path.group)
    change = step.edge.change if step is not None else None
    return StatedItem(
        timeline.path,
        timeline.item,
        key,
        reading,
        since,
        change,
        to_come=step is None and bool(timeline.steps),
    )


_ENOUGH = 3


def _groups_not_yet_there(items: tuple[StatedItem, ...]) -> tuple[StatedItem, ...]:
    """A group all of whose touched items were still blank had probably not been added yet.

    Then what no row touches (often the group's name, R-56) is not proved either.
    """
    groups: dict[tuple[str, ...], list[StatedItem]] = {}
    for item in items:
        if item.item.in_group:
            head = next(a for a in (item.item, *form3().ancestors(item.item)) if a.is_group)
            groups.setdefault((item.path.file, *item.path.parts[: len(head.path)]), []).append(item)
    doubtful: set[ItemPath] = set()
    for members in groups.values():
        still_blank = [m for m in members if m.to_come and m.reading.known and _is_blank(m.reading.value)]
        filled = [m for m in members if not _is_blank(m.reading.value)]
        if len(still_blank) >= _ENOUGH and all(m.change is None for m in filled):
            doubtful.update(m.path for m in filled)
    told = "この組の他の項目はまだ空欄で、組そのものがまだなかったとみられる。この項目を加えた行がない"
    return tuple(
        replace(item, reading=partial(item.reading.value, told)) if item.path in doubtful else item
        for item in items
    )


def _is_blank(value: Value | None) -> bool:
    if isinstance(value, Boxes):
        return not (value.checked or value.unreadable or value.other_text)
    return value is not None and wording.is_nothing(value)


def _ordered(items: Iterable[StatedItem], anchor: Anchor) -> tuple[StatedItem, ...]:
    """In the order of the form: section, file, heading, group number, item."""
    form = anchor.form
    files = {name: n for n, name in enumerate(dict.fromkeys(i.path.file for i in anchor.items))}

    def place(stated: StatedItem) -> tuple[int, int, tuple[int, ...]]:
        section, *inside = form.place(stated.key)
        return section, files.get(stated.path.file, len(files)), tuple(inside)

    return tuple(sorted(items, key=place))


def kind_of(item: StatedItem) -> str:
    """The kind that views print: ``empty`` where the item says that there is nothing."""
    value = item.reading.value
    if isinstance(value, str) and wording.is_nothing(value):
        return "empty"
    return str(item.item.kind or ItemKind.TEXT)
