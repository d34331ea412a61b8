"""Everybody who keeps assessments in the comparison answers the same; how long that takes is not tested."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from benchmarks.keeping import __main__ as keeping
from benchmarks.keeping import country, inventing, operations, page, shell
from benchmarks.keeping.clauses import TERM
from benchmarks.keeping.inventing import Invented, Revision, invented, standing
from benchmarks.keeping.kaitei import OfKaitei
from benchmarks.keeping.keeper import Keeper
from benchmarks.keeping.keepers import KEEPERS, keeper_named
from benchmarks.keeping.measuring import Figures, WrongAnswer, measure
from cli.main import run
from ledger.errors import LedgerError
from tests.conftest import ROOT

LEDGER = invented(2, revisions=12, further=2)
KINDS = [pytest.param(keeper_named(name), id=name) for name in KEEPERS]


@pytest.fixture(scope="module", params=KINDS)
def keeper(request: pytest.FixtureRequest) -> Iterator[Keeper]:
    kind: type[Keeper] = request.param
    with folder() as place:
        filled = kind(place)
        filled.prepare(LEDGER)
        filled.fill(LEDGER)
        with filled:
            yield filled


@contextmanager
def folder() -> Iterator[Path]:
    """None of pytest's: another run of it takes a PostgreSQL the right to its files (tests/databases.py)."""
    with TemporaryDirectory(prefix="kaitei-keeping-", ignore_cleanup_errors=True) as place:
        yield Path(place)


def days(one: Invented) -> list[date]:
    """Days on, before and after revisions, the first and the last among them."""
    on = [one.published, *(revision.day for revision in one.revisions[::5]), one.last_day]
    return sorted({*on, *(day - timedelta(days=1) for day in on[1:]), one.last_day + timedelta(days=1)})


@pytest.mark.parametrize("one", LEDGER, ids=lambda one: one.ref)
def test_everybody_gives_the_same_documents(keeper: Keeper, one: Invented) -> None:
    assert keeper.document(one.ref) == one.document()
    for day in days(one):
        assert keeper.document(one.ref, day) == one.document(day), day


@pytest.mark.parametrize("one", LEDGER, ids=lambda one: one.ref)
def test_everybody_gives_the_same_changes(keeper: Keeper, one: Invented) -> None:
    assert keeper.table(one.ref) == one.rows()
    often = max({row[1] for row in one.rows()}, key=lambda path: len(one.rows(path)))
    for path in (often, one.revisions[0].changes[0].path):
        assert keeper.history(one.ref, path) == one.rows(path)


@pytest.mark.parametrize("one", LEDGER, ids=lambda one: one.ref)
def test_everybody_finds_the_same_differences(keeper: Keeper, one: Invented) -> None:
    first, *_, last = days(one)
    for earlier, later in ((first, last), (first, first), *zip(days(one), days(one)[1:], strict=False)):
        assert sorted(keeper.difference(one.ref, earlier, later)) == sorted(one.difference(earlier, later))


def test_everybody_finds_the_rare_term_while_it_stands_there(keeper: Keeper) -> None:
    brought, taken = (
        revision.day
        for one in LEDGER
        for revision in one.revisions
        if any(TERM in change.after or TERM in change.before for change in revision.changes)
    )
    for day in (brought - timedelta(days=1), brought, taken - timedelta(days=1), taken):
        assert sorted(keeper.standing(TERM, day)) == standing(LEDGER, TERM, day)
        assert bool(standing(LEDGER, TERM, day)) == (brought <= day < taken)


def test_everybody_says_where_the_bytes_are(keeper: Keeper) -> None:
    sizes = keeper.sizes()
    assert min(sizes.values()) > 0
    assert sum(sizes.values()) > sum(len(text.encode()) for text in LEDGER[0].document().values()) / 10


def test_whoever_can_tell_finds_the_history_untouched(keeper: Keeper) -> None:
    if keeper.proves:
        assert keeper.verify()
    else:
        with pytest.raises(NotImplementedError):
            keeper.verify()


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_recorded_is_there_for_whoever_opens_it_next(kind: type[Keeper]) -> None:
    ledger = invented(1, revisions=2, further=2)
    one = ledger[0]
    with folder() as place:
        keeper = kind(place)
        keeper.prepare(ledger)
        keeper.fill(ledger)
        with keeper:
            keeper.record(one.ref, one.further[0])
            keeper.append(one.ref, one.further[1])
        ask_again(kind(place), one)


