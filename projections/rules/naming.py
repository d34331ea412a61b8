"""Blocks that say the same, and names that are written in several ways."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ledger import wording
from ledger.form import form3
from ledger.published import Boxes, PrintedItem
from ledger.readers.headings import unlisted
from ledger.wording import Level
from projections.findings import Finding, Rule, Severity, Subject
from projections.printed import about, body_of, holds, in_file
from projections.readings import agree

_GROUPS: Final = tuple(node for node in form3() if node.is_group)
_LEAST_ALIKE: Final = 3  # items that two blocks must share: a name and a number of people are no entry

_NAMES: Final = (  # what may be named in several items, and the items that name it
    ("システム", ("I.2.system[n].1", "I.2.system[n].3")),
    ("特定個人情報ファイル", ("I.3", "II.1", "III.1")),
    ("部署", ("I.6.1", "II.2.6", "II.3.4.department", "II.5.transfer[n]")),
    ("委託先", ("II.4.entrustment[n].3",)),
)
_SMALL = str.maketrans("ァィゥェォッャュョヮ", "アイウエオツヤユヨワ")
_SHORTEST_NAME = 2


def duplicate_entries(subject: Subject) -> Iterator[Finding]:
    """Two 委託事項, 提供先, 移転先 or systems that say the same in every item."""
    body = body_of(subject.edition)
    for group in _GROUPS:
        for file in dict.fromkeys(item.path.file for item in body.every(group.key)) or ("",):
            blocks = body.blocks(group.key, file)
            same: list[list[int]] = []
            for n, block in blocks.items():
                twin = next((one for one in same if _say_the_same(blocks[one[0]], block)), None)
                if twin is None:
                    same.append([n])
                else:
                    twin.append(n)
            for numbers in (one for one in same if len(one) > 1):
                name = group.name.replace("{n}", "")
                places = "、".join(f"{name}{n}" for n in numbers)
                heads = [next(item for item in blocks[n] if holds(item)) for n in numbers]
                told = f"{in_file(file)}{places}の記載が同じです"
                yield about("duplicate-entries", Severity.NOTE, heads, told)


def _say_the_same(one: tuple[PrintedItem, ...], other: tuple[PrintedItem, ...]) -> bool:
    """Whether two blocks have the same items and say the same in them, nothing of it in doubt."""
    said = {form3()[item.key].key: item for item in one}
    told = {form3()[item.key].key: item for item in other}
    if said.keys() != told.keys() or any(item.doubt for item in (*one, *other)):
        return False
    alike = all(agree(said[key].value, told[key].value) for key in said)
    return alike and sum(map(holds, one)) >= _LEAST_ALIKE


def name_variants(subject: Subject) -> Iterator[Finding]:
    """One name in several spellings (サーバ, サーバー): whoever searches for one misses the other."""
    body = body_of(subject.edition)
    for what, keys in _NAMES:
        named = [(name, item) for key in keys for item in body.every(key) for name in _names_in(item)]
        groups: list[list[tuple[str, PrintedItem]]] = []
        for name, item in named:
            kin = next((group for group in groups if _is_spelling(name, group[0][0])), None)
            if kin is None:
                groups.append([(name, item)])
            else:
                kin.append((name, item))
        for group in groups:
            spellings = _spellings([name for name, _ in group])
            if len(spellings) > 1:
                quoted = "、".join(f"「{name}」" for name in spellings)
                told = f"{what}の名称が、{quoted}と書き分けられています"
                yield about("name-variants", Severity.NOTE, [item for _, item in group], told)


def _names_in(item: PrintedItem) -> Iterator[str]:
    """The names that an item lists; of boxes, those behind その他."""
    if item.doubt and not isinstance(item.value, Boxes):
        return
    text = item.value.other_text if isinstance(item.value, Boxes) else item.value
    for part in re.split(r"[、\n]|\s(?=\d+\s*[.．])", text):
        name = unlisted(part).strip("・ 　")
        if len(name) >= _SHORTEST_NAME and not wording.is_nothing(name):
            yield name


def _is_spelling(one: str, other: str) -> bool:
    return wording.same(one.translate(_SMALL), other.translate(_SMALL)) is not None


def _spellings(names: list[str]) -> list[str]:
    """The spellings among *names*, white space, widths and brackets apart."""
    found: list[str] = []
    for name in names:
        if not any((level := wording.same(name, one)) is not None and level < Level.VARIANT for one in found):
            found.append(name)
    return found


RULES = (
    Rule(
        "duplicate-entries",
        duplicate_entries,
        Severity.NOTE,
        "様式3 Ⅰ２・Ⅱ４・Ⅱ５（繰り返す組）",
        "同じ記載が二重になっていないかを確認してください",
    ),
    Rule(
        "name-variants",
        name_variants,
        Severity.NOTE,
        "様式3 の名称（同じものは同じ表記）",
        "同じものであれば、表記をそろえると探しやすくなります",
    ),
)
