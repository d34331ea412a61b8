"""PDF, hurt: its objects, the operators that draw its pages, and how they hang together.

Streams are unpacked before and written as they are after; lengths and the table of objects are right again.
"""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Callable
from random import Random
from typing import Final

Objects = dict[int, bytes]
Step = Callable[[bytes, Random], bytes]
Words = Callable[[Random], str]

_OBJECT: Final = re.compile(rb"(?m)^(\d+) 0 obj\s(.*?)\sendobj", re.DOTALL)
_STREAM: Final = re.compile(rb"(<<.*?>>)\s*stream\r?\n(.*?)\r?\n?endstream", re.DOTALL)
_ROOT: Final = re.compile(rb"/Root\s+(\d+)\s+0\s+R")
_KIDS: Final = re.compile(rb"/Kids\s*\[([^\]]*)\]")
_COUNT: Final = re.compile(rb"/Count\s+-?\d+")
_REFERENCE: Final = re.compile(rb"\d+\s+0\s+R")
_TOKEN: Final = re.compile(
    rb"\s+|\((?:\\.|[^\\()])*\)|<[0-9A-Fa-f\s]*>|<<|>>|[\[\]]|/[^\s/<>\[\]()]*|[^\s/<>\[\]()]+"
)
_SAID: Final = (
    b"0", b"-1", b"1", b"99999999999", b"0.0001", b"-1e9", b"null", b"true", b"[", b"]", b"<<", b">>",
    b"()", b"<>", b"<FFFF>", b"<D800>", b"<0000>", b"/X", b"/Type", b"/Font", b"1 0 R", b"999 0 R", b"q",
    b"Q", b"BT", b"ET", b"Tj", b"TJ", b"Tm", b"Td", b"T*", b"Tf", b"Tr", b"Tz", b"Ts", b"cm", b"re", b"m",
    b"l", b"h", b"f", b"S", b"n", b"W", b"Do", b"BI", b"ID", b"EI", b"gs", b"BMC", b"EMC", b"1 0 0 1 0 0",
    b"0 0 0 0 0 0 cm", b"0 -1 1 0 0 0 cm", b"/Rotate 90", b"/MediaBox[0 0 0 0]", b"/UserUnit 3",
    b"/Filter/FlateDecode", b"/Filter[/A85/Fl]", b"/Length 5",
)  # fmt: skip


def objects_of(data: bytes) -> Objects:
    """The objects of a PDF by number, their streams unpacked."""
    return {int(found[1]): _plain(found[2]) for found in _OBJECT.finditer(data)}


def _plain(content: bytes) -> bytes:
    """An object with its stream as it is, where it is packed as usual."""
    found = _STREAM.fullmatch(content.strip())
    if found is None or b"/FlateDecode" not in found[1]:
        return content
    packed = found[2]
    try:
        if b"/ASCII85Decode" in found[1]:
            packed = base64.a85decode(packed.strip().removesuffix(b"~>"))
        said = zlib.decompress(packed)
    except (ValueError, zlib.error):
        return content
    return b"<<>>\nstream\n" + said + b"\nendstream"


def written(objects: Objects, root: int) -> bytes:
    """A PDF of these objects. A stream that says nothing of itself is given its length."""
    out, places = b"%PDF-1.4\n", {}
    for number, content in objects.items():
        places[number] = len(out)
        plain = re.fullmatch(rb"<<>>\nstream\n(.*)\nendstream", content, re.DOTALL)
        told = b"<</Length %d>>\nstream\n%s\nendstream" % (len(plain[1]), plain[1]) if plain else content
        out += b"%d 0 obj\n%s\nendobj\n" % (number, told)
    begin, most = len(out), max(objects, default=0)
    entries = (
        b"%010d 00000 n \n" % places[n] if n in places else b"0000000000 65535 f \n" for n in range(most + 1)
    )
    out += b"xref\n0 %d\n%s" % (most + 1, b"".join(entries))
    return out + b"trailer\n<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (most + 1, root, begin)


def _of_objects(change: Callable[[Objects, Random], None]) -> Step:
    def step(data: bytes, random: Random) -> bytes:
        objects, root = objects_of(data), _ROOT.search(data)
        if not objects or root is None:
            return data
        change(objects, random)
        return written(objects, int(root[1]))

    step.__name__ = change.__name__
    return step


