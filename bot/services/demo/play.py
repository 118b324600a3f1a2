"""What is made up, as it stands in `play.yml`."""

from functools import cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, model_validator
from ruamel.yaml import YAML

from bot.domain.enterprise.profile import LegalForm
from bot.domain.office.absence import Handing
from bot.domain.office.roles import Role
from bot.domain.requests.rating import LowReason

FILE = Path(__file__).with_name("play.yml")

VERBS = (
    "claim", "reply", "ask", "owner", "note", "transfer", "release", "await", "close", "rate",
    "late", "leave", "merge", "silence",
)  # fmt: skip
"""What a step may be: each is one thing that somebody does."""

Hours = Annotated[float, Field(ge=0)]
"""Of office time."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Person(_Part):
    """Somebody of the department."""

    id: str
    username: str
    name: str
    role: Role
    office: str


class Away(_Part):
    """Days on which a person is away, counted from today."""

    person: str
    first: int
    last: int
    handing: Handing
    substitute: str = ""


class Canned(_Part):
    """A reply that an office keeps."""

    by: str
    title: str
    text: str


class Company(_Part):
    """An enterprise and who writes for it. `revenue`, `capital`: millions of đồng."""

    id: str
    name: str
    form: LegalForm
    sector: str
    staff: int
    revenue: int
    capital: int
    products: str
    exports: bool
    markets: str
    owner: str
    role: str
    phone: str = ""
    email: str = ""
    code: str = ""
    surveys: bool

    @property
    def reach(self) -> str:
        """How its owner is reached."""
        return self.phone or self.email


class Asked(_Part):
    """What an owner asked the assistant, and the article that it gave."""

    owner: str
    article: str


class CaseStep(_Part):
    """One thing that was done, `after` so many hours. `verb`: which; `said`: with what words."""

    after: Hours
    verb: str
    said: str = ""
    by: str = ""
    article: str = ""
    words: str = ""
    authority: str = ""
    reason: LowReason | None = None
    why: str = ""

    @model_validator(mode="before")
    @classmethod
    def _one_verb(cls, given: Any) -> Any:
        named = [verb for verb in VERBS if verb in given]
        if len(named) != 1:
            raise ValueError(f"a step is one of {', '.join(VERBS)}")
        rest = {key: value for key, value in given.items() if key != named[0]}
        return {**rest, "verb": named[0], "said": str(given[named[0]])}


class Case(_Part):
    """A request: filed `ago` hours, with what was asked before and done after."""

    id: str
    enterprise: str = ""
    owner: str = ""
    same_chat: str = ""
    ago: Hours
    topic: str
    talk: bool = False
    chat: tuple[Asked, ...] = ()
    question: str
    steps: tuple[CaseStep, ...] = ()


class Run(_Part):
    """A self-assessment that the owner of a case took."""

    case: str
    assessment: str
    ago: Hours


class Survey(_Part):
    """A campaign among the made-up enterprises alone; `days`: how long it runs."""

    questionnaire: str
    title: str
    words: str
    by: str
    ago: Hours
    days: int
    answered: tuple[str, ...]


class CrowdWords(_Part):
    """How those are called who are made in thousands; `{number}` stands for which of them."""

    owner: str
    enterprise: str
    questions: tuple[str, ...]


class Play(_Part):
    """All of it."""

    people: tuple[Person, ...]
    absences: tuple[Away, ...]
    canned: tuple[Canned, ...]
    enterprises: tuple[Company, ...]
    cases: tuple[Case, ...]
    runs: tuple[Run, ...]
    survey: Survey
    crowd: CrowdWords

    def company(self, id_: str) -> Company | None:
        """The enterprise of an id."""
        return next((one for one in self.enterprises if one.id == id_), None)


@cache
def read_play() -> Play:
    """The file, read and checked."""
    return Play.model_validate(YAML(typ="safe").load(FILE.read_text("utf-8")))
