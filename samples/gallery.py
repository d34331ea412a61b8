"""The pictures of ``docs/gallery.md``: a report of the samples, looked at in a browser.

``python -m samples.gallery`` (``make gallery``) writes them anew. It needs chromium, and fonts for Japanese
(fonts-noto-cjk), without which the pictures have boxes in place of letters.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from projections.asking import Asking
from projections.importing import import_files
from projections.report.writing import write_report

_HERE: Final = Path(__file__).parent
_PICTURES: Final = _HERE.parent / "docs" / "gallery"
_FILES: Final = (
    "kasumino/7_kaigo-hoken_R6.txt", "kasumino/7_kaigo-hoken.txt", "minatogawa/15_jidou-fuyou.txt",
    "yunagi/21_kokuho_H30.txt", "yunagi/21_kokuho_R3.txt", "yunagi/21_kokuho_R5.txt", "yunagi/21_kokuho.txt",
)  # fmt: skip
_COLOURS: Final = 128
_SIZE: Final = (1180, 820)


def _slider(page: Page) -> None:
    """A page on a day some years ago, at what turned on it."""
    page.locator("#day").fill("2021-10-01")
    page.locator("#day").dispatch_event("change")
    page.locator("#turned a").first.click()


def _history(page: Page) -> None:
    """The history of an item that has changed twice."""
    button = page.locator("#paper h5 button", has_text="③委託先名").first
    button.click()
    _to(page, "#paper .item:has([aria-expanded='true'])")


def _table(page: Page) -> None:
    """Rows of the change table with what the validator found."""
    _to(page, "#changes tr:has(.found .error)")


def _systems(page: Page) -> None:
    """The map of systems."""
    _to(page, "#systems")


def _nothing(page: Page) -> None:
    """A page as it opens."""
    del page


def _to(page: Page, selector: str) -> None:
    page.locator(selector).first.evaluate("each => each.scrollIntoView()")


_SHOTS: Final[tuple[tuple[str, str, Callable[[Page], None]], ...]] = (
    ("slider", "霞野市長_7", _slider),
    ("history", "霞野市長_7", _history),
    ("findings", "湊川町長_15", _table),
    ("systems", "湊川町長_15", _systems),
    ("index", "index", _nothing),
)
"""The name of a picture, the page it is of, and what is done before."""


def take(folder: Path, pictures: Path) -> None:
    """Write the pictures of the report in *folder*."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"],
        )
        width, height = _SIZE
        context = browser.new_context(
            locale="ja-JP", reduced_motion="reduce", viewport={"width": width, "height": height}
        )
        for name, of, prepare in _SHOTS:
            page = context.new_page()
            page.goto((folder / f"{of}.html").as_uri())
            prepare(page)
            path = pictures / f"{name}.png"
            page.screenshot(path=path)
            Image.open(path).convert("RGB").quantize(_COLOURS).save(path, optimize=True)
        browser.close()


def main() -> int:
    """Write all pictures anew; 2 where there is no browser."""
    if shutil.which("chromium") is None:
        sys.stderr.write("gallery: chromium is not installed\n")
        return 2
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/kaitei.db"
        for _ in import_files(url, [_HERE / name for name in _FILES], by="佐藤"):
            pass
        with Asking(url) as ledger:
            write_report(ledger, ledger.named(), Path(folder) / "out", lambda each: each, public=True)
        _PICTURES.mkdir(exist_ok=True)
        take(Path(folder) / "out", _PICTURES)
    return 0


if __name__ == "__main__":
    sys.exit(main())
