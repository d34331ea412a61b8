"""A draft of a revision: one proposed row for each item that an edited document changes.

What only a person can say stays blank: the 変更日, and the explanation where the change itself proves none.
Rows that the officer has already written into the change table of the edited document are taken over.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ledger.errors import WrongAssessment, WrongUse
from ledger.form import form3, form_named
from ledger.identity import Identity, PrintedIdentity, same_assessment
from ledger.item_path import ItemPath
from ledger.published import PublishedEdition
from ledger.resolver import resolve
from ledger.wareki import WarekiDate
from projections import replay
from projections.abridging import Words, differ, with_marks, words_of
from projections.alignment import same_changes
from projections.as_of import document_as_of
from projections.changes import Change
from projections.edges import Edge
from projections.edited import Edit, edits
from projections.editions import Anchor, Assessment
from projections.proposing import proposal
from projections.readings import Reading, known, unknown
from projections.sides import Sides
from projections.touching import touched_by


@dataclass(frozen=True, slots=True)
class DraftRow:
    """One row: the item by its path, and the six cells of the table as they are to be printed.

    ``proposal`` is what the rules expect of 提出時期, and why, ``remarks`` what a person has to look at; both
    are for the reader of the draft and are not recorded.
    """

    path: str
    item_text: str
    before: str
    after: str
    change_date: str = ""
    timing: str = ""
    explanation: str = ""
    actual_day: str = ""
    important: bool = False
    proposal: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A revision that is not recorded yet.

    ``base`` is the last event of the assessment that was known when it was drafted (``e53``).
    """

    ref: str
    revision: str
    base: str
    rows: tuple[DraftRow, ...]
    remarks: tuple[str, ...] = ()


def place_of_row(where: str, n: int) -> str:
    """What errors call row *n* of the draft in the file *where*."""
    return f"{where} 変更{n}"


def drafted(
    known_: Assessment, identity: Identity, base: str, edition: PublishedEdition, where: str
) -> Draft:
    """The draft that an edited document makes of the current one.

    *where* is what errors call the document. Raises WrongAssessment where it is one of another assessment,
    WrongUse where the items of its form are not known.
    """
    _ask_same(identity, edition, where)
    form = form_named(edition.form)
    if not form.itemised:
        told = f"{form.name}の項目には未対応で、変更を書き出せません"
        raise WrongUse(told, where=where, remedy="様式3の文書を指定してください")
    found = edits(document_as_of(known_), edition)
    written = _written(known_, edition)
    rows = [row for edit in found.edits for row in _rows(edit, written.get(edit.printed, []))]
    rows.sort(key=_in_order)
    changed = {edit.printed for edit in found.edits}
    used = {edge.change.no for path in changed for edge in written.get(path, [])}
    remarks = [
        f"{path}: 編集した文書から読み取れませんでした（変更としては扱っていません）"
        for path in found.missing
    ]
    remarks += [
        f"{path}: 編集した文書の行{edge.change.no}にありますが、本文は今の記載から変わっていません"
        for path, edges in written.items()
        for edge in edges
        if edge.change.no not in used
    ]
    return Draft(identity.ref, _name(base, rows), base, tuple(rows), tuple(remarks))


def _in_order(row: DraftRow) -> date:
    """Rows stand in the order of their days (R-44), those without one at the end."""
    day = WarekiDate.read(row.change_date)
    return day.day if day else date.max


def _ask_same(identity: Identity, edition: PublishedEdition, where: str) -> None:
    printed = PrintedIdentity.of(edition)
    named = printed.complete and not any(same_assessment(known_, printed) for known_ in identity.printed)
    if named or printed.form != identity.form:
        raise WrongAssessment(
            f"{identity.ref} の評価書ではありません",
            where=f"{where}({printed.ref})",
            remedy="REF か、編集した文書を確認してください",
        )


def _name(base: str, rows: Iterable[DraftRow]) -> str:
    """A name for the revision: the same document drafted again from the same state has the same."""
    told = "\x1f".join((base, *(text for row in rows for text in (row.path, row.before, row.after))))
    return f"d-{hashlib.sha256(told.encode()).hexdigest()[:8]}"


