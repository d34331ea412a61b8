"""Everybody who is compared, by the name that the command line has for them."""

from __future__ import annotations

from importlib import import_module
from typing import Final, cast

from benchmarks.keeping.keeper import Keeper

# As text: whoever measures the memory of one needs none of what the others import.
KEEPERS: Final = {
    "kaitei": ("benchmarks.keeping.kaitei", "OfKaitei"),
    "kaitei-postgresql": ("benchmarks.keeping.on_postgres", "OfKaiteiOnPostgres"),
    "sqlite": ("benchmarks.keeping.by_hand", "ByHand"),
    "git": ("benchmarks.keeping.of_git", "OfGit"),
    "continuum": ("benchmarks.keeping.continuum", "OfContinuum"),
    "copies": ("benchmarks.keeping.copies", "Copies"),
}
STANDARD: Final = tuple(name for name in KEEPERS if name != "kaitei-postgresql")
"""Those who are compared unless somebody says who is to be."""


def keeper_named(name: str) -> type[Keeper]:
    """The keeper of that *name*, one of KEEPERS."""
    module, kind = KEEPERS[name]
    return cast("type[Keeper]", getattr(import_module(module), kind))
