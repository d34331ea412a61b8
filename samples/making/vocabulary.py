"""The words of invented cities: what a drawn assessment is written with.

Nothing here knows the form. The lines that only look like something the form prints are in ``ECHOES``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from random import Random

from ledger.wareki import wareki

_CITIES = ("霞野市", "湊川町", "髙﨑野村", "北つばめ市", "雲海区")
_BODIES = ("長", "教育委員会", "長職務代理者")
_DUTIES = (
    *("介護保険", "児童手当", "国民年金", "住民基本台帳", "固定資産税", "予防接種"),
    *("子ども医療費助成", "後期高齢者医療", "就学援助", "災害時要配慮者支援"),
)
_OFFICES = (
    *("市民課", "高齢者支援課", "税務課 市民税係", "福祉保健部 こども未来課", "情報政策課"),
    *("保険年金課、東部支所市民係", "総務課（行政係）", "学務課", "市民窓口ｾﾝﾀｰ", "生活福祉課・障がい福祉課"),
)
_COMPANIES = (
    *("株式会社雲海ソフトワークス", "つばめ印刷有限会社", "㈱ひなた計算センター", "湊川データ(株) 北部支店"),
    *("あけぼの情報サービス株式会社", "霞野システム共同企業体（代表：霞野電算）"),
)
_SYSTEMS = (
    *(
        "システム",
        "宛名システム",
        "中間サーバー",
        "中間サーバ",
        "サービス検索・電子申請機能",
        "共通基盤システム",
    ),
    *("庁内連携システム", "住民記録システム（標準準拠）", "コンビニ交付システム", "収納・滞納管理システム"),
)
_WHO = (
    "職員",
    "担当する課の職員",
    "委託先の作業者",
    "システム管理者",
    "所属長",
    "情報政策課",
    "本人又は代理人",
)
_WHAT = (
    *("申請書", "個人番号", "宛名番号と個人番号の対応", "操作の記録", "住民情報", "課税の状況", "給付の実績"),
    *(
        "バックアップデータ",
        "ＩＣカード",
        "USBメモリ",
        "利用者ID及びパスワード",
        "本人確認書類（運転免許証等）",
    ),
)
_HOW = (
    *("年1回見直す", "施錠した書庫に保管する", "暗号化して送る", "照合し、誤りがないことを確かめる"),
    *(
        "５年間保存した後、消去する",
        "複数人で確認する",
        "台帳に記録する",
        "１０日以内に報告する",
        "登録・更新する",
    ),
    *("第三者に提供しない", "アクセス権限に応じて参照する", "端末に保存しない", "専用線（LGWAN）で受け取る"),
)
_WHEN = (
    "",
    "",
    "毎年度、",
    "異動の都度、",
    "令和7年4月1日から、",
    "原則として、",
    "退職時には、",
    "平成28年1月以降、",
)
_WHY = ("", "", "法令の定めにより、", "番号利用法第9条第1項 別表の100の項に基づき、", "必要な範囲に限り、")
_ODD = (
    *(
        "詳細は「個人情報取扱要領」による。",
        "保存期間は5～10年（10年〜は除く。）とする。",
        "利用率は９９．５％以上。",
    ),
    *(
        "手順は、申請 -> 審査 → 決定である。",
        "件数は 10件<20件 の範囲とする。",
        "A&B社の製品（Ver.2.0）を使う。",
    ),
    *(
        "電話 000-000-0101 内線12",
        "○は実施、×は未実施を示す。",
        "対象は次の(1)～(3)とする。",
        "ｶﾅ氏名で検索する。",
    ),
    *(
        "甲|乙の別を記録する。",
        "『手引』P.12を参照。",
        "〒000-0001 霞野市中央１－１－１",
        "※印は重要な項目である。",
    ),
)
_MEASURES = (
    *("{city}における措置", "中間サーバー・プラットフォームにおける措置", "ガバメントクラウドにおける措置"),
    *("標準準拠システムにおける措置", "サービス検索・電子申請機能における措置", "紙媒体における措置"),
)
_CASES = ("情報照会の根拠", "情報提供の根拠", "ケース1", "住民向け機能", "委託元", "識別情報")
_FUNCTIONS = (
    "資格管理機能",
    "賦課機能",
    "符号管理機能",
    "照会機能",
    "権限管理機能",
    "証明書発行機能",
    "監査機能",
)
_BULLETS = ("・", "・ ", "○", "◆", "- ", "－", "* ", "※", "● ")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨"
_NUMBERS = ("{}. ", "{}.", "（{}）", "({}) ", "{})", "{}　", "第{} ")
NOTHING = ("－", "-", "なし", "―", "—", "該当なし", "特になし")
# A figure by itself is not drawn: in a row of its own nothing tells it from the number of a page.
SHORT = (
    *(
        "別添１を参照。",
        "Ⅰ－５－②に掲げる法令",
        "略",
        "同上",
        "都度",
        "照会のあった都度",
        "毎月1回",
        "上記①に同じ。",
    ),
    *("番号利用法第19条第8号及び同号に基づく主務省令", "2.5", "12件", "①", "○", "有", "〃"),
)
# Lines that the form prints elsewhere, or nearly: inside a cell of their own they are words of its value.
ECHOES = (
    *(
        "・その他",
        "その他",
        "1. 資格管理機能",
        "2．照会機能",
        "①部署",
        "②所属長の役職名",
        "その必要性",
        "③使用目的 ※",
    ),
    *(
        "リスクに対する措置の内容",
        "リスク１：目的外の入手が行われるリスク",
        "委託事項1",
        "提供先2 県知事",
        "システム1",
    ),
    *(
        "システム2～5",
        "Ⅱ 特定個人情報ファイルの概要",
        "6. 特定個人情報の保管・消去",
        "3. 特定個人情報ファイル名",
    ),
    *(
        "（別添１）特定個人情報ファイル記録項目",
        "(別添2)変更箇所",
        "項目一覧",
        "[○] 庁内連携システム",
        "[ ] その他（　）",
    ),
    *(
        "- 3 -",
        "＜選択肢＞",
        "変更日",
        "公表日",
        "令和7年4月1日",
        "リスクへの対策は十分か",
        "[十分である]",
        "（2）件",
    ),
    *("1) 特に力を入れている", "④再委託の有無 ※ [再委託する]", "⑥再委託事項", "再委託", "項目", "事後"),
)
_FIELDS = (
    *(
        "個人番号",
        "宛名番号",
        "氏名",
        "氏名カナ",
        "生年月日",
        "性別",
        "住所",
        "方書",
        "電話番号",
        "世帯番号",
        "続柄",
    ),
    *(
        "資格取得日",
        "資格喪失日",
        "保険料段階",
        "賦課年度",
        "口座情報",
        "認定有効期間",
        "備考",
        "更新日時",
        "その他",
    ),
)
_REASONS = (
    *(
        "重要な変更に該当しない",
        "組織改正に伴う課名の変更",
        "法改正による号ずれの修正であり、重要な変更には該当しない",
    ),
    *(
        "誤字修正",
        "評価書の様式変更に伴う修正",
        "事務の実態に合わせた修正",
        "入札による委託先の変更",
        "",
        "－",
    ),
    *("令和8年1月のガバメントクラウドへの移行に先立ち、任意に事前に提出", "基礎項目評価の再実施に伴う変更"),
)


class Words:
    """Draws words with *random*: the same seed gives the same words."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.city = random.choice(_CITIES)
        self.duty = random.choice(_DUTIES)

    def maybe(self, share: float) -> bool:
        """Whether something happens that happens in *share* (0 to 1) of all cases."""
        return self.random.random() < share

    def pick(self, *words: str) -> str:
        """One of *words*."""
        return self.random.choice(words)

    def body(self) -> str:
        """評価実施機関名."""
        return self.city + self.pick(*_BODIES)

    def office(self) -> str:
        """A department."""
        return self.pick(*_OFFICES)

    def company(self) -> str:
        """A contractor."""
        return self.pick(*_COMPANIES)

    def system(self) -> str:
        """The name of a system."""
        return self.pick(f"{self.duty}システム", *_SYSTEMS)

    def file(self) -> str:
        """The name of a 特定個人情報ファイル."""
        return self.duty + self.pick(
            *(
                "ファイル",
                "受給者ファイル",
                "資格情報ファイル",
                "（旧）ファイル",
                "/宛名統合ファイル",
                " 送付先ファイル",
            )
        )

    def day(self) -> str:
        """A day in one of the notations that cities use."""
        day = date(2014, 10, 1) + timedelta(days=self.random.randrange(4400))
        printed = wareki(day)
        heisei = day < date(2019, 5, 1)
        year = day.year - (1988 if heisei else 2018)
        return self.pick(
            *(
                printed,
                printed,
                printed,
                printed.translate(_WIDE),
                printed.replace("年", "年 ").replace("月", "月 "),
            ),
            f"{day.year}/{day.month}/{day.day}",
            f"{'H' if heisei else 'R'}{year}.{day.month}.{day.day}",
        )

    def reason(self) -> str:
        """提出時期に係る説明."""
        return self.pick(*_REASONS)

    def sentence(self) -> str:
        """One sentence of no meaning to anybody."""
        if self.maybe(0.1):
            return self.pick(*_ODD)
        pick = self.pick
        return (
            f"{pick(*_WHEN)}{pick(*_WHY)}{pick(*_WHO)}が{pick(*_WHAT)}を{pick(*_HOW)}{pick('。', '。', '')}"
        )

    def line(self) -> str:
        """A text of one line: blank, nothing, a few words, one or more sentences."""
        shape = self.random.randrange(10)
        if not shape:
            return ""
        if shape == 1:
            return self.pick(*NOTHING)
        if shape == 2:  # noqa: PLR2004  (one case of ten)
            return self.pick(*SHORT)
        return "".join(self.sentence() for _ in range(self.random.randint(1, 3)))

    def lines(self) -> str:
        """A text of one or more lines, as people structure it: bullets, numbers, headings, paragraphs."""
        shapes: Sequence[Callable[[], list[str]]] = (
            self._paragraphs,
            self._bullets,
            self._numbered,
            self._functions,
            self._measures,
            self._cases,
        )
        return "\n".join(self.random.choice(shapes)())

    def with_echoes(self) -> str:
        """Lines between some of which stands one that the form prints elsewhere."""
        lines = [self.sentence(), *self.lines().split("\n")]
        for _ in range(self.random.randint(1, 3)):
            lines.insert(self.random.randint(1, len(lines)), self.pick(*ECHOES))
        return "\n".join(lines)

    def fields(self) -> str:
        """The list of 別添１: numbered names, a line for each kind, or a table (cells separated by tabs)."""
        fields = self.random.sample(_FIELDS, self.random.randint(2, len(_FIELDS)))
        if self.maybe(0.3):
            head = [self.pick("番号\t項目名", "№\t記録項目\t備考")]
            return "\n".join(head + [f"{n}\t{name}" for n, name in enumerate(fields, start=1)])
        named = [f"{n}.{name}" for n, name in enumerate(fields, start=1)]
        half = self.random.randint(1, len(named))
        kinds = [("【識別情報】", named[:half]), ("＜業務関係情報＞", named[half:])]
        joint = self.pick(",", "、", " ", "\n")
        return "\n".join(f"{kind}\n{joint.join(names)}" for kind, names in kinds if names)

    def _several(self, most: int = 4) -> int:
        return self.random.randint(2, most)

    def _paragraphs(self) -> list[str]:
        return [self.sentence() for _ in range(self.random.randint(1, 4))]

    def _bullets(self) -> list[str]:
        bullet = self.pick(*_BULLETS)
        return [f"{bullet}{self.sentence()}" for _ in range(self._several())]

    def _numbered(self) -> list[str]:
        if self.maybe(0.5):
            return [f"{number}{self.sentence()}" for number in _CIRCLED[: self._several(9)]]
        shape = self.pick(*_NUMBERS)
        wide = self.maybe(0.3)
        numbers = [str(n).translate(_WIDE) if wide else str(n) for n in range(1, self._several(11) + 1)]
        return [f"{shape.format(number)}{self.sentence()}" for number in numbers]

    def _functions(self) -> list[str]:
        found = []
        for n, name in enumerate(self.random.sample(_FUNCTIONS, self._several()), start=1):
            found += (
                [f"{n}. {name}", self.sentence()] if self.maybe(0.7) else [f"{n}.{name} {self.sentence()}"]
            )
        return found

    def _measures(self) -> list[str]:
        opening, closing = self.random.choice(("＜＞", "<>", "【】", "〈〉"))
        found = []
        for name in self.random.sample(_MEASURES, self._several(3)):
            found += [f"{opening}{name.format(city=self.city)}{closing}", *self._some()]
        return found

    def _cases(self) -> list[str]:
        found = []
        for name in self.random.sample(_CASES, self._several(3)):
            found += [f"【{name}】", *self._some()]
        return found

    def _some(self) -> list[str]:
        return (
            self._bullets() if self.maybe(0.3) else self._numbered() if self.maybe(0.3) else [self.sentence()]
        )


_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
