"""Who has just seen a result and takes the same assessment once more."""

from actions.shape.desk import Desk
from actions.shape.turn import Turn
from bot.domain.assessments.attempt import AttemptState
from bot.domain.assessments.run_words import takes_again
from bot.domain.talk.understanding import Outcome
from bot.services.assessments.attempts import AttemptService


def taken_again(desk: Desk, turn: Turn) -> str:
    """The id of the assessment that is taken anew; empty where nothing says so.

    Only behind a result, its reasons, its answers or its paper: elsewhere “làm lại” is said of a
    label, a file, a certificate.
    """
    is_behind = Outcome.ASSESSMENT in turn.came_to
    if turn.pressed or not is_behind or not takes_again(turn.text):
        return ""
    with desk.house.database.reading() as session:
        last = AttemptService(session, desk.tables().assessments).last_run(turn.conversation_id)
    is_result = last is not None and last.state == AttemptState.FINISHED and not last.campaign_id
    return last.assessment if last is not None and is_result else ""
