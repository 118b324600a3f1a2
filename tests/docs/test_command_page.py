"""Every command of the command line stands in the table of docs/running.md, and no other."""

from collections.abc import Iterator
from typing import Any

import typer

from bot.commands import app
from tests.support.data.documents import code, rows


def commands(command: Any, name: str) -> Iterator[tuple[str, str]]:
    """The full names of all commands below one, with their help."""
    if not hasattr(command, "commands"):
        yield name, command.help or ""
    for part, below in getattr(command, "commands", {}).items():
        yield from commands(below, f"{name} {part}")


def test_the_table_lists_every_command() -> None:
    listed = {code(name) for name, _ in rows("docs/running.md", heading="command")}

    assert listed == {name for name, _ in commands(typer.main.get_command(app), "donghanh")}


def test_every_command_says_what_it_does() -> None:
    silent = [name for name, text in commands(typer.main.get_command(app), "donghanh") if not text]

    assert silent == []