def _rows(edit: Edit, written: Sequence[Edge]) -> list[DraftRow]:
    """The row of an edit, or those that the officer wrote for it."""
    was = edit.was.value if edit.was else None
    words = words_of(edit.item, edit.path, was, edit.now)
    meant = proposal(edit.item, was, edit.now)
    remarks = list(_remarks(edit, words))
    row = DraftRow(
        str(edit.path),
        form3().item_text(edit.item, edit.path.group),
        words.before,
        words.after,
        timing=meant.timing,
        explanation=meant.explanation,
        important=edit.item.important,
        proposal=f"{meant.timing} — {meant.why}",
    )
    if not edit.sure:
        whole = words_of(edit.item, edit.path, None, edit.now)
        row = replace(row, before="", after=whole.after)
    if not written:
        return [replace(row, remarks=tuple(remarks))]
    taken = _taken(edit, written)
    if taken is None:
        names = "、".join(f"行{edge.change.no}" for edge in written)
        told = f"編集した文書の{names}の変更前・変更後からは今の本文にならないため、書き直しました"
        first = _with_cells(row, written[0].change)
        return [replace(first, remarks=(*remarks, told))]
    return [
        replace(
            _with_cells(row, edge.change, edit.path),
            before=said.before,
            after=said.after,
            remarks=(f"編集した文書の行{edge.change.no}から", *remarks),
        )
        for edge, said in zip(written, taken, strict=True)
    ]


def _remarks(edit: Edit, words: Words) -> Iterable[str]:
    if edit.was is not None and not edit.was.known:
        yield f"今の記載が確かでないため、変更前は空けてあります（{edit.was.reason}）"
    if edit.doubt:
        yield f"編集した文書の読み取りが確かでない項目です（{edit.doubt}）"
    if not words.proved and edit.sure:
        yield "この書き方からは変更後の欄の状態が決まりません。変更前・変更後を確認してください"


# --- rows that the officer wrote --------------------------------------------------------------------------


def _written(known_: Assessment, edition: PublishedEdition) -> dict[ItemPath, list[Edge]]:
    """The rows that the table of the edited document has and the ledger does not, by the items they touch."""
    changes = Anchor.of(edition).changes
    former = same_changes(known_.changes, changes)
    found: dict[ItemPath, list[Edge]] = {}
    for j, touched in enumerate(touched_by(changes, edition.items)):
        if j not in former:
            for edge in touched.edges:
                if not edge.silent:
                    found.setdefault(edge.path, []).append(edge)
    return found


def _with_cells(row: DraftRow, change: Change, path: ItemPath | None = None) -> DraftRow:
    """*row* with the date, timing and explanation of a written one, and its 項目 if that names *path*."""
    means = resolve(change.item_text)
    own = path is not None and means is not None and means.path.parts == path.parts
    return replace(
        row,
        item_text=change.item_text if own else row.item_text,
        change_date=change.day.isoformat() if change.day and not change.printed_date else change.printed_date,
        timing=change.timing or row.timing,
        explanation=change.reason or row.explanation,
    )


def _taken(edit: Edit, written: Sequence[Edge]) -> list[Words] | None:
    """The words of written rows, if these lead from the current text to the edited one; else None.

    Where a row quotes a part without saying so, （略） says it.
    """
    state: Reading = edit.was or unknown("")
    taken: list[Words] = []
    for edge in written:
        words = Words(edge.before, edge.after)
        step = _step(edit, words, state)
        if step is None and isinstance(state.value, str):
            dressed = with_marks(edit.item, words, state.value)
            step = _step(edit, dressed, state) if dressed else None
            words = dressed or words
        if step is None:
            return None
        taken.append(words)
        state = step
    return None if differ(state.value, edit.now) else taken


def _step(edit: Edit, words: Words, state: Reading) -> Reading | None:
    """The item after a written row; None where its 変更前 is not what the item says."""
    sides = Sides("", words.before, words.after)
    following = replay.redo_recorded(edit.item, sides, state)
    back = replay.undo(edit.item, sides, known(following.value, "")) if following.value is not None else None
    if not following.known or back is None or (state.known and differ(back.prior.value, state.value)):
        return None
    return following
