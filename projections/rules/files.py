"""The names of the 特定個人情報ファイル: Ⅰ３ lists them, Ⅱ１ and Ⅲ１ of each file repeat its own (R-60)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from rapidfuzz.distance import Levenshtein

from ledger import wording
from ledger.published import PrintedItem
from ledger.readers.headings import unlisted
from ledger.readers.text_layer import APART
from projections import value_text
from projections.findings import Cause, Finding, Rule, Severity, Subject
from projections.printed import PrintedBody, about, body_of, holds, listed_names
from projections.rules.providing import WAYS

_LISTED: Final = "I.3"
_NAMED: Final = ("II.1", "III.1")
_ELSEWHERE = re.compile("別紙|別添|別表|のとおり|下記|以下の")
_MISREAD = 1  # letters that extraction may have misread in a name


def inconsistencies(body: PrintedBody) -> Iterator[Finding]:
    """A name in Ⅱ１ or Ⅲ１ that Ⅰ３ does not list. Spellings of one name are told by ``name-variants``."""
    listed = body.get(_LISTED)
    if listed is None or not holds(listed) or _ELSEWHERE.search(str(listed.value)) or not _legible(listed):
        return
    names = listed_names(body)
    strangers = [
        item
        for key in _NAMED
        for item in body.every(key)
        if holds(item) and _legible(item) and not _is_among(unlisted(str(item.value)), names)
    ]
    if not strangers or (listed.doubt and _stands_in_i(body, strangers)):
        return
    there = "、".join(f"「{name}」" for name in dict.fromkeys(unlisted(str(i.value)) for i in strangers))
    here = "、".join(f"「{name}」" for name in names)
    told = f"特定個人情報ファイル名が、Ⅰ３では{here}、Ⅱ１・Ⅲ１では{there}です"
    misread = all(_nearly_among(unlisted(str(item.value)), names) for item in strangers)
    severity, cause = (Severity.NOTE, Cause.UNDECIDABLE) if misread else (Severity.WARNING, Cause.DOCUMENT)
    yield about("body-inconsistency", severity, (listed, *strangers), told, cause)


def _legible(item: PrintedItem) -> bool:
    """Whether the words are sure, though perhaps not whose they are."""
    return item.doubt in {"", APART}


def _stands_in_i(body: PrintedBody, items: Iterable[PrintedItem]) -> bool:
    """Whether Ⅰ has one of the names somewhere: where the order was lost, that may be the one of Ⅰ３."""
    text = [str(item.value) for item in body.items.values() if item.path.section == "I"]
    return any(wording.locate(unlisted(str(item.value)), words) for item in items for words in text)


def _is_among(name: str, names: Iterable[str]) -> bool:
    """Whether a name is one of the list, in any spelling, or a part of it, or it a part of the name."""
    return any(_contains(name, one) or _contains(one, name) for one in names)


def _contains(whole: str, part: str) -> bool:
    one, other = (wording.fold(text, wording.Level.VARIANT).text for text in (whole, part))
    return bool(other) and other in one


def _nearly_among(name: str, names: Iterable[str]) -> bool:
    return any(
        Levenshtein.distance(wording.plain(name), wording.plain(one), score_cutoff=_MISREAD) <= _MISREAD
        for one in names
    )


def lost_files(body: PrintedBody) -> tuple[str, ...]:
    """The files that Ⅰ３ lists and whose II is not in the text; none where there is one file only."""
    names = listed_names(body)
    printed = [unlisted(str(item.value)) for item in body.every("II.1")]
    if body.files("II") in {(), ("",)} or not all(_is_among(one, names) for one in printed):
        return ()
    return tuple(name for name in names if not any(_is_among(name, [one]) for one in printed))


# --- a block under another file's heading ---------------------------------------------------------------


def group_under_wrong_file(subject: Subject) -> Iterator[Finding]:
    """A block that names another file, and that its own file does not account for.

    Its own file counts fewer blocks. Where the II of the other file is not in the text, pages were mixed in
    extraction, and it is only a note; then it is enough that its own file has no tick at such blocks.
    """
    body = body_of(subject.edition)
    names = listed_names(body)
    lost = lost_files(body)
    for file in body.files("II"):
        others = [name for name in names if not _is_among(name, [file])]
        found: dict[str, list[PrintedItem]] = {}
        for head, block in _unaccounted(body, file, mixed=bool(lost)):
            text = "\n".join(value_text.as_text(item.value) for item in block if not item.doubt)
            named = [one for one in others if _contains(text, one)]
            if head is not None and len(named) == 1 and not _contains(text, file):
                found.setdefault(named[0], []).append(head)
        for other, heads in found.items():
            places = "、".join(head.path.label for head in heads)
            mixed = other in lost
            told = f"{file}の{places}は、「{other}」についての記載とみられます"
            if mixed:
                told += f"。「{other}」のⅡは本文の取り出しになく、ページが混ざったおそれがあります"
            severity, cause = (
                (Severity.NOTE, Cause.EXTRACTION) if mixed else (Severity.WARNING, Cause.DOCUMENT)
            )
            yield about("group-under-wrong-file", severity, heads, told, cause)


def _unaccounted(
    body: PrintedBody, file: str, *, mixed: bool
) -> Iterator[tuple[PrintedItem | None, tuple[PrintedItem, ...]]]:
    """The blocks of a file's Ⅱ５ where it counts fewer, or where pages were *mixed* and it has no tick."""
    for way in WAYS:
        count, blocks = body.get(way.counter, file), body.blocks(way.group, file)
        number = str(count.value) if count is not None else ""
        stated = int(number) if number.isdecimal() else len(blocks)
        unticked = mixed and body.ticked("II.5.exists", way.box, file) is False
        if unticked or stated < len(blocks):
            yield from ((body.get(way.group, file, n), block) for n, block in blocks.items())


RULES = (
    Rule(
        "group-under-wrong-file",
        group_under_wrong_file,
        Severity.WARNING,
        "様式3 Ⅱ（ファイルごとの記載）",
        "その記載がどの特定個人情報ファイルのものかを確認してください",
    ),
)
