"""The rules of the validator: one small function each, listed with source and remedy."""

from __future__ import annotations

from projections.findings import Rule
from projections.rules import body, names, regime, replay, table

RULES: tuple[Rule, ...] = (
    Rule(
        "chain-break",
        table.chain_break,
        "様式3 別添２（変更前は直前の記載）",
        "その間の変更の行が抜けていないか、変更前の記載が正しいかを確認してください",
    ),
    Rule(
        "missing-change-date",
        table.missing_change_date,
        "変更箇所の様式 変更日",
        "変更日を確認して記載してください",
        any_form=True,
    ),
    Rule(
        "unknown-item",
        names.unknown_item,
        "様式3 の項目",
        "項目欄に、様式の節・番号・項目名を書いてください",
    ),
    Rule(
        "wrong-section-name",
        names.wrong_section_name,
        "様式3 の見出し（他の様式の名称との取り違え）",
        "項目欄の見出しを様式3のものに改めてください",
    ),
    Rule(
        "wrong-item-number",
        names.wrong_item_number,
        "様式3 の番号（他の様式の番号との取り違え）",
        "項目欄の番号を様式3のものに改めてください",
    ),
    Rule(
        "abbreviated-item-name",
        names.abbreviated_item_name,
        "様式3 の項目名",
        "項目名を様式のとおりに書くと、後から確かめやすくなります",
    ),
    Rule(
        "narrative-row",
        replay.narrative_row,
        "様式3 別添２ 変更前・変更後の記載",
        "変更前と変更後の記載そのものを書いてください",
    ),
    Rule(
        "elided-row",
        replay.elided_row,
        "様式3 別添２ 変更前・変更後の記載",
        "略した部分が後から分かるように、変更した文は全文を書いてください",
    ),
    Rule(
        "body-disagrees",
        table.body_disagrees,
        "様式3 別添２（最後の変更後は本文の記載）",
        "本文と変更箇所のどちらが正しいかを確認してください",
    ),
    Rule(
        "body-gap",
        table.body_gap,
        "様式3 別添２ と本文",
        "元の文書にその項目があるかを確認してください",
    ),
    Rule(
        "count-mismatch",
        body.count_mismatch,
        "様式3 Ⅱ４・Ⅱ５（件数と記載された組）",
        "件数と、記載した委託事項・提供先・移転先の数を確認してください",
    ),
    Rule(
        "important-change-after",
        regime.important_change_after,
        "様式3 の※の項目（重要な変更は事前。規則11条、指針第6の2(2)）",
        "重要な変更に該当しない理由の記載を確認してください",
    ),
)
