"""What people write in the 項目 column → the item of the form that they mean.

The form is a tree; a cell of the 項目 column is a walk down that tree, written with any
separator, with or without numbers, with another form's numbers, with misspelt or shortened
names. The resolver walks all readings of the text side by side, cheapest first. What a reading
had to put right is kept: the answer says how it got there, what it corrected, and which other
items were as likely. It never guesses in silence.
"""

from __future__ import annotations

import heapq
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from ledger.errors import NotAnItemPath
from ledger.folding import CIRCLED, SPELLINGS
from ledger.form import Form, FormItem, form3, group_number
from ledger.item_path import ItemPath


class How(StrEnum):
    """How a text led to its item.

    ``exact``: as the form prints it (separators, widths and left-out numbers or names apart);
    ``corrected``: a name or number was put right; ``inferred``: more than one item was possible,
    or a level was left out that the form needs.
    """

    EXACT = "exact"
    CORRECTED = "corrected"
    INFERRED = "inferred"


class Slip(StrEnum):
    """What kind of thing had to be put right."""

    NAME = "name"  # the number is right, the name beside it belongs to something else
    NUMBER = "number"  # the name is right, the number is not
    SHORT = "short"  # the name is shortened or misspelt
    NESTING = "nesting"  # written below an item that stands beside it
    LEVEL = "level"  # a level left out without which the item is not certain
    REST = "rest"  # words that name nothing


@dataclass(frozen=True, slots=True)
class Correction:
    """One thing put right: what was written, what the form prints, where known whose it is."""

    slip: Slip
    written: str
    printed: str
    source: str = ""

    def __str__(self) -> str:
        match self.slip:
            case Slip.REST:
                return f"「{self.written}」は様式の項目名ではない"
            case Slip.LEVEL:
                return f"「{self.printed}」が省かれている"
            case Slip.NESTING:
                return f"「{self.printed}」は「{self.written}」の下ではなく並びの項目"
            case _:
                origin = f"（{self.source}）" if self.source else ""
                return f"「{self.written}」{origin}→「{self.printed}」"


@dataclass(frozen=True, slots=True)
class Resolution:
    """The item a text means. ``rivals`` are other items that the text fits as well."""

    item: FormItem
    n: int
    path: ItemPath
    how: How
    corrections: tuple[Correction, ...] = ()
    rivals: tuple[ItemPath, ...] = ()

    @property
    def note(self) -> str:
        """The corrections and rivals in one Japanese sentence; blank where there are none."""
        notes = [str(correction) for correction in self.corrections]
        if self.rivals:
            notes.append("他の候補: " + "、".join(str(path) for path in self.rivals))
        return "。".join(notes)


_LONGEST = 2_000  # characters; the longest walk down the form has 120, and a cell that long tells a story


def resolve(text: str, form: Form | None = None) -> Resolution | None:
    """The item that *text* means, or None where it names nothing of the form."""
    return _resolve(text, form or form3()) if len(text) <= _LONGEST else None


@lru_cache(maxsize=8192)
def _resolve(text: str, form: Form) -> Resolution | None:
    found = _canonical(text, form) or _walk(_Text.of(text), form)
    shorter = _SUBHEADING.sub("", text)
    if found is not None and shorter != text and any(c.slip is Slip.REST for c in found.corrections):
        return _resolve(shorter, form)  # a sub-heading inside the item's text is no part of its name
    return found


def _canonical(text: str, form: Form) -> Resolution | None:
    """A canonical path, or a key of the form, needs no walk."""
    n = group_number(text)
    if (n and text.replace(f"[{n}]", "[n]") in form) or (not n and "[n]" not in text and text in form):
        item = form[text]
        return Resolution(item, n, item.at(n), How.EXACT)
    try:
        path = ItemPath.parse(text)
    except NotAnItemPath:
        return None
    found = form.locate(path)
    return Resolution(found[0], found[1], path, How.EXACT) if found else None


# --- the text and the labels, folded the same way -------------------------------------------

