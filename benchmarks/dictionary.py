"""Trains the dictionaries that the ledger packs with (``ledger.packing``), on invented assessments alone.

``python -m benchmarks.dictionary N [--models]`` writes ledger/packing/N.zdict, and never over one that is
there. It takes the contents, or with ``--models`` the texts of the read models, that the ledger would pack of
the samples and of drawn histories, published and recorded here, and prints what the dictionary gains on
histories that it was not trained on. From the same histories the same version of the library trains the same
dictionary.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Final, cast

import zstandard

from benchmarks.histories import History, history
from ledger import packing
from ledger.assessment import Assessment
from ledger.content import Content
from ledger.events import AnyEvent, Entry
from ledger.identity import PrintedIdentity
from ledger.published import PublishedEdition
from ledger.readers import read
from ledger.recorder import Source
from ledger.serialising import CanonicalTranscoder, LedgerMapper
from projections.editions import assessment
from projections.read_models.answers import Answers
from samples.making.generating import seeded

SAMPLES: Final = Path(__file__).parents[1] / "samples"
SIZE: Final = 64 * 1024  # of twice the size, recorded wording is 1 % smaller
HISTORIES: Final = range(60)
OTHERS: Final = range(1000, 1020)
_LEVEL: Final = 19
_THEN: Final = datetime(2026, 4, 1, tzinfo=UTC)
_PEOPLE: Final = ("佐藤", "鈴木", "高橋 恵", "田中 一郎", "企画課 伊藤")
_WHY: Final = (
    *("記載のとおりであることを確認した", "決裁の誤りのため"),
    *("組織改正に伴う修正", "入力の誤りのため"),
)


def texts_of_samples() -> Iterator[str]:
    """What would be packed of every sample."""
    for path in sorted(SAMPLES.glob("*/*.txt")):
        data = path.read_bytes()
        yield from _texts(_received(read(data, path.name), data, path.name), _PEOPLE[0])


def texts_of_history(drawn: History, dice: Random) -> Iterator[str]:
    """What would be packed of a drawn history."""
    yield from _texts(recorded(drawn, dice), dice.choice(_PEOPLE))


def recorded(drawn: History, dice: Random) -> Assessment:
    """A drawn history, published once and then recorded row by row to its end; nothing of it is stored."""
    name = f"{drawn.edition.header.number}_{drawn.edition.header.body}.txt"
    assessment = _received(drawn.edition, name.encode(), name)
    for number in sorted({each.revision for each in drawn.written}):
        rows = [each for each in drawn.written if each.revision == number]
        revision = f"r-{dice.randbytes(6).hex()}"
        for each in rows:
            row = each.row
            assessment.change(
                each.path,
                row.before,
                f"{row.after}。",  # the same row again would be no news
                revision=revision,
                change_date=row.date,
                timing=row.timing,
                explanation=row.explanation,
                item_text=row.item_text,
            )
        day = rows[0].row.date
        assessment.approve(revision, day)
        assessment.submit(revision, "修正", day, receipt=f"第{dice.randint(1, 400)}号")
        assessment.publish([revision], day)
        assessment.review(day, why=dice.choice(_WHY))
    return assessment


def _received(edition: PublishedEdition, data: bytes, name: str) -> Assessment:
    """The assessment of an edition, nothing of it stored yet: what is stored needs a dictionary."""
    printed = PrintedIdentity.of(edition)
    assessment = Assessment.register(printed, form_edition=edition.header.form_edition)
    assessment.receive(edition, sha256=Source(data, name).sha256, file_name=name)
    return assessment


def _texts(assessment: Assessment, by: str) -> Iterator[str]:
    mapper = LedgerMapper(CanonicalTranscoder())
    for event in assessment.collect_events():
        yield Content(by, mapper.to_stored_event(event).state.decode(), "").text


def drawn(seeds: range) -> list[str]:
    """What would be packed of one history for each seed."""
    found: list[str] = []
    for seed in seeds:
        dice = seeded(seed)
        found += texts_of_history(history(dice), dice)
    return found


def texts_of_models(seeds: range) -> list[str]:
    """What the read models would pack of one history for each seed."""
    found: set[str] = set()
    for seed in seeds:
        dice = seeded(seed)
        events = cast("Sequence[AnyEvent]", recorded(history(dice), dice).collect_events())
        by = dice.choice(_PEOPLE)
        told = Answers.of(assessment([Entry(event, n, _THEN, by) for n, event in enumerate(events, 1)])).told
        for row in (row for rows in told.values() for row in rows):
            parts = (part for cell in row for part in (cell if isinstance(cell, tuple) else (cell,)))
            found.update(part for part in parts if isinstance(part, str))
    return sorted(found)


def trained(texts: Sequence[str]) -> bytes:
    """The dictionary of *texts*."""
    samples: list[bytes | bytearray | memoryview] = [text.encode() for text in texts]
    return zstandard.train_dictionary(SIZE, samples, level=_LEVEL).as_bytes()


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, write, and print the gain. The exit status is 2 where that dictionary is there already."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("version", type=int)
    parser.add_argument("--models", action="store_true", help="for the texts of the read models")
    asked = parser.parse_args(arguments)
    version: int = asked.version
    path = Path(packing.__file__).with_name(f"{version}.zdict")
    try:
        with path.open("xb") as file:
            file.write(
                trained(
                    texts_of_models(HISTORIES) if asked.models else [*texts_of_samples(), *drawn(HISTORIES)]
                )
            )
    except FileExistsError:
        print(f"{path} is there already: what was packed with it needs it as it is", file=sys.stderr)
        return 2
    others = texts_of_models(OTHERS) if asked.models else [t for t in drawn(OTHERS) if '"before":' in t]
    plain = sum(len(text.encode()) for text in others)
    packed = sum(len(packing.pack(text, version=version)) for text in others)
    count = len(others)
    print(f"{path}: {count} other texts of {plain / count:.0f} bytes, packed {packed / count:.0f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
