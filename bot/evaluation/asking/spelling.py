"""The same message in another spelling: what an owner types on a phone without the marks."""

import random
from collections.abc import Callable

from bot.evaluation.asking.evaluation_set import LabelledMessage
from vietnamese import strip_accents
from vietnamese.augment import half_bare, mistype, shorten

SPELLINGS: dict[str, Callable[[str, random.Random], str]] = {
    "no_accents": lambda text, _: strip_accents(text),
    "half_accents": half_bare,
    "teencode": shorten,
    "typos": mistype,
    "all_together": lambda text, dice: strip_accents(mistype(shorten(text, dice), dice)),
}


def respelled(message: LabelledMessage, spelling: str) -> LabelledMessage:
    """The message in a spelling of `SPELLINGS`; the same message always comes out the same."""
    dice = random.Random(f"{spelling}:{message.text}")
    return message.model_copy(update={"text": SPELLINGS[spelling](message.text, dice)})
