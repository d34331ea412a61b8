"""A draft as a file that a person edits: TOML, with comments in Japanese that say what is to be filled in.

``read`` takes what an editor makes of the file (CRLF, a byte order mark, days without quotation marks), and
says of everything else in which file and row it stands, and what to do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from difflib import get_close_matches
from typing import Final

import tomlkit
from tomlkit.exceptions import ParseError, TOMLKitError
from tomlkit.items import Item, String, StringType, Trivia

from ledger.errors import InvalidChange
from projections.drafting import Draft, DraftRow, place_of_row

_REF, _REVISION, _BASE, _ROWS = "評価書", "改訂", "作成時の記録", "changes"
CELLS: Final = {
    "項目": "path",
    "項目欄": "item_text",
    "変更日": "change_date",
    "変更前": "before",
    "変更後": "after",
    "提出時期": "timing",
    "説明": "explanation",
    "実際に変わる日": "actual_day",
}
"""The keys of one row, in the order in which they stand, and the fields of DraftRow that they fill."""

_TEXTS = ("変更前", "変更後")
_HEAD = (
    "改訂の下書き（kaitei draft が書いたもの）。直してから、kaitei revise で記録します。",
    "記録しない変更は、[[changes]] から次の [[changes]] の前までを消してください。",
    "　変更日　　　　　分からなければ空欄のままにできます（公表のときに決まります）",
    "　変更前・変更後　別添２に載る記載です。（略）は、変わらない部分を略したところです",
    "　提出時期　　　　事前 か 事後。下の「提案」は規則からの見込みで、決めるのは評価実施機関です",
    "　説明　　　　　　提出時期に係る説明。※の項目を事後とするときは、その理由を必ず書いてください",
    "　実際に変わる日　事務やシステムが実際に変わる日。様式には載りません。空欄にもできます",
)
_NAME_NOTE = "改訂の名前。分かりやすい名前に変えられます"
_BASE_NOTE = "この下書きが見た最後の記録。書き換えないでください"


# --- writing ----------------------------------------------------------------------------------------------


def written(draft: Draft) -> str:
    """The *draft* as a file."""
    document = tomlkit.document()
    for line in _HEAD:
        document.add(tomlkit.comment(line))
    document.add(tomlkit.nl())
    document.add(_REF, _string(draft.ref))
    document.add(_REVISION, _string(draft.revision).comment(_NAME_NOTE))
    document.add(_BASE, _string(draft.base).comment(_BASE_NOTE))
    for remark in draft.remarks:
        document.add(tomlkit.comment(_one_line(remark)))
    parts = [tomlkit.dumps(document)]
    parts += [_row(no, row) for no, row in enumerate(draft.rows, start=1)]
    if not draft.rows:
        parts.append("# 今の記載から変わった項目はありません\n")
    return "\n".join(parts)


def _row(no: int, row: DraftRow) -> str:
    document = tomlkit.document()
    document.add(tomlkit.comment(f"{no}.{' ※' if row.important else ''} {_one_line(row.path)}"))
    if row.proposal:
        document.add(tomlkit.comment(f"   提案: {_one_line(row.proposal)}"))
    for remark in row.remarks:
        document.add(tomlkit.comment(f"   注意: {_one_line(remark)}"))
    table = tomlkit.table()
    for key, field in CELLS.items():
        value = _string(getattr(row, field))
        table.add(key, value)
    rows = tomlkit.aot()
    rows.append(table)
    document.add(_ROWS, rows)
    return tomlkit.dumps(document)


def _one_line(text: str) -> str:
    return "".join(char if char.isprintable() else " " for char in " ".join(text.split()))


def _string(text: str) -> Item:
    """A text as people can edit it; lines as lines, where TOML lets them stand as they are."""
    plain = all(char.isprintable() or char in "\n\t　" for char in text)
    if not plain or text != text.strip("\n"):
        return tomlkit.string(text)
    if "\n" in text and "'''" not in text:
        return String(StringType.MLL, text, f"\n{text}\n", Trivia())
    literal = "'" not in text and "\n" not in text and any(char in text for char in '"\\')
    return tomlkit.string(text, literal=literal)


# --- reading ----------------------------------------------------------------------------------------------


def read(text: str, where: str) -> Draft:
    """The draft that a file says. Raises InvalidChange where it is no TOML, or none of a draft."""
    told = _parsed(text.replace("\r\n", "\n"), where)
    head = {key: value for key, value in told.items() if key != _ROWS}
    _ask_known(head, (_REF, _REVISION, _BASE, _ROWS), where)
    rows = told.get(_ROWS, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise _fault("changes が表の並びではありません", where, "行ごとに [[changes]] と書いてください")
    if not rows:
        raise _fault("記録する変更がありません", where, "[[changes]] の行を書いてください")
    said = {key: _text(head.get(key, ""), key, where) for key in (_REF, _REVISION, _BASE)}
    return Draft(
        said[_REF],
        said[_REVISION],
        said[_BASE],
        tuple(_row_of(row, place_of_row(where, n)) for n, row in enumerate(rows, start=1)),
    )


def _parsed(text: str, where: str) -> dict[str, object]:
    try:
        return tomlkit.parse(text).unwrap()
    except ParseError as error:
        raise _not_toml(text, where, error.line) from None
    except TOMLKitError:
        raise _fault(
            "同じキーが一つの表に二度あります",
            where,
            "変更ごとに [[changes]] の行があるか、キーが重なっていないかを確認してください",
        ) from None


def _not_toml(text: str, where: str, line: int) -> InvalidChange:
    lines = text.split("\n")
    bad = lines[line - 1] if 0 < line <= len(lines) else ""
    key = bad.partition("=")[0].strip()
    if "=" in bad and key and not key.isascii() and key[0] not in "\"'":
        remedy = f'キーは "{key}" のように引用符で囲んでください'
    else:
        remedy = "引用符の閉じ忘れや、値を囲む引用符がないかを、その前の行も含めて確認してください"
    return _fault("TOML として読めません", f"{where} {line}行目", remedy)


def _row_of(row: Mapping[str, object], where: str) -> DraftRow:
    _ask_known(row, CELLS, where)
    missing = [key for key in ("項目", "変更後", "提出時期") if key not in row]
    if missing:
        raise _fault(
            f"「{'」「'.join(missing)}」がありません", where, f'"{missing[0]}" = "…" の行を書いてください'
        )
    said = {field: _text(row.get(key, ""), key, where) for key, field in CELLS.items()}
    return DraftRow(
        path=said["path"],
        item_text=said["item_text"],
        before=said["before"],
        after=said["after"],
        change_date=said["change_date"],
        timing=said["timing"],
        explanation=said["explanation"],
        actual_day=said["actual_day"],
    )


def _ask_known(said: Iterable[str], known: Iterable[str], where: str) -> None:
    for key in said:
        if key not in known:
            near = get_close_matches(key, list(known), n=1, cutoff=0.3)
            remedy = f"「{near[0]}」ではありませんか" if near else f"使えるキーは{'、'.join(known)}です"
            raise _fault(f"「{key}」というキーはありません", where, remedy)


def _text(value: object, key: str, where: str) -> str:
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip("\n")
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    raise _fault(f"「{key}」が文字列ではありません", where, f'"{key}" = "…" のように引用符で囲んでください')


def _fault(told: str, where: str, remedy: str) -> InvalidChange:
    return InvalidChange(told, where=where, remedy=remedy)
