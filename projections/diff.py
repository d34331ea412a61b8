"""What differs between two days of one assessment, item by item, in the order of the form.

Items are compared by their path. What only differs in a way that ``ledger.wording`` folds (bullets, widths,
declared spellings) is no difference of content.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import Final

from ledger import wording
from ledger.form import FormItem, form_named
from ledger.item_path import ItemPath
from ledger.published import Boxes, ItemKind
from projections import value_text, words
from projections.documents import Document, StatedItem, place_of
from projections.naming import items_shown
from projections.readings import Reading, Value, agree
from projections.words import Piece

_AS_A_WHOLE = (ItemKind.CHOICE, ItemKind.COUNT, ItemKind.DATE)
_NO_TICK = value_text.as_text(Boxes())


class Kind(StrEnum):
    """How an item differs.

    ``changed``: both days are known, and say different things. ``added``, ``removed``: the document of one
    day does not have the item, that of the other says something there. ``uncertain``: not both days are
    known, so that nobody can say whether it changed.
    """

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    UNCERTAIN = "uncertain"


KINDS: Final = {Kind.CHANGED: "変更", Kind.ADDED: "追加", Kind.REMOVED: "削除", Kind.UNCERTAIN: "不確か"}
"""What views call them."""


@dataclass(frozen=True, slots=True)
class BoxesDifference:
    """What became of tick boxes: labels as printed.

    ``relabelled`` are ticked boxes by both their labels, ``unreadable`` those read on one of the days only;
    ``other_text`` is empty where the free text stayed.
    """

    ticked: tuple[str, ...]
    unticked: tuple[str, ...]
    relabelled: tuple[tuple[str, str], ...]
    unreadable: tuple[str, ...]
    other_text: tuple[Piece, ...]

    def __bool__(self) -> bool:
        return bool(self.ticked or self.unticked or self.relabelled or self.unreadable or self.other_text)


@dataclass(frozen=True)
class ItemDifference:
    """One item that differs; a side is None where the document of that day does not have the item.

    ``words`` lead from the one value to the other as ``value_text.as_text`` prints them; there are none where
    a value is unknown, or both agree. ``boxes`` says the same of tick boxes, by their labels.
    """

    path: ItemPath
    item: FormItem
    key: str
    kind: Kind
    before: Reading | None
    after: Reading | None
    boxes: BoxesDifference | None

    @cached_property
    def words(self) -> tuple[Piece, ...]:
        """The words that lead from the one value to the other: worked out for whoever shows them."""
        return _words_of(self.item, self.before, self.after, self.boxes)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two documents of one assessment and what differs; ``unsure`` reads alike, known on neither day."""

    before: Document
    after: Document
    changes: tuple[ItemDifference, ...]
    unsure: tuple[ItemPath, ...]


def compared(before: Document, after: Document, text: str = "") -> Comparison:
    """Two documents compared, of the items that a user's *text* names. Raises UnknownItem."""
    if text:
        named = {item.path for item in items_shown(replace(after, items=_either(before, after)), text)}
        before, after = (
            replace(document, items=tuple(item for item in document.items if item.path in named))
            for document in (before, after)
        )
    changes = difference(before, after)
    told = {change.path for change in changes}
    there = {item.path for item in before.items if not item.reading.known}
    unsure = [item.path for item in after.items if item.path in there - told and not item.reading.known]
    return Comparison(before, after, changes, tuple(unsure))


def difference(before: Document, after: Document) -> tuple[ItemDifference, ...]:
    """What differs between two documents of one assessment, in the order of the form."""
    earlier, later = ({str(item.path): item for item in document.items} for document in (before, after))
    differing = _differing(earlier, later)
    found = []
    for item in _either(before, after):
        path = str(item.path)
        if path in differing and (one := _of(item, earlier.get(path), later.get(path), differing[path])):
            found.append(one)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Box:
    """A box as an edition prints it; ``ticked`` None: nobody can say."""

    label: str
    ticked: bool | None


def _differing(
    earlier: dict[str, StatedItem], later: dict[str, StatedItem]
) -> dict[str, set[tuple[str, ...]]]:
    """The items that differ, and which parts of them do: ``("value",)``, ``("boxes", option, "ticked")``."""
    paths = [path for path in {**earlier, **later} if not _alike(earlier.get(path), later.get(path))]
    one, other = (
        {path: _comparable(side[path]) for path in paths if path in side} for side in (earlier, later)
    )
    # DeepDiff takes a while to load, and most commands compare nothing.
    from projections.deep import differing_parts  # noqa: PLC0415

    found: dict[str, set[tuple[str, ...]]] = {}
    for path, *part in differing_parts(one, other):
        found.setdefault(path, set()).add(tuple(part))
    return found


def _alike(one: StatedItem | None, other: StatedItem | None) -> bool:
    """Whether two items surely say the same, as most of two documents does."""
    return one is other or (one is not None and other is not None and one.reading == other.reading)


def _comparable(stated: StatedItem) -> dict[str, object]:
    """A reading as what is compared; an unknown one has no value."""
    value, certainty = stated.reading.value, {"certainty": str(stated.reading.certainty)}
    match value:
        case Boxes():
            states = {name: asdict(box) for name, box in _states(stated.item, value).items()}
            return {**certainty, "boxes": states, "other_text": value.other_text}
        case str():
            return {**certainty, "value": value}
        case None:
            return {**certainty}


