"""What a page says of one item of a document: its words, and what is to be known about them."""

from __future__ import annotations

from projections import value_text
from projections.captions import BLANK, UNSURE
from projections.documents import Document, StatedItem
from projections.readings import Reading


def when(shown: Document) -> str:
    """Which state of the document is shown."""
    return f"{shown.day.isoformat()} の記載（{shown.basis}による）" if shown.day else "最新の記載"


def told(item: StatedItem) -> str | None:
    """The words of an item; None where nothing is known of them, blank where it is blank."""
    return None if item.reading.value is None else value_text.as_text(item.reading.value)


def remarks(reading: Reading) -> list[str]:
    """Why what is read of an item is not certain, and what else it may say; nothing where it is certain."""
    unsure = UNSURE.get(reading.certainty)
    if unsure is None:
        return []
    rivals = (
        f"候補{n}: {value_text.as_text(each) or BLANK}" for n, each in enumerate(reading.rivals, start=1)
    )
    return [f"［{unsure}］{reading.reason}", *rivals]
