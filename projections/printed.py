"""What a body prints, asked item by item: what is said, chosen, ticked or left blank.

Every question has a third answer, None: the item is not in the text, or was read with a doubt. So what
extraction may have damaged neither supports nor contradicts anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from ledger import wording
from ledger.folding import CIRCLED
from ledger.form import FormItem, form3, group_number
from ledger.published import Boxes, ItemKind, PrintedItem, PublishedEdition
from ledger.readers.cells import NOT_AN_OPTION
from ledger.readers.headings import unlisted
from projections import value_text
from projections.findings import Cause, Finding, Severity

_LISTED = "I.3"
_BULLET = re.compile(rf"^\s*(?:[{CIRCLED}・]|[(（]\d+[)）])\s*")
_LONGEST_DISCLAIMER = 30
_DISCLAIMS = re.compile(
    r"^[（(※]*(?:該当|特に|対象)?(?:事項|内容)?(?:なし|無し|無|ありません|はない|外)[)）。]*$"
    r"|該当(?:し)?(?:ない|ません|なし)|(?:委託|接続|提供|移転|提供・移転|連携|発生)(?:は|を)?(?:し|行わ|行って|して)"
    r"(?:い)?(?:ない|ません)"
)


@dataclass(frozen=True, slots=True)
class PrintedBody:
    """The items of one edition by form key (with the number of a group) and file."""

    items: Mapping[tuple[str, str], PrintedItem]

    def get(self, key: str, file: str = "", n: int = 0) -> PrintedItem | None:
        """The item of a form key in a file, and in group *n*, if it is in the text."""
        return self.items.get((form3()[key].key_at(n), file))

    def all(self, *keys: str, file: str = "", n: int = 0) -> tuple[PrintedItem, ...]:
        """The items of several form keys, as far as they are in the text."""
        return tuple(item for key in keys if (item := self.get(key, file, n)) is not None)

    def every(self, key: str) -> tuple[PrintedItem, ...]:
        """The items of a form key in all groups and files."""
        node = form3()[key]
        return tuple(item for item in self.items.values() if form3()[item.key] is node)

    def files(self, section: str = "") -> tuple[str, ...]:
        """The files of *section*, or of any section; one without a name where there is one file only."""
        return tuple(
            dict.fromkeys(
                item.path.file
                for item in self.items.values()
                if form3()[item.key].per_file and section in {"", item.path.section}
            )
        )

    def chose(self, key: str, label: str, file: str = "", n: int = 0) -> bool | None:
        """Whether a choice is the option *label*; None where it cannot be told."""
        item = self.get(key, file, n)
        option = option_of(item) if item is not None and not item.doubt else None
        return None if option is None else option == label

    def ticked(self, key: str, label: str, file: str = "", n: int = 0) -> bool | None:
        """Whether the box *label* is ticked; None where it cannot be told."""
        item = self.get(key, file, n)
        return None if item is None or item.doubt else box(item, label)

    def blocks(self, group: str, file: str = "") -> dict[int, tuple[PrintedItem, ...]]:
        """The blocks of a repeated group in which anything is written, by number."""
        found: dict[int, list[PrintedItem]] = {}
        for item in self.items.values():
            if item.path.file == file and head_of(form3()[item.key]) is form3()[group]:
                found.setdefault(group_number(item.key), []).append(item)
        return {n: tuple(block) for n, block in sorted(found.items()) if any(map(holds, block))}


@lru_cache(maxsize=4)
def body_of(edition: PublishedEdition) -> PrintedBody:
    """The body of an edition, to be asked."""
    return PrintedBody({(item.key, item.path.file): item for item in edition.items})


@lru_cache(maxsize=1024)
def head_of(node: FormItem) -> FormItem | None:
    """The repeated group that a node is the head of, or stands in."""
    return next((one for one in (node, *form3().ancestors(node)) if one.is_group), None)


def option_of(item: PrintedItem) -> str | None:
    """The label of the form for what a choice says; None for nothing, or for no option of the form."""
    option = form3()[item.key].option(item.value) if isinstance(item.value, str) and item.value else None
    return option.label if option else None


def is_foreign(item: PrintedItem) -> bool:
    """Whether a choice says what is no option of the form, and nothing else is in doubt of it."""
    if item.kind is not ItemKind.CHOICE or not isinstance(item.value, str) or not item.value.strip():
        return False
    only_that = not item.doubt or (item.doubt.endswith(NOT_AN_OPTION) and "。" not in item.doubt)
    return only_that and form3()[item.key].option(item.value) is None


def box(item: PrintedItem, label: str) -> bool | None:
    """Whether the box *label* of a set is ticked, whatever may be in doubt of the others."""
    option = form3()[item.key].option(label)
    if option is None or not isinstance(item.value, Boxes):
        return None
    for state, labels in ((True, item.value.checked), (False, item.value.unchecked)):
        if any(option.is_called(one) for one in labels):
            return state
    return None


def listed_names(body: PrintedBody) -> list[str]:
    """The names of the files that Ⅰ３ lists, without their numbers."""
    item = body.get(_LISTED)
    if item is None or not isinstance(item.value, str) or wording.is_nothing(item.value):
        return []
    lines = re.split(r"\n|\s(?=\d+\s*[.．])", item.value)
    return [name for line in lines if (name := _BULLET.sub("", unlisted(line)).strip())]


def holds(item: PrintedItem) -> bool:
    """Whether anything is written or ticked in an item, in doubt or not."""
    if isinstance(item.value, Boxes):
        return bool(item.value.checked or item.value.other_text)
    return not wording.is_nothing(item.value)


def says_something(item: PrintedItem | None) -> bool:
    """Whether an item surely says something, and not only that there is nothing to say (該当なし)."""
    if item is None or item.doubt or not holds(item):
        return False
    words = "" if isinstance(item.value, Boxes) else "".join(item.value.split())
    return len(words) > _LONGEST_DISCLAIMER or not _DISCLAIMS.search(words)


def is_blank(item: PrintedItem | None) -> bool:
    """Whether an item is surely left blank, or has a dash."""
    return item is not None and not item.doubt and not holds(item)


def sure(items: Iterable[PrintedItem | None]) -> Iterator[PrintedItem]:
    """The items that surely say something."""
    return (item for item in items if item is not None and says_something(item))


def about(
    rule: str,
    severity: Severity,
    items: Iterable[PrintedItem | None],
    message: str,
    cause: Cause = Cause.DOCUMENT,
) -> Finding:
    """A finding about items of the body, with what each of them says as its evidence."""
    there = list(dict.fromkeys(item for item in items if item is not None))
    return Finding(
        rule,
        severity,
        (),
        tuple(item.path for item in there),
        message,
        tuple(
            (str(item.path), wording.in_brief(value_text.as_text(item.value)) or "（空欄）") for item in there
        ),
        cause,
    )


def in_file(file: str) -> str:
    """How messages name the file where there are several; blank for the only one."""
    return f"{file}: " if file else ""
