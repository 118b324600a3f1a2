"""The command line: `donghanh …`. Each sub-command in a file of its own."""

import io
import os
import sys

import typer

from bot.commands import ask, chat, demo, evaluate, kb, run, user
from bot.given_settings import WrongSettings

app = typer.Typer(
    name="donghanh",
    help="Đồng Hành: the assistant of a Department of Science and Technology for enterprises.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.add_typer(kb.app, name="kb")
app.add_typer(user.app, name="user")
app.add_typer(demo.app, name="demo")
app.command("run")(run.run)
app.command("train")(run.train)
app.command("ask")(ask.ask)
app.command("talk")(ask.talk)
app.command("chat")(chat.chat)
app.command("evaluate")(evaluate.evaluate)


def main() -> None:
    """The entry point of the script `donghanh`."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        # A terminal without Vietnamese letters, or bytes that are none, must not end a command.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        app()
    except WrongSettings as wrong:
        sys.exit("\n".join(f"donghanh: {line}" for line in str(wrong).splitlines()))
    finally:
        _let_go_of_output()


def _let_go_of_output() -> None:
    """What is left to say to a pipe that nobody reads any more is not said, without complaint."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
