"""Automatic numbers of a Word document → the characters that Word prints before a paragraph.

A label ``①事務の名称`` or a heading ``1. 基礎項目評価`` may hold its number only in the numbering of the
document, not in its words. The number is worked out as Word counts; one in a notation that this module
does not know is left out, and the words stand alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element

from ledger.readers.word import symbols

_VAL: Final = qn("w:val")
_OFF = frozenset({"0", "false", "off"})
_MOST_LEVELS = 9
_KANJI = "〇一二三四五六七八九"
_TEN = 10
_AIUEO = "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝ"
_IROHA = "ｲﾛﾊﾆﾎﾍﾄﾁﾘﾇﾙｦﾜｶﾖﾀﾚｿﾂﾈﾅﾗﾑｳヰﾉｵｸﾔﾏｹﾌｺｴﾃｱｻｷﾕﾒﾐｼヱﾋﾓｾｽ"
_SEQUENCES = {
    "decimalEnclosedCircle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedCircleChinese": "①②③④⑤⑥⑦⑧⑨⑩",
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
    "ideographEnclosedCircle": "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉",
    "aiueo": _AIUEO,
    "aiueoFullWidth": unicodedata.normalize("NFKC", _AIUEO),
    "iroha": _IROHA,
    "irohaFullWidth": unicodedata.normalize("NFKC", _IROHA),
    "upperLetter": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "lowerLetter": "abcdefghijklmnopqrstuvwxyz",
}
_ROMAN = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def value(parent: Element | None, tag: str) -> str | None:
    """The ``w:val`` of the child *tag* of *parent*; blank where the child has none, None without child."""
    child = parent.find(tag) if parent is not None else None
    return None if child is None else str(child.get(_VAL, ""))


def integer(text: str | None, otherwise: int = 0) -> int:
    """A number as Word writes it; *otherwise* for what is none, or none that Word could mean."""
    return int(text) if text is not None and re.fullmatch(r"\d{1,6}", text, re.ASCII) else otherwise


def is_on(parent: Element | None, tag: str) -> bool | None:
    """Whether the switch *tag* of *parent* is on; None where it is not set."""
    found = value(parent, tag)
    return None if found is None else found not in _OFF


class Styles:
    """The styles of a document, each followed by those that it is based on."""

    def __init__(self, part: Element | None) -> None:
        styles = part.findall(qn("w:style")) if part is not None else ()
        self._by_id = {str(style.get(qn("w:styleId"))): style for style in styles}
        self._chains: dict[str, tuple[Element, ...]] = {}

    def chain(self, name: str | None) -> tuple[Element, ...]:
        """The style *name*, then the one it is based on, and so on; empty for no such style."""
        if name is None:
            return ()
        if name not in self._chains:
            found: list[Element] = []
            at: str | None = name
            while at is not None and (style := self._by_id.get(at)) is not None and style not in found:
                found.append(style)
                at = value(style, qn("w:basedOn"))
            self._chains[name] = tuple(found)
        return self._chains[name]


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list is numbered. ``restart`` is the level whose next number starts it again."""

    start: int
    notation: str
    pattern: str
    behind: str
    font: str
    restart: int | None
    arabic: bool
    style: str | None


