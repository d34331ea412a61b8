"""Copies carry size and root of the ledger, and can be compared with it when somebody finds them later."""

from __future__ import annotations

import json
import random
import re
import sqlite3
from contextlib import closing
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped]

from ledger.errors import LedgerError
from projections.application import Kaitei as Ledger
from projections.audit_trail import COLUMNS, audit_trail
from projections.copies import CopyVerdict, compared, read_copy
from projections.exports.as_csv import ORIGIN
from projections.exports.trail import TrailFormat, exported
from projections.exports.workbook_cells import property_name
from projections.origin import Origin
from tests.command_line import KASUMINO, MINATOGAWA, Kaitei, one_line, recorded, stored
from tests.test_exports import Page, of_csv
from tests.test_proofs import kept, rewritten, tamper

pytest_plugins = ["tests.command_line_fixtures"]

URL = "sqlite:///kaitei.db"
DAYS = ("2025-11-03", "2025-11-04")
TAKEN_AWAY = {
    "export.jsonl": ("export", "7"),
    "export.csv": ("export", "7", "-f", "csv"),
    "export.html": ("export", "7", "-f", "html"),
    "export.xlsx": ("export", "7", "-f", "xlsx"),
    "changes.html": ("changes", "7", "-f", "html"),
    "changes.xlsx": ("changes", "7", "-f", "xlsx"),
    "show.html": ("show", "7", "-f", "html"),
    "show.xlsx": ("show", "7", "-f", "xlsx"),
}
TRAILS = [name for name in TAKEN_AWAY if name.startswith("export")]


def taken(kaitei: Kaitei, folder: Path, name: str) -> bytes:
    """The copy of that name, written into a file and read."""
    said = kaitei(*TAKEN_AWAY[name], "--out", name)
    assert (said.status, said.err) == (0, "")
    return (folder / name).read_bytes()


def found(name: str, data: bytes) -> CopyVerdict:
    """What came of comparing *data* with the ledger here."""
    with Ledger(URL) as kaitei:
        return compared(kaitei, kaitei.history(), read_copy(data, name))


def review(kaitei: Kaitei, why: str = "違いはなかった") -> None:
    """One more record, of 霞野市長/7."""
    said = kaitei("review", "7", "--on", "2026-04-01", "--why", why, "--by", "佐藤")
    assert said.status == 0


# --- what a copy carries ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", TAKEN_AWAY)
def test_a_copy_carries_size_and_root_of_the_ledger(ledger: Kaitei, folder: Path, name: str) -> None:
    now = kept(ledger)
    data = taken(ledger, folder, name)
    origin = read_copy(data, name).origin
    assert (origin.size, origin.root, origin.ref) == (52, now["root"], "霞野市長/7")
    assert origin.view == name.partition(".")[0]
    assert origin.recorded_at in {now["time"], ""}
    assert (origin.recorded_at == "") == (name == "export.csv")
    review(ledger)
    assert kept(ledger, "later.json")["root"] != now["root"]


def test_pages_on_standard_output_carry_it_too(ledger: Kaitei) -> None:
    root = kept(ledger)["root"]
    compared_days = ledger("diff", "7", *DAYS, "-f", "html").out
    both = ledger("validate", KASUMINO, MINATOGAWA, "-f", "html").out
    for page, view, ref in ((compared_days, "diff", "霞野市長/7"), (both, "validate", "")):
        origin = read_copy(page.encode(), view).origin
        assert (origin.view, origin.ref, origin.size, origin.root) == (view, ref, 52, root)
        assert (
            f'<footer><p class="note">台帳の記録 52件（最後の記録 {origin.recorded_at}）・根 {root}</p>'
            in page
        )


def test_a_page_without_a_ledger_carries_nothing(kaitei: Kaitei) -> None:
    page = kaitei("validate", KASUMINO, "-f", "html").out
    assert "点検結果" in page
    assert "kaitei:" not in page
    assert "<footer>" not in page


@pytest.mark.parametrize("name", TAKEN_AWAY)
def test_the_same_ledger_gives_the_same_bytes(ledger: Kaitei, folder: Path, name: str) -> None:
    data = taken(ledger, folder, name)
    (folder / name).unlink()
    assert taken(ledger, folder, name) == data


