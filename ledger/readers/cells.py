"""One cell of the form → its value: the chosen option, the ticked boxes, the number of 件.

The option list printed beside a choice is not a value; a tick that cannot be read with
certainty is ``unreadable``, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from rapidfuzz.distance import Levenshtein

from ledger import wording
from ledger.form import FormItem, Option, form3
from ledger.published import Boxes, ItemKind
from ledger.readers import markup
from ledger.wareki import WarekiDate

_LIST = re.compile(r"[<＜]\s*選択肢\s*[>＞]")
_LIST_ENTRY = r"(?<!\d)\d+\s*[)）]\s*"
_COUNT = re.compile(
    r"[(（]\s*(?:\d+\s*)?[)）](?:\s*\d+\s*[)）])?\s*件|[(（]\s*\d+\s*件\s*[)）]|(?<!\d)\d+\s*(?:[)）]\s*)?件"
)
_FILLED_COUNT = re.compile(r"(?<!\d)(\d{1,4})\s*(?:[)）]\s*)?件")
_TYPED_TICKS = "○〇◯OＯo✓✔レ●☑■"
_TYPED_BLANKS = "☐□"
_MARK = re.compile(
    rf"[\[［]\s*+([{_TYPED_TICKS}{_TYPED_BLANKS}{markup.MARKS}]?)\s*+[\]］]"
    rf"|(?:[\[［]\s*|(?<!\s)\s+)?([{markup.MARKS}☑☐■□])\s*[\]］]?"
)
_MARKS = f"]］{markup.MARKS}☑☐■□"
_BRACKET = re.compile(r"[\[\]［］]")
_NEARLY = 0.75
LONGEST_LABEL = 500  # characters; the form has none of 100, and whoever asks for likeness asks for labels
NOT_AN_OPTION = "は選択肢にない"
_BRACKETED = re.compile(r"^[(（](.*)[)）]$", re.DOTALL)


Read = TypeVar("Read", str, Boxes)


@dataclass(frozen=True, slots=True)
class Cell(Generic[Read]):
    """A value as read, what of the cell it could not account for, and why it may be wrong."""

    value: Read
    doubt: str = ""
    left_over: str = ""


def is_empty_choice(item: FormItem, text: str) -> bool:
    """Whether a choice cell prints its option list but no chosen option."""
    return not _chosen(item, markup.plain(text))[0]


def is_lost_choice(item: FormItem, text: str) -> bool:
    """Whether a choice cell has not even the brackets in which the chosen option stands."""
    return is_empty_choice(item, text) and not _BRACKET.search(markup.plain(text))


def states(item: FormItem, text: str) -> bool:
    """Whether *text* by itself says what a choice, a set of boxes or a date has to say."""
    match item.kind:
        case ItemKind.CHOICE:
            cell = read_choice(item, text)
            return bool(cell.value) and not cell.doubt
        case ItemKind.CHECKBOX:
            return any(True for _ in _marked(item.options, without_count(item, markup.plain(text))))
        case _:
            return WarekiDate.read(markup.plain(text)) is not None


def goes_on(item: FormItem, text: str) -> bool:
    """Whether *text* is evidently more of the cell of *item*: the list of a choice, another box."""
    match item.kind:
        case ItemKind.CHOICE:
            return not any(_chosen(item, markup.plain(text)))
        case ItemKind.CHECKBOX:
            return states(item, text) or markup.plain(text).strip("・ 　") in item.headings
        case _:
            return False


def read_choice(item: FormItem, text: str) -> Cell[str]:
    """The chosen option of a choice cell, as printed; blank where none is chosen.

    Reads ``[選んだもの] <選択肢> 1) … 2) …`` and what extraction makes of it.
    """
    plain = markup.plain(text)
    head, left_over = _chosen(item, plain)
    ticked = [box.option for box in _marked(item.options, head) if box.mark in _TICKED]
    if len(ticked) == 1:
        return Cell(ticked[0].label, left_over=left_over)
    bare = head.translate(_NO_MARKS).strip().strip("[]［］").strip()
    if not bare and plain and not _BRACKET.search(plain):
        return Cell("", "選ばれたものを示す欄が読み取れない", left_over)
    if not bare or any(option.is_called(bare) for option in item.options):
        return Cell(bare, left_over=left_over)
    value, doubt = _damaged_choice(item, head, bare)
    return Cell(value, doubt, left_over)


def _damaged_choice(item: FormItem, head: str, bare: str) -> tuple[str, str]:
    """What a choice that is no option of the form may be, and why that is not certain."""
    named = [option for option in item.options if re.search(loosely(option.label), bare)]
    if len(named) == 1 and len(set(bare.split())) == 1:
        return named[0].label, f"「{_visible(bare)}」を選択肢「{named[0].label}」と読んだ"
    if len(named) > 1 or any(mark in head for mark in markup.MARKS):
        return "", f"どれが選ばれたか読み取れない:「{_visible(head)}」"
    # Another figure is no misspelling: 50万人 is not 30万人.
    figures = re.findall(r"\d+", bare)
    alike = [option for option in item.options if re.findall(r"\d+", option.label) == figures]
    best = max(alike, key=lambda option: nearly(option.label, bare), default=None)
    if best is not None and nearly(best.label, bare) >= _NEARLY:
        return best.label, f"「{_visible(bare)}」を選択肢「{best.label}」と読んだ"
    return bare, f"「{_visible(bare)}」{NOT_AN_OPTION}"


def _chosen(item: FormItem, text: str) -> tuple[str, str]:
    """What stands in a choice cell beside its option list, and what of the list is not the form's."""
    head, tail = _cut(without_count(item, text))
    rest = _without_list(item.options, tail)
    head = _without_list(item.options, head)
    chosen = head.strip()
    if not chosen.strip("[]［］ \n") and (rest.strip("[]［］ \n") or not chosen):
        chosen, rest = rest.strip(), ""  # 「<選択肢> [選んだもの] 1) …」: the list came first
    return chosen, rest.strip()


