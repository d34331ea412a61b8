"""Workbooks and Word documents, hurt: the elements of a part, what they say, and how the parts hang together.

What is given is a sound ZIP file of well-formed XML: anything else a reader refuses at its door.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from random import Random
from typing import Final
from xml.etree import ElementTree as ET

Parts = dict[str, bytes]
Step = Callable[[bytes, Random], bytes]
Reword = Callable[[str, Random], str]
Change = Callable[[ET.Element, Random], None]

_TELLING: Final = ("document.xml", "sheet", "sharedStrings", "numbering", "/styles.xml", "header", "notes")
_VALUES: Final = (
    "", " ", "-1", "0", "1", "2", "255", "99999999999", "1e9", "nan", "true", "²", "A0", "A1", "ZZZ9",
    "XFD1048576", "A1:B2", "B2:A1", "A1:XFD1048576", ":", "rId1", "rId999", "../..", "none", "both",
    "restart", "continue", "s", "inlineStr", "str", "d", "2024-13-45", "General",
    '[$-411]ggge"年"m"月"d"日"', "xl/workbook.xml",
)  # fmt: skip
_CELLS: Final = ("tc", "tr", "tbl", "p", "r", "c", "row", "mergeCell", "sheet", "Relationship", "Override")


def unpacked(data: bytes) -> Parts:
    """The parts of a package by their names; none where it is no ZIP file."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except Exception:  # noqa: BLE001  (damaged by an earlier step: there is nothing to hurt here)
        return {}


def packed(parts: Parts) -> bytes:
    """The same parts as a ZIP file, always the same bytes; not compressed, which would take longer."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return file.getvalue()


def _of_parts(change: Callable[[Parts, Random], None]) -> Step:
    def step(data: bytes, random: Random) -> bytes:
        parts = unpacked(data)
        if not parts:
            return data
        change(parts, random)
        return packed(parts)

    step.__name__ = change.__name__
    return step


def _of_elements(change: Change) -> Step:
    """*change*, which hurts the tree of one XML part in place, as a step."""

    def hurt(parts: Parts, random: Random) -> None:
        named = [name for name in parts if name.endswith((".xml", ".rels"))]
        telling = [name for name in named if any(each in name for each in _TELLING)]
        name = random.choice(telling if telling and random.random() < 0.8 else named or [*parts])
        try:
            root = ET.fromstring(parts[name])  # noqa: S314  (our own samples, and what was made of them)
        except ET.ParseError:
            return
        for _ in range(random.choice((1, 1, 1, 3, 20))):
            change(root, random)
        parts[name] = ET.tostring(root, encoding="utf-8", xml_declaration=True)

    hurt.__name__ = change.__name__
    return _of_parts(hurt)


def _one(root: ET.Element, random: Random) -> tuple[ET.Element, ET.Element]:
    """An element below the root, and its parent: a cell, a row or the like more often than another."""
    pairs = [(parent, child) for parent in root.iter() for child in parent]
    large = [pair for pair in pairs if pair[1].tag.rpartition("}")[2] in _CELLS]
    if not pairs:
        return root, root
    return random.choice(large if large and random.random() < 0.5 else pairs)


def gone(root: ET.Element, random: Random) -> None:
    """An element is not there."""
    parent, child = _one(root, random)
    if child is not root:
        parent.remove(child)


def again(root: ET.Element, random: Random) -> None:
    """An element comes again, beside itself or elsewhere."""
    parent, child = _one(root, random)
    if child is not root:
        parent.insert(random.randint(0, len(parent)), child)


def elsewhere(root: ET.Element, random: Random) -> None:
    """An element stands inside another one."""
    parent, child = _one(root, random)
    _, into = _one(root, random)
    if child is root or any(each is into for each in child.iter()):
        return
    parent.remove(child)
    into.insert(random.randint(0, len(into)), child)


def swapped(root: ET.Element, random: Random) -> None:
    """Two children of one parent in each other's place."""
    parent, _ = _one(root, random)
    if len(parent) > 1:
        one, other = random.randrange(len(parent)), random.randrange(len(parent))
        parent[one], parent[other] = parent[other], parent[one]


def renamed(root: ET.Element, random: Random) -> None:
    """An element of another kind."""
    _, child = _one(root, random)
    _, other = _one(root, random)
    child.tag = other.tag


def set_otherwise(root: ET.Element, random: Random) -> None:
    """An attribute with another value, or that of another element, or none."""
    having = [each for each in root.iter() if each.attrib]
    if not having:
        return
    one, other = random.choice(having), random.choice(having)
    key = random.choice([*one.attrib])
    match random.randrange(4):
        case 0:
            del one.attrib[key]
        case 1:
            one.attrib[key] = random.choice(_VALUES)
        case 2:
            one.attrib[key] = random.choice([*other.attrib.values()])
        case _:
            one.attrib.update(other.attrib)


def merged(root: ET.Element, random: Random) -> None:
    """Cells merged that were not."""
    tables = [each for each in root.iter() if each.tag.endswith("}mergeCells")]
    if tables:
        column, row = random.choice("ABCDZ"), random.randint(1, 60)
        to = f"{random.choice('ABCFZ')}{row + random.choice((-2, 0, 1, 5, 400))}"
        ET.SubElement(tables[0], tables[0].tag.removesuffix("s"), {"ref": f"{column}{row}:{to}"})
        return
    cells = [each for each in root.iter() if each.tag.endswith("}tcPr")]
    if cells:
        cell = random.choice(cells)
        space = cell.tag.removesuffix("tcPr")
        kind = random.choice(("gridSpan", "vMerge", "hMerge"))
        ET.SubElement(
            cell, f"{space}{kind}", {f"{space}val": random.choice(("restart", "continue", *_VALUES))}
        )


def lost(parts: Parts, random: Random) -> None:
    """A part is not there."""
    if len(parts) > 1:
        del parts[random.choice([*parts])]


def exchanged(parts: Parts, random: Random) -> None:
    """Two parts under each other's names, or one under both."""
    one, other = random.choice([*parts]), random.choice([*parts])
    parts[one], parts[other] = parts[other], random.choice((parts[one], parts[other]))


def spoiled(parts: Parts, random: Random) -> None:
    """A part with bytes that are not its own, in a sound package."""
    name = random.choice([*parts])
    content = bytearray(parts[name] or b" ")
    content[random.randrange(len(content))] = random.randrange(256)
    parts[name] = bytes(content)


def steps(reword: Reword) -> tuple[Step, ...]:
    """All of them; *reword* hurts what an element says."""

    def said(root: ET.Element, random: Random) -> None:
        """What an element says, hurt."""
        saying = [each for each in root.iter() if each.text and each.text.strip()]
        if saying:
            one = random.choice(saying)
            one.text = "".join(filter(_in_xml, reword(one.text or "", random)))

    elements = (gone, again, elsewhere, swapped, renamed, set_otherwise, set_otherwise, merged, said, said)
    return (*map(_of_elements, elements * 2), *map(_of_parts, (lost, exchanged, spoiled)))


def _in_xml(char: str) -> bool:
    """Whether XML can hold *char*."""
    return char in "\t\n\r" or " " <= char <= "\ud7ff" or "\ue000" <= char <= "\ufffd" or char >= "\U00010000"
