"""The history can be proved: what verify finds, what a checkpoint shows, proofs without the ledger."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from ledger.checkpoints import Checkpoint
from ledger.content import Content
from ledger.proving import History
from ledger.storage import open_ledger
from ledger.stored import StoredRow
from tests.command_line import Kaitei, one_line
from tests.proof_checker import SCRIPT, checker
from tests.tampering import breaks_of, taught

pytest_plugins = ["tests.command_line_fixtures"]

TABLES = ("kaitei_events", "kaitei_contents", "kaitei_sources")
NOT_TOLD = "末尾の切取りや全体の書直しは、台帳の外の控え（kaitei checkpoint）と比べなければ分かりません\n"


def opened(path: Path) -> sqlite3.Connection:
    """The database of a ledger, for somebody who can write to the file."""
    connection = taught(sqlite3.connect(path, isolation_level=None))
    for table in TABLES:
        for verb in ("update", "delete", "replace"):
            connection.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}")
    return connection


def tamper(folder: Path, statement: str) -> None:
    with closing(opened(folder / "kaitei.db")) as connection:
        connection.executescript(statement)


def kept(kaitei: Kaitei, name: str = "kept.json", *options: str) -> Any:  # noqa: ANN401  (JSON)
    assert kaitei("checkpoint", "--out", name, *options).status == 0
    return json.loads(Path(name).read_text("utf-8"))


# --- verify -----------------------------------------------------------------------------------------


def test_an_untouched_ledger_has_no_break(ledger: Kaitei) -> None:
    found = ledger("verify", "--json").json
    assert found == {"schema_version": 1, "ok": True, "events": 52, "root": found["root"], "breaks": []}
    said = ledger("verify")
    assert (said.status, said.err) == (0, "")
    assert said.out == f"記録52件を確かめました: 異常はありません（根 {found['root']}）\n{NOT_TOLD}"


BREAKS = {
    "a word of a payload": (
        "UPDATE kaitei_contents SET packed = reworded(packed, '納入通知書', '納付書') WHERE sequence = 20",
        [(20, "記録の内容がハッシュと合いません")],
    ),
    "who recorded it": (
        "UPDATE kaitei_contents SET packed = by_another(packed, '鈴木') WHERE sequence = 1",
        [(1, "記録の内容がハッシュと合いません")],
    ),
    "a number that is none": (
        "UPDATE kaitei_events SET originator_version = 'x' WHERE sequence = 3",
        [(3, "記録の内容がハッシュと合いません")],
    ),
    "a record in the middle": (
        "DELETE FROM kaitei_events WHERE sequence BETWEEN 10 AND 12",
        [(10, "連番 10 から 12 までの記録がありません")],
    ),
    "a lost content": (
        "DELETE FROM kaitei_contents WHERE sequence = 5",
        [(5, "記録の内容がありません")],
    ),
    "a content from elsewhere": (
        (
            "INSERT INTO kaitei_contents SELECT 99, packed, salts, NULL"
            " FROM kaitei_contents WHERE sequence = 5"
        ),
        [(None, "記録のない内容が1件あります（連番 99 など）")],
    ),
    "two contents that changed places": (
        (
            "UPDATE kaitei_contents SET packed = (SELECT packed FROM kaitei_contents WHERE sequence = 6),"
            " salts = (SELECT salts FROM kaitei_contents WHERE sequence = 6) WHERE sequence = 5"
        ),
        [(5, "記録の内容がハッシュと合いません")],
    ),
    "lines that nobody withheld": (
        (
            "UPDATE kaitei_contents SET packed = saying(packed, '{}'),"
            " salts = CAST(x'01' || zeroblob(48) || x'01' || zeroblob(48) AS BLOB) WHERE sequence = 5"
        ),
        [(5, "記録の内容がハッシュと合いません")]
        + [(5, f"{line}行目が、非公開にした記録がないのに消されています") for line in (1, 2)],
    ),
    "the source": (
        "UPDATE kaitei_sources SET content = x'78' WHERE file_name LIKE '7%'",
        [(2, "原本 380e16f9fd2b… の内容が変わっています")],
    ),
    "a lost source": (
        "DELETE FROM kaitei_sources WHERE file_name LIKE '7%'",
        [(2, "原本 380e16f9fd2b… がありません")],
    ),
    "a source from elsewhere": (
        "INSERT INTO kaitei_sources SELECT 'f00d', originator_id, 'x', content FROM kaitei_sources LIMIT 1",
        [(None, "取り込んだ記録のない原本 f00d… があります")],
    ),
}


@pytest.mark.parametrize("case", BREAKS)
def test_every_break_is_named(ledger: Kaitei, folder: Path, case: str) -> None:
    statement, breaks = BREAKS[case]
    tamper(folder, statement)
    said = ledger("verify", "--json")
    assert said.status == 1
    assert not said.json["ok"]
    assert [(each["sequence"], each["what"]) for each in said.json["breaks"]] == breaks
    told = ledger("verify")
    assert told.status == 1
    for sequence, what in breaks:
        assert f"{f'e{sequence}' if sequence else '台帳'}: {what}\n" in told.out
    assert f"異常 {len(breaks)}件" in told.out


def test_several_breaks_are_all_named(ledger: Kaitei, folder: Path) -> None:
    for case in ("a word of a payload", "who recorded it", "a record in the middle", "the source"):
        tamper(folder, BREAKS[case][0])
    assert [each["sequence"] for each in ledger("verify", "--json").json["breaks"]] == [1, 2, 10, 20]


def rewritten(path: Path, change: str) -> None:
    """A change by somebody who works out the hash anew."""
    with closing(opened(path)) as connection, open_ledger(f"sqlite:///{path}") as found:
        connection.execute(change)
        for each in list(found.rows()):
            assert each.content
            digested = replace(each, payload=each.content.digest())
            anew = (*map(bytes.fromhex, (digested.payload, digested.worked_out)), each.sequence)
            connection.execute(
                "UPDATE kaitei_events SET state = ?, payload_hash = ? WHERE sequence = ?", anew
            )


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (
            "UPDATE kaitei_events SET recorded_at = '2020-01-01T00:00:00.000000+00:00' WHERE sequence = 20",
            "記録日時（2020-01-01T00:00:00.000000+00:00）が前の記録",
        ),
        ("UPDATE kaitei_events SET recorded_at = '昨日' WHERE sequence = 20", "記録日時「昨日」が読めません"),
        (
            "UPDATE kaitei_events SET originator_version = 99 WHERE sequence = 20",
            "この評価書の20番目の記録のはずですが、99番目とあります",
        ),
        (
            "UPDATE kaitei_contents SET packed = reworded(packed, '}', '} ') WHERE sequence = 20",
            "決まった書き方の JSON ではありません",
        ),
    ],
)
def test_what_cannot_follow_is_named_even_with_a_hash_of_its_own(
    ledger: Kaitei, folder: Path, change: str, what: str
) -> None:
    rewritten(folder / "kaitei.db", change)
    (found, *_) = ledger("verify", "--json").json["breaks"]
    assert found["sequence"] == 20
    assert what in found["what"]


def test_one_changed_byte_of_a_stored_event_is_always_found(taken_in: Path, tmp_path: Path) -> None:
    """A thousand changes of one byte, in any column of any event."""
    path = tmp_path / "kaitei.db"
    shutil.copy(taken_in, path)
    dice = random.Random(20261126)  # noqa: S311
    columns = [
        *(
            ("kaitei_events", each)
            for each in ("topic", "recorded_at", "payload_hash", "state", "originator_id")
        ),
        *(("kaitei_contents", each) for each in ("packed", "salts")),
    ]
    with closing(opened(path)) as connection, open_ledger(f"sqlite:///{path}") as found:
        connection.execute("DELETE FROM kaitei_events WHERE sequence > 6")
        assert not breaks_of(found.rows())
        for _ in range(1000):
            sequence, (table, column) = dice.randint(1, 6), dice.choice(columns)
            (was,) = connection.execute(
                f"SELECT CAST({column} AS BLOB) FROM {table} WHERE sequence = ?",  # noqa: S608
                (sequence,),
            ).fetchone()
            at = dice.randrange(len(was))
            byte = dice.choice([value for value in range(256) if value != was[at]])
            now = was[:at] + bytes([byte]) + was[at + 1 :]
            kind = "TEXT" if column in {"topic", "recorded_at"} else "BLOB"
            update = f"UPDATE {table} SET {column} = CAST(? AS {kind}) WHERE sequence = ?"  # noqa: S608
            connection.execute(update, (now, sequence))
            named = {each.sequence for each in breaks_of(found.rows())}
            assert sequence in named, (sequence, column, at, byte)
            connection.execute(update, (was, sequence))
        assert not breaks_of(found.rows())


# --- checkpoints ------------------------------------------------------------------------------------


def test_a_checkpoint_shows_a_tail_that_was_cut_off(ledger: Kaitei, folder: Path) -> None:
    kept(ledger)
    assert ledger("verify", "--checkpoint", "kept.json").status == 0
    tamper(folder, "DELETE FROM kaitei_events WHERE sequence > 50")
    tamper(folder, "DELETE FROM kaitei_contents WHERE sequence > 50")
    assert "（台帳にない記録）が記録と合いません" in ledger("verify").out  # the read models know of it
    assert ledger("rebuild").status == 0
    assert ledger("verify").status == 0  # nothing in the ledger itself tells
    said = ledger("verify", "--checkpoint", "kept.json", "--json")
    assert said.status == 1
    assert [each["what"] for each in said.json["breaks"]] == [
        "控えにある記録（e51 から e52 まで）がありません"
    ]


def test_a_checkpoint_shows_a_history_that_was_written_anew(ledger: Kaitei, folder: Path) -> None:
    kept(ledger)
    change = (
        "UPDATE kaitei_contents SET packed = reworded(packed, '納入通知書', '納付書') WHERE sequence = 20"
    )
    rewritten(folder / "kaitei.db", change)
    assert ledger("verify").status == 1  # the read models still say what was said
    assert ledger("rebuild").status == 0
    assert ledger("verify").status == 0
    said = ledger("verify", "--checkpoint", "kept.json")
    assert said.status == 1
    assert "台帳: e1 から e52 までのどこかが、控えを作った後に書き換えられています\n" in said.out


def test_what_is_recorded_later_leaves_a_checkpoint_true(ledger: Kaitei) -> None:
    first = kept(ledger)
    ledger("review", "7", "--on", "2026-04-01", "--why", "違いはなかった", "--by", "佐藤")
    second = kept(ledger, "later.json")
    assert (first["size"], second["size"]) == (52, 53)
    assert first["root"] != second["root"]
    assert ledger("verify", "--checkpoint", "kept.json", "--checkpoint", "later.json").status == 0


def test_a_signed_checkpoint_shows_who_made_it(ledger: Kaitei, folder: Path) -> None:
    pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "key.pem").write_bytes(pem)
    made = kept(ledger, "kept.json", "--key", "key.pem")
    assert made["signature"]
    assert ledger("verify", "--checkpoint", "kept.json").status == 0
    (folder / "kept.json").write_text(json.dumps({**made, "size": 51}), "utf-8")
    said = ledger("verify", "--checkpoint", "kept.json")
    assert said.status == 1
    assert "台帳: 控えの署名が、控えの内容か公開鍵と合いません\n" in said.out


@pytest.mark.parametrize(
    ("command", "content", "told"),
    [
        (("verify", "--checkpoint", "f"), b"{}", "f: 控えとして読めません"),
        (
            ("verify", "--checkpoint", "f"),
            json.dumps({"size": -1, "root": "00" * 32, "time": ""}).encode(),
            "f: 控えとして読めません",
        ),
        (("verify", "--checkpoint", "f"), b"[" * 20_000, "f: 控えとして読めません"),
        (
            ("verify", "--checkpoint", "f"),
            json.dumps({"size": 0, "root": "00" * 32, "time": "", "signature": 7}).encode(),
            "f: 控えとして読めません",
        ),
        (("verify", "--checkpoint", "f"), b"\xff\xfe", "f: UTF-8 の文字として読めません"),
        (("verify", "--checkpoint", "none"), b"", "none: ファイルがありません"),
        (("checkpoint", "--key", "f"), b"secret", "f: Ed25519 の秘密鍵として読めません"),
        (("prove", "e99"), b"", "e99: その番号の記録はありません — e1 から e52 までで指定してください"),
        (("prove",), b"", "kaitei prove: 何を証明するか決まりません"),
        (("prove", "e1", "--consistency", "f"), b"", "kaitei prove: 何を証明するか決まりません"),
        (
            ("prove", "--consistency", "f"),
            json.dumps({"size": 5, "root": "00" * 32, "time": ""}).encode(),
            "f: 台帳はこの控えの続きではありません",
        ),
    ],
)
def test_bad_input_gets_one_line(
    ledger: Kaitei, folder: Path, command: tuple[str, ...], content: bytes, told: str
) -> None:
    (folder / "f").write_bytes(content)
    assert one_line(ledger(*command)).startswith(told)


# --- proofs, checked without the ledger -------------------------------------------------------------


def test_proofs_hold_beside_the_checkpoint(ledger: Kaitei, folder: Path) -> None:
    kept(ledger)
    ledger("prove", "e20", "--out", "event.json")
    ledger("prove", "霞野", "--out", "whole.json")
    ledger("review", "7", "--on", "2026-04-01", "--why", "違いはなかった", "--by", "佐藤")
    ledger("prove", "--consistency", "kept.json", "--out", "grew.json")
    for name, about in (("event", "holds: 52 events"), ("whole", "holds: 52 events"), ("grew", "53 events")):
        done = subprocess.run(
            [sys.executable, "-I", SCRIPT, f"{name}.json", "kept.json"],
            cwd=folder,
            capture_output=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, b"")
        assert about in done.stdout.decode()
    entries = json.loads((folder / "whole.json").read_text("utf-8"))["entries"]
    assert [each["event"]["sequence"] for each in entries] == [*range(1, 31)]


def row(sequence: int) -> StoredRow:
    """A stored event, whatever it says."""
    payload = '{"why":"誤記",\n"語":"事務"}'
    if sequence % 10 == 0:  # withholds the word of the event before the last
        line = f'{{"_data_":{{"line":2,"now":"{withheld(sequence - 2).lines()[2].now.hex()}",'
        line += f'"version":{sequence - 2}}},"_type_":"withheld_line"}}'
        payload = f'{{"lines":{{"_data_":[{line}],"_type_":"tuple"}},\n'
        payload += '"sources":{"_data_":[],"_type_":"tuple"},\n"why":"氏名"}'
    content = withheld(sequence) if sequence % 10 == 8 else Content("佐藤", payload, f"{sequence:032x}")
    name = "kaitei.text-withheld" if sequence % 10 == 0 else "kaitei.x"
    bare = StoredRow(sequence, "s", sequence, name, "2026-04-01", "", 2, content.digest(), content=content)
    return replace(bare, payload_hash=bare.worked_out)


@cache
def withheld(sequence: int) -> Content:
    """What an event says in which a word was withheld."""
    content = Content("佐藤", '{"why":"誤記",\n"語":"事務"}', f"{sequence:032x}")
    return content.instead("佐藤", '{"why":"誤記",\n"語":"〔非公開：氏名〕"}')


def some_proof(history: History, dice: random.Random) -> dict[str, Any]:
    if dice.random() < 0.5:
        told = [
            row for row in history.rows if row.sequence % 10 != 8 or row.sequence + 2 <= history.tree.size
        ]
        return history.inclusion([dice.choice(told)])
    size = dice.randint(1, history.tree.size)
    return history.consistency(Checkpoint(size, history.tree.root(size).hex(), ""), "kept")


def tampered(value: Any, dice: random.Random) -> Any:  # noqa: ANN401  (JSON)
    """The same with one thing in it changed."""
    match value:
        case dict():
            name = dice.choice(
                [key for key in value if key not in {"schema_version", "kind"} and value[key] not in ([], "")]
            )
            return {**value, name: tampered(value[name], dice)}
        case list():
            at = dice.randrange(len(value))
            return [*value[:at], tampered(value[at], dice), *value[at + 1 :]]
        case int():
            return value + dice.choice((-1, 1))
        case _:
            at = dice.randrange(len(value))
            other = dice.choice([digit for digit in "0123456789abcdef" if digit != value[at]])
            return value[:at] + other + value[at + 1 :]


def test_every_proof_holds_and_no_changed_one_does() -> None:
    check = checker()
    dice = random.Random(9162)  # noqa: S311
    rows = [row(sequence) for sequence in range(1, 131)]
    histories = [History(rows[:size]) for size in range(1, len(rows) + 1)]
    for _ in range(10_000):
        history = dice.choice(histories)
        proof = some_proof(history, dice)
        now = {"size": history.tree.size, "root": history.tree.root().hex()}
        assert check.wrong_with(proof, now) == ""
        changed = tampered(proof, dice)
        assert check.wrong_with(changed, now), (proof, changed)
