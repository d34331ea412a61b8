"""The errors of the ledger: each says where, what, and what to do, on one line.

LedgerError
├── NotAWarekiDate      a text that names no day of the Japanese calendar
├── NotAnItemPath       a text that is no path of an item
├── UnreadableSource    a document that is missing, empty, or cannot be read as a 評価書
├── UnknownItem         a text that names no one item of the form or the document
├── UnknownAssessment   a REF that names no assessment, or several, or one not yet known then
├── UnknownChange       an event that is no change of the assessment, or one that no longer counts
├── UnknownRevision     a text that names no revision recorded here, or several
├── UnknownFinding      an id that no finding of the assessments bears
├── FindingDecided      a finding that is accepted already, or open already
├── WrongAssessment     an edition of another assessment, or nobody can say of which
├── WrongUse            a command used in a way it does not have
├── InvalidChange       a change that cannot be recorded as it stands
├── CannotExport        words that the asked format cannot hold, or a file that it would harm
├── LedgerMissing       reading a ledger that does not exist
├── LedgerUnusable      a ledger that cannot be read or written, an output that cannot be written
├── ConcurrentChange    somebody else recorded in between
└── Conflict            an item says something else by now than whoever changes it believes
"""


class LedgerError(Exception):
    """Something a user can act on. ``str()`` is ``where: what — remedy``, one line, in Japanese."""

    def __init__(self, what: str, *, where: str, remedy: str) -> None:
        self.where = " ".join(where.split())
        self.what = " ".join(what.split())
        self.remedy = " ".join(remedy.split())
        super().__init__(f"{self.where}: {self.what} — {self.remedy}")

    def __reduce__(self) -> tuple[object, ...]:
        """As it is, without making it anew: every kind is made of other arguments."""
        return _as_it_was, (type(self), self.args), self.__dict__


def _as_it_was(kind: type[LedgerError], args: tuple[object, ...]) -> LedgerError:
    """An error of a *kind* that was carried over from another process or copied."""
    return kind.__new__(kind, *args)


class NotAWarekiDate(LedgerError, ValueError):
    """The text names no day of the Japanese calendar."""

    def __init__(self, printed: str) -> None:
        super().__init__(
            "日付として読めません",
            where=f"「{printed[:40]}」",
            remedy="令和6年10月1日 または 2024-10-01 のように書いてください",
        )


class NotAnItemPath(LedgerError, ValueError):
    """The text is no path of an item."""

    def __init__(self, text: str) -> None:
        super().__init__(
            "項目のパスとして読めません",
            where=f"「{text[:80]}」",
            remedy="II/4/委託事項1/③委託先名 のように書いてください",
        )


class UnreadableSource(LedgerError):
    """A document is missing, empty, no 評価書 that any reader knows, or its cover does not say whose."""


class UnknownItem(LedgerError):
    """The text names no item of the form, several, or only a heading; or the document has no such item."""


class UnknownAssessment(LedgerError):
    """A REF names no assessment of the ledger, more than one, or one that was not known at that time."""


class WrongUse(LedgerError):
    """A command was used in a way it does not have."""


class UnknownChange(LedgerError):
    """What should be decided on is no change of the assessment, or none that counts any more."""


class UnknownRevision(LedgerError):
    """What should be approved, submitted or published is no revision recorded here, or several."""


class UnknownFinding(LedgerError):
    """What should be accepted or reopened is no finding, or one of several assessments."""


class FindingDecided(LedgerError):
    """A finding is accepted or open already: there is nothing to decide."""


class WrongAssessment(LedgerError):
    """An edition belongs to another assessment, or it cannot be told to which of those that resemble it."""


class InvalidChange(LedgerError):
    """A change cannot be recorded as it stands."""


class CannotExport(LedgerError):
    """Words cannot be written in the format asked for, or a file cannot be added to without harm."""


class LedgerMissing(LedgerError):
    """A command that only reads was pointed at a ledger that does not exist."""


class LedgerUnusable(LedgerError):
    """The database is no ledger, is damaged, locked, or cannot be written; or an output cannot be written."""


class ConcurrentChange(LedgerError):
    """Somebody else recorded an event of the same assessment in between."""


class Conflict(LedgerError):
    """An item says something else by now than whoever changes it believes: two people worked at once."""
