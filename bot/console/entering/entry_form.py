"""What stands in the form by which a case is entered, and what of it is missing or odd."""

from dataclasses import dataclass, field, fields
from datetime import date

from bot.console.frame.forms import field as typed_in
from bot.console.frame.gate import Submitted
from bot.console.frame.offices import is_answering
from bot.domain.enterprise.intake import EnterpriseGiven, EnterpriseUnread, read_enterprise
from bot.domain.enterprise.reach import Reach, ReachProblem, read_reach
from bot.domain.input.cleaning import clean_line
from bot.domain.input.lengths import ENTERPRISE_NAME, PERSON_NAME, TYPED_TAX_CODE
from bot.domain.talk.messages import TEXT_LIMIT, ChannelName
from bot.domain.talk.way import TOLD_BY_HAND
from bot.house import House

AS_TYPED = "as_typed"
"""What the choice of an enterprise says where none of the register is meant."""

ENTERPRISE_LIMIT = 400
"""Characters of what is typed of an enterprise: a name and its code."""


@dataclass(frozen=True)
class Typed:
    """The fields as they were typed.

    `chosen`: an id of the register, `AS_TYPED` or empty; `looked_for`: the words for which the
    enterprises on the page were looked up.
    """

    origin: str = ChannelName.PHONE
    name: str = ""
    reach: str = ""
    enterprise: str = ""
    chosen: str = ""
    looked_for: str = ""
    question: str = ""
    topic: str = ""
    office: str = ""
    agreed: str = ""

    @classmethod
    def of(cls, form: Submitted) -> "Typed":
        """The fields of a form."""
        return cls(**{one.name: typed_in(form, one.name) for one in fields(cls)})


@dataclass(frozen=True)
class EnterpriseOfForm:
    """The enterprise as it will be filed. `id`: of the register, where one was chosen."""

    id: int | None = None
    name: str = ""
    tax_code: str = ""
    unchecked: str = ""


@dataclass(frozen=True)
class Checked:
    """What is wrong with a form, a word of `entry.html` each, and what its reach comes to."""

    problems: list[str] = field(default_factory=list)
    reach: str = ""


def checked(house: House, typed: Typed) -> Checked:
    """Everything that can be said of the fields alone; the enterprise is looked up elsewhere."""
    problems = []
    if typed.origin not in TOLD_BY_HAND:
        problems.append("origin")
    if not 0 < len(typed.name) <= PERSON_NAME:
        problems.append("name")
    reach = read_reach(typed.reach)
    if not isinstance(reach, Reach):
        problems.append("reach_long" if reach is ReachProblem.LONG else "reach")
    if not 0 < len(typed.question) <= TEXT_LIMIT:
        problems.append("question")
    if len(typed.enterprise) > ENTERPRISE_LIMIT:
        problems.append("enterprise_long")
    if typed.topic not in house.library.current.topics:
        problems.append("topic")
    if typed.office and not is_answering(house, typed.office):
        problems.append("office")
    if typed.agreed != "1":
        problems.append("agreed")
    return Checked(problems, reach.text if isinstance(reach, Reach) else "")


def as_given(text: str, *, today: date) -> EnterpriseOfForm:
    """An enterprise as it was typed: a code that is not right is kept for somebody to check."""
    given = read_enterprise(text, today=today) if text else EnterpriseGiven()
    if isinstance(given, EnterpriseUnread):
        wrong = next(iter(given.typed), "")
        # What no owner would be taken to call an enterprise, an officer wrote for one.
        name = given.name if wrong else clean_line(text, ENTERPRISE_NAME)
        return EnterpriseOfForm(name=name, unchecked=wrong[:TYPED_TAX_CODE])
    return EnterpriseOfForm(name=given.name, tax_code=given.tax_code)
