"""The file of the page of an assessment: a safe name, made of its REF, that no other assessment has."""

from __future__ import annotations

import unicodedata
from typing import Final
from urllib.parse import quote

from ledger.identity import Identity

INDEX: Final = "index.html"
_LONGEST: Final = 40  # characters; 120 bytes of a file name, which may have 255
_ID: Final = 8  # hexadecimal digits


def file_name(identity: Identity) -> str:
    """霞野市長/7 is 霞野市長_7.html.

    Where letters had to be left out, or two systems of files could think names the same, the beginning of the
    id of the assessment tells them apart.
    """
    told = identity.ref.replace("/", "_")
    plain = unicodedata.normalize("NFKC", identity.ref).casefold()
    safe = "".join(letter if letter.isalnum() else "_" for letter in plain)[:_LONGEST]
    return f"{safe}.html" if safe == told else f"{safe}-{identity.assessment_id.hex[:_ID]}.html"


def link(identity: Identity) -> str:
    """The same as a reference from another page of the folder."""
    return quote(file_name(identity))
