"""What documents and people write, piece by piece: what texts under test are made of, and hurt with."""

from __future__ import annotations

from functools import cache
from typing import Final

from ledger.form import form3, form_kinds

# Characters that look like others, count for two, count for none, or are digits that no number has.
ODD: Final = (
    "²", "①", "㉑", "㊿", "⑴", "½", "Ⅳ", "٣", "𝟛", "〇", "十", "\u200b", "\ufeff", "\u00a0", "\u3000",
    "\x0b", "\x0c", "\x1c", "\x1f", "\x85", "\u2028", "ﾞ", "か\u3099", "ﷺ", "㍿", "㍻", "ß", "İ", "\ufdd0",
    "\ufdd1", "\ufdd3", "\ue000", "𠮷", "\ufffd", "\U0010ffff", "\x1b$B",
)  # fmt: skip
SEPARATORS: Final = (
    "－", "-", "ー", "—", "―", "−", " ", "\u3000", "/", "／", "→", "＞", "・", "\n", "\t", "|", "\\|", ".",
    ":", "、", "。", "～", "※", "＊", "〃", "同上", "（", "）", "(", ")", "[", "]", "［", "］", "【", "】",
    "「", "」",
)  # fmt: skip
MARKUP: Final = (
    "<p>", "</p>", "<br/>", "<br", "<td>", "</tr>", "<table", "<", ">", "<!--", "-->", "&amp;", "&#x41;",
    '<input type="checkbox"/>', '<input checked="" type="checkbox"/>', '<input type="radio"/>', "<input ",
    "<選択肢>", "＜選択肢＞", "| --- | --- |", "|---|", "---", "| |", "[ ]", "[○]", "[O]", "［レ］", "[",
    "○",
)  # fmt: skip
NUMBERS: Final = (
    "0", "1", "2", "7", "10", "12", "99", "100", "1000", "0001", "-1", "1.5", "1,000", "１", "１２", "①",
    "②", "⑨", "(1)", "（2）", "1)", "Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ", "I", "II", "III", "IV", "V", "VI", "別添1",
    "（別添２）", "件", "9" * 30, "[n]", "[1]", "[0]", "{n}",
)  # fmt: skip
DAYS: Final = (
    "令和7年11月20日", "令和元年5月1日", "平成31年10月1日", "R5.4.3", "H30/12/31", "2024-10-01",
    "令和七年十月一日", "令和5年2月30日", "昭和99年1月1日", "令和", "年", "月", "日", "元", "（予定）",
    "0000-00-00", "9999-12-31", "令和99年12月31日", "〃", "二〇", "十", "",
)  # fmt: skip
SAYINGS: Final = (
    "略", "（略）", "(省略)", "…を追加", "を削除", "なし", "新規", "誤字の修正", "事前", "事後", "変更日",
    "項目", "変更前の記載", "変更後の記載", "提出時期", "提出時期に係る説明", "評価書番号", "評価書名",
    "評価実施機関名", "公表日", "項目一覧", "表紙", "霞野市長", "霞野市長/7", "7", "7/様式2", "基礎",
    "システム", "委託事項", "提供先", "移転先", "リスク", "十分である", "1) 特に力を入れている",
    "＜選択肢＞", "該当なし", "その他", "ファイル",
)  # fmt: skip


@cache
def labels() -> tuple[str, ...]:
    """What the form prints: labels, options, aliases, titles, and the keys of its items."""
    form = form3()
    found = [kind.title for kind in form_kinds()]
    for item in form:
        found += [item.label, item.key, form.item_text(item, 12), str(item.at(3, "甲/乙"))]
        found += [label for option in item.options for label in option.labels]
        found += [alias for alias, _ in item.aliases]
    return tuple(dict.fromkeys(found))


@cache
def vocabulary() -> tuple[str, ...]:
    """All of it, each kind of words as likely as another in :func:`random.choice` of choices."""
    return tuple(dict.fromkeys((*ODD, *SEPARATORS, *MARKUP, *NUMBERS, *DAYS, *SAYINGS, *labels())))


KINDS: Final = (ODD, SEPARATORS, MARKUP, NUMBERS, DAYS, SAYINGS)
