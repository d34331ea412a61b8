"""What a document calls its assessment, and what makes two such identities one.

A body is folded to its municipality, so that 熊谷市長 and 埼玉県熊谷市長 are one; then number and form
must be the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Self
from uuid import UUID, uuid5

from ledger.form import FORM_3
from ledger.published import PublishedEdition
from ledger.wording import plain

NAMESPACE: Final = UUID("6b1f7a52-3d0e-5c84-9a26-0f4f6c1d9e37")
"""Of the ids of streams. Fixed for good: another one would orphan every stored stream."""

PREFECTURES: Final = (
    "北海道", "青森県", "岩手県", "宮城県", "秋田県", "山形県", "福島県", "茨城県", "栃木県", "群馬県",
    "埼玉県", "千葉県", "東京都", "神奈川県", "新潟県", "富山県", "石川県", "福井県", "山梨県", "長野県",
    "岐阜県", "静岡県", "愛知県", "三重県", "滋賀県", "京都府", "大阪府", "兵庫県", "奈良県", "和歌山県",
    "鳥取県", "島根県", "岡山県", "広島県", "山口県", "徳島県", "香川県", "愛媛県", "高知県", "福岡県",
    "佐賀県", "長崎県", "熊本県", "大分県", "宮崎県", "鹿児島県", "沖縄県",
)  # fmt: skip

# A municipality, perhaps with one of its organs. 県市町村総合事務組合 is no municipality, nor is 都市整備局.
_MUNICIPALITY: Final = re.compile(r"(?!市町村).+[市区町村](?:議会|.*委員会?|.*管理者)?")
_HEAD: Final = re.compile(r"(?<=[市区町村])長$|(?<=広域連合)長$|(?<=[都道府県])知事$")
_LONGEST: Final = 200  # characters; no body has a name of 50
_DISTRICT: Final = re.compile(r"^.+?郡(?=.+[町村])")  # 大里郡寄居町, but not 蒲郡市 or 上郡町


def municipality(body: str) -> tuple[str, str]:
    """The prefecture (blank where the name does not say it) and the folded name of a body.

    The head stands for the municipality, an organ for itself: 埼玉県川口市長 is 埼玉県 and 川口市,
    熊谷市教育委員会 is itself. Widths and white space do not count.
    """
    name = _HEAD.sub("", plain(body))
    if len(name) > _LONGEST:
        return "", name  # some text, and itself
    prefecture = next((each for each in PREFECTURES if name.startswith(each)), "")
    local = name.removeprefix(prefecture)
    if prefecture and not _MUNICIPALITY.fullmatch(local):
        return prefecture, name  # the prefecture itself, or a body of its own
    return prefecture, _DISTRICT.sub("", local)


@dataclass(frozen=True)
class PrintedIdentity:
    """How a document names the assessment it belongs to, verbatim.

    One 事務 has a 基礎項目評価書 (様式2) beside its 重点 or 全項目 one, under the same number: the form tells
    them apart.
    """

    body: str
    number: str
    title: str
    form: str = FORM_3

    @classmethod
    def of(cls, edition: PublishedEdition) -> Self:
        """What the cover of an *edition* prints."""
        return cls(edition.header.body, edition.header.number, edition.header.title, edition.form)

    @property
    def ref(self) -> str:
        """The name of the assessment for users: ``熊谷市長/12``; of other forms ``熊谷市長/12/様式2``."""
        return f"{self.body}/{self.number}" + ("" if self.form == FORM_3 else f"/{self.form}")

    @property
    def complete(self) -> bool:
        """Whether body and number are there: extraction may have lost the cover."""
        return bool(self.folded_number and plain(self.body))

    @cached_property
    def place(self) -> tuple[str, str]:
        """Prefecture and folded body, see ``municipality``."""
        return municipality(self.body)

    @cached_property
    def folded_number(self) -> str:
        """The number without widths and white space."""
        return plain(self.number)

    @cached_property
    def folded_title(self) -> str:
        """The title without widths and white space."""
        return plain(self.title)

    @cached_property
    def folded(self) -> tuple[str, str, str]:
        """Equal where two identities are the same but for widths and white space."""
        return plain(self.body), self.folded_number, self.folded_title


@dataclass(frozen=True)
class Identity:
    """An assessment of the ledger: its stream, its form, and every identity printed for it."""

    assessment_id: UUID
    form: str
    printed: tuple[PrintedIdentity, ...]

    @property
    def body(self) -> str:
        """The implementing body as first printed."""
        return self.printed[0].body

    @property
    def number(self) -> str:
        """The number as first printed."""
        return self.printed[0].number

    @property
    def title(self) -> str:
        """The title as first printed."""
        return self.printed[0].title

    @property
    def ref(self) -> str:
        """The canonical name of the assessment: body and number as first printed, and a form but 様式3."""
        return self.printed[0].ref


def same_place(a: PrintedIdentity, b: PrintedIdentity) -> bool:
    """Same folded body, and prefectures equal or one unknown."""
    (one, name), (other, other_name) = a.place, b.place
    return name == other_name and (one == other or not one or not other)


def same_business(a: PrintedIdentity, b: PrintedIdentity) -> bool:
    """Same number, same folded body, and prefectures equal or one unknown: one 事務, in whatever form."""
    return a.folded_number == b.folded_number and same_place(a, b)


def same_assessment(a: PrintedIdentity, b: PrintedIdentity) -> bool:
    """One 事務 in one form. Titles change; a 事務 that moves to another form begins another assessment."""
    return a.form == b.form and same_business(a, b)


def stream_id(first: PrintedIdentity) -> UUID:
    """The id of the stream of an assessment, by the first identity printed for it."""
    prefecture, name = first.place
    form = "" if first.form == FORM_3 else f"/{first.form}"
    return uuid5(NAMESPACE, f"{prefecture}/{name}/{first.folded_number}{form}")
