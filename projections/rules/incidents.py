"""Items on 重大事故 (Ⅲ７②): whether there was one, what happened, what was done (R-65)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from projections.findings import Finding, Severity
from projections.printed import PrintedBody, about, in_file, is_blank, sure

_HAPPENED: Final = "III.7.2"
_TOLD: Final = ("III.7.2.content", "III.7.2.prevention")


def inconsistencies(body: PrintedBody) -> Iterator[Finding]:
    """発生あり without its texts, 発生なし with them; two files of one body that answer differently."""
    for file in body.files("III"):
        happened, told = body.get(_HAPPENED, file), body.all(*_TOLD, file=file)
        blank, filled = [item for item in told if is_blank(item)], list(sure(told))
        name = in_file(file)
        if blank and body.chose(_HAPPENED, "発生あり", file):
            labels = "、".join(item.path.label for item in blank)
            message = f"{name}Ⅲ７②は「発生あり」ですが、{labels}の記載がありません"
            yield about("body-inconsistency", Severity.WARNING, (happened, *blank), message)
        elif filled and body.chose(_HAPPENED, "発生なし", file):
            labels = "、".join(item.path.label for item in filled)
            message = f"{name}Ⅲ７②は「発生なし」ですが、{labels}の記載があります"
            yield about("body-inconsistency", Severity.WARNING, (happened, *filled), message)
    answers = {file: body.chose(_HAPPENED, "発生あり", file) for file in body.files("III")}
    if {True, False} <= set(answers.values()):
        message = "評価実施機関全体についての欄であるⅢ７②が、ファイルにより「発生あり」と「発生なし」です"
        items = [body.get(_HAPPENED, file) for file, answer in answers.items() if answer is not None]
        yield about("body-inconsistency", Severity.WARNING, items, message)
