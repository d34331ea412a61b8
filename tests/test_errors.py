"""Errors are carried over from one process to another as they are."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable, Iterator

import pytest

import ledger.errors
from ledger.errors import LedgerError, NotAnItemPath, NotAWarekiDate


def kinds(of: type[LedgerError] = LedgerError) -> Iterator[type[LedgerError]]:
    yield of
    for kind in of.__subclasses__():
        yield from kinds(kind)


ALL = sorted(set(kinds()), key=lambda kind: kind.__name__)


def made(kind: type[LedgerError]) -> LedgerError:
    if kind in {NotAWarekiDate, NotAnItemPath}:
        return kind("令和の日")  # these say by themselves where, and what to do
    return kind("読めません", where="文書.txt", remedy="確認してください")


def pickled(error: LedgerError) -> LedgerError:
    found = pickle.loads(pickle.dumps(error))  # noqa: S301  (pickled in the same line)
    assert isinstance(found, LedgerError)
    return found


def test_every_error_of_the_ledger_is_tried() -> None:
    written = {each.__name__ for each in vars(ledger.errors).values() if isinstance(each, type)}
    assert written == {kind.__name__ for kind in ALL if kind.__module__ == "ledger.errors"}
    assert len(ALL) > 15


@pytest.mark.parametrize("kind", ALL)
@pytest.mark.parametrize("carried", [pickled, copy.copy, copy.deepcopy])
def test_an_error_says_the_same_in_another_process(
    kind: type[LedgerError], carried: Callable[[LedgerError], LedgerError]
) -> None:
    error = made(kind)
    error.add_note("beside it")
    found = carried(error)
    assert type(found) is kind
    assert found is not error
    assert (str(found), found.args, vars(found)) == (str(error), error.args, vars(error))
    assert (found.where, found.what, found.remedy) == (error.where, error.what, error.remedy)
