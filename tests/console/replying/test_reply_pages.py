"""After sending, a page offers to take it back; what comes of that is said, without scripts too."""

import re
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.house import House
from bot.services.messaging.transcript import TranscriptService
from bot.services.replying.held_replies import HeldOfCase
from bot.settings import Settings
from bot.storage.models import HeldReply, Request
from tests.support.doubles.movable_clock import MovableClock
from tests.support.stands.officer_browser import OfficerBrowser


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """With the moment in which a reply can be taken back, as installations have it."""
    return Settings(_env_file=None, data_dir=tmp_path / "var")


@pytest.fixture
def path(lan: OfficerBrowser, request_id: int) -> str:
    """The page of a case that Lan has taken."""
    path = f"/requests/{request_id}"
    lan.get(path)
    lan.post(f"{path}/claim")
    return path


def said(house: House, request_id: int) -> list[str]:
    """What its officer said."""
    with house.database.reading() as session:
        conversation = session.get_one(Request, request_id).conversation_id
        history = TranscriptService(session).history(conversation)
        return [one.text for one in history if one.author == "officer"]


def back(page: str) -> str:
    """Where the strip's form goes."""
    found = re.search(r'<form class="undo[^>]*action="/console([^"]*)"', page)
    assert found is not None
    return found[1]


def test_what_was_sent_is_taken_back_into_the_box_with_its_files(
    lan: OfficerBrowser, staffed: House, request_id: int, path: str
) -> None:
    files = [("files", ("mau.pdf", b"%PDF-1", "application/pdf"))]
    page = lan.post(f"{path}/reply", {"text": "Gửi nhầm <b>"}, files=files).text
    assert 'id="done"' in page
    assert "Hoàn tác" in page
    assert "chưa tới doanh nghiệp" in page
    assert said(staffed, request_id) == []

    page = lan.post(back(page)).text
    assert "Đã thu lại" in page
    assert 'form class="undo' not in page
    assert ">Gửi nhầm &lt;b&gt;</textarea>" in page
    assert re.search(r'name="again" value="\w{32}" checked> Gửi kèm mau.pdf', page)

    kept = re.search(r'name="again" value="(\w{32})"', page)
    assert kept is not None
    page = lan.post(f"{path}/reply", {"text": "Gửi đúng", "again": kept[1]}).text
    assert "Tệp: mau.pdf" in page
    assert "Gửi nhầm" not in page


def test_too_late_is_said_and_what_was_written_since_is_not_lost(
    lan: OfficerBrowser, staffed: House, request_id: int, path: str
) -> None:
    first = lan.post(f"{path}/reply", {"text": "Một"}).text
    undo, fields = back(first), lan.hidden(back(first))
    lan.post(f"{path}/reply", {"text": "Hai"})
    assert said(staffed, request_id) == ["Một"]

    answer = lan.client.post(f"/console{undo}", data=fields | {"text": "Ba"})

    assert answer.status_code == 409
    assert "đã gửi đi mất rồi" in answer.text
    assert ">Ba</textarea>" in answer.text


def test_another_step_sends_what_is_held_first(
    lan: OfficerBrowser, staffed: House, request_id: int, path: str
) -> None:
    lan.post(f"{path}/reply", {"text": "Một"})
    lan.post(f"{path}/close", {"ending": "answered", "last_words": "Hai"})

    assert said(staffed, request_id) == ["Một", "Hai"]


def test_a_form_sent_twice_is_held_once_and_the_page_counts_what_is_left(
    lan: OfficerBrowser, staffed: House, request_id: int, path: str, clock: MovableClock
) -> None:
    with staffed.database.transaction() as session:
        session.get_one(Request, request_id).kind = "request"
    fields = lan.hidden(f"{path}/reply") | {"text": "Một"}
    for _ in range(2):
        page = lan.client.post(f"/console{path}/reply", data=fields).text
    assert "(10)" in page
    with staffed.database.reading() as session:
        assert len(session.scalars(select(HeldReply)).all()) == 1

    clock.move(seconds=4)
    assert 'data-left="6"' in lan.get(path).text


def test_only_who_sent_it_can_take_it_back(
    lan: OfficerBrowser, staffed: House, request_id: int, path: str
) -> None:
    undo = back(lan.post(f"{path}/reply", {"text": "Một"}).text)
    minh = OfficerBrowser(staffed)
    minh.enter("minh")
    page = minh.get(path).text
    assert "chưa tới doanh nghiệp" in page
    assert "Hoàn tác" not in page

    token = page.partition('name="csrf" value="')[2].partition('"')[0]
    answer = minh.client.post(f"/console{undo}", data={"csrf": token, "form_id": "abcdefgh1234"})

    assert answer.status_code == 409
    with staffed.database.reading() as session:
        assert HeldOfCase(session).held(session.get_one(Request, request_id)) is not None
