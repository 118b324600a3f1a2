"""`donghanh ask` and `donghanh talk`: the whole way of a message, without side effects."""

import asyncio
import json
import sys
import unicodedata
import uuid
from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Protocol, TypeVar

import typer

from bot.commands.asked import asked
from bot.commands.groundwork.installed import installed_world
from bot.commands.groundwork.messages import fail
from bot.domain.input.json_lines import BadLine, is_whole, lines_of, object_of
from bot.private_world import Said, WorldFailed
from bot.processes.model import TrainingFailed

Line = TypeVar("Line", str, bytes)

FileOption = Annotated[
    Path | None,
    typer.Option("--file", help="JSON Lines with `text` (ask) or `turns` (talk); - for stdin."),
]


class Speaker(Protocol):
    """An assistant that answers."""

    async def say(self, chat_key: str, text: str) -> Said:
        """One message of a contact, worked on wholly."""
        ...


def ask(
    question: Annotated[
        str | None, typer.Argument(help="A question, as an owner types it.")
    ] = None,
    file: FileOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Answers a question, or each line of a file or a pipe, as a new contact's first message."""
    if question is None and file is None and (piped := _piped()):
        _run(partial(answer_words, lines=piped, as_json=as_json))
        return
    if (question is None) == (file is None):
        fail("give a question, a pipe of questions or --file, one of them", code=2)
    if question is not None:
        _run(partial(answer_question, question=question, as_json=as_json))
        return
    _run(partial(answer_lines, lines=_lines(file), as_json=as_json))


def talk(
    file: FileOption,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Plays whole conversations: one JSON object a line with `id` and `turns`."""
    _run(partial(play_lines, lines=_lines(file), as_json=as_json))


def _piped() -> list[bytes]:
    """The lines of a pipe that say anything; none where somebody sits at the keyboard."""
    if sys.stdin.isatty():
        return []
    return [line for line in lines_of(sys.stdin.buffer.read()) if line.strip()]


def _run(work: Callable[[Speaker], Awaitable[int]]) -> None:
    """Does the work with a private assistant; exit code 1 where a line was bad."""

    async def run() -> int:
        async with installed_world() as world:
            return await work(world)

    try:
        failed = asyncio.run(run())
    except (WorldFailed, TrainingFailed) as error:
        fail(str(error))
    if failed:
        raise typer.Exit(1)


async def answer_question(world: Speaker, question: str, *, as_json: bool) -> int:
    """Answers one question; returns how many could not be answered."""
    return await _each(world, [question], _answered, as_json=as_json)


async def answer_lines(world: Speaker, lines: Iterable[bytes], *, as_json: bool) -> int:
    """Answers the `text` of each line; returns how many lines were bad."""

    async def answer(world: Speaker, line: bytes) -> dict[str, Any]:
        return await _answered(world, _field(object_of(line), "text", str))

    return await _each(world, lines, answer, as_json=as_json)


async def answer_words(world: Speaker, lines: Iterable[bytes], *, as_json: bool) -> int:
    """Answers each line as an owner's words; returns how many could not be read."""

    async def answer(world: Speaker, line: bytes) -> dict[str, Any]:
        try:
            return await _answered(world, line.decode("utf-8"))
        except UnicodeDecodeError:
            raise BadLine("the line is no UTF-8") from None

    return await _each(world, lines, answer, as_json=as_json)


async def play_lines(world: Speaker, lines: Iterable[bytes], *, as_json: bool) -> int:
    """Plays the `turns` of each line as one conversation; returns how many were bad."""
    return await _each(world, lines, _played, as_json=as_json)


async def _each(
    world: Speaker,
    lines: Iterable[Line],
    work: Callable[[Speaker, Line], Awaitable[dict[str, Any]]],
    *,
    as_json: bool,
) -> int:
    """Prints a line for each line; a bad one says so in its place, and the rest is answered."""
    failed = 0
    for line in lines:
        try:
            result = await work(world, line)
        except BadLine as error:
            result = {"error": str(error)}
        failed += "error" in result
        _print(result, as_json=as_json)
    return failed


async def _answered(world: Speaker, text: str) -> dict[str, Any]:
    _check(text, "the question")
    return asked(text, await world.say(uuid.uuid4().hex, text))


async def _played(world: Speaker, line: bytes) -> dict[str, Any]:
    conversation = object_of(line)
    turns = _field(conversation, "turns", list)
    if not all(isinstance(turn, str) for turn in turns):
        raise BadLine("`turns` must be a list of messages")
    for turn in turns:
        _check(turn, "a turn")
    chat_key = uuid.uuid4().hex
    played = [asked(turn, await world.say(chat_key, turn)) for turn in turns]
    return {"id": conversation.get("id"), "turns": played}


def _field(line: dict[str, Any], name: str, kind: type) -> Any:
    if name not in line:
        raise BadLine(f"`{name}` is missing")
    value = line[name]
    if not isinstance(value, kind) or not value:
        raise BadLine(f"`{name}` is empty or of the wrong kind")
    return value


def _check(text: str, what: str) -> None:
    """Lets a text pass that holds something to read.

    Raises:
        BadLine: it holds half a character, or nothing that anybody could see.
    """
    if not is_whole(text):
        raise BadLine(f"{what} holds half a character")
    if all(unicodedata.category(letter)[0] in "CZ" for letter in text):
        raise BadLine(f"{what} is empty")


def _lines(file: Path | None) -> list[bytes]:
    if file is None:
        fail("--file is missing", code=2)
    try:
        raw = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as error:
        fail(f"{file}: {error.strerror}")
    return [line for line in lines_of(raw) if line.strip()]


def _print(result: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        typer.echo(_json_of(result))
        return
    for turn in result.get("turns", [result]):
        typer.echo(f"> {turn.get('text', '')}")
        typer.echo(f"{turn.get('reply') or turn.get('error')}\n")


def _json_of(result: dict[str, Any]) -> str:
    """One line of JSON in letters; in escapes where the terminal or pipe cannot take those."""
    line = json.dumps(result, ensure_ascii=False)
    try:
        line.encode(sys.stdout.encoding)
    except UnicodeEncodeError:
        return json.dumps(result)
    return line
