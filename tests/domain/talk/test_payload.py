"""What a button sends to Rasa: an intent and its entities, read back as they were given."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.talk.payload import payload, read_payload

names = st.from_regex(r"[a-z][a-z_]{0,20}", fullmatch=True).filter(lambda name: name != "intent")


def test_an_intent_alone_is_its_name_with_a_slash() -> None:
    assert payload("handover") == "/handover"


def test_entities_stand_behind_as_json_and_vietnamese_stays_readable() -> None:
    sent = payload("pick_article", article="nhan-hieu", about="nhãn hiệu")

    assert sent == '/pick_article{"article":"nhan-hieu","about":"nhãn hiệu"}'


@given(names, st.dictionaries(names, st.text(max_size=50), max_size=4))
def test_what_was_put_in_is_read_back(intent: str, entities: dict[str, str]) -> None:
    sent = re.fullmatch(r"/([a-z_]+)(\{.*\})?", payload(intent, **entities), re.DOTALL)

    assert sent is not None
    assert sent[1] == intent
    assert json.loads(sent[2] or "{}") == entities
    assert read_payload(sent[0]) == (intent, entities)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("/menu", ("menu", {})),
        ('/a{"b":"c"}', ("a", {"b": "c"})),
        ("/a{broken", ("a", {})),
        ("xin chào", ("", {})),
    ],
)
def test_a_payload_is_read(text: str, read: tuple[str, dict[str, str]]) -> None:
    assert read_payload(text) == read
