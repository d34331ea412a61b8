"""What is fuzzed: each target with its promises, its way to hurt an input, and the inputs kept of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

from tests.fuzzing import mutants, promises

_CORPUS: Final = Path(__file__).parent / "corpus"


def _of_text(promise: Callable[[str], None]) -> Callable[[bytes], object]:
    return lambda data: promise(data.decode("utf-8", "replace"))


def _other_words(data: bytes, random: Random) -> bytes:
    """A text hurt, or another one of the words that people write."""
    if random.random() < 0.2:
        return mutants.any_text(random).encode()
    return random.choice(mutants.IN_TEXTS)(data, random)


@dataclass(frozen=True, slots=True)
class Target:
    """``keeps`` raises where an input breaks a promise; ``hurt`` gives one likely to go as deep."""

    name: str
    keeps: Callable[[bytes], object]
    hurt: Callable[[bytes, Random], bytes]

    @property
    def kept(self) -> list[Path]:
        """The inputs in corpus/: small documents to begin with, and whatever broke a promise once."""
        return sorted(path for path in (_CORPUS / self.name).iterdir() if path.is_file())

    @property
    def folder(self) -> Path:
        """Where its inputs are kept."""
        return _CORPUS / self.name


TARGETS: Final = {
    target.name: target
    for target in (
        Target("documents", promises.document, mutants.anything),
        Target("names", _of_text(promises.name), _other_words),
        Target("files", _of_text(promises.file), _other_words),
    )
}
