"""The two sides of a change as words, and what undoing it showed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from ledger.wording import Level
from projections import rows
from projections.readings import Reading, Value, known, partial, unknown
from projections.rows import Style


@dataclass(frozen=True)
class Sides:
    """変更前 and 変更後 of one change without side notes; *name* is what reasons call it: 行4."""

    name: str
    before: str
    after: str
    quoting: bool = False
    after_as_printed: str = ""

    @classmethod
    def of(cls, name: str, before: str, after: str) -> Sides:
        """The sides as printed, parted from notes that announce further changes."""
        before = "" if rows.says_new(before) else rows.without_note(before)[0]
        words = "" if rows.says_gone(after) else rows.without_note(after)[0]
        return cls(name, before, words, after_as_printed=after)

    def with_note(self) -> Sides:
        """The same sides, 変更後 with the note that was parted from it."""
        return replace(self, after=self.after_as_printed or self.after)

    @cached_property
    def styles(self) -> tuple[Style | None, Style | None]:
        """How each side is written, as far as its words alone show it."""
        before, after = (rows.style_of(side) for side in (self.before, self.after))
        return before, None if self.quoting and after is Style.NARRATIVE else after

    def as_quotation(self) -> Sides:
        """The same sides, 変更後 taken for a quotation although it reads like narration."""
        return replace(self, quoting=True)

    @property
    def narrative(self) -> bool:
        """Whether a side tells instead of quoting."""
        return Style.NARRATIVE in self.styles

    @property
    def elided(self) -> bool:
        """Whether a side leaves words out."""
        return Style.ELIDED in self.styles

    def undone(
        self, prior: Reading, *, part: bool = False, fits: bool | None = None, level: Level | None = None
    ) -> Undone:
        """What undoing the change showed; with *part* its quotations are parts of the item."""
        quotation = Style.FRAGMENT if part else Style.FULL
        return Undone(prior, self.styles[0] or quotation, self.styles[1] or quotation, fits, level)


@dataclass(frozen=True, slots=True)
class Undone:
    """What undoing a change showed.

    ``prior`` is the state before it; ``before`` and ``after`` are the styles of its sides;
    ``fits`` says whether 変更後 stands in the state it should have left (None: cannot be told),
    and ``level`` at which level the words agreed.
    """

    prior: Reading
    before: Style
    after: Style
    fits: bool | None
    level: Level | None = None


def like(state: Reading, value: Value, reason: str) -> Reading:
    """*value* with the certainty of the *state* it was worked out from."""
    if state.known:
        return known(value, reason)
    return partial(value, reason if state.reason in reason else f"{reason}。{state.reason}")


def as_printed(sides: Sides, reason: str) -> Reading:
    """What is left where a state cannot be worked out: the row's own words, if it quotes any."""
    if not sides.before.strip() or rows.is_elided(sides.before) or rows.is_narrative(sides.before):
        return unknown(reason)
    return partial(sides.before, reason)
