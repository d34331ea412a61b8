"""The draft as a file: what is written is read again, whatever editors do to it, and mistakes are told."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
import tomlkit
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import InvalidChange, LedgerError, UnreadableSource
from projections.draft_file import CELLS, read, written
from projections.drafting import Draft, DraftRow
from projections.files import read_text

ROW = DraftRow(
    path="II/6/保管場所",
    item_text="Ⅱ－6－保管場所",
    before="（略）\n書庫に置く。",
    after="（略）\n金庫に置く。",
    timing="事前",
    important=True,
    proposal="事前 — ※の項目",
    remarks=("編集した文書の行2から",),
)
DRAFT = Draft("霞野市長/7", "d-1234abcd", "e30", (ROW,), ("別添1: 読み取れませんでした",))


def said(draft: Draft) -> tuple[object, ...]:
    """What a file carries: the comments are for people."""
    rows = tuple(tuple(getattr(row, field) for field in CELLS.values()) for row in draft.rows)
    return draft.ref, draft.revision, draft.base, rows


def test_a_draft_is_written_for_people() -> None:
    text = written(DRAFT)
    head, _, rest = text.partition("[[changes]]\n")
    assert head.startswith("# 改訂の下書き")
    assert '"改訂" = "d-1234abcd" # 改訂の名前' in head
    assert "# 別添1: 読み取れませんでした\n" in head
    assert "# 1. ※ II/6/保管場所\n#    提案: 事前 — ※の項目\n#    注意: 編集した文書の行2から\n" in head
    assert rest == (
        '"項目" = "II/6/保管場所"\n'
        '"項目欄" = "Ⅱ－6－保管場所"\n'
        '"変更日" = ""\n'
        "\"変更前\" = '''\n（略）\n書庫に置く。\n'''\n"
        "\"変更後\" = '''\n（略）\n金庫に置く。\n'''\n"
        '"提出時期" = "事前"\n'
        '"説明" = ""\n'
        '"実際に変わる日" = ""\n'
    )


def test_a_draft_without_changes_says_so() -> None:
    assert written(Draft("霞野市長/7", "d-1", "e1", ())).endswith("# 今の記載から変わった項目はありません\n")


TEXTS = st.text(
    st.one_of(st.sampled_from("'\"\\\n\t　#[]=略。甲①ｶﾞ"), st.characters(exclude_categories=["Cs"]))
)


@given(st.lists(st.tuples(*[TEXTS] * len(CELLS)), min_size=1, max_size=3), TEXTS)
def test_whatever_is_written_is_read_again(cells: list[tuple[str, ...]], remark: str) -> None:
    """Any text comes back letter by letter, but for line breaks at its ends; no remark breaks the file."""
    rows = tuple(
        DraftRow(**dict(zip(CELLS.values(), each, strict=True)), remarks=(remark,), proposal=remark)  # type: ignore[arg-type]  # the fields of CELLS are texts
        for each in cells
    )
    draft = Draft("霞野市長/7", "名", "e1", rows, (remark,))
    back = read(written(draft), "d.toml")
    assert [tuple(getattr(row, field) for field in CELLS.values()) for row in back.rows] == [
        tuple(text.replace("\r\n", "\n").strip("\n") for text in each) for each in cells
    ]
    tomlkit.parse(written(draft))


@pytest.mark.parametrize(
    "edited",
    [
        pytest.param(lambda text: text.replace("\n", "\r\n").encode(), id="line ends of Windows"),
        pytest.param(lambda text: text.encode("utf-8-sig"), id="a byte order mark"),
        pytest.param(lambda text: text.replace('"変更日" = ""\n', "").encode(), id="a blank cell left out"),
        pytest.param(lambda text: "\n".join(text.split("\n")[7:]).encode(), id="without the head"),
    ],
)
def test_what_editors_do_to_a_file_changes_nothing(edited: object, tmp_path: Path) -> None:
    path = tmp_path / "d.toml"
    assert callable(edited)
    path.write_bytes(edited(written(DRAFT)))
    assert said(read(read_text(path), "d.toml")) == said(DRAFT)


def test_a_day_needs_no_quotation_marks() -> None:
    text = written(DRAFT).replace('"変更日" = ""', '"変更日" = 2026-04-01')
    assert read(text, "d.toml").rows[0].change_date == "2026-04-01"


MISTAKES = [
    pytest.param(
        '"項目" = "II',
        '"項目" = II',
        "d.toml 19行目: TOML として読めません",
        "引用符",
        id="no quotation marks",
    ),
    pytest.param(
        '"変更日" =', "変更日 =", "行目: TOML として読めません", 'キーは "変更日" のように', id="a bare key"
    ),
    pytest.param(
        '"変更日"',
        '"変更び"',
        "d.toml 変更1: 「変更び」というキーはありません",
        "「変更日」ではありませんか",
        id="a typo",
    ),
    pytest.param(
        '"改訂"',
        '"改定"',
        "d.toml: 「改定」というキーはありません",
        "「改訂」ではありませんか",
        id="a typo above",
    ),
    pytest.param(
        '"変更日"', '"提出時期"', "同じキーが一つの表に二度あります", "[[changes]]", id="a key twice"
    ),
    pytest.param(
        '"変更日" = ""',
        '"変更日" = 8',
        "d.toml 変更1: 「変更日」が文字列ではありません",
        "引用符で囲んで",
        id="a number",
    ),
    pytest.param(
        '"提出時期" = "事前"\n',
        "",
        "d.toml 変更1: 「提出時期」がありません",
        '"提出時期" = "…"',
        id="a key missing",
    ),
    pytest.param(
        '[[changes]]\n"',
        '[changes]\n"',
        "d.toml: changes が表の並びではありません",
        "[[changes]]",
        id="a table",
    ),
    pytest.param(
        "'''\n\"提出", '"提出', "TOML として読めません", "引用符の閉じ忘れ", id="a quotation left open"
    ),
]


@pytest.mark.parametrize(("was", "now", "what", "remedy"), MISTAKES)
def test_a_mistake_is_told_with_its_place_and_what_to_do(was: str, now: str, what: str, remedy: str) -> None:
    text = written(DRAFT)
    assert was in text
    with pytest.raises(InvalidChange) as told:
        read(text.replace(was, now, 1), "d.toml")
    assert what in str(told.value)
    assert remedy in told.value.remedy
    assert "\n" not in str(told.value)


def test_a_file_without_rows_records_nothing() -> None:
    with pytest.raises(InvalidChange, match="記録する変更がありません"):
        read(written(Draft("霞野市長/7", "d-1", "e1", ())), "d.toml")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        pytest.param(None, "ファイルがありません", id="no file"),
        pytest.param("改訂の下書き".encode("cp932"), "UTF-8 の文字として読めません", id="another encoding"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(data: bytes | None, what: str, tmp_path: Path) -> None:
    path = tmp_path / "d.toml"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(UnreadableSource, match=what):
        read_text(path)


@given(st.text(max_size=200))
def test_no_text_whatever_raises_anything_but_a_told_error(text: str) -> None:
    """Reading any text gives a draft, or one of the errors of the house."""
    with suppress(LedgerError):
        read(f'"評価書" = "7"\n{text}', "d.toml")
