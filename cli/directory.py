"""Every command of ``kaitei``: where it is written, what it does, and an example to try.

What a command needs is loaded when that command runs: all together take longer than most commands.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Final, cast


@dataclass(frozen=True, slots=True)
class Entry:
    """One command: its name, its function in ``cli.commands``, one line of help, and examples.

    ``paged`` says that it only shows something: what does not fit on a screen is shown page by page.
    """

    name: str
    place: str
    help: str
    examples: tuple[str, ...]
    paged: bool = False

    @property
    def function(self) -> Callable[..., int | None]:
        """What the command runs."""
        module, _, name = self.place.partition(":")
        return cast(
            "Callable[..., int | None]", getattr(import_module(f"cli.commands.{module}"), name or "command")
        )


GROUPS: Final[tuple[tuple[str, tuple[Entry, ...]], ...]] = (
    (
        "取り込む",
        (
            Entry(
                "import", "import_", "公表された評価書を取り込む",
                (
                    "kaitei import samples/kasumino/7_kaigo-hoken.txt samples/minatogawa/15_jidou-fuyou.txt",
                    "kaitei import samples/minatogawa/formats --dry-run",
                ),
            ),
            Entry(
                "source", "source", "取り込んだ原本をそのまま取り出す",
                ("kaitei source 霞野市長/7 --out 原本.txt",),
            ),
            Entry("reread", "reread", "取り込んだ原本を今の読取りで読み直す", ("kaitei reread 霞野市長/7",)),
        ),
    ),
    (
        "見る",
        (
            Entry("list", "list_", "台帳の評価書の一覧", ("kaitei list",), paged=True),
            Entry(
                "show", "show", "評価書の記載（過去の日も）",
                (
                    "kaitei show 霞野 --item Ⅱ－４－委託事項１－③ --as-of 令和2年4月1日",
                    "kaitei show 霞野 -f xlsx --out 評価書.xlsx",
                ),
                paged=True,
            ),
            Entry("log", "log", "改訂の履歴", ("kaitei log 霞野 --item I/1/②",), paged=True),
            Entry("blame", "blame", "項目ごとに、最後に変えた行", ("kaitei blame 霞野",), paged=True),
            Entry("last-change", "blame", "blame と同じ", ("kaitei last-change 霞野",), paged=True),
            Entry(
                "diff", "diff", "二つの日の記載の違い", ("kaitei diff 霞野 令和2年4月1日 令和8年4月1日",),
                paged=True,
            ),
            Entry(
                "changes", "changes", "（別添２）変更箇所を記録から書く",
                (
                    "kaitei changes 霞野 -f xlsx --out 別添２.xlsx",
                    "kaitei changes 霞野 -f xlsx --into 評価書.xlsx --out 評価書_新.xlsx",
                ),
                paged=True,
            ),
        ),
    ),
    (
        "すべての評価書にわたって見る",
        (
            Entry(
                "search", "search", "語がどの評価書のどの項目にあるか（過去の日も）",
                ("kaitei search 中間サーバー --as-of 令和6年4月1日",),
                paged=True,
            ),
            Entry(
                "systems", "systems", "すべての評価書のシステムと、その接続", ("kaitei systems",),
                paged=True,
            ),
            Entry(
                "impact", "impact", "法令や事業者が変わるとき、変更が要る評価書と記録済みの変更",
                ("kaitei impact 番号利用法第19条第8号",),
                paged=True,
            ),
            Entry(
                "due", "due", "期限のある務め（見直し、再実施、公表など）",
                ("kaitei due --on 令和8年4月1日",),
                paged=True,
            ),
        ),
    ),
    (
        "点検する",
        (
            Entry(
                "validate", "validate", "評価書の点検",
                (
                    "kaitei validate samples/kasumino/7_kaigo-hoken.txt --notes",
                    "kaitei validate 霞野 --pending",
                ),
                paged=True,
            ),
            Entry("rules", "rules", "点検の規則の一覧", ("kaitei rules",), paged=True),
            Entry(
                "accept", "accept:accept", "点検の指摘を了承する（理由を残し、指摘は残る）",
                ("kaitei accept chain-break-4c43e99a --why '正誤表を令和8年4月に公表した'",),
            ),
            Entry(
                "reopen", "accept:reopen", "指摘の了承を取り消す（前の記録は残る）",
                ("kaitei reopen chain-break-4c43e99a --why '正誤表にも同じ誤りがあった'",),
            ),
        ),
    ),
    (
        "改訂する",
        (
            Entry(
                "draft", "draft", "編集した評価書から、改訂の下書きを書く",
                ("kaitei draft 霞野 評価書_編集.xlsx --out 下書き.toml",),
            ),
            Entry(
                "revise", "revise", "下書きを点検し、一つの改訂として記録する",
                ("kaitei revise 霞野 下書き.toml --dry-run", "kaitei revise 霞野 下書き.toml"),
            ),
            Entry(
                "record", "record", "変更を一つ記録する",
                (
                    (
                        "kaitei record 霞野 --item I/6/① --after '福祉部 介護保険課' "
                        "--on 令和8年4月1日 --timing 事後 --reason 組織改正"
                    ),
                    (
                        "kaitei record 霞野 --item I/6/② --after 介護保険課長 --revision 令和8年度の改訂 "
                        "--actual 令和8年4月1日 --timing 事後 --reason 組織改正"
                    ),
                ),
            ),
            Entry(
                "approve", "approve", "改訂の決裁を記録する",
                ("kaitei approve 霞野 令和8年度の改訂 --on 令和8年3月25日",),
            ),
            Entry(
                "submit", "submit", "改訂を個人情報保護委員会に提出したことを記録する",
                ("kaitei submit 霞野 令和8年度の改訂 --kind 修正 --on 令和8年3月27日 --receipt 第12号",),
            ),
            Entry(
                "publish", "publish", "改訂の公表を記録する（公表日と、未定の変更日が定まる）",
                ("kaitei publish 霞野 --on 令和8年4月1日",),
            ),
        ),
    ),
    (
        "記録を正す",
        (
            Entry(
                "correct", "correct", "変更の誤りを訂正する（前の記録は残る）",
                ("kaitei correct 霞野 29 --reason 組織改正に伴う修正 --why 説明の書き誤り",),
            ),
            Entry(
                "retract", "retract", "誤って記録した変更を取り消す（前の記録は残る）",
                ("kaitei retract 霞野 29 --why 改正が見送られたため",),
            ),
            Entry(
                "interpret", "interpret", "はっきりしない行の項目や変更日を決める",
                ("kaitei interpret 湊川町 行5 --on 令和3年4月1日 --why 起案文書で確認",),
            ),
        ),
    ),
    (
        "消す",
        (
            Entry(
                "withhold", "withhold", "誤って公表した氏名などを、証明を保ったまま消す",
                (
                    (
                        "kaitei withhold 霞野 --text あけぼの情報サービス株式会社 "
                        "--why 誤って公表したため --dry-run"
                    ),
                ),
            ),
        ),
    ),
    (
        "見直しと終了",
        (
            Entry(
                "review", "review", "年1回などの見直しを記録する",
                ("kaitei review 霞野 --on 令和8年3月2日 --why 記載と実態に違いはなかった",),
            ),
            Entry(
                "end", "end", "事務の終了を記録する",
                ("kaitei end 湊川町 --on 令和10年3月31日 --why 広域連合への移管",),
            ),
        ),
    ),
    (
        "証跡",
        (
            Entry(
                "report", "report", "全ての改訂を日を選んで読めるページを書き出す（通信のいらない HTML）",
                ("kaitei report --out 報告", "kaitei report 霞野 --public --out 霞野.html"),
            ),
            Entry(
                "export", "export", "監査証跡を書き出す",
                (
                    "kaitei export 霞野 -f xlsx --out 証跡.xlsx",
                    "kaitei export 霞野 --public --out 公開用.jsonl",
                ),
            ),
            Entry(
                "checkpoint", "checkpoint", "台帳の外に置く控えを作る",
                ("kaitei checkpoint --out 控え.json",),
            ),
            Entry("backup", "backup:backup", "台帳の全体をバックアップする", ("kaitei backup 台帳.jsonl",)),
            Entry(
                "restore", "backup:restore", "バックアップから新しい台帳を作る",
                ("kaitei --db sqlite:///新しい台帳.db restore 台帳.jsonl",),
            ),
            Entry(
                "verify", "verify", "台帳の改ざん検査",
                ("kaitei verify --checkpoint 控え.json", "kaitei verify --copy 証跡.xlsx"),
            ),
            Entry(
                "rebuild", "rebuild", "読み出し用の表を記録から作り直す", ("kaitei rebuild",),
            ),
            Entry(
                "prove", "prove", "記録が台帳にあること、台帳が控えの続きであることを証明する",
                ("kaitei prove e20 --out 証明.json", "kaitei prove --consistency 控え.json"),
            ),
        ),
    ),
)  # fmt: skip
"""The commands as the help lists them, group by group."""

ENTRIES: Final = {entry.name: entry for _, entries in GROUPS for entry in entries}