def _one(objects: Objects, random: Random) -> int:
    """An object: one that draws as often as one that says how."""
    drawing = [number for number, content in objects.items() if b"stream" in content]
    return random.choice(drawing if drawing and random.random() < 0.5 else [*objects])


def few_pages(objects: Objects, random: Random) -> None:
    """The first page and one or two others."""
    for number, content in objects.items():
        if kids := _KIDS.search(content):
            pages = _REFERENCE.findall(kids[1])
            kept = pages[:1] + random.sample(pages[1:], min(len(pages) - 1, random.randint(1, 2)))
            told = _KIDS.sub(b"/Kids[%s]" % b" ".join(kept), content)
            objects[number] = _COUNT.sub(b"/Count %d" % len(kept), told)


def with_few_pages(data: bytes, random: Random) -> bytes:
    """*data* with its first page and one or two others, for a page takes long to read."""
    return _of_objects(few_pages)(data, random)


def exchanged(objects: Objects, random: Random) -> None:
    """Two objects in each other's place."""
    one, other = _one(objects, random), _one(objects, random)
    objects[one], objects[other] = objects[other], objects[one]


def lost(objects: Objects, random: Random) -> None:
    """An object is not there."""
    if len(objects) > 1:
        del objects[_one(objects, random)]


def _of_tokens(change: Callable[[list[bytes], Random], None]) -> Step:
    """*change*, which hurts the tokens of an object in place, as a step."""

    def hurt(objects: Objects, random: Random) -> None:
        number = _one(objects, random)
        head, begin, body = (
            objects[number].rpartition(b"stream\n")
            if random.random() < 0.1
            else (objects[number].partition(b"<<>>\nstream\n"))
        )
        if not begin:
            head, begin, body = b"", b"", objects[number]
        end = b"\nendstream" if body.endswith(b"\nendstream") else b""
        tokens = _TOKEN.findall(body.removesuffix(end)) or [b" "]
        for _ in range(random.choice((1, 1, 3, 20))):
            change(tokens, random)
        objects[number] = head + begin + b"".join(tokens) + end

    hurt.__name__ = change.__name__
    return _of_objects(hurt)


def _at(tokens: list[bytes], random: Random) -> int:
    return random.randrange(len(tokens))


def dropped(tokens: list[bytes], random: Random) -> None:
    """Some tokens are not there."""
    at = _at(tokens, random)
    tokens[at : at + random.choice((1, 2, 10))] = [b" "]


def doubled(tokens: list[bytes], random: Random) -> None:
    """Some tokens come again, here or elsewhere."""
    at, to = _at(tokens, random), _at(tokens, random)
    tokens[to:to] = tokens[at : at + random.choice((1, 2, 10, 40))]


def swapped(tokens: list[bytes], random: Random) -> None:
    """Two tokens in each other's place."""
    one, other = _at(tokens, random), _at(tokens, random)
    tokens[one], tokens[other] = tokens[other], tokens[one]


def inserted(tokens: list[bytes], random: Random) -> None:
    """Tokens that were not there."""
    tokens.insert(_at(tokens, random), b" " + random.choice(_SAID) + b" ")


def numbered(tokens: list[bytes], random: Random) -> None:
    """A number that is another."""
    numbers = [at for at, token in enumerate(tokens) if re.fullmatch(rb"-?[\d.]+", token)]
    if numbers:
        by = random.choice((b"0", b"-5", b"1", b"400", b"2147483648", b"0.00001", b"1" + b"0" * 40))
        tokens[random.choice(numbers)] = by


def steps(words: Words) -> tuple[Step, ...]:
    """All of them; *words* are what a page may print instead."""

    def printed(tokens: list[bytes], random: Random) -> None:
        """Words that are others, or that are broken."""
        strings = [at for at, token in enumerate(tokens) if token[:1] in b"(<" and token not in {b"<<", b""}]
        if strings:
            at = random.choice(strings)
            code = words(random).encode("utf-16-be").hex().encode()
            tokens[at] = random.choice(
                (b"<" + code + b">", tokens[random.choice(strings)], tokens[at][:-3] + b")")
            )

    objects = (few_pages, exchanged, lost)
    tokens = (dropped, doubled, swapped, inserted, inserted, numbered, numbered, printed)
    return (*map(_of_objects, objects), *map(_of_tokens, tokens))
