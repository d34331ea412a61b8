"""Canonical JSON is that of the standard library, however it is come by."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.canonical import canonical_json, canonical_lines

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda members: st.lists(members, max_size=4) | st.dictionaries(st.text(), members, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_it_is_what_json_writes_with_sorted_keys_and_nothing_else(value: object) -> None:
    plain = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    assert canonical_json(value) == plain


@given(st.dictionaries(st.text(), VALUES, max_size=4))
def test_lines_are_the_same_json_with_breaks(facts: dict[str, object]) -> None:
    lines = canonical_lines(facts)
    assert json.loads(lines) == facts
    assert lines.replace(",\n", ",") == canonical_json(facts)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), {1, 2}, b"x"])
def test_what_json_has_not_is_refused(value: object) -> None:
    with pytest.raises((ValueError, TypeError)):
        canonical_json(value)
