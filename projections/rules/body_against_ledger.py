"""The body of an edition against the document that the ledger knows of its 公表日, item by item.

What a row explains that one side has and the other lacks, or tells otherwise, is a finding on the row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ledger import wording
from ledger.form import Form
from ledger.item_path import ItemPath
from ledger.published import PrintedItem, TableState
from projections import value_text
from projections.as_of import document_as_of
from projections.cells import NO_LEVEL, agreement, differences, may_be_damage
from projections.changes import Change
from projections.collating import Collation, collated
from projections.documents import StatedItem
from projections.edges import Touched
from projections.editions import Assessment
from projections.findings import Cause, Finding, Severity, Subject
from projections.lineage import Lineage, head_of, lineage
from projections.readings import Value, agree
from projections.rules.misread import may_be_misread_letter

_COVER = "表紙"


@dataclass(frozen=True, slots=True)
class _Differing:
    """An item whose body is not what the ledger knows."""

    printed: PrintedItem
    stated: StatedItem

    @property
    def known(self) -> Value | None:
        return self.stated.reading.value

    @property
    def damage(self) -> bool:
        return may_be_damage(self.known, self.printed.value)


def body_differs_from_ledger(subject: Subject) -> Iterator[Finding]:
    """An item says something else than the ledger knows of the day, and no row tells of that.

    The items of one numbered group (委託事項1) are one finding.
    """
    known, day = subject.known, subject.lines.anchor.published
    if known is None or not known.anchors:
        return
    own = any(anchor.published == day for anchor in known.anchors)
    if not own and subject.lines.anchor.table is TableState.ABSENT:
        return  # the rows that would explain what is new are lost
    stated = {each.path: each for each in document_as_of(_undated_open(known), day).items}
    kin = _kin(subject, stated.values())
    told = _Told(subject, collated(subject))
    found: dict[tuple[object, bool], list[_Differing]] = {}
    for each in _differing(subject, stated, kin):
        if not told.explains(each.printed, each.stated.path):
            block = kin.block(each.printed.path)
            damage = each.damage or _misread(subject, each)
            found.setdefault((block or each.printed.path, damage), []).append(each)
    for (_, damage), group in found.items():
        yield _finding(group, day.isoformat(), damage=damage)


def _undated_open(known: Assessment) -> Assessment:
    """The same, where an edition may have what was recorded without a day, whenever that was recorded."""
    return replace(known, recorded=tuple(replace(change, earliest=None) for change in known.recorded))


def _misread(subject: Subject, each: _Differing) -> bool:
    """Whether OCR may have read letters of the item wrong."""
    said = (each.known, each.printed.value)
    words = [value for value in said if isinstance(value, str)]
    return len(words) == len(said) and may_be_misread_letter(subject.edition, words[0], words[1])


def _kin(subject: Subject, stated: Iterable[StatedItem]) -> Lineage:
    """Which item of the edition is which of the document that the ledger knows."""
    as_printed = [
        PrintedItem(each.path, each.key, each.item.kind, each.reading.value, 0)
        for each in stated
        if each.item.kind is not None and each.reading.value is not None
    ]
    return lineage(as_printed, subject.edition.items, subject.lines.anchor.form)


def _differing(subject: Subject, stated: dict[ItemPath, StatedItem], kin: Lineage) -> Iterator[_Differing]:
    for printed in subject.edition.items:
        path = kin.earlier(printed.path)
        known = stated.get(path) if path else None
        if known is None or printed.doubt or not known.reading.known or known.item.per_edition:
            continue
        if known.item.section != _COVER and not agree(known.reading.value, printed.value):
            yield _Differing(printed, known)


def _finding(group: list[_Differing], day: str, *, damage: bool) -> Finding:
    names = "、".join(str(each.printed.path) for each in group)
    evidence: list[tuple[str, str]] = []
    for each in group:
        said = value_text.as_text(each.known), value_text.as_text(each.printed.value)
        evidence += [
            (f"台帳 {each.printed.path.label}", said[0]),
            (f"本文 {each.printed.path.label}", said[1]),
        ]
        if len(group) > 1:
            words = isinstance(each.known, str) and isinstance(each.printed.value, str)
            evidence.append(("比較", agreement(*said) if words else NO_LEVEL))
    return Finding(
        "body-differs-from-ledger",
        Severity.NOTE if damage else Severity.ERROR,
        (),
        tuple(each.printed.path for each in group),
        f"{names}: 本文が、台帳による{day}の記載と一致しません",
        tuple(evidence),
        Cause.EXTRACTION if damage else Cause.DOCUMENT,
        compared=len(group) == 1,
    )


class _Told:
    """What the rows tell of that only the edition or only the ledger has, or that they tell otherwise."""

    def __init__(self, subject: Subject, collation: Collation | None) -> None:
        self._form: Form = subject.lines.anchor.form
        self._items: set[tuple[str, ...]] = set()
        self._series: set[str] = set()
        self._unread: list[Change] = []
        touched = subject.lines.touched
        if collation is None:
            return
        for j in collation.extra:
            self._add(touched[j])
        for pair in collation.pairs:
            change = pair.known.change
            planned = change.whole and change.day is not None and change.day > subject.lines.anchor.published
            if planned or differences(change, touched[pair.row].change, touched[pair.row]):
                self._add(touched[pair.row])
                self._add_item(change)
        lacking = (each for run in collation.missing for each in run)
        for each in (*lacking, *collation.unsure, *collation.late):
            self._add_item(each.change)

    def explains(self, printed: PrintedItem, known: ItemPath) -> bool:
        """Whether a row tells of the item, by either of its paths, or of the group in which it stands."""
        item = self._form[printed.key]
        if item.in_group and head_of(item, self._form).key in self._series:
            return True
        if item.counts in self._series:
            return True
        if any(path.parts[: len(told)] == told for told in self._items for path in (printed.path, known)):
            return True
        words = value_text.as_text(printed.value)
        return any(wording.locate(change.after, words) is not None for change in self._unread)

    def _add(self, touched: Touched) -> None:
        paths = {edge.path for edge in touched.edges} | {target.path for target in touched.targets}
        self._items |= {path.parts for path in paths}
        self._series |= {
            head_of(edge.item, self._form).key
            for edge in touched.edges
            if edge.item.in_group and (edge.moves_numbers or edge.ends or edge.item.is_group)
        }
        if not paths:
            self._unread.append(touched.change)

    def _add_item(self, change: Change) -> None:
        if change.resolution is not None:
            self._items.add(change.resolution.path.parts)
