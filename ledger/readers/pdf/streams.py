"""The packed streams of a PDF → bytes: whole or not at all, and never more than a page of print can mean.

The library that interprets PDF takes what it can get of a damaged stream and says nothing of the rest,
and it unpacks whatever it is given; so what draws a page is unpacked here, before the library sees it.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from typing import Final

from pdfminer.ascii85 import ascii85decode, asciihexdecode
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psparser import PSLiteral

from ledger.errors import UnreadableSource

_MOST_BYTES: Final = 1 << 25  # 32 MiB unpacked; a dense page has one
_MOST_IN_ALL: Final = 1 << 29  # of all streams that are no pictures
_MOST_STREAMS: Final = 400_000  # each is named at both its ends
_PIECE: Final = 1 << 16  # what is not unpacked yet is copied each time
_SAID: Final = 2048  # bytes before a stream in which its dictionary stands
_ZLIB: Final = 0x78  # the first byte of nearly every stream packed by zlib


def check_streams(data: bytes, name: str) -> None:
    """Look through a file for streams that unpack to more than is sensible. Raises UnreadableSource.

    Pictures are as large as they are: nothing unpacks them.
    """
    if data.count(b"stream") > _MOST_STREAMS:
        raise too_much(name)
    at, total, view = 0, 0, memoryview(data)
    while (at := data.find(b"stream", at)) >= 0:
        begin = at + len(b"stream")
        begin += 2 if data[begin : begin + 2] == b"\r\n" else 1
        said = data[max(0, at - _SAID) : at]
        said = said[max(said.rfind(b" obj"), 0) :]
        if data[begin : begin + 1] == bytes([_ZLIB]) and b"/Image" not in said:
            total += _size(view[begin : begin + _MOST_BYTES])
            if total > _MOST_IN_ALL:
                raise too_much(name)
        at = begin


def _size(data: memoryview) -> int:
    """How many bytes the stream at the beginning of *data* unpacks to, as far as it is whole."""
    unpacking = zlib.decompressobj()
    size = 0
    try:
        for at in range(0, len(data), _PIECE):
            size += len(unpacking.decompress(data[at : at + _PIECE], _MOST_BYTES + 1))
            if unpacking.eof or size > _MOST_BYTES:
                break
    except zlib.error:
        return size  # whoever needs it will find that it is damaged
    return size if size <= _MOST_BYTES else _MOST_IN_ALL + 1


def streams_of(page: PDFPage) -> Iterator[PDFStream]:
    """The streams that draw a page, each once: its own, and the forms (XObjects) that they call.

    Raises PDFException where one of its own is missing, of which the library would say nothing.
    """
    seen: set[int] = set()
    todo: list[tuple[object, object]] = [(content, page.resources) for content in page.contents]
    while todo:
        reference, resources = todo.pop()
        stream = resolve1(reference)
        if not isinstance(stream, PDFStream):
            raise PDFException("a stream of the page is missing")
        if id(stream) in seen:
            continue
        seen.add(id(stream))
        yield stream
        called = resolve1(resources.get("XObject")) if isinstance(resources, Mapping) else None
        for each in called.values() if isinstance(called, Mapping) else ():
            form = resolve1(each)
            if isinstance(form, PDFStream) and named(form.get("Subtype")) == "Form":
                todo.append((form, resolve1(form.get("Resources")) or resources))


def unpacked(stream: PDFStream, where: str) -> bytes | None:
    """The bytes of *stream*; None where they are packed in a way that only the library knows.

    Raises zlib.error where it is damaged, UnreadableSource where it is beyond all measure.
    """
    data = stream.rawdata
    if data is None:
        return stream.data
    if stream.decipher is not None:
        data = stream.decipher(stream.objid or 0, stream.genno or 0, data, stream.attrs)
    for packing, settings in stream.get_filters():
        match named(packing):
            case "FlateDecode" | "Fl" if not settings:
                data = _inflated(data, where)
            case "ASCII85Decode" | "A85":
                data = ascii85decode(data)
            case "ASCIIHexDecode" | "AHx":
                data = asciihexdecode(data)
            case _:
                return None
    return data


def _inflated(data: bytes, where: str) -> bytes:
    unpacking = zlib.decompressobj()
    whole = unpacking.decompress(data, _MOST_BYTES)
    if unpacking.unconsumed_tail:
        raise too_much(where)
    if not unpacking.eof:
        raise zlib.error("the stream ends too early")
    return whole


def named(value: object) -> str:
    """The name that a value of a PDF is (``/Form``); blank where it is none."""
    found = resolve1(value)
    return str(found.name) if isinstance(found, PSLiteral) else ""


def too_much(where: str) -> UnreadableSource:
    """The refusal of a file that would fill the memory."""
    return UnreadableSource(
        "PDF の中身が大きすぎます",
        where=where,
        remedy="評価書の PDF かどうかを確かめ、元の Excel・Word か、印刷し直した PDF を指定してください",
    )
