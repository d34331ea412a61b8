"""Every rule of the validator: a document that breaks it, and some that only look as if they did."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ledger.published import Boxes, PublishedEdition
from projections.findings import Severity
from projections.rules import RULES
from projections.validator import BY_NAME, validate
from tests import bodies, cases_of_rows, sound_bodies
from tests.papers import EXEMPT, NUMBER, contracts, found, one, paper
from tests.papers import stated as item

OFFICE = "I/6/①部署"
HEAD = "I/6/②所属長の役職名"
WORK = "I/1/②事務の内容"
GROUND = "I/4/法令上の根拠"
FIRST_DAY = "V/1/①実施日"
STORAGE = "II/6/保管場所"
MEDIA = "II/3/②入手方法"
LIST = "別添1/特定個人情報ファイル記録項目"
INCIDENT = "III/7/②過去３年以内に、評価実施機関において、個人情報に関する重大事故が発生したか"
SPRING, AUTUMN = "令和5年4月3日", "令和5年10月2日"


def named(text: str, path: str = OFFICE) -> PublishedEdition:
    """An edition one of whose rows writes *text* in the 項目 column."""
    return paper(item(path, "窓口課"), rows=((SPRING, text, "市民課", "窓口課"),))


BREAKS: dict[str, PublishedEdition] = {
    "chain-break": one(
        FIRST_DAY,
        "令和5年8月1日",
        (SPRING, "平成28年2月1日", "令和2年8月3日"),
        (AUTUMN, "令和3年8月2日", "令和5年8月1日"),
    ),
    "missing-change-date": one(OFFICE, "窓口課", ("", "市民課", "窓口課")),
    "unknown-item": named("待合スペースの掲示物の見直し"),
    "wrong-section-name": named("Ⅰ 関連情報－6. 評価実施機関における担当部署－①部署"),
    "wrong-item-number": named("Ⅰ 基本情報－5. 評価実施機関における担当部署－①部署"),
    "abbreviated-item-name": named("Ⅱ－６特定個人の保管・消去－保管場所", STORAGE),
    "narrative-row": one(LIST, "氏名、電話番号", (SPRING, "略", "「電話番号」を追加。")),
    "elided-row": one(STORAGE, "書庫に置く。\n施錠する。", (SPRING, "略", "略\n施錠する。")),
    "body-disagrees": one(OFFICE, "戸籍課", (SPRING, "市民課", "窓口課")),
    "body-gap": paper(item(HEAD, "窓口課長"), rows=((SPRING, OFFICE, "市民課", "窓口課"),)),
    "count-mismatch": contracts("3", 1, 2),
    "important-change-after": one(
        GROUND, "番号法第9条", (SPRING, "番号法", "番号法第9条", "事後", "更改のため")
    ),
    **cases_of_rows.BREAKS,
    **bodies.BREAKS,
}

LOOKS_LIKE = [
    pytest.param(
        "chain-break",
        one(
            OFFICE,
            "サーバ管理課",
            (SPRING, "市民課", "サーバー管理課"),
            (AUTUMN, "サーバ管理課", "サーバ管理課"),
        ),
        id="chain: another spelling of the same word",
    ),
    pytest.param(
        "chain-break",
        one(
            FIRST_DAY, "令和5年8月1日", (SPRING, "－", "2021/8/2"), (AUTUMN, "令和3年8月2日", "令和5年8月1日")
        ),
        id="chain: another notation of the same day",
    ),
    pytest.param(
        "chain-break",
        one(
            WORK,
            "受理する。審査する。",
            (SPRING, "受ける。", "受理する。"),
            (AUTUMN, "調べる。", "審査する。"),
        ),
        id="chain: two parts of one item",
    ),
    pytest.param(
        "chain-break",
        one(LIST, "氏名、口座", (SPRING, "略", "「住所」を追加。"), (AUTUMN, "氏名、住所", "氏名、口座")),
        id="chain: what narration left cannot be told",
    ),
    pytest.param(
        "missing-change-date",
        paper(
            item(OFFICE, "窓口課"),
            item(HEAD, "窓口課長"),
            rows=((SPRING, HEAD, "市民課長", "窓口課長"), ("〃", OFFICE, "市民課", "窓口課")),
        ),
        id="date: a ditto states it",
    ),
    pytest.param(
        "missing-change-date", one(OFFICE, "窓口課", ("R5.4.3", "市民課", "窓口課")), id="date: R5.4.3"
    ),
    pytest.param(
        "missing-change-date",
        one(OFFICE, "窓口課", ("令和5年13月1日", "市民課", "窓口課")),
        id="date: wrong is not missing",
    ),
    pytest.param("unknown-item", named("I-6①部署"), id="name: nothing but numbers and a label"),
    pytest.param("unknown-item", named("Ⅰー６ー①　部署"), id="name: ー and spaces as separators"),
    pytest.param(
        "unknown-item", named("Ⅰ 関連情報－5. 評価実施機関における担当部署－①部署"), id="name: 様式2's"
    ),
    pytest.param("unknown-item", named("Ⅰ 基本情報－6. 評価実施機関における担当部署"), id="name: a heading"),
    pytest.param(
        "wrong-section-name", named("Ⅰ　基本情報-6. 評価実施機関における担当部署-①部署"), id="section: ASCII"
    ),
    pytest.param("wrong-section-name", named("I－6－①部署"), id="section: its name left out"),
    pytest.param(
        "wrong-section-name", named("Ⅰ－5. 評価実施機関における担当部署－①部署"), id="section: a number"
    ),
    pytest.param(
        "wrong-item-number", named("Ⅰ 基本情報－６．評価実施機関における担当部署－①部署"), id="number: wide"
    ),
    pytest.param(
        "wrong-item-number", named("Ⅰ 基本情報－評価実施機関における担当部署－部署"), id="number: left out"
    ),
    pytest.param(
        "wrong-item-number", named("Ⅰ 関連情報－6. 評価実施機関における担当部署－①部署"), id="number: right"
    ),
    pytest.param(
        "abbreviated-item-name", named("Ⅱ－６．特定個人情報の保管・消去－保管場所", STORAGE), id="short: full"
    ),
    pytest.param(
        "abbreviated-item-name",
        named("Ⅱ－4. 特定個人情報ファイルの取り扱いの委託－委託事項1－③委託先名", "II/4/委託事項1/③委託先名"),
        id="short: another spelling of 取扱い",
    ),
    pytest.param(
        "narrative-row",
        one(WORK, "台帳から削除する。", (SPRING, "－", "台帳から削除する。")),
        id="told: 削除",
    ),
    pytest.param(
        "narrative-row", one(STORAGE, "甲\n乙", (SPRING, "略", "略\n乙")), id="told: 略 is not narration"
    ),
    pytest.param(
        "elided-row",
        one(WORK, "添付を省略することができる。", (SPRING, "－", "添付を省略することができる。")),
        id="略: a verb",
    ),
    pytest.param(
        "elided-row", one(LIST, "氏名", (SPRING, "略", "「氏名」を追加。")), id="略: narration is told once"
    ),
    pytest.param(
        "body-disagrees",
        one(STORAGE, "サーバーの部屋", (SPRING, "棚", "サーバの部屋")),
        id="body: サーバ, サーバー",
    ),
    pytest.param(
        "body-disagrees",
        one(FIRST_DAY, "令和5年8月1日", (SPRING, "－", "R5.8.1")),
        id="body: another notation",
    ),
    pytest.param(
        "body-disagrees", one(WORK, "受理し、審査する。", (SPRING, "調べる", "審査する")), id="body: a part"
    ),
    pytest.param(
        "body-disagrees", one(LIST, "氏名、口座", (SPRING, "略", "「住所」を追加。")), id="body: narration"
    ),
    pytest.param(
        "body-disagrees",
        one(MEDIA, Boxes((), ("紙",), ("専用線",)), (SPRING, "[] 専用線", "[○] 専用線")),
        id="body: an unreadable box",
    ),
    pytest.param(
        "body-gap",
        paper(item(HEAD, "窓口課長"), rows=((SPRING, OFFICE, "市民課", "－"),)),
        id="gap: what was taken out is not there",
    ),
    pytest.param("body-gap", named("待合スペースの掲示物"), id="gap: no item of the form"),
    pytest.param("count-mismatch", contracts("2", 1, 2), id="count: right"),
    pytest.param("count-mismatch", contracts("", 1, 2), id="count: none printed"),
    pytest.param("count-mismatch", contracts("０2", 1, 2), id="count: written with a zero"),
    pytest.param(
        "important-change-after",
        one(GROUND, "番号法第9条", (SPRING, "番号法", "番号法第9条", "事前", "更改のため")),
        id="※: filed before",
    ),
    pytest.param(
        "important-change-after",
        one(GROUND, "番号法第9条", (SPRING, "番号法", "番号法第9条", "事後", f"更改であり、{EXEMPT}")),
        id="※: claims that it is none",
    ),
    pytest.param(
        "important-change-after",
        one(
            GROUND, "番号法第9条", (SPRING, "番号法", "番号法第9条", "事後", "しきい値判断の結果の変更のため")
        ),
        id="※: the threshold rose",
    ),
    pytest.param(
        "important-change-after",
        one(OFFICE, "窓口課", (SPRING, "市民課", "窓口課", "事後", "更改のため")),
        id="※: an item without the mark",
    ),
    pytest.param(
        "important-change-after",
        one(INCIDENT, "発生あり", (SPRING, "発生なし", "発生あり", "事後", "重大事故の発生")),
        id="※: Ⅲ７② is excepted",
    ),
    *cases_of_rows.LOOKS_LIKE,
    *sound_bodies.LOOKS_LIKE,
]


def test_every_rule_has_a_document_that_breaks_it_and_one_that_does_not() -> None:
    names = {rule.name for rule in RULES if not rule.needs_ledger}  # test_against_ledger_cases has those
    assert set(BREAKS) == names
    assert {param.values[0] for param in LOOKS_LIKE} == names


@pytest.mark.parametrize("rule", list(BREAKS))
def test_a_document_that_breaks_a_rule_is_reported_once(rule: str) -> None:
    findings = found(BREAKS[rule], rule)
    assert len(findings) == 1


@pytest.mark.parametrize(("rule", "edition"), LOOKS_LIKE)
def test_a_document_that_only_looks_so_is_not_reported(rule: str, edition: PublishedEdition) -> None:
    assert found(edition, rule) == []


SEVERITIES = {
    "chain-break": Severity.ERROR,
    "missing-change-date": Severity.WARNING,
    "unknown-item": Severity.WARNING,
    "wrong-section-name": Severity.WARNING,
    "wrong-item-number": Severity.WARNING,
    "abbreviated-item-name": Severity.NOTE,
    "narrative-row": Severity.WARNING,
    "elided-row": Severity.NOTE,
    "body-disagrees": Severity.ERROR,
    "body-gap": Severity.NOTE,
    "count-mismatch": Severity.WARNING,
    "important-change-after": Severity.WARNING,
    **cases_of_rows.SEVERITIES,
    **bodies.SEVERITIES,
}


@pytest.mark.parametrize(("rule", "severity"), SEVERITIES.items())
def test_a_rule_has_its_severity(rule: str, severity: Severity) -> None:
    assert [finding.severity for finding in found(BREAKS[rule], rule)] == [severity]


ABOUT = {
    "chain-break": ((1, 2), {FIRST_DAY}),
    "missing-change-date": ((1,), {OFFICE}),
    "unknown-item": ((1,), {OFFICE}),
    "wrong-section-name": ((1,), {OFFICE}),
    "wrong-item-number": ((1,), {OFFICE}),
    "abbreviated-item-name": ((1,), {STORAGE}),
    "narrative-row": ((1,), {LIST}),
    "elided-row": ((1,), {STORAGE}),
    "body-disagrees": ((1,), {OFFICE}),
    "body-gap": ((1,), {OFFICE}),
    "count-mismatch": ((), {NUMBER, "II/4/委託事項1", "II/4/委託事項2"}),
    "important-change-after": ((1,), {GROUND}),
    **cases_of_rows.ABOUT,
    **{rule: ((), paths) for rule, paths in bodies.ABOUT.items()},
}


@pytest.mark.parametrize(("rule", "about"), ABOUT.items())
def test_a_finding_names_its_rows_and_items(rule: str, about: tuple[tuple[int, ...], set[str]]) -> None:
    (finding,) = found(BREAKS[rule], rule)
    assert (finding.rows, {str(path) for path in finding.items}) == about


@pytest.mark.parametrize("rule", list(BREAKS))
def test_a_message_asks_to_check_and_accuses_nobody(rule: str) -> None:
    for finding in validate(BREAKS[rule]).findings:
        told = f"{finding.message}{BY_NAME[finding.rule].remedy}{BY_NAME[finding.rule].source}"
        assert not [word for word in ("違反", "違法", "不正です", "虚偽") if word in told]
        assert finding.message
        assert BY_NAME[finding.rule].remedy


# --- ids ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", list(BREAKS))
def test_the_id_of_a_finding_is_the_same_in_every_run(rule: str) -> None:
    first = [finding.id for finding in validate(BREAKS[rule]).findings]
    assert first == [finding.id for finding in validate(BREAKS[rule]).findings]
    assert all(finding.id.startswith(f"{finding.rule}-") for finding in validate(BREAKS[rule]).findings)


def test_an_id_is_fixed_for_good() -> None:
    (finding,) = found(BREAKS["body-disagrees"], "body-disagrees")
    assert finding.id == "body-disagrees-9bc9cff8"


REWORDED: list[tuple[str, Callable[[str], PublishedEdition]]] = [
    (
        "chain-break",
        lambda words: one(
            FIRST_DAY, "令和5年8月1日", (SPRING, "－", words), (AUTUMN, "令和3年8月2日", "令和5年8月1日")
        ),
    ),
    ("unknown-item", lambda words: named(f"{words}の掲示物の見直し")),
    ("narrative-row", lambda words: one(LIST, "氏名", (SPRING, "略", f"「{words}」を追加。"))),
    ("body-disagrees", lambda words: one(OFFICE, "戸籍課", (SPRING, "市民課", words))),
    (
        "important-change-after",
        lambda words: one(GROUND, "新", (SPRING, "旧", "新", "事後", f"{words}のため")),
    ),
]


@pytest.mark.parametrize(("rule", "edition"), REWORDED, ids=[rule for rule, _ in REWORDED])
def test_the_id_changes_with_the_words_it_is_about(
    rule: str, edition: Callable[[str], PublishedEdition]
) -> None:
    (one_finding,), (other,) = found(edition("平成30年3月9日"), rule), found(edition("平成31年3月8日"), rule)
    assert one_finding.id != other.id


def test_the_id_does_not_depend_on_what_else_is_found() -> None:
    alone = BREAKS["body-disagrees"]
    rows = tuple((r.date, r.item_text, r.before, r.after) for r in alone.rows)
    more = paper(*alone.items, rows=(*rows, (SPRING, "待合スペース", "甲", "乙")))
    assert found(alone, "body-disagrees")[0].id == found(more, "body-disagrees")[0].id
