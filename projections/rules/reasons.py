"""Explanations that speak of something else than the change of their row.

Only plain contradictions count: the explanation gives a closed, formal ground, and the words of the row
show a change that this ground cannot bring about, such as a department renamed by a new edition of the form.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from enum import Enum

from ledger import wording
from ledger.form import FormItem
from projections.edges import Touched
from projections.findings import Finding, Rule, Severity, Subject
from projections.rows import is_nothing_now, was_nothing
from projections.rules.telling import briefly, of_rows, quoted

# --- what an explanation gives as its ground --------------------------------------------------------


class Reason(Enum):
    """A closed ground: what it is called in messages."""

    FORM = "様式の変更"
    OFFICE = "組織の改正"
    NUMBERS = "法令の号・条・項の番号の変更"
    CONTRACTOR = "委託先の変更"
    INCIDENT = "重大事故の発生又は経過"
    THRESHOLD = "しきい値判断の結果の変更"
    SPELLING = "誤字・脱字の修正"


_REASONS = {
    Reason.FORM: r"様式(?:の)?(?:変更|改正|改定|改訂|更新)",
    Reason.OFFICE: r"組織(?:改正|改編|変更|再編|改組|見直し)|機構改革"
    r"|(?:部署|課|部|係|室|部課|所属)(?:の)?名(?:称)?(?:の)?変更",
    Reason.NUMBERS: r"(?:法|条例|政令|省令)の?(?:一部)?改正(?:に伴う|による|に基づく|に伴い|により)"
    r"(?:別表の)?(?:[号条項](?:ず|ズ)(?:れ|レ)|[号条項]の?番号の?(?:変更|改正|修正|繰))"
    r"|[号条項](?:ず|ズ)(?:れ|レ)|[号条項]の?番号の?(?:変更|改正|修正|繰)",
    Reason.CONTRACTOR: r"委託(?:先|業者|事業者)(?:の|を)?(?:変更|選定|決定)"
    r"|入札(?:による|の結果|に伴う)|契約(?:先)?(?:の)?(?:更新|変更)",
    Reason.INCIDENT: r"(?:重大)?事故(?:の)?(?:発生|から|後)|事案の発生",
    Reason.THRESHOLD: r"しきい値判断(?:の)?(?:結果)?(?:の)?(?:変更|見直し)",
    Reason.SPELLING: r"誤字|脱字|誤植|タイプミス|変換ミス",
}
_GROUNDS = {reason: re.compile(words) for reason, words in _REASONS.items()}
# Words that leave it open what else was the reason.
_OPEN = re.compile(
    r"等|など|ほか|その他|併せ|あわせ|合わせ|実態|整理|漏れ|もれ|不足|移行|更改|見直し|名称|表記|記載例|指針|政令|省令|条例|法律|法令|法の?改正|開始|終了|廃止|統合|新設|追加|精査|点検"
)
_CLAIM = re.compile(r"(?:であり|のため|で|だが|ですが)?[、，]?(?:特定個人情報保護評価の)?重要な変更.*$")


def reasons_of(explanation: str) -> frozenset[Reason]:
    """The closed grounds that an explanation gives; empty where it gives others beside them, or none."""
    text = _CLAIM.sub("", "".join(explanation.split()))
    found = frozenset(reason for reason, words in _GROUNDS.items() if words.search(text))
    rest = text
    for reason in found:
        rest = _GROUNDS[reason].sub("", rest)
    return found if not _OPEN.search(rest) else frozenset()


# --- what the words of a row show -------------------------------------------------------------------


class Shown(Enum):
    """A change that the words of a row plainly show: what it is called in messages."""

    OFFICE = "部署の名称"
    CONTRACTOR = "委託先の名称"
    NUMBERS = "法令の号・条・項の番号"
    INCIDENT = "重大事故の有無"
    DATA = "4情報から5情報へ"


_OFFICES = frozenset({"I.6.1", "I.6.2", "II.2.6", "II.3.4.department", "IV.1.1", "IV.2.1"})
_UNIT = re.compile(
    r"[^\s、，・･（）()／/\d]+?(?:課|部|局|室|係|センター|支所|出張所|事務所)(?=長|$|[\s、，・･（）()／/]|[^\s、，・･（）()／/])"
)
_NUMBER = re.compile(r"[0-9一二三四五六七八九十百]+")
_LIKE = 0.5


def _renames_an_office(item: FormItem, before: str, after: str) -> bool:
    """A unit of the organisation is called otherwise; a person's name beside it, or one left out, is none."""
    if not _names_an_office(item):
        return False
    if item.key == "I.6.2" and not (before.endswith("長") and after.endswith("長")):
        return False  # since 平成30年5月 the form asks for the title only: with the name, more may go
    one, other = (set(_UNIT.findall(text)) for text in (before, after))
    return bool(one - other) and bool(other - one)


