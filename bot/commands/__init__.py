"""The command line: `donghanh …`. Each sub-command in a file of its own."""

import typer

from bot.commands import ask, chat, evaluate, kb, run, user

app = typer.Typer(
    name="donghanh",
    help="Đồng Hành: the assistant of a Department of Science and Technology for enterprises.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.add_typer(kb.app, name="kb")
app.add_typer(user.app, name="user")
app.command("run")(run.run)
app.command("train")(run.train)
app.command("ask")(ask.ask)
app.command("talk")(ask.talk)
app.command("chat")(chat.chat)
app.command("evaluate")(evaluate.evaluate)


def main() -> None:
    """The entry point of the script `donghanh`."""
    app()