_CIRCLED = {char: str(number) for number, char in enumerate(CIRCLED, start=1)}
_SEPARATORS = frozenset(
    "-－‐‑–—―─−ー/／>＞→|｜:：.．,，、。・･「」『』()（）[]［］【】〔〕<＜〈〉※*＊_＿~～〜"
)
_HARD = frozenset("-－‐‑–—―─−ー/／>＞→|｜\n")
_MARK_REMARK = re.compile(r"※\s*[（(][^（()）]*[)）]")
_SUBHEADING = re.compile(r"\s*【[^】]*】\s*$")
_PARENTHESES = re.compile(r"（[^（）]*）|【[^【】]*】")


def _folded(text: str) -> tuple[str, frozenset[int], tuple[int, ...]]:
    """The letters and digits of *text*, where separators stood between them, and their origin."""
    chars: list[str] = []
    breaks: set[int] = set()
    origin: list[int] = []
    for index, char in enumerate(text):
        if char.isspace() or char in _SEPARATORS:
            breaks.add(len(chars))
            continue
        if char in _CIRCLED:
            breaks.add(len(chars))
        for piece in char if char in _CIRCLED else unicodedata.normalize("NFKC", char):
            chars.append(piece)
            origin.append(index)
    folded = "".join(chars)
    for variant, standard in SPELLINGS:
        while (at := folded.find(variant)) >= 0:
            gone = len(variant) - len(standard)
            cut = at + len(standard)
            folded = folded[:at] + standard + folded[at + len(variant) :]
            del origin[cut : cut + gone]
            breaks = {b if b <= cut else max(cut, b - gone) for b in breaks}
    return folded, frozenset(breaks), tuple(origin)


def _name(text: str) -> str:
    return _folded(text)[0]


def _between(origin: tuple[int, ...], at: int) -> range:
    """The places of the original between two folded characters."""
    start = origin[at - 1] + 1 if at else 0
    return range(start, origin[at] if at < len(origin) else start)


@dataclass(frozen=True, slots=True)
class _Text:
    """A 項目 cell prepared for the walk."""

    raw: str
    chars: str
    breaks: frozenset[int]
    walls: frozenset[int]  # breaks where a dash or a line parts two levels
    origin: tuple[int, ...]

    @classmethod
    def of(cls, raw: str) -> _Text:
        raw = _MARK_REMARK.sub("", raw)
        hard = frozenset(i for i, char in enumerate(raw) if char in _HARD)
        chars, breaks, origin = _folded(raw)
        walls = frozenset(b for b in breaks if any(raw_at in hard for raw_at in _between(origin, b)))
        return cls(raw, chars, breaks, walls, origin)

    def words(self, start: int, end: int) -> str:
        """The original words between two folded positions."""
        if start >= end:
            return ""
        return self.raw[self.origin[start] : self.origin[end - 1] + 1].strip()

    def digits(self, at: int) -> int:
        """End of the run of digits at *at* that no separator interrupts."""
        end = at
        while end < len(self.chars) and self.chars[end].isascii() and self.chars[end].isdigit():
            end += 1
            if end in self.breaks:
                break
        return end

    def next_breaks(self, at: int) -> list[int]:
        """The next places after *at* where a separator stood, at most three, and the end."""
        later = sorted(b for b in self.breaks if at < b <= len(self.chars))[:3]
        return later if later and later[-1] == len(self.chars) else [*later, len(self.chars)]

    def unnumbered(self, at: int) -> Iterator[int]:
        """The ends of words from *at* on that no number interrupts: what a wrong name may span."""
        for end in [at, *self.next_breaks(at)]:
            if end > at:
                yield end
            if (end in self.walls and end > at) or (end < len(self.chars) and self.is_number(end)):
                return

    def is_number(self, at: int) -> bool:
        """Whether a number stands at *at*."""
        return self.digits(at) > at or self.chars[at : at + 1] in _CIRCLED


# --- the walk ---------------------------------------------------------------------------------

