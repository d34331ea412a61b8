"""What a cell says of its place in the form: section, numbered heading, group, risk, label.

Pure recognition; nothing here keeps a place. OCR damages headings and labels, so that a name is
recognised by likeness, and a number that fits the place counts for a damaged name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from ledger import wording
from ledger.form import Form, FormItem, split_number
from ledger.published import ItemKind
from ledger.readers import markup
from ledger.readers.cells import LONGEST_LABEL, nearly

ANNEX_1, ANNEX_2 = "別添1", "別添2"

_LIKE = 0.8
_LONG_NAME = 4
_GROUPS = "システム|委託事項|提供先|移転先"
_FOLDED_BLOCK = re.compile(rf"\s*(?:{_GROUPS})\s*\d+\s*[～〜~－-]\s*\d+\s*")
_GROUP = re.compile(rf"\s*({_GROUPS})\s*([0-9０-９]{{1,3}})(?![0-9０-９])\s*(.*)", re.DOTALL)
_RISK = re.compile(r"\s*リスク\s*(?:([0-9０-９])\s*)?[:：]")
_SECTION = re.compile(r"\s*(III|II|IV|I|V|[Ⅰ-Ⅴ])[\s　.．]*(.*)", re.DOTALL)
_ANNEX = re.compile(r"\s*(?:[(（【\[［]\s*)?別[添紙]\s*(?:[0-9０-９]\s*)?(?:[)）】\]］]\s*)?(.*)", re.DOTALL)
_ANNEXES = {"特定個人情報ファイル記録項目": ANNEX_1, "変更箇所": ANNEX_2, "変更個所": ANNEX_2}
_ROMAN = dict(zip("ⅠⅡⅢⅣⅤ", ("I", "II", "III", "IV", "V"), strict=True))
_BOXES = re.compile(rf"(?:(?<!\s)\s+)?[\[［{markup.MARKS}]")
_PAGE_NUMBER = re.compile(r"[-－–—\s　]*\d{1,3}[-－–—\s　]*|\d{1,3}\s*[/／]\s*\d{1,3}|\d{1,3}\s*ページ")


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the form a row stands: numbered heading, group with its number, risk."""

    heading: FormItem | None = None
    group: FormItem | None = None
    n: int = 0
    risk: FormItem | None = None


@lru_cache(maxsize=4096)  # whoever looks ahead asks for the same rows again and again
def section_of(text: str, form: Form) -> str | None:
    """The section whose heading *text* is (``III``, ``別添1``, ``別添2``), or None."""
    plain = markup.plain(text)
    if annex := _ANNEX.match(plain):
        return _annex_called(annex[1])
    match = _SECTION.match(plain)
    if match is None:
        return None
    key = _ROMAN.get(match[1], match[1])
    return key if nearly(match[2].partition("※")[0], form[key].name) >= _LIKE else None


def heads_change_table(text: str) -> bool:
    """Whether *text* heads the change table of any form: （別添３）変更箇所, 別紙 変更箇所, 変更箇所."""
    plain = markup.plain(text)
    annex = _ANNEX.match(plain)
    return _annex_called(annex[1] if annex else plain) == ANNEX_2


def _annex_called(name: str) -> str | None:
    """The annex of a name; its number differs from form to form, and is often damaged."""
    return next((key for known, key in _ANNEXES.items() if nearly(name, known) >= _LIKE), None)


def is_page_number(text: str) -> bool:
    """Whether a line is nothing but the number of its page: ``- 12 -``, ``12/34``."""
    return _PAGE_NUMBER.fullmatch(text.strip()) is not None


def is_folded_block(text: str) -> bool:
    """``システム2～5``: the heading of a foldable block, no item."""
    return _FOLDED_BLOCK.fullmatch(text) is not None


def heading(text: str, section: FormItem, form: Form) -> tuple[FormItem, list[str]] | None:
    """The numbered heading of *section* that *text* is, and what follows it in the same cell."""
    plain = markup.plain(text)
    boxes = _BOXES.search(plain)
    number, name = split_number(plain[: boxes.start()] if boxes else plain)
    for node in form.children(section):
        if number == node.number and (behind := _behind(name.partition("※")[0], node)) is not None:
            return node, [part for part in (behind, plain[boxes.start() :] if boxes else "") if part.strip()]
    return None


def _behind(name: str, node: FormItem) -> str | None:
    """What follows a heading's name in *name* (mostly nothing), or None where it is another's."""
    if likeness(name, node.name) >= _LIKE:
        return ""
    whole, wanted = wording.fold(name[:LONGEST_LABEL], wording.Level.FOLDED), wording.plain(node.name)
    if whole.text.startswith(wanted) and len(wanted) < len(whole.text):
        return name[whole.origin[len(wanted)] :]
    return None


def group(text: str, under: FormItem, form: Form) -> tuple[FormItem, int, str] | None:
    """The head of a group under a heading: ``委託事項1``, its number, and what follows it."""
    match = _GROUP.fullmatch(markup.plain(text))
    node = next((c for c in form.children(under) if match and c.name == f"{match[1]}{{n}}"), None)
    if match is None or node is None:
        return None
    return node, int(match[2]), match[3]


