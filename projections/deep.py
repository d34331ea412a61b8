"""Which parts of two nested values differ: the only module that knows DeepDiff."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from deepdiff import DeepDiff
from deepdiff.operator import BaseOperator

from projections.readings import agree


class _Wording(BaseOperator):
    """Texts differ where they agree at no level of comparison; which words do, is no matter of DeepDiff's."""

    def match(self, level: Any) -> bool:  # noqa: ANN401  (DeepDiff does not name its types)
        return isinstance(level.t1, str) and isinstance(level.t2, str)

    def give_up_diffing(self, level: Any, diff_instance: Any) -> bool:  # noqa: ANN401  (the same)
        if not agree(level.t1, level.t2):
            diff_instance.custom_report_result("values_reworded", level)
        return True


def differing_parts(one: Mapping[str, object], other: Mapping[str, object]) -> Iterator[list[str]]:
    """The keys, from the outside in, that lead to each part in which *one* and *other* differ."""
    tree = DeepDiff(one, other, threshold_to_diff_deeper=0, view="tree", custom_operators=[_Wording()])
    for levels in tree.values():
        for level in levels:
            yield level.path(output_format="list")
