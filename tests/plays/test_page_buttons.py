"""Plays: what the web page offers before anybody has written does what it says."""

import pytest

from bot.texts import default_texts
from tests.support.stands.stage import Contact

pytestmark = pytest.mark.engine


@pytest.mark.parametrize(
    ("name", "outcome"),
    [
        ("suggestion_question", "san-pham-phai-hop-quy"),
        ("suggestion_assessment", "assessment"),
        ("suggestion_request", "request"),
        ("suggestion_person", "handover"),
        ("action_assessment", "assessment"),
        ("action_request", "request"),
        ("action_status", "request_status"),
        ("action_person", "handover"),
        ("action_data", "privacy"),
    ],
)
def test_a_button_of_the_page_does_what_it_says(owner: Contact, name: str, outcome: str) -> None:
    owner.plays((default_texts().say(f"channels.{name}"), outcome))


def test_what_is_mine_asks_for_where_it_stands(owner: Contact) -> None:
    say = default_texts().say
    owner.plays(
        (say("channels.mine_ask_request", code="HT-26-0F3K7"), "request_status"),
        (say("channels.action_assessment"), "assessment"),
        ("5S", "assessment"),
        ("tạm dừng", "assessment"),
        (say("channels.mine_ask_resume"), "assessment"),
    )
