"""Edit, draft, revise, show: the document says by then what the edited one says, item by item."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.histories import history
from ledger.form import form3
from ledger.intake import take_in
from ledger.item_path import ItemPath
from ledger.published import ItemKind, PrintedItem, PublishedEdition
from ledger.storage import open_ledger
from projections import draft_file
from projections.abridging import differ
from projections.as_of import document_as_of
from projections.documents import Document
from projections.drafting import drafted
from projections.editions import assessment
from projections.readings import is_blank
from projections.revising import decided, revise
from samples.making.generating import SMALL, edition, seeded
from samples.making.vocabulary import Words

SEEDS = st.integers(0, 10**9)
A_FEW = settings(max_examples=12)
MANY = settings(max_examples=150)


def edited(random: Random, document: PublishedEdition, other: PublishedEdition) -> PublishedEdition:
    """*document* as somebody edits it: items as the *other* has them, sentences, whole blocks."""
    share, there = random.random() * 0.3, {item.path: item for item in other.items}
    items = [_edited(random, item, there, share) for item in document.items]
    if random.random() < 0.5 and not any(item.path.file for item in items):
        mine = {item.path for item in items}
        items += [item for path, item in there.items() if path not in mine and path.group and not path.file]
    if random.random() < 0.3:
        items = _without_a_block(random, items)
    return replace(document, items=tuple(items))


def _edited(
    random: Random, item: PrintedItem, there: dict[ItemPath, PrintedItem], share: float
) -> PrintedItem:
    if item.path.section == "表紙" or random.random() > share:
        return item
    if isinstance(item.value, str) and item.kind is ItemKind.TEXT and random.random() < 0.7:
        sentences = item.value.split("。")
        at = random.randrange(len(sentences))
        sentences[at : at + random.randint(0, 2)] = [Words(random).sentence().rstrip("。")]
        return replace(item, value="。".join(sentences).strip())
    return replace(item, value=there[item.path].value) if item.path in there else item


def _without_a_block(random: Random, items: Sequence[PrintedItem]) -> list[PrintedItem]:
    blocks = sorted({(item.path.file, item.path.parts[:3]) for item in items if item.path.group})
    gone = random.choice(blocks) if blocks else None
    return [item for item in items if not item.path.group or (item.path.file, item.path.parts[:3]) != gone]


def says_the_same(shown: Document, document: PublishedEdition, before: PublishedEdition) -> None:
    """Every item of *document* as it says it; what was not changed stays letter by letter."""
    now = {stated.path: stated.reading for stated in shown.items}
    was = {item.path: item.value for item in before.items}
    for item in document.items:
        reading = now.get(item.path)
        value = reading.value if reading else None
        if form3()[item.key].per_edition:
            continue
        assert not differ(value, item.value), (item.path, value, item.value)
        assert reading is None or reading.known or item.doubt, (item.path, reading)
        if isinstance(value, str) and not is_blank(value) and differ(was.get(item.path), item.value):
            assert value == item.value, item.path
    left = [path for path in now if path not in {item.path for item in document.items} and path.group]
    assert not [path for path in left if not is_blank(now[path].value)]


def there_and_back(seed: int, *, clean: bool) -> None:
    """The whole way. A *clean* history also passes the rules; drawn texts contradict themselves anyway."""
    random = seeded(seed)
    current, other = (history(random).edition if clean else edition(random, SMALL) for _ in range(2))
    new = edited(random, current, other)
    with open_ledger("sqlite://", create=True) as ledger:
        identity = take_in(ledger, b"1", "1.txt", current, by="佐藤").identity
        entries = ledger.entries(identity.assessment_id)
        draft = drafted(assessment(entries), identity, entries[-1].event_id, new, "2.txt")
        if not draft.rows:
            return
        read = draft_file.read(draft_file.written(draft), "d.toml")
        if clean:
            revise(ledger, identity, read, where="d.toml", by="岬")
        else:
            aggregate = ledger.get(identity.assessment_id)
            decided(aggregate, entries, assessment(entries), read, where="d.toml")
            ledger.save(aggregate, by="岬")
        known = assessment(ledger.entries(identity.assessment_id))
        says_the_same(document_as_of(known), new, current)
        assert not drafted(known, identity, "e1", new, "2.txt").rows


@A_FEW
@given(SEEDS)
def test_a_clean_document_edited_drafted_and_revised_is_the_edited_one(seed: int) -> None:
    """Of clean histories the validator has no error to report, so that ``revise`` takes every draft."""
    there_and_back(seed, clean=True)


@A_FEW
@given(SEEDS)
def test_any_document_edited_drafted_and_revised_is_the_edited_one(seed: int) -> None:
    """Every choice, every set of boxes, texts of every shape, several files, blocks that come and go."""
    there_and_back(seed, clean=False)


@pytest.mark.long
@MANY
@given(SEEDS, st.booleans())
def test_many_documents_edited_drafted_and_revised_are_the_edited_ones(seed: int, clean: bool) -> None:  # noqa: FBT001
    """The same of many more."""
    there_and_back(seed, clean=clean)
