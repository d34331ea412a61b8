"""表紙: whose assessment it is, of which form, and when it was published."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from ledger.form import Form, form_kinds, form_named
from ledger.published import Fate, Header, ItemKind, Piece, PrintedItem
from ledger.readers import cells as read
from ledger.readers import markup
from ledger.readers.rows import SourceRow
from ledger.wareki import WarekiDate

_FORMS = {kind.title: kind.name for kind in form_kinds()}
_SPACED_TITLE = r"\s*".join("特定個人情報保護評価書")
_HALF_TITLE = re.compile(rf"\s*(?:{_SPACED_TITLE}|[(（]\s*(?:{'|'.join(_FORMS)})\s*[)）])\s*")
_TITLE = re.compile(rf"{_SPACED_TITLE}\s*[(（]\s*({'|'.join(_FORMS)})\s*[)）]")
_EDITION = re.compile(r"^\s*[\[［]\s*(.{0,60}様式\s*[0-9０-９].{0,60}?)\s*[\]］]\s*$")
_NUMBER = re.compile(r"[0-9０-９A-Za-zＡ-Ｚａ-ｚ－-]{1,8}")
_LIKE = 0.85
_LONGEST = 60  # rows of a cover
_NEVER_BLANK = ("cover.body",)  # so a label right below it is the next of a list of labels


def form_of(text: str) -> str:
    """The form whose title *text* prints (``様式3``); blank where it prints none."""
    title = _TITLE.search(text)
    return _FORMS[title[1]] if title else ""


def covers_of(rows: Sequence[SourceRow]) -> Iterator[tuple[str, str]]:
    """Form and number of every cover among *rows* that has number, title and 公表日."""
    titles = [at for at, row in enumerate(rows) if _TITLE.search(row.text)]
    for at, following in pairwise([*titles, len(rows)]):
        form = form_of(rows[at].text)
        cover = Cover(form_named(form))
        for row in rows[at : min(following, at + _LONGEST)]:
            cover.add(row)
        header = cover.header()
        if header.number.strip() and header.title.strip() and header.publication_date.strip():
            yield form, header.number


class Cover:
    """Collects the rows of the cover: labels over their values, or beside them."""

    def __init__(self, form: Form) -> None:
        self._labels = [item for item in form if item.parent == "cover"]
        self._names = [
            (item.key, name)
            for item in self._labels
            for name in (item.name, *(alias for alias, _ in item.aliases))
        ]
        self._values: dict[str, list[tuple[SourceRow, str]]] = {}
        self._columns: Sequence[str] = ()
        self._pieces: list[Piece] = []

    def add(self, row: SourceRow) -> None:
        """Take one row of the cover."""
        if not row.filled:
            return
        row = self._in_cells(row)
        edition = _EDITION.match(markup.plain(row.text))
        labels = [self._label(cell) for cell in row.filled]
        if edition:
            (first,) = self._values.setdefault("cover.form_edition", [(row, edition[1])])
            beside = row.text.replace(edition[1], " ", 1) if first[0] is row else row.text
            self._keep(row, beside, Fate.HEADING if first[1] == edition[1] else Fate.UNASSIGNED)
        elif title := _TITLE.search(row.text) or _HALF_TITLE.fullmatch(row.text):
            self._keep(row, title[0], Fate.HEADING)
            self._keep(row, f"{row.text[: title.start()]} {row.text[title.end() :]}", Fate.UNASSIGNED)
        elif all(labels):
            over = self._columns if self._columns == _NEVER_BLANK and not self._value("body") else ()
            self._columns = (*over, *(key for key in labels if key))
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
        elif len(row.filled) == 1 and (key := self._next_for(row.text)):
            self._take(key, row, row.text)
            self._columns = self._columns[list(self._columns).index(key) + 1 :]
        else:
            self._keep(row, row.text, Fate.UNASSIGNED)

    def _in_cells(self, row: SourceRow) -> SourceRow:
        """*row* in the cells that it prints where a text layer has nothing but spaces between them."""
        words = row.text.split()
        if len(row.filled) > 1 or len(words) < 2 or self._label(row.text):  # noqa: PLR2004  (two at least)
            return row
        if all(self._label(word) for word in words):
            return replace(row, cells=tuple(words))
        numbered = tuple(self._columns) == ("cover.number", "cover.title") and _NUMBER.fullmatch(words[0])
        if self._label(words[0]) or (numbered and re.search(r"\d", words[0])):
            return replace(row, cells=tuple(row.text.split(maxsplit=1)))
        return row

    def _next_for(self, text: str) -> str:
        """The first of several labels that can have *text*, where their values come one by one."""
        day = WarekiDate.read(text) is not None
        for key in self._columns:
            number = key != "cover.number" or _NUMBER.fullmatch(text.strip())
            if number and day == (key == "cover.publication_date"):
                return key
        return ""

    def _label(self, cell: str) -> str | None:
        text = markup.plain(cell)
        return next((key for key, name in self._names if read.nearly(text, name) >= _LIKE), None)

    def _take(self, key: str, row: SourceRow, cell: str) -> None:
        self._values.setdefault(key, []).append((row, read.tidy(cell)))

    def _keep(self, row: SourceRow, text: str, fate: Fate) -> None:
        if text.strip():
            self._pieces.append(row.piece(text.strip(), fate))

    def settle(self) -> None:
        """Of the lines under 公表日 only one is a date; the others belong to nothing.

        Where they name several days, all of those stay: nobody can say which is meant.
        """
        said = self._values.get("cover.publication_date", [])
        firsts: dict[WarekiDate, tuple[SourceRow, str]] = {}
        for each in said:
            if (day := WarekiDate.read(each[1])) is not None:
                firsts.setdefault(day, each)
        if firsts:
            kept = list(firsts.values())
            for each in said:
                if not any(each is one for one in kept):
                    self._keep(*each, Fate.UNASSIGNED)
            self._values["cover.publication_date"] = kept

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
