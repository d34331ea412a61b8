"""Items on 委託: Ⅱ４ against Ⅲ４ (R-62), and 再委託 in both (R-63)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ledger.form import form3
from ledger.published import PrintedItem
from projections.findings import Cause, Finding, Severity
from projections.printed import PrintedBody, about, in_file, is_blank, option_of, sure

_EXISTS: Final = "II.4.exists"
_COUNT: Final = "II.4.count"
_HEADING: Final = "III.4.not_entrusted"
_GROUP: Final = "II.4.entrustment[n]"
_AGAIN: Final = f"{_GROUP}.4"
_ASSURED: Final = "III.4.risk.subentrustment"
_HOW: Final = "III.4.risk.subentrustment_method"
_NONE_AGAIN: Final = "再委託していない"
_IN_CASE = re.compile("場合|とき|際|原則")


def asked_of_contractors(body: PrintedBody, file: str) -> tuple[PrintedItem, ...]:
    """What Ⅲ４ asks behind its box, as far as it is in the text."""
    risk = form3().children(form3()["III.4.risk"])
    return body.all(*(node.key for node in risk), "III.4.other", file=file)


def _filled(body: PrintedBody, file: str) -> list[PrintedItem]:
    """What Ⅲ４ surely says; that there is no 再委託 says nothing of 委託."""
    return [item for item in sure(asked_of_contractors(body, file)) if option_of(item) != _NONE_AGAIN]


def _heads(body: PrintedBody, file: str) -> list[PrintedItem]:
    """The names of the 委託事項 that surely have one."""
    return [item for item in sure(body.every(_GROUP)) if item.path.file == file]


def inconsistencies(body: PrintedBody) -> Iterator[Finding]:
    """R-62: 委託する or not in Ⅱ４ and Ⅲ４; R-63: 再委託する or not in Ⅱ４ and Ⅲ４."""
    for file in body.files():
        yield from _entrusted_or_not(body, file)
        yield from _entrusted_again_or_not(body, file)


def _entrusted_or_not(body: PrintedBody, file: str) -> Iterator[Finding]:
    stated, heading = body.get(_EXISTS, file), body.get(_HEADING, file)
    ticked, heads, filled = body.ticked(_HEADING, "委託しない", file), _heads(body, file), _filled(body, file)
    name = in_file(file)
    if body.chose(_EXISTS, "委託する", file) and ticked:
        told = f"{name}Ⅱ４は「委託する」ですが、Ⅲ４は「委託しない」です"
        yield about("body-inconsistency", Severity.WARNING, (stated, heading, *filled), told)
    elif body.chose(_EXISTS, "委託しない", file):
        open_and_filled = filled if ticked is False else []
        if heads or open_and_filled:
            where = "Ⅱ４に委託事項" if heads else "Ⅲ４に委託先についての記載"
            told = f"{name}Ⅱ４は「委託しない」ですが、{where}があります"
            items = (stated, *heads, *([heading] if open_and_filled else []), *open_and_filled)
            yield about("body-inconsistency", Severity.WARNING, items, told)
        elif ticked is False:
            told = f"{name}Ⅱ４は「委託しない」ですが、Ⅲ４の「委託しない」に印がありません"
            yield about("body-inconsistency", Severity.NOTE, (stated, heading), told, Cause.UNDECIDABLE)
    elif ticked and heads:
        told = f"{name}Ⅲ４は「委託しない」ですが、Ⅱ４に委託事項があります"
        yield about("body-inconsistency", Severity.WARNING, (*heads, heading), told)


def _entrusted_again_or_not(body: PrintedBody, file: str) -> Iterator[Finding]:
    blocks = body.blocks(_GROUP, file)
    again = [n for n in blocks if body.chose(_AGAIN, "再委託する", file, n)]
    name, assured = in_file(file), body.get(_ASSURED, file)
    if again and body.chose(_ASSURED, _NONE_AGAIN, file):
        numbers = "、".join(f"委託事項{n}" for n in again)
        told = f"{name}{numbers}は「再委託する」ですが、Ⅲ４の再委託先の担保は「再委託していない」です"
        items = (*(body.get(_AGAIN, file, n) for n in again), assured)
        yield about("body-inconsistency", Severity.WARNING, items, told)
    if blank := [item for n in again for item in body.all(*_ASKED, file=file, n=n) if is_blank(item)]:
        numbers = "、".join(dict.fromkeys(f"委託事項{item.path.group}" for item in blank))
        told = f"{name}{numbers}は「再委託する」ですが、⑤許諾方法・⑥再委託事項に記載のないものがあります"
        items = (*(body.get(_AGAIN, file, n) for n in again), *blank)
        yield about("body-inconsistency", Severity.WARNING, items, told)
    none = bool(blocks) and all(body.chose(_AGAIN, "再委託しない", file, n) for n in blocks)
    if none and _all_listed(body, file, len(blocks)) and body.chose(_ASSURED, _NONE_AGAIN, file) is False:
        yield _assured_of_nobody(body, file, sorted(blocks))


_ASKED: Final = (f"{_GROUP}.5", f"{_GROUP}.6")


def _all_listed(body: PrintedBody, file: str, blocks: int) -> bool:
    """Whether as many 委託事項 are there as are counted: one that was lost may be entrusted again."""
    count = body.get(_COUNT, file)
    number = str(count.value) if count is not None and not count.doubt else ""
    return number.isdecimal() and int(number) == blocks


def _assured_of_nobody(body: PrintedBody, file: str, blocks: list[int]) -> Finding:
    """Measures for 再委託先 that no 委託事項 has: perhaps they are meant for the case that there is one."""
    how = body.get(_HOW, file)
    in_case = how is not None and bool(_IN_CASE.search(str(how.value)))
    assured = body.get(_ASSURED, file)
    said = option_of(assured) if assured is not None else ""
    told = f"{in_file(file)}委託事項は全て「再委託しない」ですが、Ⅲ４の再委託先の担保は「{said}」です"
    items = (*(body.get(_AGAIN, file, n) for n in blocks), assured, how)
    severity, cause = (Severity.NOTE, Cause.UNDECIDABLE) if in_case else (Severity.WARNING, Cause.DOCUMENT)
    return about("body-inconsistency", severity, items, told, cause)


def contradictory_boxes(body: PrintedBody) -> Iterator[Finding]:
    """委託しない is ticked in Ⅲ４, and the measures for contractors are filled in.

    Where Ⅱ４ says 委託する, or lists a 委託事項, the box itself is the contradiction.
    """
    for file in body.files("III"):
        elsewhere = body.chose(_EXISTS, "委託する", file) or _heads(body, file)
        filled = _filled(body, file)
        if body.ticked(_HEADING, "委託しない", file) and filled and not elsewhere:
            told = f"{in_file(file)}Ⅲ４は「委託しない」ですが、委託先についての記載があります"
            items = (body.get(_HEADING, file), *filled)
            yield about("checkbox-contradiction", Severity.WARNING, items, told)
