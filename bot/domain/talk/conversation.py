"""Who holds a conversation: the bot, the queue, or an officer. One at any instant."""

from enum import StrEnum


class Owner(StrEnum):
    """Who answers the owner of the enterprise now."""

    BOT = "bot"
    QUEUE = "queue"
    OFFICER = "officer"


class Move(StrEnum):
    """What changes the owner of a conversation."""

    HAND_OVER = "hand_over"
    CLAIM = "claim"
    TRANSFER = "transfer"
    RELEASE = "release"
    CLOSE = "close"


class IllegalMove(Exception):
    """The move is not open to a conversation in this state."""


TRANSITIONS: dict[tuple[Owner, Move], Owner] = {
    (Owner.BOT, Move.HAND_OVER): Owner.QUEUE,
    (Owner.BOT, Move.CLAIM): Owner.OFFICER,
    (Owner.QUEUE, Move.HAND_OVER): Owner.QUEUE,
    (Owner.QUEUE, Move.CLAIM): Owner.OFFICER,
    (Owner.QUEUE, Move.TRANSFER): Owner.QUEUE,
    (Owner.QUEUE, Move.RELEASE): Owner.BOT,
    (Owner.QUEUE, Move.CLOSE): Owner.BOT,
    (Owner.OFFICER, Move.TRANSFER): Owner.QUEUE,
    (Owner.OFFICER, Move.RELEASE): Owner.QUEUE,
    (Owner.OFFICER, Move.CLOSE): Owner.BOT,
}
"""In the queue the bot still answers while the owner waits; with an officer it is silent."""


def next_owner(owner: Owner, move: Move) -> Owner:
    """The owner after a move.

    Raises:
        IllegalMove: the move is not open in this state.
    """
    try:
        return TRANSITIONS[owner, move]
    except KeyError:
        raise IllegalMove(f"{move} is not open while the {owner} holds the conversation") from None