_OMITTED_NUMBER = 0.1
_OMITTED_NAME = 0.3
_ANOTHER_SIGN = 0.3
_SKIPPED_LEVEL = 0.35
_FURTHER_LEVEL = 0.1
_SECTION_ALONE = 0.15
_SIDEWAYS = 0.4
_SHORT = 0.6
_OTHER_FORMS_NUMBER = 0.7
_WRONG_NUMBER = 1.0
_WRONG_NAME = 1.3
_NO_GROUP_NUMBER = 1.0
_REST = 2.0
_PER_CHARACTER = 0.06
_HEADING = 0.15
_TOO_DEAR = 4.0
_LONGEST_NUMBER = 3  # digits of the number of a group
_AS_LIKELY = 0.25


@dataclass(frozen=True, slots=True)
class _Step:
    """One way in which a node's label stands at a place of the text."""

    end: int
    cost: float
    n: int = 0
    correction: Correction | None = None


@dataclass(frozen=True, slots=True)
class _Walk:
    """A reading of the text so far."""

    at: int
    node: FormItem | None
    n: int
    cost: float
    corrections: tuple[Correction, ...]

    def resolution(self, ends: list[_Walk], form: Form) -> Resolution | None:
        """The answer that this walk gives, with the other *ends* as rivals."""
        if self.node is None:
            return None
        above = {item.key for item in (self.node, *form.ancestors(self.node))}
        others = (walk for walk in ends if walk.node and walk.node.key not in above)
        rivals = tuple(dict.fromkeys(walk.node.at(walk.n) for walk in others if walk.node))
        inferred = bool(rivals) or any(c.slip in {Slip.LEVEL, Slip.REST} for c in self.corrections)
        how = How.INFERRED if inferred else How.CORRECTED if self.corrections else How.EXACT
        return Resolution(self.node, self.n, self.node.at(self.n), how, self.corrections, rivals)


def _walk(text: _Text, form: Form) -> Resolution | None:
    if not text.chars:
        return None
    queue: list[tuple[float, int, _Walk]] = [(0.0, 0, _Walk(0, None, 0, 0.0, ()))]
    seen: dict[tuple[int, str, int], float] = {}
    ends: list[_Walk] = []
    count = 0
    while queue:
        cost, _, walk = heapq.heappop(queue)
        if ends and cost > ends[0].cost + _AS_LIKELY:
            break
        if walk.node is not None and walk.at == len(text.chars):
            ends.append(walk)
            continue
        state = (walk.at, walk.node.key if walk.node else "", walk.n)
        if seen.get(state, _TOO_DEAR) <= cost:
            continue
        seen[state] = cost
        for further in _continue(text, form, walk):
            if further.cost < _TOO_DEAR:
                count += 1
                done = further.at == len(text.chars) and further.node is not None
                extra = _HEADING if done and further.node and further.node.kind is None else 0.0
                heapq.heappush(
                    queue, (further.cost + extra, count, replace(further, cost=further.cost + extra))
                )
    return _best(ends, form)


def _best(ends: list[_Walk], form: Form) -> Resolution | None:
    if not ends:
        return None
    ends.sort(key=lambda walk: (round(walk.cost, 3), form.order[walk.node.key] if walk.node else 0))
    best = ends[0]
    # A heading and the item below it may print the same words; a row is about the item.
    namesake = next((walk for walk in ends if _is_namesake(walk.node, best.node)), best)
    return namesake.resolution([walk for walk in ends if walk is not namesake], form)


def _is_namesake(item: FormItem | None, heading: FormItem | None) -> bool:
    return bool(item and heading and item.parent == heading.key and item.name == heading.name)


