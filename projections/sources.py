"""The sources of an assessment: the published documents taken in, whose bytes the ledger keeps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import assert_never

from ledger.errors import UnreadableSource, WrongUse
from ledger.events import (
    AssessmentEnded,
    AssessmentIdentified,
    AssessmentRegistered,
    AssessmentReviewed,
    ChangeCorrected,
    ChangeRetracted,
    EditionPublished,
    EditionReceived,
    EditionReread,
    Entry,
    FindingAccepted,
    FindingReopened,
    ItemChanged,
    RevisionApproved,
    RevisionSubmitted,
    RowInterpreted,
    TextWithheld,
)
from ledger.wareki import WarekiDate

_SHOWN = 5  # sources in an error
_PREFIX = 8  # of a sha256, enough to tell sources apart


@dataclass(frozen=True, slots=True)
class KeptSource:
    """One document taken in: when and by whom, and by which reader it was read last.

    ``withheld`` is why its bytes were erased; blank where they are kept.
    """

    sha256: str
    file_name: str
    published: date
    reader: str
    recorded_at: datetime
    recorded_by: str
    reread_at: datetime | None = None
    withheld: str = ""

    @property
    def name(self) -> str:
        """What messages call the source."""
        return f"公表日{self.published.isoformat()} {self.file_name}"


def sources(entries: Iterable[Entry]) -> tuple[KeptSource, ...]:
    """The sources of one assessment, in the order in which they were taken in."""
    found: dict[str, KeptSource] = {}
    for entry in entries:
        match entry.event:
            case EditionReceived() as event:
                found[event.sha256] = KeptSource(
                    event.sha256,
                    event.file_name,
                    WarekiDate.parse(event.publication_date).day,
                    event.reader,
                    entry.recorded_at,
                    entry.recorded_by,
                )
            case EditionReread() as event:
                found[event.sha256] = replace(
                    found[event.sha256], reader=event.reader, reread_at=entry.recorded_at
                )
            case AssessmentRegistered() | AssessmentIdentified():
                pass
            case ItemChanged() | RowInterpreted() | ChangeCorrected() | ChangeRetracted():
                pass
            case FindingAccepted() | FindingReopened() | AssessmentReviewed() | AssessmentEnded():
                pass
            case RevisionApproved() | RevisionSubmitted() | EditionPublished():
                pass
            case TextWithheld() as event:
                for sha256 in event.sources:
                    found[sha256] = replace(found[sha256], withheld=event.why)
            case _:
                assert_never(entry.event)
    return tuple(found.values())


def matching(known: Sequence[KeptSource], published: date | None, named: str) -> tuple[KeptSource, ...]:
    """Those of the *known* sources that were *published* on a day, and are *named* so (either may be open).

    A name is that of the file, or else the beginning of the sha256. Raises UnreadableSource where none is.
    """
    on_day = [each for each in known if published is None or each.published == published]
    found = [each for each in on_day if named in {"", each.file_name}] or [
        each for each in on_day if each.sha256.startswith(named.lower())
    ]
    if not found:
        asked = [f"公表日{published.isoformat()}" if published else "", f"「{named}」" if named else ""]
        raise UnreadableSource(
            "その原本は台帳にありません", where=" ".join(filter(None, asked)) or "原本", remedy=_choose(known)
        )
    return tuple(found)


def the_one(known: Sequence[KeptSource], published: date | None, named: str) -> KeptSource:
    """The source that is meant; where nothing is said, that of the edition published last.

    Raises what ``matching`` raises, and WrongUse where there are several: witnesses of one edition.
    """
    latest = None if named else max((each.published for each in known), default=None)
    found = matching(known, published or latest, named)
    if len(found) > 1:
        raise WrongUse(
            f"{len(found)}件の原本に当てはまります",
            where=f"「{named}」" if named else f"公表日{found[0].published.isoformat()}",
            remedy=_choose(found),
        )
    return found[0]


def _choose(among: Sequence[KeptSource]) -> str:
    names = "、".join(f"{each.name}（{each.sha256[:_PREFIX]}）" for each in among[:_SHOWN])
    more = f" ほか {len(among) - _SHOWN} 件" if len(among) > _SHOWN else ""
    return f"--edition と --file（ファイル名か sha256 の先頭）で次から選んでください: {names}{more}"
