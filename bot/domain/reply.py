"""A reply of the bot: what the owner reads, and what was understood."""

from pydantic import BaseModel, ConfigDict

from bot.domain.messages import OutgoingMessage
from bot.domain.understanding import Understanding


class Reply(BaseModel):
    """One message of the bot and its understanding; travels through Rasa as a custom message."""

    model_config = ConfigDict(frozen=True)

    message: OutgoingMessage
    understanding: Understanding
