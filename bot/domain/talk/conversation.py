"""Who handles a conversation: the bot, the queue, or an officer. One at any instant."""

from enum import StrEnum


class Handler(StrEnum):
    """Who answers the owner now."""

    BOT = "bot"
    QUEUE = "queue"
    OFFICER = "officer"


class Move(StrEnum):
    """What changes the handler of a conversation."""

    HAND_OVER = "hand_over"
    CLAIM = "claim"
    TRANSFER = "transfer"
    RELEASE = "release"
    CLOSE = "close"


class IllegalMove(Exception):
    """The move is not open to a conversation in this state."""


TRANSITIONS: dict[tuple[Handler, Move], Handler] = {
    (Handler.BOT, Move.HAND_OVER): Handler.QUEUE,
    (Handler.BOT, Move.CLAIM): Handler.OFFICER,
    (Handler.QUEUE, Move.HAND_OVER): Handler.QUEUE,
    (Handler.QUEUE, Move.CLAIM): Handler.OFFICER,
    (Handler.QUEUE, Move.TRANSFER): Handler.QUEUE,
    (Handler.QUEUE, Move.RELEASE): Handler.BOT,
    (Handler.QUEUE, Move.CLOSE): Handler.BOT,
    (Handler.OFFICER, Move.TRANSFER): Handler.QUEUE,
    (Handler.OFFICER, Move.RELEASE): Handler.QUEUE,
    (Handler.OFFICER, Move.CLOSE): Handler.BOT,
}
"""In the queue the bot still answers while the owner waits; with an officer it is silent."""


def next_handler(handler: Handler, move: Move) -> Handler:
    """The handler after a move.

    Raises:
        IllegalMove: the move is not open in this state.
    """
    try:
        return TRANSITIONS[handler, move]
    except KeyError:
        raise IllegalMove(f"{move} is not open while the {handler} handles it") from None
