"""Makes the sound ledger, its checkpoint, and the statements of every case."""

from __future__ import annotations

# ruff: noqa: S608  (our own texts)
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from ledger.content import Content
from ledger.packing import pack
from ledger.proving import History
from ledger.recorder import Source
from ledger.storage import Ledger, open_ledger
from ledger.stored import StoredRow
from ledger.withholding import planned
from tests.corrupted_ledgers import CASES, FOLDER, loaded
from tests.editions import edition
from tests.streams import BY, NOON, PATH, assessment

WHY = "氏名を誤って公表したため"
KEPT, GONE = Source("霞野市の評価書".encode(), "霞野.txt"), Source("山田の評価書".encode(), "山田.txt")

# What somebody did who did not work out any hash anew.
STATEMENTS = {
    "changed-word": "UPDATE kaitei_contents SET packed = reworded(packed, '課', '係') WHERE sequence = 5",
    "changed-who": "UPDATE kaitei_contents SET packed = by_another(packed, '鈴木') WHERE sequence = 5",
    "changed-salts": "UPDATE kaitei_contents SET salts = zeroblob(16) WHERE sequence = 5",
    "changed-digest": "UPDATE kaitei_events SET state = zeroblob(32) WHERE sequence = 5",
    "changed-time": "UPDATE kaitei_events SET recorded_at = '2026-04-01T12:00:00.000000+00:00'"
    " WHERE sequence = 5",
    "changed-kind": "UPDATE kaitei_events SET topic = 'kaitei.change-retracted' WHERE sequence = 5",
    "changed-stream": "UPDATE kaitei_events SET originator_id = randomblob(16) WHERE sequence = 5",
    "changed-version": "UPDATE kaitei_events SET originator_version = 50 WHERE sequence = 5",
    "changed-format": "UPDATE kaitei_events SET format = 1 WHERE sequence = 5",
    "changed-hash": "UPDATE kaitei_events SET payload_hash = '' WHERE sequence = 5",
    "not-a-number": "UPDATE kaitei_events SET originator_version = 'x' WHERE sequence = 5",
    "no-packing": "UPDATE kaitei_contents SET packed = 'x' WHERE sequence = 5",
    "packing-cut": "UPDATE kaitei_contents SET packed = substr(packed, 1, length(packed) - 1)"
    " WHERE sequence = 5",
    "packing-of-zeros": "UPDATE kaitei_contents SET packed = zeroblob(length(packed)) WHERE sequence = 5",
    "salts-cut": "UPDATE kaitei_contents SET salts = substr(salts, 2) WHERE sequence = 5",
    "hash-cut": "UPDATE kaitei_events SET payload_hash = substr(payload_hash, 2) WHERE sequence = 5",
    "hash-no-text": "UPDATE kaitei_events SET payload_hash = CAST(x'ff' AS TEXT) WHERE sequence = 5",
    "no-text": "UPDATE kaitei_events SET recorded_by = x'ff' WHERE sequence = 5",
    "missing-first": "DELETE FROM kaitei_events WHERE sequence = 1",
    "missing-one": "DELETE FROM kaitei_events WHERE sequence = 5",
    "missing-several": "DELETE FROM kaitei_events WHERE sequence IN (4, 5, 7)",
    "missing-content": "DELETE FROM kaitei_contents WHERE sequence = 5",
    "swapped-contents": (
        "UPDATE kaitei_contents SET sequence = -5 WHERE sequence = 5;\n"
        "UPDATE kaitei_contents SET sequence = 5 WHERE sequence = 6;\n"
        "UPDATE kaitei_contents SET sequence = 6 WHERE sequence = -5"
    ),
    "content-of-nothing": "INSERT INTO kaitei_contents SELECT 40, packed, salts, NULL"
    " FROM kaitei_contents WHERE sequence = 5",
    "reordered": (
        "UPDATE kaitei_events SET sequence = -5 WHERE sequence = 5;\n"
        "UPDATE kaitei_events SET sequence = 5 WHERE sequence = 6;\n"
        "UPDATE kaitei_events SET sequence = 6 WHERE sequence = -5"
    ),
    "inserted-twice": (
        "INSERT INTO kaitei_events SELECT 40, recorded_at, recorded_by, format, payload_hash, 40,"
        " originator_id, 40, topic, state FROM kaitei_events WHERE sequence = 5"
    ),
    "source-changed": "UPDATE kaitei_sources SET content = x'789c030000000001' WHERE length(content) > 0",
    "source-lost": "DELETE FROM kaitei_sources WHERE length(content) > 0",
    "source-renamed": "UPDATE kaitei_sources SET file_name = 'x' WHERE length(content) > 0",
    "source-of-another": "UPDATE kaitei_sources SET originator_id = '0' WHERE length(content) > 0",
    "source-of-nothing": "INSERT INTO kaitei_sources SELECT 'f00d', originator_id, file_name, content"
    " FROM kaitei_sources WHERE length(content) > 0",
    "source-emptied": "UPDATE kaitei_sources SET content = x''",
    "withheld-rewritten": "UPDATE kaitei_contents SET packed = reworded(packed, '〔非公開：', '〔')"
    " WHERE withheld IS NOT NULL",
    "withheld-undone": "DELETE FROM kaitei_events WHERE topic = 'kaitei.text-withheld'",
    "tail-cut": "DELETE FROM kaitei_events WHERE sequence > 9;\n"
    "DELETE FROM kaitei_contents WHERE sequence > 9",
    "tail-cut-without-contents": "DELETE FROM kaitei_events WHERE sequence > 9",
    "emptied": "DELETE FROM kaitei_events; DELETE FROM kaitei_contents; DELETE FROM kaitei_sources",
}


