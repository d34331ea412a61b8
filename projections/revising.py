"""A draft that is to be recorded: does every row fit the document as it is now, and what would be recorded.

Rows of one item follow one another. What somebody else changed since the draft was made is a conflict, told
with who, when and both texts; a draft that is recorded already is no news.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ledger import wording
from ledger.assessment import Assessment as Aggregate
from ledger.errors import Conflict, InvalidChange, LedgerError, WrongAssessment, WrongUse
from ledger.events import Entry
from ledger.form import form_named
from ledger.identity import Identity
from ledger.item_path import ItemPath
from ledger.published import Boxes
from ledger.storage import Ledger, as_if_recorded, rebuilt
from ledger.wareki import WarekiDate
from projections import boxes, elisions, replay, value_text
from projections.abridging import differ
from projections.as_of import document_as_of
from projections.caused import caused
from projections.change_table import change_table
from projections.documents import Document, StatedItem
from projections.drafting import Draft, DraftRow, place_of_row
from projections.editions import Assessment, assessment
from projections.findings import Finding, Severity
from projections.listing import TableRow
from projections.readings import Reading, Value, is_blank, unknown
from projections.recording import Place, ask_fitting, ask_printable, place_in
from projections.repeating import repeated
from projections.rows import was_nothing
from projections.sides import Sides


@dataclass(frozen=True, slots=True)
class Revised:
    """What became of a draft, or in a dry run would: its rows of the table, and the findings they cause.

    ``already`` says that all of it was recorded before.
    """

    identity: Identity
    revision: str
    rows: tuple[TableRow, ...]
    findings: tuple[Finding, ...] = ()
    already: bool = False
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Fitting:
    """A row that fits its item, where it stands in the draft, and what the item says after it."""

    path: ItemPath
    row: DraftRow
    where: str
    says: Reading


@repeated
def revise(
    ledger: Ledger,
    identity: Identity,
    draft: Draft,
    *,
    where: str,
    by: str,
    revision: str = "",
    dry_run: bool = False,
) -> Revised:
    """Record all rows of a *draft* as one revision, or nothing; *where* is what errors call its file.

    *revision* is the name to record it under, where that is not the draft's own. Raises WrongAssessment on a
    draft of another assessment, Conflict where an item was changed since it was made, InvalidChange
    where a row does not fit, or makes the document contradict itself, and what ``Ledger.save`` raises.
    """
    name = (revision or draft.revision).strip()
    if not name:
        raise InvalidChange(
            "改訂の名前がありません", where=where, remedy='"改訂" = "…" と書くか、--name で指定してください'
        )
    if draft.ref and ledger.find(draft.ref).assessment_id != identity.assessment_id:
        raise WrongAssessment(
            f"{draft.ref} の下書きです", where=where, remedy=f"{identity.ref} の下書きを指定してください"
        )
    entries = ledger.entries(identity.assessment_id)
    known, aggregate = assessment(entries), rebuilt(entries)
    fitting = decided(aggregate, entries, known, replace(draft, revision=name), where=where)
    if not fitting:
        return Revised(identity, name, _rows_of(known, name), already=True, dry_run=dry_run)
    after = assessment(as_if_recorded(entries, aggregate))
    _ask_shown(fitting, after)
    findings = caused(known, after)
    wrong = [finding for finding in findings if finding.severity is Severity.ERROR]
    if wrong and not dry_run:
        more = f"（ほか{len(wrong) - 1}件）" if len(wrong) > 1 else ""
        raise InvalidChange(
            f"このまま記録すると、点検で誤りになります: {wrong[0].message}{more}",
            where=where,
            remedy="--dry-run で指摘を確認し、下書きを直してください",
        )
    if not dry_run:
        after = assessment([*entries, *ledger.save(aggregate, by=by)])
    return Revised(identity, name, _rows_of(after, name), findings, dry_run=dry_run)


def decided(
    aggregate: Aggregate, entries: Sequence[Entry], known: Assessment, draft: Draft, *, where: str
) -> list[Fitting]:
    """Decide on all changes of a *draft* that are new. Raises as ``revise``; nothing is saved."""
    fitting = _fitting(entries, known, draft, aggregate, where=where)
    for one in fitting:
        aggregate.change(
            one.path,
            one.row.before,
            one.row.after,
            revision=draft.revision,
            change_date=one.row.change_date,
            timing=one.row.timing,
            explanation=one.row.explanation,
            item_text=one.row.item_text,
            actual_day=one.row.actual_day,
        )
    return fitting


def _ask_shown(fitting: Sequence[Fitting], after: Assessment) -> None:
    """Raise InvalidChange where the document would not say by then what its rows lead to.

    A published body, or another change, of a later day than that of the row says something else.
    """
    shown = {stated.path: stated.reading for stated in document_as_of(after).items}
    for one in {each.path: each for each in fitting}.values():
        reading = shown.get(one.path)
        if reading is None or differ(reading.value, one.says.value):
            why = f"（{reading.reason}）" if reading else ""
            raise InvalidChange(
                f"変更日 {one.row.change_date} の変更としては、今の記載が変更後のとおりになりません{why}",
                where=one.where,
                remedy="変更日を最新の版の公表日や他の変更より後の日にするか、空欄にしてください",
            )


def _rows_of(known: Assessment, revision: str) -> tuple[TableRow, ...]:
    return tuple(row for row in change_table(known) if row.change.revision_id == revision)


def _fitting(
    entries: Sequence[Entry], known: Assessment, draft: Draft, aggregate: Aggregate, *, where: str
) -> list[Fitting]:
    """The rows that are not recorded yet, each checked on what its item says by then."""
    now = document_as_of(known)
    # A draft that does not say when it was made is held against what is known now.
    then = document_as_of(assessment(_until(entries, draft.base, where))) if draft.base else now
    states: dict[ItemPath, Reading] = {}
    found = []
    for n, row in enumerate(draft.rows, start=1):
        place_of_it = f"{place_of_row(where, n)}（{row.path}）"
        try:
            place = place_in(now, row.path)
            if aggregate.changes.holds(draft.revision, str(place.path), row.after):
                continue
            if place.path not in states:
                _ask_unchanged(place, then, entries, draft.base, known)
            one = _as_recorded(place, row, known)
            state = states.get(place.path) or (place.stated.reading if place.stated else unknown(""))
            states[place.path] = _followed(place, one, state)
        except LedgerError as error:
            raise _in_its_place(error, place_of_it) from None
        found.append(Fitting(place.path, one, place_of_it, states[place.path]))
    return found


def _in_its_place(error: LedgerError, where: str) -> LedgerError:
    """The same error, told of the row of the draft."""
    kind = Conflict if isinstance(error, Conflict) else InvalidChange
    own = error.where if error.where.startswith("「") and error.where.strip("「」") not in where else ""
    return kind(f"{own}{'は' if own else ''}{error.what}", where=where, remedy=error.remedy)


# --- the state of the draft ---------------------------------------------------------------------------------


def _until(entries: Sequence[Entry], base: str, where: str) -> list[Entry]:
    """What was known when the draft was made, at the event *base*. Raises WrongUse where there is none."""
    for n, entry in enumerate(entries, start=1):
        if entry.event_id == base:
            return list(entries[:n])
    raise WrongUse(
        f"「作成時の記録」の {base} は、この評価書の記録にありません",
        where=where,
        remedy="kaitei draft で下書きを作り直してください",
    )


def _ask_unchanged(
    place: Place, then: Document, entries: Sequence[Entry], base: str, known: Assessment
) -> None:
    """Raise Conflict where the item does not say any more what it said when the draft was made."""
    was = next((stated.reading for stated in then.items if stated.path == place.path), None)
    now = place.stated.reading if place.stated else None
    said, says = (reading.value if reading else None for reading in (was, now))
    if not differ(said, says):
        return
    entry = _changed_by(place.stated, entries, base, known)
    when = entry.recorded_at.isoformat(timespec="seconds")
    then_, now_ = _apart(said, says)
    raise Conflict(
        f"下書きの後に {entry.recorded_by} が {when} に記録した {entry.event_id} で変わっています"
        f"（下書きのとき「{then_}」、今「{now_}」）",
        where=str(place.path),
        remedy="今の記載から kaitei draft で下書きを作り直してください",
    )


def _changed_by(stated: StatedItem | None, entries: Sequence[Entry], base: str, known: Assessment) -> Entry:
    """The event since the draft that made the item say something else: its change, else the last edition."""
    sequence = next(entry.sequence for entry in entries if entry.event_id == base)
    since = [entry for entry in entries if entry.sequence > sequence]
    names = {stated.change.event_id} if stated and stated.change else set()
    names |= {
        change.event_id
        for change in known.recorded
        if stated and change.resolution and change.resolution.path.parts == stated.path.parts
    }
    own = [entry for entry in since if entry.event_id in names]
    return (own or since)[-1]


_BRIEF = 40


def _apart(one: Value | None, other: Value | None) -> tuple[str, str]:
    """Two values on one line each, long ones from shortly before the place where they part."""
    return wording.apart(_on_one_line(one), _on_one_line(other), _BRIEF, whole=_BRIEF)


def _on_one_line(value: Value | None) -> str:
    return "記載なし" if value is None else " ".join(value_text.as_text(value).split())


# --- one row ------------------------------------------------------------------------------------------------


def _as_recorded(place: Place, row: DraftRow, known: Assessment) -> DraftRow:
    """*row* with all its cells. Raises InvalidChange where one is not filled in, or cannot be read."""
    for text in (row.item_text, row.before, row.after, row.explanation):
        ask_printable(text, str(place.path))
    if not row.timing.strip():
        raise InvalidChange(
            "提出時期が書かれていません", where=str(place.path), remedy="事前 または 事後 と書いてください"
        )
    for text in (row.change_date, row.actual_day):
        if text:
            WarekiDate.parse(text)
    ask_fitting(place.item, place.path, row.after, row.timing)
    item_text = row.item_text or form_named(known.form).item_text(place.item, place.n)
    return replace(row, item_text=item_text, path=str(place.path))


def _followed(place: Place, row: DraftRow, state: Reading) -> Reading:
    """What the item says after the *row*. Raises InvalidChange where 変更前 is not what it says before."""
    if state.value is not None and not _stands(place, row.before, state.value) and state.known:
        told, says = _apart(row.before, state.value)
        raise InvalidChange(
            f"変更前「{told}」は、今の記載「{says}」と違います",
            where=str(place.path),
            remedy="今の記載に合わせるか、（略）で略したところを確認してください",
        )
    sides = Sides("下書きの行", row.before, row.after)
    following = replay.redo_recorded(place.item, sides, state)
    if following.value is None or (state.known and not following.known):
        raise InvalidChange(
            f"変更後の記載が決まりません（{following.reason}）",
            where=str(place.path),
            remedy="（略）を使わずに、全文を書いてください",
        )
    if state.known and following.value == state.value:
        raise InvalidChange(
            "変更前と変更後が同じです", where=str(place.path), remedy="変更後の記載を確認してください"
        )
    return following


def _stands(place: Place, before: str, value: Value) -> bool:
    """Whether 変更前 is what the item says: all of it, or all but what 略 leaves out."""
    if is_blank(value) and was_nothing(before):
        return True
    if isinstance(value, Boxes):
        return boxes.stand(place.item, before, value)
    if wording.same(before, value) is not None:
        return True
    if place.item.options:
        return place.item.option(before) is not None and place.item.option(before) is place.item.option(value)
    return elisions.is_elided(before) and elisions.fill(before, value) is not None
