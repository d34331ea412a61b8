"""What an event says, apart from the event: a part of it can be withheld, and all the rest still be proved.

The events table holds of an event only the digest of its content. The content is lines: who recorded it,
then the facts, one to a line (``canonical.canonical_lines``). Each line is hashed with a salt of its own,
and the digest is over those hashes: whoever is shown a line and its salt can check it, and the hash of a
line that is withheld tells nothing of what stood there, not even to somebody who guesses.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Self

from ledger.canonical import canonical_json

SALT: Final = 16  # bytes
_HASH: Final = hashlib.sha256().digest_size
_SALT_ALONE, _AND_HASH = b"\0", b"\1"
_FIELD: Final = re.compile(r'"(\w+)":')  # a member of a tuple begins otherwise: an object, or a text alone


def line_hash(salt: bytes, text: str) -> bytes:
    """The hash of one line: sha256 over its salt and its text."""
    return hashlib.sha256(salt + text.encode()).digest()


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it stands now, and the hash of what stood there first where that was withheld since."""

    text: str
    salt: bytes
    was: bytes = b""

    @property
    def now(self) -> bytes:
        """The hash of what stands there now."""
        return line_hash(self.salt, self.text)

    @property
    def hash(self) -> bytes:
        """What counts in the digest of the whole: the hash of what stood there first."""
        return self.was or self.now

    def withheld(self, text: str) -> Line:
        """The line with *text* in its place."""
        return Line(text, secrets.token_bytes(SALT), self.hash)


@dataclass(frozen=True, slots=True)
class Content:
    """What one event says, as its table holds it.

    ``by`` is who recorded it, ``payload`` its facts in canonical lines, ``salts`` (hex) a seed for the salts
    of all lines; or, once a line was withheld, the salt of each, and before that of a withheld line
    the hash of what stood there.
    """

    by: str
    payload: str
    salts: str

    @classmethod
    def new(cls, by: str, payload: str) -> Self:
        """The content of a new event, with salts that nobody can guess."""
        return cls(by, payload, secrets.token_hex(SALT))

    @property
    def texts(self) -> list[str]:
        """The text of each line: who, then the facts."""
        return [canonical_json(self.by), *self.payload.split("\n")]

    @property
    def text(self) -> str:
        """The same in one text."""
        return "\n".join(self.texts)

    @staticmethod
    def kept(text: str, salts: bytes) -> Content:
        """The content that has this ``text`` and these ``raw_salts``, ``UNREADABLE`` where that is none.

        Salts that are none are told as such, so that the text can still be shown.
        """
        first, _, payload = text.partition("\n")
        by = _named(first)
        return UNREADABLE if by is None else Content(by, payload, _told(salts))

    @property
    def raw_salts(self) -> bytes:
        """The ``salts`` in bytes: the seed; or line by line, a byte before each that says what it is.

        Raises ValueError where they are damaged.
        """
        if not self.touched:
            return _unhex(self.salts, SALT)
        kinds = ((_AND_HASH if each.was else _SALT_ALONE, each) for each in self.lines())
        return b"".join(kind + each.was + each.salt for kind, each in kinds)

    @property
    def fields(self) -> list[str]:
        """The field that each line is of, a member of a tuple with the field it stands in; blank for who."""
        found = [""]
        for text in self.payload.removeprefix("{").split("\n"):
            named = _FIELD.match(text)
            found.append(named[1] if named else found[-1])
        return found

    @property
    def touched(self) -> bool:
        """Whether a line was withheld since: the salts are no seed any more."""
        return len(self.salts) != 2 * SALT

    def _salts_of_seed(self) -> list[bytes]:
        """The salt of each line. Raises ValueError where the seed is damaged."""
        size = SALT * (self.payload.count("\n") + 2)
        salts = hashlib.shake_128(_unhex(self.salts, SALT)).digest(size)
        return [salts[at : at + SALT] for at in range(0, size, SALT)]

    def lines(self) -> list[Line]:
        """Each line with its salt. Raises ValueError where the salts are damaged."""
        texts = self.texts
        if not self.touched:
            return list(map(Line, texts, self._salts_of_seed()))
        told = (each.rpartition(":") for each in self.salts.split(" "))
        return [
            Line(text, _unhex(salt, SALT), _unhex(was, len(colon) * _HASH))
            for text, (was, colon, salt) in zip(texts, told, strict=True)
        ]

    def digest(self) -> str:
        """The digest that the event refers to it by (hex). Raises ValueError where the salts are damaged."""
        if self.touched:
            return digest_of(each.hash for each in self.lines())
        return digest_of(map(line_hash, self._salts_of_seed(), self.texts))

    def instead(self, by: str, payload: str) -> Content:
        """The same event with other words in as many lines; the lines that differ are withheld."""
        texts = Content(by, payload, "").texts
        lines = [
            line if line.text == text else line.withheld(text)
            for line, text in zip(self.lines(), texts, strict=True)
        ]
        salts = " ".join(f"{each.was.hex()}:{each.salt.hex()}".removeprefix(":") for each in lines)
        return Content(by, payload, salts)


UNREADABLE: Final = Content("", "", "")
"""What stands for a content of which nothing can be read: no event has a blank payload."""


@lru_cache  # a ledger has few people
def _named(line: str) -> str | None:
    """The name in the line that says who; None where that is none."""
    try:
        by = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return by if isinstance(by, str) else None


def _told(raw: bytes) -> str:
    """The salts in hex of their bytes; where these are damaged, what is no salts."""
    if len(raw) == SALT:
        return raw.hex()
    told, at = [], 0
    while at < len(raw):
        was = {_SALT_ALONE: 0, _AND_HASH: _HASH}.get(raw[at : at + 1])
        if was is None:
            return "?"
        at += 1
        told.append(f"{raw[at : at + was].hex()}:{raw[at + was : at + was + SALT].hex()}".removeprefix(":"))
        at += was + SALT
    return " ".join(told)


def digest_of(hashes: Iterable[bytes]) -> str:
    """The digest of lines that have these *hashes*, in their order (hex)."""
    return hashlib.sha256(b"".join(hashes)).hexdigest()


def _unhex(text: str, length: int) -> bytes:
    """The *length* bytes that *text* spells as the store does. Raises ValueError on anything else."""
    found = bytes.fromhex(text)
    if found.hex() != text or len(found) != length:
        message = "not written so by the store"
        raise ValueError(message)
    return found
