"""The audit trail: what was recorded, when, by whom, from which file, with the proof of each event."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

NAMES = {
    "kaitei.assessment-registered": "評価書の登録",
    "kaitei.assessment-identified": "別の表記の確認",
    "kaitei.edition-received": "公表文書の取込み",
    "kaitei.edition-reread": "原本の読み直し",
    "kaitei.item-changed": "項目の変更",
    "kaitei.row-interpreted": "行の解釈",
    "kaitei.change-corrected": "変更の訂正",
    "kaitei.change-retracted": "変更の取消し",
    "kaitei.finding-accepted": "指摘の了承",
    "kaitei.finding-reopened": "指摘の了承の取消し",
    "kaitei.assessment-reviewed": "見直し",
    "kaitei.assessment-ended": "事務の終了",
    "kaitei.revision-approved": "決裁",
    "kaitei.revision-submitted": "提出",
    "kaitei.edition-published": "公表",
    "kaitei.text-withheld": "非公開",
}
UNREADABLE: Final = "（記録の内容が読めません。kaitei verify で確かめてください）"
_SPEAKS_OF = ("interprets", "corrects", "retracts")
"""The fields that hold the version of the event that a decision speaks of."""


@dataclass(frozen=True, slots=True)
class TrailRow:
    """One event of the trail, flat: blank where a kind of event does not have the column.

    ``about`` is the event, the finding, the day or the revisions that it speaks of, ``why`` what whoever
    recorded it gave as the reason; ``reason`` is the 提出時期に係る説明 of a change.
    """

    sequence: int
    event_id: str
    event: str
    recorded_at: str
    recorded_by: str
    file_name: str
    publication_date: str
    no: str
    change_date: str
    item: str
    before: str
    after: str
    timing: str
    reason: str
    about: str
    why: str
    payload_hash: str

    @property
    def cells(self) -> tuple[str, ...]:
        """What stands under each heading of COLUMNS."""
        return tuple(str(getattr(self, name)) for name in COLUMNS)


COLUMNS: Final = {
    "sequence": "連番", "event_id": "記録番号", "event": "種類", "recorded_at": "記録日時",
    "recorded_by": "記録者", "file_name": "ファイル", "publication_date": "公表日", "no": "行",
    "change_date": "変更日", "item": "項目", "before": "変更前の記載", "after": "変更後の記載",
    "timing": "提出時期", "reason": "提出時期に係る説明", "about": "対象", "why": "理由",
    "payload_hash": "ハッシュ",
}  # fmt: skip
"""What people call the fields of a row, in their order."""


def audit_trail(stored: Iterable[dict[str, object]]) -> tuple[TrailRow, ...]:
    """The stored events of an assessment as rows for people."""
    events = tuple(stored)
    names = {event["version"]: str(event["event_id"]) for event in events}
    return tuple(_row(event, names) for event in events)


def _row(event: dict[str, object], names: Mapping[object, str]) -> TrailRow:
    """One event; *names* has the event ids of the assessment, by version."""
    payload = _facts(str(event["payload"]))

    def said(name: str) -> str:
        value = payload.get(name, "")
        return value if isinstance(value, str) else str(value or "")

    return TrailRow(
        sequence=int(str(event["sequence"])),
        event_id=str(event["event_id"]),
        event=_name(str(event["event"]), undone=bool(payload.get("undone"))),
        recorded_at=str(event["recorded_at"]),
        recorded_by=str(event["recorded_by"]),
        file_name=said("file_name"),
        publication_date=said("publication_date"),
        no=said("no") if payload.get("source") else "",
        change_date=said("change_date"),
        item=said("item_text") or said("path"),
        before=said("before"),
        after=said("after"),
        timing=said("timing"),
        reason=said("explanation"),
        about=_about(payload, names),
        why=said("why"),
        payload_hash=str(event["payload_hash"]),
    )


def _facts(payload: str) -> dict[str, Any]:
    """What an event says; of one that is lost or damaged, in the place of its reason, that it is."""
    try:
        told = json.loads(payload)
    except (ValueError, RecursionError):
        told = None
    return told if isinstance(told, dict) else {"why": UNREADABLE}


def _name(kind: str, *, undone: bool) -> str:
    return NAMES.get(kind, kind) + ("の取消し" if undone else "")


def _about(payload: Mapping[str, Any], names: Mapping[object, str]) -> str:
    """What a decision speaks of; blank for other events."""
    for field in _SPEAKS_OF:
        if field in payload:
            return names.get(payload[field], "")
    if "undone" in payload:  # a review, the end, or what became of revisions
        revisions = "、".join(payload.get("revisions", {}).get("_data_", []))
        told = (payload.get(field, "") for field in ("revision", "kind", "day", "receipt"))
        return " ".join(filter(None, (revisions, *told)))
    return str(payload.get("finding", ""))
