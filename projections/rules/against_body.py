"""The change table against the body that it has led to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from difflib import SequenceMatcher

from ledger import wording
from ledger.published import ItemKind, PrintedItem
from projections import replay
from projections.announcements import without_note
from projections.findings import Cause, Finding, Rule, Severity, Subject, printed_steps
from projections.places import place_of
from projections.readings import Value, known
from projections.rows import is_nothing_now, was_nothing
from projections.rules.as_listed import last_listed
from projections.rules.misread import breaks_off_in_a_word, may_be_misread, may_have_lost_its_ticks
from projections.timeline import Step, Timeline


def body_disagrees(subject: Subject) -> Iterator[Finding]:
    """The last 変更後 of an item is not what the body says."""
    for step, line, printed in _disagreeing(subject):
        if _keeps(step, printed):
            continue  # the more exact finding
        edge = step.edge
        damaged = (
            _is_damaged(subject, printed)
            or may_be_misread(subject.edition, edge.after, _words(printed))
            or breaks_off_in_a_word(edge.after, _words(printed))
        )
        yield Finding(
            "body-disagrees",
            Severity.NOTE if damaged else Severity.ERROR,
            (edge.change.no,),
            (line.path,),
            f"{line.path}: 行{edge.change.no}の変更後が本文の記載と一致しません",
            ((f"行{edge.change.no} 変更後", edge.after), ("本文", _words(printed))),
            Cause.EXTRACTION if damaged else Cause.DOCUMENT,
            compared=True,
        )


def body_keeps_before_text(subject: Subject) -> Iterator[Finding]:
    """The body still says what the last row of an item replaced or took out: the body may not be updated."""
    for step, line, printed in (*_disagreeing(subject), *_not_taken_out(subject)):
        if not _keeps(step, printed):
            continue
        edge = step.edge
        damaged = _is_damaged(subject, printed)
        yield Finding(
            "body-keeps-before-text",
            Severity.NOTE if damaged else Severity.WARNING,
            (edge.change.no,),
            (line.path,),
            f"{line.path}: 行{edge.change.no}の変更前の記載が本文に残り、変更後の記載がありません",
            (
                (f"行{edge.change.no} 変更前", edge.before),
                (f"行{edge.change.no} 変更後", edge.after),
                ("本文", _words(printed)),
            ),
            Cause.EXTRACTION if damaged else Cause.DOCUMENT,
        )


def _disagreeing(subject: Subject) -> Iterator[tuple[Step, Timeline, PrintedItem]]:
    """The last row of each item that the body contradicts."""
    for line in subject.lines.items.values():
        steps = printed_steps(line)
        last = steps[-1] if steps else None
        if last is None or line.printed is None or last.undone is None or last.undone.fits is not False:
            continue
        listed = last_listed(steps)
        if listed is not last and _says(line.printed, listed.edge.after):
            continue  # its day puts another row last, and is reported as such
        yield last, line, line.printed


def _says(printed: PrintedItem, words: str) -> bool:
    return isinstance(printed.value, str) and wording.same(words, printed.value) is not None


def _is_damaged(subject: Subject, printed: PrintedItem) -> bool:
    """Whether the reading of an item is in doubt, or its ticks may be lost."""
    return bool(printed.doubt) or may_have_lost_its_ticks(subject.edition, printed.value)


def _words(printed: PrintedItem) -> str:
    return printed.value if isinstance(printed.value, str) else "、".join(printed.value.checked)


# --- the body still says what was replaced -----------------------------------------------------------

_SHORT = 2
_NO_CHANCE = 8


def _not_taken_out(subject: Subject) -> Iterator[tuple[Step, Timeline, PrintedItem]]:
    """The last row of each text that took words out of it, long enough to stand nowhere else by chance."""
    for line in subject.lines.items.values():
        steps = printed_steps(line)
        if steps and line.printed is not None and line.item.kind is ItemKind.TEXT:
            last = steps[-1]
            takes_out = is_nothing_now(last.edge.after) and len(wording.plain(last.edge.before)) >= _NO_CHANCE
            if takes_out and last.undone is not None and last.undone.fits is None and not last.edge.ends:
                yield last, line, line.printed


def _keeps(step: Step, printed: PrintedItem) -> bool:
    """Whether the body still says what the row replaced, and nothing of what it put there."""
    edge, value = step.edge, printed.value
    before, after = (without_note(text)[0] for text in (edge.before, edge.after))
    if was_nothing(before) or wording.same(before, after) is not None:
        return False
    if edge.item.kind in {ItemKind.CHECKBOX, ItemKind.CHOICE, ItemKind.COUNT}:
        return _turned_round(step, before, value)
    return (
        isinstance(value, str)
        and _stands(before, value)
        and not any(_stands(w, value) for w in _new(before, after))
    )


def _turned_round(step: Step, before: str, value: Value) -> bool:
    """Whether boxes, an option or a number are as 変更前 says: then the row the other way round fits."""
    state = known(value, "")
    back = replay.undo_edge(replace(step.edge, before="", after=before, composite=False), state)
    return back.fits is True


def _stands(words: str, value: str) -> bool:
    """Whether words stand in a text; a few letters only as all that it says."""
    if len(wording.plain(words)) <= _SHORT:
        return wording.same(words, value) is not None
    return wording.same(words, value) is not None or place_of(words, value) is not None


def _new(before: str, after: str) -> list[str]:
    """The words of 変更後 that 変更前 does not have, each run of them with what it is joined to."""
    if is_nothing_now(after):
        return []
    one, other = wording.plain(before), wording.plain(after)
    found = SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    return [
        other[start:end]
        for tag, _, _, start, end in found
        if tag in {"insert", "replace"} and end - start > 1
    ]


def body_gap(subject: Subject) -> Iterator[Finding]:
    """A row is about an item that is not in the text: a page may have been lost."""
    missing: dict[tuple[str, ...], list[Timeline]] = {}
    for line in subject.lines.items.values():
        steps = printed_steps(line)
        if line.printed is None and steps and not _went(line, steps[-1], subject):
            group = line.path.parts[:3] if line.item.in_group else line.path.parts
            missing.setdefault((line.path.file, *group), []).append(line)
    for lines in missing.values():
        rows = sorted({step.edge.change.no for line in lines for step in printed_steps(line)})
        yield Finding(
            "body-gap",
            Severity.NOTE,
            tuple(rows),
            tuple(line.path for line in lines),
            f"{_names(lines)}: 変更箇所にあるが、本文の取り出しにこの項目がありません",
            tuple(
                (f"行{s.edge.change.no} 変更後", s.edge.after) for line in lines for s in printed_steps(line)
            ),
            cause=Cause.EXTRACTION,
        )


def _went(line: Timeline, last: Step, subject: Subject) -> bool:
    """Whether an item is not in the text because it was taken out, or has moved up to another number."""
    if last.edge.ends or is_nothing_now(last.edge.after):
        return True
    group = line.path.parts[:3]
    return line.item.in_group and any(
        other.bears_another_number(last.day)
        for path, other in subject.lines.items.items()
        if path.parts[:3] == group and line.path.file in {"", path.file}
    )


def _names(lines: list[Timeline]) -> str:
    return "、".join(str(line.path) for line in lines)


RULES = (
    Rule(
        "body-disagrees",
        body_disagrees,
        Severity.ERROR,
        "様式3 別添２（最後の変更後は本文の記載）",
        "本文と変更箇所のどちらが正しいかを確認してください",
    ),
    Rule(
        "body-keeps-before-text",
        body_keeps_before_text,
        Severity.WARNING,
        "様式3 別添２（最後の変更後は本文の記載）",
        "本文の更新が漏れていないかを確認してください",
    ),
    Rule(
        "body-gap",
        body_gap,
        Severity.NOTE,
        "様式3 別添２ と本文",
        "元の文書にその項目があるかを確認してください",
    ),
)
