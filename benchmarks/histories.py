"""Clean invented assessments with their histories: a body, and the rows that have led to it.

``history(random)`` starts from the whole consistent body of a sample, puts it into an invented city with
texts of its own, and changes it over several revisions as officers do. The body and the rows agree, so the
validator has nothing to warn of; what it says all the same is a false alarm.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from random import Random
from typing import Final

from ledger import wording
from ledger.form import FormItem, form3, group_number
from ledger.item_path import ItemPath
from ledger.published import Boxes, ChangeRow, ItemKind, PrintedItem, PublishedEdition, TableState
from ledger.readers import read
from ledger.wareki import wareki
from samples.making.vocabulary import Words

_SAMPLES: Final = Path(__file__).parents[1] / "samples"
_BODIES: Final = ("kasumino/7_kaigo-hoken.txt", "yunagi/21_kokuho_H30.txt")
_TOWNS: Final = ("霞野", "夕凪", "湊川", "北つばめ", "雲海", "髙﨑野")
_READERS: Final = ("ocr-text/3", "workbook/2", "word/2")


class Style(StrEnum):
    """How a row tells of its change."""

    WHOLE = "whole"
    FRAGMENT = "fragment"
    APPENDED = "appended"
    NAME = "name"
    CHOICE = "choice"
    BOX = "box"
    COUNT = "count"
    DATE = "date"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Written:
    """A row, the item that it is about, how it tells of it, and the number of its revision."""

    row: ChangeRow
    path: ItemPath
    key: str
    style: Style
    revision: int

    @property
    def item(self) -> FormItem:
        """The item of the form."""
        return form3()[self.key]


@dataclass(frozen=True, slots=True)
class History:
    """A clean edition, how each of its rows came about, and the edition before its last revision."""

    edition: PublishedEdition
    written: tuple[Written, ...]
    earlier: PublishedEdition

    def of(self, path: ItemPath) -> list[Written]:
        """The rows on an item."""
        return [one for one in self.written if one.path == path]

    def value(self, path: ItemPath) -> str | Boxes | None:
        """What the body says in an item; None where it does not have it."""
        return next((item.value for item in self.edition.items if item.path == path), None)


def history(random: Random) -> History:
    """Draw a clean assessment with a history of three to some thirty rows."""
    while True:
        drawn = _Drawing(random).history()
        if drawn is not None:
            return drawn


@cache
def _body(name: str) -> PublishedEdition:
    path = _SAMPLES / name
    return read(path.read_bytes(), path.name)


# --- what changes --------------------------------------------------------------------------------------

# Texts that other items of the body repeat, or that the validator reads for what they say, stay as they are.
_TEXTS: Final = (
    *("I.1.2", "I.2.system[n].2", "II.2.3", "II.2.3.necessity", "II.2.4.validity", "II.3.3", "II.3.5"),
    *("II.3.5.matching", "II.4.entrustment[n].1", "II.5.provision[n].2", "II.5.provision[n].5"),
    *("II.5.transfer[n].2", "II.5.transfer[n].5", "II.6.storage", "III.2.risk.measures", "III.2.other"),
    *(
        "III.3.risk1.measures",
        "III.3.risk2.authentication_method",
        "III.3.risk2.other_measures",
        "III.3.other",
    ),
    *("III.4.risk.contract_terms_text", "III.4.risk.other_measures", "III.4.other", "III.5.risk.rules_text"),
    *("III.5.risk.other_measures", "III.5.other", "III.6.risk1.measures", "III.6.risk2.measures"),
    *("III.6.other", "III.7.other_measures", "III.7.other", "III.9.method", "III.10", "IV.1.2", "IV.2.2"),
)
_CHOICES: Final = (
    *("II.2.4", "II.3.4.users", "II.4.entrustment[n].2", "III.2.risk.adequacy", "III.3.risk1.adequacy"),
    *("III.3.risk2.adequacy", "III.4.risk.adequacy", "III.5.risk.adequacy", "III.6.risk1.adequacy"),
    *("III.7.1", "III.7.adequacy", "III.9.level"),
)
_MANY = ("500人以上1,000人未満", "1,000人以上")  # would demand another form
_BOXES: Final = {
    "I.2.system[n].3": ("税務システム", "既存住民基本台帳システム", "宛名システム等"),
    "II.2.4.main": ("国税関係情報", "健康・医療関係情報", "雇用・労働関係情報", "災害関係情報"),
    "II.3.2": ("フラッシュメモリ", "電子メール", "専用線", "紙"),
    "III.8.exists": ("自己点検", "内部監査", "外部監査"),
}
_NAMES: Final = ("I.6.1", "II.3.4.department", "II.4.entrustment[n].3")
_GROUPS: Final = (  # the count, the cell in which it stands, the words before the number
    ("II.4.count", "II.4.exists", "委託する"),
    ("II.5.provision_count", "II.5.exists", "提供を行っている"),
    ("II.5.transfer_count", "II.5.exists", "移転を行っている"),
)
_OFFICES: Final = (
    "生活福祉課",
    "市民窓口課",
    "納税推進課",
    "子育て支援課",
    "健康づくり課",
    "地域包括課",
    "学務課",
)
_COMPANIES: Final = (
    *("株式会社みさき情報", "つばめ計算センター株式会社", "有限会社いそべ印刷", "しおかぜデータ株式会社"),
    *(
        "一般社団法人はまべ協会",
        "株式会社わかばソフトウェア",
        "やまびこ電算株式会社",
        "すずらん事務サービス株式会社",
    ),
)
_SYSTEMS: Final = "情報提供ネットワークシステム"
_REASONS: Final = {
    Style.WHOLE: ("事務の実態に合わせた修正", "記載内容の見直しによる修正", "運用の見直しに伴う変更"),
    Style.FRAGMENT: ("事務の実態に合わせた修正", "記載内容の精査による修正"),
    Style.APPENDED: ("措置の追加に伴う変更", "記載の不足による加筆"),
    Style.CHOICE: ("事務の実態に合わせた修正", "体制の見直しに伴う変更"),
    Style.BOX: ("事務の実態に合わせた修正", "システムの更改に伴う変更"),
    Style.COUNT: ("事務の見直しに伴う変更",),
    Style.ADDED: ("事務の見直しに伴う変更",),
    Style.REMOVED: ("事務の見直しに伴う変更",),
    Style.DATE: ("基礎項目評価の再実施に伴う変更",),
}
_BEFORE: Final = (
    "システムの更改に先立つ変更",
    "運用の開始に先立つ変更",
    "令和の次期システムへの移行に先立つ変更",
)
_CLAIMS: Final = (
    "であり、重要な変更には該当しない",
    "（重要な変更に該当しない）",
    "であり、重要な変更にあたらない",
)
_VOLUNTARY: Final = "事後で足りるものの任意に事前に提出"
_SHORTEST = 12
_AGAIN = 0.4  # of all changes are about an item that changed before
_NOTHING: Final = ("－", "", "―", "なし")


@dataclass(frozen=True, slots=True)
class _Change:
    """A change of one item: the sides of its row, and the item whose name stands in the row."""

    path: ItemPath
    key: str
    before: str
    after: str
    style: Style
    named: str = ""
    reason: str = ""


class _Drawing:
    """Draws one history."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._words = Words(random)
        self._form = form3()
        base = _body(random.choice(_BODIES))
        town = random.choice(_TOWNS)
        moved = (str(base.header.body).removesuffix("市長"), town)
        self._items = {item.path: _elsewhere(item, moved) for item in base.items}
        self._base = replace(base, reader=random.choice(_READERS))
        self._header = replace(base.header, number=str(random.randint(1, 60)), body=f"{town}市長")
        self._day = date(random.randint(2016, 2020), random.randint(1, 12), random.randint(1, 28))
        self._separator = random.choice(("－", "－", "－", " ", "-", "－\n"))
        self._nothing = random.choice(_NOTHING)
        self._written: list[Written] = []
        self._touched: set[ItemPath] = set()

    def history(self) -> History | None:
        self._set_cover()
        self._reword()
        self._own_days()
        earlier = None
        for revision in range(self._random.randint(2, 6)):
            earlier = self._edition()
            self._revise(revision)
        if earlier is None or len(self._written) < len(_GROUPS):
            return None
        return History(self._edition(), tuple(self._written), earlier)

    # --- the body ----------------------------------------------------------------------------------

    def _set_cover(self) -> None:
        for key, value in (("cover.number", self._header.number), ("cover.body", self._header.body)):
            self._set(self._form[key].at(), value)

    def _reword(self) -> None:
        """Texts of its own, here and there."""
        for path, item in list(self._items.items()):
            if self._form[item.key].key in _TEXTS and self._random.random() < 0.4:  # noqa: PLR2004
                self._set(path, self._text())

    def _own_days(self) -> None:
        """The days of the body lie before all revisions."""
        self._set(self._form["II.2.5"].at(), "平成28年1月1日")
        self._set(self._form["II.3.6"].at(), "平成28年1月1日")
        self._set(self._form["V.1.1"].at(), wareki(self._day - timedelta(days=40)))

    def _text(self) -> str:
        lines = self._random.choice((self._sentences, self._sentences, self._bullets))()
        return "\n".join(lines)

    def _sentence(self) -> str:
        """A sentence with an end, of a length to be found again."""
        while True:
            sentence = self._words.sentence().rstrip("。")
            if len(sentence) >= _SHORTEST and not any(mark in sentence for mark in "※〒|。<"):
                return f"{sentence}。"

    def _sentences(self) -> list[str]:
        return ["".join(dict.fromkeys(self._sentence() for _ in range(self._random.randint(1, 4))))]

    def _bullets(self) -> list[str]:
        bullet = self._random.choice("・・○◆")
        return list(dict.fromkeys(f"{bullet}{self._sentence()}" for _ in range(self._random.randint(2, 4))))

    def _set(self, path: ItemPath, value: str | Boxes) -> None:
        self._items[path] = replace(self._items[path], value=value)

    def _edition(self) -> PublishedEdition:
        published = wareki(self._day + timedelta(days=self._random.randint(0, 20)))
        if not self._written:
            published = wareki(self._day)
        items = sorted(self._items.values(), key=self._place)
        cover = self._form["cover.publication_date"].at()
        rows = tuple(one.row for one in self._written)
        return replace(
            self._base,
            header=replace(self._header, publication_date=published),
            items=tuple(replace(item, value=published) if item.path == cover else item for item in items),
            rows=rows,
            table=TableState.ROWS if rows else TableState.EMPTY,
        )

    def _place(self, item: PrintedItem) -> tuple[int, int, int]:
        node = self._form[item.key]
        head = next((one for one in (node, *self._form.ancestors(node)) if one.is_group), node)
        return self._form.order[head.key], group_number(item.key), self._form.order[node.key]

    # --- a revision ----------------------------------------------------------------------------------

    def _revise(self, revision: int) -> None:
        self._day += timedelta(days=self._random.randint(45, 600))
        self._touched = set()
        drawn: list[list[_Change]] = []
        for _ in range(self._random.randint(1, 4)):
            changes = self._random.choice(self._kinds())()
            if changes:
                self._touched |= {change.path for change in changes}
                drawn.append(changes)
        for changes in sorted(drawn, key=lambda found: self._place(self._at(found[0]))):
            timing, reason = self._filed(changes)
            for change in changes:
                self._write(change, timing, change.reason or reason, revision)

    def _kinds(self) -> Sequence[Callable[[], list[_Change]]]:
        texts = (self._whole, self._whole, self._fragment, self._fragment, self._appended)
        return (*texts, self._choice, self._box, self._name, self._date, self._group, self._emptied)

    def _at(self, change: _Change) -> PrintedItem:
        return PrintedItem(change.path, change.key, ItemKind.TEXT, "", 0)

    def _filed(self, changes: Sequence[_Change]) -> tuple[str, str]:
        """提出時期 and its explanation: a ※ item 事前, or 事後 with the claim that it is not important."""
        pick = self._random.choice
        important = any(self._form[change.key].important for change in changes)
        style = changes[0].style
        reasons = (changes[0].reason,) if changes[0].reason else _REASONS.get(style, _REASONS[Style.WHOLE])
        if important:
            return pick((("事前", pick(_BEFORE)), ("事後", pick(reasons) + pick(_CLAIMS))))
        early = ("事前", _VOLUNTARY) if style is not Style.DATE else ("事後", pick(reasons))
        return pick((("事後", pick(reasons)), ("事後", pick(reasons)), early))

    def _write(self, change: _Change, timing: str, reason: str, revision: int) -> None:
        no = len(self._written) + 1
        named = self._form[change.named or change.key]
        text = self._form.item_text(named, group_number(change.key)).replace("－", self._separator)
        sides = (change.before, change.after)
        row = ChangeRow(no, wareki(self._day), text, *sides, timing, reason, no)
        self._written.append(Written(row, change.path, change.key, change.style, revision))

    # --- changes, one a method; each has changed the body when it returns ------------------------------

    def _one(self, *keys: str, texts: bool = False) -> PrintedItem | None:
        """An item of the body that the revision has not touched yet; with *texts* it says something."""
        found = [
            item
            for path, item in self._items.items()
            if self._form[item.key].key in keys and path not in self._touched
        ]
        told = [item for item in found if not texts or not wording.is_nothing(str(item.value))]
        again = [item for item in told if any(one.path == item.path for one in self._written)]
        return (
            self._random.choice(again if again and self._random.random() < _AGAIN else told) if told else None
        )

    def _whole(self) -> list[_Change]:
        """A text, quoted as a whole."""
        item = self._one(*_TEXTS, texts=True)
        if item is None:
            return []
        old = str(item.value)
        parts = sentences_of(old)
        kept = self._random.choice((True, False)) and len(parts) > 1
        new = old.replace(self._random.choice(parts), self._sentence(), 1) if kept else self._text()
        return self._changed(item, old, new, new, Style.WHOLE)

    def _fragment(self) -> list[_Change]:
        """A sentence of a longer text; nothing but this sentence is quoted."""
        item = self._one(*_TEXTS, texts=True)
        if item is None:
            return []
        old = str(item.value)
        parts = [one for one in sentences_of(old) if _stands_once(one, old)]
        if len(sentences_of(old)) < len(_GROUPS) or not parts:
            return []
        part, other = self._random.choice(parts), self._sentence()
        new = old.replace(part, other)
        return self._changed(item, part, other, new, Style.FRAGMENT) if _stands_once(other, new) else []

    def _appended(self) -> list[_Change]:
        """Words behind a text, which the row leaves out."""
        item = self._one(*_TEXTS, texts=True)
        if item is None:
            return []
        other = self._sentence()
        new = f"{item.value}\n{other}"
        if not _stands_once(other, new):
            return []
        return self._changed(item, "略", f"略\n{other}", new, Style.APPENDED)

    def _emptied(self) -> list[_Change]:
        """A text that says something comes in, or goes, where nothing has to stand."""
        item = self._one("II.7", "I.7", "IV.1.3", "IV.1.4")
        if item is None:
            return []
        old = str(item.value)
        new = self._sentence() if wording.is_nothing(old) else "－"
        return self._changed(item, old, new, new, Style.WHOLE)

    def _changed(self, item: PrintedItem, before: str, after: str, new: str, style: Style) -> list[_Change]:
        if wording.same(before, after) is not None or wording.same(str(item.value), new) is not None:
            return []
        self._set(item.path, new)
        return [_Change(item.path, item.key, before, after, style)]

    def _name(self) -> list[_Change]:
        """Another contractor or department."""
        item = self._one(*_NAMES, texts=True)
        if item is None:
            return []
        old, contractor = str(item.value), item.key.startswith("II.4")
        new = self._random.choice(_COMPANIES if contractor else _OFFICES)
        found = self._changed(item, old, new, new, Style.NAME)
        reason = "入札による委託先の変更" if contractor else "組織改正に伴う部署名の変更"
        return [replace(change, reason=reason) for change in found]

    def _choice(self) -> list[_Change]:
        item = self._one(*_CHOICES, texts=True)
        if item is None:
            return []
        options = [o.label for o in self._form[item.key].options if o.label not in _MANY]
        new = self._random.choice(options)
        return self._changed(item, str(item.value), new, new, Style.CHOICE)

    def _box(self) -> list[_Change]:
        """One box ticked or cleared; at least one stays ticked."""
        item = self._one(*_BOXES)
        if item is None or not isinstance(item.value, Boxes):
            return []
        boxes, node = item.value, self._form[item.key]
        labels = [label for label in (*boxes.checked, *boxes.unchecked) if _is_in(node, label, _BOXES)]
        if not labels:
            return []
        label = self._random.choice(labels)
        off = label in boxes.checked
        if off and len(boxes.checked) == 1:
            return []
        self._set(item.path, flipped(boxes, label))
        sides = (f"[○] {label}", f"[ ] {label}")
        return [_Change(item.path, item.key, *(sides if off else sides[::-1]), Style.BOX)]

    def _date(self) -> list[_Change]:
        item = self._one("V.1.1")
        if item is None:
            return []
        new = wareki(self._day - timedelta(days=self._random.randint(10, 44)))
        return self._changed(item, str(item.value), new, new, Style.DATE)

    def _group(self) -> list[_Change]:
        """A 委託事項, 提供先 or 移転先 comes in with a row an item, or the last of several goes."""
        count_key, cell, words = self._random.choice(_GROUPS)
        count = self._form[count_key]
        group = self._form[count.counts]
        path = count.at()
        n = int(str(self._items[path].value)) if path in self._items else 0
        new = any(touched.parts[:3] == group.at(n).parts for touched in self._touched)
        if not n or new or path in self._touched:
            return []
        growing = n == 1 or self._random.random() < 0.7  # noqa: PLR2004
        after = n + 1 if growing else n - 1
        number = _Change(path, count_key, f"{words}({n})件", f"{words}({after})件", Style.COUNT, cell)
        found = [number, *(self._added(group, n + 1) if growing else self._removed(group, n))]
        self._set(path, str(after))
        return found

    def _added(self, group: FormItem, n: int) -> Iterator[_Change]:
        """A block like the first, with a row for each of its items that says something."""
        contractor = self._random.choice(_COMPANIES)
        for node in (group, *self._form.children(group)):
            value = self._items[node.at(1)].value
            if node is group or node.key in _TEXTS:
                value = self._sentence().rstrip("。")
            elif node.key == "II.4.entrustment[n].3":
                value = contractor
            path, kind = node.at(n), self._items[node.at(1)].kind
            self._items[path] = PrintedItem(path, node.key_at(n), kind, value, 1)
            if isinstance(value, Boxes):
                text = " ".join(f"[○] {label}" for label in value.checked)
                yield _Change(path, node.key_at(n), self._nothing, text, Style.ADDED)
            elif not wording.is_nothing(value):
                yield _Change(path, node.key_at(n), self._nothing, value, Style.ADDED)

    def _removed(self, group: FormItem, n: int) -> Iterator[_Change]:
        """The last block goes, with a row on its name."""
        name = self._items[group.at(n)].value
        for node in (group, *self._form.children(group)):
            self._items.pop(node.at(n), None)
        yield _Change(group.at(n), group.key_at(n), str(name), "（削除）", Style.REMOVED)


