"""Word documents: the change table as one city or another lays it out."""

from __future__ import annotations

import pytest

from tests.sources import cells, values
from tests.word_files import HEAD, edition, p, sdt, t, tbl, tc, tr

NAMED = ("①事務の名称", "介護保険に関する事務")
HEADINGS = ("変更日", "項目", "変更前の記載", "変更後の記載", "提出時期", "提出時期に係る説明")
ANNEX = p("（別添２）変更箇所")
DAY, LATER = "令和5年4月3日", "令和6年10月1日"
ONE = (DAY, "Ⅰ－6－①部署", "市民課", "支援課", "事後", "組織改正")
TWO = (DAY, "Ⅰ－6－②所属長の役職名", "課長", "室長", "事後", "組織改正")
THREE = (LATER, "Ⅱ－6－保管場所", "－", "金庫", "事前", "")
ALL = [ONE, TWO, THREE]
GRID = (10, 20, 24, 24, 8, 14)
BLANK = tc("", down="continue")
DIVIDED = tr(*HEADINGS[:3], tc(HEADINGS[3], span=2), *HEADINGS[4:])


def begun(text: str) -> str:
    return tc(text, down="restart")


TABLES_OF_CHANGES = [
    pytest.param(ANNEX + tbl(HEADINGS, *ALL), ALL, id="a table"),
    pytest.param(tbl(tr(tc("（別添２）変更箇所", span=6)), HEADINGS, *ALL), ALL, id="its heading in a cell"),
    pytest.param(
        ANNEX + tbl(HEADINGS, ONE, HEADINGS, TWO, THREE), ALL, id="its headings typed again on the next page"
    ),
    pytest.param(
        ANNEX + tbl(HEADINGS, ONE) + p() + tbl(TWO, THREE), ALL, id="a second table without headings"
    ),
    pytest.param(
        ANNEX + tbl(HEADINGS, ONE) + p("（別添２）変更箇所（続き）") + tbl(HEADINGS, TWO, THREE),
        ALL,
        id="a second table with headings",
    ),
    pytest.param(
        ANNEX
        + tbl(
            HEADINGS,
            tr(begun(DAY), *ONE[1:4], begun("事後"), begun("組織改正")),
            tr(BLANK, *TWO[1:4], BLANK, BLANK),
            THREE,
        ),
        ALL,
        id="days, timings and reasons merged downwards",
    ),
    pytest.param(
        ANNEX + tbl(HEADINGS, tr(begun(DAY), *ONE[1:]), tr(BLANK, *TWO[1:]), tr(begun(LATER), *THREE[1:])),
        ALL,
        id="a merge of one row",
    ),
    pytest.param(
        ANNEX + tbl(HEADINGS, tr(begun(DAY), *ONE[1:])) + tbl(tr(BLANK, *TWO[1:])),
        [ONE, ("", *TWO[1:])],
        id="a merge that a new table breaks off says nothing of its rows",
    ),
    pytest.param(
        ANNEX
        + tbl(
            tr(
                begun("変更日"),
                begun("項目"),
                tc("記載の内容", span=2),
                begun("提出時期"),
                begun("提出時期に係る説明"),
            ),
            tr(BLANK, BLANK, "変更前の記載", "変更後の記載", BLANK, BLANK),
            *ALL,
        ),
        ALL,
        id="headings over two rows",
    ),
    pytest.param(
        ANNEX + tbl(HEADINGS, tr(*ONE[:5], properties='<w:gridAfter w:val="1"/>'), grid=GRID),
        [(*ONE[:5], "")],
        id="the last cell deleted",
    ),
    pytest.param(
        ANNEX + tbl(HEADINGS, ONE, tr(*TWO[:5], properties='<w:gridAfter w:val="1"/>'), grid=GRID),
        [ONE, (*TWO[:5], "")],
        id="the last cell deleted: what stands above is not said of it",
    ),
    pytest.param(
        ANNEX + tbl(HEADINGS, tr(*ONE[1:], properties='<w:gridBefore w:val="1"/>'), grid=GRID),
        [("", *ONE[1:])],
        id="the first cell deleted",
    ),
    *(
        pytest.param(
            ANNEX + tbl(DIVIDED, (*ONE[:3], "支援", "課", *ONE[4:]), grid=grid),
            [(*ONE[:3], "支援\n課", *ONE[4:])],
            id=f"a cell divided in two, {why}",
        )
        for why, grid in (
            ("in columns of their widths", (10, 20, 24, 12, 12, 8, 14)),
            ("in a grid without widths", (0, 0, 0, 0, 0, 0, 0)),
            ("in a grid cut short", (10, 20, 24)),
            ("in a table without a grid", ()),
        )
    ),
    pytest.param(
        ANNEX
        + tbl(
            DIVIDED,
            tr(*(tc(text, down="restart") for text in (*ONE[:3], "支援", "課", *ONE[4:]))),
            tr(BLANK, TWO[1], TWO[2], TWO[3], "", BLANK, BLANK),
            tr(BLANK, TWO[1], BLANK, BLANK, BLANK, BLANK, BLANK),
        ),
        [(*ONE[:3], "支援\n課", *ONE[4:]), TWO, (DAY, TWO[1], "", "", *TWO[4:])],
        id="cells divided in two, and merged downwards",
    ),
    pytest.param(
        ANNEX + tbl(HEADINGS[:4], (*ONE[:4],)), [(*ONE[:4], "", "")], id="the first four columns only"
    ),
    pytest.param(
        ANNEX
        + tbl(
            tr(begun("変更日"), begun("項目"), tc("記載の内容", span=2)),
            tr(BLANK, BLANK, *HEADINGS[2:4]),
            ONE[:4],
        ),
        [(*ONE[:4], "", "")],
        id="the first four columns only, headings over two rows",
    ),
    pytest.param(
        ANNEX
        + tbl(
            tr(
                "変更日",
                tc("項目", span=2),
                "変更前の記載",
                tc("変更後の記載", span=2),
                "提出時期",
                "提出時期に係る説明",
            ),
            tr(tc(ONE[0], span=2), ONE[1], tc(ONE[2], span=2), *ONE[3:]),
            grid=(10, 1, 19, 24, 1, 23, 8, 14),
        ),
        [ONE],
        id="borders a little out of line",
    ),
    pytest.param(
        ANNEX
        + tbl(
            tr(*(tc(text, span=2) for text in HEADINGS)),
            tr(*(tc(text, span=2) for text in ONE)),
            tr(*(tc(text, span=2) for text in THREE)),
        ),
        [ONE, THREE],
        id="every cell over two columns of the grid",
    ),
    pytest.param(
        ANNEX + tbl(HEADINGS, tr(*ONE[:2], tc("別紙のとおり", span=2), *ONE[4:])),
        [(*ONE[:2], "", "別紙のとおり", *ONE[4:])],
        id="変更前 and 変更後 in one cell: as a row of five cells",
    ),
    pytest.param(
        ANNEX + tbl(("No.", *HEADINGS), ("1", *ONE), ("2", *TWO), ("3", *THREE)),
        ALL,
        id="a column of numbers before",
    ),
    pytest.param(
        ANNEX
        + tbl(
            HEADINGS,
            tr(
                *ONE[:2],
                tc(p("・市民課"), p("・窓口係")),
                tc(tbl(("課", "支援課"), ("係", "窓口係"))),
                *ONE[4:],
            ),
        ),
        [(*ONE[:2], "・市民課\n・窓口係", "課 支援課\n係 窓口係", *ONE[4:])],
        id="paragraphs and a table in its cells",
    ),
    pytest.param(
        ANNEX + tbl(HEADINGS, ONE, tr("", "", "窓口", tc(tbl(("係", "窓口係"))), "", "")),
        [(*ONE[:2], "市民課\n窓口", "支援課\n係 窓口係", *ONE[4:])],
        id="the rest of a row, with a table at its end",
    ),
    pytest.param(
        ANNEX + tbl(HEADINGS, (*ONE[:4], tc(p(sdt(t("事後"), "<w:dropDownList/>"))), ONE[5])),
        [ONE],
        id="a timing chosen from a list",
    ),
    pytest.param(
        ANNEX + tbl(HEADINGS, tr(tc(p(sdt(t(DAY), "<w:date/>"))), *ONE[1:]), ("〃", *TWO[1:])),
        [ONE, ("〃", *TWO[1:])],
        id="a day chosen, and a ditto",
    ),
    pytest.param(
        ANNEX + p("\t".join(HEADINGS)) + "".join(p("\t".join(row)) for row in ALL[:2]),
        [ONE, TWO],
        id="paragraphs with tabs",
    ),
]


@pytest.mark.parametrize(("body", "rows"), TABLES_OF_CHANGES)
def test_a_change_table_is_read_however_a_city_lays_it_out(body: str, rows: list[tuple[str, ...]]) -> None:
    found = edition(HEAD, tbl(NAMED), body)
    assert [cells(row) for row in found.rows] == rows
    assert values(found) == {"I/1/①事務の名称": "介護保険に関する事務"}
