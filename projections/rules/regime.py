"""The regime: ※ items and the time of submission.

A ※ item filed 事後 is legal where the change is no 重要な変更; the body itself judges that. The
rule only asks for the reason to be written down, and never speaks of a breach.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

from ledger import wording
from ledger.published import ItemKind
from projections import ticks
from projections.edges import Edge, Touched
from projections.findings import Finding, Rule, Severity, Subject
from projections.rows import was_nothing
from projections.rules.telling import rows_named


class Ground(StrEnum):
    """What an explanation gives as the reason for filing after the fact."""

    CLAIM = "重要な変更に該当しないとの記載"
    THRESHOLD = "しきい値判断の結果の変更"
    FORMAL = "形式的な変更"
    OCCASION = "契機だけの記載"
    NONE = "記載なし"


_NOT = r"(?:ない|なく|ず|ません)"
# The claim itself, or a ground of it in the words of the 指針: the risk stays, or is clearly lowered.
_CLAIM = re.compile(
    rf"重要な?変更(?:事項|項目|箇所)?に?は?(?:該当し{_NOT}|該当せず|(?:あた|当た)ら{_NOT}|(?:あた|当た)りません)"
    rf"|重要な?変更(?:事項|項目)?では?(?:あり|ご?ざいま)?{_NOT}"
    rf"|義務[付づ]けられ(?:てい)?{_NOT}|義務(?:は|が)?{_NOT}|事後で(?:足り|差し?支え)"
    rf"|リスク[^。]{{0,12}}?(?:変動|変化|影響)[^。]{{0,10}}?{_NOT}"
    r"|リスクを?[^。]{0,6}?(?:軽減|低減|低下)(?:させ|する(?:変更|もの))"
)
_THRESHOLD = re.compile(r"しきい値判断(?:の)?(?:結果)?(?:の|が|を|に)?(?:変更|変わった|上が|見直)")
_FORMAL = re.compile(
    r"[号条項][ずズ][れレ]|[号条項]番号|[号条項]の(?:変更|繰)|繰[りり]?[上下]|正式名称|名称(?:の)?変更|名称を?変更"
    r"|形式的|軽微|[項番]番の変更|文言|字句|表記|誤字|脱字|誤記|誤植|課名|部署名|組織(?:改正|改編|変更|再編)|機構改革|様式(?:の)?(?:変更|改正|改定)"
)


def ground_of(explanation: str) -> Ground:
    """The ground that the column 提出時期に係る説明 gives (R-33, R-35)."""
    text = "".join(explanation.split())
    if not text:
        return Ground.NONE
    if _CLAIM.search(text):
        return Ground.CLAIM
    if _THRESHOLD.search(text):
        return Ground.THRESHOLD
    return Ground.FORMAL if _FORMAL.search(text) else Ground.OCCASION


def important_change_after(subject: Subject) -> Iterator[Finding]:
    """R-33: a ※ item filed 事後. Silent on a claim of exemption, a note on a formal ground."""
    groups: dict[tuple[str, str, Severity], list[tuple[Touched, tuple[Edge, ...]]]] = {}
    for touched in subject.lines.touched:
        ground = ground_of(touched.change.reason)
        if touched.change.timing != "事後" or ground in {Ground.CLAIM, Ground.THRESHOLD}:
            continue
        if edges := tuple(edge for edge in touched.edges if edge.item.important and not edge.silent):
            formal = ground is Ground.FORMAL and not any(_adds(edge) for edge in edges)
            severity = Severity.NOTE if formal else Severity.WARNING
            groups.setdefault((touched.change.reason, str(touched.change.day), severity), []).append(
                (touched, edges)
            )
    for (reason, _, severity), group in groups.items():
        numbers = rows_named(touched.change.no for touched, _ in group)
        yield Finding(
            "important-change-after",
            severity,
            tuple(touched.change.no for touched, _ in group),
            tuple(dict.fromkeys(edge.path for _, edges in group for edge in edges)),
            f"{numbers}: ※の項目の変更が事後とされています。{_why(reason, severity)}",
            (("提出時期に係る説明", reason),),
        )
    yield from _announced(subject)


def _announced(subject: Subject) -> Iterator[Finding]:
    """A ※ item that a note only announces: the row's explanation does not speak of it."""
    for touched in subject.lines.touched:
        told = [e for e in touched.edges if e.item.important and e.silent and not _of_groups(e)]
        own = {edge.item.key for edge in touched.edges if not edge.silent}
        edges = [edge for edge in told if own and edge.item.key not in own]
        if edges and touched.change.timing == "事後":
            labels = "、".join(edge.item.label for edge in edges)
            yield Finding(
                "important-change-after",
                Severity.WARNING,
                (touched.change.no,),
                tuple(edge.path for edge in edges),
                f"行{touched.change.no}: ※の項目（{labels}）の変更を事後に告げていますが、"
                "説明はこの項目に触れていません。重要な変更に該当しない理由の記載を確認してください",
                (("変更後", touched.change.after), ("提出時期に係る説明", touched.change.reason)),
            )


def _of_groups(edge: Edge) -> bool:
    """Whether an edge has no words because a group came or went, which no note announces."""
    return edge.moves_numbers or bool(edge.item.counts)


def _adds(edge: Edge) -> bool:
    """Whether a change adds data, means or measures that were not there before."""
    if edge.item.kind is ItemKind.CHECKBOX:
        was, became = (_ticked(edge, text) for text in (edge.before, edge.after))
        return bool(became - was)
    return edge.item.key.startswith(_MEASURES) and _adds_words(edge.before, edge.after)


def _ticked(edge: Edge, text: str) -> set[str]:
    return {wording.plain(box.label) for box in ticks.read(edge.item, text).boxes if box.ticked}


_MEASURES = ("III.", "II.6.")
_SENTENCE = 10


def _adds_words(before: str, after: str) -> bool:
    """Whether 変更後 has all that 変更前 has, in one piece, and a sentence more. 略 stands for what stays."""
    one, other = (_ELIDED.sub("", wording.plain(text)) for text in (before, after))
    one = "" if was_nothing(one) else one
    return one in other and len(other) - len(one) >= _SENTENCE


_ELIDED = re.compile(r"[(]?(?:以下|中|前|後)?(?:省略|略)[)]?")


def _why(reason: str, severity: Severity) -> str:
    if not reason.strip():
        return "説明がありません。重要な変更に該当しない理由の記載を確認してください"
    formal = ground_of(reason) is Ground.FORMAL
    if formal and severity is Severity.WARNING:
        return (
            "説明は形式的な変更とするものですが、記載が加わっています。"
            "重要な変更に該当しない理由の記載を確認してください"
        )
    if formal:
        return "説明は形式的な変更とするものですが、重要な変更に該当しない旨の記載はありません"
    return "説明は契機を述べるだけです。重要な変更に該当しない理由の記載を確認してください"


RULES = (
    Rule(
        "important-change-after",
        important_change_after,
        Severity.WARNING,
        "様式3 の※の項目（重要な変更は事前。規則11条、指針第6の2(2)）",
        "重要な変更に該当しない理由の記載を確認してください",
    ),
)
