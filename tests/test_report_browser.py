"""The pages of a report in a browser: any day, the history of items, the search, by keyboard, on paper."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from ledger.intake import take_in
from ledger.published import Boxes
from ledger.readers import read
from ledger.storage import open_ledger
from projections.application import Kaitei, import_files
from projections.as_of import document_as_of
from projections.captions import BLANK
from projections.diff import compared
from projections.documents import StatedItem
from projections.editions import Assessment
from projections.report.document import TICKS
from projections.report.writing import write_report
from projections.stated import remarks
from projections.words import Op
from tests.conftest import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SAMPLES = (
    "kasumino/7_kaigo-hoken_R6.txt", "kasumino/7_kaigo-hoken.txt", "minatogawa/15_jidou-fuyou.txt",
    "yunagi/21_kokuho_H30.txt", "yunagi/21_kokuho_R3.txt", "yunagi/21_kokuho_R5.txt", "yunagi/21_kokuho.txt",
)  # fmt: skip
KASUMINO, MINATOGAWA, YUNAGI = "霞野市長/7", "湊川町長/15", "夕凪市長/21"
CONTRACTOR = "II/4/委託事項1/③委託先名"
ALONE = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
TEXTS = """() => [...document.querySelectorAll('#paper .item')].map(item => [
  item.id,
  [...item.querySelectorAll('.says .text, .says li, .says .remark')].map(each => each.textContent)])"""
OVERFLOWING = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
GRAVE = {"serious", "critical"}


@dataclass(frozen=True)
class Site:
    """A report in a folder, and all that the ledger knows, by REF."""

    folder: Path
    known: dict[str, Assessment]

    def url(self, ref: str) -> str:
        """The address of a page; of the index where *ref* is blank."""
        return (self.folder / (f"{ref.replace('/', '_')}.html" if ref else "index.html")).as_uri()


def reported(folder: Path, files: list[Path]) -> Site:
    """The report of a ledger that has taken *files* in."""
    url = f"sqlite:///{folder / 'kaitei.db'}"
    assert all(hasattr(each, "intake") for each in import_files(url, files, by="佐藤"))
    with Kaitei(url) as kaitei:
        identities = kaitei.named()
        write_report(kaitei, identities, folder / "out", lambda each: each, public=False)
        return Site(folder / "out", {one.ref: kaitei.assessment(one) for one in identities})


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The report of the samples."""
    files = [ROOT / "samples" / name for name in SAMPLES]
    return reported(tmp_path_factory.mktemp("report"), files)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a session."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("chromium がありません（apt-get install chromium）")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright がありません")
    with playwright.sync_playwright() as running:
        started = running.chromium.launch(executable_path=chromium, args=list(ALONE))
        yield started
        started.close()


Opened = Callable[..., Any]


@pytest.fixture
def opened(browser: Browser) -> Opened:
    """Opens a page of a site; at its end nothing was asked of any other place, and nothing went wrong."""

    @contextmanager
    def open_page(site: Site, ref: str, **options: Any) -> Iterator[Page]:  # noqa: ANN401  (as Playwright takes them)
        context = browser.new_context(locale="ja-JP", reduced_motion="reduce", **options)
        asked, troubles = [], []
        context.on("request", lambda request: asked.append(request.url))
        page = context.new_page()
        page.on("console", lambda message: troubles.append(message.text))
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.goto(site.url(ref))
        try:
            yield page
        finally:
            context.close()
        assert troubles == []
        assert [url for url in asked if not url.startswith(site.folder.as_uri())] == []

    return open_page


def lines(item: StatedItem) -> list[str]:
    """What a page shows of an item, line by line."""
    value = item.reading.value
    match value:
        case Boxes():
            said = [f"{tick} {label}" for name, tick in TICKS.items() for label in getattr(value, name)]
            said += [f"（{value.other_text}）"] if value.other_text else []
        case str():
            said = [value or BLANK]
        case None:
            said = []
    return [*said, *remarks(item.reading)]


