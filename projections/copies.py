"""A copy found later: of which history of the ledger it was made, and whether that history still stands.

Size and root, which every copy carries, prove the history and not the words beside them: those anybody can
change. An audit trail says all that it was made of, so it is written once more and compared, event by event.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from itertools import groupby
from typing import Final
from xml.etree import ElementTree as ET
from zipfile import ZipFile

from ledger.errors import LedgerError, UnreadableSource
from ledger.proving import History
from ledger.readers.kinds import Kind, kind_of
from projections.application import Kaitei
from projections.audit_trail import COLUMNS
from projections.disclosure import withheld
from projections.exports import as_csv, as_jsonl, html_page
from projections.exports.trail import TrailFormat, exported
from projections.origin import Origin

_HEAD: Final = 20_000  # characters of a page among which its metas stand
_PROPERTIES: Final = "docProps/custom.xml"
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_PAGE_PARTS: Final = re.compile(r'(?=<tr id="e\d+">)|(?=</tbody>)')
_EVENT_OF_PAGE: Final = re.compile(r'<tr id="(e\d+)">')
_EVENT: Final = re.compile(r"e\d+")
_NAME: Final = tuple(COLUMNS).index("event_id")
# What standard output shows of control characters, a file has as they are.
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Copy:
    """A file that was taken away from a ledger, and what it says of where it is from."""

    file: str
    form: TrailFormat
    data: bytes
    origin: Origin


@dataclass(frozen=True, slots=True)
class Difference:
    """What a copy says otherwise than the ledger, of one event; ``event_id`` is blank of what is no event."""

    event_id: str
    what: str


@dataclass(frozen=True, slots=True)
class CopyVerdict:
    """What came of comparing a copy with the ledger.

    ``broken`` says why the ledger does not have the history of the copy any more, and is blank where it has.
    ``compared`` counts the events whose words were compared, None where none could be. ``recorded_at`` is the
    time of the last event of that history. ``withheld`` are the events (by id) that differ because words in
    them were withheld since: what the copy says there can no longer be compared.
    """

    copy: Copy
    broken: str
    recorded_at: str = ""
    compared: int | None = None
    differences: tuple[Difference, ...] = ()
    withheld: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether the history stands, and what was compared is the same."""
        return not self.broken and not self.differences


def read_copy(data: bytes, file: str) -> Copy:
    """What kind of copy *data* is, and of which history. Raises UnreadableSource where it does not say."""
    form = TrailFormat.XLSX if _is_workbook(data, file) else _form_of(_text(data, file))
    named = _NAMED[form](data, file)
    origin = Origin.read(named)
    if origin is None:
        raise _refused(file)
    return Copy(file, form, data, origin)


def compared(kaitei: Kaitei, history: History, copy: Copy) -> CopyVerdict:
    """Whether the ledger, with its *history*, still has that of *copy*; of an audit trail also the words."""
    origin = copy.origin
    if not 0 < origin.size <= history.tree.size:
        return CopyVerdict(copy, f"台帳の記録は{history.tree.size}件で、写しの{origin.size}件に足りません")
    if history.tree.root(origin.size).hex() != origin.root:
        return CopyVerdict(copy, f"写しにある根が、台帳の e1 から e{origin.size} までの根と合いません")
    at = history.time_of(origin.size)
    if origin.view != "export":
        return CopyVerdict(copy, "", at)
    try:
        stored = kaitei.stored_by(kaitei.find(origin.ref), origin)
        again = exported(copy.form, stored, replace(origin, recorded_at=at))
    except LedgerError as error:
        return CopyVerdict(copy, "", at, 0, (Difference("", f"{error.where}: {error.what}"),))
    ours = again if isinstance(again, bytes) else again.encode()
    told = list(_differences(_parts(copy.form, copy.data, copy.file), _parts(copy.form, ours, copy.file)))
    erased = {event["event_id"] for event in stored if withheld(event)}
    touched = tuple(each.event_id for each in told if each.event_id in erased)
    differences = tuple(each for each in told if each.event_id not in erased)
    return CopyVerdict(copy, "", at, len(stored) - len(touched), differences, touched)


def _differences(theirs: list[tuple[str, str]], ours: list[tuple[str, str]]) -> Iterator[Difference]:
    """What *theirs* says otherwise than *ours*; both are pieces under the names of their events."""
    expected, seen = dict(ours), set[str]()
    for name, words in theirs:
        if name not in expected:
            yield Difference(name, "台帳の監査証跡にない記録です")
        elif name in seen:
            yield Difference(name, "写しに二度あります")
        elif words != expected[name]:
            what = "写しの記載が、いま書き出すものと違います"
            yield Difference(
                name, what if name else "見出しなど、記録のほかの記載が、いま書き出すものと違います"
            )
        seen.add(name)
    yield from (Difference(name, "写しにありません") for name in expected if name not in seen)


# --- what a copy is ---------------------------------------------------------------------------------


def _is_workbook(data: bytes, file: str) -> bool:
    return data.startswith(b"PK") and kind_of(data, file) is Kind.WORKBOOK


def _form_of(text: str) -> TrailFormat:
    head = text.lstrip()[:20].lower()
    if head.startswith("<"):
        return TrailFormat.HTML
    return TrailFormat.JSONL if head.startswith("{") else TrailFormat.CSV


