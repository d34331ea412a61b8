"""Answers kept in the database: equal to the fold of the events, on any day, known at any time."""

# ruff: noqa: S311  (drawn, and nobody's secret)
from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, text

from benchmarks.histories import history
from ledger.identity import Identity
from ledger.intake import take_in
from ledger.item_path import ItemPath
from ledger.published import ItemKind, PublishedEdition
from ledger.readers import read
from ledger.storage import Ledger, open_ledger
from projections.across import held_on
from projections.as_of import document_as_of
from projections.change_table import change_table
from projections.editions import Assessment, assessment
from projections.history import log
from projections.item_versions import turning_days, versions
from projections.questions import Questions
from projections.read_models import keeper as keeping
from projections.read_models.answers import Answers
from projections.read_models.keeper import Keeper
from projections.read_models.shelf import Shelf
from projections.read_models.tables import MADE_BY
from projections.read_models.upkeep import Upkeep
from projections.search import search
from projections.systems import register
from projections.terms import Term
from tests.conftest import GOLDEN, ROOT

NOON = datetime(2026, 4, 1, 3, tzinfo=UTC)
pytest_plugins = ["tests.databases"]


@contextmanager
def opened(url: str) -> Iterator[Ledger]:
    """A new ledger that keeps its read models."""
    with open_ledger(url, create=True, follower=Keeper()) as ledger:
        yield ledger


def drawn(seed: int) -> list[PublishedEdition]:
    """An invented assessment in two editions."""
    found = history(Random(seed))
    return [found.earlier, found.edition]


def took_in(ledger: Ledger, editions: list[PublishedEdition]) -> Identity:
    for n, edition in enumerate(editions):
        same_as = f"{edition.header.body}/{edition.header.number}"
        take_in(
            ledger, f"{edition.header.number}-{n}".encode(), f"{n}.txt", edition, by="佐藤", same_as=same_as
        )
    return ledger.assessments()[-1]


def record(ledger: Ledger, identity: Identity, random: Random) -> None:
    """One revision recorded by hand: a few items say more than before, some without a day."""
    known = assessment(ledger.entries(identity.assessment_id))
    shown = document_as_of(known)
    aggregate = ledger.get(identity.assessment_id)
    texts = [item for item in shown.items if item.item.kind is ItemKind.TEXT and item.reading.known]
    name = f"r-{random.randrange(10**9)}"
    for item in random.sample(texts, min(3, len(texts))):
        day = date(2024, 1, 1) + timedelta(days=random.randrange(900))
        value = str(item.reading.value)
        aggregate.change(
            item.path,
            value,
            f"{value}第{random.randrange(10**6)}号のとおり改める。",
            revision=name,
            change_date=day.isoformat() if random.random() < 0.8 else "",
            timing=random.choice(("事前", "事後")),
            explanation="運用の見直し",
        )
    ledger.save(aggregate, by="鈴木")


def equal_on_some_days(
    ledger: Ledger, identity: Identity, known_at: datetime | None = None, *, days: int = 5
) -> None:
    """The read models and the fold of the events say the same of an assessment, known at a time.

    Some of the days on which something turns, and of their eves; with them the latest state.
    """
    shelf, key = Shelf(ledger.reading), identity.assessment_id
    known = assessment(ledger.entries(key), known_at)
    turning = turning_days(known)
    every = [*turning, *(day - timedelta(days=1) for day in turning[1:])]
    for day in (*Random(len(every)).sample(every, min(days, len(every))), None):
        shown = shelf.document(key, day, known_at)
        assert shown is not None
        assert shown == document_as_of(known, day), day
    assert shelf.change_table(key, None, known_at) == change_table(known)
    assert shelf.log(key, None, known_at) == log(known)
    for row in Random(len(every)).sample(log(known), min(2, len(log(known)))):
        item = row.rows[0].change.resolution
        assert shelf.log(key, item, known_at) == log(known, item)


