"""The rows behind the numbers of a campaign, a question cut by what the register says, tables."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from sqlalchemy.orm import Session

from bot.console.frame.downloads import table_to_keep
from bot.console.frame.gate import InHouse, SignedIn, at_this_instant, requires
from bot.console.frame.pages import pages_of
from bot.console.surveys.campaign_form import words_of
from bot.console.surveys.campaign_page import AnswerTitles
from bot.domain.assessments.assessment import Assessment
from bot.domain.assessments.question import (
    NONE_OF_THEM,
    NOT_APPLICABLE,
    UNKNOWN,
    Answer,
    Question,
    QuestionKind,
    is_number,
)
from bot.domain.input.cleaning import clean_line
from bot.domain.input.row_id import read_row_id
from bot.domain.office.roles import Permission
from bot.domain.surveys.campaign import InvitationState, Way
from bot.domain.surveys.link import link_token
from bot.house import House
from bot.services.assessments.told_answer import told_answer
from bot.services.enterprises.profile_words import ProfileWords
from bot.services.surveys.campaigns import CampaignService, takes_answers
from bot.services.surveys.figures import OF_NUMBERS, Cut, SurveyFigures
from bot.services.surveys.invitation_list import (
    PAGE_SIZE,
    InvitationFilter,
    InvitationList,
    InvitedEnterprise,
)
from bot.storage.models import Campaign
from bot.table_file import Cell, table_file
from bot.texts.filters import day

router = APIRouter(prefix="/surveys", dependencies=[Depends(requires(Permission.RUN_SURVEYS))])


LONGEST_SEARCH = 200
LAST_PAGE = 10_000

NO_WORDS = ((UNKNOWN,), (NOT_APPLICABLE,))
SAID = "co_loi"
"""Stands as the answer for all that wrote any free words."""

HEADS = ("enterprise", "tax_code", "sector", "commune", "size", "way", "answered")


@dataclass(frozen=True)
class RowsWish:
    """What the address of the rows asks for. `answer`, `least`, `most`: to the question."""

    filter: InvitationFilter
    question: str
    answer: str
    least: float | None
    most: float | None
    page: int
    query: str

    def means(self, given: Answer) -> bool:
        """Whether somebody's answer is one of those that a number counts."""
        if self.least is not None:
            return any(is_number(one) and self._is_within(float(one)) for one in given)
        if self.answer == SAID:
            return given not in NO_WORDS
        return not self.answer or self.answer in (given or (NONE_OF_THEM,))

    def _is_within(self, number: float) -> bool:
        least, most = self.least or 0, self.most
        return least <= number and (most is None or number < most)


def _rows_wish(request: Request) -> RowsWish:
    asked = request.query_params
    cut, page = asked.get("by", ""), read_row_id(asked.get("page", ""))
    state, way = asked.get("state", ""), asked.get("way", "")
    return RowsWish(
        filter=InvitationFilter(
            state=state if state in set(InvitationState) else "",
            way=way if way in set(Way) else "",
            begun=asked.get("begun") == "1",
            stopped=asked.get("stopped"),
            cut=Cut(cut) if cut in set(Cut) else None,
            group=asked.get("group", ""),
            text=clean_line(asked.get("q", ""), LONGEST_SEARCH),
        ),
        question=asked.get("question", ""),
        answer=asked.get("answer", ""),
        least=_number(asked.get("least", "")),
        most=_number(asked.get("most", "")),
        page=min(page or 1, LAST_PAGE),
        query=urlencode({name: value for name, value in asked.items() if name != "page"}),
    )


Wished = Annotated[RowsWish, Depends(_rows_wish)]