def test_the_rows_of_a_workbook_of_its_own_office_are_added_without_it(ledger: Kaitei, folder: Path) -> None:
    """Every other part of that workbook stays byte for byte, so its properties do."""
    taken(ledger, folder, "changes.xlsx")
    recorded(ledger)
    added = ("changes", "7", "-f", "xlsx", "--into", "changes.xlsx", "--out", "grown.xlsx")
    assert ledger(*added).status == 0
    before, after = (ZipFile(folder / name) for name in ("changes.xlsx", "grown.xlsx"))
    assert before.namelist() == after.namelist()
    assert before.read("docProps/custom.xml") == after.read("docProps/custom.xml")


def test_what_is_recorded_while_a_copy_is_made_is_not_in_it(ledger: Kaitei) -> None:
    """A copy holds what its size says, though somebody records between the two looks at the ledger."""
    with Ledger(URL) as kaitei:
        identity = kaitei.find("7")
        origin = kaitei.origin("export", identity)
        recorded(ledger)
        rows, known = kaitei.stored_by(identity, origin), kaitei.assessment(identity, origin=origin)
        assert (len(rows), len(kaitei.stored(identity))) == (30, 31)
        assert (len(known.changes), len(kaitei.assessment(identity).changes)) == (28, 29)
        assert found("export.jsonl", str(exported(TrailFormat.JSONL, rows, origin)).encode()).holds


# --- the audit trail for people ---------------------------------------------------------------------


def test_the_workbook_says_what_the_csv_says(ledger: Kaitei, folder: Path) -> None:
    recorded(ledger, after="=1+1")
    cells = [
        [cell.removeprefix("'") for cell in row[: len(COLUMNS)]]
        for row in of_csv(taken(ledger, folder, "export.csv").decode("utf-8-sig"))
    ]
    sheet = load_workbook(BytesIO(taken(ledger, folder, "export.xlsx")))["監査証跡"]
    assert [[cell.value or "" for cell in row] for row in sheet] == cells
    assert cells[-1][tuple(COLUMNS).index("after")] == "=1+1"
    assert {cell.data_type for row in sheet for cell in row if cell.value} == {"s"}
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("C2", "$1:$1")
    assert all(cell.alignment.wrap_text for row in sheet for cell in row)


def test_the_page_says_every_field_of_every_event(ledger: Kaitei, folder: Path) -> None:
    recorded(ledger, after="<b>窓口課</b>\n&amp;")
    page = taken(ledger, folder, "export.html").decode()
    shown = Page.of(page)
    with Ledger(URL) as kaitei:
        trail = audit_trail(kaitei.stored(kaitei.find("7")))
    assert len(shown.rows) == len(trail) + 1
    for row, cells in zip(trail, shown.rows[1:], strict=True):
        words = "".join(cells)
        assert all(cell in words for cell in row.cells)
    assert "script" not in shown.elements
    assert "default-src 'none'" in page


# --- a copy found later -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", TAKEN_AWAY)
def test_a_copy_holds_though_more_was_recorded(ledger: Kaitei, folder: Path, name: str) -> None:
    taken(ledger, folder, name)
    time = kept(ledger)["time"]
    review(ledger)
    said = ledger("verify", "--copy", name)
    assert (said.status, said.err) == (0, "")
    head, first, more = said.out.splitlines()
    assert head.startswith("記録53件を確かめました: 異常はありません")
    assert first == (
        f"{name}: 台帳の記録 e1 から e52 まで（最後の記録 {time}）による霞野市長/7 の写しで、"
        "そこまでの記録はその後書き換えられていません"
    )
    if name in TRAILS:
        assert more == "  監査証跡の記録30件は、台帳から書き出すものと同じです"
    else:
        view = name.partition(".")[0]
        assert more == (
            f"  写しの記載は比べていません（kaitei {view} の同じ指定に --known-at {time} を加えて書き出し、"
            "見比べてください）"
        )


@pytest.mark.parametrize("name", TRAILS)
def test_a_trail_from_a_pipe_holds_too(ledger: Kaitei, folder: Path, name: str) -> None:
    if name.endswith("xlsx"):
        book = load_workbook(BytesIO(taken(ledger, folder, name)))
        book.save(folder / "again.xlsx")  # as another program saves it: other bytes, the same cells
        data = (folder / "again.xlsx").read_bytes()
        assert data != (folder / name).read_bytes()
    else:
        review(ledger, "鐘\x07が\x85鳴る\r\u2028次の行")
        data = ledger(*TAKEN_AWAY[name]).out.replace("\n", "\r\n").encode()
    verdict = found(name, data)
    assert (verdict.holds, verdict.differences) == (True, ())
    assert verdict.compared == (30 if name.endswith("xlsx") else 31)


