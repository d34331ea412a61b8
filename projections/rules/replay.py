"""Can the rows be replayed: narration, 略, parts, several items in a cell, announcements, broken words."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ledger import wording
from ledger.published import ItemKind
from ledger.wording import Level
from projections.announcements import without_note
from projections.edges import Edge, Touched
from projections.findings import Cause, Finding, Rule, Severity, Subject, printed_steps
from projections.rows import Style
from projections.rules.telling import of_rows, quoted, rows_named
from projections.timeline import Timeline


def narrative_row(subject: Subject) -> Iterator[Finding]:
    """A row tells what was done instead of quoting what the item said and says."""
    told: dict[tuple[str, str], list[Touched]] = {}
    for touched in subject.lines.touched:
        if Style.NARRATIVE in subject.lines.styles(touched.change):
            told.setdefault((touched.change.after, str(touched.change.day)), []).append(touched)
    for group in told.values():
        numbers = rows_named(touched.change.no for touched in group)
        change = group[0].change
        yield Finding(
            "narrative-row",
            Severity.WARNING,
            tuple(touched.change.no for touched in group),
            tuple(dict.fromkeys(target.path for touched in group for target in touched.targets)),
            f"{numbers}: 変更の内容を文で述べるだけで、記載そのものがないため、変更前の状態を復元できません",
            (("変更前", change.before), ("変更後", change.after)),
        )


def elided_row(subject: Subject) -> Iterator[Finding]:
    """Rows that leave words out with 略 or 省略."""
    found = [
        touched
        for touched in subject.lines.touched
        if Style.ELIDED in (styles := subject.lines.styles(touched.change)) and Style.NARRATIVE not in styles
    ]
    if found:
        words = [quoted(touched, "変更後", touched.change.after) for touched in found]
        yield of_rows("elided-row", Severity.NOTE, found, "「略」で記載が省かれています", evidence=words)


def fragment_row(subject: Subject) -> Iterator[Finding]:
    """R-52: rows that quote a part of their text. Legal, and less clear than the whole of it."""
    found = [t for t in subject.lines.touched if _quotes_a_part(subject, t)]
    if found:
        told = "項目の一部だけが書かれています（変更箇所の様式では認められる書き方です）"
        words = [quoted(touched, "変更後", touched.change.after) for touched in found]
        yield of_rows("fragment-row", Severity.NOTE, found, told, evidence=words)


def _quotes_a_part(subject: Subject, touched: Touched) -> bool:
    if Style.FRAGMENT not in subject.lines.styles(touched.change):
        return False
    return any(step.edge.item.kind is ItemKind.TEXT for step in subject.lines.steps_of(touched.change))


def composite_row(subject: Subject) -> Iterator[Finding]:
    """Rows whose cells hold several items, each behind its 【label】."""
    found = [t for t in subject.lines.touched if any(edge.composite for edge in t.edges)]
    if found:
        told = "一つの行に複数の項目の変更が書かれています"
        words = [quoted(touched, "変更後", touched.change.after) for touched in found]
        yield of_rows("composite-row", Severity.NOTE, found, told, evidence=words)


# --- announced without values -----------------------------------------------------------------------


def hidden_change(subject: Subject) -> Iterator[Finding]:
    """R-54: a row announces that further items changed, and no row says what they were.

    An item that has a row of its own on that day is not hidden.
    """
    told: dict[tuple[str, str], list[Touched]] = {}
    for touched in subject.lines.touched:
        if words := "、".join(_notes(touched)):
            told.setdefault((words, str(touched.change.day)), []).append(touched)
    for (words, _), group in told.items():
        hidden = dict.fromkeys(edge.path for touched in group for edge in _announced(touched))
        numbers = tuple(touched.change.no for touched in group)
        yield Finding(
            "hidden-change",
            Severity.WARNING,
            numbers,
            tuple(hidden) or tuple(target.path for touched in group for target in touched.targets),
            f"{rows_named(numbers)}: 「{wording.in_brief(words)}」とありますが、"
            "その変更前と変更後の記載がありません",
            tuple(quoted(touched, "変更後", touched.change.after) for touched in group),
        )


def _notes(touched: Touched) -> tuple[str, ...]:
    """The notes of a row; of one that may be about several items, whatever item it is about."""
    if touched.notes or not touched.undecided:
        return touched.notes
    found = (without_note(text)[1] for text in (touched.change.before, touched.change.after))
    return tuple(note.words for note in found if note is not None)


def _announced(touched: Touched) -> list[Edge]:
    """The edges of items that a note announces, and that the row itself does not change."""
    if not touched.notes:
        return []
    return [e for e in touched.edges if e.silent and not e.moves_numbers and not e.item.counts]


# --- words that break off -----------------------------------------------------------------------------


def truncated_text(subject: Subject) -> Iterator[Finding]:
    """A side of several sentences whose last breaks off where the same text elsewhere goes on.

    Mostly a page break cut the cell. A side that quotes a phrase breaks off nowhere; it quotes.
    """
    found: dict[tuple[int, str], tuple[Timeline, str, str]] = {}
    for line in subject.lines.items.values():
        if line.item.kind is not ItemKind.TEXT:
            continue
        for edge, side, words, whole in _same_state(line):
            if rest := _goes_on(words, whole):
                found.setdefault((edge.change.no, side), (line, words, rest))
    for (no, side), (line, words, rest) in found.items():
        yield Finding(
            "truncated-text",
            Severity.NOTE,
            (no,),
            (line.path,),
            f"行{no}: {side}が文の途中で切れているとみられます"
            f"（「…{words.strip()[-_SHOWN:]}」の後に「{wording.in_brief(rest, 20)}」）",
            ((f"行{no} {side}", words), ("続き", rest)),
            Cause.EXTRACTION,
        )


def _same_state(line: Timeline) -> Iterator[tuple[Edge, str, str, str]]:
    """Each side of a row beside another telling of the same state: the next row, the row before, the body."""
    steps = printed_steps(line)
    for one, other in pairwise(steps):
        yield one.edge, "変更後", one.edge.after, other.edge.before
        yield other.edge, "変更前", other.edge.before, one.edge.after
    if steps and line.printed is not None and isinstance(line.printed.value, str):
        yield steps[-1].edge, "変更後", steps[-1].edge.after, line.printed.value


_TAIL, _SHOWN = 28, 16
_KATAKANA = "".join(map(chr, range(ord("ァ"), ord("ー") + 1)))
_NUMERALS = "0123456789０１２３４５６７８９-－.．,，"
_ENDS = "。．.」』）)】＞>］]：:、，；;"
_OPENS = "。．「『（(【＜<［[・①②③④⑤⑥⑦⑧⑨⑩◆■●○-－※〃"


def _goes_on(words: str, whole: str) -> str:
    """How the last sentence of *words* goes on in *whole*; blank where it does not or nobody can tell."""
    words = words.strip()
    if not words or words[-1] in _ENDS or "。" not in words:
        return ""
    tail = words[-_TAIL:].lstrip(_KATAKANA + _NUMERALS)  # a search begins in the middle of no word or number
    found = wording.locate(tail, whole) if len(tail) >= _TAIL // 2 else None
    if found is None or found.level > Level.FOLDED or len(found.spans) != 1:
        return ""
    following = whole[found.spans[0][1] :]
    rest = following.split("\n")[0].split("。")[0]
    if len(rest) < len("する") or following[:1].isspace() or rest[0] in _OPENS + _ENDS:
        return ""
    return rest


RULES = (
    Rule(
        "narrative-row",
        narrative_row,
        Severity.WARNING,
        "様式3 別添２ 変更前・変更後の記載",
        "変更前と変更後の記載そのものを書いてください",
    ),
    Rule(
        "elided-row",
        elided_row,
        Severity.NOTE,
        "様式3 別添２ 変更前・変更後の記載",
        "略した部分が後から分かるように、変更した文は全文を書いてください",
    ),
    Rule(
        "fragment-row",
        fragment_row,
        Severity.NOTE,
        "様式3 別添２ 変更前・変更後の記載",
        "どこの変更かが後から分かるように、前後の文も書いておくと確かです",
    ),
    Rule(
        "composite-row",
        composite_row,
        Severity.NOTE,
        "様式3 別添２ 項目",
        "項目ごとに行を分けると、後から確かめやすくなります",
    ),
    Rule(
        "hidden-change",
        hidden_change,
        Severity.WARNING,
        "様式3 別添２（変更した項目ごとに変更前・変更後を記載）",
        "告げられた項目の変更前と変更後を確認し、行を書き加えてください",
    ),
    Rule(
        "truncated-text",
        truncated_text,
        Severity.NOTE,
        "様式3 別添２ 変更前・変更後の記載",
        "元の文書でその記載が途中で切れていないかを確認してください",
    ),
)
