"""What officers settled, from the command line."""

from datetime import datetime
from pathlib import Path

import pytest

from bot.approved_layer import ApprovedLayer
from bot.commands.kb_settled import settled_failures, settled_set, take_in_all
from bot.domain.talk.gap import ConclusionKind
from bot.knowledge.library import Library, read_knowledge
from bot.services.gaps.approved_additions import copy_approved
from bot.services.gaps.conclusions import ConclusionService, Proposal
from bot.services.gaps.regressions import Fall, RegressionService
from bot.settings import Settings
from bot.storage.database import Database
from tests.support.data.gaps import SOC, gather, gather_noise
from tests.support.data.seed import Seed
from tests.support.data.small_knowledge import copy_small_knowledge

NOT_OURS = "xin giấy phép chở cát trên sông ở đâu"
SHELF = "bịch bánh muốn lên kệ siêu thị thì còn thiếu món gì"


@pytest.fixture
def approved(database: Database, tmp_path: Path, now: datetime) -> Database:
    """A linked question, one that is not ours, one of an article that is gone; and noise."""
    library = Library(copy_small_knowledge(tmp_path / "before"))
    with database.transaction() as session:
        seed = Seed(session, now)
        lan, minh = seed.officer("lan"), seed.officer("minh")
        gather_noise(session, now)
        service = ConclusionService(session, library)
        for proposal in (
            Proposal(ConclusionKind.LINK, (SHELF,), "ma-vach-dang-ky"),
            Proposal(ConclusionKind.OUT_OF_SCOPE, (NOT_OURS,)),
            Proposal(ConclusionKind.LINK, (SOC,), "bai-da-mat"),
        ):
            group = gather(session, now, proposal.texts[0], nearest=()).group_id
            made = service.propose(group, proposal, lan, now=now)
            service.approve(group, made.id, minh, now=now)
    return database


def test_taken_in_it_stands_in_the_files_and_no_longer_over_them(
    approved: Database, tmp_path: Path, now: datetime
) -> None:
    folder = copy_small_knowledge(tmp_path / "kb")
    lines = list(take_in_all(approved, folder, now=now))
    assert [line.partition(":")[0] for line in lines] == [
        "taken in",
        "taken in",
        "left in the database",
    ]
    knowledge = read_knowledge(folder)
    assert knowledge.articles["ma-vach-dang-ky"].phrasings[-1] == SHELF
    assert knowledge.settled.find(NOT_OURS) is not None
    assert len(list(take_in_all(approved, folder, now=now))) == 1

    layered = Library(folder, ApprovedLayer(approved)).current
    assert layered.articles["ma-vach-dang-ky"].phrasings.count(SHELF) == 1
    found = layered.settled.find(SHELF)
    assert found is not None
    assert found.article == "ma-vach-dang-ky"


def test_a_private_assistant_serves_the_same(
    approved: Database, tmp_path: Path, now: datetime
) -> None:
    other = Database(f"sqlite:///{tmp_path / 'private.sqlite3'}")
    other.migrate()
    with approved.transaction() as source, other.transaction() as target:
        copy_approved(source, target)
    folder = copy_small_knowledge(tmp_path / "kb")
    layers = [Library(folder, ApprovedLayer(one)).current for one in (approved, other)]
    assert layers[0].articles == layers[1].articles
    assert layers[0].settled.questions == layers[1].settled.questions
    other.close()


def test_settled_questions_are_an_evaluation_set(approved: Database, tmp_path: Path) -> None:
    knowledge = read_knowledge(copy_small_knowledge(tmp_path / "kb"))
    found = settled_set(approved, knowledge)
    assert found is not None
    assert [(one.text, one.outcome, one.accept) for one in found.messages] == [
        (SHELF, "answer", ["ma-vach-dang-ky"]),
        (NOT_OURS, "out_of_scope", []),
        (SOC, "answer", ["bai-da-mat"]),
    ]


def test_what_fails_is_a_line_of_the_check(
    approved: Database, tmp_path: Path, now: datetime
) -> None:
    with approved.transaction() as session:
        service = RegressionService(session)
        cases = service.cases()
        service.note(cases, [Fall(cases[0], "ma-vach-phi")], now=now)
    settings = Settings(_env_file=None, data_dir=tmp_path, database_url=approved.url)
    (line,) = settled_failures(settings)
    assert "needs ma-vach-dang-ky, found ma-vach-phi" in line


def test_without_a_database_nothing_is_settled_and_none_is_made(tmp_path: Path) -> None:
    assert settled_failures(Settings(_env_file=None, data_dir=tmp_path / "var")) == []
    assert not (tmp_path / "var").exists()
