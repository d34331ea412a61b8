"""ItemPath: where an item stands in a document, for example ``II/4/委託事項1/③委託先名``.

The only module that knows how a path is written. Where II and III repeat, the file is part of
the section: ``II[送付先情報ファイル]/2/⑤保有開始日``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ledger.errors import NotAnItemPath

_GROUP = re.compile(r"(?:システム|委託事項|提供先|移転先)(\d{1,3})")
_SECTION = re.compile(r"^([^\[\]/]+)(?:\[(.*)\])?$", re.DOTALL)


@dataclass(frozen=True, slots=True, order=True)
class ItemPath:
    """The place of one item: section, labels below it, and the 特定個人情報ファイル if several.

    No character is normalised on the way in or out: ``7②`` would become ``72``.
    """

    parts: tuple[str, ...]
    file: str = ""

    @classmethod
    def parse(cls, text: str) -> ItemPath:
        """Read the canonical text. Raises NotAnItemPath where a part is empty."""
        parts = _split_outside_brackets(text.strip())
        if not parts or any(not part for part in parts):
            raise NotAnItemPath(text)
        section = _SECTION.match(parts[0])
        if section is None:
            raise NotAnItemPath(text)
        return cls((section[1], *parts[1:]), section[2] or "")

    def __hash__(self) -> int:
        return hash(self.parts)  # asked for often; few items stand in several files

    def __str__(self) -> str:
        section = f"{self.parts[0]}[{self.file}]" if self.file else self.parts[0]
        return "/".join((section, *self.parts[1:]))

    @property
    def section(self) -> str:
        """I, II, III, IV, V, 別添1 or 表紙."""
        return self.parts[0]

    @property
    def label(self) -> str:
        """The last label, as the form prints it."""
        return self.parts[-1]

    @property
    def group(self) -> int:
        """The number of the repeated group (システム3, 委託事項1) the item stands in; 0 outside groups."""
        return next((int(m[1]) for part in self.parts if (m := _GROUP.fullmatch(part))), 0)


def _split_outside_brackets(text: str) -> list[str]:
    """Split at ``/`` but not inside ``[…]`` of the first part: a file's name may hold one."""
    if "[" in text.partition("/")[0]:
        head, bracket, tail = text.partition("]")
        if bracket:
            first, *rest = tail.split("/")
            return [head + bracket + first, *rest]
    return text.split("/")