def test_the_table_of_then_is_written_again_by_what_was_known_then(ledger: Kaitei, folder: Path) -> None:
    before = taken(ledger, folder, "changes.html").decode()
    time = kept(ledger)["time"]
    recorded(ledger)
    now, then = (ledger("changes", "7", "-f", "html", *more).out for more in ((), ("--known-at", time)))
    assert Page.of(now).rows != Page.of(before).rows
    assert Page.of(then).rows == Page.of(before).rows


def changed(name: str, data: bytes, old: str, new: str) -> bytes:
    """The copy with one text replaced everywhere."""
    if not name.endswith("xlsx"):
        assert old.encode() in data
        return data.replace(old.encode(), new.encode())
    book, out = load_workbook(BytesIO(data)), BytesIO()
    for cell in (cell for row in book.active for cell in row if cell.value):
        cell.value = cell.value.replace(old, new)
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("name", TRAILS)
def test_a_changed_word_of_a_trail_is_named(ledger: Kaitei, folder: Path, name: str) -> None:
    data = changed(name, taken(ledger, folder, name), "口座振替の登録及び", "口座振替の取消及び")
    (folder / "changed").write_bytes(data)
    said = ledger("verify", "--copy", "changed")
    assert said.status == 1
    assert "  e20: 写しの記載が、いま書き出すものと違います\n" in said.out
    assert "同じです" not in said.out
    told = ledger("verify", "--copy", "changed", "--json")
    assert (told.status, told.json["ok"], told.json["breaks"]) == (1, False, [])
    (copy,) = told.json["copies"]
    assert (copy["file"], copy["view"], copy["ref"], copy["size"]) == ("changed", "export", "霞野市長/7", 52)
    assert (copy["holds"], copy["broken"], copy["compared"]) == (False, None, 30)
    assert {"event_id": "e20", "what": "写しの記載が、いま書き出すものと違います"} in copy["differences"]


def test_what_is_left_out_put_in_or_there_twice_is_named(ledger: Kaitei, folder: Path) -> None:
    head, *lines = taken(ledger, folder, "export.jsonl").decode().splitlines(keepends=True)
    foreign = json.dumps(json.loads(lines[4]) | {"event_id": "e40"}) + "\n"
    copy = "".join([head, *lines[:9], *lines[10:], lines[4], foreign, "何か\n"])
    verdict = found("copy", copy.encode())
    assert not verdict.holds
    assert [(each.event_id, each.what) for each in verdict.differences] == [
        ("", "見出しなど、記録のほかの記載が、いま書き出すものと違います"),
        ("e5", "写しに二度あります"),
        ("e40", "台帳の監査証跡にない記録です"),
        ("e10", "写しにありません"),
    ]


@pytest.mark.parametrize("name", [name for name in TRAILS if not name.endswith("xlsx")])
def test_any_changed_letter_of_any_event_is_found(ledger: Kaitei, folder: Path, name: str) -> None:
    text = taken(ledger, folder, name).decode("utf-8-sig")
    begins = text.index("<tbody>" if name.endswith("html") else "\n")
    dice = random.Random(6962)  # noqa: S311
    places = [at for at in range(begins, len(text)) if text[at].isalnum()]
    with Ledger(URL) as kaitei:
        history = kaitei.history()
        for at in dice.sample(places, 60):
            other = dice.choice([letter for letter in "0aあ" if letter != text[at]])
            copy = text[:at] + other + text[at + 1 :]
            try:
                held = compared(kaitei, history, read_copy(copy.encode(), name)).holds
            except LedgerError:
                continue
            assert not held, (at, text[at - 20 : at + 20], other)


# --- a ledger that is not what it was ---------------------------------------------------------------

NOT_OURS = "  台帳が書き換えられたか、写しが別の台帳のものか、写しの記録数か根が書き換えられています\n"


