"""Keeps the read models of a ledger in order: makes them anew, and tells where they say something else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ledger.integrity import Break
from ledger.storage import Ledger
from projections.questions import Watched
from projections.read_models import comparing
from projections.read_models.keeper import Keeper, all_stand, throw_away

_REMEDY: Final = "（kaitei rebuild で作り直せます）"


class Upkeep:
    """What can be done with the read models of a *ledger*."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def rebuild(self, watched: Watched = iter) -> int:
        """Throw the read models away and make them anew from the events, one assessment at a time.

        Gives how many there are. *watched* may say which is being worked on. What is recorded meanwhile is
        followed as ever. Where it is broken off, the events answer until it is run again.
        """
        keeper = Keeper()
        with self._ledger.following() as connection:
            throw_away(connection)
        named = self._ledger.assessments()
        for identity in watched(named):
            with self._ledger.following() as connection:
                entries = self._ledger.entries(identity.assessment_id)
                keeper.make_anew(connection, identity.assessment_id, entries)
        with self._ledger.following() as connection:
            all_stand(connection)
        return len(named)

    def differing(self, watched: Watched = iter) -> Iterator[Break]:
        """What the read models say that does not follow from the events; ``rebuild`` puts that right.

        It folds the history of every assessment record by record. *watched* may say which is being worked on.
        """
        named = self._ledger.assessments()
        for identity in watched(named):
            entries = self._ledger.entries(identity.assessment_id)
            with self._ledger.reading() as connection:
                for what in comparing.differing(connection, identity.assessment_id, entries):
                    yield Break(0, f"{identity.ref}: 読み出し用の表（{what}）が記録と合いません{_REMEDY}")
        with self._ledger.reading() as connection:
            if comparing.others(connection, (each.assessment_id for each in named)):
                yield Break(0, f"読み出し用の表に、台帳にない評価書があります{_REMEDY}")
            if comparing.index_differs(connection):
                yield Break(0, f"検索用の索引が、読み出し用の表と合いません{_REMEDY}")
