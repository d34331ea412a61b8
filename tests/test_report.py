"""`kaitei report`: files that need nothing beside them, and are safe whatever a document says."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from urllib.parse import unquote
from uuid import UUID

import pytest

from ledger.identity import Identity, PrintedIdentity
from projections import files
from projections.asking import Asking
from projections.origin import Origin
from projections.report import shell, writing
from projections.report.names import file_name
from projections.report.writing import write_report
from tests.command_line import Kaitei, one_line, recorded
from tests.conftest import Golden
from tests.other_forms import basic
from tests.pages import Elements, told
from tests.test_public_export import SECRETS, office

pytest_plugins = ["tests.command_line_fixtures"]
__all__ = ["office"]  # a fixture

PAGE, OTHER, INDEX = "霞野市長_7.html", "湊川町長_15.html", "index.html"
HOSTILE = (
    "</script><script>alert(1)</script>",
    "<!-- <script> --!> ]]>",
    "\"'><img src=x onerror=alert(1)>",
    "&lt;b&gt; &#x3c;i&#x3e; \\u003c",
    "javascript:alert(1) http://example.invalid/",
    "{{7*7}} ${7*7} `x`",
)


@pytest.fixture(scope="module")
def site(taken_in: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of both samples."""
    folder = tmp_path_factory.mktemp("report") / "out"
    with Asking(f"sqlite:///{taken_in}") as ledger:
        write_report(ledger, ledger.named(), folder, lambda each: each, public=False)
    return folder


@pytest.fixture(scope="module")
def pages(site: Path) -> Callable[[str], str]:
    """Its pages, by their names."""
    return cache(lambda name: (site / name).read_text("utf-8"))


def test_a_report_is_a_page_for_each_assessment_and_one_that_lists_them(ledger: Kaitei, folder: Path) -> None:
    said = ledger("report", "--out", "報告/公開")
    assert said.out == "報告/公開: 評価書2件のページと、一覧の index.html を書き出しました\n"
    assert {each.name for each in (folder / "報告/公開").iterdir()} == {PAGE, OTHER, INDEX}


def test_a_report_of_some_lists_those(ledger: Kaitei, folder: Path) -> None:
    ledger("report", "霞野", "--out", "out")
    assert {each.name for each in (folder / "out").iterdir()} == {PAGE, INDEX}
    assert "湊川町長" not in (folder / "out" / INDEX).read_text("utf-8")


def test_the_page_of_one_can_be_had_by_itself(ledger: Kaitei, folder: Path) -> None:
    said = ledger("report", "霞野", "--out", "霞野.html")
    assert said.status == 0
    page = (folder / "霞野.html").read_text("utf-8")
    assert INDEX not in Elements.of(page).links
    assert one_line(ledger("report", "--out", "all.html")) == (
        "all.html: 一つのファイルに書き出せるのは評価書一つです（2件あります）"
        " — REF で一つ選ぶか、--out にフォルダーを指定してください"
    )


def test_the_same_ledger_gives_the_same_files(ledger: Kaitei, folder: Path) -> None:
    for out in ("one", "other"):
        ledger("report", "--out", out)
    for each in (folder / "one").iterdir():
        assert each.read_bytes() == (folder / "other" / each.name).read_bytes(), each.name


@pytest.mark.parametrize("name", [PAGE, INDEX])
def test_nothing_is_written_over_and_then_nothing_at_all_is_written(
    ledger: Kaitei, folder: Path, name: str
) -> None:
    (folder / "out").mkdir()
    (folder / "out" / name).write_text("mine", "utf-8")
    (folder / "out" / "readme.txt").write_text("mine too", "utf-8")
    said = one_line(ledger("report", "--out", "out"))
    assert said == f"out/{name}: すでにあります — 別の名前を指定してください"
    assert {each.name: each.read_text("utf-8") for each in (folder / "out").iterdir()} == {
        name: "mine", "readme.txt": "mine too",
    }  # fmt: skip


