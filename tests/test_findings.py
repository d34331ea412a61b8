"""Findings: one for each cause, never louder than they may be, and nothing ever raised."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.item_path import ItemPath
from ledger.published import Boxes, PrintedItem, PublishedEdition, TableState
from projections.findings import Cause, Finding, Severity
from projections.rules import RULES, body, body_dates, sections, thresholds
from projections.rules.regime import Ground, ground_of
from projections.validator import BY_NAME, validate
from tests.papers import EXEMPT, NUMBER, Cells, contracts, found, one, paper
from tests.papers import stated as item

OFFICE = "I/6/①部署"
HEAD = "I/6/②所属長の役職名"
GROUND = "I/4/法令上の根拠"
FIRST_DAY = "V/1/①実施日"
STORAGE = "II/6/保管場所"
MEDIA = "II/3/②入手方法"
SOURCE = "II/3/①入手元"
LIST = "別添1/特定個人情報ファイル記録項目"
INCIDENT = "III/7/②過去３年以内に、評価実施機関において、個人情報に関する重大事故が発生したか"
SPRING, AUTUMN = "令和5年4月3日", "令和5年10月2日"


# --- one cause, one finding -----------------------------------------------------------------------


def test_the_same_wrong_number_in_several_rows_is_one_finding() -> None:
    about = (
        "Ⅲ リスク対策-7. 特定個人情報の保管・消去-"
        "⑨過去3年以内に、評価実施機関において、個人情報に関する重大事故が発生したか"
    )
    edition = paper(
        item(INCIDENT, "発生あり"),
        item(f"{INCIDENT}/その内容", "誤って発送した。"),
        item(f"{INCIDENT}/再発防止策の内容", "二人で確かめる。"),
        rows=(
            (SPRING, about, "発生なし", "発生あり"),
            (SPRING, f"{about}-その内容", "－", "誤って発送した。"),
            (SPRING, f"{about}-再発防止策の内容", "－", "二人で確かめる。"),
        ),
    )
    (finding,) = found(edition, "wrong-item-number")
    assert finding.rows == (1, 2, 3)
    assert len(finding.items) == 3
    assert "様式4" in finding.message


def test_two_different_wrong_numbers_are_two_findings() -> None:
    edition = paper(
        item(OFFICE, "窓口課"),
        item(GROUND, "番号法第9条"),
        rows=(
            (SPRING, "Ⅰ 基本情報－5. 評価実施機関における担当部署－①部署", "市民課", "窓口課"),
            (SPRING, "Ⅰ 基本情報－3. 個人番号の利用－法令上の根拠", "番号法", "番号法第9条"),
        ),
    )
    assert [finding.rows for finding in found(edition, "wrong-item-number")] == [(1,), (2,)]


def test_all_rows_without_a_date_are_one_finding() -> None:
    edition = one(
        OFFICE, "窓口課", ("", "市民課", "住民課"), (SPRING, "住民課", "戸籍課"), (" ", "戸籍課", "窓口課")
    )
    (finding,) = found(edition, "missing-change-date")
    assert finding.rows == (1, 3)


def test_the_rows_of_one_occasion_filed_afterwards_are_one_finding() -> None:
    edition = paper(
        item(SOURCE, Boxes(("その他",), ("民間事業者",), (), "マイナポータル")),
        item("III/2/リスクに対する措置の内容", "画面で確かめる。"),
        item(GROUND, "番号法第9条"),
        rows=(
            (SPRING, SOURCE, "[] その他", "[○] その他(マイナポータル)", "事後", "システム更改のため"),
            (
                SPRING,
                "III/2/リスクに対する措置の内容",
                "－",
                "画面で確かめる。",
                "事後",
                "システム更改のため",
            ),
            (SPRING, GROUND, "番号法", "番号法第9条", "事後", "条例の改正のため"),
        ),
    )
    assert [finding.rows for finding in found(edition, "important-change-after")] == [(1, 2), (3,)]


def test_the_items_of_one_lost_block_are_one_finding() -> None:
    edition = paper(
        item("I/2/システム1/①システムの名称", "介護保険システム"),
        rows=(
            (SPRING, "I/2/システム6/②システムの機能", "課税を管理する機能", "課税を管理し、答える機能"),
            (AUTUMN, "I/2/システム6/③他のシステムとの接続", "[] 税務システム", "[○] 税務システム"),
            (AUTUMN, "I/2/システム8/②システムの機能", "甲", "乙"),
        ),
    )
    assert [finding.rows for finding in found(edition, "body-gap")] == [(1, 2), (3,)]


def test_a_broken_chain_is_not_reported_as_a_body_that_disagrees_too() -> None:
    edition = one(OFFICE, "窓口課", (SPRING, "市民課", "住民課"), (AUTUMN, "戸籍課", "窓口課"))
    assert {finding.rule for finding in validate(edition).findings} == {"chain-break"}


# --- what extraction damaged ----------------------------------------------------------------------

DAMAGED: list[tuple[str, PublishedEdition]] = [
    ("body-gap", paper(item(HEAD, "窓口課長"), rows=((SPRING, OFFICE, "市民課", "窓口課"),))),
    (
        "body-keeps-before-text",
        paper(
            item(MEDIA, Boxes((), ("紙",), ("専用線",)), "印が読み取れない: 専用線"),
            rows=((SPRING, MEDIA, "[] 紙", "[○] 紙"),),
        ),
    ),
    (
        "body-disagrees",
        paper(
            item(MEDIA, Boxes((), ("紙",), ("専用線",)), "印が読み取れない: 専用線"),
            rows=((SPRING, MEDIA, "－", "[○] 紙"),),
        ),
    ),
    ("count-mismatch", contracts("4", 1, 2, 4)),
    ("count-mismatch", contracts("2")),
]


@pytest.mark.parametrize(
    ("rule", "edition"), DAMAGED, ids=["lost page", "kept", "damaged", "lost block", "all lost"]
)
def test_what_extraction_damaged_is_no_more_than_a_note(rule: str, edition: PublishedEdition) -> None:
    (finding,) = found(edition, rule)
    assert (finding.cause, finding.severity) == (Cause.EXTRACTION, Severity.NOTE)


def test_blocks_beyond_the_number_are_no_loss() -> None:
    (finding,) = found(contracts("1", 1, 2), "count-mismatch")
    assert (finding.cause, finding.severity) == (Cause.DOCUMENT, Severity.WARNING)


def test_a_block_that_says_nothing_is_not_counted() -> None:
    blocks = paper(item(NUMBER, "1"), item("II/4/委託事項1", "保守"), item("II/4/委託事項2", "－"))
    assert found(blocks, "count-mismatch") == []


def test_each_file_is_counted_by_itself() -> None:
    edition = paper(
        item("II[宛名]/4/委託の有無/件", "1"),
        item("II[宛名]/4/委託事項1", "保守"),
        item("II[賦課]/4/委託の有無/件", "2"),
        item("II[賦課]/4/委託事項1", "印刷"),
    )
    (finding,) = found(edition, "count-mismatch")
    assert {path.file for path in finding.items} == {"賦課"}


# --- ※ items filed afterwards ---------------------------------------------------------------------

GROUNDS = [
    pytest.param("", Ground.NONE, id="blank"),
    pytest.param(" \n", Ground.NONE, id="white space"),
    pytest.param("重要な変更に該当しない", Ground.CLAIM, id="the claim"),
    pytest.param("重要な変更には\n該当しないため", Ground.CLAIM, id="the claim over two lines"),
    pytest.param("重要な変更にあたらない", Ground.CLAIM, id="あたらない"),
    pytest.param("重要な変更に該当", Ground.OCCASION, id="the opposite claim"),
    pytest.param(
        "重要な変更に該当するため、事前に提出", Ground.OCCASION, id="the opposite claim in a sentence"
    ),
    pytest.param("重要な変更に該当し、再実施した", Ground.OCCASION, id="the opposite claim, going on"),
    pytest.param("重要な変更ではなく、修正である", Ground.CLAIM, id="ではなく"),
    pytest.param("重要な変更に当たらず、事後に提出", Ground.CLAIM, id="当たらず"),
    pytest.param("重要な変更には該当しません", Ground.CLAIM, id="politely"),
    pytest.param("事前の提出・公表が義務付けられていない", Ground.CLAIM, id="no duty"),
    pytest.param("リスクを相当程度変動させるものではない", Ground.CLAIM, id="the risk stays as it is"),
    pytest.param("リスクを明らかに軽減させる変更", Ground.CLAIM, id="the risk is clearly lowered"),
    pytest.param("リスク対策の見直し", Ground.OCCASION, id="the risk is only spoken of"),
    pytest.param("しきい値判断結果の変更のため", Ground.THRESHOLD, id="the threshold"),
    pytest.param("法改正による号ずれの修正", Ground.FORMAL, id="号ずれ"),
    pytest.param("組織改正に伴う変更", Ground.FORMAL, id="a renamed office"),
    pytest.param("誤字修正", Ground.FORMAL, id="a typing error"),
    pytest.param("評価書の様式変更に伴う修正", Ground.FORMAL, id="another edition of the form"),
    pytest.param("システム更改のため", Ground.OCCASION, id="an occasion"),
    pytest.param("事務の実態に合わせた修正", Ground.OCCASION, id="reality"),
]


@pytest.mark.parametrize(("explanation", "ground"), GROUNDS)
def test_an_explanation_gives_its_ground(explanation: str, ground: Ground) -> None:
    assert ground_of(explanation) is ground


def filed(
    explanation: str, path: str = GROUND, body: str | Boxes = "新", before: str = "旧", after: str = "新"
) -> Finding:
    """What is found of a ※ item filed afterwards with this explanation."""
    edition = one(path, body, (SPRING, before, after, "事後", explanation))
    (finding,) = found(edition, "important-change-after")
    return finding


def test_a_formal_ground_makes_it_a_note() -> None:
    assert filed("法改正による号ずれの修正").severity is Severity.NOTE


def test_an_occasion_or_nothing_makes_it_a_warning() -> None:
    assert filed("システム更改のため").severity is Severity.WARNING
    assert filed("").severity is Severity.WARNING
    assert "説明がありません" in filed("").message


def test_a_box_that_was_added_is_a_warning_on_any_ground() -> None:
    boxes = Boxes(("民間事業者",), ("その他",))
    row = (SPRING, "[] 民間事業者", "[○] 民間事業者", "事後", "評価書の様式変更に伴う修正")
    (finding,) = found(one(SOURCE, boxes, row), "important-change-after")
    assert finding.severity is Severity.WARNING


RELABELLED = "評価書の様式変更に伴う修正"
NO_ADDITIONS = [
    pytest.param(
        one(
            SOURCE,
            Boxes((), ("民間事業者",)),
            (SPRING, "[○] 民間事業者", "[] 民間事業者", "事後", RELABELLED),
        ),
        id="a box taken out",
    ),
    pytest.param(
        one(STORAGE, "書庫に置く。", (SPRING, "書庫におく。", "書庫に置く。", "事後", "誤字修正")),
        id="a measure in other words",
    ),
]
ADDITIONS = [
    pytest.param(
        one(
            STORAGE,
            "書庫に置く。鍵は所属長が管理する。",
            (SPRING, "書庫に置く。", "書庫に置く。鍵は所属長が管理する。", "事後", RELABELLED),
        ),
        id="a sentence more",
    ),
    pytest.param(
        one(
            STORAGE,
            "書庫に置く。\n鍵は所属長が管理する。",
            (SPRING, "略", "略\n鍵は所属長が管理する。", "事後", RELABELLED),
        ),
        id="a sentence behind 略",
    ),
    pytest.param(
        one(STORAGE, "鍵は所属長が管理する。", (SPRING, "－", "鍵は所属長が管理する。", "事後", RELABELLED)),
        id="a measure where there was none",
    ),
]


@pytest.mark.parametrize("edition", NO_ADDITIONS)
def test_what_adds_nothing_on_a_formal_ground_is_a_note(edition: PublishedEdition) -> None:
    assert [f.severity for f in found(edition, "important-change-after")] == [Severity.NOTE]


@pytest.mark.parametrize("edition", ADDITIONS)
def test_a_measure_that_was_added_is_a_warning_on_any_ground(edition: PublishedEdition) -> None:
    assert [f.severity for f in found(edition, "important-change-after")] == [Severity.WARNING]


# --- all rules together ---------------------------------------------------------------------------


def test_the_rules_have_different_names() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)


def test_errors_come_first_then_warnings_then_notes() -> None:
    edition = paper(
        item(OFFICE, "戸籍課"),
        rows=(
            (SPRING, "Ⅱ－６特定個人の保管・消去－保管場所", "棚", "書庫"),
            ("", "待合スペース", "甲", "乙"),
            (AUTUMN, OFFICE, "市民課", "窓口課"),
        ),
    )
    severities = [finding.severity for finding in validate(edition).findings]
    assert severities == sorted(severities, key=list(Severity).index)
    assert set(severities) == set(Severity)


def test_of_a_first_publication_only_its_empty_table_is_reported() -> None:
    (finding,) = validate(paper(item(OFFICE, "窓口課"), state=TableState.EMPTY)).findings
    assert (finding.rule, finding.severity) == ("empty-change-table", Severity.NOTE)


WORDS = st.one_of(
    st.text("甲乙丙。－略［］[]○（）「」【】を追加。※④～⑥変更あり\n", max_size=15), st.text(max_size=8)
)
ITEMS = st.one_of(
    st.sampled_from(
        [OFFICE, GROUND, FIRST_DAY, STORAGE, MEDIA, LIST, NUMBER, "Ⅰ－6", "Ⅱ", "Ⅲ－２", "II/4/委託事項1"]
    ),
    WORDS,
)
TABLES = st.lists(
    st.tuples(
        st.sampled_from(["", SPRING, AUTUMN, "〃", "令和5年13月1日"]),
        ITEMS,
        WORDS,
        WORDS,
        st.sampled_from(["事前", "事後", ""]),
        st.sampled_from(["", "号ずれ", "更改のため", EXEMPT]),
    ),
    max_size=6,
)
OF_BODIES = {rule.name for module in (body, body_dates, sections, thresholds) for rule in module.RULES}
COUNTS = st.sampled_from(["0", "2", "３", "", "－", "未定"])
BODIES = st.builds(
    lambda body, count: body | count,
    st.dictionaries(st.sampled_from([OFFICE, GROUND, FIRST_DAY, STORAGE, LIST]), WORDS),
    st.dictionaries(st.just(NUMBER), COUNTS),
)


@given(BODIES, TABLES)
def test_a_validator_raises_nothing_and_says_the_same_twice(body: dict[str, str], rows: list[Cells]) -> None:
    """Whatever a document holds, it is reported; rows and items are those of the document."""
    edition = paper(*(item(path, value) for path, value in body.items()), rows=tuple(rows))
    report = validate(edition)
    assert report.findings == validate(edition).findings
    for finding in report.findings:
        assert finding.rule in BY_NAME
        assert set(finding.rows) <= set(range(1, len(rows) + 1))
        assert finding.rows or finding.items
        assert "違反" not in finding.message
        if finding.cause is Cause.EXTRACTION:
            assert finding.severity is Severity.NOTE


@given(BODIES)
def test_a_body_alone_never_breaks_a_rule_about_rows(body: dict[str, str]) -> None:
    """Without a change table nothing can be said about rows."""
    items: list[PrintedItem] = [item(path, value) for path, value in body.items()]
    for finding in validate(paper(*items)).findings:
        assert finding.rows == ()
        assert finding.rule in OF_BODIES
        assert all(isinstance(path, ItemPath) for path in finding.items)
