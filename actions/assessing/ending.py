"""The end of a run: its result, or what there is instead."""

from sqlalchemy.orm import Session

from actions.assessing.form import ABOUT, MOVED, NO_CODE, SURVEY, AssessmentAction
from actions.assessing.survey import SurveyTalk, form_before
from actions.assessing.wanted import GONE, WHICH, gone, moved, not_this, which
from actions.assessing.wording import as_replies
from actions.shape.house_action import Response
from actions.shape.turn import Turn
from bot.domain.jobs import JobKind
from bot.domain.talk.reply import Reply
from bot.domain.talk.understanding import Outcome
from bot.services.assessments.result_reply import SHEET, WHY
from bot.services.enterprises.peers import PeerService
from bot.services.messaging.files import FileService
from bot.services.upkeep.jobs import JobService


class ActionEndAssessment(AssessmentAction):
    """Shows the result with its picture, or offers what there is instead."""

    action_name = "action_end_assessment"

    def respond(self, turn: Turn) -> Response:
        """The result of the attempt just finished."""
        cleared = {"assessment_finished": None, "problem": None}
        if not turn.slot("assessment_finished"):
            back = form_before(turn) if turn.slot("problem") == SURVEY else ""
            events = [{"event": "followup", "name": back}] if back else []
            return Response(self._instead(turn), cleared, events)
        house = self.desk.house
        with house.database.transaction() as session:
            attempts = self.attempts(session)
            finished = attempts.finished(int(turn.slot("assessment_finished")))
            if finished is None or finished.conversation_id != turn.conversation_id:
                nothing = self.wording.nothing_to_resume()
                return Response(as_replies(nothing, Outcome.ASSESSMENT), cleared)
            step = attempts.stand(finished)
            files = FileService(session, house.settings.files_dir)
            before = attempts.finished_before(finished)
            picture = self.wording.keep_picture(files, step, before=before, now=self.desk.now())
            peers = PeerService(session).compare(finished)
            said = self.wording.result(step, before=before, picture=picture, peers=peers)
            return Response(as_replies(said, Outcome.ASSESSMENT), cleared)

    def _instead(self, turn: Turn) -> list[Reply]:
        about, _, named = turn.slot("problem").partition(" ")
        if about in ABOUT:
            return self._about(turn, about, named)
        if about == NO_CODE:
            code = self.desk.say("assessment.no_such_code", Outcome.ASSESSMENT, code=named)
            return [code]
        if about in (MOVED, SURVEY):
            with self.desk.house.database.transaction() as session:
                talk = SurveyTalk(self.desk, session)
                said = talk.respond(turn) if about == SURVEY else talk.left(turn)
            return as_replies(said, Outcome.ASSESSMENT) or [moved(self.desk)]
        if about == GONE:
            return [gone(self.desk)]
        return [which(self.desk) if about == WHICH else not_this(self.desk, about)]

    def _about(self, turn: Turn, about: str, named: str) -> list[Reply]:
        with self.desk.house.database.transaction() as session:
            attempts = self.attempts(session)
            finished = attempts.finished_attempt(turn.conversation_id, named)
            if finished is None:
                nothing = self.wording.nothing_to_resume()
                return as_replies(nothing, Outcome.ASSESSMENT)
            if about == SHEET:
                return [self._sheet(session, turn, finished.id)]
            step, results = attempts.stand(finished), self.wording.results
            said = results.explained(step) if about == WHY else results.summary(step)
            return as_replies([said], Outcome.ASSESSMENT)

    def _sheet(self, session: Session, turn: Turn, attempt_id: int) -> Reply:
        """Has the paper made beside the talk: drawing it takes longer than a turn should."""
        JobService(session).schedule(
            JobKind.SEND_SHEET,
            f"{attempt_id}:{turn.cause}",
            due_at=self.desk.now(),
            given={"attempt": attempt_id, "cause": turn.cause},
        )
        return self.desk.say("assessment.sheet_coming", Outcome.ASSESSMENT)