def paths(page: Page) -> list[str]:
    """The paths of all items of a page, by their numbers."""
    found: list[str] = page.evaluate(
        "JSON.parse(document.getElementById('told').textContent).items.map(item => item[0])"
    )
    return found


def shown(page: Page) -> list[tuple[str, list[str]]]:
    """The document as the page shows it: each item with what it says."""
    names = paths(page)
    return [(names[int(anchor.removeprefix("item-"))], said) for anchor, said in page.evaluate(TEXTS)]


def said(known: Assessment, day: str | None) -> list[tuple[str, list[str]]]:
    """The document as ``kaitei show`` has it."""
    document = document_as_of(known, date.fromisoformat(day) if day else None)
    return [(str(item.path), lines(item)) for item in document.items]


def pick(page: Page, day: str) -> None:
    """Type a day into the field of days."""
    page.locator("#day").fill(day)
    page.locator("#day").dispatch_event("change")


@pytest.mark.parametrize(
    ("ref", "days"),
    [
        pytest.param(KASUMINO, ("2017-09-30", "2023-10-02", "2025-11-03"), id="two editions"),
        pytest.param(MINATOGAWA, ("2015-01-01", "2021-05-18", "2026-03-10"), id="faults"),
        pytest.param(YUNAGI, ("2018-03-29", "2021-06-26", "2024-04-01"), id="four editions"),
    ],
)
def test_a_page_shows_the_document_of_any_day(
    opened: Opened, site: Site, ref: str, days: tuple[str, ...]
) -> None:
    """Items, order, words, certainty with its reason and rivals are those of `kaitei show --as-of`."""
    known = site.known[ref]
    with opened(site, ref) as page:
        assert shown(page) == said(known, None)
        assert page.locator("#state").inner_text().startswith("最新の記載")
        for day in (*days, *days[:1]):
            pick(page, day)
            assert shown(page) == said(known, day), day


def test_the_slider_stops_where_words_turn(opened: Opened, site: Site) -> None:
    known = site.known[KASUMINO]
    with opened(site, KASUMINO) as page:
        stops = int(page.locator("#slider").get_attribute("max"))
        seen = []
        for stop in range(stops + 1):
            page.locator("#slider").fill(str(stop))
            seen.append(shown(page))
        assert seen[0] == said(known, "2017-10-01")
        assert seen[-1] == said(known, None)
        assert all(one != other for one, other in pairwise(seen))
        page.locator("#earlier").click()
        assert shown(page) == seen[-2]
        page.locator("#later").click()
        assert shown(page) == seen[-1]
        assert page.locator("#later").is_disabled()


def test_a_day_of_the_list_of_revisions_is_shown(opened: Opened, site: Site) -> None:
    with opened(site, KASUMINO) as page:
        page.get_by_role("button", name="平成29年10月2日 の記載を示す").click()
        assert "平成29年10月2日 の記載" in page.locator("#state").inner_text()
        assert shown(page) == said(site.known[KASUMINO], "2017-10-02")


def test_the_history_of_an_item_tells_what_came_when_filed_how_and_why(opened: Opened, site: Site) -> None:
    """The words marked are those that `kaitei diff` marks between the two days."""
    known = site.known[KASUMINO]
    with opened(site, KASUMINO) as page:
        number = paths(page).index(CONTRACTOR)
        button = page.locator(f"#item-{number} h5 button")
        assert button.get_attribute("aria-expanded") == "false"
        button.click()
        assert button.get_attribute("aria-expanded") == "true"
        history = page.locator(f"#{button.get_attribute('aria-controls')}")
        newest = history.locator("li").first
        before, after = (document_as_of(known, day) for day in (date(2024, 7, 31), date(2024, 8, 1)))
        (change,) = compared(before, after, CONTRACTOR).changes
        for tag, op in (("del", Op.REMOVED), ("ins", Op.ADDED)):
            assert newest.locator(tag).all_inner_texts() == [p.text for p in change.words if p.op is op]
        told = newest.inner_text()
        row = next(change for change in known.anchors[-1].changes if change.no == 13)
        for words in ("行13", "令和6年8月1日", "事後", "令和6年9月2日", row.reason):
            assert words in told
        newest.get_by_role("link", name="行13").click()
        assert page.locator("#row-13").is_visible()
        button.click()
        assert history.is_hidden()


