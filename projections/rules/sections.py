"""Whole sections, and the change table: is all there that the form prints?

Whether the document lacks them or its extraction, the text does not tell. Whoever relies on it has to know,
so a whole section is a warning, of a cause that cannot be decided (R-51).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ledger import wording
from ledger.form import form3, form_named
from ledger.item_path import ItemPath
from ledger.published import TableState
from projections.findings import Cause, Finding, Rule, Severity, Subject
from projections.printed import PrintedBody, body_of, listed_names
from projections.rules.files import lost_files

_ANNEX = "annex1"
_NAMED = 5  # headings that a message names
_REFERS = re.compile(r"別添\s*[1１]")


def missing_section(subject: Subject) -> Iterator[Finding]:
    """A section of the form, or the section of one file, is not in the text.

    Of a text that has fewer than half of the sections nothing is said: it is an excerpt.
    """
    body = body_of(subject.edition)
    sections = [node for node in form3().children(None) if node.key != "cover"]
    there = {item.path.section for item in subject.edition.items}
    missing = [node for node in sections if node.section not in there]
    if len(missing) * 2 > len(sections):
        return
    if lost := [node for node in missing if node.key != _ANNEX or _refers(body)]:
        labels = "、".join(node.label for node in lost)
        told = f"{labels}が、本文の取り出しにありません"
        yield _missing(tuple(ItemPath((node.section,)) for node in lost), told)
    for key in ("II", "III"):
        if files := _without(body, key):
            names = "、".join(f"「{name}」" for name in files)
            told = f"{form3()[key].label}に、{names}のものがありません"
            yield _missing(tuple(form3()[f"{key}.1"].at(0, name) for name in files), told)
    if files := _without_annex(body):
        names = "、".join(f"「{name}」" for name in files)
        told = f"（別添１）に、{names}の記録項目がありません"
        yield _missing(tuple(form3()[_ANNEX].at(0, name) for name in files), told)
    if headings := tuple(_lost_headings(body)):
        names = "、".join(str(path) for path in headings[:_NAMED])
        more = f"ほか{len(headings) - _NAMED}" if len(headings) > _NAMED else ""
        told = f"{names}{more}: この見出しの項目が、本文の取り出しに一つもありません"
        yield Finding("missing-section", Severity.NOTE, (), headings, told, (), Cause.EXTRACTION)


def _lost_headings(body: PrintedBody) -> Iterator[ItemPath]:
    """The numbered headings of the sections that are there under which there is no item."""
    form = form3()
    there = {
        (above.key, item.path.file)
        for item in body.items.values()
        for above in (form[item.key], *form.ancestors(form[item.key]))
    }
    for section in form.children(None):
        for file in body.files(section.section) if section.per_file else ("",):
            for heading in form.children(section) if (section.key, file) in there else ():
                if heading.section != "表紙" and (heading.key, file) not in there:
                    yield heading.at(0, file)


def _missing(items: tuple[ItemPath, ...], told: str) -> Finding:
    return Finding("missing-section", Severity.WARNING, (), items, told, (), Cause.UNDECIDABLE)


def _refers(body: PrintedBody, file: str | None = None) -> bool:
    """Whether 全ての記録項目 says that the list stands in 別添1."""
    asked = (item for item in body.every("II.2.4.all") if file is None or item.path.file == file)
    return any(_REFERS.search(str(item.value)) for item in asked)


def _without(body: PrintedBody, section: str) -> list[str]:
    """The files of Ⅰ３ whose II or III is not in the text, while that of another is."""
    if section == "II":
        return list(lost_files(body))
    files = body.files(section)
    names = listed_names(body)
    known = all(any(_is(file, name) for name in names) for file in files)
    if files in {(), ("",)} or not known:
        return []
    return [name for name in names if not any(_is(file, name) for file in files)]


def _is(file: str, name: str) -> bool:
    return wording.same(file, name) is not None


def _without_annex(body: PrintedBody) -> list[str]:
    """The files whose list 別添1 does not hold, while it holds that of another by name."""
    files, lists = listed_names(body), body.every(_ANNEX)
    texts = "\n".join(str(item.value) for item in lists)
    named = [name for name in files if wording.locate(name, texts)]
    has_own = [item.path.file for item in lists if item.path.file]
    if not has_own or not (named or len(has_own) > 1):
        return []  # one list that names no file may be that of all of them
    return [
        name
        for name in files
        if name not in named
        and not any(_is(file, name) for file in has_own)
        and (_refers(body, name) or not any(_is(file, name) for file in body.files("II")))
    ]


# --- the change table -------------------------------------------------------------------------------------


def missing_change_table(subject: Subject) -> Iterator[Finding]:
    """R-51: the text has no change table, so nobody can say from it what changed."""
    if subject.edition.table is TableState.ABSENT:
        annex = form_named(subject.edition.form).annex
        told = f"{annex}の表が本文の取り出しにないか、表として読み取れず、変更の経過を確かめられません"
        yield Finding(
            "missing-change-table",
            Severity.WARNING,
            (),
            (_annex_path(annex),),
            told,
            (),
            Cause.UNDECIDABLE,
        )


def empty_change_table(subject: Subject) -> Iterator[Finding]:
    """R-50: the change table has no row, as that of a first publication."""
    if subject.edition.table is TableState.EMPTY:
        annex = form_named(subject.edition.form).annex
        told = f"{annex}に行がありません。最初の公表でなければ、変更の記載を確認してください"
        yield Finding("empty-change-table", Severity.NOTE, (), (_annex_path(annex),), told)


def _annex_path(annex: str) -> ItemPath:
    """（別添２）変更箇所 as the path of a section."""
    return ItemPath((wording.plain(annex.partition("）")[0].strip("（")),))


RULES = (
    Rule(
        "missing-section",
        missing_section,
        Severity.WARNING,
        "様式3 項目一覧、Ⅰ３（ファイルごとのⅡ・別添１・Ⅲ）",
        "元の文書にその節があるかを確認してください",
    ),
    Rule(
        "missing-change-table",
        missing_change_table,
        Severity.WARNING,
        "様式の項目一覧（変更箇所）",
        "元の文書に変更箇所の表があるかを確認してください",
        any_form=True,
    ),
    Rule(
        "empty-change-table",
        empty_change_table,
        Severity.NOTE,
        "様式の変更箇所（最初の公表では行がない）",
        "最初の公表であるかを確認してください",
        any_form=True,
    ),
)