def _cut(text: str) -> tuple[str, str]:
    """What stands before and after the words ＜選択肢＞."""
    match = _LIST.search(text)
    return (text[: match.start()], text[match.end() :]) if match else (text, "")


def without_count(item: FormItem, text: str) -> str:
    """A cell without its ``(3) 件``, if it is one of those that print one."""
    counted = any(child.kind is ItemKind.COUNT for child in form3().children(item))
    return _COUNT.sub(" ", text) if counted else text


def _without_list(options: Sequence[Option], text: str) -> str:
    """*text* without the numbered entries of the option list."""
    for option in sorted(options, key=lambda o: -len(o.label)):
        for label in option.labels:
            text = re.sub(_LIST_ENTRY + loosely(label), " ", text)

    def damaged(entry: re.Match[str]) -> str:
        return " " if any(nearly(option.label, entry[1]) >= _NEARLY for option in options) else entry[0]

    return _LIST.sub(" ", re.sub(_LIST_ENTRY + r"([^\d\s\[\]]+)", damaged, text))


def loosely(label: str) -> str:
    """A pattern for *label* that allows spaces anywhere and brackets of either width."""
    return r"\s*".join(_WIDTHS.get(char, re.escape(char)) for char in label)


_WIDTHS = {"（": "[（(]", "）": "[)）]", "(": "[（(]", ")": "[)）]", "、": "[、,]", ",": "[,、，]"} | {
    digit: f"[{digit}{wide}]" for digit, wide in zip("0123456789", "０１２３４５６７８９", strict=True)
}


_NO_MARKS = str.maketrans(dict.fromkeys(markup.MARKS, ""))
_TICKED = frozenset(_TYPED_TICKS) | {markup.BOX_TICKED, markup.RADIO_TICKED}


def _visible(text: str) -> str:
    return " ".join(text.translate(_NO_MARKS).split())


