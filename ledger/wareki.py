"""WarekiDate: 和暦 in, a day out, the printed words kept."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from ledger.errors import NotAWarekiDate

JAPAN: Final = ZoneInfo("Asia/Tokyo")
"""Where the days of this regime are."""

# Era: last year number's offset to the western calendar, first and last day (None: still running).
_ERAS: dict[str, tuple[int, date, date | None]] = {
    "明治": (1867, date(1868, 1, 25), date(1912, 7, 30)),
    "大正": (1911, date(1912, 7, 30), date(1926, 12, 25)),
    "昭和": (1925, date(1926, 12, 25), date(1989, 1, 7)),
    "平成": (1988, date(1989, 1, 8), date(2019, 4, 30)),
    "令和": (2018, date(2019, 5, 1), None),
}
_LETTERS = {"M": "明治", "T": "大正", "S": "昭和", "H": "平成", "R": "令和"} | {era[0]: era for era in _ERAS}
_KANJI = r"[二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九][〇一二三四五六七八九]?"
_YEAR, _NUMBER = rf"(元|\d{{1,2}}|{_KANJI})", rf"(\d{{1,2}}|{_KANJI})"
_WAREKI = re.compile(rf"(明治|大正|昭和|平成|令和){_YEAR}[年./]{_NUMBER}[月./]{_NUMBER}日?")
_ABBREVIATED = re.compile(
    r"([MTSHR明大昭平令])\.?(元|\d{1,2})[.年/-](\d{1,2})[.月/-](\d{1,2})日?", re.IGNORECASE
)
_REMARK = re.compile(r"\((?:予定|見込み?|[月火水木金土日])\)$")
_WESTERN = re.compile(r"(\d{4})[年/.-](\d{1,2})[月/.-](\d{1,2})日?")
_KANJI_DIGITS = {c: n for n, c in enumerate("〇一二三四五六七八九")}


@dataclass(frozen=True, slots=True, order=True)
class WarekiDate:
    """A day, with the words it was printed in; two spellings of one day are equal."""

    day: date
    printed: str = field(compare=False)
    era_fits: bool = field(compare=False, default=True)

    @classmethod
    def parse(cls, printed: str) -> WarekiDate:
        """Read the one day that *printed* names, in 和暦 or western notation.

        A year that its era did not live to see (平成31年10月1日, as old plans print it) is read
        by counting on, with ``era_fits`` false. Raises NotAWarekiDate for anything else,
        months and days out of range included.
        """
        text = _REMARK.sub("", re.sub(r"\s+", "", unicodedata.normalize("NFKC", printed)))
        if match := _WAREKI.fullmatch(text):
            era, year, month, day = match[1], _number(match[2]), _number(match[3]), _number(match[4])
        elif match := _ABBREVIATED.fullmatch(text):
            era, year = _LETTERS[match[1].upper()], _number(match[2])
            month, day = int(match[3]), int(match[4])
        elif match := _WESTERN.fullmatch(text):
            era, year, month, day = "", int(match[1]), int(match[2]), int(match[3])
        else:
            raise NotAWarekiDate(printed)
        offset, first, last = _ERAS[era] if era else (0, date.min, None)
        try:
            named = date(offset + year, month, day)
        except ValueError:
            raise NotAWarekiDate(printed) from None
        if era and year == 0:
            raise NotAWarekiDate(printed)
        return cls(named, printed, first <= named and (last is None or named <= last))

    @classmethod
    def read(cls, printed: str) -> WarekiDate | None:
        """Like ``parse``, for text that need not be a date: None where it names no day."""
        return _read(printed)

    def __str__(self) -> str:
        return self.day.isoformat()


@lru_cache(maxsize=8192)  # a table prints the same day in many rows
def _read(printed: str) -> WarekiDate | None:
    try:
        return WarekiDate.parse(printed)
    except NotAWarekiDate:
        return None


def wareki(day: date) -> str:
    """Print a day as the form does: 令和6年10月1日 (元年 for year one)."""
    for era, (offset, first, _last) in reversed(_ERAS.items()):
        if day >= first:
            year = day.year - offset
            return f"{era}{'元' if year == 1 else year}年{day.month}月{day.day}日"
    return f"{day.year}年{day.month}月{day.day}日"


def in_japan(time: datetime) -> datetime:
    """A *time* that knows its zone, as clocks in Japan showed it; its day is the day it was there."""
    return time.astimezone(JAPAN)


def years_after(day: date, years: int) -> date:
    """The same day some years later; of 29 February the next day where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def _number(text: str) -> int:
    """元, arabic digits, or kanji digits up to 九十九, as the patterns above let them through."""
    if text == "元":
        return 1
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if not ten:  # by place: 二〇 is 20
        return int("".join(str(_KANJI_DIGITS[digit]) for digit in ones))
    return (_KANJI_DIGITS[tens] if tens else 1) * 10 + (_KANJI_DIGITS[ones] if ones else 0)
