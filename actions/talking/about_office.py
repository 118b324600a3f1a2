"""How one office is reached: what was filled in for it, else the way that there is."""

from dataclasses import dataclass

from actions.shape.desk import Desk
from actions.shape.turn import Turn
from bot.domain.office.reach_asked import ReachAsked, reach_asked, reach_of_it_asked
from bot.domain.talk.messages import Choice
from bot.domain.talk.reply import Reply
from bot.domain.talk.understanding import Outcome
from bot.domain.text.plain import plain
from bot.knowledge.office.office import Office
from bot.knowledge.served import Knowledge

_WAYS = (ReachAsked.TELEPHONE, ReachAsked.EMAIL, ReachAsked.ADDRESS, ReachAsked.SITE)
"""By which somebody is reached; an answer to "liên hệ thế nào" names those that are missing."""

_TOLD_OF_ALL = (*_WAYS, ReachAsked.PERSON, ReachAsked.HOURS)


@dataclass(frozen=True)
class OfficeAsked:
    """An office, and what is asked of it. `by_work`: it was not named itself."""

    office: Office
    asked: ReachAsked
    by_work: bool


def office_asked(knowledge: Knowledge, text: str, last_article: str = "") -> OfficeAsked | None:
    """The office whose reach a text asks for: the one it names, else that of the last article.

    None where it asks for no such thing.
    """
    named = knowledge.office_in(text)
    if named is not None:
        asked = reach_asked(named.said, is_own_name=named.is_own_name, is_inside=named.is_inside)
        if asked is None:
            return None
        return OfficeAsked(named.office, asked, by_work=not named.is_own_name)
    article = knowledge.articles.get(last_article)
    if article is None:
        return None
    titled = knowledge.office_in(article.title)
    asked = reach_of_it_asked(plain(text), is_inside=titled is not None and titled.is_inside)
    if asked is None:
        return None
    return OfficeAsked(knowledge.office(article.office), asked, by_work=True)


def about_office(desk: Desk, turn: Turn, choices: list[Choice]) -> Reply | None:
    """The reply on the office that a turn asks for; None where it asks for none.

    Within a form "số điện thoại" is what the form wishes to know.
    """
    last = "" if turn.active_form else turn.slot("last_article")
    found = office_asked(desk.knowledge, turn.text, last)
    if found is None:
        return None
    office, asked = found.office, found.asked
    all_asked = asked is ReachAsked.REACH
    lines = {one: _line(desk, office, one) for one in _TOLD_OF_ALL}
    is_told = any(lines[one] for one in _WAYS) if all_asked else bool(lines[asked])
    wished = _TOLD_OF_ALL if all_asked else (asked,)
    told = [lines[one] for one in wished if is_told and lines[one]]
    missing = [one for one in _WAYS if all_asked and is_told and not lines[one]]
    return desk.say(
        "department.office",
        Outcome.ANSWER,
        choices,
        name=desk.title_of(office),
        what=_what(desk, asked),
        by_work=found.by_work or asked is ReachAsked.PERSON,
        told_lines=told,
        missing_ways=[_what(desk, one) for one in missing],
        other_lines=[] if told else [lines[one] for one in _WAYS if lines[one]],
        our_lines=[] if told or office.external else _ours(desk, asked),
        external=office.external,
        site=office.site,
    )


def _line(desk: Desk, office: Office, asked: ReachAsked) -> str:
    """One line of what is filled in; empty where it is not. Our own offices keep the calendar."""
    value = getattr(office, asked)
    if asked is ReachAsked.HOURS and not value and not office.external:
        value = desk.sittings()
    return _say(desk, asked, value, office.map)


def _ours(desk: Desk, asked: ReachAsked) -> list[str]:
    """How the department itself is reached: in the way that was asked for, else in any."""
    department = desk.tables().department
    lines = {one: _say(desk, one, getattr(department, one), department.map) for one in _WAYS}
    same = lines.get(asked)
    return [same] if same else [line for line in lines.values() if line]


def _say(desk: Desk, asked: ReachAsked, value: str, map_: str) -> str:
    return value and desk.texts.say(f"department.office_{asked}", value=value, map=map_)


def _what(desk: Desk, asked: ReachAsked) -> str:
    return desk.texts.say(f"department.office_what_{asked}")
