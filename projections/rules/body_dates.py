"""Days of the body in an order that cannot be."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import Final

from ledger.published import PrintedItem
from ledger.readers.text_layer import APART
from ledger.wareki import WarekiDate
from projections.findings import Finding, Rule, Severity, Subject
from projections.printed import about, body_of, in_file

_BEFORE_PUBLICATION: Final = ("V.1.1", "V.2.2", "V.3.1")
_HELD: Final = "II.2.5"
_USED: Final = "II.3.6"
_PLANNED = re.compile("予定|見込")
_DAY = re.compile(
    r"(?:明治|大正|昭和|平成|令和)(?:元|\d{1,2})年\d{1,2}月\d{1,2}日|\d{4}[年/.-]\d{1,2}[月/.-]\d{1,2}日?"
)


def _first_day(item: PrintedItem | None) -> date | None:
    """The whole day with which an item begins; None where it does not, or the day is only planned."""
    if item is None or not isinstance(item.value, str) or _PLANNED.search(item.value):
        return None
    text = unicodedata.normalize("NFKC", "".join(item.value.split()))
    found = _DAY.match(text)
    read = WarekiDate.read(found[0]) if found else None
    return read.day if read else None


def date_order(subject: Subject) -> Iterator[Finding]:
    """基礎項目評価, 意見聴取 or 第三者点検 after 公表日; 使用開始日 before 保有開始日.

    Where the order of the source was lost, a day of Ⅴ may be that of another item of Ⅴ: none of them may lie
    after 公表日. R-49: of several days none is compared.
    """
    body, header = body_of(subject.edition), subject.edition.header
    published = WarekiDate.read(header.publication_date)
    late = [
        item
        for item in body.all(*_BEFORE_PUBLICATION)
        if item.doubt in {"", APART}
        and published is not None
        and (day := _first_day(item)) is not None
        and day > published.day
    ]
    if late and published is not None:
        told = "、".join(f"Ⅴ{_place(item)}の{' '.join(str(item.value).split())}" for item in late)
        message = f"{told}は、公表日の{published.printed}より後です"
        yield about("date-order", Severity.WARNING, (*late, *body.all("cover.publication_date")), message)
    for file in body.files("II"):
        held, used = body.get(_HELD, file), body.get(_USED, file)
        if held is None or used is None or held.doubt or used.doubt:
            continue
        first, then = WarekiDate.read(str(held.value)), WarekiDate.read(str(used.value))
        if first is not None and then is not None and then.day < first.day:
            told = f"{in_file(file)}Ⅱ３⑥使用開始日の{used.value}が、Ⅱ２⑤保有開始日の{held.value}より前です"
            yield about("date-order", Severity.WARNING, (held, used), told)


def _place(item: PrintedItem) -> str:
    """The number and label of an item of Ⅴ: １①実施日."""
    return f"{item.path.parts[1].translate(_WIDE)}{item.path.label}"


_WIDE = str.maketrans("123456789", "１２３４５６７８９")

RULES = (
    Rule(
        "date-order",
        date_order,
        Severity.WARNING,
        "様式3 Ⅱ２⑤・Ⅱ３⑥・Ⅴ（日付の前後）",
        "日付を確認してください",
    ),
)
