"""Who is named in an internal note."""

import re

_MENTION = re.compile(r"(?<![\w.@])@([A-Za-z0-9][A-Za-z0-9._-]{2,59})")


def mentioned(text: str) -> list[str]:
    """The user names behind an @, each once, in their order; an e-mail address names nobody."""
    names = (found.rstrip("._-").lower() for found in _MENTION.findall(text))
    return list(dict.fromkeys(names))
