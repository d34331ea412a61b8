"""Small published documents, as text, of an invented city; and what a reader made of them."""

from __future__ import annotations

from ledger.published import Boxes, ChangeRow, ItemKind, PublishedEdition
from ledger.readers import markup, read

NAME = "霞野.txt"
TITLE = "特定個人情報保護評価書(重点項目評価書)"
NUMBER = "評価書番号\t評価書名\n7\t介護保険に関する事務 重点項目評価書\n"
BODY_NAME = "評価実施機関名\n\n霞野市長\n"
PUBLISHED = "公表日\n\n令和7年11月20日\n"
COVER = f"{TITLE}\n\n{NUMBER}\n{BODY_NAME}\n{PUBLISHED}\n"
SECTION_I = "I 基本情報\n\n1. 特定個人情報ファイルを取り扱う事務\t\n①事務の名称\t介護保険に関する事務\n"
HEADINGS = "変更日\t項目\t変更前の記載\t変更後の記載\t提出時期\t提出時期に係る説明\n"
ANNEX = f"(別添2)変更箇所\n\n{HEADINGS}"
ADEQUACY = "[十分である] <選択肢> 1) 特に力を入れている 2) 十分である 3) 課題が残されている"
CONTENTS = (
    "項目一覧\n\nI 基本情報\nII 特定個人情報ファイルの概要\n(別添1) 特定個人情報ファイル記録項目\n"
    "III リスク対策\nIV 開示請求、問合せ\nV 評価実施手続\n(別添2) 変更箇所\n"
)
ROW = "令和5年4月3日\tⅠ－6－①部署\t市民課\t高齢者支援課\t事後\t組織改正\n"
READ_ROW = ("令和5年4月3日", "Ⅰ－6－①部署", "市民課", "高齢者支援課", "事後", "組織改正")

Cells = tuple[str, str, str, str, str, str]


def edition(*parts: str) -> PublishedEdition:
    """What read() makes of a document with the usual cover and then *parts*."""
    return read((COVER + "\n".join(parts)).encode(), NAME)


def values(found: PublishedEdition, section: str = "") -> dict[str, str | Boxes]:
    """The items of the body by path, of one section where one is named."""
    items = [item for item in found.items if item.path.section != "表紙"]
    return {str(item.path): item.value for item in items if section in {"", item.path.section}}


def told(found: PublishedEdition) -> list[Cells]:
    """The six cells of each change row."""
    return [cells(row) for row in found.rows]


def cells(row: ChangeRow) -> Cells:
    """The six cells of a change row."""
    return (row.date, row.item_text, row.before, row.after, row.timing, row.explanation)


def left(found: PublishedEdition) -> list[tuple[int, str]]:
    """The passages that found no place."""
    return [(passage.line, passage.text) for passage in found.unassigned]


def in_doubt(found: PublishedEdition) -> set[str]:
    """The items that are not certain."""
    return {str(item.path) for item in found.items if item.doubt}


def blank_choices(found: PublishedEdition) -> set[str]:
    """The choices that nobody made: a text layer cannot tell them from choices whose brackets were lost."""
    return {str(item.path) for item in found.items if item.kind is ItemKind.CHOICE and not item.value}


def length(text: str) -> int:
    """Characters that are neither white space nor markup."""
    return len("".join(markup.words(text).split()))
