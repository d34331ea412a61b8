"""Two people at once: a command that somebody was ahead of is done again, on what the ledger has by then."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Final, ParamSpec, TypeVar

from ledger.errors import ConcurrentChange

_MOST: Final = 100  # every attempt that fails is one that somebody else got through

Given = ParamSpec("Given")
Result = TypeVar("Result")


def repeated(command: Callable[Given, Result]) -> Callable[Given, Result]:
    """A *command* that reads, decides and saves, begun anew where somebody recorded in between.

    It raises what *command* raises, ConcurrentChange only where others are ahead again and again.
    """

    @wraps(command)
    def done(*args: Given.args, **kwargs: Given.kwargs) -> Result:
        for _ in range(_MOST):
            try:
                return command(*args, **kwargs)
            except ConcurrentChange:
                continue
        return command(*args, **kwargs)

    return done
