"""The published document against what the ledger has of its assessment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ledger.item_path import ItemPath
from projections.cells import WORDS, Cell, Difference, agreement, as_first_read, differences
from projections.changes import Change
from projections.collating import Collation, Known, Pair, Standing, collated
from projections.findings import Cause, Finding, Rule, Severity, Subject
from projections.rules.body_against_ledger import body_differs_from_ledger
from projections.rules.misread import may_be_misread_letter


def ledger_row_missing(subject: Subject) -> Iterator[Finding]:
    """A change that the ledger has is not in the published table."""
    collation = collated(subject)
    for run in collation.missing if collation else ():
        yield _missing(run, Severity.ERROR, "公表された変更箇所に見当たりません")
    if collation and collation.unsure:
        told = "公表日より前の変更ですが、この版の変更箇所に見当たりません"
        yield _missing(collation.unsure, Severity.WARNING, told)


def _missing(run: Sequence[Known], severity: Severity, told: str) -> Finding:
    items = (each.change.resolution.path for each in run if each.change.resolution)
    return Finding(
        "ledger-row-missing",
        severity,
        (),
        tuple(dict.fromkeys(items)),
        f"{_names(run)}: {told}",
        tuple(line for each in run for line in _as_evidence(each.name, each.change)),
    )


_FEW = 3


def _names(run: Sequence[Known]) -> str:
    if len(run) > _FEW and run[0].listed is not None:
        return f"{run[0].name}から行{run[-1].change.no}までの{len(run)}行"
    return "、".join(each.name for each in run)


def _as_evidence(name: str, change: Change) -> Iterator[tuple[str, str]]:
    """A row in words."""
    yield f"{name} {Cell.ITEM}", f"{change.printed_date or '変更日なし'} {change.item_text}"
    yield f"{name} {Cell.BEFORE}", change.before
    yield f"{name} {Cell.AFTER}", change.after


def published_row_unrecorded(subject: Subject) -> Iterator[Finding]:
    """A row of the published table is not in the ledger.

    After the last edition that the ledger has, new rows are what is expected, unless the changes of that time
    were recorded here; then one note says how many there are.
    """
    collation = collated(subject)
    if collation is None:
        return
    new = (
        set() if collation.standing is not Standing.NEWER or collation.recorded_for else set(collation.extra)
    )
    new -= collation.copies
    for run in _consecutive(j for j in collation.extra if j not in new):
        yield _unrecorded(subject, run, Severity.ERROR, "公表された変更箇所にあり、台帳に記録がありません")
    days = [anchor.published for anchor in subject.known.anchors] if subject.known else []
    if new and subject.lines.anchor.published not in days:
        told = f"台帳にある最後の版の後の{len(new)}行です。取り込むと台帳に加わります"
        yield _unrecorded(subject, sorted(new), Severity.NOTE, told)


def _unrecorded(subject: Subject, rows: Sequence[int], severity: Severity, told: str) -> Finding:
    touched = [subject.lines.touched[j] for j in rows]
    return Finding(
        "published-row-unrecorded",
        severity,
        tuple(each.change.no for each in touched),
        _items(subject, rows),
        f"{_numbers(subject, rows)}: {told}",
        tuple(line for t in touched for line in _as_evidence(f"行{t.change.no}", t.change))
        if severity is Severity.ERROR
        else (),
    )


def row_differs(subject: Subject) -> Iterator[Finding]:
    """A row says something else than the ledger has of that change, or stands in another place."""
    collation = collated(subject)
    if collation is None:
        return
    for pair, found in _differing(subject, collation):
        if not _rewrites(subject, pair, found):
            yield _told_otherwise(subject, collation, pair, found, "row-differs")
    if collation.moved:
        of = {pair.row: pair.known for pair in reversed(collation.pairs)}
        yield Finding(
            "row-differs",
            Severity.ERROR if collation.standing is Standing.OWN else Severity.WARNING,
            tuple(subject.lines.anchor.changes[j].no for j in collation.moved),
            _items(subject, collation.moved),
            f"{_numbers(subject, collation.moved)}: 行の順が台帳と違います",
            tuple(
                (
                    f"行{subject.lines.anchor.changes[j].no}",
                    f"台帳では{of[j].name}（{of[j].change.item_text}）",
                )
                for j in collation.moved
            ),
        )


def old_row_rewritten(subject: Subject) -> Iterator[Finding]:
    """A row that an earlier edition in the ledger had already, now in other words."""
    collation = collated(subject)
    if collation is None:
        return
    for pair, found in _differing(subject, collation):
        if _rewrites(subject, pair, found):
            yield _told_otherwise(subject, collation, pair, found, "old-row-rewritten")


def _differing(subject: Subject, collation: Collation) -> Iterator[tuple[Pair, tuple[Difference, ...]]]:
    """Each printed row that differs, with the first change of the ledger from which it does."""
    told: set[int] = set()
    for pair in collation.pairs:
        touched = subject.lines.touched[pair.row]
        if pair.row not in told and (found := differences(pair.known.change, touched.change, touched)):
            told.add(pair.row)
            yield pair, tuple(_as_read(subject, each) for each in found)


def _as_read(subject: Subject, of: Difference) -> Difference:
    """A difference in letters that OCR may have read wrong is damage."""
    words = of.cell in {*WORDS, Cell.REASON}
    misread = words and may_be_misread_letter(subject.edition, of.known, of.printed)
    return replace(of, damage=of.damage or misread)


def _rewrites(subject: Subject, pair: Pair, found: Iterable[Difference]) -> bool:
    """Whether a row of an earlier edition has other words now."""
    listed = pair.known.listed
    earlier = listed is not None and listed.published < subject.lines.anchor.published
    return earlier and any(each.cell in {*WORDS, Cell.REASON} and not each.damage for each in found)


def _told_otherwise(
    subject: Subject, collation: Collation, pair: Pair, found: Sequence[Difference], rule: str
) -> Finding:
    known, row = pair.known, subject.lines.anchor.changes[pair.row]
    own = collation.standing is Standing.OWN and known.listed is not None and rule == "row-differs"
    severity = min((_severity(each, own=own) for each in found), key=list(Severity).index)
    cause = Cause.EXTRACTION if all(each.damage for each in found) else Cause.DOCUMENT
    cells = "・".join(each.cell for each in found)
    if rule == "old-row-rewritten":
        told = f"行{row.no}: 以前に公表された行の{cells}が書き換えられています（{known.name}と違います）"
    else:
        told = f"行{row.no}: {cells}が{known.name}と違います"
    if own and _is_as_first_read(subject, pair):
        severity, cause = Severity.NOTE, Cause.UNDECIDABLE
        told = f"{told}。台帳ではこの行を訂正しています（{known.change.decided}）"
    return Finding(
        rule,
        severity,
        (row.no,),
        _items(subject, (pair.row,)),
        told,
        (
            *(
                side
                for each in found
                for side in (
                    (f"{known.name} {each.cell}", each.known),
                    (f"行{row.no} {each.cell}", each.printed),
                )
            ),
            *([("比較", _compared(known.change, row))] if len(found) > 1 else ()),
        ),
        cause,
        compared=len(found) == 1,
    )


def _severity(of: Difference, *, own: bool) -> Severity:
    if of.damage:
        return Severity.NOTE
    return Severity.WARNING if of.cell is Cell.REASON and not own else Severity.ERROR


def _is_as_first_read(subject: Subject, pair: Pair) -> bool:
    """Whether print says what the ledger had, before somebody put the words of the row right."""
    first, touched = as_first_read(pair.known.change), subject.lines.touched[pair.row]
    return first is not None and not differences(first, touched.change, touched)


def _compared(known: Change, row: Change) -> str:
    """At which level the words of both agree."""
    before, after = agreement(known.before, row.before), agreement(known.after, row.after)
    return f"{Cell.BEFORE}は{before}、{Cell.AFTER}は{after}"


def _items(subject: Subject, rows: Iterable[int]) -> tuple[ItemPath, ...]:
    touched = [subject.lines.touched[j] for j in rows]
    edges = (edge.path for each in touched for edge in each.edges if not edge.silent)
    targets = (target.path for each in touched for target in each.targets)
    return tuple(dict.fromkeys((*edges, *targets)))


def _numbers(subject: Subject, rows: Iterable[int]) -> str:
    runs = [[subject.lines.anchor.changes[j].no for j in run] for run in _consecutive(rows)]
    return "、".join(f"行{run[0]}" if len(run) == 1 else f"行{run[0]}〜{run[-1]}" for run in runs)


def _consecutive(rows: Iterable[int]) -> list[list[int]]:
    """Rows that stand together."""
    runs: list[list[int]] = []
    for j in rows:
        if runs and runs[-1][-1] == j - 1:
            runs[-1].append(j)
        else:
            runs.append([j])
    return runs


RULES = (
    Rule(
        "ledger-row-missing",
        ledger_row_missing,
        Severity.ERROR,
        "様式3 別添２（変更箇所は公表の後の変更のすべて）と台帳の記録",
        "行が抜けていないか、台帳の記録が正しいかを確認してください",
        any_form=True,
        needs_ledger=True,
    ),
    Rule(
        "published-row-unrecorded",
        published_row_unrecorded,
        Severity.ERROR,
        "様式3 別添２ と台帳の記録",
        "台帳に記録が漏れていないか、余分な行でないかを確認してください",
        any_form=True,
        needs_ledger=True,
    ),
    Rule(
        "row-differs",
        row_differs,
        Severity.ERROR,
        "様式3 別添２ と台帳の記録",
        "公表された行と台帳の記録のどちらが正しいかを確認してください",
        any_form=True,
        needs_ledger=True,
    ),
    Rule(
        "body-differs-from-ledger",
        body_differs_from_ledger,
        Severity.ERROR,
        "様式3 の本文と、台帳による公表日の記載",
        "変更箇所に載せる変更が漏れていないか、本文の記載が正しいかを確認してください",
        needs_ledger=True,
    ),
    Rule(
        "old-row-rewritten",
        old_row_rewritten,
        Severity.ERROR,
        "様式3 別添２（前の版の行は次の版にもそのまま載る）",
        "前の版の行と見比べ、書き換えた理由を確認してください",
        any_form=True,
        needs_ledger=True,
    ),
)
