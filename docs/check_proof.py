"""Checks a proof of `kaitei prove` with nothing but Python's standard library (3.9 or later).

    python check_proof.py PROOF.json [CHECKPOINT.json]

The proof has to hold by itself, and beside the checkpoint, if one is given: that is what somebody outside
kept of the ledger, and the only thing that has to be trusted. The trees are those of RFC 9162, section 2.1.
Exit status 0: it holds; 1: it does not; 2: the files cannot be read.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any


def leaf(event: dict[str, Any]) -> tuple[str, bytes]:
    """The leaf of an event: the hash of the sha256 over the canonical JSON of all of its stored fields."""
    canonical = json.dumps(event, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    digest = hashlib.sha256(canonical.encode()).digest()
    return digest.hex(), hashlib.sha256(b"\x00" + digest).digest()


def content_digest(lines: list[dict[str, Any]]) -> str:
    """The digest of what an event says: over the hash of each line with its salt, or of what was withheld."""
    hashed = [
        bytes.fromhex(line["was"])
        if "was" in line
        else hashlib.sha256(bytes.fromhex(line["salt"]) + line["text"].encode()).digest()
        for line in lines
    ]
    return hashlib.sha256(b"".join(hashed)).hexdigest()


def node(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def included(root: bytes, size: int, index: int, found: bytes, proof: list[bytes]) -> bool:
    """RFC 9162, 2.1.3.2: whether the leaf *found* stands at *index*."""
    if not 0 <= index < size:
        return False
    at, last = index, size - 1
    for sibling in proof:
        if last == 0:
            return False
        if at % 2 or at == last:
            found = node(sibling, found)
            while at and not at % 2:
                at, last = at // 2, last // 2
        else:
            found = node(found, sibling)
        at, last = at // 2, last // 2
    return last == 0 and found == root


def grew(old_root: bytes, old_size: int, new_root: bytes, new_size: int, proof: list[bytes]) -> bool:
    """RFC 9162, 2.1.4.2: whether the new list begins with the old one."""
    if not 0 < old_size <= new_size:
        return False
    if old_size == new_size:
        return not proof and old_root == new_root
    path = [old_root, *proof] if old_size & (old_size - 1) == 0 else proof
    if not path:
        return False
    at, last = old_size - 1, new_size - 1
    while at % 2:
        at, last = at // 2, last // 2
    old = new = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if at % 2 or at == last:
            old, new = node(sibling, old), node(sibling, new)
            while at and not at % 2:
                at, last = at // 2, last // 2
        else:
            new = node(new, sibling)
        at, last = at // 2, last // 2
    return last == 0 and (old, new) == (old_root, new_root)


def hashes(texts: list[str]) -> list[bytes]:
    """The hashes of a proof, from hexadecimal."""
    return [bytes.fromhex(text) for text in texts]


def wrong_with(told: dict[str, Any], kept: dict[str, Any] | None = None) -> str:
    """What is wrong with a proof, by itself or beside a checkpoint; blank where it holds.

    A proof by itself does not bind the size of its history: only the checkpoint does.
    """
    if kept is not None and (kept["size"], kept["root"]) not in proves(told):
        return "the proof is about another history than the checkpoint"
    if told["kind"] == "consistency":
        old, new = told["old"], told["new"]
        roots = bytes.fromhex(old["root"]), bytes.fromhex(new["root"])
        holds = grew(roots[0], old["size"], roots[1], new["size"], hashes(told["proof"]))
        return "" if holds else "the new history does not begin with the old one"
    wrong = (wrong_with_entry(entry, told) for entry in told["entries"])
    return next(filter(None, wrong), "") or wrong_with_withheld(told["entries"])


def wrong_with_withheld(entries: list[dict[str, Any]]) -> str:
    """What is wrong with the withheld lines; blank where each says what a record, proved with it, says."""
    now: dict[tuple[str, int, int], str] = {}
    for entry in sorted(entries, key=lambda each: each["index"]):
        if entry["event"]["name"] == "kaitei.text-withheld":
            facts = json.loads("".join(line["text"] for line in entry["content"][1:]))
            for each in (member["_data_"] for member in facts["lines"]["_data_"]):
                now[entry["event"]["stream"], each["version"], each["line"]] = each["now"]
    for entry in entries:
        for at, line in enumerate(entry["content"]):
            event = entry["event"]
            told = now.get((event["stream"], event["version"], at))
            found = hashlib.sha256(bytes.fromhex(line["salt"]) + line["text"].encode()).hexdigest()
            if ("was" in line or told) and found != told:
                return f"a withheld line of event e{event['sequence']} says what nobody recorded"
    return ""


def wrong_with_entry(entry: dict[str, Any], told: dict[str, Any]) -> str:
    """What is wrong with one event of an inclusion proof; blank where it stands in the history."""
    event = entry["event"]
    digest, found = leaf(event)
    name = f"event e{event['sequence']}"
    if digest != entry["payload_hash"]:
        return f"{name} is not what was hashed"
    if event["format"] > 1 and content_digest(entry["content"]) != event["payload"]:
        return f"what {name} says is not what was recorded"
    if event["sequence"] != entry["index"] + 1:
        return f"{name} is proved at another place"
    root = bytes.fromhex(told["root"])
    if not included(root, told["size"], entry["index"], found, hashes(entry["proof"])):
        return f"{name} is not in the history of this root"
    return ""


def proves(told: dict[str, Any]) -> list[tuple[int, str]]:
    """The sizes and roots that a proof is about."""
    both = [told["old"], told["new"]] if told["kind"] == "consistency" else [told]
    return [(each["size"], each["root"]) for each in both]


def main(arguments: list[str]) -> int:
    """Check the files and say what came of it."""
    try:
        told, *kept = [json.loads(Path(path).read_text("utf-8")) for path in arguments]
        wrong = wrong_with(told, *kept)
        withheld = sum("was" in line for entry in told.get("entries", ()) for line in entry["content"])
        about = ", ".join(f"{size} events with the root {root}" for size, root in proves(told))
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        print(f"cannot be read: {error!r}")
        return 2
    print(f"does not hold: {wrong}" if wrong else f"holds: {about}")
    if withheld and not wrong:
        print(f"withheld: {withheld} lines, in which other words stand than first, as is recorded and proved")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
