"""The confirmed request is filed."""

from actions.filing.reach_field import HERE
from actions.filing.survey_offer import offer_of_surveys
from actions.shape.house_action import HouseAction, Response
from actions.shape.turn import Turn
from actions.talking.talk import FORM_SLOTS
from bot.domain.talk.messages import Attachment
from bot.domain.talk.understanding import Outcome
from bot.services.requests.promises import PromiseService
from bot.services.requests.requests import RequestDraft, RequestService


class ActionSubmitRequest(HouseAction):
    """Files the confirmed request and says its code, its office and the promised hour."""

    action_name = "action_submit_request"

    def respond(self, turn: Turn) -> Response:
        """Files once for one message, however often it runs."""
        promise = PromiseService(self.desk.tables().routing, self.desk.tables().calendar).promise(
            turn.slot("request_topic"), turn.slot("request_question"), now=self.desk.now()
        )
        enterprise = turn.slots.get("request_enterprise") or {}
        reach = turn.slot("request_reach")
        draft = RequestDraft(
            topic=turn.slot("request_topic"),
            office=promise.route.office,
            authority=promise.route.authority or "",
            question=turn.slot("request_question"),
            promised_at=promise.due,
            tax_code=enterprise.get("tax_code") or "",
            enterprise_name=enterprise.get("name") or "",
            unchecked_tax_code=enterprise.get("unchecked") or "",
            reach="" if reach == HERE else reach,
            consent_version=self.desk.texts.say("request.consent_version"),
            attempt_id=int(turn.slot("request_attempt") or 0) or None,
            attachments=[
                Attachment.model_validate(file) for file in turn.slots.get("request_files") or []
            ],
        )
        with self.desk.house.database.transaction() as session:
            request = RequestService(session).file(
                turn.conversation_id, draft, cause=turn.cause, now=self.desk.now()
            )
            offered = offer_of_surveys(self.desk, session, request)
        knowledge, authority = self.desk.knowledge, promise.route.authority
        reply = self.desk.say(
            "request.forwarded" if authority else "request.filed",
            Outcome.REQUEST,
            code=request.code,
            office=self.desk.office_title(request.office),
            authority=self.desk.title_of(knowledge.office(authority)) if authority else "",
            due=request.promised_at,
        )
        return Response([reply, *offered], dict.fromkeys(FORM_SLOTS))
