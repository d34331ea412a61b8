"""The names of items in the 項目 column."""

from __future__ import annotations

from collections.abc import Iterator

from ledger import wording
from ledger.resolver import Correction, Slip
from projections.edges import Touched
from projections.findings import Finding, Rule, Severity, Subject


def unknown_item(subject: Subject) -> Iterator[Finding]:
    """The 項目 cell names nothing of the form, or holds words that name nothing."""
    for touched in subject.lines.touched:
        found = touched.change.resolution
        if found is None:
            words = touched.change.item_text
        else:
            words = next((c.written for c in found.corrections if c.slip is Slip.REST), "")
        if found is None or words:
            written = wording.in_brief(words) or "（空欄）"
            told = f"行{touched.change.no}: 「{written}」は様式3の項目として読めません"
            items = tuple(target.path for target in touched.targets)
            evidence = (("項目", touched.change.item_text),)
            yield Finding("unknown-item", Severity.WARNING, (touched.change.no,), items, told, evidence)


def wrong_section_name(subject: Subject) -> Iterator[Finding]:
    """The number is right, the name beside it belongs to another heading or another form."""
    yield from _corrected(subject, Slip.NAME, "wrong-section-name", Severity.WARNING, "見出し")


def wrong_item_number(subject: Subject) -> Iterator[Finding]:
    """The name is right, the number is another one, mostly that of another form."""
    yield from _corrected(subject, Slip.NUMBER, "wrong-item-number", Severity.WARNING, "番号")


def abbreviated_item_name(subject: Subject) -> Iterator[Finding]:
    """The name is shortened or misspelt, and still clear."""
    yield from _corrected(subject, Slip.SHORT, "abbreviated-item-name", Severity.NOTE, "項目名")


def _corrected(subject: Subject, slip: Slip, rule: str, severity: Severity, what: str) -> Iterator[Finding]:
    """One finding for each thing put right, with all the rows that wrote it so."""
    rows: dict[tuple[str, str, str], list[tuple[Touched, Correction]]] = {}
    for touched in subject.lines.touched:
        for correction in touched.change.resolution.corrections if touched.change.resolution else ():
            if correction.slip is slip:
                same = "".join(correction.written.split()), correction.printed, correction.source
                rows.setdefault(same, []).append((touched, correction))
    for group in rows.values():
        correction = group[0][1]
        numbers = "、".join(f"行{touched.change.no}" for touched, _ in group)
        written, printed = wording.in_brief(correction.written), wording.in_brief(correction.printed)
        told = f"{numbers}: {what}「{written}」は、様式3では「{printed}」です"
        if correction.source:
            told += f"（{correction.source}とみられます）"
        yield Finding(
            rule,
            severity,
            tuple(touched.change.no for touched, _ in group),
            tuple(dict.fromkeys(target.path for touched, _ in group for target in touched.targets)),
            told,
            (("項目", group[0][0].change.item_text),),
        )


RULES = (
    Rule(
        "unknown-item",
        unknown_item,
        Severity.WARNING,
        "様式3 の項目",
        "項目欄に、様式の節・番号・項目名を書いてください",
    ),
    Rule(
        "wrong-section-name",
        wrong_section_name,
        Severity.WARNING,
        "様式3 の見出し（他の様式の名称との取り違え）",
        "項目欄の見出しを様式3のものに改めてください",
    ),
    Rule(
        "wrong-item-number",
        wrong_item_number,
        Severity.WARNING,
        "様式3 の番号（他の様式の番号との取り違え）",
        "項目欄の番号を様式3のものに改めてください",
    ),
    Rule(
        "abbreviated-item-name",
        abbreviated_item_name,
        Severity.NOTE,
        "様式3 の項目名",
        "項目名を様式のとおりに書くと、後から確かめやすくなります",
    ),
)
