"""An invitation has one run, whichever way it is answered, and its answers are given once."""

from concurrent.futures import ThreadPoolExecutor, wait
from threading import Event

import pytest
from sqlalchemy import select

from bot.domain.assessments.attempt import AttemptState, StepKind
from bot.domain.assessments.path import asked as asked_by
from bot.domain.enterprise.profile import SurveyConsent
from bot.domain.surveys.link import link_token
from bot.services.assessments.attempts import AttemptService
from bot.services.messaging.conversations import ConversationService
from bot.services.privacy.privacy import PrivacyService
from bot.services.surveys.answering import Asked as AskedRow
from bot.services.surveys.answering import Standing, SurveyRuns
from bot.services.surveys.campaigns import CampaignService
from bot.services.surveys.consents import SurveyConsents
from bot.services.surveys.figures import SurveyFigures
from bot.storage.models import Attempt, Campaign, Conversation, Invitation, ProfileContact
from tests.services.surveys.conftest import Desk
from tests.support.data.seed import Seed
from tests.support.data.surveys import SURVEY, Asked, draft, questions_left, some_answer


@pytest.fixture
def invited(desk: Desk) -> tuple[int, str]:
    """The invitation of an enterprise that was asked in a chat, and its conversation."""
    with desk.database.transaction() as session:
        chat = Asked(session, desk.clock()).in_chat()[1].id
    desk.opens()
    desk.runs()
    with desk.database.reading() as session:
        return session.scalars(select(Invitation.id)).one(), chat


def take_up(desk: Desk, invitation_id: int, chat: str, cause: str) -> StepKind:
    with desk.database.transaction() as session:
        runs = SurveyRuns(session)
        asked = runs.in_chat(invitation_id, chat, now=desk.clock())
        assert asked is not None
        step = runs.take_up(asked, chat, cause=cause, consent_version="1", now=desk.clock())
        assert step is not None
        return step.kind


def answer_all(desk: Desk, chat: str, *, most: int = 100) -> None:
    """Answers question by question, as the chat does."""
    for number in range(most):
        with desk.database.transaction() as session:
            attempts = AttemptService(session, desk.house.library.tables.assessments)
            attempt = attempts.open_attempt(chat)
            if attempt is None:
                return
            question = next(questions_left(attempts.stand(attempt)))
            given = some_answer(question)
            attempts.answer(attempt, given, cause=f"{chat}-{number}", now=desk.clock())


def by_link(desk: Desk, invitation_id: int) -> AskedRow | None:
    with desk.database.reading() as session:
        campaign = session.scalars(select(Campaign)).one()
        token = link_token(invitation_id, campaign.secret)
        return SurveyRuns(session).by_link(token, now=desk.clock())


def page_takes(
    desk: Desk, invitation_id: int, given: dict[str, list[str]], *, officer: int | None = None
) -> bool:
    """A post of the page; whether the run is finished with it."""
    with desk.database.transaction() as session:
        campaign = session.scalars(select(Campaign)).one()
        runs = SurveyRuns(session)
        asked = runs.by_link(link_token(invitation_id, campaign.secret), now=desk.clock())
        assert asked is not None
        pages = runs.pages(asked, desk.house.texts, desk.house.library.current.products)
        attempt = runs.on_page(asked, pages, consent_version="1", now=desk.clock())
        assert attempt is not None
        if officer is not None:
            runs.typed(asked.invitation, attempt, officer_id=officer)
        return pages.take(attempt, given, cause="page", now=desk.clock()).finished


WHOLE = {
    "q.loai-hinh": ["ho_kinh_doanh"],
    "q.lao-dong": ["4"],
    "q.doanh-thu": ["khong_biet"],
    "q.cong-cu": ["khong_co"],
    "q.san-pham": ["nhan"],
    "q.so-huu": ["khong_co"],
    "q.giai": ["khong_co"],
    "q.kho-khan": ["von"],
    "q.nhu-cau": ["ma_so"],
    "q.khi-nao": ["ngay"],
    "q.tu-gop": ["khong"],
    "q.loi-nhan": ["khu mình hay cúp điện"],
    "xong": ["1"],
}


