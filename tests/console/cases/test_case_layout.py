"""The page of a case: the form folded, the reply with its three ways, and where one lands."""

import re
from html import unescape

from sqlalchemy import select

from bot.domain.requests.request import RequestState
from bot.domain.talk.messages import OutgoingMessage
from bot.domain.talk.understanding import Outcome, Understanding
from bot.house import House
from bot.services.messaging.transcript import Author, TranscriptService
from bot.storage.models import Message, Request
from tests.support.data.seed import Seed
from tests.support.stands.officer_browser import OfficerBrowser

ASKED = Understanding(outcome=Outcome.REQUEST)


def filed_by_form(house: House, *, beside: str = "") -> int:
    """A request with the form by which it came; `beside`: words after it."""
    with house.database.transaction() as session:
        seed = Seed(session, house.clock(), seed=31)
        conversation = seed.conversation()
        seed.small_talk(conversation)
        for asked, answered in (
            ("Nội dung là gì ạ?", "Tem CR dán ở đâu?"),
            ("Liên hệ qua đâu ạ?", "0909"),
        ):
            seed.bot_says(conversation, asked, ASKED)
            seed.owner_says(conversation, answered)
        request = seed.request(conversation, question="Tem CR dán ở đâu?")
        TranscriptService(session).say(
            conversation,
            OutgoingMessage(text="Đã ghi nhận yêu cầu."),
            author=Author.BOT,
            cause=request.created_by,
            now=house.clock(),
            understanding=ASKED,
        )
        if beside:
            seed.owner_says(conversation, beside)
        return request.id


def held(browser: OfficerBrowser, request_id: int) -> None:
    browser.get(f"/requests/{request_id}")
    browser.post(f"/requests/{request_id}/claim")


def folds(page: str) -> list[str]:
    return re.findall(r'<li class="form-run".*?</details>', page, re.DOTALL)


def test_the_form_by_which_a_request_came_is_one_folded_line(
    lan: OfficerBrowser, staffed: House
) -> None:
    page = lan.get(f"/requests/{filed_by_form(staffed, beside='Nhanh giúp em nhé')}").text

    (fold,) = folds(page)
    assert "<summary>Phiếu yêu cầu: 5 tin</summary>" in fold
    assert "0909" in fold
    assert "Nhanh giúp em nhé" not in fold
    assert page.count("Nhanh giúp em nhé") == 1


def test_a_form_that_led_to_nothing_is_not_folded(lan: OfficerBrowser, staffed: House) -> None:
    with staffed.database.transaction() as session:
        seed = Seed(session, staffed.clock(), seed=32)
        conversation = seed.conversation()
        for _ in range(3):
            seed.bot_says(conversation, "Nội dung là gì ạ?", ASKED)
            seed.owner_says(conversation, "thôi")
        request_id = seed.request(conversation, talk=True).id

    assert folds(lan.get(f"/requests/{request_id}").text) == []


def test_sent_and_closed_at_once_the_words_go_out_and_the_case_is_closed(
    lan: OfficerBrowser, staffed: House, request_id: int
) -> None:
    held(lan, request_id)
    words = {"text": "Dán ở mặt trước.", "step": "close"}
    fields = lan.hidden(f"/requests/{request_id}/reply") | words
    files = {"files": ("mẫu.pdf", b"%PDF-1", "application/pdf")}

    for _ in range(2):
        page = lan.client.post(
            f"/console/requests/{request_id}/reply", data=fields, files=files, follow_redirects=True
        ).text
        assert "Đã đóng yêu cầu" in page

    with staffed.database.reading() as session:
        assert session.get_one(Request, request_id).state == RequestState.CLOSED
        (answer,) = session.scalars(select(Message).filter_by(author="officer")).all()
    assert answer.text == "Dán ở mặt trước."
    assert [file["name"] for file in answer.attachments] == ["mẫu.pdf"]


def test_sent_and_closed_over_words_that_were_not_shown_nothing_happens_and_the_draft_stays(
    lan: OfficerBrowser, staffed: House, request_id: int
) -> None:
    held(lan, request_id)
    with staffed.database.transaction() as session:
        conversation = session.get_one(Request, request_id).conversation
        Seed(session, staffed.clock(), seed=33).owner_says(conversation, "Còn mặt sau thì sao?")

    answer = lan.post(f"/requests/{request_id}/reply", {"text": "Mặt trước.", "step": "close"})

    assert answer.status_code == 409
    assert "Doanh nghiệp vừa gửi thêm" in answer.text
    assert re.search(r'<textarea name="text"[^>]*>Mặt trước\.</textarea>', answer.text)
    with staffed.database.reading() as session:
        assert session.get_one(Request, request_id).state == RequestState.CLAIMED
        assert session.scalars(select(Message).filter_by(author="officer")).all() == []

    # Shown now, the same words go out.
    page = lan.post(f"/requests/{request_id}/reply", {"text": "Mặt trước.", "step": "close"}).text
    assert "Đã đóng yêu cầu" in page


def test_an_answer_that_went_out_by_the_other_button_closes_nothing_by_itself(
    lan: OfficerBrowser, staffed: House, request_id: int
) -> None:
    held(lan, request_id)
    fields = lan.hidden(f"/requests/{request_id}/reply") | {"text": "Mặt trước."}
    for step, state in (("reply", RequestState.CLAIMED), ("close", RequestState.CLOSED)):
        lan.client.post(f"/console/requests/{request_id}/reply", data=fields | {"step": step})
        with staffed.database.reading() as session:
            assert session.get_one(Request, request_id).state == state


def test_a_step_and_a_case_that_is_held_lead_to_the_newest_words(
    lan: OfficerBrowser, request_id: int
) -> None:
    assert f'href="/console/requests/{request_id}"' in lan.get("/").text
    lan.get(f"/requests/{request_id}")
    answer = lan.post(f"/requests/{request_id}/claim", follow=False)
    assert answer.headers["location"].endswith("?done=claimed#newest")
    assert f'href="/console/requests/{request_id}#newest"' in unescape(lan.get("/").text)
