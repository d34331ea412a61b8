"""Bodies that only look as if they broke a rule about the body by itself."""

from __future__ import annotations

import pytest

from ledger.published import Boxes, TableState
from ledger.readers.text_layer import APART
from tests.bodies import (
    ADEQUACY,
    ASSURED,
    BASIC,
    ENTRUSTED,
    FILES,
    FIRST_DAY,
    FOCUSED,
    INCIDENT,
    LINKED,
    MEASURES_IN,
    MEASURES_OUT,
    NETWORK,
    NONE,
    NOT_CONNECTED,
    NOT_ENTRUSTED,
    NOT_GIVEN,
    OWN,
    PEOPLE,
    PREVENTION,
    RESULT,
    SIDES,
    SYSTEM,
    TERMS,
    TRAINING,
    UNREAD,
    WHAT,
    WHOLE,
    box,
    contract,
    dated,
    given_by,
    gives,
    judged,
    named,
    of_two_files,
    recipient,
    sides,
)
from tests.papers import paper
from tests.papers import stated as item

_SAME = "body-inconsistency"
_BOX = "checkbox-contradiction"

LOOKS_LIKE = [
    pytest.param(_SAME, named("1. 受給者ファイル", "受給者ファイル"), id="names: a number before it"),
    pytest.param(_SAME, named("①受給者ファイル", "受給者ファイル"), id="names: a circled number before it"),
    pytest.param(_SAME, named("子ども手当ファイル", "こども手当ファイル"), id="names: another spelling"),
    pytest.param(_SAME, named("別紙のとおり", "受給者ファイル"), id="names: a reference to a sheet"),
    pytest.param(
        _SAME, named("受給者ファイル（以下「本ファイル」という。）", "受給者ファイル"), id="names: a remark"
    ),
    pytest.param(
        _SAME,
        paper(
            item(FILES, "課税台帳", APART),
            item(SYSTEM.format(1), "受給者ファイル", APART),
            item(OWN, "受給者ファイル"),
        ),
        id="names: the order was lost, and the name stands elsewhere in Ⅰ",
    ),
    pytest.param(
        _SAME,
        paper(item(FILES, "甲\n乙"), item("II[甲]/1/特定個人情報ファイル名", "甲")),
        id="names: a II is not there",
    ),
    pytest.param(
        _SAME,
        paper(item(LINKED, "実施しない"), sides(*SIDES), given_by("紙")),
        id="network: neither here nor there",
    ),
    pytest.param(
        _SAME,
        paper(
            item(LINKED, "実施する"),
            item(FILES, "甲\n乙"),
            sides(path=f"III[甲]{NOT_CONNECTED[3:]}"),
            sides(*SIDES, path=f"III[乙]{NOT_CONNECTED[3:]}"),
        ),
        id="network: linked by one file of two",
    ),
    pytest.param(
        _SAME,
        paper(
            item(LINKED, "実施する"),
            item(FILES, "甲\n乙"),
            sides(*SIDES, path=f"III[乙]{NOT_CONNECTED[3:]}"),
        ),
        id="network: linked, and III of the other file is not there",
    ),
    pytest.param(_SAME, paper(item(LINKED, "実施する"), sides(SIDES[1])), id="network: one side"),
    pytest.param(
        _SAME,
        paper(
            item(LINKED, "実施しない", "どれが選ばれたか読み取れない"),
            sides(),
            item(MEASURES_IN, "項目を限る。"),
        ),
        id="network: the choice is in doubt",
    ),
    pytest.param(
        _SAME,
        paper(
            item(ENTRUSTED, "委託しない"),
            box(NOT_ENTRUSTED, "委託しない", ticked=True),
            item("II/4/委託事項1", "－"),
        ),
        id="委託: none, here and there",
    ),
    pytest.param(
        _SAME,
        paper(item(ENTRUSTED, "委託する"), item(NOT_ENTRUSTED, Boxes((), (), ("委託しない",)), UNREAD)),
        id="委託: the box cannot be read",
    ),
    pytest.param(
        _SAME,
        paper(
            item("II/4/委託の有無/件", "2"), *contract(1, "再委託しない"), item(ASSURED, "十分に行っている")
        ),
        id="再委託: one 委託事項 is not there",
    ),
    pytest.param(
        _SAME,
        paper(*contract(1, "再委託しない", "－", "－"), item(ASSURED, "再委託していない")),
        id="再委託: none",
    ),
    pytest.param(
        _SAME, paper(*contract(1, "再委託する"), item(ASSURED, "十分に行っている")), id="再委託: assured of"
    ),
    pytest.param(
        _SAME,
        paper(item(INCIDENT, "発生なし"), item(WHAT, "該当なし"), item(PREVENTION, "－")),
        id="incident: none",
    ),
    pytest.param(
        _SAME,
        paper(
            item(INCIDENT, "発生あり"), item(WHAT, "", "空欄か、記載が別の欄のものと読まれたか、分からない")
        ),
        id="incident: what happened may have been read as another item",
    ),
    pytest.param(
        _SAME,
        paper(
            item(PEOPLE, "10万人以上30万人未満"), item("II/2/②対象となる本人の数", "10万人以上100万人未満")
        ),
        id="people: other bands of the same number",
    ),
    pytest.param(
        _SAME,
        paper(item(PEOPLE, "10万人以上30万人未満"), item("II[甲]/2/②対象となる本人の数", "1万人未満")),
        id="people: few in one of several files",
    ),
    pytest.param(_BOX, paper(gives("提供を行っている", "移転を行っている")), id="boxes: 提供 and 移転"),
    pytest.param(
        _BOX,
        paper(
            box(NOT_GIVEN, "提供・移転しない", ticked=True),
            *recipient(1, "知事", "給付", "提供先"),
            given_by(NETWORK),
        ),
        id="boxes: Ⅲ５ leaves 提供 by the network to Ⅲ６",
    ),
    pytest.param(
        _BOX,
        paper(box(NOT_ENTRUSTED, "委託しない", ticked=True), item(ASSURED, "再委託していない")),
        id="boxes: none, twice",
    ),
    pytest.param(
        _BOX,
        paper(sides(SIDES[1]), item(MEASURES_IN, "項目を限る。"), item(MEASURES_OUT, "－")),
        id="boxes: the other side",
    ),
    pytest.param(
        _BOX,
        paper(sides(SIDES[1]), item(MEASURES_OUT, "情報提供を行わないため該当なし")),
        id="boxes: why it is blank",
    ),
    pytest.param(
        _BOX,
        paper(item(LINKED, "実施しない"), sides(*SIDES), given_by(NETWORK)),
        id="boxes: told as a contradiction of Ⅰ５",
    ),
    pytest.param(
        _BOX,
        of_two_files(
            gives("提供を行っている", file="甲ファイル"),
            *recipient(1, "福祉課", "給付", file="甲ファイル"),
            listed="甲ファイル\n乙ファイル\n丙ファイル",
        ),
        id="boxes: the block may be of a file whose II is not there",
    ),
    pytest.param("date-order", paper(item(FIRST_DAY, "令和6年10月1日")), id="days: on 公表日 itself"),
    pytest.param("date-order", paper(item(FIRST_DAY, "令和6年12月1日（予定）")), id="days: planned"),
    pytest.param(
        "date-order", paper(item(FIRST_DAY, "令和6年12月1日", "同じ欄が二度ある")), id="days: two readings"
    ),
    pytest.param(
        "date-order", paper(item("V/2/②実施日・期間", "意見は無く、令和7年に再び聴く")), id="days: a sentence"
    ),
    pytest.param(
        "date-order", dated("平成27年10月、令和6年12月1日", "平成28年1月1日"), id="days: several (R-49)"
    ),
    pytest.param(
        "date-order", dated("平成27年10月5日", "平成27年10月5日"), id="days: held and used on one day"
    ),
    pytest.param(
        "missing-choice", paper(item(TRAINING, "", "選ばれたものを示す欄が読み取れない")), id="choice: unread"
    ),
    pytest.param(
        "missing-choice", paper(item("II/4/委託事項1/④再委託の有無", "")), id="choice: an unused block"
    ),
    pytest.param(
        "missing-choice",
        paper(box(NOT_ENTRUSTED, "委託しない", ticked=True), item(TERMS, "")),
        id="choice: under 委託しない",
    ),
    pytest.param(
        "missing-choice",
        paper(item(NOT_CONNECTED, Boxes((), (), SIDES), UNREAD), item(ADEQUACY, "")),
        id="choice: under a box that cannot be read",
    ),
    pytest.param(
        "missing-choice",
        paper(item(LINKED, "実施しない"), sides(), item(ADEQUACY, "")),
        id="choice: under a tick that is not there",
    ),
    pytest.param("not-an-option", paper(item(TRAINING, "十分に行なっている")), id="option: another spelling"),
    pytest.param(
        "not-an-option", paper(item(TRAINING, "", "どれが選ばれたか読み取れない")), id="option: none read"
    ),
    pytest.param(
        "not-an-option",
        paper(item(PEOPLE, "30万人以上", "「30万人以上」は選択肢にない")),
        id="option: told as a threshold",
    ),
    pytest.param("missing-section", paper(*WHOLE[:2]), id="section: an excerpt"),
    pytest.param(
        "missing-section",
        of_two_files(lists="甲ファイル 1.個人番号\n乙ファイル 1.個人番号"),
        id="section: one 別添1 with both lists",
    ),
    pytest.param(
        "missing-section", of_two_files(lists="1.個人番号 2.氏名"), id="section: one list that names no file"
    ),
    pytest.param("missing-change-table", paper(state=TableState.EMPTY), id="table: a first publication"),
    pytest.param(
        "empty-change-table",
        paper(rows=(("令和5年4月3日", "I/6/①部署", "甲", "乙"),)),
        id="table: it has rows",
    ),
    pytest.param(
        "group-under-wrong-file",
        of_two_files(
            item("II[甲ファイル]/5/提供・移転の有無/移転を行っている/件", "1"),
            *recipient(1, "福祉課", "乙ファイルと突き合わせる事務", file="甲ファイル"),
        ),
        id="file: a block that is counted may name another file",
    ),
    pytest.param(
        "group-under-wrong-file",
        of_two_files(
            item("II[甲ファイル]/5/提供・移転の有無/移転を行っている/件", "1"),
            *recipient(1, "福祉課", "甲ファイルによる給付の事務", file="甲ファイル"),
            *recipient(2, "収納課", "甲ファイルを乙ファイルと突き合わせる", file="甲ファイル"),
        ),
        id="file: a block that names its own file too",
    ),
    pytest.param(
        "duplicate-entries",
        paper(*recipient(1, "福祉課", "給付の事務"), *recipient(2, "福祉課", "徴収の事務")),
        id="twice: another use of the same 移転先",
    ),
    pytest.param(
        "duplicate-entries",
        paper(item("II/4/委託事項1", "保守"), item("II/4/委託事項2", "保守")),
        id="twice: names alone",
    ),
    pytest.param(
        "name-variants",
        paper(item("I/6/①部署", "福祉部 こども課"), item("II/2/⑥事務担当部署", "福祉部こども課")),
        id="spelling: white space",
    ),
    pytest.param(
        "name-variants",
        paper(item(SYSTEM.format(1), "サーバ管理システム"), item("I/6/①部署", "サーバー管理課")),
        id="spelling: two things",
    ),
    pytest.param(
        "stale-assessment", paper(item(FIRST_DAY, "令和元年10月1日")), id="stale: five years to the day"
    ),
    pytest.param("stale-assessment", paper(item(FIRST_DAY, "－")), id="stale: no day"),
    pytest.param(
        "threshold-mismatch", judged("1万人以上10万人未満", FOCUSED), id="threshold: many or an incident"
    ),
    pytest.param("threshold-mismatch", judged("1万人以上10万人未満", BASIC), id="threshold: voluntary"),
    pytest.param(
        "threshold-mismatch", judged("1,000人以上1万人未満", BASIC), id="threshold: few people, voluntary"
    ),
    pytest.param("threshold-mismatch", judged("1,000人未満", NONE), id="threshold: no duty"),
    pytest.param(
        "threshold-mismatch",
        paper(
            item(PEOPLE, "1,000人未満", "「1,000人末満」を選択肢「1,000人未満」と読んだ"),
            item(RESULT, FOCUSED),
        ),
        id="threshold: a misread number",
    ),
]
