"""A number of a worksheet → the words that its cell prints: dates in 和暦 and western notation, 3件, 50%.

A workbook keeps a day as a count of days, and beside it the format in which the cell prints it. Where a
format cannot be followed, a day is printed as the form prints days (令和6年10月1日), a number in full.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from decimal import ROUND_HALF_UP, Decimal

from openpyxl.styles.numbers import builtin_format_code  # type: ignore[import-untyped]
from openpyxl.utils.datetime import from_excel  # type: ignore[import-untyped]

from ledger.wareki import wareki

_LONG_ERA, _SHORT_ERA = '[$-411]ggge"年"m"月"d"日"', "[$-411]ge.m.d"
# The formats that a workbook names by number only, as Excel in Japanese prints them.
_JAPANESE = {
    14: "yyyy/m/d", 22: "yyyy/m/d h:mm",
    27: _SHORT_ERA, 28: _LONG_ERA, 29: _LONG_ERA, 30: "m/d/yy", 31: 'yyyy"年"m"月"d"日"',
    32: 'h"時"mm"分"', 33: 'h"時"mm"分"ss"秒"', 34: 'yyyy"年"m"月"', 35: 'm"月"d"日"', 36: _SHORT_ERA,
    50: _SHORT_ERA, 51: _LONG_ERA, 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: _LONG_ERA,
    55: 'yyyy"年"m"月"', 56: 'm"月"d"日"', 57: _SHORT_ERA, 58: _LONG_ERA,
}  # fmt: skip
_GENERAL = "General"
_PRECISION = ".15g"  # as many digits as a workbook keeps

_TOKEN = re.compile(
    r'General|"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|(?P<skipped>[_*].)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<date>g+|e+|y+|m+|d+|a{3,4}|h+|s+|am/pm)|(?P<number>[#0?][#0?,]*(?:\.[#0?]*)?)|(?P<literal>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[\d.]+)")
_COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
    "=": operator.eq, "<>": operator.ne,
}  # fmt: skip
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_GANNEN = "gannen"  # a locale that says 元年 for year one
_ERA_YEAR = re.compile(r"(\D{2})(元|\d+)年")
_LETTERS = {"明治": "M", "大正": "T", "昭和": "S", "平成": "H", "令和": "R"}
_WEEKDAYS = "月火水木金土日"
_NOON = 12


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str


_Section = Sequence[_Token]


def code_of(number: int) -> str:
    """The number format that a workbook names by *number* only."""
    return _JAPANESE.get(number) or builtin_format_code(number) or _GENERAL


def printed(value: float, code: str, epoch: datetime) -> str:
    """What a cell with *value* and the number format *code* prints. *epoch* is the workbook's day 0."""
    sections = _sections(code)
    section = _section_for(value, sections)
    if not _is_date(section):
        return _number(value, section, "-" if value < 0 and section is sections[0] else "")
    try:
        moment = from_excel(value, epoch)
    except (ValueError, OverflowError):  # a count of days that no calendar has
        return in_full(value)
    return _moment(datetime.combine(epoch, moment) if isinstance(moment, time) else moment, section)


def in_full(value: float) -> str:
    """A number as a cell without a format prints it: 3, and not 3.0."""
    return str(int(value)) if value == int(value) else format(value, _PRECISION)


def _sections(code: str) -> list[_Section]:
    """The parts of a format: for positive numbers, negative ones, nothing; or each with its condition."""
    sections: list[list[_Token]] = [[]]
    for match in _TOKEN.finditer(code):
        kind = match.lastgroup or _GENERAL
        if kind == "literal" and match[0] == ";":
            sections.append([])
        else:
            sections[-1].append(_Token(kind, match[kind] if match.lastgroup else match[0]))
    return [*sections]


def _section_for(value: float, sections: Sequence[_Section]) -> _Section:
    conditions = [_condition(section) for section in sections]
    if any(conditions):
        held = (s for s, holds in zip(sections, conditions, strict=True) if holds is None or holds(value))
        return next(held, sections[-1])
    place = 1 if value < 0 else 2 if value == 0 else 0
    return sections[place] if place < len(sections) else sections[0]