# --- small things, of use to faults as well --------------------------------------------------------------


def _elsewhere(item: PrintedItem, moved: tuple[str, str]) -> PrintedItem:
    """The item in the words of another town."""
    if isinstance(item.value, Boxes):
        return replace(item, value=replace(item.value, other_text=item.value.other_text.replace(*moved)))
    return replace(item, value=item.value.replace(*moved))


def sentences_of(text: str) -> list[str]:
    """The sentences of a text that are long enough to be quoted, as they stand there."""
    found = [part.strip(" ・○◆\n") + "。" for line in text.split("\n") for part in line.split("。")[:-1]]
    return [one for one in found if len(one) >= _SHORTEST]


def _stands_once(part: str, whole: str) -> bool:
    found = wording.locate(part, whole)
    return found is not None and len(found.spans) == 1


def _is_in(node: FormItem, label: str, allowed: dict[str, tuple[str, ...]]) -> bool:
    option = node.option(label)
    return option is not None and option.label in allowed[node.key]


def flipped(boxes: Boxes, label: str) -> Boxes:
    """The same set with one box the other way round."""
    if label in boxes.checked:
        left = tuple(one for one in boxes.checked if one != label)
        return replace(boxes, checked=left, unchecked=(*boxes.unchecked, label))
    left = tuple(one for one in boxes.unchecked if one != label)
    return replace(boxes, checked=(*boxes.checked, label), unchecked=left)
