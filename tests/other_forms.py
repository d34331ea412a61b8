"""Small published documents of 様式2, 様式3 and 様式4 of an invented city, as text."""

from __future__ import annotations

from ledger.published import PublishedEdition
from ledger.readers import read
from tests.sources import HEADINGS, ROW

DECLARED = "霞野市は、漏えいを防ぐ手立てを講じることを宣言する。"
DECLARATION = f"個人のプライバシー等の権利利益の保護の宣言\n\n{DECLARED}\n"
BODY_2 = """I 関連情報

1. 特定個人情報ファイルを取り扱う事務\t
①事務の名称\t介護保険に関する事務
②事務の概要\t<p>被保険者の資格を管理する。</p><p>保険料を算定する。</p>
8. 特定個人情報ファイルの取扱いに関する問合せ\t
連絡先\t霞野市福祉保健部 高齢者支援課

II しきい値判断項目

1. 対象人数\t
評価対象の事務の対象人数は何人か\t[1万人以上10万人未満] <選択肢> 1) 1,000人未満 2) 1,000人以上1万人未満
"""
BODY_4 = """Ⅰ　基本情報

1. 特定個人情報ファイルを取り扱う事務\t
①事務の名称\t住民基本台帳に関する事務

（別添１）事務の内容

住民票の記載、消除及び修正

Ⅵ　評価実施手続

1. 基礎項目評価\t
①実施日\t令和7年9月1日
"""
CONTENTS_2 = (
    "項目一覧\n\nI 関連情報\nII しきい値判断項目\nIII しきい値判断結果\nIV リスク対策\n(別添) 変更箇所\n"
)
CONTENTS_4 = "項目一覧\n\nⅠ　基本情報\n（別添１）事務の内容\nⅥ　評価実施手続\n（別添３）変更箇所\n"
ROW_2 = "令和6年10月1日\tⅣ－8\t－\t十分である\t事後\t様式の変更\n"
READ_2 = ("令和6年10月1日", "Ⅳ－8", "－", "十分である", "事後", "様式の変更")
TABLE = HEADINGS + ROW + ROW_2


def cover(kind: str, number: str = "7", title: str = "介護保険に関する事務", *, below: str = "") -> str:
    """The cover of a form, as text: *below* stands between the body's name and 公表日."""
    return (
        f"\n特定個人情報保護評価書({kind})\n\n評価書番号\t評価書名\n{number}\t{title}\n\n{DECLARATION}\n"
        f"特記事項\n\nなし\n\n評価実施機関名\n\n霞野市長\n\n{below}公表日\n\n令和7年11月20日\n\n"
    )


def basic(table: str = TABLE, number: str = "7", title: str = "介護保険に関する事務 基礎項目評価書") -> str:
    """A 基礎項目評価書 (様式2)."""
    printed = f"{cover('基礎項目評価書', number, title)}[令和6年10月 様式2]\n\n"
    return f"{printed}{CONTENTS_2}\n{BODY_2}\n(別添)変更箇所\n\n{table}"


def full(table: str = TABLE, *, below: str = "個人情報保護委員会　承認日【行政機関等のみ】\n\n") -> str:
    """A 全項目評価書 (様式4) of 霞野市長/1."""
    title = "住民基本台帳に関する事務 全項目評価書"
    printed = f"{cover('全項目評価書', '1', title, below=below)}[令和7年5月 様式4]\n\n"
    return f"{printed}{CONTENTS_4}\n{BODY_4}\n（別添３）変更箇所\n\n{table}"


def focused(number: str = "7", title: str = "介護保険に関する事務 重点項目評価書") -> str:
    """A 重点項目評価書 (様式3)."""
    printed = cover("重点項目評価書", number, title)
    return f"{printed}I 基本情報\n\n①事務の名称\t介護保険\n(別添2)変更箇所\n{TABLE}"


def taken(text: str) -> PublishedEdition:
    """What read() makes of a document."""
    return read(text.encode(), "霞野.txt")


def covered(edition: PublishedEdition) -> dict[str, object]:
    """The items of a document of which only the cover is read."""
    return {str(item.path): item.value for item in edition.items}
