"""What the support that an article tells of pays at most, in one line."""

from bot.knowledge.support.support import Support
from bot.texts import Texts


def support_money(texts: Texts, support: Support, article: str) -> str:
    """The first support of an article with its ceiling, or empty where none has a share.

    The size of the enterprise is not asked for: the highest share stands for all.
    """
    grant = next((one for one in support.grants if article in one.articles), None)
    if grant is None:
        return ""
    highest = [one.most for one in grant.shares if one.most is not None]
    return texts.say(
        "support.at_most",
        percent=max(one.percent for one in grant.shares),
        of=grant.of,
        most=max(highest) if highest else None,
        by_size=len(grant.shares) > 1,
    )
