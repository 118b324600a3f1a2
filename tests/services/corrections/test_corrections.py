"""One writes a correction, another approves it; each refusal has its reason."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from bot.domain.correction import TEXT_LIMIT, Audience, CorrectionState
from bot.services.corrections.corrections import CorrectionDraft, CorrectionRefused
from bot.storage.models import Correction, Job
from tests.services.corrections.conftest import ARTICLE, Desk
from tests.support.data.given import OLD, give, give_to_many
from tests.support.data.small_knowledge import article_file, cite_only, registered


@pytest.fixture
def told(desk: Desk) -> list[str]:
    """Three owners who were given an earlier text."""
    with desk.database.transaction() as session:
        return give_to_many(session, ARTICLE, [OLD] * 3, at=desk.ago(days=5))


def row(desk: Desk, correction_id: int) -> Correction:
    with desk.database.reading() as session:
        return session.get_one(Correction, correction_id)


def refusal(desk: Desk, draft: CorrectionDraft) -> str:
    with pytest.raises(CorrectionRefused) as refused:
        desk.propose(draft)
    return refused.value.reason


@pytest.mark.usefixtures("told")
def test_who_wrote_and_who_approved_it_when_stays_known(desk: Desk) -> None:
    written = desk.clock()
    correction_id = desk.propose()
    desk.clock.move(minutes=7)
    desk.approve(correction_id)

    found = row(desk, correction_id)
    assert (found.state, found.written_by, found.decided_by) == (
        CorrectionState.APPROVED,
        desk.lan.id,
        desk.minh.id,
    )
    assert (found.written_at, found.decided_at) == (written, desk.clock())


@pytest.mark.usefixtures("told")
def test_what_cannot_be_sent_is_refused_with_its_reason(desk: Desk) -> None:
    assert refusal(desk, desk.draft(text=" ")) == "empty"
    assert refusal(desk, desk.draft(text="x" * (TEXT_LIMIT + 1))) == "long"
    assert refusal(desk, desk.draft(text="Nay là [điền].")) == "blank"
    assert refusal(desk, desk.draft(english="x" * (TEXT_LIMIT + 1))) == "long"
    assert refusal(desk, desk.draft(article="khong-co-bai-nay")) == "article"
    assert refusal(desk, desk.draft(mark=OLD)) == "moved"
    with desk.database.reading() as session:
        assert session.scalars(select(Correction)).all() == []


@pytest.mark.usefixtures("told")
def test_an_article_that_its_button_would_not_open_is_neither_written_of_nor_approved(
    desk: Desk,
) -> None:
    desk.lets_the_article_lapse()
    assert desk.article
    assert refusal(desk, desk.draft()) == "article"


@pytest.mark.usefixtures("told")
def test_an_article_that_lapsed_meanwhile_is_not_approved(desk: Desk) -> None:
    cite_only(article_file(desk.house.library.folder, ARTICLE), "thu-nghiem")
    registered(desk.house.library.folder, "status: in_force; in_force_to: 2026-11-24")
    desk.house.library.refresh()
    correction_id = desk.propose()
    desk.clock.move(days=1)

    with pytest.raises(CorrectionRefused, match="article"):
        desk.approve(correction_id)


def test_where_nobody_has_the_old_answer_there_is_nothing_to_correct(desk: Desk) -> None:
    with desk.database.transaction() as session:
        give(session, ARTICLE, desk.article.mark, at=desk.ago(days=1))

    assert refusal(desk, desk.draft()) == "nobody"
    assert desk.propose(desk.draft(audience=Audience.EVERYONE))


@pytest.mark.usefixtures("told")
def test_one_correction_of_an_article_waits_at_a_time(desk: Desk) -> None:
    def write(_number: int) -> str:
        try:
            desk.propose()
        except CorrectionRefused as refused:
            return refused.reason
        return "written"

    with ThreadPoolExecutor(3) as pool:
        came = sorted(pool.map(write, range(3)))

    assert came == ["waiting", "waiting", "written"]


@pytest.mark.usefixtures("told")
def test_nobody_approves_what_he_wrote_himself(desk: Desk) -> None:
    correction_id = desk.propose()

    with pytest.raises(CorrectionRefused, match="own"):
        desk.approve(correction_id, desk.lan)

    assert row(desk, correction_id).state == CorrectionState.PROPOSED
    with desk.database.reading() as session:
        assert session.scalars(select(Job)).all() == []


@pytest.mark.usefixtures("told")
def test_what_is_decided_is_decided_once(desk: Desk) -> None:
    withdrawn = desk.propose()
    desk.withdraw(withdrawn)
    approved = desk.propose()
    desk.approve(approved)

    for step in (desk.approve, desk.withdraw):
        with pytest.raises(CorrectionRefused, match="withdrawn"):
            step(withdrawn)
        with pytest.raises(CorrectionRefused, match="approved"):
            step(approved)
        with pytest.raises(CorrectionRefused, match="gone"):
            step(999)
    assert row(desk, withdrawn).decided_by == desk.lan.id


@pytest.mark.usefixtures("told")
def test_a_withdrawn_correction_is_told_to_nobody(desk: Desk) -> None:
    desk.withdraw(desk.propose())

    assert desk.run_jobs() == 0


@pytest.mark.usefixtures("told")
def test_an_article_that_changed_again_meanwhile_is_not_approved(desk: Desk) -> None:
    correction_id = desk.propose()
    with desk.database.transaction() as session:
        session.get_one(Correction, correction_id).mark = "11111111"

    with pytest.raises(CorrectionRefused, match="moved"):
        desk.approve(correction_id)
