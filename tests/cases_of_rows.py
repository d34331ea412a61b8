"""Documents for the rules about rows of the change table: what breaks each, and what only looks so."""

from __future__ import annotations

import pytest

from ledger.published import Boxes, PrintedItem, PublishedEdition
from projections.findings import Severity
from tests.papers import Cells, one, paper
from tests.papers import stated as item

OFFICE = "I/6/①部署"
HEAD = "I/6/②所属長の役職名"
DUTY = "II/2/⑥事務担当部署"
WORK = "I/1/②事務の内容"
GROUND = "I/4/法令上の根拠"
BASIS = "I/5/②法令上の根拠"
FIRST_DAY = "V/1/①実施日"
STORAGE = "II/6/保管場所"
MEDIA = "II/3/②入手方法"
RECORDS = "II/2/主な記録項目"
USERS = "II/3/使用者数"
LIST = "別添1/特定個人情報ファイル記録項目"
CONTRACT = "II/4/委託事項1"
CONTRACTOR = "II/4/委託事項1/③委託先名"
AGAIN = "II/4/委託事項1/④再委託の有無"
TRANSFER = "II/5/移転先1"
TRANSFERS = "II/5/提供・移転の有無/移転を行っている/件"
INCIDENT = "III/7/②過去３年以内に、評価実施機関において、個人情報に関する重大事故が発生したか"
MEASURES = "III/3/リスク2/その他の措置の内容"
SPRING, AUTUMN = "令和5年4月3日", "令和5年10月2日"
FORM = "評価書の様式変更であり、重要な変更には該当しない"
LONG = (
    "台帳を紙で保管する。施錠した書庫に収め、鍵は所属長が管理する。"
    "出入りは帳簿に書き留め、所属長が毎月点検する。"
)


def dated(*days: str, timing: str = "事後") -> PublishedEdition:
    """Rows on one item with these days, each going on from the one before."""
    names = [f"第{n}課" for n in range(len(days) + 1)]
    rows = tuple((day, OFFICE, names[n], names[n + 1], timing) for n, day in enumerate(days))
    return paper(item(OFFICE, names[len(days)]), rows=rows)


def filed(timing: str, explanation: str = "重要な変更に該当しない") -> PublishedEdition:
    """One row with this fifth and sixth cell."""
    return one(OFFICE, "窓口課", (SPRING, "市民課", "窓口課", timing, explanation))


def explained(
    path: str, before: str, after: str, explanation: str, body: str | Boxes = ""
) -> PublishedEdition:
    """One row with this explanation."""
    return one(path, body or after, (SPRING, before, after, "事後", explanation))


def of_file(file: str, path: str, value: str) -> PrintedItem:
    """An item of one of several files."""
    section, rest = path.split("/", 1)
    return item(f"{section}[{file}]/{rest}", value)


def transfer(*rows: Cells, count: str = "1", name: str = "福祉課") -> PublishedEdition:
    """An edition with one 移転先, and rows."""
    return paper(
        item(TRANSFERS, count),
        item(TRANSFER, name),
        item(f"{TRANSFER}/①法令上の根拠", "条例第3条"),
        item(f"{TRANSFER}/②移転先における用途", "手当の支給"),
        item(f"{TRANSFER}/③移転する情報", "世帯の情報"),
        item(f"{TRANSFER}/⑦時期・頻度", "毎月1回"),
        rows=rows,
    )


def came(leaf: str, words: str) -> Cells:
    """A row by which an item of 移転先1 came in."""
    return (SPRING, f"{TRANSFER}/{leaf}".rstrip("/"), "－", words)


COUNTED = (SPRING, "Ⅱ－５－提供・移転の有無", "移転を行っている(0件)", "移転を行っている(1件)")
ITEM_BY_ITEM = (
    came("①法令上の根拠", "条例第3条"),
    came("②移転先における用途", "手当の支給"),
    came("③移転する情報", "世帯の情報"),
    came("⑦時期・頻度", "毎月1回"),
)
NAMED = came("", "福祉課")

# --- one document for each rule that breaks it -----------------------------------------------------------

