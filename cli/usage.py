"""Wrong use of the command line, said in Japanese."""

from __future__ import annotations

import re

# What the library says, and how people here would say it. Anything else is passed on as it is.
_SAYINGS = (
    (r"Missing argument '?([^'.]+)'?\.?.*", r"引数 \1 がありません"),
    (r"Missing option '?([^'.]+)'?\.?.*", r"オプション \1 がありません"),
    (r"Missing command\.?", "命令がありません"),
    (r"No such command '(.+?)'\.?.*", r"「\1」という命令はありません"),
    (r"No such option:? '?([^'.\s]+)'?\.?.*", r"「\1」というオプションはありません"),
    (r"Option '(.+?)' requires (?:an argument|\d+ arguments)\.?", r"オプション \1 に値がありません"),
    (r"Got unexpected extra argument(?:s|\(s\))? \((.+)\)", r"余分な引数があります: \1"),
    (r"Invalid value for '?([^':]+)'?(?: / '[^']+')?: (?:Value error, )?'(.+?)' is not one of (.+?)\.?",
     r"\1 の「\2」は選べません（\3）"),
    (r"Invalid value for '?([^':]+)'?(?: / '[^']+')?: Input should be greater than or equal to (\d+)\.?",
     r"\1 には \2 以上の数を指定してください"),
    (r"Invalid value for '?([^':]+)'?(?: / '[^']+')?: Input should be a valid integer.*",
     r"\1 には数を指定してください"),
    (r"Invalid value for '?([^':]+)'?(?: / '[^']+')?: (.+)", r"\1 の値が正しくありません: \2"),
)  # fmt: skip


def explained(error: Exception) -> str:
    """The message of a usage error, one line. *error* is what the library raised."""
    message = " ".join(str(getattr(error, "format_message", lambda: error)()).split())
    for pattern, saying in _SAYINGS:
        if said := re.fullmatch(pattern, message):
            return said.expand(saying)
    return message