@pytest.mark.parametrize("term", ["中間サーバー", "中間ｻｰﾊﾞｰ", "５情報"])
def test_a_search_is_live_and_folds_widths(opened: Opened, site: Site, term: str) -> None:
    with opened(site, KASUMINO) as page:
        everything = page.locator("#paper .item:visible").count()
        page.locator("#words").fill(term)
        counted = re.search(r"項目 (\d+)件、変更箇所 (\d+)件", page.locator("#count").inner_text())
        assert counted
        items, rows = (page.locator(f"{each}:visible") for each in ("#paper .item", "#changes tbody tr"))
        assert [items.count(), rows.count()] == [int(number) for number in counted.groups()]
        assert 0 < items.count() < everything
        page.locator("#words").fill("")
        assert (items.count(), page.locator("#count").inner_text()) == (everything, "")


def test_the_index_lists_and_searches_titles(opened: Opened, site: Site) -> None:
    with opened(site, "") as page:
        assert page.locator("#list tbody tr").count() == 3
        page.locator("#words").fill("国民健康")
        assert page.locator("#list tbody tr:visible").count() == 1
        assert page.locator("#count").inner_text() == "「国民健康」 評価書 1件"
        page.get_by_role("link", name="国民健康保険").click()
        assert page.locator("h1").inner_text() == "国民健康保険に関する事務 重点項目評価書"
        page.get_by_role("link", name="一覧へ").click()
        assert page.locator("h1").inner_text() == "評価書の一覧"


