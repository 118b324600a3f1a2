"""What the page of a request shows, gathered in one transaction."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from bot.domain.requests.form_run import Line, form_runs
from bot.domain.talk.understanding import Outcome, Understanding
from bot.domain.talk.way import TOLD_BY_HAND
from bot.knowledge.library import Knowledge
from bot.services.messaging.outbox import OutboxService
from bot.services.messaging.transcript import Author
from bot.services.requests.case_record import CaseRecord
from bot.services.requests.enterprises import EnterpriseService
from bot.services.requests.owner_language import writes_english
from bot.services.requests.request_history import RequestHistory
from bot.services.requests.requests import RequestService
from bot.services.requests.sight import Sight
from bot.services.staff.officers import OfficerService
from bot.storage.models import Message, Request

NEWEST = 100
WHOLE = 5000


@dataclass(frozen=True)
class Tried:
    """What the assistant tried in a reply: titles instead of ids."""

    outcome: Outcome
    article: str
    confidence: float
    alternatives: list[str]


@dataclass(frozen=True)
class MessageView:
    """A message with who wrote it, what was understood, and whether it arrived.

    `delivery`: state of its delivery (`models.flow.Delivery`), empty for the owner's words.
    """

    row: Message
    officer: str
    tried: Tried | None
    delivery: str


@dataclass(frozen=True)
class Stretch:
    """Messages that follow each other; folded where they are the form of a request."""

    views: Sequence[MessageView]
    is_folded: bool


def case_view(
    session: Session, knowledge: Knowledge, request: Request, sight: Sight, *, whole: bool
) -> dict[str, Any]:
    """The values of `case.html`, as far as the person's sight goes."""
    limit = WHOLE if whole else NEWEST
    record = CaseRecord(session)
    rows = sight.messages(limit=limit)
    by_hand = request.conversation.channel in TOLD_BY_HAND
    # Where nothing goes out, what the house would have said was told to nobody.
    said = [row for row in rows if not (by_hand and row.author == Author.SYSTEM)]
    views = message_views(session, knowledge, said)
    enterprise = request.enterprise_id
    names_given = EnterpriseService(session).names_given(enterprise) if enterprise else []
    return {
        "case": record.request(request.id),
        "names_given": names_given,
        "by_hand": by_hand,
        "writes_english": writes_english(request),
        "messages": views,
        "stretches": stretches(views, RequestService(session).causes(request.conversation_id)),
        "shown": rows[-1].id if rows else 0,
        "is_cut": not whole and len(rows) == NEWEST,
        "history": RequestHistory(session).lines(request),
        "elsewhere": sight.elsewhere(),
        "seen": record.fingerprint(request, sight),
    }


def message_views(
    session: Session, knowledge: Knowledge, rows: Sequence[Message]
) -> list[MessageView]:
    """Messages as the page shows them."""
    sent = [row.id for row in rows if row.author != Author.OWNER]
    deliveries = OutboxService(session).states(sent)
    names = OfficerService(session).full_names(
        {row.officer_id for row in rows if row.officer_id is not None}
    )
    return [
        MessageView(
            row=row,
            officer=names.get(row.officer_id or 0, ""),
            tried=_tried(row, knowledge),
            delivery=deliveries.get(row.id, ""),
        )
        for row in rows
    ]


def stretches(views: Sequence[MessageView], filings: Collection[str]) -> list[Stretch]:
    """Messages in their order, those by which a request was filed in stretches of their own.

    `filings`: the causes of the conversation's requests.
    """
    found: list[Stretch] = []
    begin = 0
    for run in form_runs([_line(view.row, filings) for view in views]):
        found.append(Stretch(views[begin : run.start], is_folded=False))
        found.append(Stretch(views[run.start : run.stop], is_folded=True))
        begin = run.stop
    found.append(Stretch(views[begin:], is_folded=False))
    return [stretch for stretch in found if stretch.views]


def _line(row: Message, filings: Collection[str]) -> Line:
    asks = row.author == Author.BOT and (row.understanding or {}).get("outcome") == Outcome.REQUEST
    return Line(
        by_owner=row.author == Author.OWNER,
        asks=asks,
        files=asks and row.cause in filings and row.ordinal == 0,
    )


def _tried(row: Message, knowledge: Knowledge) -> Tried | None:
    if row.understanding is None:
        return None
    understood = Understanding.model_validate(row.understanding)
    return Tried(
        outcome=understood.outcome,
        article=_title(understood.article, knowledge) if understood.article else "",
        confidence=understood.confidence,
        alternatives=[
            _title(other, knowledge)
            for other in understood.alternatives
            if other != understood.article
        ],
    )


def _title(article_id: str, knowledge: Knowledge) -> str:
    # An article may have been taken out of the knowledge base since.
    article = knowledge.articles.get(article_id)
    return article.title if article else article_id
