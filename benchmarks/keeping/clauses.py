"""The words of invented assessments: clauses that many of them share, and such as only one has.

A standard text of a ministry or of a vendor stands in hundreds of assessments, a municipality's own text in
one. No clause reads like narration (…を追加) or leaves anything out: every change is told by its whole text.
"""

from __future__ import annotations

from random import Random
from typing import Final

TERM: Final = "虹彩認証装置"
"""What the search looks for: it stands in a few assessments, and in none of the clauses below."""

TOWNS: Final = (
    *("霞野市", "湊川町", "髙﨑野村", "北つばめ市", "雲海区", "夕凪町", "白樺台市", "みさき市", "朝霧村"),
    *("青嵐市", "若竹町", "深山野市", "川霧町", "桜堤市", "南つばめ市", "磯辺町", "月見原市", "早瀬村"),
    *("楓台市", "藤波町"),
)
_DUTIES: Final = (
    *("介護保険", "児童手当", "国民年金", "住民基本台帳", "固定資産税", "予防接種", "国民健康保険"),
    *("子ども医療費助成", "後期高齢者医療", "就学援助", "災害時要配慮者支援", "障害福祉"),
)
_OFFICES: Final = (
    *("市民課", "高齢者支援課", "税務課", "こども未来課", "情報政策課", "保険年金課", "総務課", "学務課"),
    *("生活福祉課", "健康づくり課", "納税推進課", "窓口サービス課"),
)
_COMPANIES: Final = (
    *("株式会社雲海ソフトワークス", "つばめ印刷有限会社", "株式会社ひなた計算センター"),
    *("湊川データ株式会社", "あけぼの情報サービス株式会社", "霞野システム共同企業体", "株式会社みさき情報"),
)
_WHO: Final = ("職員", "所属長", "システム管理者", "委託先の作業者", "担当係長", "情報政策課の職員")
_WHAT: Final = (
    *("申請書", "届出書", "個人番号が記された書類", "操作の記録", "宛名番号と個人番号の対応表"),
    *("本人確認書類の写し", "電子記録媒体", "課税の状況を示す帳票", "給付の実績を示す帳票", "利用者ID"),
)
_PLACES: Final = (
    *("施錠できる書庫", "入退室を管理する電算室", "監視カメラを備えた区画", "専用の保管庫", "執務室の金庫"),
)
_DEEDS: Final = (
    *("照合し、誤りがないことを確かめる", "複数人で確認する", "台帳に記録する", "所属長の承認を得る"),
    *("暗号化して送る", "保存期間が過ぎた後に裁断する", "年に一度点検する", "参照できる範囲を職務ごとに限る"),
    *("二つの要素による認証を求める", "専用線を通じて受け取る", "端末に残さない", "毎月、記録を分析する"),
)
_WHEN: Final = (
    *("毎年度の始めに", "異動の都度", "申請を受け付けた際に", "人事異動に合わせて", "業務の終了後に"),
    *("システムを利用する際に", "庁内で連携する際に", "委託契約を結ぶ際に"),
)
_LAWS: Final = (
    *("番号利用法第9条第1項及び別表", "番号利用法第19条第8号に基づく主務省令第2条の表", "地方税法"),
    *(
        "介護保険法",
        "個人情報の保護に関する法律",
        "住民基本台帳法",
        "行政手続における特定の個人の識別に関する省令",
    ),
)
_STANDARD: Final = (
    "中間サーバー・プラットフォームでは、{what}を{place}に置き、{deed}ことで、権限のない者の利用を防ぐ。",
    "ガバメントクラウドでは、事業者が{place}を管理し、{who}が{when}{deed}。国の定める監査を受ける。",
    "標準準拠システムでは、{who}が{when}認証を受け、{what}を{deed}。認証の失敗が続いた場合は利用を止める。",
    "{law}に基づき、{what}を取り扱う。{who}は{when}{deed}。",
    "{what}は、{law}の定める期間、{place}で保管し、{deed}。",
)
_OWN: Final = (
    "{town}では、{office}の{who}が{when}{what}を{deed}。",
    "{office}は、{what}を{place}に納め、{when}{deed}。鍵は{who}が管理する。",
    "{company}に委託し、{when}{who}が立ち会って{deed}。",
    "{town}個人情報取扱要領第{n}条により、{who}が{what}を{deed}。",
    "{office}が受け付けた{what}は、{n}日以内に{place}へ移し、{deed}。",
)
_REASONS: Final = (
    *("重要な変更に該当しない", "組織改正に伴う課名の改め", "法令の改正に合わせた記載の見直し"),
    *("入札による委託先の見直し", "事務の実態に合わせた修正", "標準準拠システムへの移行に伴う見直し"),
)
_LONGEST: Final = 4  # sentences
_VARIANTS: Final = 5  # of the standard text of an item


class Clauses:
    """Draws the texts of one invented assessment; what is shared is the same for every drawing."""

    def __init__(self, random: Random, town: str) -> None:
        self._random = random
        self._town = town
        self.office = random.choice(_OFFICES)
        self.company = random.choice(_COMPANIES)

    def duty(self) -> str:
        """The business that an assessment is about."""
        return self._random.choice(_DUTIES)

    def reason(self) -> str:
        """Why something changed."""
        return self._random.choice(_REASONS)

    def shared(self, key: str) -> str:
        """A standard text of the item *key*, one of a few that all assessments know."""
        return standard(key, self._random.randrange(_VARIANTS))

    def own(self) -> str:
        """A text that hardly any other assessment has, with a standard sentence now and then."""
        said = [self._sentence(_OWN) for _ in range(self._random.randint(1, _LONGEST))]
        if self._random.random() < 0.3:  # noqa: PLR2004  # a share
            said.append(_filled(_STANDARD, Random(self._random.randrange(40)), self._town, "", ""))  # noqa: S311
        return "\n".join(said) if self._random.random() < 0.4 else "".join(said)  # noqa: PLR2004

    def rare(self) -> str:
        """A text that has the rare term."""
        return f"{self.own()}{self.office}の入口では、{TERM}により入室者を確かめる。"

    def name(self, key: str) -> str:
        """What a short item says: an office, a company, a number of years."""
        if "entrustment" in key:
            return self._random.choice(_COMPANIES)
        return f"{self._random.choice(_OFFICES)}{self._random.choice(('', '、総務課', '（各支所を含む。）'))}"

    def _sentence(self, templates: tuple[str, ...]) -> str:
        return _filled(templates, self._random, self._town, self.office, self.company)


def standard(key: str, variant: int) -> str:
    """The standard text number *variant* of the item *key*."""
    random = Random(f"{key} {variant}")  # noqa: S311  # draws texts and guards nothing
    said = [_filled(_STANDARD, random, "", "", "") for _ in range(random.randint(1, _LONGEST))]
    return "\n".join(dict.fromkeys(said))


def _filled(templates: tuple[str, ...], random: Random, town: str, office: str, company: str) -> str:
    return random.choice(templates).format(
        town=town,
        office=office,
        company=company,
        who=random.choice(_WHO),
        what=random.choice(_WHAT),
        place=random.choice(_PLACES),
        deed=random.choice(_DEEDS),
        when=random.choice(_WHEN),
        law=random.choice(_LAWS),
        n=random.randint(2, 28),
    )
