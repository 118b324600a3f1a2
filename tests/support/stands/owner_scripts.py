"""What owners do on the web chat while processes are killed behind it."""

from bot.storage.models import Message
from tests.support.stands.web_owner import WebOwner


def outcome(replies: list[Message]) -> str:
    """What the first reply came to."""
    assert replies, "the owner was left without a reply"
    assert replies[0].understanding is not None
    return str(replies[0].understanding["outcome"])


def asks(owner: WebOwner) -> None:
    replies = owner.write("ISO 9001 là gì vậy em?")
    assert outcome(replies) == "answer"
    assert outcome(owner.press("/show_detail")) == "answer"
    assert outcome(owner.write("cảm ơn nhiều nha")) == "chitchat"


def files_a_request(owner: WebOwner) -> None:
    words = "Nhờ sở cử người xuống hướng dẫn xưởng em làm 5S, ghi nhận giúp em với"
    assert outcome(owner.write(words)) == "request"
    assert outcome(owner.press("/affirm")) == "request"
    assert outcome(owner.write("Cơ sở mộc Tân Tiến")) == "request"
    assert outcome(owner.write("0900 000 123")) == "request"
    assert outcome(owner.press("/skip")) == "request"
    said = owner.press("/affirm")
    assert "HT-26-" in said[0].text, said[0].text
