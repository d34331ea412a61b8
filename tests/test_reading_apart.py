"""Documents read in processes apart: the same editions, bounded, and no process that stays behind."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.errors import UnreadableSource
from ledger.readers import read
from projections import importing, reading_apart
from projections.importing import Imported, Refused, import_files
from projections.reading_apart import Later, Readers
from tests.command_line import KASUMINO, MINATOGAWA
from tests.conftest import ROOT
from tests.processes import children, remaining

# What the processes run instead: documents that say what is to become of whoever reads them.
_PROGRAM = """
import os, signal, sys, time
sys.path[:] = {path!r}
from projections import reading_worker
real = reading_worker.read
def read(data, name):
    match data:
        case b"killed":
            os.kill(os.getpid(), signal.SIGKILL)
        case b"long":
            time.sleep(3600)
        case b"no memory":
            raise MemoryError
        case b"broken":
            raise ZeroDivisionError("a fault of the reader")
        case b"unlike":
            raise type("Unlike", (Exception,), {{}})("what no other process knows")
        case b"talking":
            print("printed by a library", flush=True)
            return real(open(SAMPLE, "rb").read(), name)
        case _:
            return real(data, name)
reading_worker.read = read
reading_worker.main()
"""
TROUBLED = _PROGRAM.replace("SAMPLE", repr(str(ROOT / KASUMINO)))
TEXT = (ROOT / KASUMINO).read_bytes()


@pytest.fixture
def troubled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the processes run into trouble where a document says so."""
    monkeypatch.setattr(reading_apart, "_PROGRAM", TROUBLED)


@pytest.fixture(autouse=True)
def _nothing_stays() -> Iterator[None]:
    """No test leaves a process that it began."""
    before = children()
    yield
    assert children() <= before


def begun(readers: Readers, *documents: bytes) -> list[Later]:
    names = [f"{n}.txt" for n in range(1, len(documents) + 1)]
    return [
        readers.begin(data, name, left=len(documents) - n)
        for n, (data, name) in enumerate(zip(documents, names, strict=True), start=1)
    ]


def refusal(later: Later) -> str:
    with pytest.raises(UnreadableSource) as caught:
        later()
    return str(caught.value)


def test_an_edition_is_the_same_wherever_it_was_read() -> None:
    other = (ROOT / MINATOGAWA).read_bytes()
    with Readers(3, 2) as readers:
        one, two, three = begun(readers, TEXT, other, TEXT)
        assert (one(), two(), three()) == (read(TEXT, "1.txt"), read(other, "2.txt"), read(TEXT, "3.txt"))
        assert children()  # that answered, and wait for more; a thread may not have started them sooner


def test_a_document_is_refused_as_it_would_be_here() -> None:
    with Readers(2, 2) as readers:
        empty, letter = begun(readers, b"", "拝啓".encode())
        for later, data, name in ((empty, b"", "1.txt"), (letter, "拝啓".encode(), "2.txt")):
            with pytest.raises(UnreadableSource) as here:
                read(data, name)
            assert refusal(later) == str(here.value)


@pytest.mark.usefixtures("troubled")
def test_a_process_that_dies_takes_one_document_with_it() -> None:
    with Readers(6, 2) as readers:
        first, killed, second, without, third, last = begun(
            readers, TEXT, b"killed", TEXT, b"no memory", TEXT, b"killed"
        )
        for later in (first, second, third):
            assert later().header.number == "7"
        for later, name in ((killed, "2.txt"), (without, "4.txt"), (last, "6.txt")):
            assert refusal(later).startswith(f"{name}: 読み取りの途中でプロセスが終了しました")


@pytest.mark.usefixtures("troubled")
def test_a_fault_of_a_reader_is_no_refusal() -> None:
    with Readers(3, 2) as readers:
        broken, unlike, last = begun(readers, b"broken", b"unlike", TEXT)
        with pytest.raises(ZeroDivisionError, match="a fault of the reader") as caught:
            broken()
        assert "Traceback" in "".join(caught.value.__notes__)
        with pytest.raises(RuntimeError, match="what no other process knows"):
            unlike()
        assert last().header.number == "7"


@pytest.mark.usefixtures("troubled")
def test_what_a_library_prints_is_no_answer() -> None:
    with Readers(2, 2) as readers:
        for later in begun(readers, b"talking", b"talking"):
            assert later() == read(TEXT, "1.txt")


