"""One proposes, another approves: then it is served without a restart, and kept from failing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from actions.regressions import try_again
from bot.approved_layer import ApprovedLayer
from bot.domain.talk.gap import ConclusionKind, GroupState
from bot.knowledge.library import Library
from bot.search.searcher import Searcher
from bot.services.answering.answers import AnswerService
from bot.services.answering.groundwork.question import Question
from bot.services.gaps.conclusions import ConclusionRefused, ConclusionService, Proposal
from bot.services.gaps.gap_list import GapListService
from bot.services.gaps.gaps import GapService
from bot.services.gaps.regressions import Fall, RegressionService
from bot.services.gaps.rehearsal import Rehearsal, what_would_be
from bot.storage.database import Database
from bot.storage.models import Officer
from bot.texts import default_texts
from tests.support.data.embedding import LetterEmbedder
from tests.support.data.gaps import NOISE, SOC, gather, gather_noise
from tests.support.data.seed import Seed
from tests.support.data.small_knowledge import article_file, copy_small_knowledge, edit

SHELF = "bịch bánh muốn lên kệ siêu thị thì còn thiếu món gì"

NOT_OURS = "xin giấy phép chở cát trên sông ở đâu"

DRAFT: dict[str, Any] = {
    "id": "may-do-do-on",
    "title": "Thuê máy đo độ ồn ở đâu?",
    "button": "Thuê máy đo độ ồn",
    "subject": "máy đo độ ồn",
    "topic": "do_luong",
    "office": "tdc",
    "phrasings": ["muốn đo tiếng ồn xưởng", "thuê thiết bị đo ồn", "đo ồn xưởng gỗ ai làm"],
    "sources": [],
    "facts": [],
    "verify": True,
    "verify_note": "Nơi cho thuê có thể đổi.",
    "reviewed_on": "2026-11-24",
    "reviewed_by": "Nguyễn Thị Lan",
    "review_due": "2027-05-24",
    "related": [],
    "answer": "Anh/chị liên hệ trung tâm kỹ thuật của tỉnh để được giới thiệu nơi đo.",
}


@dataclass
class Stand:
    """A house with two officers, a folder of few articles and a searcher that runs."""

    database: Database
    folder: Path
    now: datetime
    lan: Officer
    minh: Officer
    library: Library
    searcher: Searcher

    def propose(self, words: str, proposal: Proposal) -> int:
        with self.database.transaction() as session:
            group = gather(session, self.now, words, nearest=()).group_id
            ConclusionService(session, self.library).propose(
                group, proposal, self.lan, now=self.now
            )
        return group

    def rehearse(self, group: int) -> list[Fall]:
        with self.database.transaction() as session:
            conclusion = ConclusionService(session, self.library).approvable(group, self.minh)
            additions, own, earlier = what_would_be(session, conclusion)
        return Rehearsal(LetterEmbedder).falls(self.library.files, additions, [*own, *earlier])

    def approve(self, group: int) -> None:
        assert self.rehearse(group) == []
        with self.database.transaction() as session:
            service = ConclusionService(session, self.library)
            conclusion = service.approvable(group, self.minh)
            service.approve(group, conclusion.id, self.minh, now=self.now)

    def ask(self, text: str) -> tuple[str, str | None]:
        """Outcome and article of a message, in the search that runs."""
        service = AnswerService(self.searcher.current, default_texts())
        found = service.answer(Question(text, self.now.date()))
        understood = found.replies[0].understanding
        return understood.outcome, understood.article


@pytest.fixture
def stand(database: Database, tmp_path: Path, now: datetime) -> Iterator[Stand]:
    folder = copy_small_knowledge(tmp_path / "kb")
    with database.transaction() as session:
        seed = Seed(session, now)
        lan, minh = seed.officer("lan"), seed.officer("minh")
        gather_noise(session, now)
    library = Library(folder, ApprovedLayer(database))
    searcher = Searcher(
        library,
        LetterEmbedder(),
        rebuilt=lambda search: (try_again(database, search, now=now), None)[1],
    )
    yield Stand(database, folder, now, lan, minh, library, searcher)
    searcher.close()


def link(article: str, *texts: str) -> Proposal:
    return Proposal(ConclusionKind.LINK, texts, article)


def test_a_linked_question_is_answered_by_the_search_that_runs(stand: Stand) -> None:
    assert stand.ask(SHELF)[1] != "ma-vach-dang-ky"
    stand.approve(stand.propose(SHELF, link("ma-vach-dang-ky", SHELF)))

    assert stand.searcher.look()

    assert stand.ask(SHELF) == ("answer", "ma-vach-dang-ky")
    assert stand.ask("bich banh muon len ke sieu thi thi con thieu mon gi") == (
        "answer",
        "ma-vach-dang-ky",
    )
    with stand.database.transaction() as session:
        assert GapListService(session, now=stand.now).numbers()[GroupState.CLOSED] == 1
        assert [case.text for case in RegressionService(session).cases()] == [SHELF]


def test_a_new_article_is_served_without_a_file(stand: Stand) -> None:
    words = "máy đo độ ồn thuê ở đâu trong tỉnh"
    proposal = Proposal(ConclusionKind.ARTICLE, (words,), DRAFT["id"], DRAFT)
    stand.approve(stand.propose(words, proposal))

    stand.searcher.look()

    assert stand.ask(words) == ("answer", "may-do-do-on")
    assert stand.searcher.current.knowledge.articles["may-do-do-on"].office == "tdc"
    assert "may-do-do-on" not in stand.library.files.articles


def test_what_is_not_ours_is_said_to_be_so(stand: Stand) -> None:
    stand.approve(stand.propose(NOT_OURS, Proposal(ConclusionKind.OUT_OF_SCOPE, (NOT_OURS,))))

    stand.searcher.look()

    assert stand.ask(NOT_OURS)[0] == "out_of_scope"
    assert stand.ask("xin giay phep cho cat tren song o dau vay")[0] == "out_of_scope"


def test_nobody_approves_what_he_proposed_himself(stand: Stand) -> None:
    group = stand.propose(SOC, link("ma-vach-dang-ky", SOC))
    with (
        stand.database.transaction() as session,
        pytest.raises(ConclusionRefused, match="own"),
    ):
        ConclusionService(session, stand.library).approvable(group, stand.lan)


def test_what_the_search_would_still_not_give_first_is_told(stand: Stand) -> None:
    phrasing = stand.library.files.articles["kaizen-la-gi"].phrasings[0]
    group = stand.propose(phrasing, link("5s-la-gi", phrasing))
    # The file of the other article holds the very same words many times over.
    edit(article_file(stand.folder, "kaizen-la-gi"), "phrasings:\n", _thrice(phrasing))
    stand.library.refresh()

    fallen = stand.rehearse(group)

    assert [(fall.case.article, fall.found) for fall in fallen] == [("5s-la-gi", "kaizen-la-gi")]


def _thrice(phrasing: str) -> str:
    return "phrasings:\n" + "".join(f'  - "{phrasing}{mark}"\n' for mark in ("", "?", " ạ"))


def test_a_settled_question_that_fails_later_is_noticed_at_the_next_build(stand: Stand) -> None:
    stand.approve(stand.propose(SOC, link("ma-vach-dang-ky", SOC)))
    stand.searcher.look()
    article_file(stand.folder, "ma-vach-dang-ky").unlink()

    stand.searcher.look()

    with stand.database.transaction() as session:
        (failing,) = RegressionService(session).failing()
        assert failing.text == SOC
        assert failing.found not in ("", "ma-vach-dang-ky")


def test_settled_anew_the_old_answer_gives_way(stand: Stand) -> None:
    first = stand.propose(SOC, link("ma-vach-phi", SOC))
    stand.approve(first)
    with stand.database.transaction() as session:
        gather(session, stand.now, SOC)  # it came back
        ConclusionService(session, stand.library).propose(
            first, link("ma-vach-dang-ky", SOC), stand.lan, now=stand.now
        )

    stand.approve(first)
    stand.searcher.look()

    assert stand.ask(SOC) == ("answer", "ma-vach-dang-ky")
    with stand.database.transaction() as session:
        assert [case.article for case in RegressionService(session).cases()] == ["ma-vach-dang-ky"]


def test_a_returned_proposal_opens_the_group_again_and_keeps_the_remark(stand: Stand) -> None:
    group = stand.propose(SOC, link("ma-vach-phi", SOC))
    with stand.database.transaction() as session:
        ConclusionService(session, stand.library).send_back(
            group, stand.minh, "Sai bài", now=stand.now
        )

    with stand.database.transaction() as session:
        listed = GapListService(session, now=stand.now)
        returned, row = listed.returned(group), listed.group(group)
        assert returned is not None
        assert returned.remark == "Sai bài"
        assert row is not None
        assert row.state == GroupState.OPEN


@pytest.mark.parametrize("texts", [(), ("  ", "?"), tuple(f"câu số {n}" for n in range(21))])
def test_a_proposal_settles_one_to_twenty_wordings(stand: Stand, texts: tuple[str, ...]) -> None:
    with pytest.raises(ConclusionRefused, match="texts"):
        stand.propose(SOC, link("ma-vach-phi", *texts))


def test_two_proposals_at_once_are_one(stand: Stand) -> None:
    group = stand.propose(SOC, link("ma-vach-phi", SOC))
    with (
        stand.database.transaction() as session,
        pytest.raises(ConclusionRefused, match="changed"),
    ):
        ConclusionService(session, stand.library).propose(
            group, link("ma-vach-dang-ky", SOC), stand.minh, now=stand.now
        )


def test_a_proposal_names_no_person(stand: Stand) -> None:
    group = stand.propose(SOC, link("ma-vach-phi", f"{SOC} gọi 0912345678"))
    with stand.database.transaction() as session:
        proposed = ConclusionService(session, stand.library).proposed(group)
        assert proposed is not None
        assert proposed.texts == [f"{SOC} gọi [số]"]


def test_erasing_takes_the_persons_words_out_of_a_proposal(stand: Stand) -> None:
    with stand.database.transaction() as session:
        mine = gather(session, stand.now, SOC, nearest=())
        gather(session, stand.now, f"{SOC} vậy em", nearest=())
        texts = (SOC, f"{SOC} vậy em")
        ConclusionService(session, stand.library).propose(
            mine.group_id, link("ma-vach-phi", *texts), stand.lan, now=stand.now
        )
        GapService(session).forget(mine.conversation_id)

    with stand.database.transaction() as session:
        proposed = ConclusionService(session, stand.library).proposed(mine.group_id)
        assert proposed is not None
        assert proposed.texts == [f"{SOC} vậy em"]


def test_a_dismissed_group_can_be_taken_up_again(stand: Stand) -> None:
    with stand.database.transaction() as session:
        group = gather(session, stand.now, NOISE[0], nearest=()).group_id
        service = ConclusionService(session, stand.library)
        service.dismiss(group)
        with pytest.raises(ConclusionRefused, match="changed"):
            service.dismiss(group)
        service.reopen(group)
        row = GapListService(session, now=stand.now).group(group)
        assert row is not None
        assert row.state == GroupState.OPEN
