"""What is asked across all assessments, as text for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from cli import printing, progress, views
from cli.colours import Colour, Coloured
from ledger import wording
from ledger.identity import Identity
from ledger.wording import Level
from projections import captions_across, value_text
from projections.captions import BLANK, CELLS, LEVELS, UNSURE
from projections.captions_across import SIDES
from projections.documents import Held, StatedItem
from projections.search import ItemHit, RowHit, Search
from projections.systems import Connection, Place, Register, System
from projections.terms import Part

if TYPE_CHECKING:  # loaded where the events are folded
    from projections.editions import Assessment

_LOOKING = "確かめています"


def one_by_one(known: Iterable[tuple[Identity, Assessment]]) -> Iterator[tuple[Identity, Assessment]]:
    """The assessments; while each is being looked at, a terminal says so."""
    return progress.watched(known, _LOOKING, lambda pair: pair[0].ref)


def each_of(identities: Iterable[Identity]) -> Iterator[Identity]:
    """The same, while all that is known of each is being looked up."""
    return progress.watched(identities, _LOOKING, lambda each: each.ref)


def as_of(day: date | None) -> str:
    """The day that is asked about."""
    return f"{day.isoformat()} の記載" if day else "最新の記載"


def not_read(held: Iterable[Held]) -> None:
    """The assessments of forms whose items are not known, a line for each."""
    for each in held:
        printing.out(captions_across.not_read(each))


def since(item: StatedItem) -> str:
    """Since when an item says what it says, as far as is known, and whether that is certain."""
    begun = f"{item.since.isoformat()} から" if item.since else ""
    unsure = UNSURE.get(item.reading.certainty)
    return "、".join(part for part in (begun, f"{unsure}: {item.reading.reason}" if unsure else "") if part)


def systems(found: Register) -> None:
    """The systems by body with their connections; then what is one-sided, and what unknown."""
    only_named = sum(not system.places for system in found.systems)
    count = f"システム {len(found.systems)}件（うち名前だけが出るもの{only_named}件）"
    printing.out(f"{count} {as_of(found.day)}")
    for body, of_body in groupby(found.systems, key=lambda system: system.body):
        printing.out(f"\n◆ {body}")
        for system in of_body:
            _system(system)
    if found.one_sided:
        printing.out(f"\n片方の記載だけにある接続: {len(found.one_sided)}件")
    for system, connection in found.one_sided:
        stated = "、".join(claim.place.name_of_place for claim in connection.stated)
        printing.out(
            f"  {system.name} → {'、'.join(connection.to)}（{stated}。相手の側の記載にはありません）"
        )
    for (ref, reason), places in groupby(found.unknown, key=lambda place: (place.ref, place.reason)):
        numbers = "、".join(f"システム{place.n}" for place in places)
        printing.out(f"\n{ref} {numbers}: [不明] {reason}")
    not_read(found.not_read)


def _system(of: System) -> None:
    kinds = "、".join(kind.label for kind in of.kinds if kind.label != of.name)
    printing.out(f"\n■ {of.name}" + (f"（{kinds}にあたる）" if kinds else ""))
    others = [name for name, _ in of.spellings[1:]]
    if others:
        printing.out(f"    表記: {'、'.join(others)}")
    for place in of.places:
        _place(place)
    if not of.places:
        naming = "、".join(name for connection in of.connections for name in connection.to)
        printing.out(f"    記載: 接続先に名前が出るだけです（{naming}）")
        return
    for connection in of.connections:
        _connection(connection)


def _place(of: Place) -> None:
    named = since(of.named) if of.named else "名称は分かりません"
    ended = f"{of.held.ended.isoformat()} に事務終了" if of.held.ended else ""
    told = "、".join(part for part in (named, ended) if part)
    printing.out(f"    記載: {of.name_of_place}" + (f"（{told}）" if told else ""))
    if of.functions is not None:
        told = since(of.functions)
        text = printing.short(value_text.as_text(of.functions.reading.value or "")) or BLANK
        printing.out(f"      機能: {text}" + (f"（{told}）" if told else ""))
    if of.connected is not None and (told := since(of.connected)):
        printing.out(f"      接続: {told}")


def _connection(of: Connection) -> None:
    words = [word for word in of.said if word not in of.to]
    name = "、".join(of.to) or "、".join(of.said)
    as_said = f"「{'」「'.join(words)}」" if words and of.to else ""
    arrow = "⇔" if of.stated and of.returned else "→" if of.stated else "←"
    printing.out(f"    {arrow} {name}{as_said}: {SIDES[of.sides]}")
    if of.unsaid:
        places = "、".join(place.name_of_place for place in of.unsaid)
        printing.out(f"      同じシステムの {places} には記載がありません")


def search(found: Search, *, changes: bool) -> None:
    """Where a term stands, by assessment, with the words around it; then what cannot be ruled out."""
    rows = f"、変更箇所{len(found.rows)}か所" if changes else ""
    counts = f"項目{len(found.items)}件{rows}（評価書{len(found.assessments)}件）"
    printing.out(f"「{found.term.text}」 {as_of(found.day)}: {counts}")
    for held in found.assessments:
        printing.out(f"\n{held.ref} {held.document.title}")
        for hit in found.items:
            if hit.held is held:
                item_hit(hit)
        for row in found.rows:
            if row.held is held:
                _row_hit(row)
    undecided(found.undecided)
    not_read(found.not_read)


def undecided(found: Sequence[tuple[Held, StatedItem]]) -> None:
    """How many items of each assessment are not known in full, and may have what was looked for."""
    if found:
        printing.out("")
    for ref, items in groupby(found, key=lambda pair: pair[0].ref):
        count = sum(1 for _ in items)
        printing.out(f"{ref}: 記載の全部は分からない項目が{count}件あり、そこにないとは言い切れません")


def item_hit(hit: ItemHit) -> None:
    """One item that has a term, with the words around it."""
    mark = " ※" if hit.item.item.important else ""
    notes = [since(hit.item), "この語のない候補もあります" if hit.possible else "", _level(hit.level)]
    told = "、".join(note for note in notes if note)
    printing.out(f"  {hit.item.path}{mark}" + (f"（{told}）" if told else ""))
    printing.out("    ", *passage(hit.passage))


def _row_hit(hit: RowHit) -> None:
    change = hit.row.change
    day = views.printed_day(change)
    targets = "、".join(str(target.path) for target in hit.row.touched.targets)
    where = targets or wording.in_brief(change.item_text)
    told = "、".join(note for note in (CELLS[hit.cell], _level(hit.level)) if note)
    printing.out(f"  {hit.row.no}. {day} {where}（{told}）")
    printing.out("    ", *passage(hit.passage))


def _level(level: Level) -> str:
    return LEVELS[level] if level is Level.VARIANT else ""


def passage(parts: Iterable[Part]) -> Iterator[str | Coloured]:
    """A passage on one line, what was looked for between 《 and 》."""
    for part in parts:
        text = "".join(" " if char in "\r\n\t" else char for char in part.text)
        yield Coloured(f"《{text}》", Colour.GREEN) if part.hit else text
