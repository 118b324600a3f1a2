"""The form of a new campaign: what is typed, what it means, and how many it would ask."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time

from fastapi import Request, Response
from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from bot.console.frame.forms import field as typed
from bot.console.frame.pages import pages_of
from bot.domain.clock import VIETNAM
from bot.domain.enterprise.size_class import SizeClass
from bot.domain.enterprise.tax_code import LENGTHS
from bot.domain.input.lengths import TYPED_TAX_CODE
from bot.domain.surveys.campaign import TITLE_LIMIT, WORDS_LIMIT
from bot.domain.surveys.target import Target
from bot.house import House
from bot.services.enterprises.profile_words import ProfileWords
from bot.services.surveys.audience import Audience, AudienceSize
from bot.services.surveys.campaigns import CampaignDraft
from bot.services.surveys.invitation_message import InvitationMessage
from bot.storage.models import Campaign

OPENS, CLOSES, REMINDS = time(8), time(17), time(9)
"""In Vietnam: at which hour of its day a campaign opens, closes and reminds."""

_BETWEEN_CODES = re.compile(r"[\r\n,;]+")
_WITHIN_CODE = re.compile(r"[\s.-]")


@dataclass(frozen=True)
class Typed:
    """The fields as they were typed; `unknown`: what is no tax code, or that of no enterprise."""

    title: str = ""
    questionnaire: str = ""
    words: str = ""
    sectors: tuple[str, ...] = ()
    communes: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()
    codes: str = ""
    opens_on: str = ""
    closes_on: str = ""
    remind_on: str = ""
    ids: tuple[int, ...] = ()
    unknown: tuple[str, ...] = field(default=())

    @property
    def target(self) -> Target:
        """Whom it means."""
        return Target(self.sectors, self.communes, self.sizes, self.ids)

    def draft(self) -> CampaignDraft:
        """What is kept of it; days that are none are None."""
        remind = _instant(self.remind_on, REMINDS)
        return CampaignDraft(
            title=self.title,
            questionnaire=self.questionnaire,
            words=self.words,
            target=self.target,
            opens_at=_instant(self.opens_on, OPENS),
            closes_at=_instant(self.closes_on, CLOSES),
            remind_at=remind,
        )

    @property
    def problem(self) -> str:
        """What keeps it from being a draft, by the reason's name; empty where nothing does."""
        if self.unknown or (self.codes and not self.ids):
            # A list that says nothing is not the whole register.
            return "codes"
        is_odd_day = self.remind_on and _instant(self.remind_on, REMINDS) is None
        return "dates" if is_odd_day else ""


def read_form(form: FormData, session: Session, house: House) -> Typed:
    """The fields of a post; what is in no list is left out."""
    tables = house.library.tables
    codes = typed(form, "codes")
    wanted, unread = _codes(codes)
    ids, unknown = Audience(session).named(wanted)
    return Typed(
        title=typed(form, "title"),
        questionnaire=typed(form, "questionnaire"),
        words=typed(form, "words"),
        sectors=_chosen(form, "sectors", {one.code for one in tables.sectors.sectors}),
        communes=_chosen(form, "communes", {one.code for one in tables.places.communes}),
        sizes=_chosen(form, "sizes", set(SizeClass)),
        codes=codes,
        opens_on=typed(form, "opens_on"),
        closes_on=typed(form, "closes_on"),
        remind_on=typed(form, "remind_on"),
        ids=tuple(ids),
        unknown=(*unread, *unknown),
    )


def form_page(  # noqa: PLR0913
    request: Request,
    house: House,
    session: Session,
    given: Typed,
    *,
    problem: str = "",
    counted: bool = False,
) -> Response:
    """The form; `counted`: with how many it would ask, and how the invitation would read."""
    tables = house.library.tables
    size = Audience(session).size(given.target) if counted else None
    return pages_of(request).page(
        request,
        "survey_form.html",
        status=422 if problem else 200,
        problem=problem,
        given=given,
        size=size,
        preview=preview(house, given) if counted else None,
        surveys=tables.surveys,
        sectors=tables.sectors.sectors,
        communes=tables.places.communes,
        sizes=list(SizeClass),
        profile_words=words_of(house),
        title_limit=TITLE_LIMIT,
        words_limit=WORDS_LIMIT,
    )


def preview(house: House, given: Typed) -> object:
    """The invitation as an owner would read it."""
    draft = given.draft()
    now = house.clock()
    campaign = Campaign(
        title=draft.title, words=draft.words, closes_at=draft.closes_at or now, target={}
    )
    questions = house.library.tables.surveys.get(draft.questionnaire)
    return message_of(house).invitation(campaign, questions, 0)


def message_of(house: House) -> InvitationMessage:
    """How the house words its invitations."""
    return InvitationMessage(house.texts, house.library.tables.department.name)


def words_of(house: House) -> ProfileWords:
    """How sectors, places and sizes are called."""
    tables = house.library.tables
    return ProfileWords(house.texts, tables.places, tables.sectors)


def size_of(session: Session, target: Target) -> AudienceSize:
    """How many a target means now."""
    return Audience(session).size(target)


def _codes(text: str) -> tuple[list[str], list[str]]:
    """The tax codes of a list, and what stands in it and is none."""
    codes, unread = [], []
    for line in filter(None, map(str.strip, _BETWEEN_CODES.split(text))):
        code = _WITHIN_CODE.sub("", line)
        is_code = code.isascii() and code.isdigit() and len(code) in LENGTHS
        if is_code:
            codes.append(code)
        else:
            unread.append(line[:TYPED_TAX_CODE])
    return codes, unread


def _chosen(form: FormData, name: str, known: set[str]) -> tuple[str, ...]:
    values = (value for value in form.getlist(name) if isinstance(value, str))
    return tuple(dict.fromkeys(value for value in values if value in known))


def _instant(day: str, at: time) -> datetime | None:
    try:
        return datetime.combine(date.fromisoformat(day), at, VIETNAM)
    except ValueError:
        return None
