"""Buttons under a Telegram message."""

from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.domain.talk.messages import Choice, choice_token

SHORT_LABEL = 18
"""Longer labels are cut on a telephone when two share a row."""


def keyboard(message_id: int, choices: Sequence[Choice]) -> InlineKeyboardMarkup | None:
    """Two short labels a row, a long one alone; None without choices."""
    rows: list[list[InlineKeyboardButton]] = []
    open_row = False
    for index, choice in enumerate(choices):
        button = InlineKeyboardButton(choice.title, callback_data=choice_token(message_id, index))
        short = len(choice.title) <= SHORT_LABEL
        if open_row and short:
            rows[-1].append(button)
            open_row = False
        else:
            rows.append([button])
            open_row = short
    return InlineKeyboardMarkup(rows) if rows else None
