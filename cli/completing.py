"""What the shell offers where a command takes a name that the ledger knows: nothing where it cannot say."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import typer

from ledger.defaults import DEFAULT_URL
from ledger.errors import LedgerError

if TYPE_CHECKING:  # loaded where the shell asks
    from projections.asking import Asking

_Words = dict[str, str]
"""What may be meant, each with what it is; blank where that needs no telling."""

_Offered = list[str | tuple[str, str]]


def _offering(known: Callable[[typer.Context], _Words]) -> Callable[[typer.Context, str], _Offered]:
    """Offers of what is *known* what begins as somebody has typed. Whatever is wrong is no answer."""

    def offered(context: typer.Context, incomplete: str) -> _Offered:
        try:
            words = known(context)
        except LedgerError:
            return []
        return [(word, told) for word, told in words.items() if word.startswith(incomplete)]

    return offered


@_offering
def refs(context: typer.Context) -> _Words:
    """The assessments of the ledger with their titles."""
    with _asking(context) as kaitei:
        return {each.identity.ref: each.heading.title for each in kaitei.questions.listed()}


@_offering
def items(context: typer.Context) -> _Words:
    """The items of the assessment that the command names."""
    with _asking(context) as kaitei:
        document = kaitei.questions.document(kaitei.find(_ref(context)))
    return {str(stated.path): "" for stated in document.items}


@_offering
def revisions(context: typer.Context) -> _Words:
    """The revisions recorded here of the assessment that the command names, with how far each is."""
    with _asking(context) as kaitei:
        log = kaitei.questions.log(kaitei.find(_ref(context)))
    return {filing.revision: str(filing.stage) for each in log for filing in each.filings}


@_offering
def rules(_context: typer.Context) -> _Words:
    """The rules of the validator, with where each is from."""
    from projections.validator import BY_NAME  # noqa: PLC0415  # much to load

    return {name: rule.source for name, rule in BY_NAME.items()}


def among(*words: str) -> Callable[[typer.Context, str], _Offered]:
    """Offers one of these *words*."""
    return _offering(lambda _context: dict.fromkeys(words, ""))


def _ref(context: typer.Context) -> str:
    """The assessment that the command names: before an option without its value nothing is read yet."""
    return str(context.params.get("ref") or next(iter(context.args), ""))


def _asking(context: typer.Context) -> Asking:
    """The ledger of the command. Raises what opening it raises: none is made."""
    from projections.asking import Asking  # noqa: PLC0415  # loaded where the shell asks

    return Asking(context.find_root().params.get("db") or DEFAULT_URL)