@pytest.mark.parametrize("name", TAKEN_AWAY)
def test_a_copy_shows_a_history_that_was_written_anew(ledger: Kaitei, folder: Path, name: str) -> None:
    taken(ledger, folder, name)
    change = (
        "UPDATE kaitei_contents SET packed = reworded(packed, '納入通知書', '納付書') WHERE sequence = 20"
    )
    rewritten(folder / "kaitei.db", change)
    assert ledger("verify").status == 1  # the read models still say what was said
    assert ledger("rebuild").status == 0
    assert ledger("verify").status == 0
    said = ledger("verify", "--copy", name)
    assert said.status == 1
    told = f"{name}: 写しにある根が、台帳の e1 から e52 までの根と合いません\n"
    assert said.out.endswith(told + NOT_OURS)
    assert not ledger("verify", "--copy", name, "--json").json["ok"]


def test_a_copy_shows_a_tail_that_was_cut_off(ledger: Kaitei, folder: Path) -> None:
    taken(ledger, folder, "show.xlsx")
    tamper(folder, "DELETE FROM kaitei_events WHERE sequence > 50")
    said = ledger("verify", "--copy", "show.xlsx")
    assert said.status == 1
    assert said.out.endswith(f"show.xlsx: 台帳の記録は50件で、写しの52件に足りません\n{NOT_OURS}")


def test_a_trail_of_an_assessment_that_is_not_there_is_told(ledger: Kaitei, folder: Path) -> None:
    data = changed("export.csv", taken(ledger, folder, "export.csv"), "霞野市長/7", "霧野市長/7")
    verdict = found("copy", data)
    assert not verdict.holds
    (told,) = verdict.differences
    assert "霧野市長/7" in told.what


def test_looking_at_a_copy_changes_nothing(ledger: Kaitei, folder: Path) -> None:
    rows = stored(folder)
    copies = [option for name in TAKEN_AWAY for option in ("--copy", name)]
    for name in TAKEN_AWAY:
        taken(ledger, folder, name)
    assert ledger("verify", *copies).status == 0
    assert stored(folder) == rows
    with closing(sqlite3.connect(folder / "kaitei.db")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


# --- what is no copy --------------------------------------------------------------------------------

_PAGE = (
    '<!DOCTYPE html><head><meta name="kaitei:ledger-size" content="{}">'
    '<meta name="kaitei:ledger-root" content="{}">'
)
NO_COPIES = {
    "nothing": b"",
    "a checkpoint": json.dumps({"size": 52, "root": "0f" * 32, "time": ""}).encode(),
    "a table": "連番,記録番号\r\n1,e1\r\n".encode(),
    "a page": b"<!DOCTYPE html><html><head></head></html>",
    "a page of a size that is none": _PAGE.format("many", "0f" * 32).encode(),
    "a page of an endless size": _PAGE.format("9" * 5000, "0f" * 32).encode(),
    "a page of a negative size": _PAGE.format("-1", "0f" * 32).encode(),
    "a page of half a root": _PAGE.format("52", "0f" * 16).encode(),
    "a page of no root": _PAGE.format("52", "xy" * 32).encode(),
    "lines that are no JSON": b"{" * 100_000,
    "bytes": bytes(range(256)),
}


@pytest.mark.parametrize("case", NO_COPIES)
def test_what_does_not_say_where_it_is_from_is_refused(ledger: Kaitei, folder: Path, case: str) -> None:
    (folder / "f").write_bytes(NO_COPIES[case])
    assert one_line(ledger("verify", "--copy", "f")).startswith(
        "f: 台帳の記録数と根を持つ写しではありません — "
    )


def test_a_workbook_without_the_properties_is_refused(ledger: Kaitei, folder: Path) -> None:
    book = load_workbook(BytesIO(taken(ledger, folder, "show.xlsx")))
    del book.custom_doc_props[property_name("ledger-root")]
    book.save(folder / "f")
    assert one_line(ledger("verify", "--copy", "f")).startswith("f: 台帳の記録数と根を持つ写しではありません")
    assert one_line(ledger("verify", "--copy", "none")).startswith("none: ファイルがありません")


def test_facts_have_one_name_in_each_format() -> None:
    origin = Origin("export", "霞野市長/7", 52, "0f" * 32, "2026-04-01T00:00:00.000000+00:00")
    assert Origin.read(origin.named) == origin
    assert set(ORIGIN) < set(origin.named)
    assert [property_name(name) for name in origin.named] == [
        "KaiteiLedgerSize", "KaiteiLedgerRoot", "KaiteiRef", "KaiteiRecordedAt", "KaiteiView",
    ]  # fmt: skip
    assert re.fullmatch(r"台帳の記録 52件（最後の記録 .+）・根 (0f){32}", origin.told)
