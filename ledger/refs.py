"""REF, what users write to name an assessment: ``熊谷市長/12``, any unambiguous part of it, ``12``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from difflib import get_close_matches

from ledger.assessment import Identity, PrintedIdentity, same_assessment
from ledger.errors import UnknownAssessment
from ledger.wording import plain

_SHOWN = 5  # candidates in an error


def find_by_ref(ref: str, known: Sequence[Identity]) -> Identity:
    """The one of the *known* assessments that *ref* names; widths and white space do not count.

    The strictest reading of *ref* that fits any assessment decides. Raises UnknownAssessment, with
    candidates, where none fits, or that reading fits several.
    """
    for fits in _readings(ref):
        found = [identity for identity in known if any(fits(printed) for printed in identity.printed)]
        if len(found) == 1:
            return found[0]
        if found:
            raise UnknownAssessment(
                f"{len(found)} 件の評価書に当てはまります", where=f"「{ref}」", remedy=_choose(found)
            )
    raise UnknownAssessment(
        "当てはまる評価書がありません", where=f"「{ref}」", remedy=_choose(_close(ref, known))
    )


def as_printed(ref: str) -> PrintedIdentity:
    """Body and number of a full *ref*, to compare with printed ones; the body may be blank."""
    body, _, number = plain(ref).rpartition("/")
    return PrintedIdentity(body, number, "")


def _readings(ref: str) -> Iterator[Callable[[PrintedIdentity], bool]]:
    """What *ref* may mean, the strictest first."""
    text, named = plain(ref), as_printed(ref)
    if not text:
        return
    if named.body:
        yield lambda printed: printed.folded[:2] == named.folded[:2]
        yield lambda printed: same_assessment(printed, named)
        yield lambda printed: printed.folded_number == named.folded_number and named.body in printed.folded[0]
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
