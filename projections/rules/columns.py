"""The columns of the change table: the time of submission, its explanation, and a row that stands twice."""

from __future__ import annotations

from collections.abc import Iterator

from ledger import wording
from ledger.wording import Level
from projections.changes import Change, is_ditto, timing_of
from projections.edges import Touched
from projections.findings import Cause, Finding, Rule, Severity, Subject
from projections.rules.misread import read_by_ocr
from projections.rules.telling import briefly, numbers_of, of_rows, quoted, rows_named

TIMINGS = ("事前", "事後")


def missing_timing(subject: Subject) -> Iterator[Finding]:
    """R-30: the fifth column says 事前 or 事後, and nothing else. 〃 repeats the cell above.

    Where the word stands at the head of the explanation, the extraction moved it.
    """
    printed = {row.no: row.timing for row in subject.edition.rows}
    blank: list[Touched] = []
    other: list[Touched] = []
    moved: list[Touched] = []
    for touched in subject.lines.touched:
        words = printed.get(touched.change.no, "")
        if touched.change.timing is not None and not _says_both(words):
            continue
        if wording.is_nothing(words):
            (moved if _leads(touched.change.reason) else blank).append(touched)
        else:
            other.append(touched)
    if blank:
        yield of_rows("missing-timing", Severity.ERROR, blank, "提出時期がありません", evidence=_items(blank))
    if other:
        words = "、".join(dict.fromkeys(f"「{briefly(printed[t.change.no])}」" for t in other))
        told = f"提出時期が「事前」「事後」のどちらとも読めません（{words}）"
        evidence = [quoted(t, "提出時期", printed[t.change.no]) for t in other]
        yield of_rows("missing-timing", Severity.ERROR, other, told, evidence=evidence)
    if moved:
        told = (
            "提出時期の欄が空欄で、説明の欄に「事前」「事後」があります（列がずれて取り出されたとみられます）"
        )
        evidence = [quoted(t, "提出時期に係る説明", t.change.reason) for t in moved]
        yield of_rows("missing-timing", Severity.NOTE, moved, told, evidence=evidence, cause=Cause.EXTRACTION)


def _says_both(words: str) -> bool:
    return all(timing in "".join(words.split()) for timing in TIMINGS)


def _leads(explanation: str) -> bool:
    """Whether an explanation is headed by 事前 or 事後 as a word of its own."""
    head, *rest = explanation.split(maxsplit=1) or [""]
    return bool(rest) and head in TIMINGS and timing_of(head) is not None


def _items(rows: list[Touched]) -> list[tuple[str, str]]:
    return [quoted(touched, "項目", touched.change.item_text) for touched in rows]


def missing_reason(subject: Subject) -> Iterator[Finding]:
    """R-37: rows whose explanation is blank."""
    rows = [t for t in subject.lines.touched if wording.is_nothing(t.change.reason)]
    if rows:
        yield of_rows(
            "missing-reason", Severity.NOTE, rows, "提出時期に係る説明がありません", evidence=_items(rows)
        )


# --- the same row twice ------------------------------------------------------------------------------


def duplicate_row(subject: Subject) -> Iterator[Finding]:
    """The same change twice: the day, the item and both sides (R-53: the first two alone are no key).

    A document of several files may print the same row once for each of them. Rows that repeat one after the
    other are one finding: a page that extraction gave twice, where OCR did.
    """
    twins: dict[tuple[str, ...], list[Touched]] = {}
    for touched, item in _with_items(subject):
        twins.setdefault(_key(touched.change, item), []).append(touched)
    repeated = [rows for rows in twins.values() if len(rows) > 1 and not _one_for_each_file(rows, subject)]
    for block in _blocks(repeated):
        rows = [touched for twin in zip(*block, strict=True) for touched in twin]
        severity, cause = _how_sure(subject, len(block))
        times = rows_named(touched.change.no for touched in rows[: len(block)])
        evidence = [quoted(t, label, words) for t in rows for label, words in _cells(t.change)]
        told = f"日付、項目、変更前及び変更後が{times}と同じ行です"
        yield of_rows("duplicate-row", severity, rows, told, evidence=evidence, cause=cause)


_PAGE = 3


def _how_sure(subject: Subject, block: int) -> tuple[Severity, Cause]:
    """A warning, but for a page that OCR may have read twice, and for forms that may have several files."""
    if block >= _PAGE and read_by_ocr(subject.edition):
        return Severity.NOTE, Cause.EXTRACTION
    if not subject.lines.anchor.form.itemised:
        return Severity.NOTE, Cause.UNDECIDABLE
    return Severity.WARNING, Cause.DOCUMENT


def _blocks(repeated: list[list[Touched]]) -> list[list[list[Touched]]]:
    """Repeated rows, those together that follow each other every time they stand there."""
    blocks: list[list[list[Touched]]] = []
    for rows in repeated:
        before = numbers_of(blocks[-1][-1]) if blocks else ()
        if tuple(number + 1 for number in before) == numbers_of(rows):
            blocks[-1].append(rows)
        else:
            blocks.append([rows])
    return blocks


def _with_items(subject: Subject) -> Iterator[tuple[Touched, str]]:
    """Each row with its 項目 cell, 〃 replaced by what it repeats."""
    above = ""
    for touched in subject.lines.touched:
        written = touched.change.item_text
        above = above if is_ditto(written) else written
        yield touched, above


def _key(change: Change, item: str) -> tuple[str, ...]:
    found = change.resolution
    named = str(found.path) if found is not None and not found.corrections and not found.rivals else item
    day = change.day.isoformat() if change.day else change.printed_date
    return tuple(
        wording.fold(text, Level.LAYOUT, bullets=True).text
        for text in (day, named, change.before, change.after)
    )


def _one_for_each_file(rows: list[Touched], subject: Subject) -> bool:
    files = {item.path.file for item in subject.edition.items if item.path.file}
    per_file = all(any(one.item.per_file for one in touched.named) for touched in rows)
    return per_file and len(rows) <= len(files)


def _cells(change: Change) -> tuple[tuple[str, str], ...]:
    return ("項目", change.item_text), ("変更後", change.after)


RULES = (
    Rule(
        "missing-timing",
        missing_timing,
        Severity.ERROR,
        "変更箇所の様式 提出時期（事前又は事後）",
        "提出時期を確認し、事前か事後かを記載してください",
        any_form=True,
    ),
    Rule(
        "missing-reason",
        missing_reason,
        Severity.NOTE,
        "変更箇所の様式 提出時期に係る説明",
        "提出時期の理由を書いておくと、後から確かめやすくなります",
        any_form=True,
    ),
    Rule(
        "duplicate-row",
        duplicate_row,
        Severity.WARNING,
        "変更箇所の様式（一つの変更は一行）",
        "同じ変更を二度書いていないか、別の変更の行が抜けていないかを確認してください",
        any_form=True,
    ),
)
