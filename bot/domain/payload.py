"""What a button sends to the dialogue engine: `/intent{"entity":"value"}`."""

import json


def payload(intent: str, **entities: str) -> str:
    """The payload of an intent and its entities."""
    if not entities:
        return f"/{intent}"
    return f"/{intent}{json.dumps(entities, ensure_ascii=False, separators=(',', ':'))}"
