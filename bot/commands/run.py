"""`donghanh run` and `donghanh train`."""

import asyncio

import typer

from bot.commands.installed import installed_settings
from bot.commands.messages import fail
from bot.logs import configure_logging
from bot.processes.model import TrainingFailed, trained_model
from bot.processes.supervisor import CannotStart, Supervisor
from bot.settings import Settings


def run() -> None:
    """Starts everything: Rasa, the action server, web chat, console, channels."""
    settings = installed_settings()
    configure_logging(settings)
    try:
        asyncio.run(_run(settings))
    except (CannotStart, TrainingFailed) as error:
        fail(str(error))


async def _run(settings: Settings) -> None:
    await Supervisor(settings, lambda text: typer.echo(f"donghanh: {text}")).run()


def train() -> None:
    """Trains the model where its inputs changed since the last training."""
    settings = installed_settings()
    try:
        model = trained_model(settings, typer.echo)
    except TrainingFailed as error:
        fail(str(error))
    typer.echo(f"model {model.name} is up to date")