def _states(item: FormItem, value: Boxes) -> dict[str, _Box]:
    """Each box by its option, whatever an edition of the form calls it."""
    found: dict[str, _Box] = {}
    for ticked, labels in ((True, value.checked), (None, value.unreadable), (False, value.unchecked)):
        for label in labels:
            found.setdefault(_option(item, label), _Box(label, ticked=ticked))
    return found


def _option(item: FormItem, label: str) -> str:
    option = item.option(label)
    return option.label if option else label


def _of(
    stated: StatedItem, was: StatedItem | None, now: StatedItem | None, parts: set[tuple[str, ...]]
) -> ItemDifference | None:
    """The difference of one item, of which *parts* differ; None where its content does not."""
    before, after = (side.reading if side else None for side in (was, now))
    told = _boxes_of(stated.item, before, after)
    kind = _kind(before, after, parts, told)
    if kind is None:
        return None
    return ItemDifference(stated.path, stated.item, stated.key, kind, before, after, told)


def _kind(
    before: Reading | None, after: Reading | None, parts: set[tuple[str, ...]], told: BoxesDifference | None
) -> Kind | None:
    if before is None or after is None:
        return _alone(Kind.ADDED if before is None else Kind.REMOVED, after or before)
    if ("certainty",) in parts:
        return Kind.UNCERTAIN
    if told is not None and not told:
        return None  # a box that only one edition prints, or another label of one that nobody ticked
    return Kind.CHANGED if before.known and not (told and told.unreadable) else Kind.UNCERTAIN


def _alone(kind: Kind, there: Reading | None) -> Kind | None:
    """What an item is that only one document has: none says the same as a blank one."""
    if there is None or there.value is None:
        return Kind.UNCERTAIN
    if _says_nothing(there.value):
        return None if there.known else Kind.UNCERTAIN
    return kind


def _says_nothing(value: Value) -> bool:
    return value_text.as_text(value) == _NO_TICK if isinstance(value, Boxes) else wording.is_nothing(value)


def words_between(item: FormItem, before: Reading, after: Reading) -> tuple[Piece, ...]:
    """The words that lead from one reading of an *item* to another, as ``ItemDifference.words`` has them."""
    return _words_of(item, before, after, _boxes_of(item, before, after))


def _words_of(
    item: FormItem, before: Reading | None, after: Reading | None, told: BoxesDifference | None
) -> tuple[Piece, ...]:
    alike = not told if told is not None else before and after and agree(before.value, after.value)
    if alike or any(side.value is None for side in (before, after) if side):
        return ()
    was, became = (side.value if side else None for side in (before, after))
    if isinstance(was, Boxes) or isinstance(became, Boxes):
        return words.of_lines(_lines(item, was), _lines(item, became))
    if item.kind in _AS_A_WHOLE:
        return words.replacement(was or "", became or "")
    return words.difference(was or "", became or "")


def _lines(item: FormItem, value: Value | None) -> list[tuple[str, str]]:
    """The lines in which boxes are printed, each with the option it is of; the free text is one."""
    lines = value_text.as_text(value).splitlines(keepends=True)
    if not isinstance(value, Boxes):
        return [(line, line) for line in lines]
    marked = len(value.checked) + len(value.unreadable)
    names = [_option(item, label) for label in (*value.checked, *value.unreadable)]
    rest = "".join(lines[marked:])
    return [*zip(names, lines, strict=False), ("" if value.other_text else rest, rest)]


def _boxes_of(item: FormItem, before: Reading | None, after: Reading | None) -> BoxesDifference | None:
    was, became = (side.value if side else Boxes() for side in (before, after))
    if not isinstance(was, Boxes) or not isinstance(became, Boxes) or item.kind is not ItemKind.CHECKBOX:
        return None
    proved = all(side is None or side.known for side in (before, after))
    earlier, later = _states(item, was), _states(item, became)
    absent = _Box("", ticked=False) if proved else _Box("", ticked=None)
    pairs = [(earlier.get(name, absent), later.get(name, absent)) for name in {**later, **earlier}]
    return BoxesDifference(
        ticked=tuple(b.label for a, b in pairs if a.ticked is False and b.ticked),
        unticked=tuple(a.label for a, b in pairs if a.ticked and b.ticked is False),
        relabelled=tuple(
            (a.label, b.label) for a, b in pairs if a.ticked and b.ticked and not agree(a.label, b.label)
        ),
        unreadable=tuple(
            a.label or b.label
            for a, b in pairs
            if a.label and b.label and (a.ticked is None) ^ (b.ticked is None)
        ),
        other_text=()
        if agree(was.other_text, became.other_text)
        else words.difference(was.other_text, became.other_text),
    )


def _either(before: Document, after: Document) -> tuple[StatedItem, ...]:
    """The items of both documents in the order of the form, as the later one has them where both do."""
    items = {item.path: item for item in (*before.items, *after.items)}
    files = {
        file: n for n, file in enumerate(dict.fromkeys(i.path.file for i in (*after.items, *before.items)))
    }
    form = form_named(after.form)
    return tuple(sorted(items.values(), key=lambda item: place_of(form, item.key, files[item.path.file])))