@pytest.mark.parametrize("program", ["raise SystemExit", "print('something else')"])
def test_where_no_process_starts_documents_are_read_here(
    monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    monkeypatch.setattr(reading_apart, "_PROGRAM", program)
    with Readers(2, 2) as readers:
        for later in begun(readers, TEXT, TEXT):
            assert later() == read(TEXT, "1.txt")


def test_where_the_system_has_no_process_left_documents_are_read_here(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def none_left(*_: object, **__: object) -> None:
        raise BlockingIOError

    monkeypatch.setattr(subprocess, "Popen", none_left)
    with Readers(2, 2) as readers:
        for later in begun(readers, TEXT, TEXT):
            assert later() == read(TEXT, "1.txt")


@pytest.mark.usefixtures("troubled")
def test_what_is_not_wanted_any_more_is_not_waited_for() -> None:
    with Readers(6, 2) as readers:
        begun(readers, b"long", TEXT, b"long", b"long", TEXT, b"long")[1]()
        assert children()
    assert not children()


def test_processes_end_with_whoever_began_them(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(
        f"""
import sys
from projections import reading_apart
reading_apart._PROGRAM = {TROUBLED!r}
with reading_apart.Readers(4, 2) as readers:
    begun = [readers.begin(data, "x", left=9) for data in (b"", b"", b"long", b"long")]
    for later in begun[:2]:
        try:
            later()
        except Exception:
            pass
    print("reading", flush=True)
    begun[2]()
""",
        "utf-8",
    )
    with subprocess.Popen([sys.executable, program], stdout=subprocess.PIPE) as asking:
        assert asking.stdout
        assert asking.stdout.readline() == b"reading\n"
        reading = children(asking.pid)
        assert len(reading) == 2
        asking.kill()
    assert remaining(reading) == set()


def test_one_document_or_one_job_needs_no_process() -> None:
    for documents, jobs in ((1, 3), (5, 1)):
        with Readers(documents, jobs) as readers:
            later = readers.begin(TEXT, "1.txt", left=documents - 1)
            assert (readers.ahead, children()) == (1, set())
            assert later() == read(TEXT, "1.txt")


class Ticking:
    """A clock on which every document takes *seconds*."""

    def __init__(self, seconds: float) -> None:
        self._now, self._seconds = 0.0, seconds

    def __call__(self) -> float:
        self._now += self._seconds
        return self._now


@pytest.mark.parametrize(("seconds", "left", "apart"), [(0.01, 90, False), (0.01, 110, True), (2.0, 1, True)])
def test_unasked_processes_start_where_much_is_left(
    monkeypatch: pytest.MonkeyPatch, seconds: float, left: int, apart: object
) -> None:
    monkeypatch.setattr(reading_apart, "usable", lambda: 2)
    monkeypatch.setattr("time.monotonic", Ticking(seconds))
    with Readers(200) as readers:
        readers.begin(TEXT, "1.txt", left=left + 1)()
        assert readers.ahead == 1
        readers.begin(TEXT, "2.txt", left=left)()
        assert (readers.ahead == 4) is apart


def test_no_more_is_read_ahead_than_twice_the_jobs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [tmp_path / f"{n}.txt" for n in range(1, 21)]
    for path in paths:
        path.write_bytes(TEXT)
    opened: list[Path] = []

    def seen(path: Path) -> bytes:
        opened.append(path)
        return path.read_bytes()

    monkeypatch.setattr(importing, "read_bytes", seen)
    ahead = [
        len(opened) - done
        for done, _ in enumerate(import_files(f"sqlite:///{tmp_path}/kaitei.db", paths, by="佐藤", jobs=2))
    ]
    assert opened == paths
    assert max(ahead) == 4


@pytest.mark.usefixtures("troubled")
def test_a_document_that_kills_its_reader_is_refused_and_the_others_go_on(tmp_path: Path) -> None:
    contents = [TEXT, b"killed", (ROOT / MINATOGAWA).read_bytes(), b"killed", b""]
    paths = [tmp_path / f"{n}.txt" for n in range(1, 6)]
    for path, data in zip(paths, contents, strict=True):
        path.write_bytes(data)
    results = list(import_files(f"sqlite:///{tmp_path}/kaitei.db", paths, by="佐藤", jobs=3))
    assert [result.file for result in results] == [str(path) for path in paths]
    told = [result.error.what if isinstance(result, Refused) else result.intake.ref for result in results]
    died = "読み取りの途中でプロセスが終了しました（メモリの不足など）"
    assert told == ["霞野市長/7", died, "湊川町長/15", died, "ファイルが空です"]
    assert isinstance(results[0], Imported)


@pytest.mark.skipif(not Path("/proc/self/oom_score_adj").exists(), reason="only Linux has it")
def test_where_memory_runs_out_the_reader_goes_first() -> None:
    with Readers(2, 2) as readers:
        for later in begun(readers, TEXT, TEXT):
            later()
        own = int(Path("/proc/self/oom_score_adj").read_text("ascii"))
        for each in children():
            assert int(Path(f"/proc/{each.pid}/oom_score_adj").read_text("ascii")) > own
