"""The 変更日 of rows: can they be read, do they follow each other, do they fit the 公表日."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from enum import Enum
from itertools import pairwise

from ledger import wording
from ledger.wareki import WarekiDate, wareki
from projections.changes import is_ditto
from projections.edges import Touched
from projections.findings import Cause, Finding, Rule, Severity, Subject
from projections.rules.telling import briefly, of_rows, quoted

# --- can it be read -------------------------------------------------------------------------------

_ERA = r"(?:明治|大正|昭和|平成|令和|[MTSHRmtshr明大昭平令]\.?)"
_YEAR = rf"(?:{_ERA}(?:元|\d{{1,2}})|(?<!\d)\d{{4}})"
_DAY = re.compile(
    rf"{_YEAR}[年./\-](?:\d{{1,2}}|[一二三四五六七八九十]{{1,3}})[月./\-](?:\d{{1,2}}|[一二三四五六七八九十]{{1,3}})日?"
)
_MONTH = re.compile(rf"{_YEAR}[年./\-](?P<month>\d{{1,2}})(?:月|(?![\d./\-月]))")
_YEAR_ALONE = re.compile(rf"{_YEAR}(?:年度|年)(?!\s*\d)")
_GLUED = re.compile(r"(?<!\d)(\d{4})(\d{2})(\d{2})(?!\d)")
# Year, month and day stand there, and only the era is not one: OCR reads 今和 for 令和.
_DAMAGED = re.compile(r"\D{0,3}\d{1,2}[年./\-]\d{1,2}[月./\-]\d{1,2}日?")
_MONTHS = range(1, 13)


class Told(Enum):
    """What a 変更日 cell tells."""

    DATE = "a day, a month or a year, or the cell above"
    NOTHING = "nothing"
    IMPOSSIBLE = "a day that the calendar does not have"
    WORDS = "words that are no date"
    DAMAGED = "a date whose era cannot be read"


def told_by(printed: str) -> Told:
    """What a 変更日 cell tells. More than one date, or a remark beside one, is a date all the same."""
    text = "".join(unicodedata.normalize("NFKC", printed).split())
    if wording.is_nothing(text):
        return Told.NOTHING
    if is_ditto(printed) or "同日" in text or WarekiDate.read(printed) is not None or _stated(text):
        return Told.DATE
    if _DAY.search(text) or _MONTH.search(text) or _GLUED.search(text):
        return Told.IMPOSSIBLE
    return Told.DAMAGED if _DAMAGED.fullmatch(text) else Told.WORDS


def _stated(text: str) -> bool:
    """Whether any date that stands in *text* is in the calendar."""
    if any(WarekiDate.read(found[0]) is not None for found in _DAY.finditer(text)):
        return True
    if any(WarekiDate.read("/".join(found.groups())) is not None for found in _GLUED.finditer(text)):
        return True
    if any(int(found["month"]) in _MONTHS for found in _MONTH.finditer(_DAY.sub("", text))):
        return True
    return _YEAR_ALONE.search(text) is not None


_NOT_READ = {
    Told.IMPOSSIBLE: (Severity.ERROR, Cause.DOCUMENT, "変更日が暦にない日付です"),
    Told.WORDS: (Severity.ERROR, Cause.DOCUMENT, "変更日の記載が日付として読めません"),
    Told.DAMAGED: (
        Severity.NOTE,
        Cause.EXTRACTION,
        "変更日の元号が読めません（文字の読み取りの誤りとみられます）",
    ),
}


def invalid_date(subject: Subject) -> Iterator[Finding]:
    """A 変更日 cell with words that are no date, or with a day that the calendar does not have.

    A month without a day, 〃 and 同上 are none; a year that its era did not live to see counts on.
    """
    for told, (severity, cause, message) in _NOT_READ.items():
        rows = [
            t
            for t in subject.lines.touched
            if t.change.day is None and told_by(t.change.printed_date) is told
        ]
        if rows:
            words = "、".join(dict.fromkeys(f"「{briefly(t.change.printed_date)}」" for t in rows))
            evidence = [quoted(t, "変更日", t.change.printed_date) for t in rows]
            yield of_rows(
                "invalid-date", severity, rows, f"{message}（{words}）", evidence=evidence, cause=cause
            )


# --- do they follow each other --------------------------------------------------------------------


def rows_out_of_order(subject: Subject) -> Iterator[Finding]:
    """R-44: rows stand in the order of their days. One finding, with the rows that fell out of it.

    Rows without a day say nothing of the order, nor do days after the 公表日, which are reported as such.
    A table that lists the newest first has an order too.
    """
    published = subject.lines.anchor.published
    dated = [(t, t.change.day) for t in subject.lines.touched if t.change.day and t.change.day <= published]
    days = [day for _, day in dated]
    ahead, back = _out_of([day.toordinal() for day in days]), _out_of([-day.toordinal() for day in days])
    # Two revisions the other way round may just as well be a table that lists the newest first.
    two_ways = _falls(days) == 1 and not back
    out = ahead if two_ways or len(ahead) <= len(back) else back
    if not out:
        return
    rows = [dated[place][0] for place in out]
    told = "変更日が前後の行の順になっていません"
    if two_ways:
        told += "（新しい順に並べた表とも考えられます）"
    evidence = [quoted(touched, "変更日", touched.change.printed_date) for touched in _beside(dated, out)]
    yield of_rows(
        "rows-out-of-order",
        Severity.NOTE if two_ways else Severity.WARNING,
        rows,
        told,
        evidence=evidence,
        cause=Cause.UNDECIDABLE if two_ways else Cause.DOCUMENT,
    )


def _falls(days: Sequence[date]) -> int:
    return sum(1 for one, other in pairwise(days) if other < one)


def _out_of(days: Sequence[int]) -> list[int]:
    """The places of the fewest days without which the others do not fall back.

    Where several choices are as few, the later rows are said to be out of order: they were written later.
    """
    tails: list[int] = []
    lengths: list[int] = []  # of the longest run that ends at each place
    for day in days:
        at = bisect_right(tails, day)
        tails[at : at + 1] = [day]
        lengths.append(at + 1)
    kept: set[int] = set()
    until, latest = len(days), max(days, default=0)
    for wanted in range(len(tails), 0, -1):
        until = next(at for at in range(until) if lengths[at] == wanted and days[at] <= latest)
        latest = days[until]
        kept.add(until)
    return [place for place in range(len(days)) if place not in kept]


def _beside(dated: Sequence[tuple[Touched, date]], out: Sequence[int]) -> list[Touched]:
    """The rows that are out of order, with the dated row before each."""
    places = sorted({near for place in out for near in (place - 1, place) if near >= 0})
    return [dated[place][0] for place in places]


# --- do they fit the 公表日, and each other ---------------------------------------------------------


def row_after_publication(subject: Subject) -> Iterator[Finding]:
    """R-43: a 変更日 later than the 公表日 of the edition. A 事前 row may carry a planned day."""
    published = subject.lines.anchor.published
    late = [t for t in subject.lines.touched if t.change.day is not None and t.change.day > published]
    for planned in (False, True):
        rows = [touched for touched in late if (touched.change.timing == "事前") is planned]
        if rows:
            told = f"変更日が公表日（{wareki(published)}）より後です"
            if planned:
                told += "。事前の提出であり、予定日とみられます"
            evidence = [quoted(t, "変更日", t.change.printed_date) for t in rows]
            severity = Severity.NOTE if planned else Severity.WARNING
            yield of_rows("row-after-publication", severity, rows, told, evidence=evidence)


class Notation(Enum):
    """How a day is written."""

    WAREKI = "令和5年4月3日"
    SHORT = "R5.4.3"
    WESTERN = "2023/4/3"


def notation_of(printed: str) -> Notation:
    """The notation in which a day is written; 和暦 with other signs between its numbers is 和暦."""
    text = unicodedata.normalize("NFKC", printed).strip()
    if text[:1].isdigit():
        return Notation.WESTERN
    return Notation.WAREKI if text[:2] in {"明治", "大正", "昭和", "平成", "令和"} else Notation.SHORT


def mixed_date_notation(subject: Subject) -> Iterator[Finding]:
    """One table writes its days in different notations; the rows are those with the rarer ones."""
    by: dict[Notation, list[Touched]] = {}
    for touched in subject.lines.touched:
        if touched.change.day is not None and not is_ditto(touched.change.printed_date):
            by.setdefault(notation_of(touched.change.printed_date), []).append(touched)
    if len(by) > 1:
        usual = max(by, key=lambda notation: len(by[notation]))
        rows = [t for t in subject.lines.touched if any(t in by[n] for n in by if n is not usual)]
        told = f"変更日の書き方が他の行（例: {by[usual][0].change.printed_date.strip()}）と違います"
        evidence = [quoted(t, "変更日", t.change.printed_date) for t in rows]
        yield of_rows("mixed-date-notation", Severity.NOTE, rows, told, evidence=evidence)


RULES = (
    Rule(
        "invalid-date",
        invalid_date,
        Severity.ERROR,
        "変更箇所の様式 変更日",
        "変更日を確認し、年月日を記載してください",
        any_form=True,
    ),
    Rule(
        "rows-out-of-order",
        rows_out_of_order,
        Severity.WARNING,
        "変更箇所の様式 変更日（行は変更日の順）",
        "変更日と、行を書き加えた順を確認してください",
        any_form=True,
    ),
    Rule(
        "row-after-publication",
        row_after_publication,
        Severity.WARNING,
        "変更箇所の様式 変更日（公表日の時点の記載）",
        "変更日と公表日を確認してください",
        any_form=True,
    ),
    Rule(
        "mixed-date-notation",
        mixed_date_notation,
        Severity.NOTE,
        "変更箇所の様式 変更日",
        "変更日の書き方を一つにそろえると、読み誤りを防げます",
        any_form=True,
    ),
)
