"""Buttons under a Telegram message."""

from collections.abc import Sequence
from dataclasses import dataclass

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.domain.talk.messages import Choice, choice_token

SHORT_LABEL = 18
"""Longer labels are cut on a telephone when two share a row."""


@dataclass(frozen=True)
class LinkButton:
    """A button that opens a page."""

    title: str
    address: str


def keyboard(
    message_id: int, choices: Sequence[Choice], links: Sequence[LinkButton] = ()
) -> InlineKeyboardMarkup | None:
    """Links first, each alone; then two short labels a row, a long one alone. None without any."""
    rows = [[InlineKeyboardButton(link.title, url=link.address)] for link in links]
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