def _condition(section: _Section) -> Callable[[float], bool] | None:
    """``[>=43586]``: the numbers for which a part of a format is meant."""
    for token in section:
        if token.kind == "bracket" and (match := _CONDITION.fullmatch(token.text)):
            compare, limit = _COMPARISONS[match[1]], float(match[2])
            return lambda value: compare(value, limit)
    return None


def _is_date(section: _Section) -> bool:
    kinds = {token.kind for token in section}
    elapsed = any(token.kind == "bracket" and _ELAPSED.fullmatch(token.text) for token in section)
    return "date" in kinds and not kinds & {"number", _GENERAL} and not elapsed


def _moment(value: datetime, section: _Section) -> str:
    """A day or a time as a date format prints it."""
    words = [
        _part(value, section, place) if token.kind == "date" else token.text
        for place, token in enumerate(section)
        if token.kind not in {"bracket", "skipped"}
    ]
    return wareki(value.date()) if None in words else "".join(filter(None, words)).strip()


def _part(value: datetime, section: _Section, place: int) -> str | None:
    """What one group of letters of a date format prints; None where no format in Japanese has it."""
    letters = section[place].text.lower()
    match letters[0]:
        case "g" | "e":
            return _in_era(value, letters, section)
        case "m" if _means_minutes(section, place):
            return _padded(value.minute, letters)
        case "h":
            twelve = any(token.text.lower() == "am/pm" for token in section)
            return _padded((value.hour % _NOON or _NOON) if twelve else value.hour, letters)
        case "s":
            return _padded(value.second, letters)
        case _:
            return {
                "y": f"{value.year % 100:02}", "yy": f"{value.year % 100:02}",
                "yyy": str(value.year), "yyyy": str(value.year),
                "m": str(value.month), "mm": f"{value.month:02}",
                "d": str(value.day), "dd": f"{value.day:02}",
                "aaa": _WEEKDAYS[value.weekday()], "aaaa": f"{_WEEKDAYS[value.weekday()]}曜日",
                "am/pm": "AM" if value.hour < _NOON else "PM",
            }.get(letters)  # fmt: skip


def _in_era(value: datetime, letters: str, section: _Section) -> str | None:
    """The name of the era, or the year in it; None before 明治."""
    match = _ERA_YEAR.match(wareki(value.date()))
    if match is None:
        return None
    name, year = match.groups()
    if not any(token.kind == "bracket" and _GANNEN in token.text for token in section):
        year = year.replace("元", "1")
    return {"g": _LETTERS[name], "gg": name[:1], "ggg": name, "e": year, "ee": year.zfill(2)}.get(letters)


def _means_minutes(section: _Section, place: int) -> bool:
    """Whether the letters m at *place* follow hours or come before seconds."""
    before = [token.text[:1].lower() for token in section[:place] if token.kind == "date"]
    after = [token.text[:1].lower() for token in section[place + 1 :] if token.kind == "date"]
    return before[-1:] == ["h"] or after[:1] == ["s"]


def _padded(value: int, letters: str) -> str:
    return f"{value:0{len(letters)}}"


def _number(value: float, section: _Section, sign: str) -> str:
    """A number as ``#,##0"件"`` prints it; in full where the format is not of this plain kind."""
    tokens = [token for token in section if token.kind not in {"bracket", "skipped"}]
    patterns = [token.text for token in tokens if token.kind == "number"]
    literal = "".join(token.text for token in tokens if token.kind == "literal")
    plain = all(token.kind in {"number", "literal", "quoted", "escaped"} for token in tokens)
    if not plain or len(patterns) > 1 or re.search(r"[@/]", literal) or "".join(patterns).endswith(","):
        return in_full(value)
    amount = abs(Decimal(repr(value))) * (100 if "%" in literal else 1)
    words = (_figures(amount, token.text) if token.kind == "number" else token.text for token in tokens)
    return (sign if patterns else "") + "".join(words).strip() or in_full(value)


def _figures(amount: Decimal, pattern: str) -> str:
    """The figures of *amount* as ``#,##0.0#`` asks for them."""
    whole, _, decimals = pattern.partition(".")
    rounded = amount.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    digits, _, rest = f"{rounded:f}".partition(".")
    digits = f"{int(digits):,}" if "," in whole else digits
    least = len(decimals) - len(decimals.lstrip("0"))
    rest = rest[:least] + rest[least:].rstrip("0")
    return digits.zfill(whole.count("0")) + (f".{rest}" if rest else "")
