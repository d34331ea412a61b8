"""項目 cells that name several items: ①部署、②所属長の役職名; 委託事項1～3－③委託先名; 各委託事項.

Such a cell is spelled out into the cells that it stands for, one for each item; each is then read by itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ledger.folding import CIRCLED
from ledger.resolver import How, Resolution, Slip, resolve
from projections.announcements import narrow, numbers_of

_KINDS = r"(?:委託事項|提供先|移転先|システム)"
_SEPARATOR = r"\s*(?:[、，,・･]|及び|並びに|と|～|〜|~|から)\s*"
_GROUPS = re.compile(
    rf"(?P<kind>{_KINDS})\s*(?P<numbers>[0-9]+(?:{_SEPARATOR}(?:(?P=kind))?\s*[0-9]+(?![0-9.．]))+)(?:まで)?"
)
_ALL = re.compile(
    rf"(?:各|全ての|すべての|全)(?P<kind>{_KINDS})|(?P<also>{_KINDS})[（(]?(?:全て|すべて|全部|各)[)）]?"
)
_LISTED = re.compile(
    rf"[{CIRCLED}](?:[^{CIRCLED}\n]*?(?:[、，,・･～〜~\n]|及び|並びに|から|\s)[{CIRCLED}])+[^{CIRCLED}\n]*$|(?P<glued>[{CIRCLED}]{{2,}})$"
)
_CIRCLE = re.compile(rf"([{CIRCLED}])([^{CIRCLED}]*)")
_RANGE = re.compile(r"^\s*(?:[～〜~]|から)\s*$")
_TAIL = re.compile(r"(?:[、，,・･～〜~\s]|及び|並びに|から|まで)+$")
_MORE = re.compile(r"[\s、，（(]*(?:ほか|外|等|など|他)(?:[0-9０-９]*項目)?[)）]?\s*$")

NumbersOf = Callable[[str], Sequence[int]]
"""The numbers of the groups of a kind (委託事項) that the document has."""


def named(item_text: str, groups: NumbersOf) -> tuple[Resolution, ...]:
    """Every item that a 項目 cell lists; empty where it names one, or where a part of the list is none."""
    texts = [spelled for text in _each_group(narrow(item_text), groups) for spelled in _each_number(text)]
    if len(texts) < len(("one", "another")):
        return ()
    found = [resolve(text) for text in texts]
    sure = [one for one in found if one is not None and not _unsure(one)]
    return tuple(sure) if len(sure) == len(texts) and len({one.path for one in sure}) == len(sure) else ()


def without_more(item_text: str) -> str:
    """A 項目 cell without the ほか at its end, which announces further items without their names."""
    return _MORE.sub("", item_text)


def _unsure(found: Resolution) -> bool:
    return found.how is How.INFERRED or any(c.slip in {Slip.REST, Slip.LEVEL} for c in found.corrections)


def _each_group(text: str, groups: NumbersOf) -> list[str]:
    if match := _GROUPS.search(text):
        kind, numbers = match["kind"], numbers_of(match["numbers"].replace(match["kind"], ""))
    elif match := _ALL.search(text):
        kind = match["kind"] or match["also"]
        numbers = list(groups(kind))
    else:
        return [text]
    return [f"{text[: match.start()]}{kind}{number}{text[match.end() :]}" for number in numbers]


def _each_number(text: str) -> list[str]:
    match = _LISTED.search(text)
    if match is None:
        return [text]
    head, names = text[: match.start()], dict[str, str]()
    previous, joined = "", ""
    for circle in _CIRCLE.finditer(match[0]):
        number, name = circle[1], circle[2]
        if previous and _RANGE.match(joined):
            names |= dict.fromkeys(CIRCLED[CIRCLED.index(previous) + 1 : CIRCLED.index(number)], "")
        names[number] = _TAIL.sub("", name)
        previous, joined = number, name
    return [f"{head}{number}{name}" for number, name in names.items()]
