"""A whole folder taken in: the same ledger however many read, nothing read twice, going on after a break."""

from __future__ import annotations

import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cli.interrupting import Held
from ledger import reader_names
from ledger.intake import Intake, take_in
from ledger.published import PublishedEdition
from ledger.readers import read
from ledger.storage import open_ledger
from projections import importing, reading_apart
from projections.importing import import_files
from tests.command_line import KASUMINO, KASUMINO_R6, MINATOGAWA, Kaitei, process
from tests.conftest import ROOT
from tests.processes import children, remaining

pytest_plugins = ["tests.command_line_fixtures"]

YUNAGI = ROOT / "samples" / "yunagi"


@pytest.fixture
def town(folder: Path) -> Path:
    """A folder of several assessments, editions and formats, with copies, and two that nobody can take in."""
    place = folder / "文書"
    (place / "後").mkdir(parents=True)
    for source in (KASUMINO_R6, KASUMINO, MINATOGAWA):
        shutil.copy(ROOT / source, place)
    for name in ("21_kokuho_R5.docx", "21_kokuho_R3.xlsx", "21_kokuho_H30.text-layer.txt"):
        shutil.copy(YUNAGI / "formats" / name, place)
    shutil.copy(ROOT / KASUMINO, place / "後" / "同じもの.txt")
    shutil.copy(YUNAGI / "21_kokuho.txt", place / "後" / "21.txt")
    (place / "覚え書き.txt").write_text("評価書ではない", "utf-8")
    (place / "8.txt").write_text(
        (ROOT / KASUMINO).read_text("utf-8").replace("\n7\t介護", "\n8\t介護"), "utf-8"
    )
    return place


def told(folder: Path, name: str = "kaitei.db") -> list[tuple[str, str, int, str]]:
    """Every event of a ledger without its time and its salts: stream, kind, version, what it says."""
    with open_ledger(f"sqlite:///{folder / name}") as ledger:
        return [(row.stream, row.name, row.version, row.told.payload) for row in ledger.rows() if row.told]


def sources(folder: Path) -> list[tuple[str, bytes]]:
    with closing(sqlite3.connect(folder / "kaitei.db")) as connection:
        return connection.execute("SELECT sha256, content FROM kaitei_sources ORDER BY sha256").fetchall()


# The same ledger


def test_the_ledger_is_the_same_however_many_read(kaitei: Kaitei, folder: Path, town: Path) -> None:
    said = {}
    for jobs in ("1", "3"):
        ledger = folder / jobs
        ledger.mkdir()
        url = f"sqlite:///{ledger / 'kaitei.db'}"
        said[jobs] = kaitei("--db", url, "import", town, "--json", "--jobs", jobs, "--by", "佐藤")
    assert said["1"] == said["3"]
    assert said["1"].json["summary"] == {"imported": 7, "already_known": 1, "refused": 2, "skipped": 0}
    assert told(folder / "1") == told(folder / "3") != []
    assert sources(folder / "1") == sources(folder / "3")


@pytest.mark.parametrize("options", [(), ("--explain",), ("--dry-run",), ("--dry-run", "--json")])
def test_what_is_said_is_the_same_however_many_read(
    kaitei: Kaitei, folder: Path, town: Path, options: tuple[str, ...]
) -> None:
    one, three = (
        kaitei("--db", f"sqlite:///{jobs}.db", "import", town, "--jobs", jobs, *options)
        for jobs in ("1", "3")
    )
    assert one == three
    assert (folder / "3.db").exists() is ("--dry-run" not in options)


@pytest.mark.usefixtures("folder")
def test_a_document_waits_for_the_one_before_whoever_is_faster() -> None:
    shutil.copy(YUNAGI / "formats" / "21_kokuho_R5.pdf", "1.pdf")  # takes twenty times as long as the next
    shutil.copy(YUNAGI / "21_kokuho_R3.txt", "2.txt")
    paths = [Path("1.pdf"), Path("2.txt")]
    results = list(import_files("sqlite:///kaitei.db", paths, by="佐藤", jobs=2))
    assert [result.file for result in results] == ["1.pdf", "2.txt"]
    with open_ledger("sqlite:///kaitei.db") as ledger:
        (found,) = ledger.assessments()
        received = list(ledger.get(found.assessment_id).readings.values())
    assert [each.reader for each in received] == [reader_names.PDF, reader_names.OCR_TEXT]