class Numbering:
    """Counts the numbered paragraphs of one document; ask for each paragraph once, in their order."""

    def __init__(self, part: Element | None, styles: Styles) -> None:
        self._styles = styles
        lists = part.findall(qn("w:num")) if part is not None else ()
        shapes = part.findall(qn("w:abstractNum")) if part is not None else ()
        self._lists: Mapping[str, Element] = {str(one.get(qn("w:numId"))): one for one in lists}
        self._shapes: Mapping[str, Element] = {str(one.get(qn("w:abstractNumId"))): one for one in shapes}
        self._levels: dict[str, dict[int, _Level]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._started: set[tuple[str, int]] = set()

    def before(self, paragraph: Element) -> str:
        """What Word prints before the words of *paragraph*, with the gap behind it; blank for nothing."""
        name, at = self._list_of(paragraph) if self._lists else ("", 0)
        level = self._levels_of(name).get(at)
        if level is None:
            return ""
        shape = self._shape_of(name)
        self._count(shape, name, at, level)
        if level.notation == "bullet":
            printed = "".join(symbols.character(level.font, char) for char in level.pattern)
        else:
            printed = self._printed(shape, name, level)
        return f"{printed}{level.behind}" if printed.strip() else ""

    def _list_of(self, paragraph: Element) -> tuple[str, int]:
        """The list that *paragraph* belongs to (blank for none) and its level, from itself or its style."""
        own = paragraph.find(qn("w:pPr"))
        style = value(own, qn("w:pStyle"))
        chain = (one.find(qn("w:pPr")) for one in self._styles.chain(style))
        name: str | None = None
        at: str | None = None
        for properties in (own, *chain):
            said = properties.find(qn("w:numPr")) if properties is not None else None
            name = name if name is not None else value(said, qn("w:numId"))
            at = at if at is not None else value(said, qn("w:ilvl"))
        if not name or name not in self._lists:
            return "", 0
        linked = (n for n, level in self._levels_of(name).items() if level.style and level.style == style)
        return name, integer(at) if at is not None else next(linked, 0)

    def _shape_of(self, name: str) -> str:
        """The definition that the list *name* counts by; lists of one definition go on counting."""
        shape = value(self._lists.get(name), qn("w:abstractNumId")) or ""
        linked = value(self._shapes.get(shape), qn("w:numStyleLink"))
        for style in self._styles.chain(linked):
            properties = style.find(qn("w:pPr"))
            said = properties.find(qn("w:numPr")) if properties is not None else None
            other = value(said, qn("w:numId"))
            if other is not None and other != name and other in self._lists:
                return value(self._lists[other], qn("w:abstractNumId")) or ""
        return shape

    def _levels_of(self, name: str) -> dict[int, _Level]:
        if name not in self._levels:
            shape = self._shapes.get(self._shape_of(name)) if name else None
            found = {} if shape is None else _levels(shape)
            for override in self._lists[name].findall(qn("w:lvlOverride")) if found else ():
                found |= _levels(override)
            self._levels[name] = found
        return self._levels[name]

    def _count(self, shape: str, name: str, at: int, level: _Level) -> None:
        counts = self._counts.setdefault(shape, {})
        restarted = self._restarts_at(name, at)
        if restarted is not None and (name, at) not in self._started:
            counts[at] = restarted
        else:
            counts[at] = counts[at] + 1 if at in counts else level.start
        self._started.add((name, at))
        for deeper, other in self._levels_of(name).items():
            if deeper > at and (other.restart is None or at < other.restart):
                counts.pop(deeper, None)

    def _restarts_at(self, name: str, at: int) -> int | None:
        for override in self._lists[name].findall(qn("w:lvlOverride")):
            if integer(override.get(qn("w:ilvl"))) == at:
                start = value(override, qn("w:startOverride"))
                return None if start is None else integer(start)
        return None

    def _printed(self, shape: str, name: str, level: _Level) -> str:
        levels, counts = self._levels_of(name), self._counts[shape]

        def one(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            if at not in levels:
                return "\0"
            notation = "decimal" if level.arabic else levels[at].notation
            return _in_notation(counts.get(at, levels[at].start), notation)

        printed = re.sub(r"%([1-9])", one, level.pattern)
        return "" if "\0" in printed else printed


def _levels(shape: Element) -> dict[int, _Level]:
    found = {}
    for level in shape.findall(qn("w:lvl"))[:_MOST_LEVELS]:
        properties = level.find(qn("w:rPr"))
        fonts = properties.find(qn("w:rFonts")) if properties is not None else None
        restart = value(level, qn("w:lvlRestart"))
        found[integer(level.get(qn("w:ilvl")))] = _Level(
            start=integer(value(level, qn("w:start"))),
            notation=value(level, qn("w:numFmt")) or "decimal",
            pattern=value(level, qn("w:lvlText")) or "",
            behind="" if value(level, qn("w:suff")) == "nothing" else " ",
            font="" if fonts is None else str(fonts.get(qn("w:ascii"), "")),
            restart=None if restart is None else integer(restart),
            arabic=bool(is_on(level, qn("w:isLgl"))),
            style=value(level, qn("w:pStyle")),
        )
    return found


def _in_notation(number: int, notation: str) -> str:
    """*number* as it is printed; a null character where the notation is not known."""
    printed = "\0"
    if notation in {"decimal", "decimalHalfWidth"}:
        printed = str(number)
    elif notation == "decimalZero":
        printed = f"{number:02}"
    elif notation in {"decimalFullWidth", "decimalFullWidth2"}:
        printed = str(number).translate(_FULL_WIDTH)
    elif notation == "numberInDash":
        printed = f"- {number} -"
    elif notation in {"upperRoman", "lowerRoman"} and 0 < number < 2 * _ROMAN[0][0]:
        roman = _roman(number)
        printed = roman if notation == "upperRoman" else roman.lower()
    elif notation in {"japaneseCounting", "ideographDigital"} and 0 < number < _TEN * _TEN:
        printed = _kanji(number, counting=notation == "japaneseCounting")
    elif notation in _SEQUENCES and 0 < number <= len(_SEQUENCES[notation]):
        printed = _SEQUENCES[notation][number - 1]
    elif notation == "none":
        printed = ""
    return printed


def _roman(number: int) -> str:
    printed = ""
    for worth, letters in _ROMAN:
        times, number = divmod(number, worth)
        printed += letters * times
    return printed


def _kanji(number: int, *, counting: bool) -> str:
    if not counting:
        return "".join(_KANJI[int(digit)] for digit in str(number))
    tens, ones = divmod(number, _TEN)
    return f"{_KANJI[tens] if tens > 1 else ''}{'十' if tens else ''}{_KANJI[ones] if ones else ''}"