@pytest.mark.parametrize(
    ("ref", "scheme"),
    [
        pytest.param(MINATOGAWA, "light", id="a page"),
        pytest.param("", "light", id="the index"),
        pytest.param(YUNAGI, "light", id="a long page", marks=pytest.mark.long),
        pytest.param(YUNAGI, "dark", id="a long page in the dark", marks=pytest.mark.long),
        pytest.param("", "dark", id="the index in the dark"),
    ],
)
def test_nothing_keeps_anybody_out(opened: Opened, site: Site, ref: str, scheme: str) -> None:
    """axe-core finds nothing serious, with a history open on an old day; in the dark, of contrast."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe がありません").Axe()
    options = {"runOnly": ["color-contrast"]} if scheme == "dark" else {}
    with opened(site, ref, color_scheme=scheme) as page:
        if ref:
            pick(page, "2021-05-18")
            page.locator("#paper .partial h5 button, #paper .unknown h5 button").first.click()
        found = axe.run(page, options=options).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found if each["impact"] in GRAVE] == []


def test_everything_can_be_done_from_the_keyboard(opened: Opened, site: Site) -> None:
    with opened(site, KASUMINO) as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        assert page.evaluate("location.hash") == "#document"
        for _ in range(1 + page.locator("#turned a").count()):
            page.keyboard.press("Tab")
        button = page.locator("#paper h5 button").first
        assert button.evaluate("each => each === document.activeElement")
        page.keyboard.press("Enter")
        assert button.get_attribute("aria-expanded") == "true"
        page.keyboard.press("Space")
        assert button.get_attribute("aria-expanded") == "false"
        assert button.evaluate("each => getComputedStyle(each).outlineStyle") == "solid"
        page.locator("#slider").focus()
        page.keyboard.press("ArrowLeft")
        assert "令和7年11月4日" in str(page.locator("#slider").get_attribute("aria-valuetext"))
        page.keyboard.press("Home")
        assert shown(page) == said(site.known[KASUMINO], "2017-10-01")
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Shift+Tab")
        assert page.evaluate("document.activeElement.closest('nav') !== null")  # 前の変更 is disabled here


def test_paper_has_the_document_of_the_day_and_the_table(opened: Opened, site: Site) -> None:
    with opened(site, KASUMINO) as page:
        pick(page, "2021-05-18")
        page.emulate_media(media="print")
        assert page.locator("#state").inner_text().startswith("令和3年5月18日 の記載")
        for there in ("#state", "#paper .item >> nth=0", "#changes table", "footer .proof"):
            assert page.locator(there).is_visible(), there
        for hidden in ("#controls", "nav", ".of-day >> nth=0", "#findings"):
            assert page.locator(hidden).is_hidden(), hidden


def test_without_a_script_the_latest_document_is_there(opened: Opened, site: Site) -> None:
    """It is the very document that the script shows first, in the same order."""
    with opened(site, YUNAGI, java_script_enabled=False) as page:
        assert "JavaScript が要ります" in page.locator("noscript").inner_text()
        assert page.locator("#controls").is_hidden()
        assert shown(page) == said(site.known[YUNAGI], None)


@pytest.mark.parametrize("ref", [KASUMINO, ""], ids=["page", "index"])
def test_a_narrow_window_need_not_be_scrolled_sideways(opened: Opened, site: Site, ref: str) -> None:
    with opened(site, ref, viewport={"width": 375, "height": 700}) as page:
        assert page.evaluate(OVERFLOWING) <= 0


def test_a_hostile_document_is_shown_as_words(opened: Opened, tmp_path: Path) -> None:
    """What would run, load or break out in a page stands there to be read; the page does nothing of it."""
    hostile = "</script><img src=x onerror=alert(1)><!--\u2028&lt;b&gt;\r\n{\u0001}"
    source = ROOT / "samples" / SAMPLES[1]
    edition = read(source.read_bytes(), source.name)
    items = tuple(
        replace(item, value=hostile) if str(item.path) == CONTRACTOR else item for item in edition.items
    )
    rows = tuple(replace(row, item_text=hostile, after=hostile, explanation=hostile) for row in edition.rows)
    edition = replace(edition, items=items, rows=rows, header=replace(edition.header, title=hostile))
    with open_ledger(f"sqlite:///{tmp_path / 'kaitei.db'}", create=True) as ledger:
        take_in(ledger, b"none", "none.txt", edition, by=hostile)
    site = reported(tmp_path, [])
    with opened(site, KASUMINO) as page:
        readable = hostile.replace("\r\n", "\n").replace("\u0001", "\ufffd")
        assert [said for path, said in shown(page) if path == CONTRACTOR] == [[readable]]
        assert page.locator("#row-1 td .text").all_inner_texts()[0] == readable
        assert page.locator("h1").text_content() == readable
        assert page.locator("img").count() == 0
    with opened(site, "") as page:
        assert page.locator("#list tbody th").text_content() == readable


# --- real documents -------------------------------------------------------------------------------------


def ask_of(opened: Opened, site: Site) -> None:
    """Every page on three days, the history of an item, a search."""
    for ref, known in site.known.items():
        with opened(site, ref) as page:
            assert shown(page) == said(known, None)
            days = page.evaluate("JSON.parse(document.getElementById('told').textContent).days")
            for day in {days[1], days[len(days) // 2], days[-1]}:
                pick(page, day)
                assert shown(page) == said(known, day), (ref, day)
            page.locator("#paper h5 button").nth(20).click()
            assert page.locator(".history:visible li").count() > 0
            page.locator("#words").fill("個人番号")
            assert page.locator("#paper .item:visible").count() > 0
            page.locator("#words").fill("")


def test_two_real_documents_can_be_read_on_any_day(opened: Opened, documents: Path, tmp_path: Path) -> None:
    ask_of(opened, reported(tmp_path, sorted(documents.glob("*.txt"))[:2]))


@pytest.mark.long
def test_all_real_documents_can_be_read_on_any_day(opened: Opened, documents: Path, tmp_path: Path) -> None:
    site = reported(tmp_path, sorted(documents.glob("*.txt")))
    ask_of(opened, site)
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe がありません").Axe()
    for ref in (*site.known, ""):
        with opened(site, ref) as page:
            found = axe.run(page).response["violations"]
        assert [each["id"] for each in found if each["impact"] in GRAVE] == []
