"""Documents, hurt: each step is a function of a document and a source of chance, and gives another document.

A step knows how documents of its kind are built, so that what it gives passes the first checks of a reader
and reaches what lies behind them: lines and cells of a text, elements of a part of a package, objects and
operators of a PDF. ``STEPS`` has them by kind; ``anything`` takes any of them, or hurts the bare bytes.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from random import Random
from typing import Final

from tests.fuzzing import packages, portable
from tests.fuzzing.words import KINDS, MARKUP, labels

Step = Callable[[bytes, Random], bytes]
Change = Callable[[list[str], Random], None]

_LONGEST = 200_000


def word(random: Random) -> str:
    """Any word of any kind."""
    return random.choice(random.choice((*KINDS, labels())))


def any_text(random: Random, most: int = 8) -> str:
    """Words of all kinds in any order."""
    return "".join(word(random) for _ in range(random.randint(1, most)))


# --- texts ------------------------------------------------------------------------------------------------


def _of_lines(change: Change) -> Step:
    """*change*, which hurts the lines of a text in place, as a step."""

    def step(data: bytes, random: Random) -> bytes:
        lines = data.decode("utf-8", "replace").split("\n")
        change(lines, random)
        return "\n".join(lines).encode()

    step.__name__ = change.__name__
    return step


def _some(lines: list[str], random: Random) -> slice:
    start = random.randrange(len(lines))
    return slice(start, start + random.choice((1, 1, 2, 5, 30)))


def swapped(lines: list[str], random: Random) -> None:
    """Two lines in each other's place."""
    one, other = random.randrange(len(lines)), random.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]


def dropped(lines: list[str], random: Random) -> None:
    """Some lines gone."""
    del lines[_some(lines, random)]
    lines.append("")


def doubled(lines: list[str], random: Random) -> None:
    """Some lines again, somewhere else."""
    again = lines[_some(lines, random)]
    at = random.randrange(len(lines))
    lines[at:at] = again


def moved(lines: list[str], random: Random) -> None:
    """Some lines somewhere else."""
    some = _some(lines, random)
    taken = lines[some]
    del lines[some]
    at = random.randint(0, len(lines))
    lines[at:at] = taken


def ended(lines: list[str], random: Random) -> None:
    """The end cut off."""
    del lines[random.randint(1, len(lines)) :]


def cut(lines: list[str], random: Random) -> None:
    """A line in two, or in two cells."""
    at = random.randrange(len(lines))
    place = random.randint(0, len(lines[at]))
    lines[at] = lines[at][:place] + random.choice("\n\t|") + lines[at][place:]


def joined(lines: list[str], random: Random) -> None:
    """Two lines in one."""
    at = random.randrange(len(lines))
    lines[at : at + 2] = [random.choice(("", " ", "\t", "|")).join(lines[at : at + 2])]


def parted(lines: list[str], random: Random) -> None:
    """The cells of some lines parted by something else."""
    was, now = random.choice(("\t", "|", " ", "\u3000")), random.choice(("\t", "|", "\n", "", " ", "\t\t"))
    some = _some(lines, random)
    lines[some] = [line.replace(was, now) for line in lines[some]]


def piped(lines: list[str], random: Random) -> None:
    """Some lines, or all, as the rows of a Markdown table, with or without the rule under its head."""
    some = random.choice((_some(lines, random), slice(0, len(lines))))
    rows = ["| " + line.replace("\t", " | ") + " |" if line.strip() else line for line in lines[some]]
    lines[some] = [*rows[:1], "| --- | --- |", *rows[1:]] if random.random() < 0.7 else rows


def inserted(lines: list[str], random: Random) -> None:
    """Words where none were."""
    at = random.randrange(len(lines))
    place = random.randint(0, len(lines[at]))
    lines[at] = lines[at][:place] + any_text(random, 3) + lines[at][place:]


def marked_up(lines: list[str], random: Random) -> None:
    """Markup in some lines, whole or in pieces."""
    for _ in range(random.randint(1, 10)):
        at = random.randrange(len(lines))
        place = random.randint(0, len(lines[at]))
        lines[at] = lines[at][:place] + random.choice(MARKUP) + lines[at][place:]


