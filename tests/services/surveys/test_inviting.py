"""Each enterprise is invited once, only where somebody agreed, and whatever dies meanwhile."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.domain.clock import VIETNAM
from bot.domain.enterprise.profile import SurveyConsent
from bot.domain.surveys.target import Target
from bot.domain.talk.messages import ChannelName
from bot.domain.talk.payload import payload
from bot.domain.talk.way import DeliveryState
from bot.flow.heir import Heir
from bot.services.messaging.outbox import OutboxService
from bot.services.privacy.privacy import PrivacyService
from bot.services.requests.requests import RequestService
from bot.services.surveys.audience import Audience, AudienceSize
from bot.services.surveys.campaigns import CampaignService
from bot.services.surveys.consents import SurveyConsents
from bot.services.surveys.inviting import PIECE
from bot.settings import ROOT
from bot.storage.models import Conversation, Enterprise, Invitation, Message, ProfileContact
from bot.storage.presence import Presence
from tests.services.surveys.conftest import Desk
from tests.support.data.seed import Seed
from tests.support.data.surveys import DIES_WHILE_INVITING, TITLE, WORDS, Asked, draft

SENT, LINK, OUT, HELD = ("sent", "chat"), ("waiting", "link"), ("out", ""), ("waiting", "chat")


def test_who_agreed_is_invited_in_the_chat_with_three_buttons(desk: Desk) -> None:
    with desk.database.transaction() as session:
        asked = Asked(session, desk.clock())
        enterprise_id, chat = asked.in_chat(channel=ChannelName.TELEGRAM)
        linked, silent = asked.by_link(), asked.silent()
        asked.enterprise("Ngoài ngành", sector="47")
    campaign_id = desk.opens(draft(desk.clock(), target=Target(sectors=("10",))))

    desk.runs()

    [text] = desk.told()[chat.id]
    assert TITLE in text
    assert WORDS in text
    assert desk.states(campaign_id) == {enterprise_id: SENT, linked: LINK, silent: OUT}
    with desk.database.transaction() as session:
        invitation = session.scalars(select(Invitation).where(Invitation.state == "sent")).one()
        message = session.scalars(select(Message).where(Message.cause.startswith("survey:"))).one()
        about = ("survey", "survey_later", "survey_never")
        assert [one["payload"] for one in message.choices] == [
            payload("assessment", about=name, value=str(invitation.id)) for name in about
        ]
        outbox = OutboxService(session)
        taken = outbox.take("s", ChannelName.TELEGRAM, now=desk.clock())
        assert taken is not None


def test_the_audience_is_counted_as_it_would_be_asked(desk: Desk) -> None:
    with desk.database.transaction() as session:
        asked = Asked(session, desk.clock())
        asked.in_chat()
        asked.by_link(sector="14")
        asked.silent()
        gone = asked.by_link()
        session.get_one(Enterprise, gone).merged_into_id = asked.enterprise()
    with desk.database.reading() as session:
        audience = Audience(session)
        assert audience.size(Target()) == AudienceSize(enterprises=4, agreed=2)
        assert audience.size(Target(sectors=("14",))) == AudienceSize(enterprises=1, agreed=1)
        assert audience.size(Target(sizes=("micro",))) == AudienceSize(enterprises=0, agreed=0)


def test_a_person_is_asked_once_however_many_enterprises_she_stands_for(desk: Desk) -> None:
    with desk.database.transaction() as session:
        asked = Asked(session, desk.clock())
        first, chat = asked.in_chat()
        second = asked.enterprise()
        asked.person(second, chat=chat)
        double, third = asked.enterprise(), asked.enterprise()
        asked.person(double, phone="0901 234 567")
        asked.person(third, phone="0901234567")
        another = asked.enterprise()
        asked.person(another, chat=chat)
        asked.person(another, email="rieng@vi-du.vn")
    campaign_id = desk.opens()

    desk.runs()

    assert desk.told().keys() == {chat.id}
    assert desk.states(campaign_id) == {
        first: SENT,
        second: OUT,
        double: LINK,
        third: OUT,
        another: LINK,
    }


def test_who_was_found_to_be_one_with_another_is_not_asked(desk: Desk) -> None:
    with desk.database.transaction() as session:
        asked = Asked(session, desk.clock())
        kept, chat = asked.in_chat()
        gone, other = asked.in_chat()
        session.get_one(Enterprise, gone).merged_into_id = kept
    campaign_id = desk.opens()
    desk.runs()
    assert set(desk.told()) == {chat.id}
    assert set(desk.states(campaign_id)) == {kept}
    assert other.id != chat.id


def test_at_night_nobody_is_written_to(desk: Desk) -> None:
    with desk.database.transaction() as session:
        Asked(session, desk.clock()).in_chat()
    desk.clock.move(hours=11)
    desk.opens()
    assert desk.runs() == 0

    desk.clock.move(hours=12)

    desk.runs()
    with desk.database.reading() as session:
        at = session.scalars(select(Invitation.sent_at)).one()
        assert at is not None
        assert 8 <= at.astimezone(VIETNAM).hour < 17
    assert len(desk.told()) == 1


def test_a_piece_that_comes_late_in_the_evening_waits_for_the_morning(desk: Desk) -> None:
    with desk.database.transaction() as session:
        Asked(session, desk.clock()).in_chat()
    desk.opens()
    desk.clock.move(hours=10)
    assert desk.runs() == 1
    assert desk.told() == {}
    desk.clock.move(hours=13)
    desk.runs()
    assert len(desk.told()) == 1


def test_before_its_time_after_it_and_once_stopped_nobody_is_asked(desk: Desk) -> None:
    with desk.database.transaction() as session:
        Asked(session, desk.clock()).in_chat()
    early = desk.opens(draft(desk.clock(), opens=2, remind=None))
    stopped = desk.opens()
    desk.stops(stopped)
    late = desk.opens(draft(desk.clock(), closes=0.02, remind=None))
    desk.clock.move(hours=1)

    desk.runs()

    assert desk.told() == {}
    assert [desk.state(one) for one in (early, stopped, late)] == ["open", "stopped", "closed"]
    desk.clock.move(days=2)
    desk.runs()
    assert len(desk.told()) == 1
    assert desk.states(stopped) == desk.states(late) == {}


def test_whose_chat_an_officer_holds_is_asked_once_it_is_free(desk: Desk) -> None:
    with desk.database.transaction() as session:
        asked = Asked(session, desk.clock())
        enterprise_id, chat = asked.in_chat()
        request = Seed(session, desk.clock(), seed=77).request(chat, talk=True)
    campaign_id = desk.opens()
    desk.runs()
    assert desk.states(campaign_id) == {enterprise_id: HELD}
    with desk.database.transaction() as session:
        RequestService(session).leave_queue(chat.id, now=desk.clock())

    desk.clock.move(hours=4)
    desk.runs()

    assert desk.states(campaign_id) == {enterprise_id: SENT}
    assert len(desk.told()[chat.id]) == 1
    assert request.id


def test_who_wishes_to_be_erased_or_was_erased_is_not_written_to(desk: Desk) -> None:
    with desk.database.transaction() as session:
        asked = Asked(session, desk.clock())
        wishes, first = asked.in_chat()
        erased, second = asked.in_chat()
        session.get_one(Conversation, first.id).erase_asked_at = desk.clock()
    campaign_id = desk.opens()
    with desk.database.transaction() as session:
        PrivacyService(session, desk.files).erase(second.id, words="(đã xóa)", now=desk.clock())
    desk.runs()
    assert desk.told() == {}
    assert desk.states(campaign_id) == {wishes: HELD, erased: OUT}


def test_who_is_erased_later_is_counted_no_more_and_asked_no_more(desk: Desk) -> None:
    with desk.database.transaction() as session:
        enterprise_id, chat = Asked(session, desk.clock()).in_chat()
    campaign_id = desk.opens()
    desk.runs()
    with desk.database.transaction() as session:
        PrivacyService(session, desk.files).erase(chat.id, words="(đã xóa)", now=desk.clock())
    desk.clock.move(days=8)
    desk.runs()
    assert desk.states(campaign_id) == {enterprise_id: OUT}
    assert desk.told("survey-reminder:") == {}
    with desk.database.reading() as session:
        row = session.scalars(select(Invitation)).one()
        assert (row.conversation_id, row.profile_contact_id) == (None, None)


def test_who_agrees_while_it_is_open_is_asked_with_the_next_look(desk: Desk) -> None:
    with desk.database.transaction() as session:
        asked = Asked(session, desk.clock())
        enterprise_id, chat = asked.enterprise(), asked.chat()
        asked.person(enterprise_id, chat=chat, says="")
    campaign_id = desk.opens()
    desk.runs()
    assert desk.states(campaign_id) == {enterprise_id: OUT}
    with desk.database.transaction() as session:
        SurveyConsents(session).agree(chat.id, how="nút", version="1", now=desk.clock())
        person = session.scalars(select(ProfileContact)).one()
        assert (person.surveys, person.surveys_version) == (SurveyConsent.YES, "1")
    desk.clock.move(hours=4)
    desk.runs()
    assert desk.states(campaign_id) == {enterprise_id: SENT}


def test_the_newest_chat_that_can_be_reached_is_written_to(desk: Desk) -> None:
    with desk.database.transaction() as session:
        asked = Asked(session, desk.clock())
        enterprise_id, chat = asked.in_chat()
        other = asked.chat(ChannelName.TELEGRAM)
        blocked, third = asked.in_chat()
        session.get_one(Conversation, third.id).reachable = False
        newer = session.get_one(Conversation, other.id)
        newer.contact_id = chat.contact_id
        newer.last_inbound_at = desk.clock() + timedelta(minutes=1)
    campaign_id = desk.opens()
    desk.runs()
    assert set(desk.told()) == {other.id}
    assert desk.states(campaign_id) == {enterprise_id: SENT, blocked: LINK}


def test_many_are_invited_piece_by_piece_each_once(desk: Desk) -> None:
    with desk.database.transaction() as session:
        asked = Asked(session, desk.clock())
        chats = {asked.in_chat()[1].id for _ in range(2 * PIECE + 3)}
    desk.opens()
    desk.runs()
    for _ in range(3):
        desk.clock.move(hours=6)
        desk.runs()
    assert {one: len(texts) for one, texts in desk.told().items()} == dict.fromkeys(chats, 1)


@pytest.mark.parametrize("at", [1, PIECE // 2, PIECE + 3])
def test_killed_in_the_midst_of_inviting_each_is_invited_exactly_once(
    desk: Desk, tmp_path: Path, at: int
) -> None:
    with desk.database.transaction() as session:
        asked = Asked(session, desk.clock())
        chats = {asked.in_chat()[1].id for _ in range(PIECE + 20)}
    campaign_id = desk.opens()
    address = desk.database.engine.url.render_as_string(hide_password=False)
    given = [address, desk.clock().isoformat(), str(tmp_path), str(desk.house.library.folder)]
    died = subprocess.run(  # noqa: S603  (our own interpreter)
        [sys.executable, "-c", DIES_WHILE_INVITING, *given, str(at)],
        cwd=ROOT,
        check=False,
        env=os.environ,
    )
    assert died.returncode == -signal.SIGKILL
    assert len(desk.told()) == (0 if at <= PIECE else PIECE)
    assert len(desk.states(campaign_id)) == len(desk.told())

    presence = Presence(desk.database, "heir")
    Heir(desk.house, [], presence).look()
    presence.leave()
    desk.runs()

    assert {one: len(texts) for one, texts in desk.told().items()} == dict.fromkeys(chats, 1)
    assert set(desk.states(campaign_id).values()) == {SENT}


@pytest.mark.parametrize("state", ["sent", "answered", "out"])
def test_what_was_asked_as_a_double_is_not_asked_again_once_they_are_one(
    desk: Desk, state: str
) -> None:
    with desk.database.transaction() as session:
        asked = Asked(session, desk.clock())
        gone, _ = asked.in_chat()
        kept = asked.enterprise()
    campaign_id = desk.opens()
    desk.runs()
    with desk.database.transaction() as session:
        asked = Asked(session, desk.clock(), seed=6)
        session.get_one(Enterprise, gone).merged_into_id = kept
        row = session.scalars(select(Invitation).where(Invitation.enterprise_id == gone)).one()
        row.state = state
        asked.person(kept, chat=asked.chat())
        other, _ = asked.in_chat()
    desk.clock.move(hours=4)
    desk.runs()
    assert desk.states(campaign_id)[kept] == OUT
    assert desk.states(campaign_id)[other] == SENT
    assert len(desk.told()) == 2


class TestReminding:
    def test_no_reminder_comes_with_the_invitation_or_soon_behind_it(self, desk: Desk) -> None:
        with desk.database.transaction() as session:
            Asked(session, desk.clock()).in_chat()
            service = CampaignService(session, desk.house.library.tables.surveys)
            drafts = [draft(desk.clock(), remind=remind, closes=30) for remind in (2, 7)]
            late, tight = (service.create(one, desk.head, now=desk.clock()).id for one in drafts)
        for days, campaign_id in ((5, late), (1, tight)):
            desk.clock.move(days=days)
            with desk.database.transaction() as session:
                CampaignService(session, desk.house.library.tables.surveys).open(
                    campaign_id, desk.house.library.tables.calendar, now=desk.clock()
                )
            desk.runs()
        desk.clock.move(days=1)
        desk.runs()
        assert sum(map(len, desk.told().values())) == 2
        assert desk.told("survey-reminder:") == {}

    def test_who_has_not_answered_is_reminded_once(self, desk: Desk) -> None:
        with desk.database.transaction() as session:
            asked = Asked(session, desk.clock())
            waits, answered, refuses = (asked.in_chat()[1] for _ in range(3))
            asked.by_link()
        desk.opens()
        desk.runs()
        with desk.database.transaction() as session:
            rows = {row.conversation_id: row for row in session.scalars(select(Invitation))}
            rows[answered.id].state = "answered"
            SurveyConsents(session).refuse(refuses.id, how="", version="", now=desk.clock())
        for _ in range(4):
            desk.clock.move(days=3)
            desk.runs()
        assert set(desk.told("survey-reminder:")) == {waits.id}
        assert len(desk.told("survey-reminder:")[waits.id]) == 1

    def test_nobody_is_reminded_beside_an_officer_or_without_consent(self, desk: Desk) -> None:
        with desk.database.transaction() as session:
            asked = Asked(session, desk.clock())
            held, unwilling = asked.in_chat()[1], asked.in_chat()[1]
        desk.opens()
        desk.runs()
        with desk.database.transaction() as session:
            Seed(session, desk.clock(), seed=78).request(
                session.get_one(Conversation, held.id), talk=True
            )
            for row in session.scalars(select(ProfileContact)):
                if row.contact_id == unwilling.contact_id:
                    row.surveys = SurveyConsent.NO
        desk.clock.move(days=8)
        desk.runs()
        assert desk.told("survey-reminder:") == {}

    def test_a_reminder_of_a_saturday_comes_on_monday_morning(self, desk: Desk) -> None:
        with desk.database.transaction() as session:
            chat = Asked(session, desk.clock()).in_chat()[1]
        desk.opens(draft(desk.clock(), remind=3))
        desk.runs()
        desk.clock.move(days=3)
        desk.runs()
        assert desk.told("survey-reminder:") == {}
        desk.clock.move(days=2)
        desk.runs()
        assert set(desk.told("survey-reminder:")) == {chat.id}


def test_what_could_not_be_sent_is_not_said_twice(desk: Desk) -> None:
    with desk.database.transaction() as session:
        chat = Asked(session, desk.clock()).in_chat(channel=ChannelName.TELEGRAM)[1]
    desk.opens()
    desk.runs()
    with desk.database.transaction() as session:
        outbox = OutboxService(session)
        taken = outbox.take("s", ChannelName.TELEGRAM, now=desk.clock())
        assert taken is not None
        outbox.failed(taken.id, "blocked", unreachable=True)
        assert outbox.states([taken.message_id]) == {taken.message_id: DeliveryState.FAILED}
    desk.clock.move(days=1, hours=1)
    desk.runs()
    assert len(desk.told()[chat.id]) == 1