def test_in_a_chat_it_is_begun_gone_on_with_and_answered(
    desk: Desk, invited: tuple[int, str]
) -> None:
    invitation_id, chat = invited
    assert take_up(desk, invitation_id, chat, "a") is StepKind.STARTED
    assert take_up(desk, invitation_id, chat, "a") is StepKind.STARTED
    answer_all(desk, chat, most=3)
    assert take_up(desk, invitation_id, chat, "b") is StepKind.RESUMED
    answer_all(desk, chat)
    with desk.database.reading() as session:
        attempt = session.scalars(select(Attempt)).one()
        row = session.get_one(Invitation, invitation_id)
        assert (attempt.state, attempt.percent) == (AttemptState.FINISHED, None)
        assert attempt.consent_version == "1"
        assert (row.state, row.attempt_id) == ("answered", attempt.id)
        assert row.answered_at == attempt.finished_at
        assert attempt.enterprise_id == row.enterprise_id
        asked = SurveyRuns(session).in_chat(invitation_id, chat, now=desk.clock())
        assert asked is not None
        assert asked.standing is Standing.ANSWERED


def test_its_answers_are_not_opened_again_by_a_correction(
    desk: Desk, invited: tuple[int, str]
) -> None:
    invitation_id, chat = invited
    take_up(desk, invitation_id, chat, "a")
    answer_all(desk, chat)
    with desk.database.reading() as session:
        attempts = AttemptService(session, desk.house.library.tables.assessments)
        assert attempts.finished_attempt(chat) is None
        assert attempts.finished_by(chat, f"{chat}-99") is None


def test_the_questions_are_those_of_the_opening_whatever_becomes_of_the_file(
    desk: Desk, invited: tuple[int, str]
) -> None:
    invitation_id, chat = invited
    take_up(desk, invitation_id, chat, "a")
    with desk.database.transaction() as session:
        attempts = AttemptService(session, {})
        attempt = attempts.open_attempt(chat)
        assert attempt is not None
        assert attempts.stand(attempt).assessment.id == SURVEY
        assert attempts.lost(chat, cause="x", now=desk.clock()) is False
    answer_all(desk, chat)
    with desk.database.reading() as session:
        assert session.get_one(Invitation, invitation_id).state == "answered"


def test_another_conversation_has_no_part_in_it(desk: Desk, invited: tuple[int, str]) -> None:
    with desk.database.transaction() as session:
        other = Seed(session, desk.clock(), seed=55).conversation()
        assert SurveyRuns(session).in_chat(invited[0], other.id, now=desk.clock()) is None
        assert SurveyRuns(session).in_chat(invited[0] + 9, invited[1], now=desk.clock()) is None


def test_behind_the_link_it_is_answered_once(desk: Desk, invited: tuple[int, str]) -> None:
    asked = by_link(desk, invited[0])
    assert asked is not None
    assert asked.standing is Standing.OPEN
    assert not page_takes(desk, invited[0], {"q.loai-hinh": ["ho_kinh_doanh"]})
    assert page_takes(desk, invited[0], WHOLE)
    after = by_link(desk, invited[0])
    assert after is not None
    assert after.standing is Standing.ANSWERED
    with desk.database.reading() as session:
        attempt = session.scalars(select(Attempt)).one()
        assert session.get_one(Invitation, invited[0]).attempt_id == attempt.id
        assert {row.question: row.answer for row in attempt.answers}["nhu-cau"] == ["ma_so"]


def test_what_was_begun_in_the_chat_goes_on_behind_the_link(
    desk: Desk, invited: tuple[int, str]
) -> None:
    invitation_id, chat = invited
    take_up(desk, invitation_id, chat, "a")
    answer_all(desk, chat, most=1)
    assert page_takes(desk, invitation_id, WHOLE)
    with desk.database.reading() as session:
        assert session.scalars(select(Attempt)).one().conversation_id == chat


def test_on_paper_an_officer_types_it(desk: Desk, invited: tuple[int, str]) -> None:
    assert page_takes(desk, invited[0], WHOLE, officer=desk.head.id)
    with desk.database.reading() as session:
        row = session.get_one(Invitation, invited[0])
        assert (row.state, row.way) == ("answered", "paper")
        assert row.attempt is not None
        assert row.attempt.officer_id == desk.head.id


def test_a_link_of_no_campaign_and_a_secret_of_another_are_nothing(
    desk: Desk, invited: tuple[int, str]
) -> None:
    other = desk.opens(draft(desk.clock()))
    with desk.database.reading() as session:
        runs = SurveyRuns(session)
        secret = session.get_one(Campaign, other).secret
        for token in (link_token(invited[0], secret), link_token(999, secret), "x", ""):
            assert runs.by_link(token, now=desk.clock()) is None


