"""The tables of the read models. All that they hold follows from the events, and can be made anew.

Every row holds for what the ledger knew from the event ``since`` on until the event ``until`` (None: to this
day). Days are counted as ``date.toordinal`` counts them. What is said often is kept once, in ``TEXTS``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import (
    ARRAY,
    Column,
    Connection,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Select,
    SmallInteger,
    Table,
    Text,
    insert,
    inspect,
    select,
)

from ledger.item_path import ItemPath
from ledger.tables import EVENTS
from projections.read_models.plain import as_json

MADE_BY: Final = 3
"""The form of what is kept, and of how it is worked out: models that another one made are not believed.

Whoever changes what a projection answers counts this up (tests/test_read_models.py holds it).
"""

_META: Final = MetaData()

FOLDED: Final = Table(
    "kaitei_read_assessments",
    _META,
    Column("id", Integer, primary_key=True),
    Column("originator_id", EVENTS.c.originator_id.type, nullable=False, unique=True),
    Column("version", Integer, nullable=False),  # the last event of its stream that is in the models
    Column("made_by", Integer, nullable=False),
)

STATE: Final = Table(
    "kaitei_read_state",
    _META,
    Column("until", Integer, nullable=False),  # all events until this one are in the models
)

HEADINGS: Final = Table(
    "kaitei_read_headings",
    _META,
    Column("assessment", Integer, primary_key=True, autoincrement=False),
    Column("since", Integer, primary_key=True, autoincrement=False),
    Column("until", Integer),
    Column("told", Integer, nullable=False),
)

PATHS: Final = Table(
    "kaitei_read_paths",
    _META,
    Column("id", Integer, primary_key=True),
    Column("place", Text, nullable=False, unique=True),
)

TEXTS: Final = Table(
    "kaitei_read_texts",
    _META,
    Column("id", Integer, primary_key=True),
    Column("digest", LargeBinary, nullable=False, unique=True),
    Column("packed", LargeBinary, nullable=False),
    # Only of words that are searched. SQLite has a table of the threes, and here no more than a mark.
    Column("grams", ARRAY(Integer).with_variant(SmallInteger, "sqlite")),
)

ITEMS: Final = Table(
    "kaitei_read_items",
    _META,
    Column("assessment", Integer, primary_key=True, autoincrement=False),
    Column("path", Integer, primary_key=True, autoincrement=False),
    Column("first", Integer, primary_key=True, autoincrement=False),
    Column("since", Integer, primary_key=True, autoincrement=False),
    Column("end", Integer, nullable=False),  # the first day on which it holds no more
    Column("until", Integer),
    Column("file_no", SmallInteger, nullable=False),
    Column("text", Integer, nullable=False),
    Column("told", Integer, nullable=False),
    Column("unsure", SmallInteger, nullable=False),  # 1: it is not known for certain what the item says
    sqlite_with_rowid=False,
)
Index("kaitei_read_items_text", ITEMS.c.text)
# Told to SQLAlchemy with the condition, it would load PostgreSQL's dialect for every question.
# By its end: nothing is known of any item before the first edition, and hardly anybody asks for those days.
_OF_UNSURE: Final = f'CREATE INDEX kaitei_read_items_unsure ON {ITEMS.name} ("end", first) WHERE unsure = 1'

ROWS: Final = Table(
    "kaitei_read_rows",
    _META,
    Column("assessment", Integer, primary_key=True, autoincrement=False),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("since", Integer, primary_key=True, autoincrement=False),
    Column("until", Integer),
    Column("listed", SmallInteger, nullable=False),  # 0: the table of the latest edition has it no more
    Column("items", Text, nullable=False),  # what it is about: paths in lines, without their files
    Column("texts", Text, nullable=False),  # the numbers of its long texts, with spaces between
    Column("told", Integer, nullable=False),
    sqlite_with_rowid=False,
)

GRAMS: Final = "kaitei_read_grams"
"""The index of three characters each over the texts, on SQLite (PostgreSQL has a column of ``TEXTS``)."""

_OF_GRAMS: Final = {
    "sqlite": f"CREATE VIRTUAL TABLE {GRAMS} USING fts5"
    "(folded, content='', detail=none, columnsize=0, tokenize='trigram case_sensitive 1')",
    "postgresql": f"CREATE INDEX {GRAMS} ON {TEXTS.name} USING gin (grams)",
}


TELLING: Final = (ITEMS, ROWS, HEADINGS)
"""The tables that tell of assessments."""

_WORDS, _OF_THEM = TEXTS.alias("words"), TEXTS.alias("told_of_them")
TOLD_BY: Final[dict[str, Select[Any]]] = {
    ITEMS.name: select(
        PATHS.c.place,
        ITEMS.c.first,
        ITEMS.c.end,
        ITEMS.c.file_no,
        _WORDS.c.packed.label("words"),
        _OF_THEM.c.packed.label("told"),
        ITEMS.c.unsure,
    )
    .join(PATHS, PATHS.c.id == ITEMS.c.path)
    .join(_WORDS, _WORDS.c.id == ITEMS.c.text)
    .join(_OF_THEM, _OF_THEM.c.id == ITEMS.c.told),
    ROWS.name: select(
        ROWS.c.place, ROWS.c.listed, ROWS.c["items"], ROWS.c.texts, TEXTS.c.packed.label("told")
    ).join(TEXTS, TEXTS.c.id == ROWS.c.told),
    HEADINGS.name: select(TEXTS.c.packed.label("told")).join(TEXTS, TEXTS.c.id == HEADINGS.c.told),
}
"""What each of them tells, texts and places in the place of their numbers (``answers.Told``)."""

NEVER: Final = date.max.toordinal() + 1
"""The end of what holds for good."""


LINE: Final = "\n"
"""What stands before and behind every path of ``ROWS.items``."""


def line_of(parts: Sequence[str]) -> str:
    """A path as a line of ``ROWS.items``."""
    return "/".join(parts) + LINE


def written_place(key: str, path: ItemPath) -> str:
    """An item's path with the key that the form has for it, as it is kept."""
    return as_json([key, path.file, *path.parts])


def create(connection: Connection) -> None:
    """Make the tables where they are not yet there."""
    if inspect(connection).has_table(FOLDED.name):
        return
    _META.create_all(connection)
    connection.exec_driver_sql(_OF_UNSURE)
    connection.execute(insert(STATE).values(until=0))
    connection.exec_driver_sql(_OF_GRAMS[connection.dialect.name])


def drop(connection: Connection) -> None:
    """Throw the tables away, where they are there."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {GRAMS}")
    _META.drop_all(connection)


def there(connection: Connection) -> bool:
    """Whether the ledger has the tables."""
    return inspect(connection).has_table(FOLDED.name)
