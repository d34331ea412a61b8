"""What stands on one page of a text layer beside the labels: option lists, chosen options, boxes, texts.

A text layer tears the cells of the form apart: ``] 庁内連携システム``, ``[ ○``, ``3） 課題が残されている``.
Each line is told by the options that the form knows; a tick that does not stand with its box is not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache

from ledger import wording
from ledger.form import FormItem, Option, form3
from ledger.published import ItemKind
from ledger.readers.cells import loosely
from ledger.readers.text_layer.labels import Label, PageLine

_LIST = re.compile(r"[<＜]\s*選\s*択\s*肢\s*[>＞]")
_BITS = re.compile(r"[\[\]［］()（）○〇◯件・\d\s　]*")
_BRACKETS = " 　\n[]［］"
_TICK = "[○〇◯OＯ✓✔レ●☑■]"
_TICKED = re.compile(rf"(?:[\[［]\s*)?{_TICK}\s*[\]］]\s*$|[☑■]\s*$")
_BLANK = re.compile(r"[\[［]\s*[\]］]\s*$|[☐□]\s*$")
_BEFORE_BOX = "]］○☐□☑■"
_NEXT_MARK = re.compile(rf"(?:[\[［]\s*|(?<!\s)\s*)(?:{_TICK}\s*)?(?:[\]］]\s*)?$")
_COUNT = re.compile(r"(?<!\d)(\d+)\s*(?:[）)]\s*)?件")
_COUNTED = re.compile(r"[（(]\s*(?:\d+\s*)?[）)]\s*件")
_LONE = re.compile(r"[（(]?\s*(?:[○〇◯]\s*)?(\d{1,3})\s*[）)]?")
_MARKED_TEXT = re.compile(rf"{_TICK}\s*[^\s].*[）)]")


class Sort(Enum):
    """What a piece of a page is."""

    LIST = auto()  # an option list, brackets, marks: the form's own
    CHOSEN = auto()
    BOXES = auto()
    NUMBER = auto()
    HELD = auto()  # the text in the brackets of a box, torn from its box
    TEXT = auto()


@dataclass(frozen=True, slots=True)
class Fragment:
    """A line of a page, or what is left of it, what it is, and the label on whose line it stands."""

    number: int
    paragraph: int
    text: str
    sort: Sort
    beside: Label | None = None


@dataclass(frozen=True, slots=True)
class Box:
    """An option as it stands on a page: ticked, not, or None where its mark is not beside it."""

    option: str
    ticked: bool | None
    text: str
    count: str
    number: int
    printed: str = ""


@cache
def _list_entries() -> re.Pattern[str]:
    """``3） 課題が残されている``: the numbered entries of every option list of the form."""
    choices = [item for item in form3() if item.kind is ItemKind.CHOICE]
    labels = {label for item in choices for option in item.options for label in option.labels}
    longest = sorted(labels, key=len, reverse=True)
    return re.compile(rf"(?<!\d)\d+\s*[)）]\s*(?:{'|'.join(map(loosely, longest))})")


@cache
def _option_names() -> dict[ItemKind, frozenset[str]]:
    """The options of choices and of boxes, folded, by kind."""
    found = {}
    for kind in (ItemKind.CHOICE, ItemKind.CHECKBOX):
        items = [item for item in form3() if item.kind is kind]
        found[kind] = frozenset(
            wording.plain(label) for item in items for option in item.options for label in option.labels
        )
    return found


def fragments(
    line: PageLine, text: str, boxes: Sequence[FormItem], beside: Label | None = None
) -> Iterator[Fragment]:
    """The pieces of *text*, which is *line* or stands in it; *boxes* are the items with boxes on the page.

    Together they hold every character of the text that is no white space.
    """
    listed = [*_LIST.finditer(text), *_list_entries().finditer(text)]
    rest = _cut_out(text, sorted(match.span() for match in listed), " ")
    # Words that merely hold 「1) 実施する」 are a text.
    if listed and _sort_of(rest.strip(), boxes) in {Sort.LIST, Sort.CHOSEN, Sort.NUMBER}:
        for match in listed:
            yield Fragment(line.number, line.paragraph, match[0], Sort.LIST, beside)
        text = rest
    if (count := _COUNTED.search(text)) is not None and not _places(text, boxes):
        yield Fragment(line.number, line.paragraph, count[0], Sort.NUMBER, beside)
        text = f"{text[: count.start()]} {text[count.end() :]}"
    if text.strip():
        sort = _sort_of(text.strip(), boxes)
        yield Fragment(line.number, line.paragraph, text.strip(), sort, beside)


def _sort_of(text: str, boxes: Sequence[FormItem]) -> Sort:
    core = wording.plain(_bare(text))
    if any(_places(text, boxes)):
        return Sort.BOXES
    if core in _option_names()[ItemKind.CHOICE]:
        return Sort.CHOSEN
    if _LONE.fullmatch(text) or (_COUNT.search(text) and _BITS.fullmatch(text)):
        return Sort.NUMBER
    if _BITS.fullmatch(text) or wording.plain(text) in _headings(boxes):
        return Sort.LIST
    if _MARKED_TEXT.fullmatch(text) and text.count("（") + text.count("(") < text.count("）") + text.count(
        ")"
    ):
        return Sort.HELD
    return Sort.TEXT


def _headings(boxes: Iterable[FormItem]) -> set[str]:
    return {wording.plain(heading) for item in boxes for heading in item.headings}


def _places(text: str, items: Sequence[FormItem]) -> list[tuple[int, int, str]]:
    """Where in *text* the options of boxes stand; nowhere, unless beside a mark or with nothing else."""
    found: list[tuple[int, int, str]] = []
    taken = bytearray(len(text))
    options = {option.label: option for item in items for option in item.options}
    for option in sorted(options.values(), key=lambda each: -len(each.label)):
        for label in option.labels:
            for match in re.finditer(loosely(label), text):
                start, end = match.span()
                if not any(taken[start:end]):
                    taken[start:end] = b"\1" * (end - start)
                    found.append((start, end, option.label))
    found.sort()
    if not any(_behind_mark(text, start) for start, _, _ in found):
        rest = _cut_out(text, [(start, end) for start, end, _ in found])
        return found if found and _BITS.fullmatch(rest) else []
    # その他 may stand in the free text of another option; its own has a mark before it.
    return [
        place for place in found if place[2] != "その他" or _behind_mark(text, place[0]) or place is found[0]
    ]


def _behind_mark(text: str, at: int) -> bool:
    """Whether a box, or the bracket that closes one, stands right before a place of *text*."""
    while at and text[at - 1].isspace():
        at -= 1
    return at > 0 and text[at - 1] in _BEFORE_BOX


def _cut_out(text: str, spans: Iterable[tuple[int, int]], instead: str = "") -> str:
    """*text* without the *spans* of it, which are in order."""
    kept, at = [], 0
    for start, end in spans:
        kept.append(text[at:start])
        at = end
    return instead.join((*kept, text[at:]))


def boxes_in(fragment: Fragment, items: Sequence[FormItem]) -> Iterator[Box]:
    """The options in a line of boxes, each with its mark, its free text and its number of 件."""
    text = fragment.text
    places = _places(text, items)
    with_text = {option.label for item in items for option in item.options if option.takes_text}
    for index, (start, end, option) in enumerate(places):
        before = text[places[index - 1][1] if index else 0 : start]
        after = text[end : places[index + 1][0] if index + 1 < len(places) else len(text)]
        ticked = True if _TICKED.search(before) else False if _BLANK.search(before) else None
        count = _COUNT.search(after)
        yield Box(
            option,
            ticked,
            _held(after) if option in with_text else "",
            count[1] if count else "",
            fragment.number,
            " ".join(text[start:end].split()),
        )


def _held(after: str) -> str:
    """The words in the brackets behind an option; they may hold brackets of their own."""
    text = _NEXT_MARK.sub("", after.strip(), count=1).strip()
    if text[:1] not in {"（", "("}:
        return ""
    return text[1:].removesuffix("）").removesuffix(")").strip()


def chosen(fragment: Fragment, item: FormItem) -> Option | None:
    """The option of *item* that a chosen value names."""
    return next((option for option in item.options if option.is_called(chosen_words(fragment))), None)


def chosen_words(fragment: Fragment) -> str:
    """A chosen value as printed, without its brackets."""
    return _bare(fragment.text)


def _bare(text: str) -> str:
    return text.strip(_BRACKETS).strip("○〇◯ 　")


def number_in(fragment: Fragment) -> str:
    """The number of 件 that stands alone."""
    found = _COUNT.search(fragment.text) or _LONE.fullmatch(fragment.text)
    return found[1] if found else ""
