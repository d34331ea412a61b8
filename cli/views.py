"""What commands show of a ledger, as text for people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from cli import printing
from ledger.form import form_named
from projections import value_text
from projections.captions import UNSURE
from projections.documents import Document, StatedItem
from projections.stated import when

if TYPE_CHECKING:  # what is only shown need not be loaded
    from projections.listing import LastChange, TableRow
    from projections.questions import Listed
    from projections.sources import KeptSource


def without_items(form: str, instead: str, *, indent: str = "") -> None:
    """One line where the items of a form are not known: what is done *instead*."""
    if not form_named(form).itemised:
        printing.out(f"{indent}{form}の項目には未対応です（{instead}）")


def sources(kept: Iterable[KeptSource]) -> None:
    """The sources, one a line."""
    for each in kept:
        recorded = each.recorded_at.isoformat(timespec="seconds")
        printing.out(
            f"公表日 {each.published.isoformat()}\t{each.file_name}\t{each.sha256}\t{each.reader}\t"
            f"取込み {recorded} {each.recorded_by}"
            + (f"\t非公開（{each.withheld}）" if each.withheld else "")
        )


def listed(rows: Iterable[Listed]) -> None:
    """The assessments, one a line."""
    for row in rows:
        latest = row.heading.last_published
        published = latest.isoformat() if latest else "未公表"
        printing.out(
            f"{row.identity.ref}\t{row.identity.form}\t{row.heading.title}\t公表日 {published}\t"
            f"版{row.heading.editions}\t変更{row.heading.changes}"
            + (f"\t終了 {row.heading.end.day.isoformat()}" if row.heading.end else "")
        )


def document(
    ref: str, shown: Document, items: Iterable[StatedItem], *, reasons: bool, why: bool = False
) -> None:
    """A document on a day; with *reasons* every item says why, with *why* also what that rests on."""
    printing.out(f"{ref} {shown.title}")
    printing.out(when(shown))
    if ended := shown.ended:
        printing.out(
            f"この評価書の事務は {ended.day.isoformat()} に終了しています（{printing.short(ended.why)}）"
        )
    without_items(shown.form, "表紙だけを示します")
    for item in items:
        mark = " ※" if item.item.important else ""
        printing.out(f"\n{item.path}{mark}")
        if item.reading.value is not None:
            for line in (value_text.as_text(item.reading.value) or "（空欄）").split("\n"):
                printing.out(f"    {line}")
        unsure = UNSURE.get(item.reading.certainty)
        if unsure:
            printing.out(f"    [{unsure}] {item.reading.reason}")
            for n, rival in enumerate(item.reading.rivals, start=1):
                printing.out(f"    候補{n}: {printing.short(value_text.as_text(rival)) or '（空欄）'}")
        elif reasons:
            since = f"{item.since.isoformat()} から。" if item.since else ""
            printing.out(f"    根拠: {since}{item.reading.reason}")
        if why:
            _rests_on(item)


def _rests_on(item: StatedItem) -> None:
    """The editions and rows that a reading was worked out from, and what the item says by each."""
    if not item.reading.rests_on:
        printing.out("    拠りどころとなる版も行もありません")
    for n, support in enumerate(item.reading.rests_on, start=1):
        day = support.day.isoformat() if support.day else "変更日なし"
        event = f"、{support.event_id}" if support.event_id and support.event_id not in support.name else ""
        printing.out(f"    {n}. {support.name}（{day}{event}）: {printing.short(support.told)}")
        said = printing.short(value_text.as_text(support.value)) or "（空欄）"
        printing.out(f"       → {said if support.value is not None else '不明'}")


def blame(found: Sequence[LastChange]) -> None:
    """The items that a row has changed, each with the last one; then how many none has."""
    for last in found:
        if last.row is None:
            continue
        change = last.row.change
        printed = change.day.isoformat() if change.day else change.printed_date or "変更日なし"
        listed = f"（公表日{last.row.only_in.isoformat()}の版まで）" if last.row.only_in else ""
        where = f"{last.row.no}.{listed} {printed} {change.timing or '提出時期なし'}"
        printing.out(f"{last.path}\t{where}\t{printing.short(change.reason) or '（説明なし）'}")
    untouched = sum(last.row is None for last in found)
    if untouched:
        printing.out(f"変更の記録がない項目: {untouched}")


def table(rows: Sequence[TableRow]) -> None:
    """The change table."""
    if not rows:
        printing.out("変更の記録はありません")
    for row in rows:
        change = row.change
        printed = change.day.isoformat() if change.day else change.printed_date or "変更日なし"
        where = "、".join(str(target.path) for target in row.touched.targets) or change.item_text
        printing.out(f"{row.no}. {printed} {change.timing or '提出時期なし'} {where}")
        for target in row.touched.targets[:1]:
            if target.note:
                printing.out(f"    項目欄: {printing.short(change.item_text)} … {target.note}")
        printing.out(f"    変更前: {printing.short(change.before) or '（空欄）'}")
        printing.out(f"    変更後: {printing.short(change.after) or '（空欄）'}")
        printing.out(f"    説明:   {printing.short(change.reason) or '（空欄）'}")
        if change.actual_day:
            printing.out(f"    実際に変わる日: {change.actual_day.isoformat()}")
        if change.decided:
            printing.out(f"    判断:   {printing.short(change.decided)}")
        if row.only_in:
            printing.out(
                f"    公表日{row.only_in.isoformat()}の版までにある行で、最新の版の変更箇所にはありません"
            )
