"""Text in the columns of a terminal: how wide it is, where it breaks, and tables that fit."""

from __future__ import annotations

import pytest
import wcwidth
from hypothesis import example, given
from hypothesis import strategies as st

from cli.colours import Colour, Coloured, Piece
from cli.columns import cut, laid_out, rendered, table, width, wrapped

WIDTHS = [
    pytest.param("abc", 3, id="half width"),
    pytest.param("霞野市", 6, id="full width"),
    pytest.param("Ｉ／６", 6, id="full-width Latin"),
    pytest.param("、。", 4, id="punctuation"),
    pytest.param("ｶﾅ", 2, id="half-width katakana"),
    pytest.param("ｶﾞ", 2, id="half-width katakana with its mark"),
    pytest.param("か\u3099", 2, id="a combining mark"),
    pytest.param("e\u0301", 1, id="a combining accent"),
    pytest.param("葛\U000e0100", 2, id="a variant of a character"),
    pytest.param("a\u200bb", 2, id="a space of no width"),
    pytest.param("👨\u200d👩\u200d👧", 2, id="several joined to one"),
    pytest.param("𠮷野家", 6, id="beyond the first plane"),
    pytest.param("①Ⅱ※", 3, id="of either width"),
    pytest.param("", 0, id="nothing"),
]

TEXTS = st.text(
    st.one_of(
        st.sampled_from("霞野市長の事務、。（）「」ーっ①Ⅱ※ｶﾞﾊﾟabc 123-/\u3099\u200d\U000e0100👩"),
        st.characters(exclude_categories=["Cc", "Cs", "Cf", "Zl", "Zp"]),
    ),
    max_size=60,
)


@pytest.mark.parametrize(("text", "columns"), WIDTHS)
def test_a_text_is_as_wide_as_a_terminal_shows_it(text: str, columns: int) -> None:
    assert width(text) == columns


def test_what_is_of_either_width_is_wide_where_the_terminal_is_said_to_have_it_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("KAITEI_AMBIGUOUS", "wide")
    assert width("①Ⅱ※") == 6
    assert width("霞ab") == 4


@given(TEXTS)
def test_plain_text_is_measured_as_any_other(text: str) -> None:
    assert width(text) == wcwidth.width(text, control_codes="ignore")


@pytest.mark.parametrize(
    ("text", "columns", "lines"),
    [
        pytest.param("介護保険の事務", 6, ["介護保", "険の事", "務"], id="between any two"),
        pytest.param("介護保険、資格", 8, ["介護保", "険、資格"], id="not before a comma"),
        pytest.param("介護「保険」の", 6, ["介護", "「保", "険」の"], id="not behind a bracket"),
        pytest.param("the ledger of a city", 11, ["the ledger", "of a city"], id="between words"),
        pytest.param("0123456789abcdef", 10, ["0123456789", "abcdef"], id="a word too long"),
        pytest.param("データセンター", 6, ["データ", "セン", "ター"], id="not before a long vowel"),
        pytest.param(
            "か\u3099か\u3099か\u3099", 4, ["か\u3099か\u3099", "か\u3099"], id="letters stay whole"
        ),
        pytest.param("一行目\n二行目", 20, ["一行目", "二行目"], id="its own lines"),
        pytest.param("", 20, [""], id="nothing"),
    ],
)
def test_a_line_breaks_where_japanese_lines_break(text: str, columns: int, lines: list[str]) -> None:
    assert wrapped(text, columns) == lines


@given(TEXTS, st.integers(min_value=4, max_value=40))
@example("）" * 30, 8)
@example("（" * 30, 8)
def test_no_line_is_too_wide_and_no_letter_is_lost(text: str, columns: int) -> None:
    lines = wrapped(text, columns)
    assert max(map(width, lines)) <= columns
    assert "".join("".join(lines).split()) == "".join(text.split())