def _names_an_office(item: FormItem) -> bool:
    return item.key in _OFFICES or (item.is_group and item.key.startswith("II.5."))


def _replaces_a_contractor(item: FormItem, before: str, after: str) -> bool:
    named = "entrustment" in item.key and item.number == "③"
    return named and SequenceMatcher(None, before, after, autojunk=False).ratio() < _LIKE


def _renumbers(item: FormItem, before: str, after: str) -> bool:
    if "法令上の根拠" not in item.name:
        return False
    one, other = (_NUMBER.sub("0", text) for text in (before, after))
    return before != after and one == other


def _is_an_incident(item: FormItem, before: str, after: str) -> bool:
    return "重大事故" in item.name and item.kind is not None and {"発生あり", "発生なし"} == {before, after}


def _names_data(item: FormItem, before: str, after: str) -> bool:
    return "4情報" in before and "5情報" in after and "記録項目" in item.name


_SHOWN: dict[Shown, Callable[[FormItem, str, str], bool]] = {
    Shown.OFFICE: _renames_an_office,
    Shown.CONTRACTOR: _replaces_a_contractor,
    Shown.NUMBERS: _renumbers,
    Shown.INCIDENT: _is_an_incident,
    Shown.DATA: _names_data,
}

# What each ground can bring about of these.
_CAUSES: dict[Reason, frozenset[Shown]] = {
    Reason.FORM: frozenset({Shown.DATA, Shown.NUMBERS}),
    Reason.OFFICE: frozenset({Shown.OFFICE}),
    Reason.NUMBERS: frozenset({Shown.NUMBERS}),
    Reason.CONTRACTOR: frozenset({Shown.CONTRACTOR}),
    Reason.INCIDENT: frozenset({Shown.INCIDENT, Shown.CONTRACTOR}),
    Reason.THRESHOLD: frozenset({Shown.INCIDENT}),
    Reason.SPELLING: frozenset({Shown.OFFICE, Shown.NUMBERS}),
}


def shown_by(touched: Touched) -> Shown | None:
    """What the words of a row plainly show; None where they show several things, or none of these."""
    named = touched.named
    if len({one.item.key for one in named}) != 1 or any(edge.composite for edge in touched.edges):
        return None
    before, after = (wording.plain(text) for text in (touched.change.before, touched.change.after))
    if was_nothing(before) or is_nothing_now(after):
        return None
    found = [shown for shown, is_shown in _SHOWN.items() if is_shown(named[0].item, before, after)]
    return found[0] if len(found) == 1 else None


def reason_mismatch(subject: Subject) -> Iterator[Finding]:
    """The explanation gives a closed ground that cannot bring about the change of its row."""
    groups: dict[tuple[str, str, Shown], list[Touched]] = {}
    for touched in subject.lines.touched:
        reasons, shown = reasons_of(touched.change.reason), shown_by(touched)
        if reasons and shown is not None and not any(shown in _CAUSES[reason] for reason in reasons):
            groups.setdefault((touched.change.reason, str(touched.change.day), shown), []).append(touched)
    for (reason, _, shown), rows in groups.items():
        told = (
            f"{shown.value}の変更に対して、説明は「{briefly(reason)}」です。"
            "説明が行の内容に合っているか確認してください"
        )
        evidence = [
            quoted(t, label, words)
            for t in rows
            for label, words in (("変更前", t.change.before), ("変更後", t.change.after))
        ]
        yield of_rows(
            "reason-mismatch",
            Severity.WARNING,
            rows,
            told,
            evidence=[*evidence, ("提出時期に係る説明", reason)],
        )


RULES = (
    Rule(
        "reason-mismatch",
        reason_mismatch,
        Severity.WARNING,
        "変更箇所の様式 提出時期に係る説明",
        "他の行の説明を書き写したものでないか、説明を確認してください",
    ),
)
