"""A reply of the bot: what the owner reads, and what was understood."""

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict

from bot.domain.talk.messages import OutgoingMessage
from bot.domain.talk.understanding import Outcome, Understanding


class Reply(BaseModel):
    """One message of the bot and its understanding; travels through Rasa as a custom message."""

    model_config = ConfigDict(frozen=True)

    message: OutgoingMessage
    understanding: Understanding


def each_once(replies: Sequence[Reply]) -> list[Reply]:
    """The replies, each message once: the words and the files of one sending may get the same."""
    messages = [reply.message for reply in replies]
    return [reply for n, reply in enumerate(replies) if reply.message not in messages[:n]]


def joined(replies: Sequence[Reply]) -> Reply:
    """Several replies as one message; a button that two of them have is shown once.

    What was understood is told of the first that is more than a word by the way; given are the
    articles of all.
    """
    messages = [reply.message for reply in replies]
    choices = {choice.payload: choice for message in messages for choice in message.choices}
    telling = (r for r in replies if r.understanding.outcome is not Outcome.CHITCHAT)
    given = dict.fromkeys(one for reply in replies for one in reply.understanding.given)
    understood = next(telling, replies[0]).understanding
    return Reply(
        message=OutgoingMessage(
            text="\n\n".join(message.text for message in messages),
            choices=list(choices.values()),
            attachments=[file for message in messages for file in message.attachments],
        ),
        understanding=understood.model_copy(update={"given": list(given)}),
    )
