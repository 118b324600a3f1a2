"""Runs and requests that an installation holds survive 0015, there and back."""

from datetime import datetime

from alembic import command
from alembic.config import Config
from sqlalchemy import MetaData, func, insert, select, text

from bot.domain.assessments.assessment import Assessment
from bot.services.assessments.attempts import AttemptService
from bot.storage.database import MIGRATIONS, Database
from bot.storage.models import Attempt, AttemptAnswer, Request
from tests.support.data.assessments import dimension, small_assessment

SMALL = small_assessment(dimensions=[dimension("a"), dimension("b", 1)])


def bring(database: Database, revision: str, *, back: bool = False) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        (command.downgrade if back else command.upgrade)(config, revision)


def fill(database: Database, now: datetime) -> None:
    """A run in its middle and a finished one, and a request, as the version before wrote them."""
    tables = MetaData()
    tables.reflect(database.engine)
    run = {
        "conversation_id": "c", "assessment": "small", "version": "1", "last_cause": "",
        "started_at": now, "updated_at": now,
    }  # fmt: skip
    rows: list[tuple[str, dict[str, object]]] = [
        ("contacts", {"id": 1, "created_at": now, "enterprise_name": "",
                      "unchecked_tax_code": "", "search_text": "",
                      "display_name": "", "phone": "", "email": ""}),
        ("conversations", {"id": "c", "channel": "web", "chat_key": "k", "contact_id": 1,
                           "handler": "bot", "reachable": True, "created_at": now}),
        ("attempts", {"id": 1, "state": "open", "position": 1, "started_by": "1", **run}),
        ("attempts", {"id": 2, "state": "finished", "position": 3, "started_by": "2",
                      "finished_at": now, **run}),
    ]  # fmt: skip
    for number, (attempt, question, score) in enumerate(
        [(1, "a-1", 5), (2, "a-1", 5), (2, "a-2", 0), (2, "b-1", 4)], start=1
    ):
        answer: dict[str, object] = {
            "id": number, "attempt_id": attempt, "question": question, "score": score,
            "cause": f"c{number}", "answered_at": now,
        }  # fmt: skip
        rows.append(("attempt_answers", answer))
    with database.engine.begin() as connection:
        for name, values in rows:
            table = tables.tables[name]
            known = {key: one for key, one in values.items() if key in table.columns}
            connection.execute(insert(table).values(known))


def test_runs_go_on_and_come_back(empty_database: Database, now: datetime) -> None:
    bring(empty_database, "0014")
    fill(empty_database, now)
    bring(empty_database, "head")
    with empty_database.transaction() as session:
        assessments: dict[str, Assessment] = {"small": SMALL}
        attempts = AttemptService(session, assessments)
        going = attempts.open_attempt("c")
        assert going is not None
        step = attempts.stand(going)
        assert (step.question, step.answers) == (SMALL.question("a-2"), {"a-1": ("5",)})
        done = attempts.finished_attempt("c")
        assert done is not None
        assert attempts.stand(done).result.percent == 65
        assert session.scalar(select(func.count()).select_from(Request)) == 0
    bring(empty_database, "0014", back=True)
    with empty_database.engine.begin() as connection:
        scores = connection.execute(text("SELECT score FROM attempt_answers ORDER BY id"))
        assert [row[0] for row in scores] == [5, 5, 0, 4]
        positions = connection.execute(text("SELECT position FROM attempts ORDER BY id"))
        assert [row[0] for row in positions] == [0, 0]
    bring(empty_database, "head")
    with empty_database.transaction() as session:
        assert session.scalar(select(func.count()).select_from(Attempt)) == 2
        assert session.scalar(select(func.count()).select_from(AttemptAnswer)) == 4
