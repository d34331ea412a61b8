"""Names of systems: which two are one system, and of which kind of the form (Ⅰ２③) a name says it is.

Names are compared by ``ledger/wording.py``, without the number of a list before them and without a side
note behind them. ③ of a system ticks kinds (庁内連携システム, 宛名システム等), its ① gives a name of the
body's own (共通基盤システム): that the one is the other is read from brackets, or from names declared here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final, Self

from ledger import wording
from ledger.folding import CIRCLED, Level
from ledger.form import FormItem, Option, form3
from ledger.readers.headings import unlisted

# What bodies call a system of a kind, besides the label of the form. Compared as a whole, never as a part:
# 国民健康保険税システム is no 税務システム.
_CALLED: Final = {
    "情報提供ネットワークシステム": ("情報提供ネットワーク", "情報提供NWS"),
    "庁内連携システム": ("庁内連携基盤", "庁内連携基盤システム", "庁内データ連携基盤"),
    "住民基本台帳ネットワークシステム": (
        "住民基本台帳ネットワーク",
        "住基ネット",
        "住基ネットワークシステム",
    ),
    "既存住民基本台帳システム": (
        "住民基本台帳システム",
        "既存住基システム",
        "住基システム",
        "住民記録システム",
    ),
    "宛名システム等": ("宛名システム", "団体内統合宛名システム", "統合宛名システム", "宛名管理システム"),
    "税務システム": ("税システム", "個人住民税システム", "住民税システム", "固定資産税システム"),
}
# No system of its own, but all of a sort at once.
_COLLECTIVE: Final = (
    "個別業務システム", "各個別業務システム", "業務システム", "各業務システム", "各種業務システム",
    "既存業務システム", "庁内業務システム", "庁内各業務システム",
)  # fmt: skip

_BRACKETS: Final = re.compile(r"(?P<core>.*[^（(\s])\s*[（(](?P<inside>[^（()）]+)[)）]", re.DOTALL)
_NOTE: Final = re.compile(r"(?<=.)\s*※.*", re.DOTALL)
_BETWEEN: Final = re.compile(r"[、，,；;\n](?![^（(]*[)）])")  # not within brackets
_AND: Final = re.compile(r"(?:及び|および|並びに|ならびに)(?![^（(]*[)）])")
_ENDINGS: Final = ("システム", "サーバー", "サーバ", "ネットワーク", "ネット", "端末", "基盤")
_AND_OTHERS: Final = re.compile(r"(?<=.)(?:等|など)\s*$")


class How(StrEnum):
    """How a name says of which kind it is: by its words, in brackets, or by what is declared here."""

    NAMED = "named"
    BRACKET = "bracket"
    DECLARED = "declared"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of the form that a system is of, by its label there."""

    label: str
    how: How


@dataclass(frozen=True, slots=True)
class SystemName:
    """A printed name: ``text`` without number and note, ``core`` without the brackets behind it too.

    ``inside`` is what stands in those brackets, blank where there are none.
    """

    printed: str
    text: str
    core: str
    inside: str

    @classmethod
    def of(cls, printed: str) -> Self:
        """Read a name as it stands in ① of a system or behind その他."""
        lines = (line.strip() for line in _NOTE.sub("", unlisted(printed)).strip().splitlines())
        text = "".join(lines).lstrip(CIRCLED).strip()
        found = _BRACKETS.fullmatch(text)
        return cls(printed, text, found["core"] if found else text, found["inside"] if found else "")

    @property
    def key(self) -> str:
        """Two names with different keys are never the same system."""
        return wording.fold(self.text, Level.VARIANT).text

    @property
    def core_key(self) -> str:
        """As ``key``, for the name without its brackets."""
        return wording.fold(self.core, Level.VARIANT).text

    def same(self, other: SystemName) -> Level | None:
        """The level at which two names agree, or None."""
        return wording.same(self.text, other.text)

    @property
    def collective(self) -> bool:
        """Whether it names all systems of a sort (個別業務システム)."""
        return _is_one_of(_COLLECTIVE, self.text)

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds of the form that it says it is of."""
        return _kinds_of(self)

    def is_a(self, kind: Option) -> How | None:
        """How it says that it is of a *kind*; None where it does not."""
        called = _CALLED.get(kind.label, ())
        if kind.is_called(self.core) or kind.is_called(self.text):
            return How.NAMED
        if self.inside and (kind.is_called(self.inside) or _is_one_of(called, self.inside)):
            return How.BRACKET
        return How.DECLARED if _is_one_of(called, self.core) else None


@lru_cache(maxsize=4096)
def _kinds_of(name: SystemName) -> tuple[Kind, ...]:
    found = ((each.label, name.is_a(each)) for each in connections().options if not each.takes_text)
    return tuple(Kind(label, how) for label, how in found if how is not None)


def _is_one_of(names: Iterable[str], text: str) -> bool:
    return any(wording.same(text, name) is not None for name in names)


def connections() -> FormItem:
    """③他のシステムとの接続 of the form."""
    return form3()["I.2.system[n].3"]


def names_in(text: str) -> tuple[SystemName, ...]:
    """The systems that a free text lists behind その他, in its order; 等 behind the last is left out."""
    names = (SystemName.of(_AND_OTHERS.sub("", part)) for part in _parts(text))
    return tuple(name for name in names if not wording.is_nothing(name.text))


def _parts(text: str) -> list[str]:
    """A list at its commas, and at 及び where a name has ended: 申請及び届出システム is one."""
    found: list[str] = []
    for part in _BETWEEN.split(text):
        begun = 0
        for match in _AND.finditer(part):
            if part[begun : match.start()].rstrip().endswith(_ENDINGS):
                found.append(part[begun : match.start()])
                begun = match.end()
        found.append(part[begun:])
    return found