def risk(text: str, under: FormItem, form: Form) -> FormItem | None:
    """The risk under a heading that *text* names: ``リスク2：…``, or ``リスク：…`` where there is one."""
    match = _RISK.match(markup.plain(text))
    if match is None:
        return None
    number = f"リスク{int(match[1])}" if match[1] else ""
    risks = [child for child in form.children(under) if child.is_risk]
    return next((r for r in risks if r.number == number or (len(risks) == 1 and not number)), None)


def risk_elsewhere(text: str, section: FormItem, form: Form) -> FormItem | None:
    """The risk of another heading in *section* whose line *text* is to the letter."""
    plain = markup.plain(text)
    if _RISK.match(plain) is None or len(plain) > LONGEST_LABEL:
        return None
    words = wording.plain(plain.partition("※")[0])
    return next((n for n, _ in form.below(section) if n.is_risk and wording.plain(n.label) == words), None)


def group_elsewhere(text: str, section: FormItem, form: Form) -> tuple[FormItem, int, str] | None:
    """The head of a group under any heading of *section*, as ``group`` gives it."""
    return next(filter(None, (group(text, under, form) for under in form.children(section))), None)


@lru_cache(maxsize=4096)
def printed_heading(text: str, form: Form) -> tuple[FormItem, ...]:
    """The numbered headings that *text* is to the letter: II and III have some in common."""
    plain = markup.plain(text)
    if len(plain) > LONGEST_LABEL or not split_number(plain)[0]:
        return ()
    below = (node for section in form.children(None) for node in form.children(section))
    return tuple(node for node in below if node.number and prints(plain, node))


def label(text: str, place: Place, form: Form, under: FormItem | None, *, first: bool) -> FormItem | None:
    """The item whose label *text* is: below *under* where a parent's label came before it.

    ``first`` says that the cell begins its row; only there a number may stand for a damaged name
    (⑥移動先 for ⑥移転方法).
    """
    number, name = split_number(text.partition("※")[0].rstrip())
    best: tuple[float, FormItem | None] = (0.0, None)
    for node in form.children(under) if under is not None else _labels(place, form):
        likely = max(likeness(name, called) for called in (node.name, *(alias for alias, _ in node.aliases)))
        if number and node.number and number != node.number:
            likely -= 0.3
        elif number and number == node.number and first and _may_be_damaged(name, node):
            likely = max(likely, _LIKE)
        if likely >= _LIKE and likely > best[0]:
            best = (likely, node)
    return best[1]


def _may_be_damaged(name: str, node: FormItem) -> bool:
    return len(name) <= len(node.name) + 2 and "。" not in name and name[:1] == node.name[:1]


def _labels(place: Place, form: Form) -> Iterable[FormItem]:
    """The items whose labels may stand at *place*."""
    if place.heading is None:
        return ()
    beside = [
        node
        for node, _ in form.below(place.heading)
        if not (node.in_group or node.is_risk or node.kind is ItemKind.COUNT)
    ]
    if place.group is not None:
        return [*(node for node, _ in form.below(place.group)), *beside]
    others = [
        r for r in form.children(place.heading) if r.number.startswith("リスク") and r is not place.risk
    ]
    hidden = {node.key for other in others for node, _ in form.below(other)}
    return [node for node in beside if node.key not in hidden]


def glued(text: str, place: Place, form: Form) -> tuple[FormItem, str] | None:
    """A numbered label of *place* with its value in the same cell (the tab between was lost)."""
    plain = wording.fold(text[:LONGEST_LABEL], wording.Level.FOLDED, bullets=True)
    for node in _labels(place, form):
        wanted = wording.fold(f"{node.number}{node.name}", wording.Level.FOLDED, bullets=True).text
        if node.number and node.kind is not None and plain.text.startswith(wanted) and wanted != plain.text:
            return node, text[plain.origin[len(wanted)] :].lstrip("※ 　:：")
    return None


def prints(text: str, node: FormItem) -> bool:
    """Whether *text* is the label of *node* to the letter."""
    number, name = split_number(text.partition("※")[0].rstrip())
    known = number == node.number and len(name) <= LONGEST_LABEL
    return known and wording.plain(name) == wording.plain(node.name)


def label_elsewhere(text: str, section: FormItem, place: Place, form: Form) -> FormItem | None:
    """The item of another place in *section* whose label *text* is to the letter.

    Then the heading between was lost; of several, the next in the order of the form is meant.
    """
    number, name = split_number(text.partition("※")[0].rstrip())
    folded = wording.plain(name[:LONGEST_LABEL])
    if len(name) > LONGEST_LABEL or (not number and len(folded) < _LONG_NAME):
        return None
    named = [
        node
        for node, _ in form.below(section)
        if node.kind is not None and node.number == number and wording.plain(node.name) == folded
    ]
    here = place.group or place.risk or place.heading
    after = form.order[here.key] if here else 0
    return next((node for node in named if form.order[node.key] > after), named[0] if named else None)


def likeness(one: str, other: str) -> float:
    """Likeness of two labels, 0 to 1, also without what stands in brackets."""
    if len(one) > LONGEST_LABEL:
        return 0.0
    bare = _unbracketed(other)
    return max(nearly(one, other), nearly(_unbracketed(one), bare) if bare != other else 0.0)


def _unbracketed(text: str) -> str:
    return re.sub(r"[（(][^（()）]*[)）]", "", text)


def unlisted(name: str) -> str:
    """The name of a file without the number of a list before it."""
    return re.sub(r"^\s*\d+\s*[.．]\s*", "", markup.words(name))
