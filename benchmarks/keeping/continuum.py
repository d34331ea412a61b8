"""SQLAlchemy-Continuum: an ORM that keeps a version of every row it changes, with the transaction it came in.

Its listeners are attached to the models and sessions of this module alone: attached to all, as its manual
does, they would be called for the sessions of everybody else who is measured in this process.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy_continuum import version_class, versioning_manager  # type: ignore[import-untyped]

from benchmarks.keeping.inventing import Difference, Invented, Place, Revision, Row
from benchmarks.keeping.keeper import Keeper
from benchmarks.keeping.sqlite_files import bytes_by


class _Base(orm.DeclarativeBase):
    """The models below."""


class _Session(orm.Session):
    """A session that Continuum watches."""


versioning_manager.user_cls = None
versioning_manager.apply_class_configuration_listeners(orm.Mapper)


class _Assessment(_Base):
    """An assessment by its name."""

    __tablename__ = "assessment"
    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    ref: orm.Mapped[str] = orm.mapped_column(unique=True)


class _Item(_Base):
    """An item as it is now; of its last change the place in the table, timing and reason."""

    __tablename__ = "item"
    __versioned__: Mapping[str, object] = {}
    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    assessment: orm.Mapped[int] = orm.mapped_column()
    path: orm.Mapped[str] = orm.mapped_column()
    text: orm.Mapped[str] = orm.mapped_column()
    no: orm.Mapped[int] = orm.mapped_column()
    timing: orm.Mapped[str] = orm.mapped_column()
    reason: orm.Mapped[str] = orm.mapped_column()
    __table_args__ = (sa.Index("item_by_path", "assessment", "path"),)


class _Revision(_Base):
    """The day of a revision, and the transaction in which it was recorded."""

    __tablename__ = "revision"
    transaction: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    assessment: orm.Mapped[int] = orm.mapped_column()
    day: orm.Mapped[date] = orm.mapped_column()
    __table_args__ = (sa.Index("revision_by_day", "assessment", "day"),)


orm.configure_mappers()
versioning_manager.remove_class_configuration_listeners(orm.Mapper)
versioning_manager.track_operations(_Item)
versioning_manager.track_session(_Session)

_Version: Final[Any] = version_class(_Item)
sa.Index("version_by_assessment", _Version.assessment, _Version.transaction_id)
sa.Index("version_by_path", _Version.assessment, _Version.path, _Version.transaction_id)
_PARTS: Final = {"item": "items as they are", "item_version": "versions", "transaction": "transactions"}


class OfContinuum(Keeper):
    """An item a row, its versions in a second table; WAL, ``synchronous = FULL``."""

    name = "Continuum"
    how = (
        "SQLAlchemy-Continuum on SQLite, validity strategy: an item a row, its versions in a second table, "
        "a table of the days of revisions, indexes for the questions; filled and written through its ORM, a "
        "commit a revision, as it keeps one version a transaction; it cannot tell whether a row was touched"
    )
    proves = False

    @property
    def _file(self) -> Path:
        return self.folder / "continuum.db"

    def open(self) -> None:
        """An engine with one connection to the file."""
        self._engine = sa.create_engine(f"sqlite:///{self._file}")
        sa.event.listen(self._engine, "connect", _prepare)
        sa.event.listen(self._engine, "rollback", versioning_manager.clear_connection)

    def close(self) -> None:
        """Let the file go."""
        self._engine.dispose()

    # --- writing --------------------------------------------------------------------------------------

    def fill(self, ledger: Sequence[Invented]) -> None:
        """An assessment in a session, a commit a revision."""
        self.open()
        _Base.metadata.create_all(self._engine)
        for one in ledger:
            with _Session(self._engine, expire_on_commit=False) as session:
                kept = _Assessment(ref=one.ref)
                session.add(kept)
                session.flush()
                items = {
                    item.name: _Item(
                        assessment=kept.id, path=item.name, text=item.value, no=0, timing="", reason=""
                    )
                    for item in one.items
                }
                session.add_all(items.values())
                _commit(session, kept.id, one.published)
                for revision in one.revisions:
                    _change(items, revision)
                    _commit(session, kept.id, revision.day)
        self.close()

    def record(self, ref: str, revision: Revision) -> None:
        """The items of the revision, changed, in one commit."""
        with _Session(self._engine) as session:
            key = session.scalars(sa.select(_Assessment.id).where(_Assessment.ref == ref)).one()
            paths = [change.path for change in revision.changes]
            wanted = sa.select(_Item).where(_Item.assessment == key, _Item.path.in_(paths))
            _change({item.path: item for item in session.scalars(wanted)}, revision)
            _commit(session, key, revision.day)

    # --- asking ---------------------------------------------------------------------------------------

    def document(self, ref: str, day: date | None = None) -> dict[str, str]:
        """The items as they are, or the versions that were valid by the last transaction of the day."""
        with _Session(self._engine) as session:
            return self._document(session, ref, day)

    def _document(self, session: orm.Session, ref: str, day: date | None) -> dict[str, str]:
        if day is None:
            now = sa.select(_Item.path, _Item.text).join(_Assessment, _Assessment.id == _Item.assessment)
            return dict(session.execute(now.where(_Assessment.ref == ref)).tuples().all())
        key, last = _transaction(session, ref, day)
        then = sa.select(_Version.path, _Version.text).where(_Version.assessment == key, *_valid(last))
        return dict(session.execute(then).tuples().all())

    def history(self, ref: str, path: str) -> list[Row]:
        """The versions of the item."""
        return self._rows(ref, _Version.path == path)

    def difference(self, ref: str, earlier: date, later: date) -> list[Difference]:
        """Both documents compared."""
        with _Session(self._engine) as session:
            was, became = (self._document(session, ref, day) for day in (earlier, later))
        return [(path, was[path], text) for path, text in became.items() if text != was[path]]

    def table(self, ref: str) -> list[Row]:
        """All versions, each with the one before it."""
        return self._rows(ref)

    def _rows(self, ref: str, *wanted: sa.ColumnElement[bool]) -> list[Row]:
        by = _Version.transaction_id
        before = sa.func.lag(_Version.text).over(partition_by=_Version.id, order_by=by)
        rows = (
            sa.select(
                _Revision.day,
                _Version.path,
                before.label("before"),
                _Version.text,
                _Version.timing,
                _Version.reason,
                _Version.no,
                by,
            )
            .join(_Assessment, _Assessment.id == _Version.assessment)
            .join(_Revision, _Revision.transaction == by)
            .where(_Assessment.ref == ref, *wanted)
            .subquery()
        )
        asked = sa.select(*list(rows.c)[:6]).where(rows.c.no > 0).order_by(rows.c.transaction_id, rows.c.no)
        with _Session(self._engine) as session:
            return list(session.execute(asked).tuples())

    def standing(self, term: str, day: date) -> list[Place]:
        """The versions that have the term and were valid by the last transaction of each assessment."""
        last = (
            sa.select(_Revision.assessment, sa.func.max(_Revision.transaction).label("last"))
            .where(_Revision.day <= day)
            .group_by(_Revision.assessment)
            .subquery()
        )
        asked = (
            sa.select(_Assessment.ref, _Version.path)
            .join(_Assessment, _Assessment.id == _Version.assessment)
            .join(last, last.c.assessment == _Version.assessment)
            .where(_Version.text.contains(term), *_valid(last.c.last))
        )
        with _Session(self._engine) as session:
            return list(session.execute(asked).tuples())

    def sizes(self) -> dict[str, int]:
        """By table."""
        return bytes_by(self._file, _part)


def _part(name: str) -> str:
    return (
        "indexes" if "_by_" in name or name.startswith(("ix_", "sqlite_auto")) else _PARTS.get(name, "other")
    )


def _prepare(connection: Any, _record: object) -> None:  # noqa: ANN401  # what the driver makes
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")


def _change(items: Mapping[str, _Item], revision: Revision) -> None:
    for no, change in enumerate(revision.changes, start=1):
        item = items[change.path]
        item.text, item.no, item.timing, item.reason = change.after, no, change.timing, change.reason


def _commit(session: orm.Session, assessment: int, day: date) -> None:
    """Commit with the day of the transaction that Continuum has made for what was flushed."""
    session.flush()
    transaction = versioning_manager.unit_of_work(session).current_transaction
    session.add(_Revision(transaction=transaction.id, assessment=assessment, day=day))
    session.commit()


def _transaction(session: orm.Session, ref: str, day: date) -> tuple[int, int]:
    """The id of an assessment, and its last transaction up to a day."""
    asked = (
        sa.select(_Revision.assessment, sa.func.max(_Revision.transaction))
        .join(_Assessment, _Assessment.id == _Revision.assessment)
        .where(_Assessment.ref == ref, _Revision.day <= day)
        .group_by(_Revision.assessment)
    )
    return session.execute(asked).tuples().one()


def _valid(last: object) -> tuple[Any, Any]:
    ended = _Version.end_transaction_id
    return _Version.transaction_id <= last, sa.or_(ended.is_(None), ended > last)
