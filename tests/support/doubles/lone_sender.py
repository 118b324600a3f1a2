"""The outbox's sender and the reader of Telegram as a process of its own, to be killed.

Run by `python -m tests.support.doubles.lone_sender`.

Reads `DONGHANH_…` as an installation does; reads and sends until it is killed.
"""

import asyncio

from bot.channels.accepting import accept_into
from bot.channels.telegram.channel import TelegramChannel
from bot.flow.heir import Heir
from bot.flow.outbox_sender import OutboxSender
from bot.house import open_house
from bot.settings import Settings
from bot.storage.presence import Presence

PATIENT_SECONDS = 45.0
"""A Telegram that hangs is waited for until a second sender has started, on a busy machine too."""


async def main() -> None:
    """Sends until killed, beside the heir of whoever was killed before."""
    house = open_house(Settings(_env_file=None))
    house.signals.bind()
    channels = [TelegramChannel(house, read_timeout=PATIENT_SECONDS)]
    presence = Presence(house.database)
    presence.hold()
    await asyncio.gather(
        OutboxSender(house, channels, presence.name).run(),
        Heir(house, channels, presence).run(),
        channels[0].run(accept_into(house)),
    )


if __name__ == "__main__":
    asyncio.run(main())
