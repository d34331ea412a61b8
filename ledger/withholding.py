"""Words that were published by mistake, erased wherever they stand in an assessment; the proof stays whole.

In their place stands 〔非公開：reason〕, the same everywhere, so that rows and bodies still agree with one
another and every view says what happened. What cannot be erased is what the ledger goes by: names of items,
days, the identity of the assessment.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final

from ledger.canonical import canonical_lines
from ledger.content import Content
from ledger.errors import InvalidChange, LedgerError
from ledger.events import WithheldLine
from ledger.readers import read
from ledger.stored import APART, StoredRow
from ledger.wording import standing, withheld

SHORTEST: Final = 2
"""Characters of a term: one alone stands in too many words that have nothing to do with it."""

_WORDS: Final = frozenset(
    {
        *("title", "why", "message", "file_name", "special_notes", "receipt"),
        *("value", "checked", "unchecked", "unreadable", "other_text", "doubt", "text", "place"),
        *("item_text", "before", "after", "explanation"),
    }
)
"""The fields of events, and of what stands in them, that are words for people."""


@dataclass
class Withholding:
    """What becomes of an assessment when *terms* are withheld; nothing of it is recorded yet.

    ``contents`` are the new contents by sequence, ``lines`` what the record of it says; ``sources`` that go
    are named by their sha256, with the names that their files have from then on.
    """

    contents: dict[int, Content] = field(default_factory=dict)
    lines: list[WithheldLine] = field(default_factory=list)
    sources: dict[str, str] = field(default_factory=dict)
    places: int = 0  # how often a term stood in an event


def planned(
    rows: Sequence[StoredRow],
    terms: Sequence[str],
    why: str,
    source: Callable[[str], bytes],
    *,
    where: str,
) -> Withholding:
    """What is to be done with the *rows* of one assessment; *source* gives the bytes of a sha256.

    Raises InvalidChange where a term is too short, where it stands in what the ledger goes by, in the
    reason itself, in an event of a format that holds all in one, or nowhere.
    """
    _ask_terms(terms, why, where)
    covering = _Covering(terms, withheld(why))
    found = Withholding()
    named: dict[str, str] = {}
    touched: set[str] = set()
    for row in rows:
        told = row.told
        if told is None:
            continue
        facts = json.loads(told.payload)
        now = covering.covered(facts, "", f"{where} e{row.sequence}")
        by = covering.words(told.by)
        if "sha256" in facts and "file_name" in facts:
            named[facts["sha256"]] = facts["file_name"]
        if (by, now) == (told.by, facts):
            continue
        touched |= {str(facts[name]) for name in ("sha256", "source") if facts.get(name)}
        _withhold(found, row, by, canonical_lines(now), where)
    found.places = covering.count
    found.sources = {
        sha256: covering.words(name)
        for sha256, name in named.items()
        if (data := _bytes(source, sha256)) and (sha256 in touched or _holds(data, name, terms))
    }
    if not found.lines and not found.sources:
        raise InvalidChange(
            "台帳のこの評価書にない語です",
            where=f"{where}「{'」「'.join(terms)}」",
            remedy="すでに消したのでなければ、kaitei search で表記を確認してください",
        )
    return found


def mentions(row: StoredRow, terms: Sequence[str]) -> bool:
    """Whether one of *terms* stands anywhere in what a row says."""
    try:
        texts = _texts([row.told.by, json.loads(row.told.payload)]) if row.told else ()
    except (ValueError, RecursionError):  # what somebody has damaged is for verify to name
        return False
    return any(standing(term, text) for text in texts for term in terms)


def _texts(value: Any) -> Iterator[str]:  # noqa: ANN401  (JSON)
    match value:
        case str():
            yield value
        case dict():
            yield from _texts(list(value.values()))
        case list():
            for member in value:
                yield from _texts(member)


def _withhold(found: Withholding, row: StoredRow, by: str, payload: str, where: str) -> None:
    if row.format < APART or row.content is None:
        raise InvalidChange(
            f"古い書式（第 {row.format} 版）の記録にある語は、証明を保ったまま消せません",
            where=f"{where} e{row.sequence}",
            remedy="新しい台帳に取り込み直してください",
        )
    content = row.content.instead(by, payload)
    found.contents[row.sequence] = content
    before = row.content.texts
    found.lines += [
        WithheldLine(row.version, at, line.now.hex())
        for at, line in enumerate(content.lines())
        if line.text != before[at]
    ]


@dataclass
class _Covering:
    """Puts the mark in the place of every term, in words for people only."""

    terms: Sequence[str]
    mark: str
    count: int = 0

    def covered(self, value: Any, name: str, where: str) -> Any:  # noqa: ANN401  (JSON)
        """*value*, which stands in a field *name*. Raises InvalidChange where a term is not for people."""
        match value:
            case dict():
                return {
                    key: self.covered(member, name if key == "_data_" else key, where)
                    for key, member in value.items()
                }
            case list():
                return [self.covered(member, name, where) for member in value]
            case str() if name in _WORDS:
                return self.words(value)
            case str():
                self._ask_apart(value, where)
        return value

    def words(self, text: str) -> str:
        """A *text* with the mark in the place of every term."""
        for term in self.terms:
            for start, end in reversed(standing(term, text)):
                text = text[:start] + self.mark + text[end:]
                self.count += 1
        return text

    def _ask_apart(self, value: str, where: str) -> None:
        for term in self.terms:
            if standing(term, value):
                raise InvalidChange(
                    f"「{term}」は項目名や日付など、台帳のしくみに使われている語なので消せません",
                    where=where,
                    remedy="前後の語を含めた、より長い語を指定してください",
                )


def _ask_terms(terms: Iterable[str], why: str, where: str) -> None:
    for term in terms:
        if len("".join(term.split())) < SHORTEST:
            raise InvalidChange(
                f"非公開にする語「{term}」が短すぎます",
                where=where,
                remedy=f"{SHORTEST}文字以上で指定してください",
            )
        if standing(term, withheld(why)):
            raise InvalidChange(
                "理由に、非公開にする語があります", where=where, remedy="その語を使わずに理由を書いてください"
            )
    if set(why) & set("〔〕\n"):
        raise InvalidChange(
            "理由に〔〕や改行は使えません", where=where, remedy="ほかのかっこで、一行で書いてください"
        )


def _bytes(source: Callable[[str], bytes], sha256: str) -> bytes:
    """The bytes of a source; none where they were erased before."""
    with suppress(LedgerError):
        return source(sha256)
    return b""


def _holds(data: bytes, name: str, terms: Sequence[str]) -> bool:
    """Whether a source has a term in any piece of its text, also one that no event tells of."""
    try:
        pieces = read(data, name).pieces
    except LedgerError:  # what today's readers cannot read is searched as it is
        return any(term.encode() in data for term in terms)
    whole = "\n".join(piece.text for piece in pieces)
    return any(standing(term, whole) for term in terms)
