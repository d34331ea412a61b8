"""How far the revisions recorded here are: 決裁, submission, publication (R-10, R-15, R-40).

Part of the aggregate, as ``life`` is: its commands ask here, and ``apply`` assigns here what happened.
Offices differ, so each of the three may be recorded without the one before it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from ledger.decisions import ask_why
from ledger.errors import InvalidChange
from ledger.events import EditionPublished, RevisionApproved, RevisionSubmitted
from ledger.wareki import WarekiDate

OF_ROWS: Final = "p-"
"""How the names begin that views give to revisions of published rows; no revision recorded here has such."""

SUBMISSIONS: Final = ("実施", "再実施", "修正")
"""What a submission to 個人情報保護委員会 can be."""


@dataclass
class Revisions:
    """What counts by now, by the name of the revision: the last event of each kind, unless it was undone."""

    approved: dict[str, RevisionApproved] = field(default_factory=dict)
    submitted: dict[str, RevisionSubmitted] = field(default_factory=dict)
    published: dict[str, EditionPublished] = field(default_factory=dict)

    def apply(self, event: RevisionApproved | RevisionSubmitted | EditionPublished) -> None:
        """Assign what *event* says."""
        match event:
            case RevisionApproved(undone=True):
                del self.approved[event.revision]
            case RevisionApproved():
                self.approved[event.revision] = event
            case RevisionSubmitted(undone=True):
                del self.submitted[event.revision]
            case RevisionSubmitted():
                self.submitted[event.revision] = event
            case EditionPublished(undone=True):
                for revision in event.revisions:
                    del self.published[revision]
            case EditionPublished():
                self.published.update(dict.fromkeys(event.revisions, event))

    def approves(self, revision: str, day: str, why: str) -> bool:
        """Whether a 決裁 of that *day* says something new. Raises NotAWarekiDate."""
        on, last = WarekiDate.parse(day), self.approved.get(revision)
        return last is None or (WarekiDate.parse(last.day), last.why) != (on, why)

    def submits(self, revision: str, kind: str, day: str, receipt: str, why: str) -> bool:
        """Whether such a submission says something new.

        Raises NotAWarekiDate; InvalidChange on a *kind* that there is none of.
        """
        if kind not in SUBMISSIONS:
            raise InvalidChange(
                f"提出の種類に「{kind}」はありません",
                where=revision,
                remedy=f"{'、'.join(SUBMISSIONS)} のどれかを指定してください",
            )
        on, last = WarekiDate.parse(day), self.submitted.get(revision)
        now = (kind, on, receipt, why)
        return last is None or (last.kind, WarekiDate.parse(last.day), last.receipt, last.why) != now

    def publishes(self, revision: str, day: str, change_date: str, why: str) -> bool:
        """Whether a publication with that 公表日 *day* says something new. Raises NotAWarekiDate."""
        now, last = (WarekiDate.parse(day), WarekiDate.parse(change_date), why), self.published.get(revision)
        if last is None:
            return True
        return (WarekiDate.parse(last.publication_date), WarekiDate.parse(last.change_date), last.why) != now

    def approval(self, revision: str, why: str) -> RevisionApproved:
        """The 決裁 that is to be undone. Raises InvalidChange where none counts, or *why* is blank."""
        ask_why(why, revision)
        if revision not in self.approved:
            raise _none("決裁", revision)
        return self.approved[revision]

    def submission(self, revision: str, why: str) -> RevisionSubmitted:
        """The submission that is to be undone. Raises as ``approval`` does."""
        ask_why(why, revision)
        if revision not in self.submitted:
            raise _none("提出", revision)
        return self.submitted[revision]

    def publication(self, revisions: Iterable[str], day: str, why: str) -> EditionPublished:
        """The publication of *day* that is to be undone, of each of the *revisions*.

        Raises NotAWarekiDate, and as ``approval`` does.
        """
        on, found = WarekiDate.parse(day), None
        for revision in revisions:
            ask_why(why, revision)
            found = self.published.get(revision)
            if found is None or WarekiDate.parse(found.publication_date) != on:
                raise _none(f"公表日{on.day.isoformat()}の公表", revision)
        if found is None:
            raise _none("公表", on.day.isoformat())
        return found


def _none(what: str, where: str) -> InvalidChange:
    return InvalidChange(
        f"{what}の記録がありません", where=where, remedy="kaitei log で改訂の段階を確認してください"
    )