def stripped(lines: list[str], random: Random) -> None:
    """A letter gone wherever it stands in some lines: a bracket, a number, a stop."""
    some = _some(lines, random)
    letters = "".join(lines[some]).strip() or " "
    gone = random.choice(letters)
    lines[some] = [line.replace(gone, "") for line in lines[some]]


def widened(lines: list[str], random: Random) -> None:
    """Letters of some lines in another width or form."""
    some = _some(lines, random)
    form: Final = random.choice(("NFKC", "NFKD", "NFD", "wide", "upper"))
    for at in range(*some.indices(len(lines))):
        match form:
            case "wide":
                lines[at] = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in lines[at])
            case "upper":
                lines[at] = lines[at].upper()
            case _:
                lines[at] = unicodedata.normalize(form, lines[at])


def repeated(lines: list[str], random: Random) -> None:
    """A word over and over."""
    at = random.randrange(len(lines))
    place = random.randint(0, len(lines[at]))
    again = any_text(random, 2)
    times = min(random.choice((2, 10, 100, 1000, 5000)), _LONGEST // max(1, len(again)))
    lines[at] = lines[at][:place] + again * times + lines[at][place:]


def replaced(lines: list[str], random: Random) -> None:
    """A line, or a cell of it, that says something else."""
    at = random.randrange(len(lines))
    cells = lines[at].split("\t")
    cells[random.randrange(len(cells))] = any_text(random)
    lines[at] = random.choice(("\t".join(cells), any_text(random)))


_CHANGES: Final = (
    swapped, dropped, doubled, moved, ended, cut, joined, parted, piped, inserted, marked_up, stripped,
    widened, repeated, replaced,
)  # fmt: skip
IN_TEXTS: Final[tuple[Step, ...]] = tuple(map(_of_lines, _CHANGES))


def reworded(text: str, random: Random) -> str:
    """A piece of text hurt in one way: what stands in an element, a cell, a string."""
    return random.choice(IN_TEXTS)(text.encode("utf-8", "replace"), random).decode()


# --- bytes ------------------------------------------------------------------------------------------------


def flipped(data: bytes, random: Random) -> bytes:
    """Some bits the other way."""
    found = bytearray(data or b"\0")
    for _ in range(random.choice((1, 1, 2, 10, 100))):
        found[random.randrange(len(found))] ^= 1 << random.randrange(8)
    return bytes(found)


def truncated(data: bytes, random: Random) -> bytes:
    """The end, or the beginning, cut off."""
    at = random.randint(0, len(data))
    return data[:at] if random.random() < 0.8 else data[at:]


def shuffled(data: bytes, random: Random) -> bytes:
    """A stretch of bytes gone, doubled, or blank."""
    start = random.randint(0, len(data))
    end = start + random.choice((1, 2, 4, 16, 256))
    return data[:start] + random.choice((b"", data[start:end] * 2, bytes(end - start))) + data[end:]


IN_BYTES: Final[tuple[Step, ...]] = (flipped, truncated, shuffled)


def recoded(data: bytes, random: Random) -> bytes:
    """A text in another encoding."""
    encoding = random.choice(("cp932", "euc_jis_2004", "utf-16", "utf-16-le", "iso2022_jp_2004", "utf-8-sig"))
    return data.decode("utf-8", "replace").encode(encoding, "ignore")


IN_PACKAGES: Final[tuple[Step, ...]] = packages.steps(reworded)
IN_PDFS: Final[tuple[Step, ...]] = portable.steps(any_text)


def steps_for(data: bytes) -> tuple[Step, ...]:
    """The steps that know how *data* is built."""
    if data.startswith(b"PK"):
        return IN_PACKAGES
    return IN_PDFS if data.startswith(b"%PDF") else IN_TEXTS


def anything(data: bytes, random: Random) -> bytes:
    """One step that fits *data*; sometimes one that does not look at what it is."""
    if random.random() < 0.05:
        return random.choice((*IN_BYTES, recoded))(data, random)
    return random.choice(steps_for(data))(data, random)
