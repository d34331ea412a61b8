"""What is still to be done, as text for people: duties that fall due, and what a change of law touches."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from cli import printing
from cli.across import not_read, passage, since, undecided
from projections.captions import BLANK, UNSURE
from projections.captions_outlook import DUTIES, STATES, STATUSES
from projections.duties import Dated, Duty
from projections.impact import Affected, Impact, State
from projections.readings import Certainty


def due(found: Sequence[Duty], on: date, within: int) -> None:
    """The duties, those that are over first, each with how its date was found."""
    printing.out(f"{on.isoformat()} に確かめた期限: {len(found)}件（{within}日以内を期限が近いものとします）")
    for status, name in STATUSES.items():
        of_status = [duty for duty in found if duty.status(on, within) is status]
        if of_status:
            printing.out(f"\n{name}: {len(of_status)}件")
        for duty in of_status:
            _duty(duty, on)


def _duty(duty: Duty, on: date) -> None:
    left = (duty.day - on).days if duty.day else 0
    told = "" if duty.day is None else "（今日まで）" if not left else f"（あと{left}日）"
    told = f"（{-left}日経過）" if left < 0 else told
    day = duty.day.isoformat() if duty.day else "日付なし"
    printing.out(f"  {day}{told} {duty.held.ref} {DUTIES[duty.kind]}（{duty.rule}）")
    for dated in duty.dates:
        _dated(dated, several=len(duty.dates) > 1)


def _dated(dated: Dated, *, several: bool) -> None:
    day = f"{dated.day.isoformat()}: " if several and dated.day else ""
    printing.out(f"      {day}{dated.how}")
    for ground in dated.grounds:
        unsure = UNSURE.get(Certainty(ground.certainty), "")
        where = " ".join(part for part in (ground.path, f"[{unsure}]" if unsure else "") if part)
        if where:
            printing.out(f"        {ground.name} {where}")


def impact(found: Impact) -> None:
    """What a term touches: the assessments with work left first, then those that have recorded it."""
    counts = "、".join(f"{name} {found.count(state)}件" for state, name in STATES.items())
    printing.out(f"「{found.term.text}」に関わる評価書: {len(found.concerned)}件（{counts}）")
    for state in State:
        for each in found.concerned:
            if each.state is state:
                ended = "（事務は終了しています）" if each.ended else ""
                printing.out(f"\n{each.held.ref} {each.held.document.title}{ended}")
                for item in each.items:
                    _affected(item)
    undecided(found.undecided)
    not_read(found.not_read)


def _affected(of: Affected) -> None:
    mark = " ※" if of.item.important else ""
    told = f"（{since(of.hit.item)}）" if of.hit and since(of.hit.item) else ""
    printing.out(f"  [{STATES[of.state]}] {of.path}{mark}{told}")
    if of.hit is not None:
        printing.out("    ", *passage(of.hit.passage))
    for taken in of.changes:
        change = taken.change
        day = change.day.isoformat() if change.day else "変更日なし"
        published = "公表済み" if taken.published else "未公表"
        after = printing.short(change.after) or BLANK
        printing.out(
            f"    → {day} {change.timing or '提出時期なし'} {published}（{change.event_id}）: {after}"
        )
