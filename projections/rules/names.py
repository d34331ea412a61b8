"""The names of items in the 項目 column."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ledger import wording
from ledger.resolver import Correction, Slip
from projections import several
from projections.edges import Touched
from projections.findings import Cause, Finding, Rule, Severity, Subject
from projections.rules.telling import briefly, items_of, of_rows, quoted, rows_named
from projections.touching import is_about_all


def _with_bracket(written: str, text: str) -> str:
    """Words of a cell with the bracket in front of them that one in the words closes."""
    before = text[: text.find(written)][-1:]
    return before + written if before in {"(", "（"} and before not in written else written


def unknown_item(subject: Subject) -> Iterator[Finding]:
    """The 項目 cell names nothing of the form, or holds words that name nothing.

    A cell that speaks of the whole document, lists several items, ends in ほか, or names a passage of its
    item in brackets is understood.
    """
    for touched in subject.lines.touched:
        if is_about_all(touched.change):
            continue
        words = _left_over(touched)
        if touched.named and not words:
            continue
        told = f"行{touched.change.no}: 「{briefly(words)}」は様式3の項目として読めません"
        evidence = (("項目", touched.change.item_text),)
        yield Finding(
            "unknown-item", Severity.WARNING, (touched.change.no,), items_of([touched]), told, evidence
        )


def _left_over(touched: Touched) -> str:
    """The words of a 項目 cell that name nothing of the form."""
    text = touched.change.item_text
    if not touched.named:
        return text
    rest = next((c.written for one in touched.named for c in one.corrections if c.slip is Slip.REST), "")
    if not several.without_more(rest).strip() or _names_a_passage(rest, text):
        return ""
    return rest


_OPENING, _CLOSING = "(（[［【〔<＜〈「『", ")）]］】〕>＞〉」』"
_PASSAGE = re.compile(
    r"(?:における措置|の(?:文言|記載|部分|箇所)|(?:第?[0-9０-９]+)(?:段落|行|文|項目)目?|[◆■●※])"
)


def _names_a_passage(rest: str, text: str) -> bool:
    """Whether words behind the name of an item say which passage of it changed, or what was done."""
    at = text.rfind(rest)
    opened, closed = text[:at].rstrip()[-1:], text[at + len(rest) :].lstrip()[:1]
    bracketed = opened != "" and opened in _OPENING and (closed in _CLOSING or not closed)
    return bracketed or _PASSAGE.search(rest) is not None


def wrong_section_name(subject: Subject) -> Iterator[Finding]:
    """The number is right, the name beside it belongs to another heading or another form."""
    yield from _corrected(subject, Slip.NAME, "wrong-section-name", Severity.WARNING, "見出し")


def wrong_item_number(subject: Subject) -> Iterator[Finding]:
    """The name is right, the number is another one, mostly that of another form."""
    yield from _corrected(subject, Slip.NUMBER, "wrong-item-number", Severity.WARNING, "番号")


def abbreviated_item_name(subject: Subject) -> Iterator[Finding]:
    """The name is shortened or misspelt, and still clear."""
    yield from _corrected(subject, Slip.SHORT, "abbreviated-item-name", Severity.NOTE, "項目名")
    yield from _level_left_out(subject)


def _level_left_out(subject: Subject) -> Iterator[Finding]:
    """A level is left out, so that the name fits several items; the body or other rows tell which."""
    rows: dict[str, list[Touched]] = {}
    for touched in subject.lines.touched:
        found = touched.change.resolution
        if (
            found is not None
            and found.rivals
            and len(touched.targets) == 1
            and not touched.change.interpreted
        ):
            rows.setdefault("".join(touched.change.item_text.split()), []).append(touched)
    for group in rows.values():
        meant = group[0].targets[0].path
        told = (
            f"「{briefly(group[0].change.item_text)}」は途中の見出しが省かれ、複数の項目に当てはまります"
            f"（{meant}とみられます）"
        )
        evidence = [quoted(touched, "項目", touched.change.item_text) for touched in group]
        yield of_rows("abbreviated-item-name", Severity.NOTE, group, told, evidence=evidence)


def ambiguous_item_name(subject: Subject) -> Iterator[Finding]:
    """The 項目 cell fits several items, and neither the body nor later rows tell which is meant.

    That the file is not named where there are several is a note, one for all rows: nobody writes it there.
    """
    without_file: list[Touched] = []
    groups: dict[str, list[Touched]] = {}
    for touched in subject.lines.touched:
        if touched.undecided and not touched.listed and not touched.change.interpreted:
            if len({path.parts for path in items_of([touched])}) == 1:
                without_file.append(touched)
            else:
                groups.setdefault("".join(touched.change.item_text.split()), []).append(touched)
    for rows in groups.values():
        fitting = "、".join(map(str, items_of(rows)))
        told = f"「{briefly(rows[0].change.item_text)}」がどの項目か決まりません（候補: {fitting}）"
        evidence = [quoted(touched, "項目", touched.change.item_text) for touched in rows]
        yield of_rows("ambiguous-item-name", Severity.WARNING, rows, told, evidence=evidence)
    if without_file:
        told = "特定個人情報ファイルが複数あり、どのファイルの項目か書かれていません"
        evidence = [quoted(touched, "項目", touched.change.item_text) for touched in without_file]
        yield of_rows(
            "ambiguous-item-name",
            Severity.NOTE,
            without_file,
            told,
            evidence=evidence,
            cause=Cause.UNDECIDABLE,
        )


def _corrected(subject: Subject, slip: Slip, rule: str, severity: Severity, what: str) -> Iterator[Finding]:
    """One finding for each thing put right, with all the rows that wrote it so."""
    rows: dict[tuple[str, str, str], list[tuple[Touched, Correction]]] = {}
    for touched in subject.lines.touched:
        for correction in dict.fromkeys(c for one in touched.named for c in one.corrections):
            if correction.slip is slip:
                same = "".join(correction.written.split()), correction.printed, correction.source
                rows.setdefault(same, []).append((touched, correction))
    for group in rows.values():
        correction = group[0][1]
        numbers = rows_named(touched.change.no for touched, _ in group)
        written = wording.in_brief(_with_bracket(correction.written, group[0][0].change.item_text))
        printed = wording.in_brief(correction.printed)
        told = f"{numbers}: {what}「{written}」は、様式3では「{printed}」です"
        if correction.source:
            told += f"（{correction.source}とみられます）"
        yield Finding(
            rule,
            severity,
            tuple(touched.change.no for touched, _ in group),
            items_of(touched for touched, _ in group),
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
    Rule(
        "ambiguous-item-name",
        ambiguous_item_name,
        Severity.WARNING,
        "様式3 の項目（同じ名称の項目が複数ある）",
        "節、番号及びファイル名を補い、一つの項目に決まるように書いてください",
    ),
)
