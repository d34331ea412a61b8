"""What commands show of a ledger, as text for people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from cli import printing
from cli.colours import Colour, Coloured, Piece
from ledger.form import form_named
from projections import value_text
from projections.captions import UNSURE
from projections.documents import Document, StatedItem
from projections.stated import when

if TYPE_CHECKING:  # what is only shown need not be loaded
    from projections.changes import Change
    from projections.listing import LastChange, TableRow
    from projections.questions import Listed
    from projections.sources import KeptSource


def without_items(form: str, instead: str, *, indent: str = "") -> None:
    """One line where the items of a form are not known: what is done *instead*."""
    if not form_named(form).itemised:
        printing.out(f"{indent}{form}の項目には未対応です（{instead}）")


def sources(kept: Iterable[KeptSource]) -> None:
    """The sources, one a line."""
    rows = [
        (
            f"公表日 {each.published.isoformat()}",
            each.file_name,
            each.sha256,
            each.reader,
            f"取込み {each.recorded_at.isoformat(timespec='seconds')} {each.recorded_by}",
            f"非公開（{each.withheld}）" if each.withheld else "",
        )
        for each in kept
    ]
    printing.table(("版", "ファイル名", "SHA-256", "読取り", "取込み", "非公開"), rows)


def listed(rows: Iterable[Listed]) -> None:
    """The assessments, one a line."""
    headings = ("評価書", "様式", "題名", "", "", "", "")  # the others say themselves what they are
    printing.table(headings, map(_listed, rows))


def _listed(row: Listed) -> tuple[str, ...]:
    heading = row.heading
    latest = heading.last_published
    return (
        row.identity.ref,
        row.identity.form,
        heading.title,
        f"公表日 {latest.isoformat() if latest else '未公表'}",
        f"版{heading.editions}",
        f"変更{heading.changes}",
        f"終了 {heading.end.day.isoformat()}" if heading.end else "",
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
            printing.out("    ", Coloured(f"[{unsure}]", Colour.YELLOW), f" {item.reading.reason}")
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
    rows = [(str(last.path), *_changed_by(last.row)) for last in found if last.row is not None]
    printing.table(("項目", "最後に変えた行", "説明"), rows)
    untouched = sum(last.row is None for last in found)
    if untouched:
        printing.out(f"変更の記録がない項目: {untouched}")


def _changed_by(row: TableRow) -> tuple[str, str]:
    """The row that changed an item last, and why it did."""
    change = row.change
    listed = f"（公表日{row.only_in.isoformat()}の版まで）" if row.only_in else ""
    where = f"{row.no}.{listed} {printed_day(change)} {change.timing or '提出時期なし'}"
    return where, printing.short(change.reason) or "（説明なし）"


def printed_day(change: Change) -> str:
    """The 変更日 of a change, or what its row has in the place of one."""
    return change.day.isoformat() if change.day else change.printed_date or "変更日なし"


def table(rows: Sequence[TableRow]) -> None:
    """The change table."""
    if not rows:
        printing.out("変更の記録はありません")
    for row in rows:
        change = row.change
        where = "、".join(str(target.path) for target in row.touched.targets) or change.item_text
        printing.out(f"{row.no}. {printed_day(change)} ", _timing(change.timing), f" {where}")
        for target in row.touched.targets[:1]:
            if target.note:
                printing.out(f"    項目欄: {printing.short(change.item_text)} … {target.note}")
        _sides(printing.short(change.before) or "（空欄）", printing.short(change.after) or "（空欄）")
        printing.out(f"    説明:   {printing.short(change.reason) or '（空欄）'}")
        if change.actual_day:
            printing.out(f"    実際に変わる日: {change.actual_day.isoformat()}")
        if change.decided:
            printing.out(f"    判断:   {printing.short(change.decided)}")
        if row.only_in:
            printing.out(
                f"    公表日{row.only_in.isoformat()}の版までにある行で、最新の版の変更箇所にはありません"
            )


def _timing(timing: str | None) -> Piece:
    """事前 or 事後, in a colour of its own."""
    colour = _COLOURS.get(timing or "")
    return Coloured(timing, colour) if timing and colour else timing or "提出時期なし"


def _sides(before: str, after: str) -> None:
    """What a row has before and after: side by side where there is room for that."""
    if printing.on_a_terminal():
        printing.table(("変更前", "変更後"), [(before, after)], indent=4)
    else:
        printing.out(f"    変更前: {before}")
        printing.out(f"    変更後: {after}")


_COLOURS = {"事前": Colour.BLUE, "事後": Colour.YELLOW}