@pytest.mark.parametrize("end", ["stopped", "closed"])
def test_once_it_is_over_no_answer_is_taken_and_who_was_at_it_hears_so(
    desk: Desk, invited: tuple[int, str], end: str
) -> None:
    invitation_id, chat = invited
    take_up(desk, invitation_id, chat, "a")
    answer_all(desk, chat, most=2)
    with desk.database.transaction() as session:
        campaign = session.scalars(select(Campaign)).one()
        service = CampaignService(session, {})
        if end == "stopped":
            service.stop(campaign.id, now=desk.clock())
        else:
            desk.clock.move(days=15)
            service.close(campaign.id, now=desk.clock())
            service.close(campaign.id, now=desk.clock())
    with desk.database.reading() as session:
        runs = SurveyRuns(session)
        asked = runs.in_chat(invitation_id, chat, now=desk.clock())
        assert asked is not None
        assert asked.standing is Standing.CLOSED
        assert runs.was_left(chat)
        assert AttemptService(session, {}).open_attempt(chat) is None
        assert session.get_one(Campaign, asked.campaign.id).state == end
        assert session.get_one(Invitation, invitation_id).state == "sent"


def test_a_self_assessment_beside_it_waits_and_goes_on(
    desk: Desk, invited: tuple[int, str]
) -> None:
    invitation_id, chat = invited
    with desk.database.transaction() as session:
        attempts = AttemptService(session, desk.house.library.tables.assessments)
        attempts.start(chat, "5s", cause="five", now=desk.clock())
    take_up(desk, invitation_id, chat, "a")
    with desk.database.transaction() as session:
        attempts = AttemptService(session, desk.house.library.tables.assessments)
        assert attempts.start(chat, "5s", cause="again", now=desk.clock()).kind is StepKind.RESUMED
        paused = attempts.paused_attempt(chat)
        assert paused is not None
        assert paused.campaign_id is not None


def test_erasing_takes_what_was_answered_in_the_chat_and_behind_its_link(
    desk: Desk, invited: tuple[int, str]
) -> None:
    assert page_takes(desk, invited[0], WHOLE)
    with desk.database.transaction() as session:
        PrivacyService(session, desk.files).erase(invited[1], words="(đã xóa)", now=desk.clock())
    with desk.database.reading() as session:
        assert session.scalars(select(Attempt)).all() == []
        row = session.get_one(Invitation, invited[0])
        assert (row.state, row.answered_at) == ("out", None)
    # The old link opens nothing; paper still may.
    assert by_link(desk, invited[0]) is None
    with desk.database.reading() as session:
        runs = SurveyRuns(session)
        asked = runs.of_campaign(row.campaign_id, invited[0], now=desk.clock())
        assert asked is not None
        assert asked.standing is Standing.OPEN


@pytest.mark.parametrize("end", [Standing.ANSWERED, Standing.CLOSED])
def test_a_page_that_was_looked_at_before_the_end_changes_nothing_after_it(
    desk: Desk, invited: tuple[int, str], end: Standing
) -> None:
    invitation_id, chat = invited
    take_up(desk, invitation_id, chat, "a")
    with desk.database.reading() as session:
        stale = SurveyRuns(session).in_chat(invitation_id, chat, now=desk.clock())
        assert stale is not None
        session.expunge_all()
    if end is Standing.ANSWERED:
        answer_all(desk, chat)
    else:
        desk.stops(stale.campaign.id)
    with desk.database.transaction() as session:
        runs = SurveyRuns(session)
        pages = runs.pages(stale, desk.house.texts, desk.house.library.current.products)
        at = desk.clock()
        assert runs.on_page(stale, pages, consent_version="1", now=at) is None
        assert runs.take_up(stale, chat, cause="b", consent_version="1", now=at) is None
        attempt = session.scalars(select(Attempt)).one()
        before = attempt.state, len(attempt.answers)
        taken = pages.take(attempt, {"q.lao-dong": ["99"]}, cause="c", now=at)
        assert not taken.changed
        assert (attempt.state, len(attempt.answers)) == before


def test_a_page_leaves_a_run_put_aside_beside_another_one(
    desk: Desk, invited: tuple[int, str]
) -> None:
    invitation_id, chat = invited
    take_up(desk, invitation_id, chat, "a")
    with desk.database.transaction() as session:
        attempts = AttemptService(session, desk.house.library.tables.assessments)
        attempts.start(chat, "5s", cause="five", now=desk.clock())
    page_takes(desk, invitation_id, {"q.loai-hinh": ["ho_kinh_doanh"]})
    with desk.database.reading() as session:
        states = {row.assessment: row.state for row in session.scalars(select(Attempt))}
        assert states == {SURVEY: AttemptState.PAUSED, "5s": AttemptState.OPEN}


