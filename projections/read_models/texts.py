"""Texts kept once, however many items say them, and found by any three characters in a row.

The words of items are indexed as terms are compared (``projections/terms.py``): folded at both levels, so
that whatever stands in them at either level has all its threes there. What the index finds is looked at
again: the threes may stand apart.
"""

# ruff: noqa: S608  (our own names only)
from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeVar

from sqlalchemy import Connection, delete, func, insert, or_, select, text, union

from ledger import wording
from ledger.packing import pack, unpack
from projections.read_models.tables import GRAMS, HEADINGS, ITEMS, PATHS, ROWS, TEXTS
from projections.terms import LEVELS, Term

WORDS, TOLD = b"w", b"t"
"""What a text is: the words of an item, which are searched, or what is told of them."""

_DIGEST: Final = 16  # bytes
_BATCH: Final = 500
_THREE: Final = 3

_T = TypeVar("_T")


def digest(kind: bytes, said: str) -> bytes:
    """What a text is found by."""
    return hashlib.blake2b(kind + said.encode(errors="surrogatepass"), digest_size=_DIGEST).digest()


def keep(connection: Connection, texts: Mapping[bytes, Iterable[str]]) -> dict[tuple[bytes, str], int]:
    """Keep *texts*, by what they are, where they are not kept yet; the number of each.

    Whoever calls it holds the lock of a writer, so that no number is given twice.
    """
    wanted = {digest(kind, said): (kind, said) for kind, of in texts.items() for said in of}
    numbers = dict(_numbers(connection, list(wanted)))
    missing = [key for key in wanted if key not in numbers]
    if missing:
        last = connection.execute(select(func.max(TEXTS.c.id))).scalar() or 0
        numbers |= {key: last + n for n, key in enumerate(missing, 1)}
        _insert(connection, [(numbers[key], key, *wanted[key]) for key in missing])
    return {wanted[key]: number for key, number in numbers.items()}


def _numbers(connection: Connection, digests: Sequence[bytes]) -> Iterator[tuple[bytes, int]]:
    for some in in_batches(digests):
        found = connection.execute(select(TEXTS.c.digest, TEXTS.c.id).where(TEXTS.c.digest.in_(some)))
        yield from ((bytes(key), number) for key, number in found)


def _insert(connection: Connection, new: Sequence[tuple[int, bytes, bytes, str]]) -> None:
    sqlite = connection.dialect.name == "sqlite"
    rows: list[dict[str, object]] = []
    for number, key, kind, said in new:
        mark = (1 if sqlite else grams(said)) if kind == WORDS else None
        rows.append({"id": number, "digest": key, "packed": pack(said), "grams": mark})
    connection.execute(insert(TEXTS), rows)
    if sqlite:
        indexed = [{"id": number, "folded": _indexed(said)} for number, _, kind, said in new if kind == WORDS]
        _index(connection, indexed)


def _index(connection: Connection, texts: Sequence[Mapping[str, object]]) -> None:
    if texts:
        connection.execute(text(f"INSERT INTO {GRAMS} (rowid, folded) VALUES (:id, :folded)"), texts)


def _indexed(said: str) -> str:
    return "\n".join(dict.fromkeys(wording.fold(said, level).text for level in LEVELS))


def _threes(folded: str) -> set[str]:
    return {folded[at : at + _THREE] for at in range(len(folded) - _THREE + 1)}


def indexed_threes(said: str) -> set[str]:
    """Every three characters that a text is found by."""
    return _threes(_indexed(said))


def grams(said: str) -> list[int]:
    """The same as PostgreSQL keeps them."""
    return sorted(set(map(_number_of, indexed_threes(said))))


def _number_of(three: str) -> int:
    """The number that PostgreSQL knows three characters by: several may share one."""
    return int.from_bytes(hashlib.blake2b(three.encode(), digest_size=4).digest(), "big", signed=True)


def having(connection: Connection, term: Term) -> list[int] | None:
    """The numbers of the texts in which *term* may stand; None where it is too short for the index.

    Every text in which it stands is among them.
    """
    words = [ways for word in term.words if (ways := _ways(word))]
    if not words:
        return None
    if connection.dialect.name == "sqlite":
        match = " AND ".join(f"({' OR '.join(_match(way) for way in ways)})" for ways in words)
        found = text(f"SELECT rowid FROM {GRAMS} WHERE {GRAMS} MATCH :match")
        return [number for (number,) in connection.execute(found, {"match": match})]
    has_all = (or_(*(TEXTS.c.grams.contains(list(map(_number_of, way))) for way in ways)) for ways in words)
    return list(connection.execute(select(TEXTS.c.id).where(*has_all)).scalars())


def _ways(word: str) -> list[list[str]]:
    """The threes of a word, at each level at which it may stand; nothing where one of them has none."""
    ways = [sorted(_threes(wording.fold(word, level).text)) for level in LEVELS]
    return ways if all(ways) else []


def _match(threes: Sequence[str]) -> str:
    quoted = (each.replace('"', '""') for each in threes)
    return "(" + " AND ".join(f'"{each}"' for each in quoted) + ")"


def forget_unused(connection: Connection) -> None:
    """Let go of all texts and places that nothing in the read models names any more."""
    used = union(
        select(ITEMS.c.text), select(ITEMS.c.told), select(ROWS.c.told), select(HEADINGS.c.told)
    ).subquery()
    connection.execute(delete(PATHS).where(PATHS.c.id.not_in(select(ITEMS.c.path))))
    gone = delete(TEXTS).where(TEXTS.c.id.not_in(select(used)))
    if not connection.execute(gone).rowcount or connection.dialect.name != "sqlite":
        return
    connection.exec_driver_sql(f"INSERT INTO {GRAMS} ({GRAMS}) VALUES ('delete-all')")
    words = select(TEXTS.c.id, TEXTS.c.packed).where(TEXTS.c.grams.is_not(None))
    indexed = [{"id": n, "folded": _indexed(unpack(packed))} for n, packed in connection.execute(words)]
    _index(connection, indexed)


def in_batches(of: Sequence[_T]) -> Iterator[Sequence[_T]]:
    """*of* in parts that one statement can name."""
    return (of[at : at + _BATCH] for at in range(0, len(of), _BATCH))
