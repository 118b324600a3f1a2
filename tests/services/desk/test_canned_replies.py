"""Kept replies: whose they are, how they are found, and what is refused when they are kept."""

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from bot.domain.input.lengths import CANNED_TEXT, CANNED_TITLE
from bot.services.desk.canned_replies import CannedRefused, CannedReplies, Written
from bot.storage.database import Database
from bot.storage.models import CannedReply, Officer
from tests.support.data.seed import Seed

GREETING = Written("Lời chào", "Kính gửi {tên}, về {mã}.")


@pytest.fixture
def database(any_database: Database) -> Database:
    """Each test runs on SQLite and on PostgreSQL."""
    return any_database


@pytest.fixture
def lan(session: Session, now: datetime) -> Officer:
    return Seed(session, now).officer("lan")


@pytest.fixture
def replies(session: Session) -> CannedReplies:
    return CannedReplies(session)


def kept(
    replies: CannedReplies, lan: Officer, written: Written, *, office: str = "tdc"
) -> CannedReply:
    cause = f"form:{office}:{written.title[:20]}"
    return replies.add(office, lan, written, cause=cause, now=lan.created_at)


def test_a_reply_is_kept_once_for_its_office_only(replies: CannedReplies, lan: Officer) -> None:
    row = kept(replies, lan, GREETING)
    assert kept(replies, lan, GREETING).id == row.id
    kept(replies, lan, GREETING, office="shtt")
    assert [one.id for one in replies.of("tdc")] == [row.id]


def test_accents_and_order_do_not_matter_when_one_is_looked_for(
    replies: CannedReplies, lan: Officer
) -> None:
    greeting = kept(replies, lan, GREETING)
    kept(replies, lan, Written("Xin thêm giấy", "Xin gửi thêm giấy đăng ký."))
    for search in ("loi chao", "chào lời", "KINH GUI"):
        assert [one.id for one in replies.of("tdc", search)] == [greeting.id]
    assert replies.of("tdc", "không có chữ này") == []


@pytest.mark.parametrize(
    ("written", "reason", "name"),
    [
        (Written("", "x"), "title", ""),
        (Written("x" * (CANNED_TITLE + 1), "x"), "title", ""),
        (Written("x", ""), "length", ""),
        (Written("x", "x" * (CANNED_TEXT + 1)), "length", ""),
        (Written("x", "{tuổi}"), "field", "tuổi"),
    ],
)
def test_what_would_fail_later_is_refused_now(
    replies: CannedReplies, lan: Officer, written: Written, reason: str, name: str
) -> None:
    with pytest.raises(CannedRefused) as refused:
        kept(replies, lan, written)
    assert (refused.value.reason, refused.value.name) == (reason, name)
    assert replies.of("tdc") == []


def test_of_two_who_change_one_the_second_is_told(replies: CannedReplies, lan: Officer) -> None:
    row = kept(replies, lan, GREETING)
    new = Written("Lời chào", "Chào {tên}.")
    for _ in range(2):
        replies.change(row, lan, new, edition=1, now=lan.created_at)
    assert (row.text, row.edition) == ("Chào {tên}.", 2)
    with pytest.raises(CannedRefused) as refused:
        replies.change(row, lan, Written("Lời chào", "Khác"), edition=1, now=lan.created_at)
    assert refused.value.reason == "changed"
    assert row.text == "Chào {tên}."
