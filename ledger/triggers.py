"""The triggers that make the tables append-only, on SQLite and on PostgreSQL.

Nothing is ever deleted. Nothing is updated either, but for words that a record of TextWithheld has erased:
the content of an earlier event of its assessment, and the bytes of one of its sources.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ledger.registration import WITHHELD

REFUSAL: Final = "台帳の記録は変更も削除もできません"

# On SQLite, INSERT OR REPLACE deletes a row without firing a trigger on DELETE.
_UNIQUE: Final = {
    "kaitei_events": "id = NEW.id OR sequence = NEW.sequence"
    " OR (originator_id = NEW.originator_id AND originator_version = NEW.originator_version)",
    "kaitei_contents": "sequence = NEW.sequence",
    "kaitei_sources": "sha256 = NEW.sha256",
}
# ruff: noqa: S608  (our own names only)
_WITHHELD: Final = {
    "kaitei_contents": "NEW.sequence = OLD.sequence AND NEW.withheld > coalesce(OLD.withheld, OLD.sequence)"
    " AND EXISTS (SELECT 1 FROM kaitei_events AS told JOIN kaitei_events AS about"
    " ON about.originator_id = told.originator_id AND about.sequence = NEW.sequence"
    f" WHERE told.sequence = NEW.withheld AND told.topic = '{WITHHELD}')",
    "kaitei_sources": "NEW.sha256 = OLD.sha256 AND NEW.originator_id = OLD.originator_id"
    " AND length(NEW.content) = 0 AND EXISTS (SELECT 1 FROM kaitei_events AS told"
    f" WHERE {{stream}} = NEW.originator_id AND told.topic = '{WITHHELD}')",
}
"""When an update is one of words that were withheld."""

# SQLite keeps the id of a stream as bytes beside an event, as text beside a source.
_STREAM: Final = {"sqlite": "lower(hex(told.originator_id))", "postgresql": "told.originator_id"}


def guards(table: str) -> Iterator[tuple[str, str]]:
    """The dialect and the text of every statement that guards *table*."""
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    yield "sqlite", f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}"
    exists = f"EXISTS (SELECT 1 FROM {table} WHERE {_UNIQUE[table]})"
    yield "sqlite", f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {exists} {refuse}"
    verbs = "DELETE OR TRUNCATE" if table in _WITHHELD else "UPDATE OR DELETE OR TRUNCATE"
    yield "postgresql", _function(f"{table}_refuse", f"RAISE EXCEPTION '{REFUSAL}';")
    append_only = f"CREATE TRIGGER {table}_append_only BEFORE {verbs} ON {table} FOR EACH STATEMENT"
    yield "postgresql", f"{append_only} EXECUTE FUNCTION {table}_refuse()"
    yield from update_guards(table)


def update_guards(table: str) -> Iterator[tuple[str, str]]:
    """Those of the ``guards`` that are about updates alone."""
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    when = ""
    if table in _WITHHELD:
        # coalesce: what cannot be told is refused
        allowed = {
            dialect: f"coalesce({_WITHHELD[table].format(stream=stream)}, false)"
            for dialect, stream in _STREAM.items()
        }
        when = f"WHEN NOT {allowed['sqlite']}"
        body = f"IF NOT {allowed['postgresql']} THEN RAISE EXCEPTION '{REFUSAL}'; END IF; RETURN NEW;"
        yield "postgresql", _function(f"{table}_withhold", body)
        only = f"CREATE TRIGGER {table}_only_withheld BEFORE UPDATE ON {table} FOR EACH ROW"
        yield "postgresql", f"{only} EXECUTE FUNCTION {table}_withhold()"
    yield "sqlite", f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {when} {refuse}"


def lifted(table: str) -> Iterator[tuple[str, str]]:
    """What takes back the guards of format 1 on updates of *table*, which allowed none."""
    yield "sqlite", f"DROP TRIGGER {table}_no_update"
    yield "postgresql", f"DROP TRIGGER {table}_append_only ON {table}"
    only = f"CREATE TRIGGER {table}_append_only BEFORE DELETE OR TRUNCATE ON {table} FOR EACH STATEMENT"
    yield "postgresql", f"{only} EXECUTE FUNCTION {table}_refuse()"


def _function(name: str, body: str) -> str:
    return f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN {body} END$$"