@settings(max_examples=8)
@given(st.integers(0, 10**6))
def test_documents_and_tables_are_those_of_the_events(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    """Known now, and at every time at which something was recorded."""
    random = Random(seed)
    with opened(f"sqlite:///{tmp_path_factory.mktemp('ledger')}/kaitei.db") as ledger:
        identity = took_in(ledger, drawn(seed))
        for _ in range(random.randrange(3)):
            record(ledger, identity, random)
        equal_on_some_days(ledger, identity, days=40)
        for at in sorted({entry.recorded_at for entry in ledger.entries(identity.assessment_id)}):
            equal_on_some_days(ledger, identity, at, days=3)
        assert list(Upkeep(ledger).differing()) == []


def test_the_same_on_either_database(url: str) -> None:
    random = Random(5)
    with opened(url) as ledger:
        identity = took_in(ledger, drawn(5))
        record(ledger, identity, random)
        equal_on_some_days(ledger, identity)
        assert list(Upkeep(ledger).differing()) == []


def test_made_anew_they_say_what_they_said(url: str) -> None:
    """What grew record by record is what is made of the whole history at once."""
    with opened(url) as ledger:
        identity = took_in(ledger, drawn(11))
        record(ledger, identity, Random(1))
        before = ledger.entries(identity.assessment_id)[-1].recorded_at - timedelta(microseconds=1)
        assert Upkeep(ledger).rebuild() == 1
        equal_on_some_days(ledger, identity)
        equal_on_some_days(ledger, identity, before)
        assert list(Upkeep(ledger).differing()) == []


def test_an_item_in_all_its_versions(tmp_path: Path) -> None:
    with opened(f"sqlite:///{tmp_path}/kaitei.db") as ledger:
        identity = took_in(ledger, drawn(3))
        known = assessment(ledger.entries(identity.assessment_id))
        every = versions(known).items
        for path in {each.stated.path for each in every}:
            wanted = sorted((e for e in every if e.stated.path == path), key=lambda e: e.first)
            assert Shelf(ledger.reading).versions(identity.assessment_id, path) == wanted
        assert any(len([e for e in every if e.stated.path == each.stated.path]) > 1 for each in every)
        nowhere = ItemPath(("I", "1", "⑨ない項目"))
        assert Shelf(ledger.reading).versions(identity.assessment_id, nowhere) == []


# --- by whom they were made -------------------------------------------------------------------------------

SAMPLES = sorted((ROOT / "samples").glob("*/*.txt"))


def test_whoever_changes_an_answer_counts_up(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Models that an older program made are not believed: MADE_BY tells that they may say something else."""
    told = hashlib.sha256()
    with open_ledger(f"sqlite:///{tmp_path}/kaitei.db", create=True, clock=lambda: NOON) as ledger:
        for path in SAMPLES:
            data = path.read_bytes()
            edition = read(data, path.name)
            same_as = f"{edition.header.body}/{edition.header.number}"
            take_in(ledger, data, path.name, edition, by="佐藤", same_as=same_as)
        for each in ledger.assessments():
            for name, rows in Answers.of(assessment(ledger.entries(each.assessment_id))).told.items():
                told.update(repr((name, sorted(rows))).encode())
    kept, now = GOLDEN / "read_models.json", {"made_by": MADE_BY, "told": told.hexdigest()}
    before = json.loads(kept.read_text("utf-8")) if kept.exists() else {}
    if before.get("made_by") == MADE_BY:
        assert now == before, "the read models say something else: count up MADE_BY (read_models/tables.py)"
    if request.config.getoption("--update-golden"):
        kept.write_text(json.dumps(now, indent=1) + "\n", "utf-8")
        return
    assert now == before, "MADE_BY was counted up: pytest --update-golden"


# --- across all assessments -------------------------------------------------------------------------------


def several(ledger: Ledger) -> list[tuple[Identity, Assessment]]:
    """Three assessments of which one is wholly unknown before its first edition."""
    for n, seed in enumerate((21, 22, 23)):
        editions = [replace(e, header=replace(e.header, number=str(n + 1))) for e in drawn(seed)]
        took_in(ledger, editions)
    return [(each, assessment(ledger.entries(each.assessment_id))) for each in ledger.assessments()]


DAYS = (None, date(2021, 5, 18), date(2018, 1, 1))


def test_a_term_is_found_where_the_events_have_it(url: str) -> None:
    """Long and short terms, several words, spellings that vary; what is not certain is told of too."""
    with opened(url) as ledger:
        known = several(ledger)
        random, questions = Random(7), Questions(ledger)
        said = [str(item.reading.value) for _, one in known for item in document_as_of(one).items]
        long = [each for each in said if len(each) > 20]
        terms = [
            "サーバ",
            "サーバー",
            "個人番号",
            "第9条",
            "市",
            "①",
            "手続き 個人番号",
            "ない言葉",
            "－－－部",
        ]
        for _ in range(12):
            text_, size = random.choice(long), random.choice((2, 3, 5, 9))
            at = random.randrange(len(text_) - size)
            terms.append(text_[at : at + size])
        folded = {day: held_on(known, day) for day in DAYS}
        for term in (Term.of(each) for each in terms if "".join(each.split()).strip("、。・（）「」-－")):
            for day in DAYS:
                held = questions.searched(term, day, ledger.assessments(), iter)
                found, wanted = search(term, held, day), search(term, folded[day], day)
                assert [(h.held.ref, h.item, h.level, h.passage) for h in found.items] == [
                    (h.held.ref, h.item, h.level, h.passage) for h in wanted.items
                ], term
                assert [(h.ref, i) for h, i in found.undecided] == [(h.ref, i) for h, i in wanted.undecided]


def test_systems_are_those_of_the_events(url: str) -> None:
    with opened(url) as ledger:
        known = several(ledger)
        for day in DAYS:
            held = Questions(ledger).systems(day, iter)
            found, wanted = register(held, day), register(held_on(known, day), day)
            assert [(s.name, s.spellings, len(s.places), len(s.connections)) for s in found.systems] == [
                (s.name, s.spellings, len(s.places), len(s.connections)) for s in wanted.systems
            ]
            assert [p.name_of_place for p in found.unknown] == [p.name_of_place for p in wanted.unknown]


def test_the_list_needs_no_events(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(url) as ledger:
        several(ledger)
        by_events = [(each.identity.ref, each.heading.title) for each in Questions(ledger).listed()]
        monkeypatch.setattr(Ledger, "entries", None)
        assert [(each.identity.ref, each.heading.title) for each in Questions(ledger).listed()] == by_events


# --- where they do not stand ------------------------------------------------------------------------------


def test_what_an_older_program_recorded_is_answered_from_the_events(url: str) -> None:
    """It knows of no read models; the next record makes them anew."""
    with opened(url) as ledger:
        identity = took_in(ledger, drawn(31))
    with open_ledger(url) as older:
        record(older, identity, Random(2))
    with opened(url) as ledger:
        shelf, questions = Shelf(ledger.reading), Questions(ledger)
        assert shelf.document(identity.assessment_id) is None
        assert shelf.headings() is None
        known = assessment(ledger.entries(identity.assessment_id))
        assert questions.document(identity) == document_as_of(known)
        assert questions.change_table(identity) == change_table(known)
        assert [each.heading.changes for each in questions.listed()] == [len(known.changes)]
        record(ledger, identity, Random(3))
        equal_on_some_days(ledger, identity)


def test_what_no_projection_can_tell_is_recorded_all_the_same(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(url) as ledger:
        identity = took_in(ledger, drawn(41))
        with monkeypatch.context() as broken:
            broken.setattr(keeping, "assessment", lambda _: 1 / 0)
            record(ledger, identity, Random(1))
        assert ledger.entries(identity.assessment_id)[-1].recorded_by == "鈴木"
        assert Shelf(ledger.reading).document(identity.assessment_id) is None
        assert Questions(ledger).document(identity).items
        record(ledger, identity, Random(2))
        equal_on_some_days(ledger, identity)


def test_models_of_another_making_are_not_believed(url: str) -> None:
    with opened(url) as ledger:
        identity = took_in(ledger, drawn(43))
        engine = create_engine(url)
        with engine.begin() as connection:
            connection.execute(text("UPDATE kaitei_read_assessments SET made_by = made_by + 1"))
        engine.dispose()
        assert Shelf(ledger.reading).document(identity.assessment_id) is None
        assert Questions(ledger).document(identity).items
        record(ledger, identity, Random(2))
        equal_on_some_days(ledger, identity)


TOUCHED = [
    pytest.param("UPDATE kaitei_read_items SET first = first + 1 WHERE first > 1", "項目の記載", id="a day"),
    pytest.param("UPDATE kaitei_read_items SET unsure = 1 - unsure", "項目の記載", id="a certainty"),
    pytest.param(
        "UPDATE kaitei_read_items SET text = (SELECT min(text) FROM kaitei_read_items)",
        "項目の記載",
        id="words",
    ),
    pytest.param("DELETE FROM kaitei_read_rows WHERE place = 1", "変更箇所", id="a row"),
    pytest.param("UPDATE kaitei_read_headings SET until = since", "表題", id="what is over"),
]


@pytest.mark.parametrize(("statement", "named"), TOUCHED)
def test_whoever_touches_them_is_found_out(url: str, statement: str, named: str) -> None:
    with opened(url) as ledger:
        identity = took_in(ledger, drawn(51))
        engine = create_engine(url)
        with engine.begin() as connection:
            connection.execute(text(statement))
        engine.dispose()
        (found,) = Upkeep(ledger).differing()
        assert named in found.what
        assert identity.ref in found.what
        Upkeep(ledger).rebuild()
        assert list(Upkeep(ledger).differing()) == []


def test_an_index_that_lost_something_is_found_out(url: str) -> None:
    with opened(url) as ledger:
        took_in(ledger, drawn(53))
        engine = create_engine(url)
        with engine.begin() as connection:
            if engine.dialect.name == "sqlite":
                connection.execute(
                    text("INSERT INTO kaitei_read_grams (kaitei_read_grams) VALUES ('delete-all')")
                )
            else:
                connection.execute(text("UPDATE kaitei_read_texts SET grams = '{1}' WHERE grams IS NOT NULL"))
        engine.dispose()
        (found,) = Upkeep(ledger).differing()
        assert "索引" in found.what
