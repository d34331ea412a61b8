"""Choices: one of the options of the form is chosen (R-66), wherever the form asks for one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ledger import wording
from ledger.form import FormItem, form3, group_number
from ledger.published import ItemKind, PrintedItem
from ledger.readers.cells import nearly
from projections.findings import Cause, Finding, Rule, Severity, Subject
from projections.printed import PrintedBody, about, body_of, head_of, holds, in_file, is_foreign
from projections.rules.network import SIDES
from projections.rules.thresholds import beyond_the_form

_LONGEST_ANSWER = 30  # letters; more is the text of another cell
_MISREAD = 0.5  # likeness to an option from which on it may be that option, misread


# --- nothing chosen -------------------------------------------------------------------------------------


def missing_choice(subject: Subject) -> Iterator[Finding]:
    """A choice is printed with its options, and nothing is chosen. One finding for each section of a file."""
    body = body_of(subject.edition)
    open_items: dict[tuple[str, str], list[PrintedItem]] = {}
    for item in subject.edition.items:
        if item.kind is ItemKind.CHOICE and item.value == "" and not item.doubt and _is_asked(body, item):
            open_items.setdefault((item.path.section, item.path.file), []).append(item)
    for (_, file), items in open_items.items():
        places = "、".join(_place(item) for item in items)
        told = f"{in_file(file)}{places}に、選択肢が選ばれていません"
        yield about("missing-choice", Severity.WARNING, items, told)


def _place(item: PrintedItem) -> str:
    """Where an item stands, without its file."""
    return "/".join(item.path.parts)


def _is_asked(body: PrintedBody, item: PrintedItem) -> bool:
    """Whether the form wants an answer: the block is filled in, and no box says that nothing is done."""
    node, file = form3()[item.key], item.path.file
    above = {node.key, *(one.key for one in form3().ancestors(node))}
    if (head := head_of(node)) is not None:
        name = body.get(head.key, file, group_number(item.key))
        return name is not None and not name.doubt and holds(name)
    if "III.4" in above:
        return body.ticked("III.4.not_entrusted", "委託しない", file) is False and (
            body.chose("II.4.exists", "委託する", file) is True
        )
    if "III.5" in above:
        given = (body.ticked("II.5.exists", box, file) for box in ("提供を行っている", "移転を行っている"))
        return body.ticked("III.5.not_provided", "提供・移転しない", file) is False and any(given)
    for side in SIDES:
        if side.risk in above:
            return body.ticked("III.6.not_connected", side.box, file) is False and (
                body.chose("I.5.1", "実施する") is True
            )
    return True


# --- something else ---------------------------------------------------------------------------------------


def not_an_option(subject: Subject) -> Iterator[Finding]:
    """R-66: what is chosen is none of the options. What may be a misread option is only a note."""
    for item in subject.edition.items:
        node = form3()[item.key]
        if not is_foreign(item) or beyond_the_form(item):
            continue
        told = f"{item.path}: 「{wording.in_brief(str(item.value))}」は様式の選択肢にありません"
        if _may_be_misread(str(item.value), node):
            yield about("not-an-option", Severity.NOTE, (item,), told, Cause.EXTRACTION)
        else:
            yield about("not-an-option", Severity.WARNING, (item,), told)


def _may_be_misread(value: str, node: FormItem) -> bool:
    """Whether a value is like an option; another figure is no misreading (30万人 is not 10万人)."""
    if len(value) > _LONGEST_ANSWER or wording.is_nothing(value):
        return True
    bare = re.sub(r"[「」『』\[\]［］()（）]", "", value)
    if any(letter.isdecimal() for letter in bare):
        return False
    return any(nearly(bare, label) >= _MISREAD for option in node.options for label in option.labels)


RULES = (
    Rule(
        "missing-choice",
        missing_choice,
        Severity.WARNING,
        "様式3 の選択肢のある項目",
        "選択肢から一つを選んで記載してください",
    ),
    Rule(
        "not-an-option",
        not_an_option,
        Severity.WARNING,
        "様式3 の選択肢",
        "様式の選択肢から選んでいるかを確認してください",
    ),
)