def read_boxes(item: FormItem, text: str) -> Cell[Boxes]:
    """Every option of a set of boxes as checked, unchecked or unreadable, with its free text.

    The text of その他 is ``other_text``; where other options carry text too, every text stands
    on a line of its own behind the label of its option.
    """
    text = without_count(item, markup.plain(text))
    groups: dict[bool | None, list[str]] = {True: [], False: [], None: []}
    texts: list[tuple[Option, str]] = []
    boxes = list(_marked(item.options, text))
    kinds = {box.mark for box in boxes}
    for box in boxes:
        if own := _free_text(box.after):
            texts.append((box.option, own))
        printed = " ".join(text[box.start : box.end].split())
        groups[_state(box.mark, kinds, has_text=bool(own))].append(printed)
    found = {box.option for box in boxes}
    groups[None].extend(option.label for option in item.options if option not in found)
    read = Boxes(tuple(groups[True]), tuple(groups[False]), tuple(groups[None]), other_text(texts))
    return Cell(read, unreadable_boxes(read), _boxes_left_over(item, text, boxes))


def unreadable_boxes(boxes: Boxes) -> str:
    """Why a set of boxes is in doubt; blank where every mark was read."""
    return f"印が読み取れない欄がある: {_some(boxes.unreadable)}" if boxes.unreadable else ""


_SHOWN = 3


def _some(labels: Sequence[str]) -> str:
    more = f" ほか{len(labels) - _SHOWN}" if len(labels) > _SHOWN else ""
    return "、".join(labels[:_SHOWN]) + more


@dataclass(frozen=True, slots=True)
class _Box:
    """An option in a cell: where its label stands, its mark (``none`` where it has none), the words after."""

    option: Option
    start: int
    end: int
    mark: str
    after: str


def _marked(options: Sequence[Option], text: str) -> Iterator[_Box]:
    """Each option that stands in *text*."""
    places: list[tuple[int, int, Option]] = []
    for option in sorted(options, key=lambda o: -len(o.label)):
        free = [
            match
            for label in option.labels
            for match in re.finditer(loosely(label), text)
            if not any(start < match.end() and match.start() < end for start, end, _ in places)
        ]
        # その他 may also stand inside the free text of another option; its own has a mark before it.
        own = [match for match in free if _is_marked(text, match.start())] or free[:1]
        places.extend((match.start(), match.end(), option) for match in own[:1])
    places.sort(key=lambda place: place[0])
    marks = [(m.start(), m.end(), m[1] if m[1] is not None else m[2]) for m in _MARK.finditer(text)]
    if _marks_stand_behind(places, marks):
        for (start, end, option), (behind, _, sign) in zip(places, marks, strict=True):
            yield _Box(option, start, end, sign or "blank", text[end:behind])
        return
    for index, (start, end, option) in enumerate(places):
        previous = places[index - 1][1] if index else 0
        following = places[index + 1][0] if index + 1 < len(places) else len(text)
        before = [(s, e, mark) for s, e, mark in marks if previous <= s and e <= start]
        mark = "none"
        if before and not text[before[-1][1] : start].strip(" 　\n・"):
            mark = before[-1][2] or "blank"
        stop = min((s for s, _, _ in marks if end <= s < following), default=following)
        yield _Box(option, start, end, mark, text[end:stop])


def _is_marked(text: str, at: int) -> bool:
    """Whether a mark, or what closes one, is the last thing before a place of *text*."""
    while at and text[at - 1].isspace():
        at -= 1
    return at > 0 and text[at - 1] in _MARKS


def _marks_stand_behind(places: list[tuple[int, int, Option]], marks: list[tuple[int, int, str]]) -> bool:
    """Whether every mark follows its label: none before the first option, one after the last."""
    return (
        len(places) == len(marks) > 0
        and all(end <= mark[0] for (_, end, _), mark in zip(places, marks, strict=True))
        and all(mark[1] <= place[0] for place, mark in zip(places[1:], marks, strict=False))
    )


