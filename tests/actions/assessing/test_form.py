"""The files lose a self-assessment while somebody takes it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from actions.assessing.ending import ActionEndAssessment
from actions.assessing.form import MOVED, AskAssessment, ValidateAssessmentForm
from actions.assessing.wanted import GONE
from actions.shape.desk import Desk
from actions.shape.turn import Turn
from bot.services.assessments.attempts import AttemptService
from bot.storage.models import Attempt
from tests.support.data.assessments import small_assessment
from tests.support.data.seed import Seed

MakeTurn = Callable[..., Turn]


@pytest.fixture
def conversation_id(desk: Desk, now: datetime) -> str:
    """An owner in the middle of an assessment that the files do not have."""
    with desk.house.database.transaction() as session:
        conversation = Seed(session, now).conversation()
        known = {"small": small_assessment()}
        AttemptService(session, known).start(conversation.id, "small", cause="in:0", now=now)
        return conversation.id


@pytest.fixture
def bare(desk: Desk) -> Desk:
    """A desk whose files have no assessment at all."""
    tables = replace(desk.tables(), assessments={})
    return replace(desk, tables=lambda: tables)


def test_an_answer_to_what_is_gone_ends_the_form_and_begins_no_other(
    desk: Desk, make_turn: MakeTurn, conversation_id: str
) -> None:
    answer = make_turn(conversation_id, "3", slots={"requested_slot": "assessment_finished"})
    for _ in range(2):
        slots = ValidateAssessmentForm(desk).respond(answer).slots
        assert slots == {"requested_slot": None, "problem": GONE}
    ended = make_turn(conversation_id, "3", slots={"problem": GONE})
    reply = ActionEndAssessment(desk).respond(ended).replies[0]
    assert "vừa được gỡ xuống" in reply.message.text
    assert [c.payload for c in reply.message.choices] == ["/assessment", "/handover"]
    with desk.house.database.transaction() as session:
        states = [row.state for row in session.query(Attempt).all()]
    assert states == ["abandoned"]


def test_the_next_message_is_about_something_else_again(
    desk: Desk, make_turn: MakeTurn, conversation_id: str
) -> None:
    answer = make_turn(conversation_id, "3", slots={"requested_slot": "assessment_finished"})
    ValidateAssessmentForm(desk).respond(answer)
    later = replace(answer, cause="in:2")
    # Whatever it was that is gone, no other assessment begins by itself.
    assert ValidateAssessmentForm(desk).respond(later).slots == {
        "requested_slot": None,
        "problem": MOVED,
    }


@pytest.mark.parametrize("intent", ["assessment", "resume"])
def test_where_the_files_have_none_nothing_begins(
    bare: Desk, make_turn: MakeTurn, conversation_id: str, intent: str
) -> None:
    wish = make_turn(conversation_id, "tự chấm điểm", intent=intent)
    assert ValidateAssessmentForm(bare).respond(wish).slots["problem"] == GONE
    reply = AskAssessment(bare).respond(wish).replies[0]
    assert [choice.payload for choice in reply.message.choices] == ["/handover"]
