"""The register of systems: one system in several places, connections from both sides, what is not known."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ledger.wording import Level
from projections.systems import Register, Sides, System, register
from tests.command_line import Kaitei, one_line
from tests.conftest import Golden
from tests.papers import Cells, day
from tests.several import Block, held, listing, system, ticked
from tests.test_documents import document

pytest_plugins = ["tests.command_line_fixtures"]

BENEFIT = "児童手当システム"
ADDRESSES = "団体内統合宛名システム"
NETWORK = "共通基盤システム（庁内連携システム）"


def named(found: Register, name: str) -> System:
    (it,) = (each for each in found.systems if each.name == name)
    return it


def sides(found: Register, name: str) -> dict[str, Sides]:
    """What a system is connected to, and who says so."""
    connections = named(found, name).connections
    return {"、".join(each.to or each.said): each.sides for each in connections}


def test_a_system_that_several_assessments_name_is_one_with_several_places() -> None:
    found = register(
        held(listing("7", system(1, "中間サーバー")), listing("9", system(3, "中間サーバ"))), None
    )
    (only,) = found.systems
    assert [place.name_of_place for place in only.places] == ["霞野市長/7 システム1", "霞野市長/9 システム3"]
    assert only.spellings == (("中間サーバー", Level.EXACT), ("中間サーバ", Level.VARIANT))


def test_systems_of_one_name_of_two_bodies_are_two() -> None:
    papers = (listing("7", system(1, ADDRESSES)), listing("7", system(1, ADDRESSES), body="湊川町長"))
    found = register(held(*papers), None)
    assert [(each.body, each.name) for each in found.systems] == [
        ("霞野市長", ADDRESSES), ("湊川町長", ADDRESSES),
    ]  # fmt: skip


def test_a_body_is_one_with_its_prefecture_and_without() -> None:
    papers = (listing("7", system(1, ADDRESSES)), listing("9", system(1, ADDRESSES), body="埼玉県霞野市長"))
    (only,) = register(held(*papers), None).systems
    assert len(only.places) == 2


BRACKETS = [
    pytest.param(["共通基盤", "共通基盤（連携）"], 1, id="a name without brackets is that with brackets"),
    pytest.param(["税（住民税）", "税（固定資産税）"], 2, id="two names with other brackets are two"),
    pytest.param(["税", "税（住民税）", "税（固定資産税）"], 3, id="then one without could be either"),
]


@pytest.mark.parametrize(("names", "count"), BRACKETS)
def test_brackets_behind_a_name(names: list[str], count: int) -> None:
    blocks = [system(n, name) for n, name in enumerate(names, start=1)]
    assert len(register(held(listing("7", *blocks)), None).systems) == count


TO_NETWORK, TO_ADDRESSES = ticked("庁内連携システム"), ticked("宛名システム等")
OF_ALL = ticked(other="個別業務システム")
RESIDENTS = "既存住民基本台帳システム"

BOTH_SIDES = [
    pytest.param(
        system(1, BENEFIT, TO_NETWORK),
        system(2, NETWORK, ticked(other=BENEFIT)),
        (NETWORK, "both"),
        id="a kind that is ticked and a name that is given",
    ),
    pytest.param(
        system(1, BENEFIT, TO_ADDRESSES),
        system(2, ADDRESSES, ticked("税務システム")),
        (ADDRESSES, "only_here"),
        id="the other side names another",
    ),
    pytest.param(
        system(1, BENEFIT),
        system(2, ADDRESSES, ticked(other=BENEFIT)),
        (ADDRESSES, "only_there"),
        id="this side names none",
    ),
    pytest.param(
        system(1, BENEFIT, TO_NETWORK),
        system(2, NETWORK, OF_ALL),
        (NETWORK, "collective"),
        id="the other side names all of its sort",
    ),
    pytest.param(
        system(1, BENEFIT, ticked(other="収納管理システム")),
        system(2, NETWORK),
        ("収納管理システム", "not_described"),
        id="the other side is described nowhere",
    ),
    pytest.param(
        system(1, BENEFIT, TO_ADDRESSES),
        system(2, ADDRESSES, ticked(unreadable=("その他",))),
        (ADDRESSES, "undecided"),
        id="a box of the other side is not legible",
    ),
    pytest.param(
        system(1, BENEFIT, TO_ADDRESSES),
        system(2, ADDRESSES, ticked("その他")),
        (ADDRESSES, "undecided"),
        id="the other side ticks その他 and names nothing",
    ),
    pytest.param(
        system(1, RESIDENTS, TO_ADDRESSES),
        system(2, ADDRESSES, OF_ALL),
        (ADDRESSES, "only_here"),
        id="what is of a kind of its own is not one of all",
    ),
]


@pytest.mark.parametrize(("one", "other", "told"), BOTH_SIDES)
@pytest.mark.parametrize("apart", [False, True], ids=["in one assessment", "in two assessments"])
def test_a_connection_is_looked_for_on_both_sides(
    one: Block, other: Block, told: tuple[str, str], *, apart: bool
) -> None:
    papers = [listing("7", one), listing("9", other)] if apart else [listing("7", one, other)]
    found, name, (to, who) = register(held(*papers), None), str(one[0].value), told
    assert sides(found, name) == {to: who}
    of_it = [each for each, _ in found.one_sided if each.name == name]
    assert len(of_it) == (who == "only_here")


def test_a_kind_of_which_a_body_has_several_systems_may_mean_any() -> None:
    taxes = (system(2, "住民税システム", ticked(other=BENEFIT)), system(3, "固定資産税システム"))
    found = register(held(listing("7", system(1, BENEFIT, ticked("税務システム")), *taxes)), None)
    (connection,) = named(found, BENEFIT).connections
    assert (connection.to, connection.sides) == (("住民税システム", "固定資産税システム"), "both")
    assert named(found, "固定資産税システム").connections == ()


def test_where_two_assessments_describe_one_system_differently_it_is_said() -> None:
    papers = (
        listing("7", system(1, ADDRESSES, ticked("税務システム"))),
        listing("9", system(2, ADDRESSES, ticked())),
    )
    (connection,) = named(register(held(*papers), None), ADDRESSES).connections
    assert [place.name_of_place for place in connection.unsaid] == ["霞野市長/9 システム2"]


ADDED: tuple[Cells, ...] = (
    ("令和5年4月3日", "I/2/システム1/①システムの名称", "－", BENEFIT),
    ("令和5年4月3日", "I/2/システム1/②システムの機能", "－", "管理する。"),
    ("令和5年4月3日", "I/2/システム1/③他のシステムとの接続", "－", "[○]税務システム"),
)


def test_a_system_is_there_since_its_row_and_not_before() -> None:
    edition = listing("7", system(1, BENEFIT, ticked("税務システム")), rows=ADDED)
    first = register(held(edition, day=day("2023-04-03")), day("2023-04-03"))
    (place,) = named(first, BENEFIT).places
    assert place.named is not None
    assert place.named.since == date(2023, 4, 3)
    (connection,) = named(first, BENEFIT).connections
    assert [claim.since for claim in connection.stated] == [date(2023, 4, 3)]
    eve = register(held(edition, day=day("2023-04-02")), day("2023-04-02"))
    assert (eve.systems, eve.unknown) == ((), ())


def test_before_what_is_known_a_system_is_unknown_and_says_why() -> None:
    found = register(held(listing("7", system(1, BENEFIT)), day=day("2020-01-01")), day("2020-01-01"))
    assert found.systems == ()
    (place,) = found.unknown
    assert (place.name_of_place, str(place.path)) == ("霞野市長/7 システム1", "I/2/システム1")
    assert "より前の記載は分からない" in place.reason


def test_a_system_whose_name_is_lost_is_told_by_its_place_and_never_one_sided() -> None:
    boxes = ("[] 宛名システム等", "[○] 宛名システム等")
    lost = (("令和5年4月3日", "I/2/システム2/③他のシステムとの接続", *boxes),)
    found = register(held(listing("7", system(1, ADDRESSES), rows=lost)), None)
    (nameless,) = (each for each in found.systems if not each.spellings)
    assert nameless.name == "（名称不明: 霞野市長/7 システム2）"
    assert [(c.to, c.sides) for c in nameless.connections] == [((ADDRESSES,), "undecided")]
    assert sides(found, ADDRESSES) == {nameless.name: "undecided"}


def test_only_some_assessments_are_shown_and_all_are_asked() -> None:
    papers = (
        listing("7", system(1, BENEFIT, ticked("宛名システム等")), system(2, "戸籍システム")),
        listing("9", system(1, ADDRESSES, ticked(other=BENEFIT))),
    )
    found = register(held(*papers), None, {"霞野市長/9"})
    assert [each.name for each in found.systems] == [BENEFIT, ADDRESSES]
    assert sides(found, BENEFIT) == {ADDRESSES: "both"}


# --- the real documents: every system that they name, read by eye ------------------------------------

REAL = {
    "000": {
        BENEFIT: ["庁内連携システム", "既存住民基本台帳システム", "宛名システム等"],
        ADDRESSES: [
            "庁内連携システム", "既存住民基本台帳システム", "税務システム", "中間サーバー",
            "個別業務システム",
        ],
        "中間サーバ": ["情報提供ネットワークシステム", "宛名システム等"],
        "共通基盤システム(庁内連携システム)": [
            "既存住民基本台帳システム", "宛名システム等", "税務システム", "個別業務システム",
        ],
        "サービス検索・電子申請機能(マイナポータルぴったりサービス)": ["申請管理システム"],
        "既存住民基本台帳システム": [],
        "税務システム": [],
        "情報提供ネットワークシステム": [],
        "申請管理システム": [],
    },
    "002": {
        "児童福祉システム": ["庁内連携システム"],
        "個人住民税システム": ["庁内連携システム", "収納管理システム", "証明書コンビニ交付システム"],
        "共通基盤システム(庁内連携システム)": [
            "既存住民基本台帳システム", "宛名システム等", "税務システム", "個別業務システム",
        ],
        "団体内統合宛名システム(宛名システム等)": ["庁内連携システム", "中間サーバ"],
        "住登外管理システム": ["庁内連携システム"],
        "生活保護システム": ["庁内連携システム"],
        "障害者福祉システム": ["庁内連携システム"],
        "（名称不明: 埼玉県川口市長/22 システム8）": ["国保総合システム", "国保情報集約システム"],
        "（名称不明: 埼玉県川口市長/22 システム9）": ["既存住民基本台帳システム"],
        "既存住民基本台帳システム": [
            "庁内連携システム", "住民基本台帳ネットワークシステム", "証明書コンビニ交付システム",
            "中間サーバ",
        ],
        "収納管理システム": [],
        "証明書コンビニ交付システム": [],
        "中間サーバ": [],
        "国保総合システム": [],
        "国保情報集約システム": [],
        "住民基本台帳ネットワークシステム": [],
    },
    "003": {
        "住民基本台帳システム": [
            "庁内連携システム", "住民基本台帳ネットワークシステム", "戸籍システム", "選挙システム",
            "教育システム", "コンビニ交付証明書発行サーバー",
        ],
        "住民基本台帳ネットワークシステム": ["既存住民基本台帳システム", "コンビニ交付証明書発行サーバー"],
        "中間サーバー": ["情報提供ネットワークシステム", "庁内連携システム"],
        "共通基盤システム(庁内連携システム)": ["既存住民基本台帳システム", "宛名システム等", "税務システム"],
        ADDRESSES: ["庁内連携システム"],
        "コンビニ交付証明書発行サーバー": [
            "住民基本台帳ネットワークシステム", "既存住民基本台帳システム", "コンビニ交付証明書交付システム",
            "証明書窓口受付システム",
        ],
        "サービス検索・電子申請機能": ["LGWAN接続端末(マイナポータル)"],
        "書かない窓口システム": ["コンビニ交付証明書発行サーバー"],
        "戸籍システム": [],
        "選挙システム": [],
        "教育システム": [],
        "情報提供ネットワークシステム": [],
        "税務システム": [],
        "コンビニ交付証明書交付システム": [],
        "証明書窓口受付システム": [],
        "LGWAN接続端末(マイナポータル)": [],
    },
    "004": {  # most boxes cannot be read in its text layer
        "国民年金システム": ["宛名システム等"],
        ADDRESSES: ["宛名システム等"],
        "中間サーバー": [],
        "社会保険オンラインシステム": [],
        "宛名システム等": [],
    },
}  # fmt: skip


@pytest.mark.parametrize("number", REAL)
def test_every_system_of_a_real_document_is_listed_with_what_it_is_connected_to(
    documents: Path, number: str
) -> None:
    found = register(held(document(documents, number)), None)
    said = {each.name: [word for c in each.connections for word in c.said] for each in found.systems}
    assert said == REAL[number]


def test_the_one_sided_connections_of_the_real_documents(documents: Path) -> None:
    found = register(held(*(document(documents, number) for number in REAL)), None)
    assert [(each.body, each.name, c.to) for each, c in found.one_sided] == [
        ("神奈川県平塚市長", "中間サーバー", ("共通基盤システム(庁内連携システム)",)),
        ("神奈川県平塚市長", "書かない窓口システム", ("コンビニ交付証明書発行サーバー",)),
    ]


def test_two_real_documents_of_one_city_describe_the_same_systems(documents: Path) -> None:
    found = register(held(*(document(documents, number) for number in REAL)), None)
    shared = [each for each in found.systems if len({place.ref for place in each.places}) > 1]
    assert [[place.name_of_place for place in each.places] for each in shared] == [
        ["熊谷市長/12 システム2", "熊谷市長/9 システム2"], ["熊谷市長/12 システム3", "熊谷市長/9 システム3"],
    ]  # fmt: skip
    for each in shared:
        certainties = [str(place.named.reading.certainty) for place in each.places if place.named]
        assert certainties == ["known", "partial"]


# --- the command ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("form", "suffix"), [("text", "txt"), ("json", "json")])
def test_the_systems_of_both_samples(ledger: Kaitei, golden: Golden, form: str, suffix: str) -> None:
    said = ledger("systems", "--as-of", "2026-03-31", "-f", form)
    assert (said.status, said.err) == (0, "")
    golden(f"across/systems.{suffix}", said.out)


def test_only_the_systems_of_one_assessment(ledger: Kaitei) -> None:
    found = ledger("systems", "湊川町", "--json").json
    assert {system["body"] for system in found["systems"]} == {"湊川町長"}
    assert found["as_of"] is None


REFUSED = [
    pytest.param(("systems", "--as-of", "令和6年13月1日"), "日付として読めません", id="a day that is none"),
    pytest.param(("systems", "大手町"), "評価書がありません", id="an assessment that is not there"),
    pytest.param(("systems", "-f", "csv"), "この命令にない形式です", id="a format it does not have"),
]


@pytest.mark.parametrize(("arguments", "what"), REFUSED)
def test_what_cannot_be_asked_is_one_line(ledger: Kaitei, arguments: tuple[str, ...], what: str) -> None:
    assert what in one_line(ledger(*arguments))
