"""The changes of one assessment with what was decided on them since: which still count, and as what.

Part of the aggregate: its commands ask here, and ``apply`` assigns here what has happened.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ledger.errors import InvalidChange, UnknownChange
from ledger.events import ChangeCorrected, ChangeRetracted, ItemChanged, RowInterpreted
from ledger.published import Cells


@dataclass
class Changes:
    """Every ItemChanged of a stream by its version, and the last decision of each kind on it.

    ``rows`` has the rows of the last reading of every source: their numbers, and the versions they have.
    """

    made: dict[int, ItemChanged] = field(default_factory=dict)
    rows: dict[str, dict[int, int]] = field(default_factory=dict)
    corrected: dict[int, ChangeCorrected] = field(default_factory=dict)
    interpreted: dict[int, RowInterpreted] = field(default_factory=dict)
    retracted: set[int] = field(default_factory=set)

    def apply(self, event: ItemChanged | RowInterpreted | ChangeCorrected | ChangeRetracted) -> None:
        """Assign what *event* says."""
        match event:
            case ItemChanged(source=source, no=no):
                self.made[event.originator_version] = event
                if source:
                    self.rows.setdefault(source, {})[no] = event.originator_version
            case RowInterpreted(interprets=version):
                self.interpreted[version] = event
            case ChangeCorrected(corrects=version):
                self.corrected[version] = event
            case ChangeRetracted(retracts=version):
                self.retracted.add(version)

    def recorded(self, version: int) -> ItemChanged:
        """A change as it was recorded, whether it counts or not. Raises UnknownChange where there is none."""
        change = self.made.get(version)
        if change is None:
            raise UnknownChange(
                "変更の記録ではありません",
                where=f"{version}番目の記録",
                remedy="kaitei changes の番号か event_id で指定してください",
            )
        return change

    def at(self, version: int) -> ItemChanged:
        """A change as it is right by now. Raises UnknownChange where there is none, or it no longer counts.

        What no longer counts was retracted, or is a row that its source, read again, does not have any more.
        """
        change, correction = self.recorded(version), self.corrected.get(version)
        if version in self.retracted:
            raise UnknownChange(
                "取り消された変更です",
                where=self.name(version),
                remedy="やはり正しければ kaitei record で改めて記録してください",
            )
        if change.source and version not in self.rows[change.source].values():
            raise UnknownChange(
                "原本を読み直した後の表にない行です",
                where=self.name(version),
                remedy="kaitei changes で今の行を確認してください",
            )
        return correction.instead_of(change) if correction else change

    def name(self, version: int) -> str:
        """What errors call a change: its row, by the number it has now, or the item of one recorded here."""
        change = self.made[version]
        numbers = {of: no for no, of in self.rows.get(change.source, {}).items()}
        return f"行{numbers.get(version, change.no)}" if change.source else change.path

    def meaning(self, version: int) -> tuple[str, str]:
        """The item and the 変更日 that a person decided a row to mean; blank where what is printed stands."""
        decided = self.interpreted.get(version)
        return (decided.path, decided.change_date) if decided else ("", "")

    def holds(self, revision: str, path: str, after: str) -> bool:
        """Whether this was recorded by hand, and not retracted since."""
        return any(
            (change.revision, change.path, change.after) == (revision, path, after)
            for version, change in self.made.items()
            if not change.source and version not in self.retracted
        )

    @property
    def revisions(self) -> frozenset[str]:
        """The names of all revisions recorded by hand, but for those that were retracted as a whole."""
        return frozenset(
            change.revision
            for version, change in self.made.items()
            if not change.source and version not in self.retracted
        )

    def table(self, sha256: str) -> dict[int, Cells]:
        """The rows of the last reading of a source, as they were read."""
        return {no: _cells(self.made[version]) for no, version in self.rows.get(sha256, {}).items()}


def ask_why(why: str, where: str) -> None:
    """Nobody decides without a reason. Raises InvalidChange where *why* is blank."""
    if not why.strip():
        raise InvalidChange("理由がありません", where=where, remedy="--why で指定してください")


def _cells(row: ItemChanged) -> Cells:
    return row.change_date, row.item_text, row.before, row.after, row.timing, row.explanation
