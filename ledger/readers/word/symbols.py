"""Characters that Word prints in a font of symbols → the characters that they look like.

Wingdings and its like print a tick for the letter ü. Only what forms use is known here; another symbol
becomes 〓, the mark for a letter that was not at hand.
"""

from __future__ import annotations

UNKNOWN = "〓"
_PRIVATE = 0xF000  # where Word puts the characters of a font of symbols
_LETTERS = range(0x21, 0x100)
_SYMBOLS: dict[str, dict[int, str]] = {
    "wingdings": {
        0x6C: "●", 0x6D: "○", 0x6E: "■", 0x6F: "□", 0x71: "□", 0x72: "□", 0x73: "◆", 0x74: "◆", 0x75: "◆",
        0x76: "◆", 0x77: "◆", 0x80: "⓪", **{0x81 + n: chr(0x2460 + n) for n in range(10)},
        0x8B: "⓿", **{0x8C + n: chr(0x2776 + n) for n in range(10)}, 0x9E: "・", 0x9F: "•",
        0xA1: "○", 0xA2: "○", 0xA3: "○", 0xA4: "◉", 0xA7: "▪", 0xA8: "□", 0xAB: "★", 0xD8: "➢",
        0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "→", 0xEF: "⇦", 0xF0: "⇨", 0xF1: "⇧", 0xF2: "⇩",
        0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
    },
    "wingdings 2": {
        0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x97: "●", 0xA3: "□", 0xA2: "■",
    },
    "symbol": {0xB7: "・", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xA8: "◆"},
    "webdings": {0x61: "✓", 0x63: "□", 0x67: "■", 0x72: "✗", 0x6E: "●"},
}  # fmt: skip


def is_font(name: str) -> bool:
    """Whether *name* is a font of symbols that is known here."""
    return name.lower() in _SYMBOLS


def character(font: str, char: str) -> str:
    """What *char* looks like in *font*; any character of a font of letters is what it is."""
    known = _SYMBOLS.get(font.lower())
    code = ord(char)
    place = code - _PRIVATE if code > _PRIVATE else code
    if known is None or place not in _LETTERS:
        return char
    return known.get(place, UNKNOWN)


def symbol(font: str, code: str) -> str:
    """What a symbol inserted as *code* (hexadecimal) of *font* looks like."""
    try:
        char = chr(int(code, 16))
    except (ValueError, OverflowError):
        return UNKNOWN
    if is_font(font):
        return character(font, char)
    return char if char.isprintable() else UNKNOWN
