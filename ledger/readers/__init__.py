"""``read(data, name)``: a published document as items, change rows and what found no place.

All readers together take a while to load: they are loaded with the first document. What only asks a ledger
uses no more of this package than how a cell is read.
"""

from __future__ import annotations

from ledger.published import PublishedEdition


def read(data: bytes, name: str) -> PublishedEdition:
    """Read one published document.

    Raises UnreadableSource where *data* is empty, of no kind or no 評価書 that a reader knows, damaged, or
    where the cover does not say whose assessment it is and when it was published.
    """
    from ledger.readers import choosing  # noqa: PLC0415

    return choosing.read(data, name)


def read_workbook(data: bytes, name: str) -> PublishedEdition:
    """Read a workbook that need not be a whole document: without a cover it is taken for a part of 様式3.

    Raises UnreadableSource where it is damaged or no workbook.
    """
    from ledger.readers import choosing  # noqa: PLC0415

    return choosing.read_workbook(data, name)
