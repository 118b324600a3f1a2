"""`donghanh ask` and `donghanh talk`: the whole way of a message, without side effects."""

import asyncio
import json
import sys
import uuid
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.commands.asked import asked
from bot.commands.installed import installed_world
from bot.commands.messages import fail
from bot.private_world import PrivateWorld, WorldFailed
from bot.processes.model import TrainingFailed

FileOption = Annotated[
    Path | None,
    typer.Option("--file", help="JSON Lines with `text` (ask) or `turns` (talk); - for stdin."),
]


class BadLine(Exception):
    """A line of input that cannot be used."""


def ask(
    question: Annotated[
        str | None, typer.Argument(help="A question, as an owner types it.")
    ] = None,
    file: FileOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Answers a question, or each line of a file, as a first message of a new contact."""
    if (question is None) == (file is None):
        fail("give a question or --file, one of the two", code=2)
    lines = [question] if question is not None else _lines(file)
    _run(_ask(lines, plain=question is not None, as_json=as_json))


def talk(
    file: FileOption,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Plays whole conversations: one JSON object a line with `id` and `turns`."""
    _run(_talk(_lines(file), as_json=as_json))


def _run(work: Any) -> None:
    try:
        failed = asyncio.run(work)
    except (WorldFailed, TrainingFailed) as error:
        fail(str(error))
    if failed:
        raise typer.Exit(1)


async def _ask(lines: Iterable[str], *, plain: bool, as_json: bool) -> int:
    """Prints a line for each line; how many were bad."""
    failed = 0
    async with installed_world() as world:
        for line in lines:
            try:
                result = await _answer(world, line if plain else _field(line, "text", str))
            except BadLine as error:
                result = {"error": str(error)}
            failed += "error" in result
            _print(result, as_json=as_json)
    return failed


async def _talk(lines: Iterable[str], *, as_json: bool) -> int:
    failed = 0
    async with installed_world() as world:
        for line in lines:
            try:
                result = await _conversation(world, line)
            except BadLine as error:
                result = {"error": str(error)}
            failed += "error" in result
            _print(result, as_json=as_json)
    return failed


async def _answer(world: PrivateWorld, text: str) -> dict[str, Any]:
    return asked(text, await world.say(uuid.uuid4().hex, text))


async def _conversation(world: PrivateWorld, line: str) -> dict[str, Any]:
    turns = _field(line, "turns", list)
    if not turns or not all(isinstance(turn, str) for turn in turns):
        raise BadLine("`turns` must be a list of messages")
    chat_key = uuid.uuid4().hex
    played = [asked(turn, await world.say(chat_key, turn)) for turn in turns]
    return {"id": json.loads(line).get("id"), "turns": played}


def _field(line: str, name: str, kind: type) -> Any:
    try:
        value = json.loads(line)[name]
    except json.JSONDecodeError as error:
        raise BadLine(f"no JSON: {error.msg}") from None
    except (KeyError, TypeError):
        raise BadLine(f"`{name}` is missing") from None
    if not isinstance(value, kind) or not value:
        raise BadLine(f"`{name}` is empty or of the wrong kind")
    return value


def _lines(file: Path | None) -> list[str]:
    if file is None:
        fail("--file is missing", code=2)
    try:
        raw = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as error:
        fail(f"{file}: {error.strerror}")
    text = raw.decode("utf-8-sig", errors="replace")
    return [line for line in text.splitlines() if line.strip()]


def _print(result: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(result, ensure_ascii=False))
        return
    for turn in result.get("turns", [result]):
        typer.echo(f"> {turn.get('text', '')}")
        typer.echo(f"{turn.get('reply') or turn.get('error')}\n")
