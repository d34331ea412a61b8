"""What commands show of a ledger, as text for people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cli import printing, progress
from ledger import wording
from ledger.events import FindingAccepted
from ledger.form import form_named
from ledger.published import Fate, PublishedEdition
from projections import boxes
from projections.accepting import FindingDecision
from projections.application import Imported, Refused
from projections.captions import UNSURE
from projections.change_table import TableRow
from projections.deciding import Decided
from projections.documents import Document, StatedItem
from projections.folders import Tally
from projections.history import LastChange
from projections.questions import Listed
from projections.rereading import Reread
from projections.sources import KeptSource
from projections.stated import when

_MANY = 20  # documents
_SHORT = 60  # seconds
_FATES = {
    Fate.ITEM: "項目",
    Fate.ROW: "変更箇所",
    Fate.HEADING: "見出し",
    Fate.UNASSIGNED: "割り当てなし",
}


def imported(result: Imported | Refused, *, dry_run: bool = False, explain: bool = False) -> None:
    """One line for a document taken in (in a *dry_run*, that would be), or refused; and what has no place.

    With *explain*, where every piece of it went, and what was read with doubt.
    """
    if isinstance(result, Refused):
        printing.error(result.error)
        return
    edition, intake = result.edition, result.intake
    if intake.already_known:
        printing.out(f"{intake.ref}: すでに取り込まれています（{result.file}）")
    else:
        joins = "（新しい評価書）" if intake.new_assessment else "（既存の評価書に追加）"
        printing.out(
            f"{intake.ref}: {edition.header.title} — 公表日{edition.header.publication_date}、"
            f"項目{len(edition.items)}、変更箇所{len(edition.rows)}行、"
            f"割り当てた文字 {edition.assigned_share:.1%}、新しい記録{intake.new_events}件"
            f"{joins if dry_run else ''}"
        )
        without_items(edition.form, "読み取るのは表紙と変更箇所で、本文は原本のまま保存します", indent="  ")
    if explain:
        _explained(edition)
    elif not intake.already_known:
        _unassigned(edition)


def without_items(form: str, instead: str, *, indent: str = "") -> None:
    """One line where the items of a form are not known: what is done *instead*."""
    if not form_named(form).itemised:
        printing.out(f"{indent}{form}の項目には未対応です（{instead}）")


def _explained(edition: PublishedEdition) -> None:
    """Where every piece of a document went, one a line; then what is left over, and what is in doubt."""
    for piece in edition.pieces:
        fate = f"{_FATES[piece.fate]} {piece.target}".rstrip()
        printing.out(f"  {_place(piece.line, piece.place)}  {fate}  {wording.in_brief(piece.text)}")
    counted = f"{edition.characters:,}字のうち{edition.assigned:,}字"
    printing.out(f"  割り当てた文字: {counted}（{edition.assigned_share:.1%}）")
    _unassigned(edition)
    places = {piece.line: piece.place for piece in edition.pieces}
    for item in edition.items:
        if item.doubt:
            where = _place(item.line, places.get(item.line, ""))
            printing.out(f"  読み取りが確かでない項目: {where} {item.path} — {_short(item.doubt)}")


def tally(told: Tally, *, skipped: int, dry_run: bool = False) -> None:
    """What became (in a *dry_run*, would become) of the documents of folders, the refused ones by reason."""
    refused = sum(map(len, told.refused.values()))
    others = f"、評価書でない{skipped}件は読んでいません" if skipped else ""
    taken, left = ("取り込める", "取り込めない") if dry_run else ("取り込んだ", "取り込めなかった")
    printing.out(
        f"{taken}文書{told.imported}件、すでにある文書{told.already_known}件、{left}文書{refused}件{others}"
    )
    for what, files in told.refused.items():
        printing.out(f"  {what}: {'、'.join(files)}")


def pace(documents: int, seconds: float) -> None:
    """How long many *documents* took; of a few nothing is said."""
    if documents >= _MANY:
        took = progress.spell(seconds) if seconds > _SHORT else f"{seconds:.1f}秒"
        each = progress.per_minute(documents, max(seconds, 0.001))
        printing.out(f"かかった時間 {took}（毎分{each}件）")


def interrupted(told: Tally, *, of: int, dry_run: bool) -> None:
    """One line where somebody did not want to wait for all *of* the documents."""
    done = told.imported + told.already_known
    refused = sum(map(len, told.refused.values()))
    if dry_run:
        printing.error(f"{of}件のうち{done + refused}件で確認を中断しました — 何も記録していません")
        return
    printing.error(
        f"{of}件のうち{done + refused}件で中断しました（取り込んだ文書{told.imported}件、"
        f"すでにある文書{told.already_known}件、取り込めなかった文書{refused}件） — "
        "同じ命令をもう一度実行すると、残りを取り込みます"
    )


def _unassigned(edition: PublishedEdition) -> None:
    for passage in edition.unassigned:
        where = _place(passage.line, passage.place)
        printing.out(f"  どの項目にも入らなかった文: {where}「{_short(passage.text)}」")


def _place(line: int, place: str) -> str:
    """How people find a piece of a source: by its line, or by its place where the source has no lines."""
    return place or f"{line}行目"


def reread(ref: str, result: Reread | Refused) -> None:
    """One line for a source read again, or refused; and what has no place in the new reading."""
    if isinstance(result, Refused):
        printing.error(result.error)
        return
    before, now = result.before, result.edition
    if not result.changed:
        printing.out(f"{ref} {result.source.name}: 読み取りは前と同じです（新しい記録はありません）")
        return
    printing.out(
        f"{ref} {result.source.name}: 読み直しました（{before.reader} → {now.reader}）"
        f" — 項目{len(before.items)}→{len(now.items)}（違い{result.items_changed}）、"
        f"変更箇所{result.rows_before}→{len(now.rows)}行、"
        f"割り当てた文字 {now.assigned_share:.1%}、新しい記録{result.new_events}件"
    )
    _unassigned(now)


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
        printing.out(f"この評価書の事務は {ended.day.isoformat()} に終了しています（{_short(ended.why)}）")
    without_items(shown.form, "表紙だけを示します")
    for item in items:
        mark = " ※" if item.item.important else ""
        printing.out(f"\n{item.path}{mark}")
        if item.reading.value is not None:
            for line in (boxes.as_text(item.reading.value) or "（空欄）").split("\n"):
                printing.out(f"    {line}")
        unsure = UNSURE.get(item.reading.certainty)
        if unsure:
            printing.out(f"    [{unsure}] {item.reading.reason}")
            for n, rival in enumerate(item.reading.rivals, start=1):
                printing.out(f"    候補{n}: {_short(boxes.as_text(rival)) or '（空欄）'}")
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
        printing.out(f"    {n}. {support.name}（{day}{event}）: {_short(support.told)}")
        said = _short(boxes.as_text(support.value)) or "（空欄）"
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
        printing.out(f"{last.path}\t{where}\t{_short(change.reason) or '（説明なし）'}")
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
                printing.out(f"    項目欄: {_short(change.item_text)} … {target.note}")
        printing.out(f"    変更前: {_short(change.before) or '（空欄）'}")
        printing.out(f"    変更後: {_short(change.after) or '（空欄）'}")
        printing.out(f"    説明:   {_short(change.reason) or '（空欄）'}")
        if change.actual_day:
            printing.out(f"    実際に変わる日: {change.actual_day.isoformat()}")
        if change.decided:
            printing.out(f"    判断:   {_short(change.decided)}")
        if row.only_in:
            printing.out(
                f"    公表日{row.only_in.isoformat()}の版までにある行で、最新の版の変更箇所にはありません"
            )


def decided(ref: str, what: Decided) -> None:
    """A decision on a change: that it was recorded, or counted already; and the row that it is about."""
    entry = what.entry
    printing.out(
        f"{ref}: {entry.event_id} として記録しました"
        if entry
        else f"{ref}: すでにそのとおりです（新しい記録はありません）"
    )
    table([what.row])


def finding_decision(decision: FindingDecision) -> None:
    """What was recorded of a finding."""
    accepted = isinstance(decision.entry.event, FindingAccepted)
    printing.out(
        f"{decision.identity.ref}: {decision.entry.event_id} として記録しました",
        f"（{'了承' if accepted else '了承の取消し'}）",
    )
    printing.out(f"  {decision.finding} {decision.message}")
    printing.out(f"  理由: {_short(decision.why)}")


def _short(text: str) -> str:
    return wording.in_brief(text, 120)
