"""表紙: whose assessment it is, of which form, and when it was published."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ledger.form import Form
from ledger.published import Fate, Header, ItemKind, Piece, PrintedItem
from ledger.readers import cells as read
from ledger.readers import markup
from ledger.readers.rows import SourceRow
from ledger.wareki import WarekiDate

_FORMS = {"基礎項目評価書": "様式2", "重点項目評価書": "様式3", "全項目評価書": "様式4"}
_SPACED_TITLE = r"\s*".join("特定個人情報保護評価書")
_TITLE = re.compile(rf"{_SPACED_TITLE}\s*[(（]\s*({'|'.join(_FORMS)})\s*[)）]")
_EDITION = re.compile(r"^\s*[\[［]\s*(.*様式\s*[0-9０-９].*?)\s*[\]］]\s*$")
_LIKE = 0.85


def form_of(text: str) -> str:
    """The form whose title *text* prints (``様式3``); blank where it prints none."""
    title = _TITLE.search(text)
    return _FORMS[title[1]] if title else ""


class Cover:
    """Collects the rows of the cover: labels over their values, or beside them."""

    def __init__(self, form: Form) -> None:
        self._labels = [item for item in form if item.parent == "cover"]
        self._values: dict[str, list[tuple[SourceRow, str]]] = {}
        self._columns: Sequence[str] = ()
        self._pieces: list[Piece] = []

    def add(self, row: SourceRow) -> None:
        """Take one row of the cover."""
        if not row.filled:
            return
        edition = _EDITION.match(markup.plain(row.text))
        labels = [self._label(cell) for cell in row.filled]
        if edition:
            self._values["cover.form_edition"] = [(row, edition[1])]
            self._keep(row, row.text.replace(edition[1], " ", 1), Fate.HEADING)
        elif title := _TITLE.search(row.text):
            self._keep(row, title[0], Fate.HEADING)
            self._keep(row, f"{row.text[: title.start()]} {row.text[title.end() :]}", Fate.UNASSIGNED)
        elif all(labels):
            self._columns = [key for key in labels if key]
            self._keep(row, row.text, Fate.HEADING)
        elif labels[0]:
            self._columns = (labels[0],)
            self._keep(row, row.filled[0], Fate.HEADING)
            self._take(labels[0], row, " ".join(row.filled[1:]))
        elif len(self._columns) == 1:
            self._take(self._columns[0], row, row.text)
        elif len(self._columns) == len(row.filled):
            for key, cell in zip(self._columns, row.filled, strict=True):
                self._take(key, row, cell)
            self._columns = ()
        else:
            self._keep(row, row.text, Fate.UNASSIGNED)

    def _label(self, cell: str) -> str | None:
        text = markup.plain(cell)
        return next((item.key for item in self._labels if read.nearly(text, item.name) >= _LIKE), None)

    def _take(self, key: str, row: SourceRow, cell: str) -> None:
        self._values.setdefault(key, []).append((row, read.tidy(cell)))

    def _keep(self, row: SourceRow, text: str, fate: Fate) -> None:
        if text.strip():
            self._pieces.append(row.piece(text.strip(), fate))

    def settle(self) -> None:
        """Of the lines under 公表日 only one is a date; the others belong to nothing."""
        said = self._values.get("cover.publication_date", [])
        dates = [each for each in said if WarekiDate.read(each[1])]
        if dates:
            for row, words in said:
                if words != dates[0][1]:
                    self._keep(row, words, Fate.UNASSIGNED)
            self._values["cover.publication_date"] = dates[:1]

    def _value(self, key: str) -> str:
        return "\n".join(words for _, words in self._values.get(f"cover.{key}", ()))

    def header(self) -> Header:
        """The cover as a header."""
        return Header(
            number=self._value("number"),
            title=self._value("title"),
            body=self._value("body"),
            publication_date=self._value("publication_date"),
            special_notes=self._value("special_notes"),
            form_edition=self._value("form_edition"),
        )

    @property
    def pieces(self) -> list[Piece]:
        """What became of every piece of the cover."""
        taken = [
            row.piece(words, Fate.ITEM, str(item.at()))
            for item in self._labels
            for row, words in self._values.get(item.key, ())
            if words.strip()
        ]
        return [*self._pieces, *taken]

    def items(self) -> tuple[PrintedItem, ...]:
        """The cover as items, in the order of the form."""
        return tuple(
            PrintedItem(
                item.at(),
                item.key,
                item.kind or ItemKind.TEXT,
                "\n".join(words for _, words in said),
                said[0][0].line,
            )
            for item in self._labels
            if (said := self._values.get(item.key))
        )