BREAKS: dict[str, PublishedEdition] = {
    "invalid-date": dated("令和5年2月30日"),
    "rows-out-of-order": dated("令和3年4月1日", "令和5年4月3日", "令和4年4月1日", "令和6年4月1日"),
    "row-after-publication": dated("令和6年10月2日"),
    "mixed-date-notation": dated(SPRING, "令和5年7月3日", "R5.10.2"),
    "missing-timing": filed(""),
    "missing-reason": filed("事後", ""),
    "duplicate-row": one(OFFICE, "窓口課", (SPRING, "市民課", "窓口課"), (SPRING, "市民課", "窓口課")),
    "ambiguous-item-name": paper(
        item("III/4/その他の措置の内容", "確かめる。"),
        item("III/5/その他の措置の内容", "確かめる。"),
        rows=((SPRING, "Ⅲ－その他の措置の内容", "確認する。", "確かめる。"),),
    ),
    "fragment-row": one(WORK, "受理し、審査する。", (SPRING, "調べる", "審査する")),
    "composite-row": paper(
        item(OFFICE, "窓口課"),
        item(HEAD, "窓口課長"),
        rows=(
            (
                SPRING,
                "Ⅰ－６．評価実施機関における担当部署",
                "【①部署】市民課\n【②所属長の役職名】市民課長",
                "【①部署】窓口課\n【②所属長の役職名】窓口課長",
            ),
        ),
    ),
    "hidden-change": paper(
        item(CONTRACTOR, "なぎさ印刷"),
        item(AGAIN, "再委託しない"),
        rows=((SPRING, CONTRACTOR, "汐風印刷", "なぎさ印刷\n※委託先変更に伴い、④変更あり。"),),
    ),
    "truncated-text": one(
        STORAGE, LONG, (SPRING, "略", LONG.removesuffix("書き留め、所属長が毎月点検する。"))
    ),
    "body-keeps-before-text": one(OFFICE, "市民課", (SPRING, "市民課", "窓口課")),
    "unrecorded-change": transfer(COUNTED, *ITEM_BY_ITEM),
    "reason-mismatch": explained(OFFICE, "子ども育成課", "子育て支援課", FORM),
}

SEVERITIES = {
    "invalid-date": Severity.ERROR,
    "rows-out-of-order": Severity.WARNING,
    "row-after-publication": Severity.WARNING,
    "mixed-date-notation": Severity.NOTE,
    "missing-timing": Severity.ERROR,
    "missing-reason": Severity.NOTE,
    "duplicate-row": Severity.WARNING,
    "ambiguous-item-name": Severity.WARNING,
    "fragment-row": Severity.NOTE,
    "composite-row": Severity.NOTE,
    "hidden-change": Severity.WARNING,
    "truncated-text": Severity.NOTE,
    "body-keeps-before-text": Severity.WARNING,
    "unrecorded-change": Severity.WARNING,
    "reason-mismatch": Severity.WARNING,
}

ABOUT: dict[str, tuple[tuple[int, ...], set[str]]] = {
    "invalid-date": ((1,), {OFFICE}),
    "rows-out-of-order": ((3,), {OFFICE}),
    "row-after-publication": ((1,), {OFFICE}),
    "mixed-date-notation": ((3,), {OFFICE}),
    "missing-timing": ((1,), {OFFICE}),
    "missing-reason": ((1,), {OFFICE}),
    "duplicate-row": ((1, 2), {OFFICE}),
    "ambiguous-item-name": (
        (1,),
        {
            *("III/3/リスク2/その他の措置の内容", "III/4/その他の措置の内容"),
            *("III/5/その他の措置の内容", "III/7/その他の措置の内容"),
        },
    ),
    "fragment-row": ((1,), {WORK}),
    "composite-row": ((1,), {OFFICE, HEAD}),
    "hidden-change": ((1,), {AGAIN}),
    "truncated-text": ((1,), {STORAGE}),
    "body-keeps-before-text": ((1,), {OFFICE}),
    "unrecorded-change": ((1, 2, 3, 4, 5), {TRANSFER}),
    "reason-mismatch": ((1,), {OFFICE}),
}