@pytest.mark.parametrize(
    ("jobs", "said"),
    [("0", "--jobs には 1 以上の数を指定してください"), ("二", "--jobs には数を指定してください")],
)
def test_jobs_are_a_number(kaitei: Kaitei, jobs: str, said: str) -> None:
    wrong = kaitei("import", KASUMINO, "--jobs", jobs)
    assert (wrong.status, wrong.out) == (2, "")
    assert wrong.err.startswith(f"kaitei: {said} — ")


# Nothing is read twice


Read = Callable[[bytes, str], PublishedEdition]


@contextmanager
def read_by(reader: Read) -> Iterator[None]:
    """Documents are read by another *reader* for a while."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (importing, reading_apart):
            patch.setattr(module, "read", reader)
        yield


def nobody(_data: bytes, name: str) -> PublishedEdition:
    """A reader for what must not be read."""
    pytest.fail(f"{name} was read")


EXPLAINED = {"characters", "assigned", "pieces", "doubts"}


def without_explanation(view: dict[str, Any]) -> dict[str, Any]:
    """The JSON of an import that explained, without what only that says."""
    return view | {
        "imported": [
            {key: value for key, value in each.items() if key not in EXPLAINED} for each in view["imported"]
        ]
    }


@pytest.mark.parametrize("options", [(), ("--dry-run",)])
def test_what_is_known_is_told_as_if_it_had_been_read_again(
    kaitei: Kaitei, town: Path, options: tuple[str, ...]
) -> None:
    (town / "覚え書き.txt").unlink()
    (town / "8.txt").unlink()
    shutil.copy(YUNAGI / "formats" / "21_kokuho.pdf", town)  # has passages without a place
    kaitei("import", town)
    read_again = kaitei("import", town, "--json", "--explain", *options)
    assert any(each["unassigned"] for each in read_again.json["imported"])
    assert all(each["already_known"] and each["pieces"] for each in read_again.json["imported"])
    text = kaitei("import", town, *options).out
    with read_by(nobody):
        again = kaitei("import", town, "--json", *options)
        assert again.json == without_explanation(read_again.json)
        assert kaitei("import", town, *options).out == text


def test_every_reader_of_today_is_known_by_its_name() -> None:
    samples = [YUNAGI / "21_kokuho.txt", *(YUNAGI / "formats").glob("21_kokuho.*")]
    assert {read(path.read_bytes(), path.name).reader for path in samples} == reader_names.TODAY


def test_what_a_reader_of_before_has_read_is_read_again(
    kaitei: Kaitei, monkeypatch: pytest.MonkeyPatch
) -> None:
    kaitei("import", KASUMINO)
    names: list[str] = []

    def noted(data: bytes, name: str) -> PublishedEdition:
        names.append(name)
        return read(data, name)

    with read_by(noted):
        kaitei("import", KASUMINO)
        assert names == []
        monkeypatch.setattr(reader_names, "TODAY", reader_names.TODAY - {reader_names.OCR_TEXT})
        assert "すでに取り込まれています" in kaitei("import", KASUMINO).out
        assert names == [KASUMINO]


def test_of_a_source_read_again_the_last_reading_is_told(kaitei: Kaitei) -> None:
    def one_row_less(data: bytes, name: str) -> PublishedEdition:
        edition = read(data, name)
        return replace(edition, rows=edition.rows[:-1])

    with read_by(one_row_less):
        assert kaitei("import", KASUMINO, "--json").json["imported"][0]["rows"] == 27
    assert "変更箇所27→28行" in kaitei("reread", "7").out
    with read_by(nobody):
        assert kaitei("import", KASUMINO, "--json").json["imported"][0]["rows"] == 28


def test_as_says_of_a_known_document_what_it_says_of_any(kaitei: Kaitei) -> None:
    kaitei("import", KASUMINO, MINATOGAWA)
    read_again = {ref: kaitei("import", KASUMINO, "--as", ref, "--explain") for ref in ("15", "99")}
    with read_by(nobody):
        assert kaitei("import", KASUMINO, "--as", "7").status == 0
        for ref, said in read_again.items():
            assert kaitei("import", KASUMINO, "--as", ref) == said
            assert said.status == 2


def test_a_word_that_was_withheld_is_not_told_again(kaitei: Kaitei) -> None:
    text = (ROOT / KASUMINO).read_text("utf-8")
    Path("7.txt").write_text(f"{text}\n迷い込んだ海野某の一文です。\n", "utf-8")
    kaitei("import", "7.txt", "--by", "佐藤")
    assert "海野某" in kaitei("import", "7.txt", "--json").out
    withheld = kaitei("withhold", "7", "--text", "海野某", "--why", "誤って公表したため", "--by", "佐藤")
    assert withheld.status == 0, withheld
    told_again = kaitei("import", "7.txt", "--json")
    assert told_again.json["imported"][0]["already_known"] is True
    assert "海野某" not in told_again.out


# Going on after a break

# `kaitei` with readers that take for ever over one document.
HANGING = """
import sys
from cli.main import main
from projections import reading_apart
reading_apart._PROGRAM = '''
import sys, time
sys.path[:] = {path!r}
from projections import reading_worker
real = reading_worker.read
reading_worker.read = lambda data, name: time.sleep(3600) if b"HANGS" in data else real(data, name)
reading_worker.main()
'''
main()
"""


def editions(folder: Path) -> int:
    """How many documents the ledger has taken in; 0 where there is none yet."""
    path = folder / "kaitei.db"
    if not path.exists():
        return 0
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        try:
            (count,) = connection.execute("SELECT count(*) FROM kaitei_sources").fetchone()
        except sqlite3.OperationalError:  # it is being made
            return 0
    return int(count)


@pytest.fixture
def broken_off(folder: Path) -> Callable[[signal.Signals], tuple[int, str, str]]:
    """Take in a folder of six by two readers, with a signal while they are at the fourth: how that ended."""
    (folder / "文書").mkdir()
    for n, name in enumerate(("21_kokuho_H30", "21_kokuho_R3", "21_kokuho_R5", "21_kokuho"), start=1):
        shutil.copy(YUNAGI / f"{name}.txt", folder / "文書" / f"{n}.txt")
    shutil.copy(ROOT / KASUMINO, folder / "文書" / "5.txt")
    shutil.copy(ROOT / MINATOGAWA, folder / "文書" / "6.txt")
    fourth = folder / "文書" / "4.txt"
    sound = fourth.read_bytes()

    def run(number: signal.Signals) -> tuple[int, str, str]:
        fourth.write_bytes(sound + b"\nHANGS\n")
        with subprocess.Popen(
            [sys.executable, "-c", HANGING, "import", "文書", "--jobs", "2", "--by", "佐藤"],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as importing_process:
            while editions(folder) < 3:
                assert importing_process.poll() is None, "it ended by itself"
            reading = children(importing_process.pid)
            importing_process.send_signal(number)
            out, err = importing_process.communicate()
        assert len(reading) == 2
        assert remaining(reading) == set()
        fourth.write_bytes(sound)
        return importing_process.returncode, out.decode(), err.decode()

    return run


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_what_was_broken_off_goes_on_where_it_was(
    folder: Path, broken_off: Callable[[signal.Signals], tuple[int, str, str]], number: signal.Signals
) -> None:
    status, out, err = broken_off(number)
    assert status == (130 if number is signal.SIGINT else -number)
    if number is signal.SIGINT:
        assert len(out.splitlines()) == 3
        assert err == (
            "kaitei: 6件のうち3件で中断しました（取り込んだ文書3件、すでにある文書0件、"
            "取り込めなかった文書0件） — 同じ命令をもう一度実行すると、残りを取り込みます\n"
        )
    else:
        assert "Traceback" not in err
    said = process("import", "文書", "--by", "佐藤", "--json", cwd=folder)
    assert (said.status, said.err) == (0, "")
    known = [each["already_known"] for each in said.json["imported"]]
    assert known == [True, True, True, False, False, False]
    assert process("verify", cwd=folder).status == 0
    process("--db", "sqlite:///whole.db", "import", "文書", "--by", "佐藤", cwd=folder)
    assert told(folder) == told(folder, "whole.db")


def interrupt() -> None:
    signal.raise_signal(signal.SIGINT)


@pytest.fixture
def _interruptible() -> Iterator[None]:
    """Ctrl-C is what it is in a process of its own, whoever runs the tests."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("_interruptible")