def _continue(text: _Text, form: Form, walk: _Walk) -> Iterator[_Walk]:
    """Every way to go on from *walk*: a node below, a node beside, or words that name nothing."""
    for node, price, slip in _candidates(form, walk.node):
        for step in _steps(text, walk.at, node, first=walk.node is None):
            corrections = walk.corrections
            n = step.n or walk.n
            cost = walk.cost + price + step.cost
            if slip is not None and walk.node is not None:
                corrections = (*corrections, Correction(slip, walk.node.label, node.label))
            if step.correction is not None:
                corrections = (*corrections, step.correction)
            if "[n]" in node.key and not n:
                head = next(a for a in (node, *form.ancestors(node)) if a.is_group)
                cost += _NO_GROUP_NUMBER
                n = 1
                corrections = (*corrections, Correction(Slip.LEVEL, "", head.name.replace("{n}", "の番号")))
            yield _Walk(step.end, node, n, cost, corrections)
    if walk.node is not None:
        rest = Correction(Slip.REST, text.words(walk.at, len(text.chars)), "")
        price = _REST + _PER_CHARACTER * (len(text.chars) - walk.at)
        yield _Walk(len(text.chars), walk.node, walk.n, walk.cost + price, (*walk.corrections, rest))


@lru_cache(maxsize=512)
def _candidates(form: Form, node: FormItem | None) -> tuple[tuple[FormItem, float, Slip | None], ...]:
    """The nodes that may be named next, with what it costs to have left out the levels between."""
    if node is None:
        return tuple((item, _SKIPPED_LEVEL if item.parent else _SECTION_ALONE, None) for item in form)
    found: list[tuple[FormItem, float, Slip | None]] = []
    for below, depth in form.below(node):
        skipped = [a for a in form.ancestors(below)[: depth - 1] if not _goes_without_saying(a)]
        price = _SKIPPED_LEVEL + _FURTHER_LEVEL * (len(skipped) - 1) if skipped else 0.0
        found.append((below, price, None))
    heading = next((a for a in form.ancestors(node) if len(a.path) == 2 and a.kind is None), None)  # noqa: PLR2004
    if heading is not None:
        inside = {item.key for item, _ in form.below(node)} | {node.key}
        for beside, _depth in form.below(heading):
            if beside.key not in inside and "[n]" not in beside.key:
                slip = Slip.NESTING if node.number.startswith("リスク") else None
                found.append((beside, _SIDEWAYS, slip))
    return tuple(found)


def _goes_without_saying(node: FormItem) -> bool:
    """A single リスク, and a label whose sub-rows are named on their own, may be left out."""
    named_on_its_own = node.kind is not None or len(node.path) > 2  # noqa: PLR2004  (④使用の主体)
    return node.path[-1] == "リスク" or (named_on_its_own and not node.is_group and not node.is_risk)


def _steps(text: _Text, at: int, node: FormItem, *, first: bool) -> Iterator[_Step]:
    """Every way in which the label of *node* can be read at place *at*."""
    if node.is_group:
        yield from _group_steps(text, at, node)
        return
    numbered = list(_numbers(text, at, node, first=first))
    for after, cost, wrong in numbered:
        yield from _name_steps(text, at, after, cost, wrong, node)
    right = [(after, cost) for after, cost, wrong in numbered if wrong is None and after > at]
    for after, cost in right:
        if after == len(text.chars) or after in text.breaks or (not node.parent and text.is_number(after)):
            yield _Step(after, cost + _OMITTED_NAME)
        right_name = any(text.chars.startswith(name, after) for name in _names(node))
        another_sign = cost >= _ANOTHER_SIGN  # too little without the right name
        may_be_named = node.kind is None and not right_name and not another_sign and after not in text.walls
        for end in text.unnumbered(after) if may_be_named else ():
            price = _WRONG_NAME + _PER_CHARACTER / 4 * (end - after)
            correction = Correction(Slip.NAME, text.words(at, end), node.label)
            yield _Step(end, cost + price, correction=correction)


def _group_steps(text: _Text, at: int, node: FormItem) -> Iterator[_Step]:
    stem = _name(node.name.replace("{n}", ""))
    if text.chars.startswith(stem, at):
        end = text.digits(at + len(stem))
        if 0 < end - at - len(stem) <= _LONGEST_NUMBER:
            yield _Step(end, 0.0, n=int(text.chars[at + len(stem) : end]))