@router.get("/{campaign_id}/rows", name="survey_rows")
def survey_rows(request: Request, house: InHouse, wish: Wished, campaign_id: int) -> Response:
    """The enterprises behind a number."""
    with house.database.reading() as session:
        campaign, questions = _known(session, house, campaign_id)
        chosen = questions.question(wish.question)
        rows, count, words = _rows(session, campaign, wish, chosen)
        titles = AnswerTitles(house.texts, questions)
        return pages_of(request).page(
            request,
            "survey_rows.html",
            campaign=campaign,
            wish=wish,
            question=chosen,
            answer=titles.title(chosen, wish.answer)
            if chosen and wish.answer not in ("", SAID)
            else "",
            stopped=questions.question(wish.filter.stopped or ""),
            group=_group(house, wish.filter),
            rows=rows,
            words_of_row=words,
            found=count,
            page=wish.page,
            pages=max(1, -(-count // PAGE_SIZE)),
            profile_words=words_of(house),
        )


def _rows(
    session: Session, campaign: Campaign, wish: RowsWish, question: Question | None
) -> tuple[list[InvitedEnterprise], int, dict[int, str]]:
    """A page of rows, how many there are, and the free words of each, by invitation."""
    listed = InvitationList(session, campaign)
    if question is None:
        return listed.page(wish.filter, wish.page), listed.count(wish.filter), {}
    told = SurveyFigures(session, campaign).who(question.id)
    # An answer is given by who answered: beside it only the register narrows.
    within = listed.ids(wish.filter) if wish.filter.cut is not None else None
    ids = [id_ for id_, given in told if wish.means(given) and (within is None or id_ in within)]
    first = (wish.page - 1) * PAGE_SIZE
    shown = ids[first : first + PAGE_SIZE]
    return listed.of_ids(shown), len(ids), _free_words(question, dict(told), shown)


def _free_words(
    question: Question, told: dict[int, Answer], shown: Sequence[int]
) -> dict[int, str]:
    if question.kind is not QuestionKind.TEXT:
        return {}
    return {id_: told[id_][0] for id_ in shown if told[id_] not in NO_WORDS}


@router.get("/{campaign_id}/questions/{question}", name="survey_question")
def survey_question(
    request: Request, house: InHouse, campaign_id: int, question: str, by: str = Cut.SECTOR
) -> Response:
    """What was said to a question, by sector, size or commune."""
    cut = Cut(by) if by in set(Cut) else Cut.SECTOR
    with house.database.reading() as session:
        campaign, questions = _known(session, house, campaign_id)
        chosen = questions.question(question)
        if chosen is None:
            raise HTTPException(404)
        groups = SurveyFigures(session, campaign).cut(questions, chosen, cut)
        counts = {
            group: {told.value: told.count for told in found.told}
            for group, found in groups.items()
        }
        return pages_of(request).page(
            request,
            "survey_question.html",
            campaign=campaign,
            question=chosen,
            by=cut,
            groups=groups,
            counts=counts,
            shown_values=list(dict.fromkeys(value for of in counts.values() for value in of)),
            has_spread=any(found.spread for found in groups.values()),
            title_of=AnswerTitles(house.texts, questions).title,
            group_title=_group_title(words_of(house), cut),
            cuts=list(Cut),
        )


@router.get("/{campaign_id}/answers.xlsx", name="survey_answers")
def survey_answers(house: InHouse, campaign_id: int) -> Response:
    """All answers as an Excel file: a row an enterprise, a column a question."""
    say = house.texts.say
    with house.database.reading() as session:
        campaign, questions = _known(session, house, campaign_id)
        words = words_of(house)
        rows = [
            [*_about(house, words, row), *_told(house, questions, given)]
            for row, given in InvitationList(session, campaign).answered()
        ]
        name = say("survey.answers_name", id=campaign.id)
    heads = [say(f"survey.table_{head}") for head in HEADS]
    heads += [one.text for one in questions.questions]
    return table_to_keep(table_file(heads, rows), name)


@router.post("/{campaign_id}/links", name="survey_links")
def survey_links(house: InHouse, visitor: SignedIn, campaign_id: int) -> Response:
    """The links for the department's own letters; from now on these count as sent."""
    say, now = house.texts.say, house.clock()
    rows: list[list[Cell]] = []
    with house.database.transaction() as session:
        at_this_instant(session, visitor)
        campaign, _ = _known(session, house, campaign_id)
        if not takes_answers(campaign, now):
            raise HTTPException(409)
        for row in InvitationList(session, campaign).links():
            token = link_token(row.invitation.id, campaign.secret)
            address = f"{house.settings.base_url.rstrip('/')}/khao-sat/{token}"
            rows.append([row.name, row.person, row.phone, row.email, address])
            if row.invitation.state == InvitationState.WAITING:
                row.invitation.state, row.invitation.sent_at = InvitationState.SENT, now
        name = say("survey.links_name", id=campaign.id)
    heads = ("enterprise", "person", "phone", "email", "link")
    titles = [say(f"survey.table_{head}") for head in heads]
    return table_to_keep(table_file(titles, rows), name)


def _known(session: Session, house: House, campaign_id: int) -> tuple[Campaign, Assessment]:
    service = CampaignService(session, house.library.tables.surveys)
    campaign = service.find(campaign_id)
    questions = service.questions(campaign) if campaign is not None else None
    if campaign is None or questions is None:
        raise HTTPException(404)
    return campaign, questions


def _number(text: str) -> float | None:
    return float(text) if is_number(text) else None


def _group(house: House, wish: InvitationFilter) -> str:
    """The sector, size or commune of the rows; empty where none is chosen."""
    if wish.cut is None:
        return ""
    return _group_title(words_of(house), wish.cut)(wish.group) if wish.group else "–"


def _group_title(words: ProfileWords, cut: Cut) -> Callable[[str], str]:
    named: dict[Cut, Callable[[str], str]] = {
        Cut.SECTOR: words.sector,
        Cut.SIZE: words.size,
        Cut.COMMUNE: words.commune,
    }
    return named[cut]


def _about(house: House, words: ProfileWords, row: InvitedEnterprise) -> list[Cell]:
    answered_at = row.invitation.answered_at
    return [
        row.name,
        row.tax_code,
        words.sector(row.sector) if row.sector else "",
        words.commune(row.commune) if row.commune else "",
        words.size(row.size_class) if row.size_class else "",
        house.texts.say(f"survey.way_{row.invitation.way}") if row.invitation.way else "",
        day(answered_at) if answered_at is not None else "",
    ]


def _told(house: House, questions: Assessment, given: dict[str, Answer]) -> list[Cell]:
    """Each answer in words; a number as a number, so that it can be added up."""
    cells: list[Cell] = []
    for question in questions.questions:
        answer = given.get(question.id)
        if answer is None:
            cells.append(None)
        elif question.kind in OF_NUMBERS and len(answer) == 1 and is_number(answer[0]):
            cells.append(float(answer[0]))
        else:
            cells.append(told_answer(house.texts.say, questions, question, answer))
    return cells
