"""Makes a demo: once, marked row by row, and nothing where real cases are unless it is told to."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bot.knowledge.library import Library
from bot.services.demo.cases import Cases
from bot.services.demo.cast import bring_absences, bring_canned_replies, bring_people
from bot.services.demo.companies import bring_companies
from bot.services.demo.play import read_play
from bot.services.demo.runs import play_runs, play_survey
from bot.services.demo.stage import Stage
from bot.services.upkeep.demo_rows import DemoRows
from bot.texts import Texts


class DemoRefused(Exception):
    """Nothing is made. `reason`: there, real."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Made:
    """What was made; `usernames`: of those who can sign in."""

    usernames: tuple[str, ...]
    enterprises: int
    cases: int


class Seeding:
    """Fills an installation. `password`: of all the people that it makes."""

    def __init__(self, session: Session, library: Library, texts: Texts) -> None:
        self._session = session
        self._library = library
        self._texts = texts

    def seed(self, password: str, *, beside_real: bool, now: datetime) -> Made:
        """People, enterprises, cases, runs and a survey.

        Raises:
            DemoRefused: there is a demo already; or there are real cases, and it was not told that
                they do not matter.
        """
        rows = DemoRows(self._session)
        if rows.is_there():
            raise DemoRefused("there")
        if rows.has_real_cases() and not beside_real:
            raise DemoRefused("real")
        stage, play = Stage(self._session, self._library, self._texts, now), read_play()
        bring_people(stage, play, password)
        bring_absences(stage, play)
        bring_canned_replies(stage, play)
        bring_companies(stage, play)
        Cases(stage, play).play()
        play_runs(stage, play)
        play_survey(stage, play)
        return Made(
            usernames=tuple(one.username for one in stage.people.values()),
            enterprises=len(stage.enterprises),
            cases=len(stage.requests),
        )