def _numbers(
    text: _Text, at: int, node: FormItem, *, first: bool
) -> Iterator[tuple[int, float, Correction | None]]:
    """Read a number at *at*: right, left out, or wrong. Gives the place after it and its cost."""
    written, end = _number_at(text, at, section=len(node.path) == 1 or not node.parent)
    expected = _CIRCLED.get(node.number, node.number)
    if not node.number:
        yield at, 0.0, None
        return
    if written == expected or (first and not node.parent and written == _ARABIC.get(node.key)):
        alike = (text.chars[at : at + 1] in _CIRCLED) == (node.number in _CIRCLED)
        yield end, 0.0 if written == expected and alike else _ANOTHER_SIGN, None
        return
    yield at, _OMITTED_NUMBER, None
    if written and end > at:
        elsewhere = {_CIRCLED.get(number, number): source for number, source in node.numbers_elsewhere}
        source = elsewhere.get(written, "")
        cost = _OTHER_FORMS_NUMBER if source else _WRONG_NUMBER
        yield end, cost, Correction(Slip.NUMBER, text.words(at, end), node.number, source)


_ARABIC = {"I": "1", "II": "2", "III": "3", "IV": "4", "V": "5"}
_ROMAN = re.compile(r"(?:III|II|IV|I|V)(?![IV])")
_ANNEX = re.compile(r"別添1")
_RISK = re.compile(r"リスク(\d)")


def _number_at(text: _Text, at: int, *, section: bool) -> tuple[str, int]:
    """The number that stands at *at* in plain form (``III``, ``annex1``, ``2``, ``リスク1``)."""
    if section and (match := _ROMAN.match(text.chars, at)):
        return match[0], match.end()
    if section and (match := _ANNEX.match(text.chars, at)):
        return "annex1", match.end()
    if match := _RISK.match(text.chars, at):
        return f"リスク{match[1]}", match.end()
    if at < len(text.chars) and text.chars[at] in _CIRCLED:
        return _CIRCLED[text.chars[at]], at + 1
    end = text.digits(at)
    return text.chars[at:end], end


def _name_steps(  # noqa: PLR0917  (a place, a number read there, and the node it may be)
    text: _Text, at: int, after: int, cost: float, wrong: Correction | None, node: FormItem
) -> Iterator[_Step]:
    best = ""
    for name in _names(node):
        if text.chars.startswith(name, after) and len(name) > len(best):
            best = name
    if best:
        end = after + len(best)
        correction = wrong and replace(wrong, written=text.words(at, end), printed=node.label)
        source = next((source for alias, source in node.aliases if _name(alias) == best), "")
        if source:
            slip = Slip.NAME if source.endswith(_OF_ANOTHER_FORM) else Slip.SHORT
            origin = source if slip is Slip.NAME else ""
            correction = correction or Correction(slip, text.words(at, end), node.label, origin)
        yield _Step(end, cost + (_SHORT / 2 if source else 0.0), correction=correction)
        return
    if wrong is None and not text.is_number(after):
        for end in text.unnumbered(after):
            if price := _likeness(text.chars[after:end], _names(node)[0]):
                written = text.words(at, end)
                yield _Step(end, cost + price, correction=Correction(Slip.SHORT, written, node.label))


_OF_ANOTHER_FORM = "節名"
_SHORTEST_ABBREVIATION = 2
_MISSPELT = 0.75


@lru_cache(maxsize=65536)
def _likeness(written: str, name: str) -> float:
    """What it costs to take *written* for *name*: 0 where they have too little in common."""
    if len(written) < _SHORTEST_ABBREVIATION:
        return 0.0
    # Most of what people write is spelt right.
    from rapidfuzz.distance import Levenshtein  # noqa: PLC0415

    alike = Levenshtein.normalized_similarity(written, name)
    if alike >= _MISSPELT:
        return _SHORT * 0.6 + (1 - alike)
    if written in name:
        return _SHORT + 0.5 * (1 - len(written) / len(name))
    return 0.0


@lru_cache(maxsize=1024)
def _names(node: FormItem) -> tuple[str, ...]:
    """The folded names of a node: as printed, without its brackets, and its aliases."""
    bare = _PARENTHESES.sub("", node.name)
    return tuple(
        dict.fromkeys(_name(name) for name in (node.name, bare, *(a for a, _ in node.aliases)) if name)
    )
