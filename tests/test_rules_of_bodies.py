"""The rules about the body by itself: what breaks them, what is in doubt, and damaged clean documents."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from ledger.published import PublishedEdition
from ledger.readers import read
from projections.findings import Cause, Severity
from projections.rules import body, body_dates, choices, files, naming, sections, thresholds
from projections.rules.bands import Band, band_of
from projections.validator import validate
from samples.making.damage import HARMFUL, HARMLESS, Damage
from samples.making.generating import seeded
from tests.bodies import FILES, SYSTEM, WHOLE, of_two_files, recipient, whole, without
from tests.broken_bodies import MORE
from tests.conftest import ROOT
from tests.papers import found, paper
from tests.papers import stated as item

OWN_RULES = {
    rule.name
    for module in (body, body_dates, choices, files, naming, sections, thresholds)
    for rule in module.RULES
}


@pytest.mark.parametrize(("rule", "edition", "severity", "about"), MORE)
def test_a_body_that_breaks_a_rule_is_reported_once(
    rule: str, edition: PublishedEdition, severity: Severity, about: set[str]
) -> None:
    (finding,) = found(edition, rule)
    assert (finding.severity, {str(path) for path in finding.items}) == (severity, about)


IN_DOUBT = [(param.values[0], param.values[1]) for param in MORE if param.values[0] != "missing-section"]


@pytest.mark.parametrize(
    ("rule", "edition"),
    IN_DOUBT,
    ids=[str(param.id) for param in MORE if param.values[0] != "missing-section"],
)
def test_what_was_read_with_a_doubt_is_never_a_warning(rule: str, edition: PublishedEdition) -> None:
    doubtful = tuple(replace(one, doubt="同じ欄が二度あり、記載が違う") for one in edition.items)
    for finding in found(replace(edition, items=doubtful), rule):
        assert finding.severity is Severity.NOTE


# --- what is not in the text ------------------------------------------------------------------------------


def test_sections_that_are_not_in_the_text_are_one_finding() -> None:
    (finding,) = found(without("IV", "V"), "missing-section")
    assert [str(path) for path in finding.items] == ["IV", "V"]
    assert (finding.severity, finding.cause) == (Severity.WARNING, Cause.UNDECIDABLE)


def test_an_annex_that_nobody_refers_to_is_not_missed() -> None:
    assert found(paper(*whole("I", "II", "III", "IV", "V")), "missing-section") == []


def test_a_heading_without_items_may_have_been_lost_with_its_page() -> None:
    edition = paper(*(one for one in WHOLE if one.path.parts[:2] not in {("III", "8"), ("V", "2")}))
    (finding,) = found(edition, "missing-section")
    assert (finding.severity, finding.cause) == (Severity.NOTE, Cause.EXTRACTION)
    assert [str(path) for path in finding.items] == ["III/8", "V/2"]


def test_a_file_whose_section_is_not_in_the_text_is_named() -> None:
    edition = of_two_files(listed="甲ファイル\n乙ファイル\n丙ファイル")
    loud = [one for one in found(edition, "missing-section") if one.severity is Severity.WARNING]
    assert [[str(path) for path in one.items] for one in loud] == [
        ["別添1"],
        ["II[丙ファイル]/1/特定個人情報ファイル名"],
        ["III[丙ファイル]/1/特定個人情報ファイル名"],
    ]


def test_a_block_of_a_file_whose_section_is_lost_is_a_note() -> None:
    edition = of_two_files(
        item("II[甲ファイル]/5/提供・移転の有無/移転を行っている/件", "1"),
        *recipient(1, "福祉課", "甲ファイルによる給付の事務", file="甲ファイル"),
        *recipient(2, "収納課", "丙ファイルによる徴収の事務", file="甲ファイル"),
        listed="甲ファイル\n乙ファイル\n丙ファイル",
    )
    (finding,) = found(edition, "group-under-wrong-file")
    assert (finding.severity, finding.cause) == (Severity.NOTE, Cause.EXTRACTION)
    assert [str(path) for path in finding.items] == ["II[甲ファイル]/5/移転先2"]


# --- one cause, one finding -------------------------------------------------------------------------------


def test_choices_that_are_open_are_one_finding_for_each_section() -> None:
    edition = paper(
        item("I/5/①実施の有無", ""),
        item("III/7/①事故発生時手順の策定・周知", ""),
        item("III/9/従業者に対する教育・啓発", ""),
    )
    assert [len(finding.items) for finding in found(edition, "missing-choice")] == [1, 2]


def test_all_spellings_of_one_name_are_one_finding() -> None:
    edition = paper(
        item(SYSTEM.format(1), "中間サーバ"),
        item(SYSTEM.format(2), "税務システム"),
        item(SYSTEM.format(3), "中間サーバー"),
        item(SYSTEM.format(4), "中間ｻｰﾊﾞｰ"),
    )
    (finding,) = found(edition, "name-variants")
    assert len(finding.items) == 3
    assert "「中間サーバ」、「中間サーバー」と" in finding.message


def test_a_file_in_another_spelling_is_a_variant_and_no_contradiction() -> None:
    edition = paper(
        item(FILES, "子ども手当ファイル"), item("II/1/特定個人情報ファイル名", "こども手当ファイル")
    )
    assert [finding.severity for finding in found(edition, "name-variants")] == [Severity.NOTE]


# --- numbers of people ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "band"),
    [
        ("1,000人未満", Band(0, 1_000)),
        ("1,000人以上1万人未満", Band(1_000, 10_000)),
        ("１０万人以上30万人未満", Band(100_000, 300_000)),
        ("100万人以上1,000万人未満", Band(1_000_000, 10_000_000)),
        ("1,000万人以上", Band(10_000_000, math.inf)),
        ("500人以上 1,000人未満", Band(500, 1_000)),
        ("50項目以上100項目未満", None),
        ("", None),
    ],
)
def test_an_option_is_a_number_of_people(label: str, band: Band | None) -> None:
    assert band_of(label) == band


# --- clean documents, damaged -----------------------------------------------------------------------------

CLEAN = ("kasumino/7_kaigo-hoken", "yunagi/21_kokuho")
NOT_THERE = {"missing-section", "missing-change-table"}


@pytest.mark.parametrize("name", CLEAN)
@pytest.mark.parametrize("damaging", [*HARMFUL, *HARMLESS], ids=lambda one: one.__name__.replace("_", " "))
def test_no_damage_makes_a_clean_body_contradict_itself(name: str, damaging: Damage) -> None:
    """A warning says at most that something is not in the text."""
    text = (ROOT / "samples" / f"{name}.txt").read_text(encoding="utf-8")
    for seed in range(3):
        hurt = read(damaging(text, seeded(seed)).text.encode(), "hurt.txt")
        loud = {one.rule for one in validate(hurt).findings if one.severity is not Severity.NOTE}
        assert loud & OWN_RULES <= NOT_THERE
