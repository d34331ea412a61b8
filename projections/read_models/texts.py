"""Texts kept once, however many items say them, and found by any three characters in a row.

The words of items are indexed as terms are compared (``projections/terms.py``): folded at both levels, so
that whatever stands in them at either level has all its threes there. What the index finds is looked at
again: the threes may stand apart.
"""

# ruff: noqa: S608  (our own names only)
from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Final, TypeVar

from sqlalchemy import (
    Connection,
    Integer,
    SelectBase,
    bindparam,
    column,
    delete,
    func,
    insert,
    or_,
    select,
    text,
    union,
    update,
)

from ledger import wording
from ledger.packing import OF_MODELS, pack, unpack
from projections.read_models.tables import GRAMS, HEADINGS, ITEMS, PATHS, ROWS, TEXTS
from projections.terms import LEVELS, Term

_DIGEST: Final = 16  # bytes
_BATCH: Final = 500
_THREE: Final = 3

_T = TypeVar("_T")


def digest(said: str) -> bytes:
    """What a text is found by."""
    return hashlib.blake2b(said.encode(errors="surrogatepass"), digest_size=_DIGEST).digest()


def keep(
    connection: Connection, texts: Iterable[str], words: AbstractSet[str] = frozenset()
) -> dict[str, int]:
    """Keep *texts* where they are not kept yet, and let those that are *words* of items be found.

    Gives their numbers. Whoever calls it holds the lock of a writer, so that no number is given twice.
    """
    wanted = {digest(said): said for said in (*texts, *words)}
    numbers: dict[bytes, int] = {}
    unsearched: list[tuple[int, str]] = []
    for key, number, marked in _kept(connection, list(wanted)):
        numbers[key] = number
        if not marked and wanted[key] in words:
            unsearched.append((number, wanted[key]))
    last = connection.execute(select(func.max(TEXTS.c.id))).scalar() or 0 if len(numbers) < len(wanted) else 0
    new = [(last + n, key) for n, key in enumerate((key for key in wanted if key not in numbers), 1)]
    if new:
        rows = [
            {"id": n, "digest": key, "packed": pack(wanted[key], version=OF_MODELS), "grams": None}
            for n, key in new
        ]
        connection.execute(insert(TEXTS), rows)
        numbers |= {key: n for n, key in new}
        unsearched += [(n, wanted[key]) for n, key in new if wanted[key] in words]
    _let_be_found(connection, unsearched)
    return {said: numbers[key] for key, said in wanted.items()}


def _kept(connection: Connection, digests: Sequence[bytes]) -> Iterator[tuple[bytes, int, bool]]:
    columns = TEXTS.c.digest, TEXTS.c.id, TEXTS.c.grams.is_not(None)
    for some in in_batches(digests):
        for key, number, marked in connection.execute(select(*columns).where(TEXTS.c.digest.in_(some))):
            yield bytes(key), number, bool(marked)


def _let_be_found(connection: Connection, words: Sequence[tuple[int, str]]) -> None:
    if not words:
        return
    sqlite = connection.dialect.name == "sqlite"
    marks = [{"number": n, "mark": 1 if sqlite else grams(said)} for n, said in words]
    marked = update(TEXTS).where(TEXTS.c.id == bindparam("number")).values(grams=bindparam("mark"))
    connection.execute(marked, marks)
    if sqlite:
        _index(connection, [{"id": n, "folded": _indexed(said)} for n, said in words])


def said_by(connection: Connection, numbers: Iterable[int]) -> dict[int, str]:
    """The texts of these numbers."""
    found: dict[int, str] = {}
    for some in in_batches(sorted(set(numbers))):
        rows = connection.execute(select(TEXTS.c.id, TEXTS.c.packed).where(TEXTS.c.id.in_(some)))
        found |= {number: unpack(bytes(packed)) for number, packed in rows}
    return found


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


def having(connection: Connection, term: Term) -> SelectBase | None:
    """The numbers of the texts in which *term* may stand, as a statement; None where it is too short.

    Every text in which it stands is among them.
    """
    words = [ways for word in term.words if (ways := _ways(word))]
    if not words:
        return None
    if connection.dialect.name == "sqlite":
        match = " AND ".join(f"({' OR '.join(_match(way) for way in ways)})" for ways in words)
        found = text(f"SELECT rowid FROM {GRAMS} WHERE {GRAMS} MATCH :match")
        return found.bindparams(match=match).columns(column("rowid", Integer))
    has_all = (or_(*(TEXTS.c.grams.op("@>")(list(map(_number_of, way))) for way in ways)) for ways in words)
    return select(TEXTS.c.id).where(*has_all)


def _ways(word: str) -> list[list[str]]:
    """The threes of a word, at each level at which it may stand; nothing where one of them has none."""
    ways = [sorted(_threes(wording.fold(word, level).text)) for level in LEVELS]
    return ways if all(ways) else []


def _match(threes: Sequence[str]) -> str:
    quoted = (each.replace('"', '""') for each in threes)
    return "(" + " AND ".join(f'"{each}"' for each in quoted) + ")"


def forget_unused(connection: Connection) -> None:
    """Let go of all texts and places that nothing in the read models names any more."""
    used = union(select(ITEMS.c.text), select(ITEMS.c.told), select(ROWS.c.told), select(HEADINGS.c.told))
    numbers = set(connection.execute(used).scalars())
    for texts in connection.execute(select(ROWS.c.texts).distinct()).scalars():
        numbers.update(map(int, texts.split()))
    connection.execute(delete(PATHS).where(PATHS.c.id.not_in(select(ITEMS.c.path).distinct())))
    gone = sorted(set(connection.execute(select(TEXTS.c.id)).scalars()) - numbers)
    for some in in_batches(gone):
        connection.execute(delete(TEXTS).where(TEXTS.c.id.in_(some)))
    if not gone or connection.dialect.name != "sqlite":
        return
    connection.exec_driver_sql(f"INSERT INTO {GRAMS} ({GRAMS}) VALUES ('delete-all')")
    words = select(TEXTS.c.id, TEXTS.c.packed).where(TEXTS.c.grams.is_not(None))
    indexed = [{"id": n, "folded": _indexed(unpack(packed))} for n, packed in connection.execute(words)]
    _index(connection, indexed)


def in_batches(of: Sequence[_T]) -> Iterator[Sequence[_T]]:
    """*of* in parts that one statement can name."""
    return (of[at : at + _BATCH] for at in range(0, len(of), _BATCH))