@pytest.mark.parametrize("dry_run", [False, True])
def test_who_interrupts_is_told_of_each_document_that_was_recorded(
    kaitei: Kaitei, monkeypatch: pytest.MonkeyPatch, dry_run: object
) -> None:
    def interrupted(*arguments: Any, **options: Any) -> Intake:  # noqa: ANN401  (as the real one)
        done = take_in(*arguments, **options)
        if arguments[2] == Path(KASUMINO).name:
            interrupt()
        return done

    monkeypatch.setattr(importing, "take_in", interrupted)
    files = ("missing.txt", MINATOGAWA, KASUMINO, KASUMINO_R6)
    said = kaitei("import", *files, "--jobs", "1", *(["--dry-run"] if dry_run else []))
    assert said.status == 130
    assert len(said.out.splitlines()) == 2
    missing, line = said.err.splitlines()
    assert missing.startswith("kaitei: missing.txt: ")
    if dry_run:
        assert line == "kaitei: 4件のうち3件で確認を中断しました — 何も記録していません"
    else:
        assert line.startswith("kaitei: 4件のうち3件で中断しました（取り込んだ文書2件、すでにある文書0件、")
        assert [row.split("\t")[5] for row in kaitei("list").out.splitlines()] == ["変更20", "変更28"]


@pytest.mark.usefixtures("_interruptible")
def test_reading_is_interrupted_at_once(kaitei: Kaitei) -> None:
    def never_done(_data: bytes, _name: str) -> PublishedEdition:
        interrupt()
        pytest.fail("it went on")

    with read_by(never_done):
        said = kaitei("import", KASUMINO, "--json")
    assert (said.status, said.out) == (130, "")
    assert said.err.startswith("kaitei: 1件のうち0件で中断しました")


