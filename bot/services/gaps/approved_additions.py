"""Approved conclusions as what they add to the files."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.domain.talk.gap import NO_LONGER_SERVED, ConclusionKind, ConclusionState
from bot.domain.text.plain import plain
from bot.knowledge.additions.added_article import AddedArticle
from bot.knowledge.additions.additions import AddedPhrasing, Additions
from bot.knowledge.additions.taking_in import with_phrasings
from bot.knowledge.settled import SettledQuestion
from bot.storage.base import Base
from bot.storage.models import ArticleReview, GapConclusion, GapGroup, Officer, RegressionCase

Row = TypeVar("Row", bound=Base)

APPROVED = GapConclusion.state == ConclusionState.APPROVED

TO_TAKE_OUT = GapConclusion.state.in_(NO_LONGER_SERVED) & GapConclusion.taken_in_at.is_not(None)
"""Withdrawn or replaced after the files were given it."""

_IN_ORDER = (GapConclusion.decided_at, GapConclusion.id)


def approved_stamp(session: Session) -> tuple[object, ...]:
    """How many are approved and which, how many of them taken in, and when the last one was."""
    counted = select(
        func.count(GapConclusion.id),
        func.sum(GapConclusion.id),
        func.count(GapConclusion.taken_in_at),
        func.max(GapConclusion.decided_at),
    ).where(APPROVED)
    left = select(func.count(GapConclusion.id)).where(TO_TAKE_OUT)
    return (*session.execute(counted).one(), session.scalar(left))


def approved_additions(
    session: Session, *, but: Collection[str] = (), replaced: int | None = None
) -> Additions:
    """All that is approved. Taken in, only its settled questions are left to add.

    `but`: plain wordings that are being settled anew. `replaced`: a version that gives way.
    """
    approved = [
        one
        for one in session.scalars(select(GapConclusion).where(APPROVED).order_by(*_IN_ORDER))
        if one.id != replaced
    ]
    back = to_take_out(session)
    given_way = session.get(GapConclusion, replaced) if replaced is not None else None
    if given_way is not None and given_way.taken_in_at is not None and given_way not in back:
        back.append(given_way)
    wanted = _wanted_phrasings(approved)
    return sum(
        (
            *(_back(conclusion, wanted) for conclusion in back),
            *(_addition(conclusion, but) for conclusion in approved),
        ),
        Additions(),
    )


def not_taken_in(session: Session) -> list[GapConclusion]:
    """What is approved and not yet in the files, oldest first."""
    wanted = select(GapConclusion).where(APPROVED, GapConclusion.taken_in_at.is_(None))
    return list(session.scalars(wanted.order_by(*_IN_ORDER)))


def to_take_out(session: Session) -> list[GapConclusion]:
    """What the files still hold and is served no more, oldest first."""
    return list(session.scalars(select(GapConclusion).where(TO_TAKE_OUT).order_by(*_IN_ORDER)))


def known_conclusion(session: Session, conclusion_id: int) -> GapConclusion:
    """A conclusion that is known to be there.

    Raises:
        NoResultFound: there is none.
    """
    return session.get_one(GapConclusion, conclusion_id)


def additions_to_take_out(session: Session, conclusion_id: int) -> Additions:
    """What the files were given by one that holds no more, as `back_…`, and nobody else wants."""
    conclusion = session.get_one(GapConclusion, conclusion_id)
    return _back(
        conclusion, _wanted_phrasings(session.scalars(select(GapConclusion).where(APPROVED)))
    )


def _wanted_phrasings(approved: Iterable[GapConclusion]) -> Mapping[str, set[str]]:
    """The plain wordings that approved conclusions give to each article."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for one in approved:
        found[one.article] |= {plain(str(text)) for text in one.texts}
    return found


def copy_approved(source: Session, target: Session) -> None:
    """Lays what one database has approved into another, empty one; no word of an owner's goes."""
    approved = list(source.scalars(select(GapConclusion).where(APPROVED | TO_TAKE_OUT)))
    reviews = list(source.scalars(select(ArticleReview)))
    people = {one.proposed_by for one in approved} | {one.officer_id for one in reviews}
    for row in (
        *source.scalars(select(Officer).where(Officer.id.in_(people))),
        *source.scalars(
            select(GapGroup).where(GapGroup.id.in_({one.group_id for one in approved}))
        ),
    ):
        target.add(_copy(row))
    target.flush()
    nobody = {"decided_by": None, "withdrawn_by": None, "replaces_id": None}
    target.add_all(_copy(one, **nobody) for one in approved)
    target.flush()
    target.add_all(_copy(case) for case in source.scalars(select(RegressionCase)))
    target.add_all(_copy(review) for review in reviews)


def _copy(row: Row, **changes: object) -> Row:
    values = {column.name: getattr(row, column.name) for column in row.__table__.columns}
    return type(row)(**(values | changes))


def additions_of(conclusions: Iterable[GapConclusion]) -> Additions:
    """What conclusions add, one after the other."""
    return sum((_addition(conclusion) for conclusion in conclusions), Additions())


def article_of(conclusion: GapConclusion) -> AddedArticle | None:
    """The article that a conclusion wrote, as the files were given it or would be; or None."""
    if conclusion.draft is None:
        return None
    written = AddedArticle.model_validate(conclusion.draft)
    return with_phrasings(written, [str(text) for text in conclusion.texts])


def _back(conclusion: GapConclusion, wanted: Mapping[str, set[str]]) -> Additions:
    """What the files were given by a conclusion that holds no more."""
    texts = [str(text) for text in conclusion.texts]
    if conclusion.kind == ConclusionKind.OUT_OF_SCOPE:
        return Additions(
            back_not_ours=tuple(t for t in texts if plain(t) not in wanted.get("", ()))
        )
    written = article_of(conclusion)
    if written is not None:
        return Additions(back_articles=(written,))
    kept = wanted.get(conclusion.article, set())
    back = (AddedPhrasing(conclusion.article, text) for text in texts if plain(text) not in kept)
    return Additions(back_phrasings=tuple(back))


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
