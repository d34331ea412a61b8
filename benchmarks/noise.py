"""Noise that is no fault: what readers, printers and habits do to the words of a document.

Sampled from the real documents: white space and line breaks that come and go between a row and the body,
widths, bullets, look-alike dashes, marks of ticks, spellings that one body mixes, dates in other notations,
cells merged downwards, cells cut off by the end of a page, and letters that OCR takes for others.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Final

from benchmarks.planted import kanji_runs
from ledger import wording
from ledger.folding import SPELLINGS
from ledger.published import Boxes, ChangeRow, ItemKind, PrintedItem, PublishedEdition
from ledger.wareki import WarekiDate

Noise = Callable[[PublishedEdition, Random], PublishedEdition]
Words = Callable[[str, Random], str]


def none(edition: PublishedEdition, random: Random) -> PublishedEdition:
    """The clean document."""
    del random
    return edition


# --- in words, wherever they stand ------------------------------------------------------------------


def _at_places(text: str, random: Random, share: float, change: Callable[[str], str]) -> str:
    return "".join(change(char) if random.random() < share else char for char in text)


def line_breaks(text: str, random: Random) -> str:
    """A line break or white space between any two letters, as in a narrow cell, but in no number."""
    space = random.choice(("\n", "\n", " ", "　", "\r\n"))
    return re.sub(r"(?<=[^\W\d])(?=[^\W\d])", lambda _: space if random.random() < 0.05 else "", text)  # noqa: PLR2004


def joined_lines(text: str, random: Random) -> str:
    """Lines run together."""
    return text.replace("\n", random.choice(("", " ")))


def widths(text: str, random: Random) -> str:
    """Figures, letters and brackets in full width, or half."""
    wide = str.maketrans({code: code + 0xFEE0 for code in range(0x21, 0x7F) if chr(code) not in "-<>|\"'`~"})
    narrow = str.maketrans(
        {code + 0xFEE0: code for code in range(0x21, 0x7F) if chr(code) not in "-<>|\"'`~"}
    )
    return text.translate(random.choice((wide, narrow)))


def look_alike_dashes(text: str, random: Random) -> str:
    """Any of the signs that look like －."""
    dash = random.choice("－-−―—─")
    return re.sub(r"[－−―—─]", dash, text)


def bullets(text: str, random: Random) -> str:
    """Other bullets before the lines, or none."""
    bullet = random.choice(("", "・", "●", "■"))
    return re.sub(r"(?m)^[・○◆●]\s*", bullet, text)


def spellings(text: str, random: Random) -> str:
    """A spelling that documents mix freely with the one that stands here."""
    for variant, standard in SPELLINGS:
        if variant in text and random.random() < 0.5:  # noqa: PLR2004
            text = text.replace(variant, standard)
        elif standard in text and variant not in text and random.random() < 0.5:  # noqa: PLR2004
            text = text.replace(standard, variant)
    return text


def long_vowels(text: str, random: Random) -> str:
    """サーバ for サーバー, ユーザー for ユーザ."""
    del random
    text = re.sub(r"(?<=[ァ-ヴ])ー(?![ァ-ヴー])", "", text)
    return text.replace("ユーザ", "ユーザー")


def punctuation(text: str, random: Random) -> str:
    """， for 、, and a full stop at the end or none."""
    text = text.replace("、", random.choice("、，"))
    return text.removesuffix("。") if random.random() < 0.5 else text  # noqa: PLR2004


WORDS: Final[tuple[Words, ...]] = (
    line_breaks,
    joined_lines,
    widths,
    look_alike_dashes,
    bullets,
    spellings,
    long_vowels,
    punctuation,
)


def _in_sides(words: Words) -> Noise:
    """Words of 変更前, 変更後 and the explanation, here and there."""

    def noise(edition: PublishedEdition, random: Random) -> PublishedEdition:
        def said(text: str) -> str:
            return words(text, random) if random.random() < 0.6 else text  # noqa: PLR2004

        return _with_rows(
            edition,
            lambda row: replace(
                row, before=said(row.before), after=said(row.after), explanation=said(row.explanation)
            ),
        )

    return noise


def _in_texts(words: Words) -> Noise:
    """Words of the texts of the body, here and there."""

    def noise(edition: PublishedEdition, random: Random) -> PublishedEdition:
        def said(item: PrintedItem) -> PrintedItem:
            plain = isinstance(item.value, str) and item.kind is ItemKind.TEXT and item.path.section != "表紙"
            if not plain or random.random() < 0.4:  # noqa: PLR2004
                return item
            return replace(item, value=words(str(item.value), random))

        return replace(edition, items=tuple(map(said, edition.items)))

    return noise


def _with_rows(edition: PublishedEdition, change: Callable[[ChangeRow], ChangeRow]) -> PublishedEdition:
    return replace(edition, rows=tuple(map(change, edition.rows)))


# --- in the cells of rows ------------------------------------------------------------------------------


def other_notations_of_days(edition: PublishedEdition, random: Random) -> PublishedEdition:
    """2023/4/3, R5.4.3, full-width figures, white space."""

    def written(row: ChangeRow) -> ChangeRow:
        day = WarekiDate.parse(row.date).day
        year = row.date[2:].partition("年")[0].replace("元", "1")
        era = f"{'H' if row.date.startswith('平成') else 'R'}{year}"
        shapes = (
            f"{day.year}/{day.month}/{day.day}",
            f"{era}.{day.month}.{day.day}",
            row.date.translate({ord("0") + n: ord("０") + n for n in range(10)}),
            row.date.replace("年", "年 ").replace("月", "月\n"),
            f"{day.year}年{day.month}月{day.day}日",
        )
        return replace(row, date=random.choice(shapes)) if random.random() < 0.4 else row  # noqa: PLR2004

    return _with_rows(edition, written)


def merged_days(edition: PublishedEdition, random: Random) -> PublishedEdition:
    """A day that is the one of the row above is written 〃 or 同上."""
    rows, above = [], ""
    ditto = random.choice(("〃", "同上"))
    for row in edition.rows:
        rows.append(replace(row, date=ditto) if row.date == above else row)
        above = row.date
    return replace(edition, rows=tuple(rows))


def spaced_timings(edition: PublishedEdition, random: Random) -> PublishedEdition:
    """White space in 事前 and 事後."""
    space = random.choice((" ", "　", "\n"))
    return _with_rows(edition, lambda row: replace(row, timing=space.join(row.timing)))


def other_separators(edition: PublishedEdition, random: Random) -> PublishedEdition:
    """Other signs between the parts of 項目, or only white space."""

    def named(row: ChangeRow) -> ChangeRow:
        sign = random.choice(("－", "-", " ", "\n", "ー", " / "))
        return replace(row, item_text=re.sub(r"－\n?|(?<=[^\d])-(?=[^\d])", sign, row.item_text))

    return _with_rows(edition, named)


def shapes_of_items(edition: PublishedEdition, random: Random) -> PublishedEdition:
    """Ⅲ for III, 1． for 1., widths of figures, and line breaks in 項目."""
    roman = {"Ⅰ": "I", "Ⅱ": "II", "Ⅲ": "III", "Ⅳ": "IV", "Ⅴ": "V"}

    def named(row: ChangeRow) -> ChangeRow:
        text = row.item_text
        if random.random() < 0.5:  # noqa: PLR2004
            text = roman.get(text[:1], text[:1]) + text[1:]
        if random.random() < 0.5:  # noqa: PLR2004
            text = re.sub(r"(\d)\. ?", lambda m: f"{chr(ord(m[1]) + 0xFEE0)}．", text)
        return replace(row, item_text=line_breaks(text, random) if random.random() < 0.3 else text)  # noqa: PLR2004

    return _with_rows(edition, named)


def ticks_in_other_shapes(edition: PublishedEdition, random: Random) -> PublishedEdition:
    """[O] or [ ○ ] for [○], [] for [ ]."""

    def marked(text: str) -> str:
        ticked, blank = (
            random.choice(("[O]", "[ ○ ]", "[〇]", "［○］", "[レ]")),
            random.choice(("[]", "[　]")),
        )
        return text.replace("[○]", ticked).replace("[ ]", blank)

    return _with_rows(edition, lambda row: replace(row, before=marked(row.before), after=marked(row.after)))


def nothing_in_other_signs(edition: PublishedEdition, random: Random) -> PublishedEdition:
    """－, a blank, なし or another dash where there is nothing, in rows and in the body."""

    def said(text: str) -> str:
        return random.choice(("－", "", "なし", "―", "-")) if wording.is_nothing(text) else text

    def printed(item: PrintedItem) -> PrintedItem:
        return (
            replace(item, value=said(item.value)) if _is_text(item) and isinstance(item.value, str) else item
        )

    rows = _with_rows(edition, lambda row: replace(row, before=said(row.before), after=said(row.after)))
    return replace(rows, items=tuple(map(printed, edition.items)))


def _is_text(item: PrintedItem) -> bool:
    return item.kind is ItemKind.TEXT and item.path.section != "表紙"


def cells_cut_off(edition: PublishedEdition, random: Random) -> PublishedEdition:
    """The last words of a long cell are lost at the end of a page."""

    def cut(text: str) -> str:
        long = text.endswith("。") and "。" in text[:-1] and len(text.rstrip("。").split("。")[-1]) > 10  # noqa: PLR2004
        return text[: -random.randint(4, 9)] if long and random.random() < 0.3 else text  # noqa: PLR2004

    return _with_rows(edition, lambda row: replace(row, after=cut(row.after)))


# --- in what OCR makes of a page ----------------------------------------------------------------------


def _by_ocr(edition: PublishedEdition) -> PublishedEdition:
    return replace(edition, reader="ocr-text/3")


def misread_letters(edition: PublishedEdition, random: Random) -> PublishedEdition:
    """OCR reads a letter of a long text as another, in the table."""

    def misread(text: str) -> str:
        places = [at for start, end in kanji_runs(text) for at in range(start, end)]
        places = [at for at in places if text[at] not in "一二三四五六七八九十百千万"]
        if len(wording.plain(text)) < 40 or not places or random.random() < 0.6:  # noqa: PLR2004
            return text
        at = random.choice(places)
        return text[:at] + random.choice("閤畏壬囗卜") + text[at + 1 :]

    read = _by_ocr(edition)
    return _with_rows(read, lambda row: replace(row, after=misread(row.after)))


def lost_ticks(edition: PublishedEdition, random: Random) -> PublishedEdition:
    """OCR loses the ticks of a set of boxes all together."""
    keys = ("II.2.4.main", "II.3.2", "III.8.exists", "I.2.system[1].3")

    def lost(item: PrintedItem) -> PrintedItem:
        if item.key not in keys or not isinstance(item.value, Boxes) or random.random() < 0.5:  # noqa: PLR2004
            return item
        boxes = item.value
        return replace(item, value=replace(boxes, checked=(), unchecked=(*boxes.checked, *boxes.unchecked)))

    read = _by_ocr(edition)
    return replace(read, items=tuple(map(lost, read.items)))


def lost_items(edition: PublishedEdition, random: Random) -> PublishedEdition:
    """Texts of the body are lost."""
    kept = (i for i in edition.items if not (_is_loose(i) and random.random() < 0.15))  # noqa: PLR2004
    return replace(_by_ocr(edition), items=tuple(kept))


def _is_loose(item: PrintedItem) -> bool:
    return item.kind is ItemKind.TEXT and item.path.section == "III" and item.key != "III.1"


def everything_at_once(edition: PublishedEdition, random: Random) -> PublishedEdition:
    """Several of the shapes of words in rows and body, and of cells."""
    cells = (other_notations_of_days, spaced_timings, other_separators, ticks_in_other_shapes)
    for noise in (*cells, _in_sides(random.choice(WORDS)), _in_texts(random.choice(WORDS))):
        edition = noise(edition, random)
    return edition


NOISE: Final[dict[str, Noise]] = {
    "none": none,
    **{f"{words.__name__}_in_rows": _in_sides(words) for words in WORDS},
    **{f"{words.__name__}_in_the_body": _in_texts(words) for words in WORDS},
    **{
        noise.__name__: noise
        for noise in (
            other_notations_of_days,
            merged_days,
            spaced_timings,
            other_separators,
            shapes_of_items,
            ticks_in_other_shapes,
            nothing_in_other_signs,
            cells_cut_off,
            misread_letters,
            lost_ticks,
            lost_items,
            everything_at_once,
        )
    },
}
