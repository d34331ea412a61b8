"""The last few things that were worked out, for whoever asks for one of them next."""

from __future__ import annotations

from collections import OrderedDict
from typing import Generic, TypeVar

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


class Recent(Generic[_Key, _Value]):
    """Remembers as *many* values as were kept last."""

    def __init__(self, many: int) -> None:
        self._many = many
        self._kept: OrderedDict[_Key, _Value] = OrderedDict()

    def get(self, key: _Key) -> _Value | None:
        """The value of *key*; None where there is none."""
        return self._kept.get(key)

    def take(self, key: _Key) -> _Value | None:
        """The value of *key*, which is forgotten until it is kept again; None where there is none."""
        return self._kept.pop(key, None)

    def keep(self, key: _Key, value: _Value) -> None:
        """Remember a value, and forget what was kept longest ago."""
        self._kept.pop(key, None)
        self._kept[key] = value
        if len(self._kept) > self._many:
            self._kept.popitem(last=False)
