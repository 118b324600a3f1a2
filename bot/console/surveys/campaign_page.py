"""The page of a campaign."""

from dataclasses import dataclass

from fastapi import HTTPException, Request, Response

from bot.console.frame.pages import pages_of
from bot.console.surveys.campaign_form import message_of, words_of
from bot.domain.assessments.assessment import Assessment, Dimension
from bot.domain.assessments.question import NONE_OF_THEM, NOT_APPLICABLE, UNKNOWN, Question
from bot.domain.surveys.campaign import CampaignState, InvitationState, Way
from bot.domain.surveys.target import read_target
from bot.house import House
from bot.services.surveys.audience import Audience
from bot.services.surveys.campaigns import CampaignService, takes_answers
from bot.services.surveys.figures import SurveyFigures
from bot.texts import Texts

STATES = (
    InvitationState.WAITING,
    InvitationState.SENT,
    InvitationState.ANSWERED,
    InvitationState.REFUSED,
)
WAYS = (Way.CHAT, Way.LINK, Way.PAPER)


@dataclass(frozen=True)
class Stopped:
    """Where runs stand that are not done: the id of the question, its words, how many."""

    question: str
    text: str
    count: int


def campaign_page(  # noqa: PLR0913
    request: Request,
    house: House,
    campaign_id: int,
    *,
    part: str = "",
    problem: str = "",
    status: int = 200,
) -> Response:
    """The page of a campaign.

    Raises:
        HTTPException: 404, there is none.
    """
    tables, now = house.library.tables, house.clock()
    with house.database.reading() as session:
        service = CampaignService(session, tables.surveys)
        campaign = service.find(campaign_id)
        if campaign is None:
            raise HTTPException(404)
        questions = service.questions(campaign)
        target = read_target(campaign.target)
        is_draft = campaign.state == CampaignState.DRAFT
        figures = SurveyFigures(session, campaign)
        shown = _part(questions, part)
        stopped = figures.stopped()
        return pages_of(request).page(
            request,
            "survey.html",
            status=status,
            problem=problem,
            campaign=campaign,
            questions=questions,
            target=target,
            size=Audience(session).size(target) if is_draft else None,
            preview=message_of(house).invitation(campaign, questions, 0),
            progress=figures.progress(stopped),
            stopped=_stopped(questions, stopped),
            takes_answers=takes_answers(campaign, now),
            is_given_up=service.is_given_up(campaign),
            part=shown,
            figures=figures.part(questions, shown) if questions and shown else [],
            title_of=AnswerTitles(house.texts, questions).title,
            states=STATES,
            ways=WAYS,
            profile_words=words_of(house),
        )


class AnswerTitles:
    """What an answer is called under its question."""

    def __init__(self, texts: Texts, questions: Assessment | None) -> None:
        self._questions = questions
        self._beside = {
            UNKNOWN: texts.say("answer_page.unknown"),
            NOT_APPLICABLE: texts.say("answer_page.not_applicable"),
            NONE_OF_THEM: texts.say("answer_page.none_of_them"),
        }

    def title(self, question: Question, value: str) -> str:
        """The title of a choice; what stands where none was chosen; else the value itself."""
        if value in self._beside:
            return self._beside[value]
        chosen = question.choice(value)
        if chosen is not None:
            return chosen.title
        if self._questions is None or question.choices:
            return value
        scale = self._questions.scale_of(question)
        return next((one.title for one in scale.choices if str(one.score) == value), value)


def _part(questions: Assessment | None, named: str) -> Dimension | None:
    if questions is None:
        return None
    found = (one for one in questions.dimensions if one.id == named)
    return next(found, questions.dimensions[0])


def _stopped(questions: Assessment | None, counts: dict[str, int]) -> list[Stopped]:
    """In the order of the questions; what stands on a page behind them."""
    known = [(one.id, one.text) for one in questions.questions] if questions else []
    rows = [Stopped(id_, text, counts[id_]) for id_, text in known if id_ in counts]
    on_page = [Stopped("", "", counts[""])] if counts.get("") else []
    return [*rows, *on_page]
