"""When two printed identities are one assessment."""

from __future__ import annotations

import pytest

from ledger.identity import PREFECTURES, PrintedIdentity, municipality, same_assessment, stream_id

PRINTED = PrintedIdentity("霞野市長", "12", "住民基本台帳に関する事務")

BODIES = [
    pytest.param("埼玉県川口市長", "埼玉県", "川口市", id="with its prefecture"),
    pytest.param("熊谷市長", "", "熊谷市", id="without"),
    pytest.param("熊谷市教育委員会", "", "熊谷市教育委員会", id="an organ stands for itself"),
    pytest.param("埼玉県熊谷市教育委員会", "埼玉県", "熊谷市教育委員会", id="an organ, with prefecture"),
    pytest.param("埼玉県教育委員会", "埼玉県", "埼玉県教育委員会", id="an organ of the prefecture"),
    pytest.param("東京都知事", "東京都", "東京都", id="a governor"),
    pytest.param("東京都", "東京都", "東京都", id="a prefecture without its head"),
    pytest.param("北海道知事", "北海道", "北海道", id="a prefecture that ends in 道"),
    pytest.param("京都府知事", "京都府", "京都府", id="a prefecture that ends in 府"),
    pytest.param("京都府京都市長", "京都府", "京都市", id="a city of the same name"),
    pytest.param("京都市長", "", "京都市", id="京都 is no prefecture yet"),
    pytest.param("府中市長", "", "府中市", id="begins with 府"),
    pytest.param("東京都府中市長", "東京都", "府中市", id="都府 in a row"),
    pytest.param("都城市長", "", "都城市", id="begins with 都"),
    pytest.param("千葉県市川市長", "千葉県", "市川市", id="begins with 市"),
    pytest.param("三重県四日市市長", "三重県", "四日市市", id="市市"),
    pytest.param("三重県津市長", "三重県", "津市", id="a name of one character"),
    pytest.param("東京都港区長", "東京都", "港区", id="a ward"),
    pytest.param("埼玉県大里郡寄居町長", "埼玉県", "寄居町", id="a district is not part of the name"),
    pytest.param("兵庫県赤穂郡上郡町長", "兵庫県", "上郡町", id="a town with 郡 in its name"),
    pytest.param("蒲郡市長", "", "蒲郡市", id="a city with 郡 in its name"),
    pytest.param(
        "埼玉県市町村総合事務組合", "埼玉県", "埼玉県市町村総合事務組合", id="a union of municipalities"
    ),
    pytest.param("埼玉県　さいたま市長 ", "埼玉県", "さいたま市", id="white space"),
    pytest.param("", "", "", id="nothing printed"),
]


@pytest.mark.parametrize(("body", "prefecture", "folded"), BODIES)
def test_a_body_is_folded_to_its_municipality(body: str, prefecture: str, folded: str) -> None:
    assert municipality(body) == (prefecture, folded)


def test_there_are_47_prefectures() -> None:
    assert len(set(PREFECTURES)) == 47


PAIRS = [
    pytest.param("霞野市長", "１２", True, id="the width of a digit"),
    pytest.param("埼玉県霞野市長", "12", True, id="a prefecture that was unknown"),
    pytest.param("霞野市", "12", True, id="without its head"),
    pytest.param("霞野市長", "13", False, id="another number"),
    pytest.param("霞野市教育委員会", "12", False, id="another body of the municipality"),
    pytest.param("東霞野市長", "12", False, id="a longer name"),
]


@pytest.mark.parametrize(("body", "number", "same"), PAIRS)
def test_the_same_assessment_by_body_and_number(body: str, number: str, *, same: bool) -> None:
    assert same_assessment(PRINTED, PrintedIdentity(body, number, "別の名前")) is same


def test_two_prefectures_keep_municipalities_of_one_name_apart() -> None:
    one, other = (PrintedIdentity(f"{each}府中市長", "1", "") for each in ("東京都", "広島県"))
    assert not same_assessment(one, other)
    assert stream_id(one) != stream_id(other)


def test_the_stream_id_is_fixed_for_good() -> None:
    assert str(stream_id(PRINTED)) == "a95665db-e7ec-5005-a980-83b66c243ca0"
    assert stream_id(PrintedIdentity("霞野市　長", "１２", "")) == stream_id(PRINTED)
