"""Small Word documents for the tests, written element by element."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from typing import TypedDict, Unpack
from xml.sax.saxutils import escape, quoteattr

from ledger.published import Header, PublishedEdition
from ledger.readers import read, word

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
NAME = "霞野.docx"
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    f'xmlns:r="{_OFFICE}" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


class Parts(TypedDict, total=False):
    """What a document may have beside its body.

    ``margins`` are its headers and footers, each with its content (``("header", …)``); the first of them is
    referred to as rId10, the second as rId11.
    """

    numbering: str
    styles: str
    footnotes: str
    endnotes: str
    settings: str
    margins: Sequence[tuple[str, str]]
    main: str


def told(body: str, **parts: Unpack[Parts]) -> list[tuple[str, ...]]:
    """The cells of every row that the reader finds in a document."""
    return [row.cells for row in word.rows(packed(body, **parts), NAME)]


def packed(body: str, **parts: Unpack[Parts]) -> bytes:
    """A document of this *body*."""
    known = {
        "numbering": parts.get("numbering"),
        "styles": parts.get("styles"),
        "footnotes": parts.get("footnotes"),
        "endnotes": parts.get("endnotes"),
        "settings": parts.get("settings"),
    }
    files = {f"word/{kind}.xml": (kind, kind, content) for kind, content in known.items() if content}
    relations = [
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{kind}.xml"/>'
        for n, (kind, _, _) in enumerate(files.values(), start=1)
    ]
    for n, (kind, content) in enumerate(parts.get("margins", ()), start=10):
        root = {"header": "hdr", "footer": "ftr"}[kind]
        files[f"word/{kind}{n}.xml"] = (kind, root, content)
        relations.append(f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{kind}{n}.xml"/>')
    main = parts.get("main", "document.main")
    members = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_TYPES}.{main}+xml"/>'
        + "".join(
            f'<Override PartName="/{path}" ContentType="{_TYPES}.{kind}+xml"/>'
            for path, (kind, _, _) in files.items()
        )
        + "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
        "</Relationships>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        + "".join(relations)
        + "</Relationships>",
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
    }
    members |= {
        path: f"<w:{root} {NAMESPACES}>{content}</w:{root}>" for path, (_, root, content) in files.items()
    }
    return zipped(members)


def zipped(members: dict[str, str]) -> bytes:
    """A ZIP file of these texts."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in members.items():
            archive.writestr(path, content)
    return written.getvalue()


