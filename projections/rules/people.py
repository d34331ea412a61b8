"""Items on the number of people: Ⅰ１③ 対象人数, Ⅱ２② of each file, ④ of each recipient.

A file holds no more people than all files of the 事務 together, and nobody is given more people than the
file holds. The bands of the items differ, so only what no number can satisfy is found.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ledger.published import PrintedItem
from projections.findings import Finding, Severity
from projections.printed import PrintedBody, about, in_file, option_of
from projections.rules.bands import Band, band_of

_ALL: Final = "I.1.3"
_FILE: Final = "II.2.2"
_GIVEN: Final = ("II.5.provision[n].4", "II.5.transfer[n].4")


def _band(item: PrintedItem | None) -> Band | None:
    label = option_of(item) if item is not None and not item.doubt else None
    return band_of(label) if label else None


def inconsistencies(body: PrintedBody) -> Iterator[Finding]:
    """More people in a file than in all files, or fewer in the only one; more given than there are."""
    every, files = body.get(_ALL), body.files("II")
    whole = _band(every)
    for file in files:
        held = body.get(_FILE, file)
        band = _band(held)
        if band is None:
            continue
        too_many = whole is not None and band.low >= whole.high
        too_few = whole is not None and files == ("",) and band.high <= whole.low
        if too_many or too_few:
            told = f"{in_file(file)}Ⅱ２②対象となる本人の数が、Ⅰ１③対象人数と合いません"
            yield about("body-inconsistency", Severity.WARNING, (every, held), told)
        given = [
            item
            for key in _GIVEN
            for item in body.every(key)
            if item.path.file == file and (number := _band(item)) is not None and number.low >= band.high
        ]
        if given:
            places = "、".join(item.path.parts[-2] for item in given)
            told = f"{in_file(file)}{places}の④本人の数が、Ⅱ２②対象となる本人の数より多くなっています"
            yield about("body-inconsistency", Severity.WARNING, (held, *given), told)
