"""What every page of a report is made of: one file that needs no network, runs its own script and no other.

The policy of a page names its style and its script by their hashes. What a page tells as data is JSON in
which nothing can end the element it stands in. No control character gets through.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from html import escape
from importlib import resources
from typing import Any, Final

from projections.exports.html_page import META
from projections.origin import Origin

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_IN_DATA: Final = re.compile(r"[<>&\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def data(told: dict[str, Any]) -> str:
    """JSON that can stand in any element of a page."""
    plain = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return _IN_DATA.sub(lambda found: f"\\u{ord(found[0]):04x}", plain)


def page(title: str, body: str, origin: Origin, told: dict[str, Any]) -> bytes:
    """A whole page of *body*, which is HTML already, with what its script works on, in UTF-8.

    What is no character to be read is shown as U+FFFD.
    """
    style, script = _part("page.css"), _part("page.js")
    metas = "".join(
        f'<meta name="{META}{name}" content="{escape(fact)}">\n' for name, fact in origin.named.items()
    )
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    whole = f"""<!DOCTYPE html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
{metas}<title>{escape(title)}</title>
<style>{style}</style>
</head>
<body>
{body}
<script type="application/json" id="told">{data(told)}</script>
<script>{script}</script>
</body>
</html>
"""
    return _CONTROL.sub("\ufffd", whole.replace("\r\n", "\n").replace("\r", "\n")).encode()


@cache
def _part(name: str) -> str:
    return resources.files("projections.report").joinpath(name).read_text("utf-8")


def _hash(part: str) -> str:
    return f"sha256-{b64encode(sha256(part.encode()).digest()).decode()}"


def footer(origin: Origin, *, public: bool) -> str:
    """What a page says at its end: for whom it is, and of which history of the ledger it was made."""
    return f"""<footer>
<p>{escape(WHOM[public])}</p>
<p class="proof">{escape(origin.told)}</p>
<p>台帳がこの根をいまも持つかは、<code>kaitei verify --copy このファイル</code> で確かめられます。
このページは通信をせず、ほかのファイルを読み込みません。</p>
</footer>"""


WHOM: Final = {
    False: "庁内用。記録者、理由、未公表の改訂を含みます。公開するときは --public で書き出してください。",
    True: "公開用。公表された文書にあることだけを示し、記録者、庁内の理由、未公表の改訂を含みません。",
}
"""For whom a page is: False, for the office; True, for everybody."""
