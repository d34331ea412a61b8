"""しきい値判断 (Ⅰ１③ against Ⅴ１②: R-04, R-05), and the time of the assessment (Ⅴ１①: R-17).

The form has no total of 取扱者数, so between 1万人 and 10万人 the result cannot be told from the number of
people alone; 使用者数 or the 取扱者数 of one contractor is a lower bound of that total.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ledger.published import PrintedItem
from ledger.wareki import WarekiDate, years_after
from projections.findings import Cause, Finding, Rule, Severity, Subject
from projections.printed import PrintedBody, about, body_of, is_foreign, option_of
from projections.rules.bands import Band, band_of

_PEOPLE: Final = "I.1.3"
_RESULT: Final = "V.1.2"
_HANDLERS: Final = ("II.3.4.users", "II.4.entrustment[n].2")
_DONE: Final = "V.1.1"
_BEYOND: Final = 300_000
_TEN_THOUSAND: Final = 10_000
_HUNDRED_THOUSAND: Final = 100_000
_MANY_HANDLERS: Final = 500
_YEARS: Final = 5

_FOCUSED: Final = "基礎項目評価及び重点項目評価の実施が義務付けられる"
_BASIC: Final = "基礎項目評価の実施が義務付けられる（任意に重点項目評価を実施）"
_NONE: Final = "特定個人情報保護評価の実施が義務付けられない（任意に重点項目評価を実施）"
_FITTING: Final = {  # the results that go with a number of people
    Band(0, 1_000): {_NONE},
    Band(1_000, 10_000): {_BASIC, _NONE},
    Band(10_000, 100_000): {_FOCUSED, _BASIC},
    Band(100_000, 300_000): {_FOCUSED},
}


def beyond_the_form(item: PrintedItem) -> bool:
    """Whether a 対象人数 is one for which 様式3 does not exist (R-05: 30万人以上)."""
    band = band_of(str(item.value)) if item.key == _PEOPLE and is_foreign(item) else None
    return band is not None and band.low >= _BEYOND


def threshold_mismatch(subject: Subject) -> Iterator[Finding]:
    """R-04, R-05: しきい値判断結果 is one that goes with 対象人数, and with the handlers that are told."""
    body = body_of(subject.edition)
    people, result = body.get(_PEOPLE), body.get(_RESULT)
    if people is None:
        return
    if beyond_the_form(people):
        told = f"Ⅰ１③対象人数の「{people.value}」は様式3の選択肢になく、全項目評価の対象となる人数です"
        yield about("threshold-mismatch", Severity.WARNING, (people, result), told)
        return
    chosen = option_of(result) if result is not None and not result.doubt else None
    label = option_of(people) if not people.doubt else None
    band = band_of(label) if label else None
    if chosen is None or band is None:
        return
    if chosen not in _FITTING.get(band, {chosen}):
        told = f"Ⅴ１②しきい値判断結果の「{chosen}」は、Ⅰ１③対象人数の「{label}」と合いません"
        yield about("threshold-mismatch", Severity.WARNING, (people, result), told)
    elif band.low >= _TEN_THOUSAND and (many := _many_handlers(body)):
        full = band.low >= _HUNDRED_THOUSAND
        if full or chosen == _BASIC:
            heavier = "全項目評価" if full else "重点項目評価"
            told = f"対象人数が{label}で取扱者が500人以上のときは、{heavier}が義務付けられる場合に当たります"
            yield about("threshold-mismatch", Severity.WARNING, (people, result, *many), told)


def _many_handlers(body: PrintedBody) -> tuple[PrintedItem, ...]:
    """The items that by themselves tell of 500 people or more who handle a file."""
    found = []
    for key in _HANDLERS:
        for item in body.every(key):
            label = option_of(item) if not item.doubt else None
            band = band_of(label) if label else None
            if band is not None and band.low >= _MANY_HANDLERS:
                found.append(item)
    return tuple(found)


def stale_assessment(subject: Subject) -> Iterator[Finding]:
    """R-17, R-47: five years have passed from Ⅴ１①実施日 to 公表日. To assess again is a duty of effort."""
    done = body_of(subject.edition).get(_DONE)
    published = WarekiDate.read(subject.edition.header.publication_date)
    day = WarekiDate.read(str(done.value)) if done is not None else None
    if done is None or day is None or published is None or years_after(day.day, _YEARS) >= published.day:
        return
    cause = Cause.EXTRACTION if done.doubt else Cause.DOCUMENT
    told = f"Ⅴ１①実施日の{done.value}から公表日の{published.printed}までに、5年が過ぎています"
    yield about("stale-assessment", Severity.NOTE, (done,), told, cause)


RULES = (
    Rule(
        "threshold-mismatch",
        threshold_mismatch,
        Severity.WARNING,
        "特定個人情報保護評価指針 第５の２（しきい値判断）",
        "対象人数、取扱者数と、しきい値判断結果を確認してください",
    ),
    Rule(
        "stale-assessment",
        stale_assessment,
        Severity.NOTE,
        "特定個人情報保護評価に関する規則 第15条（5年を経過する前の再実施の努力義務）",
        "再実施の時期を確認してください",
    ),
)