def whole(*steps: Callable[[], None]) -> list[Callable[[], None]]:
    """Do *steps* while interruptions are held back; raises what they raise. Those that were done."""
    done = []
    with suppress(KeyboardInterrupt), Held():
        for step in steps:
            step()
            done.append(step)
    return done


def nothing() -> None:
    """Do nothing."""


def wrong() -> None:
    raise ZeroDivisionError


@pytest.mark.usefixtures("_interruptible")
def test_an_interruption_is_held_back_once() -> None:
    assert whole(interrupt, nothing) == [interrupt, nothing]
    assert whole(interrupt, interrupt, nothing) == [interrupt]
    with pytest.raises(KeyboardInterrupt):
        interrupt()


@pytest.mark.usefixtures("_interruptible")
def test_an_interruption_is_raised_in_the_end() -> None:
    held = Held()
    with pytest.raises(KeyboardInterrupt), held:
        interrupt()


@pytest.mark.usefixtures("_interruptible")
def test_what_goes_wrong_meanwhile_goes_before_an_interruption() -> None:
    with pytest.raises(ZeroDivisionError):
        whole(interrupt, wrong)
    with pytest.raises(KeyboardInterrupt):
        interrupt()


# What is said at the end


def test_the_time_is_told_where_it_was_a_lot_to_do(kaitei: Kaitei, folder: Path) -> None:
    (folder / "多").mkdir()
    for n in range(20):
        (folder / "多" / f"{n}.txt").write_text("評価書ではない", "utf-8")
    said = kaitei("import", "多").out.splitlines()
    assert said[0] == "取り込んだ文書0件、すでにある文書0件、取り込めなかった文書20件"
    assert said[-1].startswith("かかった時間 ")
    (folder / "多" / "0.txt").unlink()
    assert "かかった時間" not in kaitei("import", "多").out