def test_answers_on_a_way_that_was_left_are_not_counted(
    desk: Desk, invited: tuple[int, str]
) -> None:
    # A company is asked more than a household business.
    page_takes(desk, invited[0], {"q.loai-hinh": ["cong_ty"]})
    questions = desk.house.library.tables.surveys[SURVEY]
    company = {one.id for one in asked_by(questions, {"loai-hinh": ("cong_ty",)})}
    household = {one.id for one in asked_by(questions, {"loai-hinh": ("ho_kinh_doanh",)})}
    only = next(one for one in questions.questions if one.id in company - household)
    page_takes(desk, invited[0], {f"q.{only.id}": list(some_answer(only))})
    with desk.database.reading() as session:
        assert only.id in {row.question for row in session.scalars(select(Attempt)).one().answers}
    assert page_takes(desk, invited[0], WHOLE)
    with desk.database.reading() as session:
        campaign = session.scalars(select(Campaign)).one()
        figures = SurveyFigures(session, campaign)
        assert figures.who(only.id) == []
        assert len(figures.who("loai-hinh")) == 1


def test_the_answers_of_one_invitation_are_erased_and_not_asked_for_again(
    desk: Desk, invited: tuple[int, str]
) -> None:
    assert page_takes(desk, invited[0], WHOLE)
    with desk.database.transaction() as session:
        SurveyConsents(session).forget_answers(invited[0])
    desk.clock.move(hours=4)
    desk.runs()
    with desk.database.reading() as session:
        assert session.scalars(select(Attempt)).all() == []
        row = session.get_one(Invitation, invited[0])
        assert (row.state, row.way, row.attempt_id) == ("out", "", None)


class TestConsent:
    def test_it_is_offered_once_where_the_enterprise_is_known(self, desk: Desk) -> None:
        with desk.database.transaction() as session:
            seed = Seed(session, desk.clock(), seed=88)
            unknown, known = seed.conversation(), seed.conversation()
            seed.request(known, enterprise=("Cơ sở Bà Hai", ""))
            consents = SurveyConsents(session)
            assert not consents.may_offer(unknown.id)
            assert consents.may_offer(known.id)
            assert not consents.agree(unknown.id, how="", version="1", now=desk.clock())
            assert consents.agree(known.id, how="nút", version="1", now=desk.clock())
            assert not consents.may_offer(known.id)
            person = session.scalars(
                select(ProfileContact).where(ProfileContact.contact_id == known.contact_id)
            ).one()
            assert person.enterprise_id == known.contact.enterprise_id
            assert (person.surveys, person.surveys_how) == (SurveyConsent.YES, "nút")

    def test_a_no_holds_for_all_her_enterprises_and_refuses_what_waits(
        self, desk: Desk, invited: tuple[int, str]
    ) -> None:
        with desk.database.transaction() as session:
            asked, chat = Asked(session, desk.clock(), seed=9), invited[1]
            conversation = session.get_one(Conversation, chat)
            asked.person(asked.enterprise(), chat=conversation)
            SurveyConsents(session).refuse(chat, how="nút", version="1", now=desk.clock())
        with desk.database.reading() as session:
            said = {row.surveys for row in session.scalars(select(ProfileContact))}
            assert said == {SurveyConsent.NO}
            assert session.get_one(Invitation, invited[0]).state == "refused"

    def test_a_no_puts_aside_what_asks_in_this_chat(
        self, desk: Desk, invited: tuple[int, str]
    ) -> None:
        take_up(desk, invited[0], invited[1], "a")
        with desk.database.transaction() as session:
            SurveyConsents(session).refuse(invited[1], how="nút", version="1", now=desk.clock())
        with desk.database.reading() as session:
            assert session.scalars(select(Attempt)).one().state == AttemptState.PAUSED

    @pytest.mark.parametrize("says", ["yes", "no"])
    def test_who_speaks_while_her_chat_is_written_to_waits_for_it(
        self, desk: Desk, invited: tuple[int, str], says: str
    ) -> None:
        written = Event()

        def speaks() -> bool:
            with desk.database.transaction() as session:
                consents = SurveyConsents(session)
                say = consents.agree if says == "yes" else consents.refuse
                say(invited[1], how="nút", version="1", now=desk.clock())
                return written.is_set()

        with ThreadPoolExecutor(1) as pool:
            with desk.database.transaction() as session:
                ConversationService(session).lock(invited[1])
                said = pool.submit(speaks)
                wait([said], timeout=0.5)
                written.set()
            assert said.result()
