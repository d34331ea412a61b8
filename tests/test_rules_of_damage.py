"""What extraction may have damaged is a note, and what it cannot have done is none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ledger.published import Boxes
from projections.findings import Cause, Severity
from projections.validator import validate
from tests.cases_of_rows import AUTUMN, LONG, MEDIA, OFFICE, SPRING, STORAGE
from tests.papers import found, one, paper
from tests.papers import stated as item


def test_what_extraction_damaged_is_a_note() -> None:
    edition = paper(item(OFFICE, "市民課", doubt="文字化け"), rows=((SPRING, OFFICE, "市民課", "窓口課"),))
    for finding in validate(edition).findings:
        assert finding.severity is Severity.NOTE


NEARLY = [
    pytest.param("ocr-text/2", LONG.replace("施錠", "旋錠"), "note", id="OCR, a letter"),
    pytest.param("ocr-text/2", LONG.replace("毎月", "年2回"), "error", id="OCR, a number"),
    pytest.param("ocr-text/2", LONG.replace("所属長", "情報管理者"), "error", id="OCR, a word"),
    pytest.param("docx/1", LONG.replace("施錠", "旋錠"), "error", id="no OCR"),
]


def test_a_text_that_breaks_off_behind_a_long_number_is_found() -> None:
    said = "・電話 000-000-0101 内線12。\n・○は実施、×は未実施を示す。"
    (finding,) = found(one(STORAGE, said, (SPRING, "棚", said.removesuffix("を示す。"))), "truncated-text")
    assert finding.evidence[-1] == ("続き", "を示す")


def test_a_misread_letter_behind_an_elision_is_a_note() -> None:
    after = "平成28年1月以降、職員が申請書を施錠した書庫に保管する。"
    edition = one(STORAGE, f"棚に置く。\n{after}", (SPRING, "略", f"略\n{after.replace('平', '畏', 1)}"))
    assert [str(f.severity) for f in found(replace(edition, reader="ocr-text/3"), "body-disagrees")] == [
        "note"
    ]


def test_another_word_at_the_edge_of_a_passage_is_no_misread_letter() -> None:
    after = "平成28年1月以降、職員が申請書を施錠した書庫に保管する。"
    edition = one(STORAGE, after.replace("平成", "保育料徴収"), (SPRING, "棚", after))
    assert [str(f.severity) for f in found(replace(edition, reader="ocr-text/3"), "body-disagrees")] == [
        "error"
    ]


def test_a_chain_worked_out_from_boxes_without_ticks_may_be_broken_by_ocr() -> None:
    rows = ((SPRING, "[ ] 紙", "[○] 紙"), (AUTUMN, "[ ] 専用線", "[○] 専用線"))
    lost = one(MEDIA, Boxes((), ("紙", "専用線")), *rows)
    for reader, severity in (("ocr-text/3", "note"), ("workbook/2", "error")):
        told = found(replace(lost, reader=reader), "chain-break")
        assert [str(f.severity) for f in told] == [severity]


def test_a_misread_letter_in_a_word_of_two_spellings_is_a_note() -> None:
    law = "番号利用法第9条第1項の定めにより、届出の内容を本人に確かめる。"
    edition = replace(one(STORAGE, law, (SPRING, "棚", law.replace("用法", "用閤"))), reader="ocr-text/3")
    assert [str(f.severity) for f in found(edition, "body-disagrees")] == ["note"]


@pytest.mark.parametrize(("reader", "after", "severity"), NEARLY)
def test_what_ocr_may_have_misread_is_a_note(reader: str, after: str, severity: str) -> None:
    against_body = replace(one(STORAGE, LONG, (SPRING, "棚", after)), reader=reader)
    in_table = replace(one(STORAGE, "書庫", (SPRING, "棚", after), (AUTUMN, LONG, "書庫")), reader=reader)
    for edition, rule in ((against_body, "body-disagrees"), (in_table, "chain-break")):
        assert [str(f.severity) for f in found(edition, rule)] == [severity]


CUT = "書類は施錠した書庫に収め、利用の記録は毎月点検する。データは専用のＩＣカー"
CUT_OFF = [
    pytest.param(CUT, f"{CUT}ドに収める。", "note", id="in the middle of a word in katakana"),
    pytest.param(f"{CUT}ド9", f"{CUT}ド91枚に収める。", "note", id="in the middle of a number"),
    pytest.param(f"{CUT}ド9", f"{CUT}ド91", "error", id="another number at the end"),
    pytest.param("専用のＩＣカー", "専用のＩＣカード", "error", id="a short text is another word"),
]


@pytest.mark.parametrize(("cut", "whole", "severity"), CUT_OFF)
def test_a_long_text_that_breaks_off_in_a_word_is_a_note(cut: str, whole: str, severity: str) -> None:
    against_body = one(STORAGE, whole, (SPRING, "棚", cut))
    in_table = one(STORAGE, "書庫", (SPRING, "棚", cut), (AUTUMN, whole, "書庫"))
    for edition, rule in ((against_body, "body-disagrees"), (in_table, "chain-break")):
        assert [str(f.severity) for f in found(edition, rule)] == [severity]


def test_a_box_in_a_set_without_any_tick_was_lost_by_ocr() -> None:
    boxes = one(MEDIA, Boxes((), ("紙", "専用線")), (SPRING, "[] 専用線", "[○] 専用線"))
    (finding,) = found(replace(boxes, reader="ocr-text/2"), "body-keeps-before-text")
    assert (finding.severity, finding.cause) == (Severity.NOTE, Cause.EXTRACTION)
    ticked = one(MEDIA, Boxes(("紙",), ("専用線",)), (SPRING, "[] 専用線", "[○] 専用線"))
    (finding,) = found(replace(ticked, reader="ocr-text/2"), "body-keeps-before-text")
    assert finding.severity is Severity.WARNING
