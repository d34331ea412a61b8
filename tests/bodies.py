"""Bodies that break the rules about the body by itself, and bodies that only look so."""

from __future__ import annotations

from ledger.form import FormItem, form3
from ledger.published import Boxes, ItemKind, PrintedItem, PublishedEdition, TableState
from projections.findings import Severity
from tests.papers import paper
from tests.papers import stated as item

NETWORK = "情報提供ネットワークシステム"
UNREAD = "印が読み取れない欄がある"

LINKED = "I/5/①実施の有無"
PEOPLE = "I/1/③対象人数"
FILES = "I/3/特定個人情報ファイル名"
RESULT = "V/1/②しきい値判断結果"
FIRST_DAY = "V/1/①実施日"
HELD, USED = "II/2/⑤保有開始日", "II/3/⑥使用開始日"
OWN, OWN_RISKS = "II/1/特定個人情報ファイル名", "III/1/特定個人情報ファイル名"
ENTRUSTED, NOT_ENTRUSTED = "II/4/委託の有無", "III/4/委託しない"
TERMS = "III/4/委託契約書中の特定個人情報ファイルの取扱いに関する規定"
ASSURED = "III/4/再委託先による特定個人情報ファイルの適切な取扱いの担保"
GIVEN, NOT_GIVEN = "II/5/提供・移転の有無", "III/5/提供・移転しない"
RULES_OF_GIVING = "III/5/特定個人情報の提供・移転に関するルール"
NOT_CONNECTED = "III/6/接続しない"
MEASURES_IN, MEASURES_OUT = (f"III/6/リスク{n}/リスクに対する措置の内容" for n in (1, 2))
ADEQUACY = "III/6/リスク2/リスクへの対策は十分か"
INCIDENT = "III/7/②過去３年以内に、評価実施機関において、個人情報に関する重大事故が発生したか"
WHAT, PREVENTION = f"{INCIDENT}/その内容", f"{INCIDENT}/再発防止策の内容"
TRAINING = "III/9/従業者に対する教育・啓発"
SYSTEM = "I/2/システム{}/①システムの名称"
CONNECTED = "I/2/システム{}/③他のシステムとの接続"
HOW_GIVEN = "II/5/提供先1/⑥提供方法"

FOCUSED = "基礎項目評価及び重点項目評価の実施が義務付けられる"
BASIC = "基礎項目評価の実施が義務付けられる（任意に重点項目評価を実施）"
NONE = "特定個人情報保護評価の実施が義務付けられない（任意に重点項目評価を実施）"

GIVES = ("提供を行っている", "移転を行っている", "行っていない")
SIDES = ("接続しない（入手）", "接続しない（提供）")
WAYS = (
    NETWORK,
    "専用線",
    "電子メール",
    "電子記録媒体（フラッシュメモリを除く。）",
    "フラッシュメモリ",
    "紙",
    "その他",
)


def ticks(every: tuple[str, ...], *ticked: str) -> Boxes:
    """A set of boxes of which some are ticked, and all can be read."""
    return Boxes(ticked, tuple(label for label in every if label not in ticked))


def gives(*ticked: str, file: str = "") -> PrintedItem:
    """Ⅱ５ with these boxes ticked."""
    return item(f"II[{file}]{GIVEN[2:]}" if file else GIVEN, ticks(GIVES, *ticked))


def sides(*ticked: str, path: str = NOT_CONNECTED) -> PrintedItem:
    """Ⅲ６ with these boxes ticked."""
    return item(path, ticks(SIDES, *ticked))


def given_by(*ways: str, path: str = HOW_GIVEN) -> PrintedItem:
    """The way in which 提供先1 is served."""
    return item(path, ticks(WAYS, *ways))


def box(path: str, label: str, *, ticked: bool) -> PrintedItem:
    """The one box in a heading."""
    return item(path, ticks((label,), *([label] if ticked else [])))


def contract(
    n: int, again: str, how: str = "書面で承諾する", what: str = "夜間の監視"
) -> tuple[PrintedItem, ...]:
    """A 委託事項 with all that the form asks about 再委託."""
    head = f"II/4/委託事項{n}"
    return (
        item(head, f"保守{n}"),
        item(f"{head}/④再委託の有無", again),
        item(f"{head}/⑤再委託の許諾方法", how),
        item(f"{head}/⑥再委託事項", what),
    )


def named(listed: str, own: str, risks: str = "", doubt: str = "") -> PublishedEdition:
    """The name of the only file as Ⅰ３, Ⅱ１ and Ⅲ１ have it."""
    return paper(item(FILES, listed, doubt), item(OWN, own, doubt), item(OWN_RISKS, risks or own, doubt))


def dated(held: str, used: str) -> PublishedEdition:
    """保有開始日 and 使用開始日 of a file."""
    return paper(item(HELD, held), item(USED, used))


def judged(people: str, result: str, *others: PrintedItem) -> PublishedEdition:
    """対象人数 and しきい値判断結果."""
    return paper(item(PEOPLE, people), item(RESULT, result), *others)


def recipient(n: int, name: str, what: str, kind: str = "移転先", file: str = "") -> tuple[PrintedItem, ...]:
    """A block of Ⅱ５."""
    head = f"II[{file}]/5/{kind}{n}" if file else f"II/5/{kind}{n}"
    use, told = (
        ("②移転先における用途", "③移転する情報")
        if kind == "移転先"
        else (
            "②提供先における用途",
            "③提供する情報",
        )
    )
    return (item(head, name), item(f"{head}/{use}", what), item(f"{head}/{told}", "住所、世帯"))


