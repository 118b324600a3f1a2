"""Approved conclusions as what they add to the files."""

from collections.abc import Collection, Iterable
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.domain.talk.gap import ConclusionKind, ConclusionState
from bot.domain.text.plain import plain
from bot.knowledge.additions.added_article import AddedArticle
from bot.knowledge.additions.additions import AddedPhrasing, Additions
from bot.knowledge.settled import SettledQuestion
from bot.storage.base import Base
from bot.storage.models import GapConclusion, GapGroup, Officer, RegressionCase

Row = TypeVar("Row", bound=Base)

APPROVED = GapConclusion.state == ConclusionState.APPROVED


def approved_stamp(session: Session) -> tuple[object, ...]:
    """How many are approved, how many of them taken in, and when the last one was."""
    counted = select(
        func.count(GapConclusion.id),
        func.count(GapConclusion.taken_in_at),
        func.max(GapConclusion.decided_at),
    ).where(APPROVED)
    return tuple(session.execute(counted).one())


def approved_additions(session: Session, *, but: Collection[str] = ()) -> Additions:
    """All that is approved. Taken in, only its settled questions are left to add.

    `but`: plain wordings that are being settled anew.
    """
    approved = session.scalars(
        select(GapConclusion).where(APPROVED).order_by(GapConclusion.decided_at, GapConclusion.id)
    )
    return sum((_addition(conclusion, but) for conclusion in approved), Additions())


def not_taken_in(session: Session) -> list[GapConclusion]:
    """What is approved and not yet in the files, oldest first."""
    wanted = select(GapConclusion).where(APPROVED, GapConclusion.taken_in_at.is_(None))
    return list(session.scalars(wanted.order_by(GapConclusion.decided_at, GapConclusion.id)))


def copy_approved(source: Session, target: Session) -> None:
    """Lays what one database has approved into another, empty one; no word of an owner's goes."""
    approved = list(source.scalars(select(GapConclusion).where(APPROVED)))
    people = {conclusion.proposed_by for conclusion in approved}
    for row in (
        *source.scalars(select(Officer).where(Officer.id.in_(people))),
        *source.scalars(
            select(GapGroup).where(GapGroup.id.in_({one.group_id for one in approved}))
        ),
    ):
        target.add(_copy(row))
    target.flush()
    target.add_all(_copy(one, decided_by=None) for one in approved)
    target.flush()
    target.add_all(_copy(case) for case in source.scalars(select(RegressionCase)))


def _copy(row: Row, **changes: object) -> Row:
    values = {column.name: getattr(row, column.name) for column in row.__table__.columns}
    return type(row)(**(values | changes))


def additions_of(conclusions: Iterable[GapConclusion]) -> Additions:
    """What conclusions add, one after the other."""
    return sum((_addition(conclusion) for conclusion in conclusions), Additions())


def _addition(conclusion: GapConclusion, but: Collection[str] = ()) -> Additions:
    texts = [str(text) for text in conclusion.texts if plain(text) not in but]
    settled = tuple(SettledQuestion(text, conclusion.article or None) for text in texts)
    if conclusion.taken_in_at is not None or conclusion.kind == ConclusionKind.OUT_OF_SCOPE:
        return Additions(settled=settled)
    articles = (
        (AddedArticle.model_validate(conclusion.draft),) if conclusion.draft is not None else ()
    )
    phrasings = tuple(AddedPhrasing(conclusion.article, text) for text in texts)
    return Additions(phrasings, articles, settled)