def _text(data: bytes, file: str) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _refused(file) from None
    return _CONTROLS.sub("\ufffd", text.replace("\r\n", "\n"))


def _refused(file: str) -> UnreadableSource:
    return UnreadableSource(
        "台帳の記録数と根を持つ写しではありません",
        where=file,
        remedy="export か -f xlsx、-f html の出力を指定してください（控えは --checkpoint で比べます）",
    )


# --- where it says of which history it is -----------------------------------------------------------


def _named_in_workbook(data: bytes, _file: str) -> dict[str, str]:
    """KaiteiLedgerSize is ledger-size. The package has been checked by ``kind_of``."""
    with ZipFile(io.BytesIO(data)) as archive:
        if _PROPERTIES not in archive.namelist():
            return {}
        properties = ET.fromstring(archive.read(_PROPERTIES))  # noqa: S314  (checked: no entities)
    names = ((one.get("name", ""), "".join(one.itertext()).strip()) for one in properties)
    return {
        _CAMEL.sub("-", name.removeprefix("Kaitei")).lower(): told
        for name, told in names
        if name.startswith("Kaitei")
    }


class _Metas(HTMLParser):
    """The names and contents of the metas of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        name, content = told.get("name"), told.get("content")
        if tag == "meta" and name and content and name.startswith(html_page.META):
            self.found.setdefault(name.removeprefix(html_page.META), content)


def _named_in_page(data: bytes, file: str) -> dict[str, str]:
    metas = _Metas()
    metas.feed(_text(data, file)[:_HEAD].partition("<body")[0])
    return metas.found


def _named_in_lines(data: bytes, file: str) -> dict[str, str]:
    try:
        head = json.loads(_text(data, file).partition("\n")[0])
    except (ValueError, RecursionError):
        return {}
    if not isinstance(head, dict) or head.get("kind") != as_jsonl.CHECKPOINT:
        return {}
    return {"ledger-size": str(head.get("size", "")), "ledger-root": str(head.get("root", ""))} | {
        name: str(head.get(name.replace("-", "_"), "")) for name in ("view", "ref", "recorded-at")
    }


def _named_in_table(data: bytes, file: str) -> dict[str, str]:
    rows = _rows_of_csv(data, file)
    if len(rows) < 2 or len(rows[0]) != len(rows[1]):  # noqa: PLR2004  (headings and one event)
        return {}
    told = dict(zip(rows[0], rows[1], strict=True))
    facts = {name: told.get(heading, "") for name, heading in as_csv.ORIGIN.items()}
    return {**facts, "view": "export"}


_NAMED: Final[dict[TrailFormat, Callable[[bytes, str], dict[str, str]]]] = {
    TrailFormat.XLSX: _named_in_workbook,
    TrailFormat.HTML: _named_in_page,
    TrailFormat.JSONL: _named_in_lines,
    TrailFormat.CSV: _named_in_table,
}


# --- what it says of each event ---------------------------------------------------------------------


def _parts(form: TrailFormat, data: bytes, file: str) -> list[tuple[str, str]]:
    """The words of an audit trail under the names of its events; the rest as one piece without a name."""
    found = list(_PARTS[form](data, file))
    rest = "\n".join(words for name, words in found if not name)
    return [("", rest), *((name, words) for name, words in found if name)]


def _parts_of_lines(data: bytes, file: str) -> Iterator[tuple[str, str]]:
    for line in _text(data, file).rstrip("\n").split("\n"):
        try:
            event = json.loads(line)
        except (ValueError, RecursionError):
            yield "", line
            continue
        name = event.get("event_id") if isinstance(event, dict) else None
        yield name if isinstance(name, str) else "", json.dumps(event, sort_keys=True)


def _parts_of_page(data: bytes, file: str) -> Iterator[tuple[str, str]]:
    for part in _PAGE_PARTS.split(_text(data, file).rstrip("\n")):
        name = _EVENT_OF_PAGE.match(part)
        yield name[1] if name else "", part.rstrip("\n")


def _parts_of_table(data: bytes, file: str) -> Iterator[tuple[str, str]]:
    yield from map(_row, _rows_of_csv(data, file))


def _parts_of_workbook(data: bytes, file: str) -> Iterator[tuple[str, str]]:
    from ledger.readers.workbook.sheets import sheets_of  # noqa: PLC0415  (loads the library of workbooks)

    for sheet in sheets_of(data, file):
        for _, areas in groupby(sheet.areas, key=lambda area: area.top):
            cells = {area.left: area.text for area in areas}
            yield _row([cells.get(column, "") for column in range(1, max(cells) + 1)])


_PARTS: Final[dict[TrailFormat, Callable[[bytes, str], Iterator[tuple[str, str]]]]] = {
    TrailFormat.XLSX: _parts_of_workbook,
    TrailFormat.HTML: _parts_of_page,
    TrailFormat.JSONL: _parts_of_lines,
    TrailFormat.CSV: _parts_of_table,
}


def _rows_of_csv(data: bytes, file: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(_text(data, file), newline="")))
    except csv.Error:
        raise _refused(file) from None


def _row(cells: list[str]) -> tuple[str, str]:
    """A row of a table under the name of its event."""
    name = cells[_NAME] if len(cells) > _NAME else ""
    return name if _EVENT.fullmatch(name) else "", json.dumps(cells)