def _state(mark: str, kinds: set[str], *, has_text: bool) -> bool | None:
    """Ticked, not ticked, or None where the mark does not tell.

    OCR writes ○ as a radio button and an empty bracket as a check box, or loses all ticks of a
    cell at once; what a mark means depends on what else stands in its cell.
    """
    if mark in _TICKED:
        return True
    if mark == "blank" or mark in _TYPED_BLANKS:
        return False
    with_checked = bool(kinds & {markup.BOX_TICKED, markup.RADIO_TICKED})
    with_blank = bool(kinds & {"blank", markup.BOX})
    if mark == markup.RADIO:
        if with_checked:
            return None if with_blank else False
        return True if with_blank else None
    if mark == markup.BOX:
        told_apart = with_checked or markup.RADIO in kinds or bool(kinds & _TICKED)
        return False if told_apart and not has_text else None
    return None


def _free_text(after: str) -> str:
    """The free text behind an option: what its brackets hold."""
    text = after.strip(" 　\n・")
    if (match := _BRACKETED.match(text)) is not None:
        return match[1].strip(" 　\n")
    if text[:1] in {"(", "（"}:  # the closing bracket was lost, or a heading follows
        inner, closing, _ = text[1:].partition("）") if "）" in text else text[1:].partition(")")
        return (
            inner.strip(" 　\n") if closing or "\n" not in text else text[1:].partition("\n")[0].strip(" 　")
        )
    return ""


def other_text(texts: Sequence[tuple[Option, str]]) -> str:
    """The free texts of a set of boxes as one: that of その他 alone, or a line for each option."""
    if len(texts) == 1 and texts[0][0].label.startswith("その他"):
        return texts[0][1]
    return "\n".join(f"{option.label}：{text}" for option, text in texts)


def texts_of(item: FormItem, text: str) -> dict[Option, str]:
    """The options whose free text ``other_text`` wrote into *text*."""
    carriers = {option.label: option for option in item.options if option.takes_text}
    found: dict[Option, str] = {}
    for line in text.split("\n"):
        label, colon, words = line.partition("：")
        if colon and label in carriers:
            found[carriers[label]] = words
        elif line and "その他" in carriers:
            earlier = found.get(carriers["その他"])
            found[carriers["その他"]] = f"{earlier}\n{line}" if earlier else line
    return found


def _boxes_left_over(item: FormItem, text: str, boxes: Sequence[_Box]) -> str:
    """What stands in a set of boxes and is neither mark, option, heading of the set, nor free text."""
    for box in sorted(boxes, key=lambda box: -box.start):
        own = _free_text(box.after)
        after = box.after.replace(own, " ", 1) if own else box.after
        text = f"{text[: box.start]} {after}{text[box.end + len(box.after) :]}"
    for heading in item.headings:
        text = text.replace(heading, " ", 1)
    text = _MARK.sub(" ", text).translate(_NO_MARKS)
    return " ".join(text.strip(" 　\n・()（）[]［］").split()).strip("・()（）[]［］ ")


def read_count(text: str, option: str = "") -> str:
    """The number printed as ``(3) 件`` in a cell, behind the label *option* where one is given."""
    text = markup.plain(text)
    if option:
        match = re.search(loosely(option), text)
        text = _NEXT_BOX.split(text[match.end() :])[0] if match else ""
    printed = _COUNT.search(text)  # blank, too: the number behind the next label is not this one
    found = _FILLED_COUNT.search(printed[0]) if printed else None
    return found[1] if found else ""


_NEXT_BOX = re.compile(rf"[\[［{markup.MARKS}☑☐■□]")


def tidy(text: str) -> str:
    """The words of a text cell: tags become line breaks, nothing else changes."""
    return markup.words(text)


def nearly(one: str, other: str) -> float:
    """Likeness of two labels, 0 to 1, after folding widths, spaces and bullets; 0 for what is no label."""
    if max(len(one), len(other)) > LONGEST_LABEL:
        return 0.0
    return Levenshtein.normalized_similarity(wording.plain(one), wording.plain(other))