def plain(lines: list[list[tuple[str, Colour | None]]]) -> list[str]:
    return [rendered(line, coloured=False).rstrip(" ") for line in lines]


@pytest.mark.parametrize(
    ("text", "columns", "lines"),
    [
        pytest.param(
            "    説明: 組織改正に伴う課名の変更", 24,
            ["    説明: 組織改正に伴う", "          課名の変更"], id="behind a label",
        ),
        pytest.param(
            "    本文は字下げのまま続く。", 20, ["    本文は字下げのま", "    ま続く。"], id="as it began",
        ),
        pytest.param(
            "12. 2026-04-01 事後 組織改正", 20, ["12. 2026-04-01 事後", "  組織改正"], id="a heading",
        ),
        pytest.param(
            "      とても長い見出し語: 値", 20, ["      とても長い見出", "      し語: 値"],
            id="no room behind it",
        ),
    ],
)  # fmt: skip
def test_what_goes_on_is_indented(text: str, columns: int, lines: list[str]) -> None:
    assert plain(laid_out([text], columns)) == lines


def test_a_colour_goes_on_in_the_next_line() -> None:
    lines = laid_out(["前 ", Coloured("介護保険の事務", Colour.RED), " 後"], 10)
    assert [rendered(line, coloured=True) for line in lines] == [
        "前 \x1b[31m介護保\x1b[0m",
        "  \x1b[31m険の事務\x1b[0m",
        "  後",
    ]
    assert "\x1b" not in "".join(plain(lines))


def test_a_table_lines_up() -> None:
    rows = [("霞野市長/7", "介護保険", "28"), ("ﾐﾅﾄ/15", "か\u3099く", "4")]
    assert plain(table(("評価書", "題名", "変更"), rows, 40)) == [
        "評価書      題名      変更",
        "霞野市長/7  介護保険  28",
        "ﾐﾅﾄ/15      か\u3099く      4",
    ]


def test_the_widest_column_of_a_table_breaks_first() -> None:
    rows = [("I/1/②", "番号利用法の改正による条ずれの修正")]
    assert plain(table(("項目", "説明"), rows, 27)) == [
        "項目   説明",
        "I/1/②  番号利用法の改正によ",
        "       る条ずれの修正",
    ]


def test_a_table_that_cannot_fit_has_its_headings_before_its_cells() -> None:
    rows = [("霞野市長/7", "介護保険", "様式3"), ("湊川町長/15", "児童扶養", "様式3")]
    assert plain(table(("評価書", "題名", "様式"), rows, 24, indent=2)) == [
        "  評価書: 霞野市長/7",
        "  題名: 介護保険",
        "  様式: 様式3",
        "  評価書: 湊川町長/15",
        "  題名: 児童扶養",
        "  様式: 様式3",
    ]


ROWS = st.lists(st.tuples(TEXTS, TEXTS, TEXTS), max_size=4)


@given(ROWS, st.integers(min_value=20, max_value=100), st.sampled_from([0, 4]))
def test_a_table_fits_and_has_all_its_words(rows: list[tuple[Piece, ...]], columns: int, indent: int) -> None:
    lines = plain(table(("甲", "乙", "丙"), rows, columns, indent))
    assert max([0, *map(width, lines)]) <= columns
    shown = sorted("".join("".join(lines).split()))
    said = ["甲乙丙", *(str(cell) for row in rows for cell in row)]
    if columns - indent - 4 < 24:
        said = [f"{name}:{cell}" for row in rows for name, cell in zip("甲乙丙", row, strict=True)]
    assert shown == sorted("".join("".join(said).split()))


@given(TEXTS, st.integers(min_value=2, max_value=40))
def test_what_is_cut_fits_on_any_terminal(text: str, columns: int) -> None:
    shown = cut(text, columns)
    assert wcwidth.width(shown, control_codes="ignore", ambiguous_width=2) <= columns
    assert shown == text or (shown.endswith("…") and text.startswith(shown[:-1]))
