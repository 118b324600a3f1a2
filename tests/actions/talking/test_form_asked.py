"""A form that is asked for comes wherever the classifier puts the words, and not within a form."""

from dataclasses import replace

import pytest

from actions.shape.desk import Desk
from actions.shape.house_action import HouseAction
from actions.talking.answer import ActionAnswer
from actions.talking.form_asked import form_asked
from actions.talking.talk import ActionKeepFiles, ActionSmallTalk
from actions.wishes import ActionConfirmWish
from bot.domain.forms.form_file import form_file_of
from tests.actions.conftest import MakeTurn
from tests.support.data.seed import Seed


@pytest.fixture
def conversation(desk: Desk) -> str:
    with desk.house.database.transaction() as session:
        return Seed(session, desk.now()).conversation().id


@pytest.mark.parametrize("way", [ActionAnswer, ActionSmallTalk, ActionConfirmWish, ActionKeepFiles])
def test_it_comes_by_every_way_and_is_what_the_next_question_leans_on(
    desk: Desk, make_turn: MakeTurn, conversation: str, way: type[HouseAction]
) -> None:
    turn = make_turn(conversation, "gửi giúp chị mẫu TCCS với", intent="send_files")
    response = way(desk).respond(turn)
    (reply,) = response.replies
    assert [form_file_of(file) for file in reply.message.attachments] == ["tccs.docx"]
    assert response.slots["last_article"] == "mau-tccs"


def test_behind_an_answer_its_own_forms_are_meant(
    desk: Desk, make_turn: MakeTurn, conversation: str
) -> None:
    turn = make_turn(conversation, "cho xin mẫu", slots={"last_article": "tu-cham-iso9001"})
    found = form_asked(desk, turn)
    assert found is not None
    files = [form_file_of(file) for file in found.replies[0].message.attachments]
    assert files == ["danh-gia-noi-bo-iso9001.docx", "phieu-khac-phuc.docx"]


@pytest.mark.parametrize(
    "facts", [{"slots": {"__loop__": "request_form"}, "active_form": "request_form"}, {}]
)
def test_within_a_form_the_words_belong_to_it(
    desk: Desk, make_turn: MakeTurn, conversation: str, facts: dict[str, object]
) -> None:
    slots = facts.get("slots", {})
    turn = make_turn(conversation, "cần mẫu TCCS", slots=slots)
    assert (form_asked(desk, turn) is None) == bool(slots)


def test_a_list_leads_to_the_page_where_people_reach_it(
    desk: Desk, make_turn: MakeTurn, conversation: str
) -> None:
    public = desk.house.settings.model_copy(update={"public_url": "https://a.example.vn/"})
    reached = replace(desk, house=replace(desk.house, settings=public))
    turn = make_turn(conversation, "có những mẫu nào")
    for one, is_told in ((desk, False), (reached, True)):
        found = form_asked(one, turn)
        assert found is not None
        assert ("https://a.example.vn/bieu-mau" in found.replies[0].message.text) == is_told
        assert found.slots == {}
