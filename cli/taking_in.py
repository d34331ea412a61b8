"""What became of documents that were taken in or read again, as text for people."""

from __future__ import annotations

from cli import printing, progress, views
from ledger import wording
from ledger.published import Fate, PublishedEdition
from projections.application import Imported, Refused
from projections.folders import Tally
from projections.rereading import Reread

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
        views.without_items(
            edition.form, "読み取るのは表紙と変更箇所で、本文は原本のまま保存します", indent="  "
        )
    if explain:
        _explained(edition)
    elif not intake.already_known:
        _unassigned(edition)


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
            printing.out(f"  読み取りが確かでない項目: {where} {item.path} — {printing.short(item.doubt)}")


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
        printing.out(f"  どの項目にも入らなかった文: {where}「{printing.short(passage.text)}」")


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
