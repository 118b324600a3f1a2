"""What the pages of corrections count: right, and by few statements however many rows there are."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine, event

from bot.domain.correction import Audience, CorrectionState
from bot.domain.talk.messages import ChannelName
from bot.domain.talk.understanding import GivenArticle
from bot.services.corrections.correction_list import (
    CorrectionListService,
    Progress,
    Recipients,
)
from bot.services.corrections.corrections import aim_of
from bot.services.corrections.given_answers import GivenAnswers
from bot.services.messaging.transcript import TranscriptService
from bot.storage.models import Correction, GivenAnswer
from tests.services.corrections.conftest import ARTICLE, TEXT, Desk
from tests.support.data.given import OLD, give, give_to_many

NEWER = "11111111"


@contextmanager
def statements() -> Iterator[list[str]]:
    """What is asked of any database meanwhile."""
    seen: list[str] = []

    def note(*told: Any) -> None:
        seen.append(told[2])

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def correction(desk: Desk, article: str = ARTICLE, **facts: Any) -> Correction:
    """A row as the service writes it: proposed a day ago, unless said otherwise."""
    served = desk.house.library.current.articles[article]
    row = Correction(
        article=article,
        mark=served.mark,
        audience=Audience.OLD_TEXT,
        text=TEXT,
        state=CorrectionState.PROPOSED,
        written_by=desk.lan.id,
        written_at=desk.ago(days=1),
    )
    for name, value in facts.items():
        setattr(row, name, value)
    return row


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("approved", [False, True])
def test_the_database_counts_whom_the_rule_means(
    desk: Desk, audience: Audience, *, approved: bool
) -> None:
    instants = [desk.ago(hours=hours) for hours in (48, 24, 18, 12, 6)]
    with desk.database.transaction() as session:
        row = correction(desk, audience=audience)
        if approved:
            row.state, row.decided_at = CorrectionState.APPROVED, desk.ago(hours=12)
        session.add(row)
        for mark in (OLD, NEWER, desk.article.mark):
            for at in instants:
                give(session, ARTICLE, mark, at=at)
        session.flush()

        given = GivenAnswers(session)
        meant = [
            one
            for one in given.holders(now=desk.clock(), articles=[ARTICLE])
            if aim_of(row).means(one.last)
        ]
        assert 0 < len(meant) < 3 * len(instants)
        assert given.meant_by([row.id], now=desk.clock()) == {row.id: len(meant)}


def test_who_hears_is_counted_with_the_oldest_of_them_and_the_language(desk: Desk) -> None:
    with desk.database.transaction() as session:
        give(session, ARTICLE, desk.article.mark, at=desk.ago(days=40), english=True)
        blocked = give(session, ARTICLE, OLD, at=desk.ago(days=30), english=True)
        blocked.reachable = False
        give(session, ARTICLE, OLD, at=desk.ago(days=20))
        service = CorrectionListService(session, desk.house.library.current, now=desk.clock())
        assert service.recipients(desk.article) == Recipients(
            given=2, older=1, oldest=desk.ago(days=20), in_english=False
        )

        give(session, ARTICLE, NEWER, at=desk.ago(days=25), english=True)
        assert service.recipients(desk.article) == Recipients(
            given=3, older=2, oldest=desk.ago(days=25), in_english=True
        )
        nobody = desk.house.library.current.articles["5s-la-gi"]
        assert service.recipients(nobody) == Recipients(
            given=0, older=0, oldest=None, in_english=False
        )


def test_thousands_of_given_answers_and_a_page_of_corrections_cost_three_statements(
    desk: Desk,
) -> None:
    knowledge = desk.house.library.current
    names = sorted(knowledge.articles)
    with desk.database.transaction() as session:
        both = [
            *give_to_many(session, ARTICLE, [OLD] * 250, at=desk.ago(days=5)),
            give(session, ARTICLE, OLD, at=desk.ago(days=5), channel=ChannelName.TELEGRAM).id,
        ]
        for conversation_id in both:
            message = TranscriptService(session).last_reply(conversation_id)
            assert message is not None
            others = [GivenArticle(article=name, mark=OLD) for name in names if name != ARTICLE]
            GivenAnswers(session).note(message, others)
        told = correction(
            desk, names[0], state=CorrectionState.APPROVED, decided_at=desk.ago(hours=1)
        )
        session.add(told)
        session.add_all(correction(desk, name) for name in names)
        session.flush()
        told_id = told.id
        assert session.query(GivenAnswer).count() == len(both) * len(names) > 2500
    desk.tells(told_id)

    with desk.database.reading() as session:
        service = CorrectionListService(session, knowledge, now=desk.clock())
        page = service.page()
        with statements() as asked:
            changed = service.changed()
            progress = service.progress(page)

    assert len([one for one in asked if "given_answers" in one or "deliveries" in one]) == 3
    assert len(asked) - sum("BEGIN" in one for one in asked) == 3
    assert [row.count for row in changed] == [251] * (len(names) - 1)
    assert changed[0].channels == {"telegram": 1, "web": 250}
    assert progress[told_id] == Progress(sent=250, waiting=1, lost=0)
    waiting = [one for one in page if one.state == CorrectionState.PROPOSED]
    assert [progress[one.id].waiting for one in waiting].count(251) == len(names) - 1
    assert len(waiting) == len(names)


def test_a_list_of_no_corrections_counts_nothing(desk: Desk) -> None:
    with desk.database.reading() as session:
        service = CorrectionListService(session, desk.house.library.current, now=desk.clock())
        assert service.progress(service.page()) == {}
        assert service.changed() == []
