"""The regime: ※ items and the time of submission.

A ※ item filed 事後 is legal where the change is no 重要な変更; the body itself judges that. The
rule only asks for the reason to be written down, and never speaks of a breach.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

from ledger.published import ItemKind
from projections.edges import Edge, Touched
from projections.findings import Finding, Rule, Severity, Subject
from projections.rows import has_ticks


class Ground(StrEnum):
    """What an explanation gives as the reason for filing after the fact."""

    CLAIM = "重要な変更に該当しないとの記載"
    THRESHOLD = "しきい値判断の結果の変更"
    FORMAL = "形式的な変更"
    OCCASION = "契機だけの記載"
    NONE = "記載なし"


_CLAIM = re.compile(
    r"重要な変更に?は?(?:該当し|あた|当た)(?:ない|りま?せん|らない|ません)|重要な変更では?(?:ない|ありません)"
    r"|義務付けられない|義務づけられない|事後で(?:足り|差し?支え)"
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
        numbers = "、".join(f"行{touched.change.no}" for touched, _ in group)
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
    """Whether a change adds a box: data or means that were not there before."""
    return edge.item.kind is ItemKind.CHECKBOX and has_ticks(edge.after)


def _why(reason: str, severity: Severity) -> str:
    if not reason.strip():
        return "説明がありません。重要な変更に該当しない理由の記載を確認してください"
    if severity is Severity.NOTE:
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