def _first(heading: FormItem) -> FormItem:
    """The first item under a heading that is more than a number of 件."""
    below = (node for node, _ in form3().below(heading) if node.kind not in {None, ItemKind.COUNT})
    return heading if heading.kind is not None else next(below)


def whole(*sections: str, file: str = "") -> tuple[PrintedItem, ...]:
    """An item under each numbered heading of these sections."""
    found = []
    for section in (node for node in form3().children(None) if node.section in sections):
        for heading in form3().children(section) or (section,):
            node = _first(heading)
            labels = tuple(option.label for option in node.options)
            value = ticks(labels) if node.kind is ItemKind.CHECKBOX else labels[0] if labels else "－"
            found.append(item(str(node.at(1, file if node.per_file else "")), value))
    return tuple(found)


REFERS = "II/2/全ての記録項目", "別添１を参照。"
WHOLE = (*whole("I", "II", "別添1", "III", "IV", "V"), item(*REFERS))


def without(*sections: str) -> PublishedEdition:
    """A body of which these sections are not in the text."""
    return paper(*(one for one in WHOLE if one.path.section not in sections))


def of_two_files(
    *others: PrintedItem, lists: str = "", listed: str = "1. 甲ファイル\n2. 乙ファイル"
) -> PublishedEdition:
    """Two files with their II and III; 別添1 holds *lists*, of 甲ファイル if it names none."""
    both = [
        one
        for file in ("甲ファイル", "乙ファイル")
        for one in (
            *(one for one in whole("II", "III", file=file) if one.path.label != "特定個人情報ファイル名"),
            item(f"II[{file}]/1/特定個人情報ファイル名", file),
            item(f"II[{file}]/2/全ての記録項目", "別添１を参照。"),
            item(f"III[{file}]/1/特定個人情報ファイル名", file),
        )
    ]
    annex = [item("別添1[甲ファイル]/特定個人情報ファイル記録項目", lists)] if lists else []
    rest = (one for one in whole("I", "IV", "V") if one.path.label != "特定個人情報ファイル名")
    return paper(*rest, item(FILES, listed), *both, *annex, *others)


BREAKS: dict[str, PublishedEdition] = {
    "body-inconsistency": paper(item(ENTRUSTED, "委託する"), box(NOT_ENTRUSTED, "委託しない", ticked=True)),
    "checkbox-contradiction": paper(gives("提供を行っている", "行っていない")),
    "date-order": paper(item(FIRST_DAY, "令和6年10月2日"), item("表紙/公表日", "令和6年10月1日")),
    "missing-choice": paper(item(TRAINING, "")),
    "not-an-option": paper(
        item(TRAINING, "外部の団体に任せている", "「外部の団体に任せている」は選択肢にない")
    ),
    "missing-section": without("IV"),
    "missing-change-table": paper(item(TRAINING, "十分に行っている"), state=TableState.ABSENT),
    "empty-change-table": paper(item(TRAINING, "十分に行っている"), state=TableState.EMPTY),
    "group-under-wrong-file": of_two_files(
        item("II[甲ファイル]/5/提供・移転の有無/移転を行っている/件", "1"),
        *recipient(1, "福祉課", "甲ファイルによる給付の事務", file="甲ファイル"),
        *recipient(2, "収納課", "乙ファイルによる徴収の事務", file="甲ファイル"),
        lists="甲ファイル 1.個人番号 乙ファイル 1.個人番号",
    ),
    "duplicate-entries": paper(*recipient(1, "福祉課", "給付の事務"), *recipient(2, "福祉課", "給付の事務")),
    "name-variants": paper(item(SYSTEM.format(1), "中間サーバ"), item(SYSTEM.format(2), "中間サーバー")),
    "stale-assessment": paper(item(FIRST_DAY, "令和元年9月30日")),
    "threshold-mismatch": judged("1,000人以上1万人未満", FOCUSED),
}

SEVERITIES = {
    "body-inconsistency": Severity.WARNING,
    "checkbox-contradiction": Severity.WARNING,
    "date-order": Severity.WARNING,
    "missing-choice": Severity.WARNING,
    "not-an-option": Severity.WARNING,
    "missing-section": Severity.WARNING,
    "missing-change-table": Severity.WARNING,
    "empty-change-table": Severity.NOTE,
    "group-under-wrong-file": Severity.WARNING,
    "duplicate-entries": Severity.NOTE,
    "name-variants": Severity.NOTE,
    "stale-assessment": Severity.NOTE,
    "threshold-mismatch": Severity.WARNING,
}

ABOUT: dict[str, set[str]] = {
    "body-inconsistency": {ENTRUSTED, NOT_ENTRUSTED},
    "checkbox-contradiction": {GIVEN},
    "date-order": {FIRST_DAY, "表紙/公表日"},
    "missing-choice": {TRAINING},
    "not-an-option": {TRAINING},
    "missing-section": {"IV"},
    "missing-change-table": {"別添2"},
    "empty-change-table": {"別添2"},
    "group-under-wrong-file": {"II[甲ファイル]/5/移転先2"},
    "duplicate-entries": {"II/5/移転先1", "II/5/移転先2"},
    "name-variants": {SYSTEM.format(1), SYSTEM.format(2)},
    "stale-assessment": {FIRST_DAY},
    "threshold-mismatch": {PEOPLE, RESULT},
}
