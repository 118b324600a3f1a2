"""The wording of a run, with what it takes from the knowledge base; its messages as replies."""

from dataclasses import replace

from actions.shape.desk import Desk
from bot.domain.talk.messages import OutgoingMessage
from bot.domain.talk.reply import Reply
from bot.domain.talk.understanding import Outcome, Understanding
from bot.services.assessments.assessment_replies import AssessmentReplies
from bot.services.assessments.lookup import lookup_of


def wording(desk: Desk) -> AssessmentReplies:
    """The wording of steps, by the newest reading of the knowledge base."""
    lookup = lookup_of(desk.house.library, desk.texts, today=desk.today())
    return AssessmentReplies(desk.texts, replace(lookup, assessments=desk.tables().assessments))


def as_replies(messages: list[OutgoingMessage], outcome: Outcome) -> list[Reply]:
    """Messages of an assessment as replies."""
    return [
        Reply(message=message, understanding=Understanding(outcome=outcome)) for message in messages
    ]