def sound(ledger: Ledger) -> None:
    """Two assessments, eleven events, two sources, one withholding."""
    one, other = assessment(), assessment("13", title="児童手当に関する事務")
    one.receive(edition(), sha256=KEPT.sha256, file_name=KEPT.file_name)
    ledger.save(one, by=BY, source=KEPT)
    ledger.save(other, by="佐藤")
    one.change(PATH, "市民課", "総合窓口課", revision="r1", timing="事後")
    ledger.save(one, by="山田")
    one.change(PATH, "総合窓口課", "市民部", revision="r2", timing="事後")
    ledger.save(one, by=BY)
    received = edition(number="13", title="児童手当に関する事務")
    other.receive(received, sha256=GONE.sha256, file_name=GONE.file_name)
    ledger.save(other, by="佐藤", source=GONE)
    plan = planned(ledger.stored(other.id), ["山田"], WHY, ledger.source, where="13")
    other.withhold(plan.lines, tuple(plan.sources), why=WHY)
    ledger.save(other, by="鈴木", withholding=plan)
    one.review("令和8年4月2日", why="相違ない")
    ledger.save(one, by=BY)


def forged(rows: list[StoredRow]) -> Iterator[tuple[str, list[StoredRow]]]:
    """What somebody makes of *rows* who works out every hash anew."""
    fifth = rows[4]
    assert fifth.content

    def instead(row: StoredRow) -> list[StoredRow]:
        return [row if each.sequence == row.sequence else each for each in rows]

    yield "forged-time", instead(replace(fifth, recorded_at="2020-01-01T00:00:00.000000+00:00"))
    yield "forged-no-time", instead(replace(fifth, recorded_at="昨日"))
    yield "forged-version", instead(replace(fifth, version=fifth.version + 10))
    loose = Content.new(fifth.content.by, fifth.content.payload.replace(",\n", ", "))
    yield "forged-loose-json", instead(replace(fifth, payload=loose.digest(), content=loose))
    word = Content.new(fifth.content.by, fifth.content.payload.replace("窓口課", "税務課"))
    yield "forged-word", instead(replace(fifth, payload=word.digest(), content=word))
    quiet = fifth.content.instead(fifth.content.by, fifth.content.payload.replace("窓口課", "税務課"))
    yield "forged-withholding", instead(replace(fifth, content=quiet))
    swapped = [*rows[:4], replace(rows[5], sequence=5), replace(rows[4], sequence=6), *rows[6:]]
    yield "forged-order", swapped
    without = [row for row in rows if row.sequence != 5]
    yield "forged-gap", [replace(row, sequence=at) for at, row in enumerate(without, 1)]


def written(row: StoredRow, number: int) -> Iterator[str]:
    """The statements that lay a row down: that of the event, numbered *number*, and that of its content."""
    assert row.content
    stream = row.stream.replace("-", "")
    yield (
        f"INSERT INTO kaitei_events VALUES ({row.sequence}, '{row.recorded_at}', '', {row.format},"
        f" x'{row.worked_out}', {number}, x'{stream}', {row.version}, '{row.name}',"
        f" x'{row.payload}')"
    )
    packed, salts = pack(row.content.text), row.content.raw_salts
    yield f"INSERT INTO kaitei_contents VALUES ({row.sequence}, x'{packed.hex()}', x'{salts.hex()}', NULL)"


def instead_of(sound: list[StoredRow], rows: list[StoredRow]) -> Iterator[str]:
    """The statements that put *rows* in the place of the *sound* ones, where they differ."""
    before, after = ([tuple(written(row, n)) for n, row in enumerate(each, 1)] for each in (sound, rows))
    for row, laid in zip(sound, before, strict=True):
        if laid not in after:
            yield f"DELETE FROM kaitei_events WHERE sequence = {row.sequence}"
            yield f"DELETE FROM kaitei_contents WHERE sequence = {row.sequence}"
    for laid in after:
        if laid not in before:
            yield from laid


def main() -> None:
    """Write everything but the verdicts."""
    times = (NOON + timedelta(minutes=n) for n in count())
    with TemporaryDirectory() as folder:
        path = Path(folder, "kaitei.db")
        with open_ledger(f"sqlite:///{path}", create=True, clock=lambda: next(times)) as ledger:
            sound(ledger)
            checkpoint = History.of(ledger).checkpoint
            rows = list(ledger.rows())
        with closing(sqlite3.connect(path)) as connection:
            dumped = "\n".join(connection.iterdump())
    (FOLDER / "ledger.sql").write_text(dumped + "\n", "utf-8")
    (FOLDER / "checkpoint.json").write_text(checkpoint.dumps() + "\n", "utf-8")
    for old in CASES.glob("*.sql"):
        old.unlink()
    cases = STATEMENTS | {name: ";\n".join(instead_of(rows, found)) for name, found in forged(rows)}
    for name, statements in cases.items():
        (CASES / f"{name}.sql").write_text(f"{statements};\n", "utf-8")
    with TemporaryDirectory() as folder:
        for name in cases:
            loaded(Path(folder, f"{name}.db"), name)


if __name__ == "__main__":
    main()
