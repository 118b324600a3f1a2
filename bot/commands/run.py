"""`donghanh run` and `donghanh train`."""

import asyncio

import typer

from bot.commands.messages import fail
from bot.logs import configure_logging
from bot.processes.model import TrainingFailed, trained_model
from bot.processes.supervisor import CannotStart, Supervisor
from bot.settings import Settings


def run() -> None:
    """Starts everything: Rasa, the action server, web chat, console, channels."""
    settings = Settings()
    configure_logging(settings)
    try:
        asyncio.run(_run(settings))
    except (CannotStart, TrainingFailed) as error:
        fail(str(error))


async def _run(settings: Settings) -> None:
    await Supervisor(settings, lambda text: typer.echo(f"donghanh: {text}")).run()


def train() -> None:
    """Trains the model where its inputs changed since the last training."""
    settings = Settings()
    try:
        model = trained_model(settings, typer.echo)
    except TrainingFailed as error:
        fail(str(error))
    typer.echo(f"model {model.name} is up to date")
