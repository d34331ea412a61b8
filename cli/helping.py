"""The commands for Typer, loaded one by one, and their help in Japanese, with examples."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

import typer
from typer.core import TyperCommand, TyperGroup

from cli import paging
from cli.columns import width, wrapped
from cli.directory import ENTRIES, GROUPS
from cli.session import session

if TYPE_CHECKING:
    from typer._click import Command, Context, HelpFormatter

_LONGEST: Final = 24  # columns of a name that has what it is beside it
_GAP: Final = 2

# What the library prints, and how people here would say it.
_SAYINGS = (
    (r"\[required\]", "［必須］"),
    (r"\[default: ([^\]]*)\]", r"［省略すると \1］"),
    (r"\[env var: ([^;\]]*); default: ([^\]]*)\]", r"［環境変数 \1、省略すると \2］"),
    (r"\[x>=(\d+)\]", r"［\1 以上］"),
    (r"Show this message and exit\.", "この説明を示す"),
    (r"Install completion for the current shell\.", "今のシェルに補完を組み込む"),
    (
        r"Show completion for the current shell, to copy it or customize the installation\.",
        "補完の設定を示す",
    ),
    (r" <(?:str|Path|list\[\w+\])>", ""),
    (r"^\{([^}]+)\}(?:\.\.\.)?$", r"\1"),
    (r"^\[OPTIONS\]$", "[オプション]"),
)


def _in_japanese(text: str) -> str:
    for pattern, saying in _SAYINGS:
        text = re.sub(pattern, saying, text)
    return text.strip()


def _usage(command: Command, context: Context, formatter: HelpFormatter) -> None:
    pieces = " ".join(map(_in_japanese, command.collect_usage_pieces(context)))
    formatter.write_usage(context.command_path, pieces, prefix="使い方: ")


def _options(command: Command, context: Context, formatter: HelpFormatter) -> None:
    for kind, heading in (("argument", "引数"), ("option", "オプション")):
        records = [
            (_in_japanese(name), _in_japanese(told))
            for param in command.get_params(context)
            if param.param_type_name == kind and (record := param.get_help_record(context))
            for name, told in [record]
        ]
        if records:
            with formatter.section(heading):
                for line in explained(records, formatter.width - formatter.current_indent):
                    formatter.write(f"{' ' * formatter.current_indent}{line}\n")


def explained(records: Sequence[tuple[str, str]], columns: int) -> Iterator[str]:
    """Names with what they are, side by side; a long name has a line of its own."""
    wide = min(max(width(name) for name, _ in records), _LONGEST)
    room = columns - wide - _GAP
    for name, told in records:
        first, *others = wrapped(told, room)
        pad = wide + _GAP - width(name)
        if pad < _GAP:
            yield name
            name, pad = "", wide + _GAP  # noqa: PLW2901
        yield f"{name}{' ' * pad}{first}"
        yield from (f"{' ' * (wide + _GAP)}{line}" for line in others)


class Described(TyperCommand):
    """A command whose help ends in its examples, as they are to be typed; long output goes to a pager."""

    def invoke(self, ctx: Context) -> object:
        """Run it."""
        if not (ENTRIES[self.name or ""].paged and session(ctx).pager):
            return super().invoke(ctx)
        with paging.paged():
            return super().invoke(ctx)

    def format_usage(self, ctx: Context, formatter: HelpFormatter) -> None:
        """How the command is written."""
        _usage(self, ctx, formatter)

    def format_options(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Its arguments and options."""
        _options(self, ctx, formatter)

    def format_epilog(self, ctx: Context, formatter: HelpFormatter) -> None:  # noqa: ARG002
        """Its examples."""
        with formatter.section("例"):
            for example in ENTRIES[self.name or ""].examples:
                formatter.write(f"  {example}\n")


class Commands(TyperGroup):
    """The commands of the directory; only what is asked for is loaded."""

    def list_commands(self, ctx: Context) -> list[str]:  # noqa: ARG002
        """The names of all commands."""
        return list(ENTRIES)

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:  # noqa: ARG002
        """The command of that name; None where there is none."""
        entry = ENTRIES.get(cmd_name)
        if entry is None:
            return None
        alone = typer.Typer(add_completion=False, rich_markup_mode=None)
        alone.command(entry.name, help=entry.help, cls=Described)(entry.function)
        return typer.main.get_command(alone)

    def format_usage(self, ctx: Context, formatter: HelpFormatter) -> None:
        """How any command is written."""
        _usage(self, ctx, formatter)

    def format_options(self, ctx: Context, formatter: HelpFormatter) -> None:
        """The options before a command, then the commands, group by group."""
        _options(self, ctx, formatter)
        width = max(map(len, ENTRIES))
        for heading, entries in GROUPS:
            with formatter.section(heading):
                for entry in entries:
                    formatter.write(f"  {entry.name:{width}}  {entry.help}\n")

    def format_epilog(self, ctx: Context, formatter: HelpFormatter) -> None:  # noqa: ARG002
        """Where the examples are."""
        formatter.write("\nkaitei COMMAND --help で、それぞれの使い方と例を示します。\n")