def test_where_a_page_cannot_be_written_none_stays(
    ledger: Kaitei, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second page fails as a full disk lets it fail; the first one and the folder go again."""
    written = files.write_new

    def once(path: Path, data: bytes) -> None:
        monkeypatch.setattr(writing, "write_new", full)
        written(path, data)

    def full(path: Path, data: bytes) -> None:
        del data
        raise files.unwritable(OSError(28, "No space left on device"), path)

    monkeypatch.setattr(writing, "write_new", once)
    assert "ディスクの空きがありません" in one_line(ledger("report", "--out", "out"))
    assert not (folder / "out").exists()


@pytest.mark.parametrize("name", [PAGE, OTHER, INDEX])
def test_a_page_refers_to_nothing_outside(pages: Callable[[str], str], name: str) -> None:
    found = Elements.of(pages(name))
    assert not found.attributes & {"src", "srcset", "style", "action", "formaction", "background", "poster"}
    for link in found.links:
        file, _, fragment = link.partition("#")
        there = pages(unquote(file) or name)
        assert fragment == "" or f'id="{fragment}"' in there, link
    assert "@import" not in pages(name)
    assert "url(" not in pages(name)
    assert not re.search(r"https?:", pages(name))


@pytest.mark.parametrize("name", [PAGE, INDEX])
def test_the_policy_of_a_page_lets_only_its_own_style_and_script_in(
    pages: Callable[[str], str], name: str
) -> None:
    html = pages(name)
    (policy,) = (one["content"] for tag, one in Elements.of(html).found if one.get("http-equiv"))
    (style,) = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    (script,) = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    hashes = [base64.b64encode(hashlib.sha256(each.encode()).digest()).decode() for each in (style, script)]
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{hashes[0]}'; script-src 'sha256-{hashes[1]}'; "
        "base-uri 'none'; form-action 'none'"
    )


@pytest.mark.parametrize("name", [PAGE, OTHER, INDEX])
def test_the_ids_of_a_page_are_its_own(pages: Callable[[str], str], name: str) -> None:
    ids = Elements.of(pages(name)).ids
    assert len(ids) == len(set(ids))


def test_findings_and_rows_refer_to_each_other(pages: Callable[[str], str], ledger: Kaitei) -> None:
    html = pages(OTHER)
    said = ledger("validate", "samples/minatogawa/15_jidou-fuyou.txt", "--json").json
    for finding in said["findings"]:
        (article,) = re.findall(rf'<article [^>]*id="{finding["id"]}">.*?</article>', html, re.DOTALL)
        for no in finding["rows"]:
            assert f'href="#row-{no}"' in article
            (row,) = re.findall(rf'<tr id="row-{no}">.*?</tr>', html, re.DOTALL)
            assert f'href="#{finding["id"]}"' in row
    assert len(said["findings"]) == len(re.findall(r'<article class="finding', html))


def test_without_a_script_the_latest_document_and_the_table_are_there(
    pages: Callable[[str], str], ledger: Kaitei
) -> None:
    text = Elements.of(pages(PAGE)).text
    assert "日を選ぶスライダー、項目の履歴、検索には JavaScript が要ります" in text
    for item in ledger("show", "霞野", "--json").json["items"]:
        words = [item["value"]] if isinstance(item["value"], str) else item["value"]["checked"]
        assert all(word in text for word in words), item["path"]
    for row in ledger("changes", "霞野", "--json").json["rows"]:
        assert all(row[cell] in text for cell in ("item_text", "reason")), row["no"]


def test_a_page_says_of_which_history_it_is(site: Path, ledger: Kaitei, folder: Path) -> None:
    for name, ref in ((PAGE, "霞野市長/7"), (INDEX, None)):
        said = ledger("verify", "--copy", site / name, "--json").json
        (copy,) = said["copies"]
        assert (said["ok"], copy["view"], copy["ref"]) == (True, "report", ref)
    page = (site / PAGE).read_text("utf-8")
    root = re.findall(r'ledger-root" content="(\w+)"', page)[0]
    (folder / PAGE).write_text(page.replace(root, "0" * 64), "utf-8")
    assert ledger("verify", "--copy", PAGE).status == 1


def test_words_of_a_document_never_become_anything_else(ledger: Kaitei, folder: Path) -> None:
    """In every field that takes words stand such as would end a script, open an element, or break a line."""
    ledger("report", "霞野", "--out", "harmless.html")
    for n, text in enumerate(HOSTILE, start=1):
        words = ("--after", text, "--reason", text, "--by", text, "--revision", text)
        said = ledger(
            "record", "霞野", "--item", "I/1/②", "--on", f"2026-04-{n:02}", "--timing", "事後", *words
        )
        assert said.status == 0, said
    ledger("report", "霞野", "--out", "hostile.html")
    harmless, page = ((folder / f"{name}.html").read_text("utf-8") for name in ("harmless", "hostile"))
    found, before = Elements.of(page), Elements.of(harmless)
    assert found.tags == before.tags
    assert found.attributes == before.attributes
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", page)
    assert page.count("<!--") == harmless.count("<!--") == 0
    for text in HOSTILE:
        assert text in told(page)["texts"]
        assert text in found.text
    data = page.partition('id="told">')[2].partition("</script>")[0]
    assert not set("<>&\u2028\u2029") & set(data)


@pytest.mark.parametrize("text", ["", "<", "</script>", "\u2028", "\ud800", "\x00", "\x85", "𠮷"])
def test_data_in_a_page_is_the_same_data(text: str) -> None:
    written = shell.data({"text": text})
    assert told(f'<script type="application/json" id="told">{written}</script>') == {"text": text}
    written.encode()


def test_what_is_no_character_to_be_read_is_shown_as_such() -> None:
    """A document that was taken in may hold any: none of them gets into the page."""
    origin = Origin("report", "霞野市長/7", 1, "0" * 64)
    page = shell.page("名\x00", "<p>一\r\n二\r三\x01\x85\x1b[31m\ud800</p>", origin, {}).decode()
    assert "<p>一\n二\n三\ufffd\ufffd\ufffd[31m\ufffd</p>" in page
    assert "<title>名\ufffd</title>" in page


def identity(body: str, number: str = "7", form: str = "様式3", n: int = 1) -> Identity:
    return Identity(UUID(int=n << 96), form, (PrintedIdentity(body, number, "事務", form),))


@pytest.mark.parametrize(
    ("one", "name"),
    [
        pytest.param(identity("霞野市長"), "霞野市長_7.html", id="as it is"),
        pytest.param(identity("霞野市長", form="様式2"), "霞野市長_7_様式2.html", id="another form"),
        pytest.param(identity("霞野市長", "７"), "霞野市長_7-00000001.html", id="a full-width number"),
        pytest.param(identity("../../etc"), "______etc_7-00000001.html", id="a path"),
        pytest.param(identity("A市長"), "a市長_7-00000001.html", id="capitals, which some file systems fold"),
        pytest.param(
            identity('a:b*c?"<>|\\\n'), "a_b_c________7-00000001.html", id="what Windows takes for no name"
        ),
        pytest.param(identity("長" * 300), f"{'長' * 40}-00000001.html", id="longer than a name may be"),
    ],
)
def test_files_have_safe_names(one: Identity, name: str) -> None:
    assert file_name(one) == name


# --- for everybody ------------------------------------------------------------------------------------


def test_the_public_report_says_what_documents_print_and_no_more(office: Kaitei, folder: Path) -> None:
    office("report", "霞野", "--out", "office")
    office("report", "霞野", "--public", "--out", "public")
    for name in (PAGE, INDEX):
        inside, outside = ((folder / out / name).read_text("utf-8") for out in ("office", "public"))
        assert "庁内用" in inside
        assert "公開用" in outside
        assert not any(secret in outside for secret in SECRETS)
    inside, outside = ((folder / out / PAGE).read_text("utf-8") for out in ("office", "public"))
    for secret in ("佐藤", "鈴木", "内部の理由", "総務課の分室", "取りやめ案"):
        assert secret in inside
    assert "福祉部 介護保険課" in outside  # published, and as it was corrected
    (said,) = office("verify", "--copy", f"public/{PAGE}", "--json").json["copies"]
    assert said["view"] == "report --public"


def test_what_is_not_published_is_no_state_of_the_public_page(ledger: Kaitei, folder: Path) -> None:
    ledger("report", "霞野", "--public", "--out", "before.html")
    recorded(ledger, after="株式会社ひみつ")
    ledger("report", "霞野", "--public", "--out", "after.html")
    before, after = (told((folder / name).read_text("utf-8")) for name in ("before.html", "after.html"))
    assert before == after


# --- of other ledgers -----------------------------------------------------------------------------------


def test_an_assessment_of_another_form_has_a_page(kaitei: Kaitei, folder: Path) -> None:
    """Of a form whose items are not known the cover and the table are shown."""
    (folder / "form2.txt").write_text(basic(), "utf-8")
    kaitei("import", "form2.txt")
    assert kaitei("report", "--out", "out").status == 0
    (page,) = (each for each in (folder / "out").iterdir() if each.name != INDEX)
    assert "この様式の項目には未対応です" in page.read_text("utf-8")


def test_of_a_source_that_was_withheld_the_page_says_that_it_was_not_checked(
    ledger: Kaitei, folder: Path
) -> None:
    secret = "あけぼの情報サービス株式会社"  # noqa: S105  (a name)
    ledger("withhold", "霞野", "--text", secret, "--why", "誤って公表したため", "--by", "鈴木")
    ledger("report", "霞野", "--out", "out.html")
    page = (folder / "out.html").read_text("utf-8")
    assert secret not in page
    assert "点検していません: 最新の版の原本に、非公開にした語があります。" in page


def test_a_ledger_that_is_not_there_makes_no_folder(kaitei: Kaitei, folder: Path) -> None:
    assert kaitei("report", "--out", "out").status == 2
    assert not (folder / "out").exists()


def test_the_list_of_assessments_reads_as_it_did(pages: Callable[[str], str], golden: Golden) -> None:
    """The whole text of the index, but for the proof, which the clock changes."""
    lines = [line.strip() for line in Elements.of(pages(INDEX)).text.split("\n") if line.strip()]
    golden("report/index.txt", "\n".join(each for each in lines if "根 " not in each) + "\n")
