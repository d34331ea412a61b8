"""A map of systems and their connections: names one below the other, arcs between those that are connected.

The same is told in words below the map, for whoever does not see it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import Final
from unicodedata import east_asian_width

from projections.captions_across import SIDES, not_read
from projections.systems import Connection, Register, Sides, System

_LINE: Final = 30
_TOP: Final = 20
_LETTER: Final = 7.5  # how wide a column of a name is
_WIDEST: Final = 300
_LETTERS: Final = 56  # columns of a name, two for a full-width letter
_ARROWS: Final = {(True, True): "⇔", (True, False): "→", (False, True): "←"}


@dataclass(frozen=True, slots=True)
class _Arc:
    """Two systems of a body by their places; whether both sides say so."""

    one: int
    other: int
    sides: Sides


def section(found: Register) -> str:
    """The section of a page with the systems, and with what is not known of them."""
    left_out = "".join(f'<p class="note">{escape(each)}</p>' for each in _not_told(found))
    return f"""<section id="systems" aria-labelledby="systems-title">
<h2 id="systems-title">システムの接続（最新の記載）</h2>
{_systems(found)}
{left_out}
</section>"""


def _systems(found: Register) -> str:
    """The map and the list of each body; one sentence where nothing is described."""
    if not found.systems:
        return "<p>システムの記載はありません。</p>"
    bodies = groupby(found.systems, key=lambda system: system.body)
    told = "\n".join(_body(body, list(inside)) for body, inside in bodies)
    return f"{_LEGEND}\n{told}"


_LEGEND: Final = """<p class="legend">
<span class="key both">━ 双方に記載</span>
<span class="key one">┅ 片方だけに記載、又は総称</span>
<span class="key outside">┈ 接続先の記載は台帳にない</span>
</p>"""


def _body(body: str, inside: Sequence[System]) -> str:
    arcs = _arcs(inside)
    told = "\n".join(_told(system) for system in inside)
    return f"""<section class="map">
<h3>{escape(body)}</h3>
{_drawn(body, inside, arcs)}
<details><summary>図の内容を文字で読む（システム{len(inside)}件、接続{len(arcs)}本）</summary>
<ul class="systems">
{told}
</ul></details>
</section>"""


def _arcs(inside: Sequence[System]) -> list[_Arc]:
    """Each connection of two systems once."""
    places = {system.name: n for n, system in enumerate(inside)}
    found: dict[tuple[int, int], _Arc] = {}
    for n, system in enumerate(inside):
        for connection in system.connections:
            for name in connection.to:
                if name in places and places[name] != n:
                    pair = min(n, places[name]), max(n, places[name])
                    if connection.sides is Sides.BOTH or pair not in found:
                        found[pair] = _Arc(*pair, connection.sides)
    return [found[pair] for pair in sorted(found)]


def _drawn(body: str, inside: Sequence[System], arcs: Sequence[_Arc]) -> str:
    height = _LINE * len(inside) + _TOP
    x = round(_LETTER * max(_columns(_short(system.name)) for system in inside)) + _TOP
    names = "\n".join(
        f'<text class="{"described" if system.places else "named"}" x="{x}" y="{_at(n) + 5}"'
        f' text-anchor="end">{escape(_short(system.name))}</text>'
        f'<circle class="{"described" if system.places else "named"}" cx="{x + 14}" cy="{_at(n)}" r="5"/>'
        for n, system in enumerate(inside)
    )
    drawn = "\n".join(_curve(arc, x + 20) for arc in arcs)
    wide = x + 60 + max((_reach(arc) for arc in arcs), default=0)
    label = f"{body}のシステム{len(inside)}件と、その間の接続{len(arcs)}本"
    return f"""<svg viewBox="0 0 {wide} {height}" width="{wide}" role="img" aria-label="{escape(label)}">
{drawn}
{names}
</svg>"""


def _reach(arc: _Arc) -> int:
    """How far an arc goes out, by how far apart its ends are."""
    return min(_WIDEST, 36 + 22 * (arc.other - arc.one))


def _curve(arc: _Arc, x: int) -> str:
    start, end, out = _at(arc.one), _at(arc.other), x + _reach(arc)
    kind = {Sides.BOTH: "both", Sides.NOT_DESCRIBED: "outside"}.get(arc.sides, "one")
    return f'<path class="{kind}" d="M{x} {start}C{out} {start} {out} {end} {x} {end}"/>'


def _at(n: int) -> int:
    return _TOP + _LINE * n


def _columns(name: str) -> int:
    return sum(2 if east_asian_width(letter) in "WFA" else 1 for letter in name)


def _short(name: str) -> str:
    if _columns(name) <= _LETTERS:
        return name
    return next(f"{name[:n]}…" for n in range(len(name), 0, -1) if _columns(name[:n]) < _LETTERS)


def _told(system: System) -> str:
    places = "、".join(place.name_of_place for place in system.places)
    connected = "".join(f"<li>{each}</li>" for each in map(_connection, system.connections))
    of = f"（{escape(places)}）" if places else "（接続先に名前が出るだけ）"
    return f"<li><strong>{escape(system.name)}</strong>{of}<ul>{connected}</ul></li>"


def _connection(of: Connection) -> str:
    arrow = _ARROWS.get((bool(of.stated), bool(of.returned)), "→")
    to = "、".join(of.to) or "、".join(of.said)
    return escape(f"{arrow} {to}: {SIDES[of.sides]}")


def _not_told(found: Register) -> Iterator[str]:
    """What the map leaves out, a sentence each: forms whose items are not known, systems not known."""
    for each in found.not_read:
        yield not_read(each)
    for place in found.unknown:
        yield f"{place.name_of_place}: ［不明］{place.reason}"
