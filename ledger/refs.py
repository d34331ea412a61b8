"""REF, what users write to name an assessment: ``熊谷市長/12``, any unambiguous part of it, ``12``.

One 事務 may have several forms under one number. A REF that names a form (``熊谷市長/12/様式2``, ``12/基礎``)
means that one; any other means 様式3 where there is one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from difflib import get_close_matches
from uuid import UUID

from ledger.errors import UnknownAssessment
from ledger.form import FORM_3, form_kinds
from ledger.identity import Identity, PrintedIdentity, same_business
from ledger.wording import plain

_SHOWN = 5  # candidates in an error
_FORMS = {plain(name): kind.name for kind in form_kinds() for name in (kind.name, kind.title, *kind.called)}
_WORD = re.compile(r"[^\s/／]+")
_BETWEEN = " 　\t\n/／"


def find_by_ref(ref: str, known: Sequence[Identity]) -> Identity:
    """The one of the *known* assessments that *ref* names; widths and white space do not count.

    The strictest reading of *ref* that fits any assessment decides; of one 事務 in several forms 様式3 is
    meant. Raises UnknownAssessment, with candidates, where none fits, or that reading fits several.
    """
    for fits in _readings(ref):
        found = _preferred([one for one in known if any(fits(printed) for printed in one.printed)])
        if len(found) == 1:
            return found[0]
        if found:
            raise UnknownAssessment(
                f"{len(found)} 件の評価書に当てはまります", where=f"「{ref}」", remedy=_choose(found)
            )
    raise UnknownAssessment(
        "当てはまる評価書がありません", where=f"「{ref}」", remedy=_choose(_close(ref, known))
    )


class Exact:
    """Assessments by body and number, for who names both: of thousands not each has to be looked at."""

    def __init__(self) -> None:
        self._named: dict[tuple[str, str], dict[UUID, Identity]] = {}

    def take(self, identity: Identity) -> None:
        """Take in an assessment, or what it is called besides by now."""
        for printed in identity.printed:
            self._named.setdefault(printed.folded[:2], {})[identity.assessment_id] = identity

    def find(self, ref: str) -> Identity | None:
        """What ``find_by_ref`` finds by its strictest reading, where that is one; None says nothing."""
        if _form_in(ref)[0]:
            return None
        body, _, number = plain(ref).rpartition("/")
        found = _preferred([*self._named.get(PrintedIdentity(body, number, "").folded[:2], {}).values()])
        return found[0] if body and len(found) == 1 else None


def as_printed(ref: str, form: str = FORM_3) -> PrintedIdentity:
    """Body, number and form of a full *ref*, to compare with printed ones; the body may be blank.

    The form is that of *form* where the REF names none.
    """
    named, rest = _form_in(ref)
    body, _, number = plain(rest).rpartition("/")
    return PrintedIdentity(body, number, "", named or form)


def _form_in(ref: str) -> tuple[str, str]:
    """The form that a word of *ref* names (blank for none), and the REF without that word."""
    for word in _WORD.finditer(ref):
        if form := _FORMS.get(plain(word[0])):
            before, after = ref[: word.start()], ref[word.end() :]
            return form, f"{before.rstrip(_BETWEEN)}{after}".strip(_BETWEEN)
    return "", ref


def _preferred(found: Sequence[Identity]) -> Sequence[Identity]:
    """*found* without the other forms of what is there in 様式3."""
    first = [printed for one in found if one.form == FORM_3 for printed in one.printed]
    return [
        one
        for one in found
        if one.form == FORM_3
        or not any(same_business(printed, other) for printed in one.printed for other in first)
    ]


def _readings(ref: str) -> Iterator[Callable[[PrintedIdentity], bool]]:
    """What *ref* may mean, the strictest first: a form with the rest of its words, or words alone."""
    form, rest = _form_in(ref)
    if form and not plain(rest):
        yield lambda printed: printed.form == form
    elif form:
        yield from (_of(form, fits) for fits in (*_plain_readings(ref), *_plain_readings(rest)))
    yield from _plain_readings(ref)


def _of(form: str, fits: Callable[[PrintedIdentity], bool]) -> Callable[[PrintedIdentity], bool]:
    return lambda printed: printed.form == form and fits(printed)


def _plain_readings(ref: str) -> Iterator[Callable[[PrintedIdentity], bool]]:
    """What the words of *ref* may mean in any form, the strictest first."""
    text = plain(ref)
    body, _, number = text.rpartition("/")
    named = PrintedIdentity(body, number, "")
    if not text:
        return
    if body:
        yield lambda printed: printed.folded[:2] == named.folded[:2]
        yield lambda printed: same_business(printed, named)
        yield lambda printed: printed.folded_number == number and body in printed.folded[0]
    else:
        yield lambda printed: printed.folded_number == text
    yield lambda printed: text in printed.folded[0] or text in printed.folded_title


def _close(ref: str, known: Sequence[Identity]) -> list[Identity]:
    """The assessments whose names look most like *ref*."""
    by_name = {plain(name): identity for identity in known for name in (identity.title, identity.ref)}
    names = get_close_matches(plain(ref), by_name, n=_SHOWN, cutoff=0.3)
    return list({by_name[name].assessment_id: by_name[name] for name in names}.values())


def _choose(candidates: Sequence[Identity]) -> str:
    """What to do: name one of the *candidates*, or look at all."""
    if not candidates:
        return "kaitei list で評価書の一覧を確認してください"
    names = "、".join(f"{each.ref}({each.title})" for each in candidates[:_SHOWN])
    more = f" ほか {len(candidates) - _SHOWN} 件" if len(candidates) > _SHOWN else ""
    return f"次から選んでください: {names}{more}"
