"""The message that invites to a survey, and the one that reminds of it."""

from bot.domain.assessments.assessment import Assessment
from bot.domain.talk.messages import Choice, OutgoingMessage
from bot.domain.talk.payload import payload
from bot.storage.models import Campaign
from bot.texts import Texts

ANSWER, LATER, NEVER, AGREE = "survey", "survey_later", "survey_never", "survey_agree"
"""What a button of a survey asks for (`about` of the intent `assessment`)."""


class InvitationMessage:
    """Words what an owner reads of a campaign; also for the officer who looks at it before."""

    def __init__(self, texts: Texts, department: str) -> None:
        self._texts = texts
        self._department = department or texts.say("department.our_name")

    @property
    def department(self) -> str:
        """Who asks."""
        return self._department

    def invitation(
        self, campaign: Campaign, questions: Assessment | None, invitation_id: int
    ) -> OutgoingMessage:
        """The invitation; `questions`: of the campaign."""
        text = self._texts.say(
            "survey.invitation",
            title=campaign.title,
            words=campaign.words,
            department=self._department,
            minutes=questions.minutes if questions is not None else 0,
            closes_at=campaign.closes_at,
        )
        return OutgoingMessage(text=text, choices=self._choices(invitation_id))

    def reminder(
        self, campaign: Campaign, invitation_id: int, *, is_begun: bool
    ) -> OutgoingMessage:
        """The one reminder; `is_begun`: some of it is answered already."""
        text = self._texts.say(
            "survey.reminder",
            title=campaign.title,
            is_begun=is_begun,
            closes_at=campaign.closes_at,
        )
        return OutgoingMessage(text=text, choices=self._choices(invitation_id))

    def answer_choice(self, invitation_id: int) -> Choice:
        """The button that begins to answer, or goes on."""
        return self._choice("survey.choice_answer", ANSWER, invitation_id)

    def _choices(self, invitation_id: int) -> list[Choice]:
        return [
            self.answer_choice(invitation_id),
            self._choice("survey.choice_later", LATER, invitation_id),
            self._choice("survey.choice_never", NEVER, invitation_id),
        ]

    def _choice(self, title: str, about: str, invitation_id: int) -> Choice:
        named = payload("assessment", about=about, value=str(invitation_id))
        return Choice(title=self._texts.say(title), payload=named)
