"""Draws whole invented assessments of 様式3: every choice, every set of boxes, texts of every shape.

``edition(random)`` gives what a reader has to give back of the paper that any writer of this package makes
of it. What no published format can carry is not drawn, and the comment beside says why.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Final

from ledger.form import Form, FormItem, Option, form3
from ledger.published import Boxes, ChangeRow, Header, ItemKind, PrintedItem, PublishedEdition, TableState
from ledger.readers.cells import other_text
from samples.making.vocabulary import NOTHING, Words

READER: Final = "drawn"


@dataclass(frozen=True, slots=True)
class Extent:
    """The most of everything that repeats: files, systems, blocks of each other group, change rows."""

    files: int = 3
    systems: int = 6
    blocks: int = 5
    rows: int = 40


SMALL: Final = Extent(files=2, systems=2, blocks=2, rows=4)
_WHOLE: Final = Extent()
_BLANK = 0.06
# Items that hold a name, and what draws one; every other text is drawn as sentences.
_NAMES: Final = {
    "I.2.system[n].1": Words.system,
    "I.6.1": Words.office,
    "II.2.6": Words.office,
    "II.3.4.department": Words.office,
    "II.4.entrustment[n].3": Words.company,
    "II.5.transfer[n]": Words.office,
}
_FILES: Final = {"II.1", "III.1"}


def seeded(seed: int) -> Random:
    """The source of a drawing: the same seed draws the same."""
    return Random(seed)  # noqa: S311  (draws samples and guards nothing)


def edition(random: Random, most: Extent = _WHOLE) -> PublishedEdition:
    """A whole assessment of at least one file and one system, and of anything else up to *most*."""
    return _Drawing(Words(random), form3(), most).edition()


class _Drawing:
    """Draws one assessment, item by item, in the order of the form."""

    def __init__(self, words: Words, form: Form, most: Extent) -> None:
        self._words = words
        self._random = words.random
        self._form = form
        self._most = most
        self._items: list[PrintedItem] = []
        self._files: list[str] = []
        self._names: list[str] = []

    def edition(self) -> PublishedEdition:
        header = self._header()
        self._draw_files()
        for section in self._form.children(None)[1:]:
            for file in self._files if section.per_file else [""]:
                self._node(section, 0, file)
        rows = self._rows()
        state = TableState.ROWS if rows else self._random.choice((TableState.EMPTY, TableState.ABSENT))
        return PublishedEdition(
            form=self._form.name,
            reader=READER,
            header=header,
            items=tuple(self._items),
            table=state,
            rows=rows,
            unassigned=(),
            characters=0,
            assigned=0,
        )

    def _header(self) -> Header:
        """The cover. A label without words under it is no item, so what is drawn blank is left out."""
        words = self._words
        header = Header(
            number=str(self._random.randint(1, 60)),
            title=f"{words.duty}に関する事務{words.pick('', ' 重点項目評価書')}",
            body=words.body(),
            publication_date=words.day(),
            special_notes=words.pick("", "なし", "－", words.sentence(), words.lines()),
            form_edition=words.pick("", "令和7年5月 様式3", "平成30年5月　様式３"),
        )
        said = {
            "number": header.number,
            "title": header.title,
            "declaration": words.pick("", words.sentence(), words.lines()),
            "special_notes": header.special_notes,
            "body": header.body,
            "publication_date": header.publication_date,
            "form_edition": header.form_edition,
        }
        for item in self._form.children(self._form["cover"]):
            if text := said[item.key.removeprefix("cover.")]:
                self._items.append(_printed(item, 0, "", text))
        return header

    def _draw_files(self) -> None:
        """The names of the files; those that differ from one another in nothing but white space are one."""
        wanted = self._random.choice((1, 1, min(2, self._most.files), self._most.files))
        names = {"".join(name.split()): name for name in (self._words.file() for _ in range(20))}
        self._names = list(names.values())[:wanted]
        self._files = self._names if len(self._names) > 1 else [""]

    # --- the body ---------------------------------------------------------------------------------

    def _node(self, node: FormItem, n: int, file: str) -> None:
        if node.is_group:
            for number in range(1, self._blocks(node) + 1):
                self._item(node, number, file)
        else:
            self._item(node, n, file)

    def _item(self, node: FormItem, n: int, file: str) -> None:
        if node.kind is not None:
            self._items.append(_printed(node, n, file, self._value(node, file)))
        for child in self._form.children(node):
            self._node(child, n, file)

    def _blocks(self, group: FormItem) -> int:
        """How many blocks of a repeated group there are."""
        if group.key == "I.2.system[n]":
            return self._random.randint(1, self._most.systems)
        return self._random.choice((0, 1, min(2, self._most.blocks), self._most.blocks))

    def _value(self, item: FormItem, file: str) -> str | Boxes:
        match item.kind:
            case ItemKind.CHOICE:
                return self._choice(item)
            case ItemKind.CHECKBOX:
                return self._boxes(item)
            case ItemKind.COUNT:
                return self._words.pick("", "1", "2", "12", "３")
            case ItemKind.DATE:
                return "" if self._words.maybe(_BLANK) else self._words.day()
            case _:
                return self._text(item, file)

    def _choice(self, item: FormItem) -> str:
        if self._words.maybe(_BLANK):
            return ""
        return self._random.choice(self._random.choice(item.options).labels)

    def _boxes(self, item: FormItem) -> Boxes:
        """Any combination of ticks. Words may stand behind a blank box too: nobody deletes them."""
        share = self._random.random()
        checked: list[str] = []
        unchecked: list[str] = []
        texts: list[tuple[Option, str]] = []
        for option in item.options:
            label = self._random.choice(option.labels)
            ticked = self._words.maybe(share)
            (checked if ticked else unchecked).append(label)
            if option.takes_text and self._words.maybe(0.7 if ticked else 0.05):
                texts.append((option, self._box_text(option)))
        return Boxes(tuple(checked), tuple(unchecked), (), other_text(texts))

    def _box_text(self, option: Option) -> str:
        """One line, but for その他: of several texts in one set each stands on a line, behind its label."""
        words = self._words
        text = words.pick(
            *(words.office(), words.system(), words.company(), f"{words.office()}、{words.office()}"),
            *(
                "その他の実施機関",
                "紙の台帳（フラッシュメモリは使わない。）",
                "他の市区町村(転入前)",
                "庁内連携システム以外",
            ),
        )
        return f"{text}\n{words.system()}" if option.label == "その他" and words.maybe(0.1) else text

    def _text(self, item: FormItem, file: str) -> str:
        words = self._words
        if item.key == "I.3":
            listed = len(self._names) > 1 or words.maybe(0.2)
            return "\n".join(
                f"{n}. {name}" if listed else name for n, name in enumerate(self._names, start=1)
            )
        if item.key in _FILES:
            number = f"{self._files.index(file) + 1}. " if file and words.maybe(0.3) else ""
            return number + (file or self._names[0])
        if item.key == "annex1":
            return words.fields()
        if item.key in _NAMES:
            # A system is named: a block in which nothing stands is printed for later use, and no item.
            blank = item.key != "I.2.system[n].1" and words.maybe(_BLANK)
            return "" if blank else _NAMES[item.key](words)
        if item.is_group:  # the name of a block
            return words.pick(words.company(), words.office(), words.sentence().rstrip("。"))
        return self._random.choice((words.line, words.line, words.lines, words.lines, words.with_echoes))()

    # --- the change table -------------------------------------------------------------------------

    def _rows(self) -> tuple[ChangeRow, ...]:
        count = self._random.choice((0, 0, 1, min(3, self._most.rows), self._most.rows))
        found: list[ChangeRow] = []
        for no in range(1, count + 1):
            found.append(self._row(no, found[-1].timing if found else ""))
        return tuple(found)

    def _row(self, no: int, timing_above: str) -> ChangeRow:
        """A row says something beside its date, and one without a date has a timing, as the one above has.

        Otherwise nothing tells it from the rest of a row that was cut by the end of a page.
        """
        words = self._words
        item = self._random.choice([item for item in self._items if not item.key.startswith("cover")])
        timing = words.pick("事前", "事後", "事後", "") if words.maybe(0.9) else "事　後"
        undated = timing and timing_above and words.maybe(0.1)
        before, after = self._side(), self._side()
        if not before and not after:
            after = words.sentence()
        return ChangeRow(
            no=no,
            date=words.pick("", "〃", "同上") if undated else words.day(),
            item_text=self._item_text(item),
            before=before,
            after=after,
            timing=timing,
            explanation=words.reason(),
            line=0,
        )

    def _item_text(self, item: PrintedItem) -> str:
        node = self._form[item.key]
        text = self._form.item_text(node, item.path.group)
        return self._words.pick(text, text, text.replace("－", "\n"), text.replace("－", " "), node.label)

    def _side(self) -> str:
        words = self._words
        return words.pick(
            *("", "略", "（略）", *NOTHING, "発生なし", "[○] 税務システム", "移転を行っている(2)件"),
            *(words.sentence(), words.sentence(), words.lines(), f"略\n{words.lines()}", words.with_echoes()),
            f"【①法令上の根拠】{words.sentence()}\n【②提供先における用途】{words.sentence()}",
        )


def _printed(item: FormItem, n: int, file: str, value: str | Boxes) -> PrintedItem:
    path = item.at(n, file if item.per_file else "")
    return PrintedItem(path, item.key_at(n), item.kind or ItemKind.TEXT, value, 0)
