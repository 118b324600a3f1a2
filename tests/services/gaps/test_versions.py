"""What was approved is changed, withdrawn and put back, and the files follow it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.approved_layer import ApprovedLayer
from bot.commands.kb_settled import take_in_all
from bot.domain.office.roles import Role
from bot.domain.talk.gap import ConclusionKind, ConclusionState, GroupState
from bot.knowledge.library import Knowledge, Library, read_knowledge
from bot.services.gaps.approved_additions import not_taken_in, to_take_out
from bot.services.gaps.conclusions import ConclusionRefused, ConclusionService, Proposal
from bot.services.gaps.gap_list import GapListService
from bot.services.gaps.gaps import GapService
from bot.services.gaps.regressions import RegressionService
from bot.services.gaps.rehearsal import what_would_be
from bot.services.gaps.version_changes import version_changes
from bot.storage.database import Database
from bot.storage.models import GapConclusion, Officer
from tests.services.gaps.test_conclusions import DRAFT, NOT_OURS
from tests.support.data.gaps import SOC, gather, gather_noise
from tests.support.data.seed import Seed
from tests.support.data.small_knowledge import article_file, copy_small_knowledge, edit

ASKED = "máy đo độ ồn thuê ở đâu trong tỉnh"

MORE = [f"hỏi cách số {number} về đo ồn ở xưởng" for number in range(5)]

FULL: dict[str, Any] = DRAFT | {"phrasings": [*DRAFT["phrasings"], *MORE]}

ARTICLE = Proposal(ConclusionKind.ARTICLE, (ASKED,), FULL["id"], FULL)

LINK = Proposal(ConclusionKind.LINK, (SOC,), "ma-vach-dang-ky")

BACK = "Nơi cho thuê đã đóng cửa."


def later(proposal: Proposal, replaces: int, **draft: Any) -> Proposal:
    """The same with some fields changed, as a version that replaces another."""
    fields = None if proposal.draft is None else proposal.draft | draft
    return Proposal(
        proposal.kind, proposal.texts, proposal.article, fields, replaces, "Sửa cho đúng."
    )


@dataclass
class Desk:
    """A house with two officers of one office, one of another, and a head."""

    database: Database
    library: Library
    now: datetime
    lan: Officer
    minh: Officer
    tri: Officer
    head: Officer

    def group(self, words: str) -> int:
        with self.database.transaction() as session:
            return gather(session, self.now, words, nearest=()).group_id

    def propose(self, group: int, proposal: Proposal, officer: Officer | None = None) -> int:
        with self.database.transaction() as session:
            service = ConclusionService(session, self.library)
            return service.propose(group, proposal, officer or self.lan, now=self.now).id

    def approve(self, group: int, conclusion: int, officer: Officer | None = None) -> None:
        with self.database.transaction() as session:
            service = ConclusionService(session, self.library)
            service.approve(group, conclusion, officer or self.minh, now=self.now)

    def settle(self, group: int, proposal: Proposal) -> int:
        """Proposed by one and approved by another."""
        conclusion = self.propose(group, proposal)
        self.approve(group, conclusion)
        return conclusion

    def withdraw(
        self, group: int, conclusion: int, officer: Officer | None = None, why: str = BACK
    ) -> None:
        with self.database.transaction() as session:
            service = ConclusionService(session, self.library)
            service.withdraw(group, conclusion, officer or self.lan, why, now=self.now)

    def send_back(self, group: int) -> None:
        with self.database.transaction() as session:
            service = ConclusionService(session, self.library)
            service.send_back(group, self.minh, "Thiếu căn cứ", now=self.now)

    def served(self) -> Knowledge:
        self.library.refresh()
        return self.library.current

    def take_in(self) -> list[str]:
        lines = list(take_in_all(self.database, self.library.folder, now=self.now))
        self.library.refresh()
        return [line.partition(":")[0] for line in lines]

    def state(self, group: int) -> str:
        with self.database.reading() as session:
            row = GapListService(session, now=self.now).group(group)
            assert row is not None
            return row.state

    def states(self, group: int) -> list[str]:
        """Of all versions, the newest first."""
        with self.database.reading() as session:
            return [one.state for one in GapListService(session, now=self.now).versions(group)]

    def agrees(self) -> bool:
        """Whether the files hold all that is approved and nothing else that ever was."""
        with self.database.reading() as session:
            return not not_taken_in(session) and not to_take_out(session)


@pytest.fixture
def desk(database: Database, tmp_path: Path, now: datetime) -> Desk:
    with database.transaction() as session:
        seed = Seed(session, now)
        people = (
            seed.officer("lan"),
            seed.officer("minh"),
            seed.officer("tri", office="shtt"),
            seed.officer("lanh.dao", role=Role.HEAD, office="shtt"),
        )
        gather_noise(session, now)
    library = Library(copy_small_knowledge(tmp_path / "kb"), ApprovedLayer(database))
    return Desk(database, library, now, *people)


# — an edit —


def test_the_version_before_is_served_until_the_edit_is_approved(desk: Desk) -> None:
    group = desk.group(ASKED)
    first = desk.settle(group, ARTICLE)
    edited = desk.propose(group, later(ARTICLE, first, answer="Gọi trước khi tới."))
    assert desk.served().articles[FULL["id"]].answer == FULL["answer"]
    assert desk.state(group) == GroupState.PROPOSED

    desk.approve(group, edited)

    assert desk.served().articles[FULL["id"]].answer == "Gọi trước khi tới."
    assert desk.states(group) == [ConclusionState.APPROVED, ConclusionState.REPLACED]
    assert desk.state(group) == GroupState.CLOSED


def test_an_edit_says_what_changed_by_whom_and_why(desk: Desk) -> None:
    group = desk.group(ASKED)
    first = desk.settle(group, ARTICLE)
    desk.propose(group, later(ARTICLE, first, answer="Gọi trước.", verify_note="Chưa rõ."))
    with desk.database.reading() as session:
        newest, oldest = GapListService(session, now=desk.now).versions(group)
        changed = {one.field: (one.before, one.after) for one in version_changes(newest)}
        assert changed == {
            "answer": (FULL["answer"], "Gọi trước."),
            "verify_note": (FULL["verify_note"], "Chưa rõ."),
        }
        assert (newest.proposer.username, newest.why) == ("lan", "Sửa cho đúng.")
        assert version_changes(oldest) == []


def test_an_edit_that_is_returned_leaves_what_was_served(desk: Desk) -> None:
    group = desk.group(ASKED)
    first = desk.settle(group, ARTICLE)
    desk.propose(group, later(ARTICLE, first, answer="Gọi trước."))

    desk.send_back(group)

    assert desk.state(group) == GroupState.CLOSED
    assert desk.served().articles[FULL["id"]].answer == FULL["answer"]


def test_a_returned_edit_of_what_came_back_unanswered_leaves_the_group_open(desk: Desk) -> None:
    group = desk.group(SOC)
    first = desk.settle(group, LINK)
    with desk.database.transaction() as session:
        assert gather(session, desk.now + timedelta(minutes=1), f"{SOC} vậy").group_id == group
    desk.propose(group, later(LINK, first))
    desk.send_back(group)
    assert desk.state(group) == GroupState.OPEN


def test_a_decision_is_edited_too_and_its_old_wording_is_tried_no_more(desk: Desk) -> None:
    group = desk.group(NOT_OURS)
    first = desk.settle(group, Proposal(ConclusionKind.OUT_OF_SCOPE, (NOT_OURS, "câu gõ nhầm ạ")))
    narrower = Proposal(ConclusionKind.OUT_OF_SCOPE, (NOT_OURS,), replaces=first, why="Bớt một câu")
    edited = desk.propose(group, narrower)
    with desk.database.reading() as session:
        proposed = session.get_one(GapConclusion, edited)
        additions, own, earlier = what_would_be(session, proposed)
        assert [one.text for one in additions.settled] == [NOT_OURS]
        assert [one.text for one in own] == [NOT_OURS]
        assert earlier == []

    desk.approve(group, edited)

    assert [one.text for one in desk.served().settled.questions] == [NOT_OURS]
    with desk.database.reading() as session:
        assert [case.text for case in RegressionService(session).cases()] == [NOT_OURS]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"why": ""}, "why"),
        ({"kind": ConclusionKind.LINK, "draft": None, "article": "ma-vach-phi"}, "changed"),
        ({"article": "bai-khac"}, "changed"),
        ({"replaces": 99999}, "gone"),
        ({"draft": FULL | {"verify_note": " "}}, "ground"),
        ({"texts": ()}, "texts"),
    ],
)
def test_what_is_no_sound_edit_is_refused(desk: Desk, change: dict[str, Any], reason: str) -> None:
    group = desk.group(ASKED)
    first = desk.settle(group, ARTICLE)
    proposal = later(ARTICLE, first)
    with pytest.raises(ConclusionRefused, match=reason):
        desk.propose(group, Proposal(**{**vars(proposal), **change}))
    assert desk.states(group) == [ConclusionState.APPROVED]


def test_two_edits_at_once_are_one(desk: Desk) -> None:
    group = desk.group(ASKED)
    first = desk.settle(group, ARTICLE)
    desk.propose(group, later(ARTICLE, first))
    with pytest.raises(ConclusionRefused, match="changed"):
        desk.propose(group, later(ARTICLE, first), desk.minh)


# — withdrawn and put back —


def test_withdrawn_it_is_served_no_more_and_asked_about_again(desk: Desk) -> None:
    group = desk.group(SOC)
    first = desk.settle(group, LINK)
    assert SOC in desk.served().articles["ma-vach-dang-ky"].phrasings

    desk.withdraw(group, first)

    served = desk.served()
    assert SOC not in served.articles["ma-vach-dang-ky"].phrasings
    assert served.settled.find(SOC) is None
    assert desk.state(group) == GroupState.OPEN
    with desk.database.reading() as session:
        assert RegressionService(session).cases() == []
        (version,) = GapListService(session, now=desk.now).versions(group)
        assert version.withdrawer is not None
        assert (version.withdrawer.username, version.withdrawn_why) == ("lan", BACK)


def test_put_back_it_is_approved_by_another_first(desk: Desk) -> None:
    group = desk.group(ASKED)
    first = desk.settle(group, ARTICLE)
    desk.withdraw(group, first)
    again = desk.propose(group, later(ARTICLE, first))
    assert FULL["id"] not in desk.served().articles

    desk.approve(group, again)

    assert FULL["id"] in desk.served().articles
    assert desk.states(group) == [ConclusionState.APPROVED, ConclusionState.REPLACED]


def test_withdrawn_while_an_edit_waits_the_edit_may_still_be_approved(desk: Desk) -> None:
    group = desk.group(ASKED)
    first = desk.settle(group, ARTICLE)
    edited = desk.propose(group, later(ARTICLE, first, answer="Gọi trước."))
    desk.withdraw(group, first, desk.minh)
    assert FULL["id"] not in desk.served().articles
    assert desk.state(group) == GroupState.PROPOSED
    desk.approve(group, edited)
    assert desk.served().articles[FULL["id"]].answer == "Gọi trước."


def test_withdrawing_needs_a_reason_and_happens_once(desk: Desk) -> None:
    group = desk.group(SOC)
    first = desk.settle(group, LINK)
    with pytest.raises(ConclusionRefused, match="why"):
        desk.withdraw(group, first, why="")
    desk.withdraw(group, first)
    with pytest.raises(ConclusionRefused, match="changed"):
        desk.withdraw(group, first)
    other = desk.group(ASKED)
    with pytest.raises(ConclusionRefused, match="gone"):
        desk.withdraw(other, first)


def test_what_was_decided_outlives_the_words_it_came_of(desk: Desk) -> None:
    with desk.database.transaction() as session:
        gap = gather(session, desk.now, SOC, nearest=())
        group, conversation = gap.group_id, gap.conversation_id
    first = desk.settle(group, LINK)
    edited = desk.propose(group, later(LINK, first))
    with desk.database.transaction() as session:
        GapService(session).forget(conversation)

    with desk.database.reading() as session:
        listed = GapListService(session, now=desk.now).page(GroupState.CLOSED)
        assert [(row.id, row.count, row.examples) for row in listed] == [(group, 0, [SOC])]
        assert session.get(GapConclusion, edited) is None
    desk.withdraw(group, first)
    assert desk.served().settled.find(SOC) is None


# — who —


def test_another_office_neither_approves_nor_withdraws_and_a_head_does_both(desk: Desk) -> None:
    group = desk.group(ASKED)
    first = desk.propose(group, ARTICLE)
    with pytest.raises(ConclusionRefused, match="office"):
        desk.approve(group, first, desk.tri)
    desk.approve(group, first, desk.head)
    with pytest.raises(ConclusionRefused, match="office"):
        desk.withdraw(group, first, desk.tri)
    desk.withdraw(group, first, desk.head)


def test_the_office_of_a_linked_article_decides(desk: Desk) -> None:
    group = desk.group(SOC)
    linked = desk.propose(group, Proposal(ConclusionKind.LINK, (SOC,), "nhan-hieu-chi-phi"))
    assert desk.library.current.articles["nhan-hieu-chi-phi"].office == "shtt"
    with pytest.raises(ConclusionRefused, match="office"):
        desk.approve(group, linked, desk.minh)
    desk.approve(group, linked, desk.tri)


def test_no_office_takes_another_ones_article_by_an_edit(desk: Desk) -> None:
    group = desk.group(ASKED)
    first = desk.settle(group, ARTICLE)
    edited = desk.propose(group, later(ARTICLE, first, office="shtt"))
    for officer in (desk.tri, desk.minh):
        with pytest.raises(ConclusionRefused, match="office"):
            desk.approve(group, edited, officer)
    desk.approve(group, edited, desk.head)


def test_an_old_proposal_without_a_ground_is_not_approved(desk: Desk) -> None:
    group = desk.group(ASKED)
    first = desk.propose(group, ARTICLE)
    with desk.database.transaction() as session:
        session.get_one(GapConclusion, first).draft = FULL | {"verify": False, "verify_note": ""}
    with pytest.raises(ConclusionRefused, match="ground"):
        desk.approve(group, first)


# — the files —


def test_an_edit_of_what_the_files_hold_lies_over_them_until_they_hold_it(desk: Desk) -> None:
    group = desk.group(ASKED)
    first = desk.settle(group, ARTICLE)
    assert desk.take_in() == ["taken in"]
    file = desk.library.folder / "articles" / "do_luong" / f"{FULL['id']}.md"
    edit(file, "phrasings:\n", "phrasings:\n- thêm bởi người biên tập\n")
    edited = desk.propose(group, later(ARTICLE, first, answer="Gọi trước."))
    desk.approve(group, edited)

    served = desk.served().articles[FULL["id"]]
    assert served.answer == "Gọi trước."
    assert "thêm bởi người biên tập" in served.phrasings
    assert not desk.agrees()

    assert desk.take_in() == ["taken in"]
    assert desk.agrees()
    held = read_knowledge(desk.library.folder).articles[FULL["id"]]
    assert held.answer == "Gọi trước."
    assert sorted(held.phrasings) == sorted([*served.phrasings])
    assert desk.take_in() == []


def test_an_edit_that_moves_to_another_topic_leaves_no_second_file(desk: Desk) -> None:
    group = desk.group(ASKED)
    first = desk.settle(group, ARTICLE)
    desk.take_in()
    desk.approve(group, desk.propose(group, later(ARTICLE, first, topic="ma_so_ma_vach")))
    desk.take_in()
    files = list((desk.library.folder / "articles").rglob(f"{FULL['id']}.md"))
    assert [file.parent.name for file in files] == ["ma_so_ma_vach"]


def test_withdrawn_after_the_files_took_it_in_it_goes_out_of_them(desk: Desk) -> None:
    proposals = (ARTICLE, LINK, Proposal(ConclusionKind.OUT_OF_SCOPE, (NOT_OURS,)))
    before = read_knowledge(desk.library.folder)
    groups = [desk.group(proposal.texts[0]) for proposal in proposals]
    settled = [desk.settle(*pair) for pair in zip(groups, proposals, strict=True)]
    assert desk.take_in() == ["taken in"] * 3
    assert desk.served().settled.find(NOT_OURS) is not None

    for group, conclusion in zip(groups, settled, strict=True):
        desk.withdraw(group, conclusion)

    served = desk.served()
    assert served.articles == before.articles
    assert served.settled == before.settled
    assert desk.take_in() == ["taken out"] * 3
    assert desk.agrees()
    held = read_knowledge(desk.library.folder)
    assert held.articles == before.articles
    assert held.settled == before.settled


def test_taken_out_nothing_is_lost_of_what_another_decision_still_wants(desk: Desk) -> None:
    group = desk.group(SOC)
    wide = Proposal(ConclusionKind.LINK, (SOC, ASKED), "ma-vach-dang-ky")
    first = desk.settle(group, wide)
    desk.take_in()
    desk.approve(group, desk.propose(group, later(LINK, first)))
    phrasings = desk.served().articles["ma-vach-dang-ky"].phrasings
    assert SOC in phrasings
    assert ASKED not in phrasings
    desk.take_in()
    assert desk.agrees()
    assert read_knowledge(desk.library.folder).articles["ma-vach-dang-ky"].phrasings == phrasings


def test_what_an_editor_has_rewritten_is_the_editors(desk: Desk) -> None:
    group = desk.group(ASKED)
    first = desk.settle(group, ARTICLE)
    desk.take_in()
    edit(article_file(desk.library.folder, FULL["id"]), FULL["answer"], "Người biên tập viết lại.")
    desk.library.refresh()
    with pytest.raises(ConclusionRefused, match="files"):
        desk.withdraw(group, first)
    with pytest.raises(ConclusionRefused, match="files"):
        desk.propose(group, later(ARTICLE, first, answer="Gọi trước."))
    assert desk.served().articles[FULL["id"]].answer == "Người biên tập viết lại."


def test_a_file_that_was_rewritten_after_the_withdrawal_is_left_where_it_is(desk: Desk) -> None:
    group = desk.group(ASKED)
    first = desk.settle(group, ARTICLE)
    desk.take_in()
    desk.withdraw(group, first)
    edit(article_file(desk.library.folder, FULL["id"]), FULL["answer"], "Người biên tập viết lại.")
    assert desk.take_in() == ["left in the files"]
    assert FULL["id"] in desk.served().articles


def test_a_new_article_is_not_written_over_an_editors_of_the_same_name(desk: Desk) -> None:
    group = desk.group(ASKED)
    desk.settle(group, ARTICLE)
    folder = desk.library.folder / "articles" / "do_luong"
    folder.mkdir(exist_ok=True)
    own = article_file(desk.library.folder, "5s-la-gi").read_text(encoding="utf-8")
    (folder / f"{FULL['id']}.md").write_text(own.replace("5s-la-gi", FULL["id"]), encoding="utf-8")
    assert desk.take_in() == ["left in the database"]
