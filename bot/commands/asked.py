"""The line of output of `donghanh ask` for one turn (design: contracts that stay put)."""

from typing import Any

from bot.domain.talk.understanding import Understanding
from bot.private_world import Said
from bot.texts.markup import to_plain

MAX_ALTERNATIVES = 5


def asked(text: str, said: Said) -> dict[str, Any]:
    """What came of a message, as one JSON object."""
    if not said.understandings:
        return {"text": text, "error": "no reply"}
    first = said.understandings[0]
    return {
        "text": text,
        "outcome": first.outcome,
        "article": first.article,
        "confidence": round(first.confidence, 4),
        "alternatives": _alternatives(said.understandings),
        "reply": "\n\n".join(_read(said)),
        "sources": [
            {
                "document": source.document,
                "clause": source.clause,
                "in_force_from": source.in_force_from.isoformat() if source.in_force_from else None,
                "in_force_to": source.in_force_to.isoformat() if source.in_force_to else None,
                "status": source.status,
            }
            for understanding in said.understandings
            for source in understanding.sources
        ],
        "ms": round(said.ms, 1),
    }


def _alternatives(understandings: list[Understanding]) -> list[str]:
    """The other articles answered, then those that came near; never the one served first."""
    served = understandings[0].article
    others = [u.article for u in understandings[1:] if u.article]
    near = [article for u in understandings for article in u.alternatives]
    return [a for a in dict.fromkeys([*others, *near]) if a != served][:MAX_ALTERNATIVES]


def _read(said: Said) -> list[str]:
    """Each message as the owner reads it, its buttons in brackets below."""
    return [
        "\n".join([to_plain(message.text), *(f"[{choice.title}]" for choice in message.choices)])
        for message in said.replies
    ]
