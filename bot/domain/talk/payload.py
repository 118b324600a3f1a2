"""What a button sends to the dialogue engine: `/intent{"entity":"value"}`."""

import json

PICK_ARTICLE = "pick_article"
"""The intent of a button that names an article: offered, or related to the one that is read."""


def read_payload(said: str) -> tuple[str, dict[str, str]]:
    """The intent and entities of a payload; an empty intent for anything else."""
    if not said.startswith("/"):
        return "", {}
    intent, brace, rest = said[1:].partition("{")
    try:
        entities = json.loads(brace + rest) if brace else {}
    except ValueError:
        return intent, {}
    return intent, entities


def payload(intent: str, **entities: str) -> str:
    """The payload of an intent and its entities."""
    if not entities:
        return f"/{intent}"
    return f"/{intent}{json.dumps(entities, ensure_ascii=False, separators=(',', ':'))}"