# --- what only looks as if it broke a rule -----------------------------------------------------------------

LOOKS_LIKE = [
    pytest.param("invalid-date", dated("令和5年4月"), id="date: a month without a day"),
    pytest.param("invalid-date", dated("H28.10"), id="date: a month in short notation"),
    pytest.param("invalid-date", dated(SPRING, "〃"), id="date: 〃"),
    pytest.param("invalid-date", dated(SPRING, "同上"), id="date: 同上"),
    pytest.param("invalid-date", dated("平成33年4月1日"), id="date: a year that its era did not live to see"),
    pytest.param("invalid-date", dated("令和５年\n４月３日"), id="date: over two lines"),
    pytest.param("invalid-date", dated("令和5年4月3日（訂正）"), id="date: with a remark"),
    pytest.param("invalid-date", dated("令和5年4月3日、令和5年10月2日"), id="date: two of them"),
    pytest.param("invalid-date", dated("令和5年度"), id="date: a year"),
    pytest.param("invalid-date", dated("20230403"), id="date: digits alone"),
    pytest.param("invalid-date", dated(""), id="date: blank is missing, not wrong"),
    pytest.param("invalid-date", dated("－"), id="date: a dash is missing, not wrong"),
    pytest.param("rows-out-of-order", dated(SPRING, SPRING, AUTUMN), id="order: the same day twice"),
    pytest.param(
        "rows-out-of-order",
        dated("令和6年4月1日", "令和5年4月1日", "令和4年4月1日"),
        id="order: the newest first",
    ),
    pytest.param("rows-out-of-order", dated(SPRING, "", AUTUMN), id="order: a row without a date"),
    pytest.param("rows-out-of-order", dated(AUTUMN, "令和5年4月"), id="order: a month is no day"),
    pytest.param(
        "rows-out-of-order", dated("令和6年10月2日", SPRING), id="order: after the 公表日 is told by itself"
    ),
    pytest.param("row-after-publication", dated("令和6年10月1日"), id="late: the 公表日 itself"),
    pytest.param("row-after-publication", dated(""), id="late: no date"),
    pytest.param("mixed-date-notation", dated(SPRING, "令和６年４月１日"), id="notation: wide digits"),
    pytest.param("mixed-date-notation", dated(SPRING, "令和 6 年 4 月 1 日"), id="notation: spaces"),
    pytest.param("mixed-date-notation", dated("平成30年4月2日", "令和元年5月7日"), id="notation: two eras"),
    pytest.param("mixed-date-notation", dated(SPRING, "〃"), id="notation: 〃"),
    pytest.param("missing-timing", filed("事 後"), id="timing: with a space"),
    pytest.param("missing-timing", filed("（事前）"), id="timing: in brackets"),
    pytest.param(
        "missing-timing",
        paper(
            item(OFFICE, "窓口課"),
            item(HEAD, "窓口課長"),
            rows=((SPRING, OFFICE, "市民課", "窓口課"), (SPRING, HEAD, "市民課長", "窓口課長", "〃")),
        ),
        id="timing: 〃 repeats the cell above",
    ),
    pytest.param("missing-reason", filed("事後", "誤字修正"), id="reason: a short one"),
    pytest.param(
        "missing-reason",
        paper(
            item(OFFICE, "窓口課"),
            item(HEAD, "窓口課長"),
            rows=(
                (SPRING, OFFICE, "市民課", "窓口課", "事後", "組織改正"),
                (SPRING, HEAD, "市民課長", "窓口課長", "事後", "同上"),
            ),
        ),
        id="reason: 同上 repeats the cell above",
    ),
    pytest.param(
        "duplicate-row",
        one(
            WORK,
            "受理する。審査する。",
            (SPRING, "受ける。", "受理する。"),
            (SPRING, "調べる。", "審査する。"),
        ),
        id="twice: the same day and item, other words",
    ),
    pytest.param(
        "duplicate-row",
        one(OFFICE, "窓口課", (SPRING, "市民課", "窓口課"), (AUTUMN, "市民課", "窓口課")),
        id="twice: another day",
    ),
    pytest.param(
        "duplicate-row",
        paper(
            item(OFFICE, "窓口課"),
            item(DUTY, "窓口課"),
            rows=((SPRING, OFFICE, "市民課", "窓口課"), (SPRING, DUTY, "市民課", "窓口課")),
        ),
        id="twice: another item",
    ),
    pytest.param(
        "duplicate-row",
        paper(
            of_file("宛名", DUTY, "窓口課"),
            of_file("賦課", DUTY, "窓口課"),
            rows=((SPRING, DUTY, "市民課", "窓口課"), (SPRING, DUTY, "市民課", "窓口課")),
        ),
        id="twice: once for each of two files",
    ),
    pytest.param(
        "ambiguous-item-name",
        paper(
            item("III/4/その他の措置の内容", "確かめる。"),
            item("III/5/その他の措置の内容", "点検する。"),
            rows=((SPRING, "Ⅲ－その他の措置の内容", "確認する。", "確かめる。"),),
        ),
        id="several items: the body tells which",
    ),
    pytest.param(
        "ambiguous-item-name",
        one(FIRST_DAY, "令和5年4月3日", (SPRING, "－", "令和5年4月3日")),
        id="several items: the name is full",
    ),
    pytest.param(
        "ambiguous-item-name",
        paper(
            item(OFFICE, "窓口課"),
            item(HEAD, "窓口課長"),
            rows=((SPRING, "Ⅰ－６－①部署、②所属長の役職名", "市民課、市民課長", "窓口課、窓口課長"),),
        ),
        id="several items: listed on purpose",
    ),
    pytest.param(
        "fragment-row", one(OFFICE, "窓口課", (SPRING, "市民課", "窓口課")), id="part: the whole item"
    ),
    pytest.param(
        "fragment-row", one(OFFICE, "戸籍課", (SPRING, "市民課", "窓口課")), id="part: nothing of the item"
    ),
    pytest.param("fragment-row", transfer(COUNTED, NAMED, *ITEM_BY_ITEM), id="part: a number of 件"),
    pytest.param(
        "composite-row",
        one(BASIS, "【照会】法\n【提供】令", (SPRING, "－", "【照会】法\n【提供】令")),
        id="composite: 【】 around sub-headings",
    ),
    pytest.param(
        "composite-row",
        transfer((SPRING, "Ⅱ－５－提供・移転の有無", "移転を行っている(2件)", "移転を行っている(1件)")),
        id="composite: a number of 件 in the same cell",
    ),
    pytest.param(
        "hidden-change",
        paper(
            item(CONTRACTOR, "なぎさ印刷"),
            item(AGAIN, "再委託しない"),
            rows=(
                (SPRING, CONTRACTOR, "汐風印刷", "なぎさ印刷\n※委託先変更に伴い、④変更あり。"),
                (SPRING, AGAIN, "再委託する", "再委託しない"),
            ),
        ),
        id="announced: a row of its own has the values",
    ),
    pytest.param(
        "hidden-change",
        one(STORAGE, "書庫\n※電子データは除く。", (SPRING, "棚", "書庫\n※電子データは除く。")),
        id="announced: ※ and words of the item",
    ),
    pytest.param(
        "truncated-text",
        one(WORK, "受理し、審査する。結果を通知し、記録する。", (SPRING, "調べる", "審査する。結果を通知")),
        id="broken: too short to tell",
    ),
    pytest.param(
        "truncated-text",
        one(STORAGE, LONG, (SPRING, "略", LONG.removesuffix("。"))),
        id="broken: without its 。",
    ),
    pytest.param(
        "truncated-text",
        one(
            STORAGE, LONG, (SPRING, "略", LONG.removesuffix("出入りは帳簿に書き留め、所属長が毎月点検する。"))
        ),
        id="broken: at the end of a sentence",
    ),
    pytest.param(
        "truncated-text",
        one(STORAGE, LONG, (SPRING, LONG.removesuffix("ける。") + "ない。", LONG)),
        id="broken: 変更前 ends otherwise",
    ),
    pytest.param(
        "body-keeps-before-text",
        one(OFFICE, "戸籍課", (SPRING, "市民課", "窓口課")),
        id="kept: neither text is in the body",
    ),
    pytest.param(
        "body-keeps-before-text",
        one(OFFICE, "市民課及び窓口課", (SPRING, "市民課", "市民課、窓口課")),
        id="kept: the new words are in the body as well",
    ),
    pytest.param(
        "body-keeps-before-text",
        one(USERS, "50人以上100人未満", (SPRING, "10人未満", "10人以上50人未満")),
        id="kept: a third option",
    ),
    pytest.param(
        "body-keeps-before-text",
        one(OFFICE, "市民課", (SPRING, "市民課", "窓口課"), (AUTUMN, "窓口課", "市民課")),
        id="kept: it came back with a row",
    ),
    pytest.param(
        "unrecorded-change", transfer(COUNTED, NAMED, *ITEM_BY_ITEM), id="unrecorded: all have rows"
    ),
    pytest.param("unrecorded-change", transfer(COUNTED, NAMED), id="unrecorded: a row for the group"),
    pytest.param(
        "unrecorded-change",
        transfer(COUNTED, *ITEM_BY_ITEM, name="－"),
        id="unrecorded: the body has no name either",
    ),
    pytest.param(
        "unrecorded-change",
        transfer((SPRING, f"{TRANSFER}/⑦時期・頻度", "－", "毎月1回")),
        id="unrecorded: one item of a group that was there",
    ),
    pytest.param(
        "unrecorded-change",
        transfer(
            (SPRING, "Ⅱ－５－提供・移転の有無", "移転を行っていない", "移転を行っている"),
            NAMED,
            *ITEM_BY_ITEM,
        ),
        id="unrecorded: the cell of the number has a row",
    ),
    pytest.param(
        "unrecorded-change",
        transfer(
            (SPRING, "Ⅱ－５－提供・移転の有無", "移転を行っている(2件)", "移転を行っている(1件)"),
            (SPRING, "II/5/移転先2", "税務課", "（削除）"),
        ),
        id="unrecorded: a row takes the group out",
    ),
    pytest.param(
        "unrecorded-change",
        transfer(*((AUTUMN, *cells[1:]) for cells in (COUNTED,)), NAMED, *ITEM_BY_ITEM),
        id="unrecorded: the number was changed on another day",
    ),
    pytest.param(
        "reason-mismatch",
        explained(HEAD, "子ども育成課長 板倉 誠", "子ども育成課長", FORM),
        id="reason: the form no longer asks for the name",
    ),
    pytest.param(
        "reason-mismatch",
        explained(OFFICE, "子ども育成課", "子育て支援課", "組織改正に伴う課名変更"),
        id="reason: an office renamed",
    ),
    pytest.param(
        "reason-mismatch",
        explained(OFFICE, "子ども育成課", "子育て支援課", "様式変更及び組織改正に伴う変更"),
        id="reason: two grounds, one of which fits",
    ),
    pytest.param(
        "reason-mismatch",
        explained(OFFICE, "子ども育成課", "子育て支援課", "様式変更等に伴う修正"),
        id="reason: 等 leaves it open",
    ),
    pytest.param(
        "reason-mismatch",
        explained(OFFICE, "子ども育成課", "子育て支援課", "事務の実態に合わせた修正"),
        id="reason: an open ground",
    ),
    pytest.param(
        "reason-mismatch",
        explained(GROUND, "番号法第9条第7号", "番号法第9条第8号", "法改正による号ずれの修正"),
        id="reason: a renumbered statute",
    ),
    pytest.param(
        "reason-mismatch",
        explained(CONTRACTOR, "汐風印刷", "なぎさ情報サービス", "入札による委託業者変更"),
        id="reason: another contractor",
    ),
    pytest.param(
        "reason-mismatch",
        explained(INCIDENT, "発生なし", "発生あり", "しきい値判断結果の変更のため"),
        id="reason: an incident and the threshold",
    ),
    pytest.param(
        "reason-mismatch",
        explained(WORK, "窓口課が受理する。", "支援課が受理する。", FORM),
        id="reason: no item that names an office",
    ),
]
