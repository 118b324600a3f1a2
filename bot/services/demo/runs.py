"""The made-up self-assessments, and a survey among the made-up enterprises alone."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import select

from bot.domain.assessments.answer import is_answer
from bot.domain.assessments.assessment import Assessment
from bot.domain.assessments.attempt import AttemptState
from bot.domain.assessments.question import UNKNOWN, Answer, Question, QuestionKind
from bot.domain.surveys.target import Target
from bot.services.assessments.attempts import AttemptService
from bot.services.assessments.step import Step
from bot.services.demo.play import Play
from bot.services.demo.stage import Stage
from bot.services.surveys.answering import SurveyRuns
from bot.services.surveys.campaigns import CampaignDraft, CampaignService
from bot.services.surveys.invitation_message import InvitationMessage
from bot.services.surveys.inviting import SurveyInviting
from bot.services.upkeep.demo_rows import DemoKind
from bot.storage.models import Attempt, Campaign, Invitation

MOST_QUESTIONS = 80
"""More than any assessment asks: a run that gets nowhere ends."""

ANSWER_AFTER = timedelta(days=2)


def play_runs(stage: Stage, play: Play) -> None:
    """Each taken by the owner of a case in the chat, to its end."""
    assessments = stage.library.tables.assessments
    for one in play.runs:
        request = stage.requests.get(one.case)
        if request is None or one.assessment not in assessments:
            continue
        at, attempts = stage.ago(one.ago), AttemptService(stage.session, assessments)
        begun = attempts.start(request.conversation_id, one.assessment, cause=stage.cause(), now=at)
        attempt = _answered(stage, attempts, begun, at)
        attempt.enterprise_id = request.enterprise_id
        if at < request.created_at:
            # It was sent with the request that came after it.
            request.attempt_id = attempt.id


def play_survey(stage: Stage, play: Play) -> None:
    """Opened among the made-up enterprises by name: whoever is real is never asked."""
    plan, tables = play.survey, stage.library.tables
    officer = stage.people.get(plan.by)
    if officer is None or plan.questionnaire not in tables.surveys:
        return
    opens = stage.ago(plan.ago)
    campaigns = CampaignService(stage.session, tables.surveys)
    draft = CampaignDraft(
        title=plan.title,
        questionnaire=plan.questionnaire,
        words=plan.words,
        target=Target(enterprises=tuple(one.id for one in stage.enterprises.values())),
        opens_at=opens,
        closes_at=opens + timedelta(days=plan.days),
    )
    campaign = campaigns.create(draft, officer, now=opens)
    campaigns.open(campaign.id, tables.calendar, now=opens)
    stage.rows.mark(DemoKind.CAMPAIGN, [campaign.id], now=stage.now)
    message = InvitationMessage(stage.texts, tables.department.name)
    behind: int | None = 0
    while behind is not None:
        behind = SurveyInviting(stage.session, message).invite(campaign.id, behind, now=opens)
    ids = {stage.enterprises[name].id for name in plan.answered if name in stage.enterprises}
    _answer_survey(stage, campaign, ids, min(opens + ANSWER_AFTER, stage.now))


def _answer_survey(stage: Stage, campaign: Campaign, ids: set[int], at: datetime) -> None:
    meant = select(Invitation).where(
        Invitation.campaign_id == campaign.id, Invitation.enterprise_id.in_(sorted(ids))
    )
    for invitation in stage.session.scalars(meant.order_by(Invitation.id)).all():
        runs = SurveyRuns(stage.session)
        asked = runs.of_campaign(campaign.id, invitation.id, now=at)
        if asked is None:
            continue
        pages = runs.pages(asked, stage.texts, stage.library.current.products)
        attempt = runs.on_page(asked, pages, consent_version="", now=at)
        if attempt is None:
            continue
        stage.rows.mark(DemoKind.CONVERSATION, [attempt.conversation_id], now=stage.now)
        attempts = AttemptService(stage.session, {asked.questions.id: asked.questions})
        _answered(stage, attempts, attempts.stand(attempt), at)


def _answered(stage: Stage, attempts: AttemptService, step: Step, at: datetime) -> Attempt:
    for _ in range(MOST_QUESTIONS):
        question = step.question
        if question is None or step.attempt.state != AttemptState.OPEN:
            break
        given = next(
            one
            for one in _answers(stage, step.assessment, question)
            if is_answer(step.assessment, question, one, step.answers)
        )
        step = attempts.answer(
            step.attempt, given, cause=stage.cause(), now=at, question=question.id
        )
    return step.attempt


def _answers(stage: Stage, assessment: Assessment, question: Question) -> Iterator[Answer]:
    """Answers as somebody gives them, the likeliest first; the last one is always known."""
    dice = stage.dice
    match question.kind:
        case QuestionKind.SCALE:
            most = assessment.scale_of(question).most
            yield (str(min(most, dice.choice((1, 2, 2, 3, 3, 4, 5)) * most // 5)),)
        case QuestionKind.ONE_OF:
            yield (dice.choice(question.choices).id,)
        case QuestionKind.SEVERAL:
            count = dice.randint(1, min(2, len(question.choices)))
            picked = set(dice.sample([one.id for one in question.choices], count))
            yield tuple(one.id for one in question.choices if one.id in picked)
        case _:
            pass
    yield (UNKNOWN,)
