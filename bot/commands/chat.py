"""`donghanh chat`: talk in the terminal with a private assistant."""

import asyncio
import contextlib
import sys
import uuid

import typer

from bot.channels.accepting import accept_into
from bot.channels.terminal import TerminalChannel
from bot.commands.groundwork.installed import installed_world
from bot.commands.groundwork.messages import fail
from bot.flow.inbox_worker import InboxWorker
from bot.flow.lanes import Lanes
from bot.flow.outbox_sender import OutboxSender
from bot.private_world import WorldFailed
from bot.processes.model import TrainingFailed
from bot.texts.markup import to_plain


def chat() -> None:
    """Talks in the terminal with a private assistant; nothing of it is kept."""
    with contextlib.suppress(KeyboardInterrupt):
        try:
            asyncio.run(_chat())
        except (WorldFailed, TrainingFailed) as error:
            fail(str(error))


async def _chat() -> None:
    async with installed_world() as world:
        house = world.house
        house.signals.bind()
        channel = TerminalChannel(
            house,
            lines=sys.stdin,
            screen=sys.stdout,
            chat_key=uuid.uuid4().hex,
            session=uuid.uuid4().hex,
        )
        lanes = Lanes(house, InboxWorker(house, world.engine, [channel], "chat"))
        beside = [
            asyncio.create_task(lanes.run()),
            asyncio.create_task(OutboxSender(house, [channel], "chat").run()),
        ]
        typer.echo(
            house.texts.say(
                "channels.terminal_opening", greeting=to_plain(house.texts.say("talk.greet"))
            )
        )
        try:
            await channel.run(accept_into(house, world.engine.foresee, lanes.place))
        finally:
            for task in beside:
                task.cancel()
            await asyncio.gather(*beside, return_exceptions=True)
