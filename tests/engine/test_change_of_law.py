"""The law changes under a running installation: withheld within a minute, and told to its owners.

Real processes, real Rasa, an edit of `register.yml` on disk as an editor makes it.
"""

import shutil
import time
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.domain.clock import system_clock
from bot.domain.correction import Audience
from bot.domain.talk.understanding import Outcome
from bot.knowledge.library import read_knowledge
from bot.services.corrections.corrections import CorrectionDraft, CorrectionService
from bot.settings import ROOT
from bot.storage.database import Database
from bot.storage.models import GivenAnswer, Message
from tests.support.data.seed import Seed
from tests.support.data.small_knowledge import article_file, cite_only, edit, registered
from tests.support.installation import Installation
from tests.support.stands.owner_scripts import outcome
from tests.support.stands.web_owner import WebOwner
from tests.support.waiting import by_then

pytestmark = pytest.mark.engine

A_MINUTE = 60.0
ARTICLE = "5s-la-gi"
QUESTION = "5S là gì vậy em"
TEXT = "Trước đây em nói 5S có năm bước cũ, nay em đã sửa lại từ hôm nay."


def test_an_answer_is_withheld_within_a_minute_and_its_owner_hears_of_the_change(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "kb"
    shutil.copytree(ROOT / "knowledge_base", folder)
    registered(folder, "status: in_force; in_force_to: 2199-01-01")
    cite_only(article_file(folder, ARTICLE), "thu-nghiem")
    installation = Installation(tmp_path / "var", {"DONGHANH_KNOWLEDGE_DIR": str(folder)})
    try:
        installation.start()
        with (
            closing(installation.database()) as database,
            closing(WebOwner(installation.url, database)) as owner,
            closing(WebOwner(installation.url, database)) as other,
        ):
            assert outcome(owner.write(QUESTION)) == Outcome.ANSWER
            withhold(folder, other)
            correct(folder, owner, other, database)
    finally:
        installation.end()


def withhold(folder: Path, owner: WebOwner) -> None:
    """The document ends; nobody restarts anything."""
    edited = time.monotonic()
    edit(folder / "register.yml", "in_force_to: 2199-01-01", "in_force_to: 2026-01-01")
    while outcome(owner.write(QUESTION)) == Outcome.ANSWER:
        assert time.monotonic() - edited < A_MINUTE, "the old answer is still given"
    edit(folder / "register.yml", "in_force_to: 2026-01-01", "in_force_to: 2199-01-01")


def correct(folder: Path, owner: WebOwner, other: WebOwner, database: Database) -> None:
    """The article is corrected, and told to who has the old text; the button opens the new one."""
    file = article_file(folder, ARTICLE)
    before = read_knowledge(folder).articles[ARTICLE].mark
    edit(file, "title: ", "title: Sửa. ")
    knowledge = read_knowledge(folder)
    article = knowledge.articles[ARTICLE]
    with database.reading() as session:
        assert set(session.scalars(select(GivenAnswer.mark))) == {before}
    edited = time.monotonic()
    while marks(database, other.write(QUESTION)) != [article.mark]:
        assert time.monotonic() - edited < A_MINUTE, "the old text is still given"
    now = system_clock()
    with database.transaction() as session:
        seed = Seed(session, now)
        lan, minh = seed.officer("lan"), seed.officer("minh")
        service = CorrectionService(session, knowledge)
        draft = CorrectionDraft(ARTICLE, article.mark, Audience.OLD_TEXT, TEXT)
        service.approve(service.propose(draft, lan, now=now).id, minh, now=now)

    def told() -> bool:
        with database.reading() as session:
            return session.scalar(select(Message.id).where(Message.text == TEXT)) is not None

    by_then(told, seconds=A_MINUTE)
    assert marks(database, owner.press("/pick_article")) == [article.mark]
    with database.reading() as session:
        said = select(Message.conversation_id).where(Message.text == TEXT)
        assert session.scalars(said).all() == [owner.conversation_id]


def marks(database: Database, replies: list[Message]) -> list[str]:
    """By which marks the replies give articles."""
    given = select(GivenAnswer.mark).where(
        GivenAnswer.message_id.in_([reply.id for reply in replies])
    )
    with database.reading() as session:
        return list(session.scalars(given))
