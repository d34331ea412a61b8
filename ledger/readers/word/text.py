"""One paragraph of a Word document → the words that it prints.

Content controls, fields, links and tracked formatting are looked through. A tick box, whether a control or
a field of a form, becomes ``[○]`` or ``[ ]``; a list to choose from becomes what was chosen; 囲い文字 become
the letter inside (①, ☑), ruby its base without the reading above it; the numbers of pages are left out, and
so is hidden text, which is not printed. An embedded object, diagram or formula whose letters are out
of reach becomes 〓.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from docx.oxml.ns import nsmap, qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element

from ledger.folding import CIRCLED
from ledger.readers.word import symbols
from ledger.readers.word.numbering import Numbering, Styles, integer, is_on, value

_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_VML: Final = "{urn:schemas-microsoft-com:vml}"
_OLE: Final = "{urn:schemas-microsoft-com:office:office}OLEObject"
_VAL: Final = qn("w:val")
TICKED, BLANK = "[○]", "[ ]"
_BRACKETED = re.compile(r"[\[［][\s　]*(\[[○ ]\])[\s　]*[\]］]")
_LINE_END = re.compile(r"[\r\n]+")
_DEEPEST = 50  # fields in fields
_PAGES = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES"})
_COMPUTED = frozenset({"EQ", "FORMCHECKBOX", "FORMDROPDOWN"})
_ENCLOSED = re.compile(r"\\o\s*\\ac\s*\(\s*([○〇◯□◇△])\s*[,、]\s*(.*?)\s*\)\s*$", re.IGNORECASE)
_RUBY = re.compile(
    r"\\o\s*(?:\\a[a-z]\s*)?\(\s*\\s\s*\\up\s*\d+\s*\(.*?\)\s*[,、]\s*(.*?)\s*\)\s*$", re.IGNORECASE
)
_CIRCLES = frozenset("○〇◯")
_TICKS = frozenset("レ✓✔○〇")
_ON = frozenset({"1", "true", "on"})


class W:
    """The elements of a document that a reader has to tell apart."""

    BREAK = qn("w:br")
    CARRIAGE_RETURN = qn("w:cr")
    CHECKBOX = qn("w14:checkbox")
    CONTROL = qn("w:control")
    DIAGRAM = qn("dgm:relIds")
    DRAWING = qn("w:drawing")
    ENDNOTE = qn("w:endnoteReference")
    FIELD = qn("w:fldSimple")
    FIELD_CHAR = qn("w:fldChar")
    FOOTNOTE = qn("w:footnoteReference")
    HYPHEN = qn("w:noBreakHyphen")
    INSTRUCTION = qn("w:instrText")
    MATHS = qn("m:t")
    OBJECT = qn("w:object")
    P = qn("w:p")
    PICTURE = qn("w:pict")
    R = qn("w:r")
    SDT = qn("w:sdt")
    SYMBOL = qn("w:sym")
    T = qn("w:t")
    TAB = qn("w:tab")
    TBL = qn("w:tbl")
    TC = qn("w:tc")
    TEXT_BOX = qn("w:txbxContent")
    TO_TAB = qn("w:ptab")
    TR = qn("w:tr")


# What stands for letters: its own words, or always the same.
_LETTERS = {
    W.T: "", W.MATHS: "", W.SYMBOL: "", W.TAB: "\t", W.TO_TAB: "\t", W.BREAK: "\n", W.CARRIAGE_RETURN: "\n",
    W.HYPHEN: "-",
}  # fmt: skip
# What says how something looks, and words that are no part of the text: the reading above a ruby's base.
_ASIDE = frozenset(
    map(
        qn,
        (
            *("w:pPr", "w:rPr", "w:sdtPr", "w:sdtEndPr", "w:tblPr", "w:tblPrEx", "w:tblGrid", "w:trPr"),
            *("w:tcPr", "w:rubyPr", "w:rt"),
        ),
    )
)
_CHOICE, _FALLBACK, _ALTERNATIVES = f"{_MC}Choice", f"{_MC}Fallback", f"{_MC}AlternateContent"
_WORD_ART = f"{_VML}textpath"


class Aside(NamedTuple):
    """What a paragraph carries beside its words: a text box or a note (with its content), or 飾り文字."""

    kind: str
    content: Element | str


class Words(NamedTuple):
    """The words of a paragraph: tabs and line breaks as such; and what floats beside them."""

    text: str
    asides: tuple[Aside, ...]


class _Run(NamedTuple):
    hidden: bool = False
    font: str = ""


@dataclass(slots=True)
class _Field:
    data: Element | None = None
    instruction: str = ""
    showing: bool = False
    said: bool = False

    @property
    def kind(self) -> str:
        return (self.instruction.split() or [""])[0].upper()


def branch(alternatives: Element) -> Element | None:
    """Of the same content given for several programs, the one to read: the newest that holds anything."""
    choices = [*alternatives.findall(_CHOICE), *alternatives.findall(_FALLBACK)]
    full = (choice for choice in choices if next(choice.iter(W.T, W.TEXT_BOX, W.SYMBOL), None) is not None)
    return next(full, choices[0] if choices else None)


def inside(parent: Element, *wanted: str) -> Iterator[Element]:
    """The nearest elements of the *wanted* kinds below *parent*, whatever wraps them."""
    for child in parent.iterchildren():
        if child.tag in wanted:
            yield child
        elif child.tag == _ALTERNATIVES:
            if (chosen := branch(child)) is not None:
                yield from inside(chosen, *wanted)
        elif child.tag not in _ASIDE:
            yield from inside(child, *wanted)


class Texts:
    """Reads the paragraphs of one document, each once and in their order: numbers count, fields go on."""

    def __init__(
        self, roots: Iterable[Element], styles: Styles, numbering: Numbering, notes: Mapping[str, Element]
    ) -> None:
        self._styles = styles
        self._numbering = numbering
        self._notes = notes
        self._boxes = {glyph: mark for root in roots for glyph, mark in _tick_boxes(root)}
        self._fields: list[_Field] = []
        self._said: list[str] = []
        self._asides: list[Aside] = []
        self._hidden = False
        self._special: dict[str, Callable[[Element, _Run], None]] = {
            W.FIELD_CHAR: self._field,
            W.INSTRUCTION: self._instruct,
            W.FIELD: self._simple_field,
            W.FOOTNOTE: self._note,
            W.ENDNOTE: self._note,
            W.DRAWING: self._drawing,
            W.PICTURE: self._drawing,
            W.OBJECT: self._drawing,
            _ALTERNATIVES: self._alternatives,
        }

    def paragraph(self, paragraph: Element) -> Words:
        """The words of *paragraph*, its automatic number before them."""
        self._said, self._asides = [self._numbering.before(paragraph)], []
        self._hidden = self._is_hidden(value(paragraph.find(qn("w:pPr")), qn("w:pStyle")))
        self._read(paragraph, _Run(self._hidden))
        self._fields = [field for field in self._fields if field.showing]  # an instruction ends with it
        text = _BRACKETED.sub(r"\1", "".join(self._said)).strip("\n")
        return Words(text, tuple(self._asides))

    def _read(self, parent: Element, run: _Run) -> None:
        for child in parent.iterchildren():
            if child.tag == W.R:
                self._read(child, self._run(child))
            elif child.tag in _LETTERS:
                self._say(self._letters(child, run), run)
            elif (special := self._special.get(child.tag)) is not None:
                special(child, run)
            elif child.tag not in _ASIDE:
                self._read(child, run)

    def _letters(self, element: Element, run: _Run) -> str:
        text = _LINE_END.sub(" ", element.text or "")  # a line of the file, not of the text
        if element in self._boxes:
            return self._boxes[element] + text[1:]
        if element.tag == W.SYMBOL:
            return symbols.symbol(str(element.get(qn("w:font"), "")), str(element.get(qn("w:char"), "")))
        return _LETTERS[element.tag] or _in_font(text, run.font)

    def _alternatives(self, alternatives: Element, run: _Run) -> None:
        if (chosen := branch(alternatives)) is not None:
            self._read(chosen, run)

    def _run(self, run: Element) -> _Run:
        properties = run.find(qn("w:rPr"))
        if properties is None:
            return _Run(self._hidden)
        hidden = is_on(properties, qn("w:vanish"))
        if hidden is None:
            hidden = self._hidden or self._is_hidden(value(properties, qn("w:rStyle")))
        fonts = properties.find(qn("w:rFonts"))
        return _Run(hidden, "" if fonts is None else str(fonts.get(qn("w:ascii"), "")))

    def _is_hidden(self, style: str | None) -> bool:
        said = (is_on(one.find(qn("w:rPr")), qn("w:vanish")) for one in self._styles.chain(style))
        return next((hidden for hidden in said if hidden is not None), False)

    def _say(self, words: str, run: _Run) -> None:
        if run.hidden or not all(field.showing for field in self._fields) or self._on_page_number():
            return
        self._said.append(words)
        if self._fields and words.strip():
            self._fields[-1].said = True

    def _on_page_number(self) -> bool:
        """Whether what comes is the number of a page: of this one, or in a table of contents."""
        kinds = {field.kind for field in self._fields}
        return bool(kinds & _PAGES) or {"TOC", "PAGEREF"} <= kinds

    # --- fields ---------------------------------------------------------------------------------

    def _field(self, char: Element, run: _Run) -> None:
        kind = char.get(qn("w:fldCharType"))
        if kind == "begin":
            self._fields = [*self._fields[-_DEEPEST:], _Field(char.find(qn("w:ffData")))]
        elif kind == "separate" and self._fields:
            self._fields[-1].showing = True
        elif kind == "end" and self._fields:
            self._close(run)

    def _instruct(self, instruction: Element, _run: _Run) -> None:
        if self._fields:
            self._fields[-1].instruction += instruction.text or ""

    def _simple_field(self, field: Element, run: _Run) -> None:
        self._fields.append(_Field(None, str(field.get(qn("w:instr"), "")), showing=True))
        self._read(field, run)
        self._close(run)

    def _close(self, run: _Run) -> None:
        field = self._fields.pop()
        if field.kind in _COMPUTED and not field.said:
            self._say(_computed(field), run)

    # --- what floats ------------------------------------------------------------------------------

    def _note(self, reference: Element, run: _Run) -> None:
        kind = "脚注" if reference.tag == W.FOOTNOTE else "文末脚注"
        note = self._notes.get(f"{kind}{reference.get(qn('w:id'))}")
        if note is not None and not run.hidden:
            self._asides.append(Aside(kind, note))

    def _drawing(self, drawing: Element, run: _Run) -> None:
        if run.hidden:
            return
        if next(drawing.iter(W.CONTROL, W.DIAGRAM, _OLE), None) is not None:
            self._say(symbols.UNKNOWN, run)
        self._asides.extend(Aside("テキストボックス", box) for box in inside(drawing, W.TEXT_BOX))
        arts = (str(art.get("string", "")) for art in inside(drawing, _WORD_ART))
        self._asides.extend(Aside("飾り文字", art) for art in arts if art.strip())


def _in_font(text: str, font: str) -> str:
    if symbols.is_font(font):
        return "".join(symbols.character(font, char) for char in text)
    return text


def _tick_boxes(root: Element) -> Iterator[tuple[Element, str]]:
    """The symbol inside every content control that is a tick box, and the mark to read instead."""
    for box in root.iter(W.CHECKBOX):
        control = next(box.iterancestors(W.SDT), None)
        content = control.find(qn("w:sdtContent")) if control is not None else None
        glyph = next(content.iter(W.T, W.SYMBOL), None) if content is not None else None
        state = box.find(qn("w14:checked"))
        ticked = state is not None and state.get(_W14_VAL, "1") in _ON
        if glyph is not None:
            yield glyph, TICKED if ticked else BLANK


_W14_VAL: Final = f"{{{nsmap['w14']}}}val"


def _computed(field: _Field) -> str:
    """What a field prints that keeps no result of its own."""
    match field.kind:
        case "FORMCHECKBOX":
            box = field.data.find(qn("w:checkBox")) if field.data is not None else None
            ticked = is_on(box, qn("w:checked"))
            ticked = is_on(box, qn("w:default")) if ticked is None else ticked
            return TICKED if ticked else BLANK
        case "FORMDROPDOWN":
            choices = field.data.find(qn("w:ddList")) if field.data is not None else None
            at = integer(value(choices, qn("w:result")), integer(value(choices, qn("w:default"))))
            listed = choices.findall(qn("w:listEntry")) if choices is not None else ()
            entries = [str(entry.get(_VAL, "")) for entry in listed]
            return entries[at] if at < len(entries) else symbols.UNKNOWN
        case _:
            return _formula(field.instruction)


def _formula(instruction: str) -> str:
    """囲い文字 and old ruby, which Word writes as formulas."""
    if ruby := _RUBY.search(instruction):
        return ruby[1]
    if (enclosed := _ENCLOSED.search(instruction)) is None:
        return symbols.UNKNOWN
    frame, letter = enclosed[1], enclosed[2]
    if frame == "□" and letter in _TICKS:
        return "☑"
    if frame == "□" and not letter.strip():
        return "□"
    number = integer(unicodedata.normalize("NFKC", letter))
    return CIRCLED[number - 1] if frame in _CIRCLES and 0 < number <= len(CIRCLED) else letter
