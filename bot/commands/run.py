"""`donghanh run` and `donghanh train`."""

import asyncio

import typer

from bot.commands.groundwork.installed import installed_settings
from bot.commands.groundwork.messages import fail
from bot.logs import configure_logging
from bot.processes.model import TrainingFailed, trained_model
from bot.processes.supervisor import CannotStart, Supervisor
from bot.search.vectors.embedder import load_embedder
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
    """Trains the model where its inputs changed since the last training.

    Writes the weights of the sentence vectors where they are missing.
    """
    settings = installed_settings()
    if settings.sentence_vectors:
        # Who loads them writes them. A start that finds them takes less time.
        load_embedder(settings.cache)
    try:
        model = trained_model(settings, typer.echo)
    except TrainingFailed as error:
        fail(str(error))
    typer.echo(f"model {model.name} is up to date")
