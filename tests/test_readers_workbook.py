"""Workbooks: the same assessment back from a written one, what cities do to the form, and what is refused."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random

import pytest

from ledger.errors import CannotExport
from ledger.form import FormItem, form3, group_number
from ledger.published import (
    Boxes,
    ChangeRow,
    Fate,
    Header,
    ItemKind,
    PrintedItem,
    PublishedEdition,
    TableState,
)
from ledger.readers import read, workbook
from projections.exports.as_workbook import write_workbook
from samples.making import generating
from tests import sources
from tests.conftest import ROOT
from tests.workbook_files import NAME, Cell, Sheets, packed, unpacked

SAMPLES = sorted((ROOT / "samples").glob("*/*.txt"))
FILES = ("介護保険被保険者ファイル", "介護保険受給者ファイル")

# --- written and read back ------------------------------------------------------------------------


@cache
def sample(path: Path) -> PublishedEdition:
    return read(path.read_bytes(), path.name)


def is_the_same(found: PublishedEdition, edition: PublishedEdition) -> None:
    """Hold what was read against the edition that was written."""
    assert found.header == edition.header
    wanted = {str(item.path): (item.value, item.kind, item.doubt) for item in edition.items}
    assert {str(item.path): (item.value, item.kind, item.doubt) for item in found.items} == wanted
    assert [sources.cells(row) for row in found.rows] == [sources.cells(row) for row in edition.rows]
    assert (found.table, found.form, found.reader) == (edition.table, edition.form, workbook.NAME)


def is_read_back(edition: PublishedEdition, *, merged: bool) -> PublishedEdition:
    found = read(write_workbook(edition, merged=merged), NAME)
    is_the_same(found, edition)
    assert (found.unassigned, found.assigned_share) == ((), 1.0)
    return found


@pytest.mark.parametrize("merged", [False, True])
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_comes_back_from_its_workbook(path: Path, *, merged: bool) -> None:
    is_read_back(sample(path), merged=merged)


@pytest.mark.parametrize("seed", range(2))
def test_whatever_assessment_is_drawn_comes_back(seed: int) -> None:
    is_read_back(generating.edition(Random(seed)), merged=bool(seed % 2))  # noqa: S311  (no secret is drawn)


TEXTS = (
    "＜霞野市における措置＞\n紙の書類は書庫に納める。\n＜中間サーバー・プラットフォームにおける措置＞\n国が管理する。",
    "=1+1",
    "－",
    "#REF!",
    "一行目\n\n三行目",
    "3",
    "",
    "[ ○ ] その他（別紙）",
)
LONG = "。".join(f"第{n}の場面では、届出の内容を住民情報と見比べて登録する" for n in range(900))


def item(node: FormItem, n: int, file: str, nth: int) -> PrintedItem:
    """An item with a value of its kind; *nth* makes them differ."""
    kind = node.kind or ItemKind.TEXT
    value: str | Boxes = TEXTS[nth % len(TEXTS)]
    if kind is ItemKind.CHOICE:
        value = node.options[nth % len(node.options)].label
    elif kind is ItemKind.CHECKBOX:
        labels = tuple(option.label for option in node.options)
        cut = nth % (len(labels) + 1)
        text = "収納管理（市税）、\n納付書" if node.options[-1].takes_text and nth % 2 else ""
        value = Boxes(labels[:cut], labels[cut:], (), text)
    elif kind is ItemKind.DATE:
        value = ("令和7年11月20日", "H28.1.1", "平成27年10月（予定）", "")[nth % 4]
    elif kind is ItemKind.COUNT:
        value = str(nth % 20 + 1)
    if node.name == "保管場所":
        value = LONG
    if node.name == "特定個人情報ファイル名":
        value = file or "\n".join(f"{number}. {name}" for number, name in enumerate(FILES, start=1))
    return PrintedItem(node.at(n, file), node.key_at(n), kind, value, 1)


@cache
def by_hand() -> PublishedEdition:
    """Two files, 20 委託事項, unusual words everywhere."""
    form = form3()
    header = Header(
        "7",
        "介護保険に関する事務",
        "霞野市長",
        "令和7年11月20日",
        "=なし\n（特段の事項）",
        "令和7年5月 様式3",
    )
    cover = {
        "number": header.number, "title": header.title, "declaration": "霞野市は、\n次のとおり宣言する。",
        "special_notes": header.special_notes, "body": header.body,
        "publication_date": header.publication_date, "form_edition": header.form_edition,
    }  # fmt: skip
    items = [
        PrintedItem(
            node.at(), node.key, node.kind or ItemKind.TEXT, cover[node.key.removeprefix("cover.")], 1
        )
        for node in form
        if node.parent == "cover"
    ]
    nth = 0
    for file in (*FILES, ""):
        for node in form:
            if node.kind is None or node.parent == "cover" or node.per_file is not bool(file):
                continue
            many = range(1, 21) if file == FILES[0] and "entrustment" in node.key else (1,)
            for n in many if node.in_group else (0,):
                nth += 1
                items.append(item(node, n, file, nth))
    days = ("令和5年4月3日", "令和5年4月3日", "〃", "", "令和6年10月1日", "令和6年10月1日")
    rows = tuple(
        ChangeRow(
            n, day, "Ⅱ－6\n保管場所", TEXTS[n], TEXTS[n + 1], "事後" if n % 3 else "事前", "誤字\n修正", 1
        )
        for n, day in enumerate(days, start=1)
    )
    return PublishedEdition("様式3", "hand/1", header, tuple(items), TableState.ROWS, rows, (), 0, 0)


@pytest.mark.parametrize("merged", [False, True])
def test_an_edition_of_two_files_with_unusual_values_comes_back(*, merged: bool) -> None:
    found = is_read_back(by_hand(), merged=merged)
    assert {item.path.file for item in found.items} == {"", *FILES}
    assert max(group_number(item.key) for item in found.items) == 20


@pytest.mark.parametrize("state", [TableState.EMPTY, TableState.ABSENT])
def test_a_workbook_without_change_rows_comes_back(state: TableState) -> None:
    is_read_back(replace(short(), table=state, rows=()), merged=True)


def test_the_same_edition_is_the_same_bytes_whenever_it_is_written() -> None:
    data = write_workbook(short())
    assert data == write_workbook(short())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2026, 4, 1, 0, 0, 0)}
        assert archive.read("docProps/core.xml").count(b"2026-04-01T00:00:00Z") == 2


def test_a_text_that_no_cell_holds_is_not_cut() -> None:
    row = replace(short().rows[0], before="長" * 32_768)
    with pytest.raises(CannotExport, match="32,768文字の記載は1つのセルに入りません"):
        write_workbook(replace(short(), rows=(row,)))


# --- nothing is lost ------------------------------------------------------------------------------


def characters(texts: list[str]) -> Counter[str]:
    return Counter("".join("".join(text.split()) for text in texts))


def is_kept(found: PublishedEdition, sheets: Sheets) -> None:
    """Every character of the cells is in exactly one piece, and every piece can be found."""
    pieces = [piece for piece in found.pieces if not (piece.fate is Fate.UNASSIGNED and piece.target)]
    source = [str(cell.value) for cells in sheets.values() for cell in cells if cell.value is not None]
    assert characters([piece.text for piece in pieces]) == characters(source)
    assert all(re.fullmatch(r"シート「.+」(\d+行)?", piece.place) for piece in found.pieces)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_character_of_a_workbook_is_in_exactly_one_piece(path: Path) -> None:
    data = write_workbook(sample(path), merged=True)
    is_kept(read(data, NAME), unpacked(data))


def test_rows_are_numbered_over_the_whole_workbook_and_say_where_they_stand() -> None:
    rows = workbook.rows(write_workbook(short()), NAME)
    assert sorted(row.line for row in rows) == list(range(1, len(rows) + 1))
    places = {row.cells[0]: row.place for row in rows}
    assert places[TITLE_ROW] == "シート「表紙」2行"
    assert places["①事務の名称"] == "シート「Ⅰ 基本情報」4行"


TITLE_ROW = "特定個人情報保護評価書（重点項目評価書）"

# --- what cities do to the form ---------------------------------------------------------------------

_SHORT = re.compile(
    r"cover|I\.(?!2.system\[[34])|II\.(?:1$|3|4\.(?!.*\[2)|7)|annex1|III\.(?:1|4|6|5.not)|IV|V\.1"
)


@cache
def short() -> PublishedEdition:
    """A part of a sample: every shape of value, 8 changes."""
    edition = sample(SAMPLES[0])
    items = tuple(item for item in edition.items if _SHORT.match(item.key))
    return replace(edition, items=items, rows=edition.rows[:8])


@cache
def written() -> dict[str, list[Cell]]:
    return unpacked(write_workbook(short(), merged=True))


CHANGES = "（別添２）変更箇所"
FREE = ("表紙", "項目一覧", "（別添１）特定個人情報ファイル記録項目", CHANGES)


def each(change: Callable[[Cell], list[Cell]], *, but: tuple[str, ...] = ()) -> Sheets:
    """The workbook with every cell changed."""
    return {
        title: found if title in but else [one for cell in found for one in change(cell)]
        for title, found in written().items()
    }


def words(change: Callable[[str], str]) -> Sheets:
    """The workbook with the words of every cell changed."""
    return each(
        lambda cell: [replace(cell, value=change(cell.value) if isinstance(cell.value, str) else None)]
    )


def moved(down: int = 0, right: int = 0, times: int = 1, wide: int = 1) -> Callable[[Cell], list[Cell]]:
    """Cells that stand elsewhere, every row *times* and every column *wide* as large."""

    def change(cell: Cell) -> list[Cell]:
        top, bottom = cell.top * times + down, cell.bottom * times + times - 1 + down
        left, last = cell.left * wide + right, cell.right * wide + wide - 1 + right
        return [replace(cell, top=top, bottom=bottom, left=left, right=last)]

    return change


def spaced(cell: Cell) -> list[Cell]:
    """A blank row under every row."""
    return [replace(cell, top=2 * cell.top, bottom=2 * cell.bottom)]


def loose(cell: Cell) -> list[Cell]:
    """No cell merged downwards."""
    return [replace(cell, bottom=cell.top)] if cell.value is not None else []


def filled_down(cells: list[Cell]) -> list[Cell]:
    """Cells merged downwards in single rows, each with the words."""
    return [replace(c, top=row, bottom=row) for c in cells for row in range(c.top, c.bottom + 1)]


def numbers_apart(cell: Cell) -> list[Cell]:
    match = (
        re.fullmatch(r"([①-⑳]|\d\.)\s*(.+)", cell.value, re.DOTALL) if isinstance(cell.value, str) else None
    )
    if match is None or cell.left > 6 or cell.right < cell.left + 3:
        return [cell]
    return [replace(cell, right=cell.left, value=match[1]), replace(cell, left=cell.left + 1, value=match[2])]


def marks_apart(cell: Cell) -> list[Cell]:
    if not (isinstance(cell.value, str) and cell.value.endswith(" ※") and cell.right < 12):
        return [cell]
    return [
        replace(cell, right=cell.right - 1, value=cell.value[:-2]),
        replace(cell, left=cell.right, value="※"),
    ]


def taller(cell: Cell) -> list[Cell]:
    """A value merged over one row more than its label."""
    more = 1 if cell.left >= 12 else 0
    return [replace(cell, top=2 * cell.top, bottom=2 * cell.bottom + more)]


def on_one_sheet() -> Sheets:
    found: list[Cell] = []
    for cells in written().values():
        found += [
            one for cell in cells for one in moved(down=max((c.bottom for c in found), default=0) + 1)(cell)
        ]
    return {"Sheet1": found}


def changed_table(change: Callable[[list[Cell]], list[Cell]]) -> Sheets:
    """The workbook with the cells of the change table changed."""
    return {title: change(found) if title == CHANGES else found for title, found in written().items()}


def heads_again(cells: list[Cell]) -> list[Cell]:
    """The headings come again after every two changes, and the days are written in every row."""
    rows = [[c for c in filled_down(cells) if c.top == row] for row in range(1, 11)]
    found, at = rows[0] + rows[1], 2
    for n, row in enumerate(rows[2:]):
        if n and n % 2 == 0:
            at += 1
            found += [replace(c, top=at, bottom=at) for c in rows[1]]
        at += 1
        found += [replace(c, top=at, bottom=at) for c in row]
    return found


def with_numbers(cells: list[Cell]) -> list[Cell]:
    """A column of running numbers before the day."""
    shifted = [one for cell in cells for one in (moved(right=1)(cell) if cell.top > 1 else [cell])]
    return [*shifted, Cell(2, 2, 2, 2, "No."), *(Cell(row, 2, row, 2, row - 2) for row in range(3, 11))]


def two_rows_each(cells: list[Cell]) -> list[Cell]:
    return [replace(c, top=2 * c.top, bottom=2 * c.bottom + 1) if c.top > 2 else c for c in cells]


def cover_beside(cells: list[Cell]) -> list[Cell]:
    """評価書番号 and 評価書名 in one row, each with its value beside it."""
    row = next(cell.top for cell in cells if cell.value == "評価書番号")
    four = [replace(c, top=row, bottom=row) for c in cells if c.top in {row, row + 1}]
    places = zip((2, 9, 15, 20), (8, 14, 19, 41), (four[0], four[2], four[1], four[3]), strict=True)
    rest = [cell for cell in cells if cell.top not in {row, row + 1}]
    return rest + [replace(cell, left=left, right=right) for left, right, cell in places]


def lists_in_one_cell(cells: list[Cell]) -> list[Cell]:
    """＜選択肢＞ and all options in one cell with line breaks."""
    found: list[Cell] = []
    at = -1
    for cell in sorted(cells, key=lambda cell: (cell.top, cell.left)):
        if cell.left >= 28 and at >= 0 and re.match(r"\d\) ", str(cell.value)):
            text = f"{found[at].value}\n{cell.value}"
            found[at] = replace(found[at], bottom=cell.bottom, right=cell.right, value=text)
            continue
        at = len(found) if cell.value == "＜選択肢＞" else at
        found.append(cell)
    return found


VARIANTS = [
    pytest.param(lambda: each(moved(down=4, right=7)), id="the form begins elsewhere"),
    pytest.param(lambda: each(moved(wide=3)), id="every column is three"),
    pytest.param(lambda: each(moved(times=3)), id="every row is three"),
    pytest.param(lambda: each(spaced), id="a blank row under every row"),
    pytest.param(lambda: each(loose, but=(CHANGES,)), id="no label is merged downwards"),
    pytest.param(lambda: each(taller, but=FREE), id="values are merged one row further than their labels"),
    pytest.param(lambda: each(numbers_apart, but=FREE), id="numbers of labels in cells of their own"),
    pytest.param(lambda: each(marks_apart, but=FREE), id="※ in a cell of its own"),
    pytest.param(lambda: words(lambda w: "再\n委\n託" if w == "再委託" else w), id="再委託 with line breaks"),
    pytest.param(lambda: words(lambda w: "再　委　託" if w == "再委託" else w), id="再委託 with spaces"),
    pytest.param(
        lambda: words(lambda w: {"[": "［", "]": "］", "○": "〇"}.get(w, w)), id="wide brackets, another ○"
    ),
    pytest.param(
        lambda: words(lambda w: w.replace("保護評価書（", "保護評価書\n（")), id="the title on two lines"
    ),
    pytest.param(
        lambda: words(lambda w: re.sub(r"^(②所属長|①システム)の", r"\1\nの", w)), id="a label on two lines"
    ),
    pytest.param(
        lambda: words(lambda w: "Ⅰ　基本情報" if w == "Ⅰ 基本情報" else w), id="a heading with a wide space"
    ),
    pytest.param(lambda: dict(reversed(written().items())), id="the sheets in reverse order"),
    pytest.param(lambda: {CHANGES: written()[CHANGES], **written()}, id="the change table first"),
    pytest.param(
        lambda: {f"Sheet{n}": c for n, c in enumerate(written().values(), 1)}, id="sheets without names"
    ),
    pytest.param(on_one_sheet, id="everything on one sheet"),
    pytest.param(lambda: changed_table(heads_again), id="the headings of the columns repeated"),
    pytest.param(lambda: changed_table(with_numbers), id="a column of numbers before the day"),
    pytest.param(lambda: changed_table(two_rows_each), id="every change merged over two rows"),
    pytest.param(
        lambda: changed_table(lambda found: [one for c in found for one in moved(wide=6)(c)]),
        id="the change table on narrow columns",
    ),
    pytest.param(lambda: {**written(), "表紙": cover_beside(written()["表紙"])}, id="the cover in one row"),
    pytest.param(
        lambda: {t: lists_in_one_cell(c) if t not in FREE else c for t, c in written().items()},
        id="lists of options in one cell",
    ),
]


@pytest.mark.parametrize("change", VARIANTS)
def test_a_form_laid_out_otherwise_says_the_same(change: Callable[[], Sheets]) -> None:
    sheets = change()
    found = read(packed(sheets), NAME)
    is_the_same(found, short())
    assert (found.unassigned, found.assigned_share) == ((), 1.0)
    is_kept(found, sheets)


def two_years(split: int = 7) -> Sheets:
    """The change table on two sheets, of which the second has no headings."""
    cells = filled_down(written()[CHANGES])
    later = [replace(c, top=c.top - split + 1, bottom=c.bottom - split + 1) for c in cells if c.top >= split]
    return {**written(), CHANGES: [c for c in cells if c.top < split], "別添２（続き）": later}


def test_a_change_table_goes_on_on_the_next_sheet() -> None:
    is_the_same(read(packed(two_years()), NAME), short())


def without_headings() -> Sheets:
    """The workbook without the headings of its sections, which its sheets are named after."""
    first = {
        title: next((c for c in cells if c.value is not None), None) for title, cells in written().items()
    }
    return {
        title: [c for c in cells if title in FREE[:2] or c is not first[title]]
        for title, cells in written().items()
    }


def test_the_name_of_a_sheet_is_the_heading_that_was_taken_out() -> None:
    data = packed(without_headings())
    found = read(data, NAME)
    is_the_same(found, short())
    assert found.assigned_share == 1.0
    places = {row.place for row in workbook.rows(data, NAME) if row.cells == ("Ⅰ 基本情報",)}
    assert places == {"シート「Ⅰ 基本情報」", "シート「項目一覧」3行"}


# --- what is no part of the document -------------------------------------------------------------------

LIST = [
    Cell(n, 1, n, 1, text) for n, text in enumerate(("実施する", "十分である", "○", "1万人未満"), start=1)
]
NOTES = [
    Cell(1, 1, 1, 1, "記載要領"),
    *(Cell(2, n, 2, n, text) for n, text in enumerate(("変更日", "見直した日", "担当", "係長"), start=1)),
]


def copies(*, named: str = "") -> Sheets:
    """Every sheet once more, with other words, before the document."""
    return {
        f"旧{title}": [replace(c, value=f"{c.value}旧") if c.value not in HEADED else c for c in cells]
        for title, cells in written().items()
        if named in title
    }


HEADED = {
    "評価書番号",
    "評価書名",
    "公表日",
    "変更日",
    "項目",
    "変更前の記載",
    "変更後の記載",
    "提出時期",
    CHANGES,
}


def beside() -> Sheets:
    """Notes on the right of the form, which is 41 columns wide."""
    return {t: [Cell(n, 44, n, 44, "要確認") for n in (2, 5, 9)] for t in written() if t != CHANGES}


def above() -> Sheets:
    """A line over every sheet with a section."""
    return {t: [Cell(1, 2, 1, 20, f"霞野市（{t[:2]}）")] for t in written() if t not in FREE}


APART = [
    pytest.param(lambda: ({"リスト": LIST}, {"リスト"}), id="a hidden list of options before the cover"),
    pytest.param(lambda: ({"リスト": LIST}, ()), id="a list of options that is not hidden"),
    pytest.param(lambda: ({"メモ": NOTES}, ()), id="notes of the office"),
    pytest.param(lambda: (copies(), copies().keys()), id="a hidden copy of an earlier edition"),
    pytest.param(lambda: (copies(named="変更"), copies(named="変更").keys()), id="a hidden change table"),
    pytest.param(lambda: (beside(), ()), id="notes beside the form"),
    pytest.param(lambda: (above(), ()), id="a line above the headings"),
]


@pytest.mark.parametrize("more", APART)
def test_what_is_no_part_of_the_document_is_kept_and_changes_nothing(
    more: Callable[[], tuple[Sheets, Collection[str]]],
) -> None:
    added, hidden = more()
    moved_down = {t: [one for c in cells for one in moved(down=1)(c)] for t, cells in written().items()}
    sheets = {t: [*added.get(t, ()), *moved_down.get(t, ())] for t in (*added, *moved_down)}
    found = read(packed(sheets, hidden), NAME)
    is_the_same(found, short())
    is_kept(found, sheets)
    words = [str(cell.value) for cells in added.values() for cell in cells if cell.value is not None]
    assert characters([passage.text for passage in found.unassigned]) == characters(words)


def test_a_workbook_without_a_change_table_keeps_its_notes_too() -> None:
    sheets = {**unpacked(write_workbook(replace(short(), table=TableState.ABSENT, rows=()))), "メモ": NOTES}
    found = read(packed(sheets), NAME)
    assert found.items[-1].value == short().items[-1].value
    assert [passage.place for passage in found.unassigned] == ["シート「メモ」1行"]
