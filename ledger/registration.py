"""What registers an assessment, and the stored names of the events that are looked for by them.

It needs nothing of what makes and folds events: to find an assessment is the beginning of every command.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final, Self

REGISTERED: Final = "kaitei.assessment-registered"
IDENTIFIED: Final = "kaitei.assessment-identified"
WITHHELD: Final = "kaitei.text-withheld"


@dataclass(frozen=True)
class _Facts:
    """Facts of an event that are all texts."""

    @classmethod
    def read(cls, payload: str) -> Self:
        """The facts in a stored *payload*. Raises ValueError where it has others."""
        told = json.loads(payload)
        if not isinstance(told, dict) or not all(isinstance(each, str) for each in told.values()):
            message = f"{cls.__name__}: not all texts"
            raise ValueError(message)
        try:
            return cls(**told)
        except TypeError as error:  # a fact is missing, or one is strange
            raise ValueError(*error.args) from error


@dataclass(frozen=True)
class Registration(_Facts):
    """What AssessmentRegistered says: the identity that the first document of an assessment prints."""

    body: str
    number: str
    title: str
    form: str  # 様式3
    form_edition: str
    municipality_code: str = ""  # 団体コード; no reader gives it yet


@dataclass(frozen=True)
class Identification(_Facts):
    """What AssessmentIdentified says: another printed identity of an assessment, and why it is one."""

    body: str
    number: str
    title: str
    why: str