def ask_again(keeper: Keeper, one: Invented) -> None:
    with keeper as again:
        assert again.document(one.ref) == one.document(added=2)
        assert again.document(one.ref, one.last_day) == one.document()
        assert [row[1:4] for row in again.table(one.ref)[-10:]] == [
            (change.path, change.before, change.after)
            for revision in one.further
            for change in revision.changes
        ]


def test_the_ledger_of_kaitei_is_a_real_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keeper = OfKaitei(tmp_path)
    keeper.prepare(LEDGER)
    keeper.fill(LEDGER)

    assert run(["--db", keeper.url, "verify", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["events"] == len(LEDGER) * (2 + 12 * inventing.CHANGES)
    assert run(["--db", keeper.url, "show", LEDGER[1].ref, "--json"]) == 0
    items = json.loads(capsys.readouterr().out)["items"]
    assert {item["certainty"] for item in items} == {"known"}


def test_the_same_assessments_are_drawn_whatever_is_to_come() -> None:
    one, other = invented(1, revisions=6)[0], invented(3, revisions=6, further=2)[0]
    assert one.items == other.items
    assert one.revisions == other.revisions
    assert 290 < len(one.items) < 320


def test_a_wrong_answer_ends_the_comparison(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forgetful(_: Keeper, ref: str, revision: Revision) -> None:
        """Keep nothing."""

    kind = keeper_named("sqlite")
    monkeypatch.setattr(kind, "record", forgetful)
    with pytest.raises(WrongAnswer, match="more revisions"):
        measure(["sqlite"], 1, 1, tmp_path / "forgetful", revisions=2)

    monkeypatch.setattr(kind, "table", lambda *_: [])
    with pytest.raises(WrongAnswer, match="whole change table"):
        measure(["sqlite"], 1, 1, tmp_path / "empty", revisions=2)


def test_every_operation_is_measured_of_whoever_can_do_it() -> None:
    with folder() as place:
        found = measure(list(KEEPERS), 1, 1, place, revisions=3)
    for kind, figures in zip(map(keeper_named, KEEPERS), found, strict=True):
        measured = {each.name for each in operations.OPERATIONS if kind.proves or not each.proves}
        assert set(figures.seconds) == {*measured, operations.BULK}
        assert figures.value(operations.BYTES) == sum(figures.sizes.values()) / 15
        assert 10 << 20 < figures.peak < 1 << 30


def test_the_median_of_the_rounds_is_told() -> None:
    figures = Figures("Kaitei", 1, 40, {"verify all": [3.0, 1.0, 2.0, 9.0, 8.0]}, {"events": 4000})
    assert figures.value("verify all") == 3.0
    assert figures.rounds("verify all") == 5
    assert figures.value("diff of two days") is None
    assert figures.value(operations.BYTES) == 20


def test_the_command_prints_and_writes_the_page_and_keeps_every_round(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written, rounds = tmp_path / "comparison.md", tmp_path / "rounds.json"
    asked = ["--assessments", "1", "2", "--rounds", "1", "--only", "kaitei,sqlite,copies"]
    asked += ["--operations", "current,verify,help", "--write", str(written), "--json", str(rounds)]

    assert keeping.main(asked) == 0

    said = capsys.readouterr().out
    verified = r"^\| verify all \| [\d.,]+ ms \| [\d.,]+ ms \| – \| [\d.,]+ x \| 2 x \|$"
    assert re.search(verified, said, re.MULTILINE)
    assert said.count("| current document |") == 3, "two sizes and the growth"
    assert "diff of two days" not in said
    assert re.search(r"; load [\d.]+ on \d+ processors before, [\d.]+ on \d+ processors after$", said.strip())
    assert written.read_text("utf-8").startswith("# Comparison\n")
    again = "--assessments 1 2 --rounds 1 --only kaitei,sqlite,copies --operations current,verify,help"
    assert f"benchmarks.keeping {again} --write docs/comparison.md`" in written.read_text("utf-8")
    assert str(tmp_path) not in written.read_text("utf-8")
    assert "**full copies**: " in written.read_text("utf-8")
    figures = json.loads(rounds.read_text("utf-8"))
    assert [(each["keeper"], each["assessments"]) for each in figures["figures"]] == [
        (name, size) for size in (1, 2) for name in ("Kaitei", "SQLite by hand", "full copies")
    ]
    assert [each["name"] for each in figures["beside"]] == ["`kaitei --help`"]


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param(["--only", "kaitei,mercurial"], id="nobody of that name"),
        pytest.param(["--rounds", "0"], id="no round"),
        pytest.param(["--assessments", "-1"], id="less than nothing"),
    ],
)
def test_wrong_use_is_refused(asked: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        keeping.main(asked)
    assert asked[0] in capsys.readouterr().err


def figures(keeper: str, assessments: int, *seconds: float) -> Figures:
    return Figures(keeper, assessments, 40, {"verify all": list(seconds)})


def test_an_aim_is_reached_or_not_at_the_size_it_is_said_for() -> None:
    by_hand = figures("SQLite by hand", 200, 0.5)
    assert page.side_by_side([figures("Kaitei", 200, 1.0), by_hand]).endswith(
        "| verify all | 1.0 s | 500.00 ms | 2.00 x | 2 x, reached |"
    )
    assert page.side_by_side([figures("Kaitei", 200, 6.0), by_hand]).endswith("| 12 x | 2 x, not reached |")
    small = [figures("Kaitei", 1, 1.0), figures("SQLite by hand", 1, 0.5)]
    assert page.side_by_side(small).endswith("| 2.00 x | 2 x |")


def test_whoever_had_fewer_rounds_says_how_many() -> None:
    found = [figures("SQLite by hand", 200, 0.5, 0.5, 0.5), figures("git", 200, 9.0)]
    assert "| 500.00 ms | 9.0 s (18 x), 1 round |" in page.side_by_side(found)


def test_growth_is_from_the_first_size_to_the_last() -> None:
    sizes = [[figures("git", 1, 2.0)], [figures("git", 20, 3.0)], [figures("git", 200, 5.0)]]
    assert page.growth(sizes).endswith("| verify all | 2.50 x |")


@pytest.mark.parametrize(
    ("small", "large", "power", "then"),
    [
        pytest.param(0.005, 0.005, 0, "5.0 ms", id="it stays"),
        pytest.param(0.006, 0.005, 0, "5.0 ms", id="it falls"),
        pytest.param(0.5, 5.0, 1, "100.0 s", id="all are gone through"),
        pytest.param(40.0, 400.0, 1, "2.2 h", id="for hours"),
        pytest.param(0.5, 50.0, 2, "5.6 h", id="each with each"),
    ],
)
def test_the_whole_country_is_projected_by_how_a_figure_grows(
    small: float, large: float, power: float, then: str
) -> None:
    first, last = [figures("Kaitei", 200, small)], [figures("Kaitei", 2000, large)]
    head, row = country.projected(first, last, ["Kaitei"])
    assert head[-1] == "at 40,000"
    assert row[:2] == ["Kaitei", "verify all"]
    assert row[3:] == [f"{power:.2f}", then]


def test_all_bytes_and_all_imports_of_the_country_are_told() -> None:
    one, other = (
        Figures("Kaitei", many, 40, {operations.BULK: [0.0036]}, {"events": many * 200 * 1000})
        for many in (200, 2000)
    )
    _, *rows = country.projected([one], [other], ["Kaitei"])
    assert [(row[1], row[-1]) for row in rows] == [
        (operations.BULK, "1.6 hours for all"),
        (operations.BYTES, "8 GB for all"),
    ]
    assert len(country.projected([one], [other], ["git"])) == 1
    assert country.grown(one, one, operations.BYTES) is None, "one size tells of no growth"
    few = Figures("Kaitei", 1, 40, {}, {"events": 200 * 1000})
    assert country.grown(few, other, operations.BYTES) is None, "a single assessment tells of none either"


def test_a_document_is_taken_in_for_the_comparison_or_said_to_be_refused(tmp_path: Path) -> None:
    shell.imported(ROOT / "samples" / "kasumino" / "7_kaigo-hoken.txt")
    nothing = tmp_path / "nothing.txt"
    nothing.write_text("", "utf-8")
    with pytest.raises(LedgerError):
        shell.imported(nothing)