def t(text: str) -> str:
    """A run of words."""
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(*content: str, properties: str = "") -> str:
    """A paragraph. Content that is no element is words, their tabs and line breaks elements."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(map(inline, content))}</w:p>"


def inline(content: str) -> str:
    """Elements as they are, words as runs."""
    if content.startswith(("<w:", "<m:")):
        return content
    text = escape(content).replace("\t", "</w:t><w:tab/><w:t xml:space='preserve'>")
    text = text.replace("\n", "</w:t><w:br/><w:t xml:space='preserve'>")
    return f"<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>" if content else ""


def tc(*content: str, span: int = 1, down: str | None = None, properties: str = "") -> str:
    """A cell of paragraphs or other blocks. *down* is ``restart`` or ``continue`` of a merge downwards."""
    blocks = [one if one.startswith(("<w:p>", "<w:tbl>", "<w:sdt>")) else p(one) for one in content]
    merge = f"<w:vMerge w:val={quoteattr(down)}/>" if down else ""
    across = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return f"<w:tc><w:tcPr>{across}{merge}{properties}</w:tcPr>{''.join(blocks) or p()}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    """A row of a table; a cell that is no element is words."""
    made = (cell if cell.startswith(("<w:tc>", "<w:sdt>")) else tc(cell) for cell in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(made)}</w:tr>"


def tbl(*rows: str | tuple[str, ...], grid: Iterable[int] = ()) -> str:
    """A table."""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in grid)
    made = (row if isinstance(row, str) else tr(*row) for row in rows)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{columns}</w:tblGrid>{''.join(made)}</w:tbl>"


def sdt(content: str, properties: str = "") -> str:
    """A content control."""
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def tick_box(state: str, glyph: str = "☐") -> str:
    """A content control that is a tick box; *state* is what its ``w14:checked`` says."""
    return sdt(inline(glyph), f'<w14:checkbox><w14:checked w14:val="{state}"/></w14:checkbox>')


def field(instruction: str, result: str | None = None, data: str = "") -> str:
    """A field of several runs, with its result where it has one."""
    shown = f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}' if result is not None else ""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r>'
        f"<w:r><w:instrText xml:space='preserve'> {escape(instruction)} </w:instrText></w:r>{shown}"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def text_box(*blocks: str) -> str:
    """A text box as Word writes it: for new programs, and once more for old ones."""
    content = f"<w:txbxContent>{''.join(blocks)}</w:txbxContent>"
    return (
        "<w:r><mc:AlternateContent>"
        '<mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx>'
        f"{content}</wps:txbx></wps:wsp></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def note(text: str, number: int = 2, kind: str = "foot") -> str:
    """A footnote, or an endnote."""
    return f'<w:{kind}note w:id="{number}">{p("<w:r><w:footnoteRef/></w:r>", text)}</w:{kind}note>'


def referred(number: int = 2, kind: str = "foot") -> str:
    """Where a note is referred to."""
    return f'<w:r><w:{kind}noteReference w:id="{number}"/></w:r>'


def margin(kind: str, pages: str = "default", at: int = 10, more: str = "") -> str:
    """The properties of a section with a header or footer."""
    return f'<w:sectPr><w:{kind}Reference w:type="{pages}" r:id="rId{at}"/>{more}</w:sectPr>'


def drop_down(*entries: str, chosen: int | None = None) -> str:
    """A list of a form to choose from, the first entry chosen unless said."""
    result = "" if chosen is None else f'<w:result w:val="{chosen}"/>'
    listed = "".join(f"<w:listEntry w:val={quoteattr(entry)}/>" for entry in entries)
    return field("FORMDROPDOWN", "", f"<w:ffData><w:ddList>{result}{listed}</w:ddList></w:ffData>")


def level(notation: str, pattern: str, at: int = 0, more: str = "") -> str:
    """A level of a list."""
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{notation}"/>'
        f"<w:lvlText w:val={quoteattr(pattern)}/>{more}</w:lvl>"
    )


def numbering(*levels: str, lists: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>') -> str:
    """One kind of list, and the lists that are numbered by it."""
    return f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{lists}'


def numbered(list_: int = 1, at: int = 0) -> str:
    """The properties of a paragraph of a list."""
    return f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{list_}"/></w:numPr>'


def run(content: str, properties: str = "") -> str:
    """A run of elements, or of words that look special."""
    return f"<w:r><w:rPr>{properties}</w:rPr>{content}</w:r>"


def symbol(font: str, code: str) -> str:
    """A symbol that was inserted."""
    return run(f'<w:sym w:font="{font}" w:char="{code}"/>')


COVER = (
    p("特定個人情報保護評価書（重点項目評価書）")
    + tbl(("評価書番号", "評価書名"), ("7", "介護保険に関する事務"))
    + tbl(("評価実施機関名",), ("霞野市長",), ("公表日",), ("令和7年11月20日",))
)
SECTION = p("Ⅰ 基本情報")
FIRST = p("1. 特定個人情報ファイルを取り扱う事務")
HEAD = SECTION + FIRST


def edition(*blocks: str, **parts: Unpack[Parts]) -> PublishedEdition:
    """What read() makes of a document with the usual cover and then *blocks*."""
    found = read(packed(COVER + "".join(blocks), **parts), NAME)
    assert found.header == Header("7", "介護保険に関する事務", "霞野市長", "令和7年11月20日")
    return found
