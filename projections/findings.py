"""Finding: what a rule found in a published document, as a value."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from ledger import wording
from ledger.item_path import ItemPath
from ledger.published import PublishedEdition
from ledger.wording import Level
from projections.editions import Assessment
from projections.timeline import Step, Timeline, Timelines


class Severity(StrEnum):
    """``error``: the document contradicts itself; ``warning``: to be checked; ``note``: good to know."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Cause(StrEnum):
    """Where the fault lies. What extraction damaged is never more than a note."""

    DOCUMENT = "document"
    EXTRACTION = "extraction"
    UNDECIDABLE = "undecidable"


@dataclass(frozen=True, slots=True)
class Finding:
    """One cause, with every row (number in the table) and item it concerns.

    ``evidence`` pairs a label with the words that show the finding. With ``compared``, its first two texts
    are held against one another.
    """

    rule: str
    severity: Severity
    rows: tuple[int, ...]
    items: tuple[ItemPath, ...]
    message: str
    evidence: tuple[tuple[str, str], ...] = ()
    cause: Cause = Cause.DOCUMENT
    compared: bool = False

    @property
    def opposed(self) -> tuple[str, str] | None:
        """The two texts that ought to say the same."""
        if not self.compared:
            return None
        (_, one), (_, other), *_ = self.evidence
        return one, other

    @property
    def level(self) -> Level | None:
        """The level at which the two texts agree after all; None where they do at none, or are not two."""
        return wording.same(*self.opposed) if self.opposed else None

    @property
    def id(self) -> str:
        """A name that stays the same while the finding is about the same words."""
        about = "\x1f".join(
            (self.rule, *map(str, self.rows), *map(str, self.items), *(w for _, w in self.evidence))
        )
        return f"{self.rule}-{hashlib.sha256(about.encode()).hexdigest()[:8]}"


@dataclass(frozen=True, slots=True)
class Subject:
    """What rules look at: the document as read, its table replayed on its body, and what the ledger knows.

    ``known`` is the assessment in the ledger (None: it has none of the document's number and body).
    """

    edition: PublishedEdition
    lines: Timelines
    known: Assessment | None = None


def printed_steps(line: Timeline) -> list[Step]:
    """The rows of the table on one item, in the order in which they took effect, announcements left out."""
    return [step for step in line.steps if step.undone is not None and not step.edge.silent]


Check = Callable[[Subject], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the validator: its fixed name, its function, its source, what to do about a finding.

    ``severity`` is the gravest of its findings. ``any_form`` says that it looks at the rows as they are
    printed and needs no items, so that it speaks of every form; others speak of forms whose items are known.
    ``needs_ledger`` says that only an edition of which a ledger knows something can have its findings.
    """

    name: str
    check: Check
    severity: Severity
    source: str
    remedy: str
    any_form: bool = False
    needs_ledger: bool = False
