"""Which self-assessment is wanted, and what is offered where it is not clear or not there."""

from actions.shape.desk import Desk
from actions.shape.turn import Turn
from bot.domain.assessments.assessment import Assessment
from bot.domain.assessments.assessment_wish import takes_the_first, wishes_for_assessment
from bot.domain.talk.messages import Choice
from bot.domain.talk.payload import PICK_ARTICLE, payload
from bot.domain.talk.reply import Reply
from bot.domain.talk.understanding import Outcome
from bot.domain.text.plain import plain
from bot.services.answering.groundwork.answer_replies import article_choice
from bot.services.assessments.named import assessment_named, assessment_titled

GONE = "gone"
"""Stands as the problem where there is no such assessment any more."""

WHICH = "which"
"""Stands as the problem where none of several is named."""

_OF_ANY_ASSESSMENT = frozenset(
    {"tu", "cham", "diem", "danh", "gia", "bai", "lam", "bat", "dau", "trac", "nghiem", "kiem"}
    | {"tra", "test", "cho", "toi", "em", "anh", "chi", "tui", "minh", "muon", "xin", "thu", "di"}
    | {"ve", "cua", "mot", "cai", "nha", "nhe", "a", "duoc", "khao", "sat", "chan", "doan", "mo"}
    | {"vao", "giup", "gium", "thi", "quiz", "hoi", "theo", "xuong", "cong", "ty", "co", "so"}
)
"""Words, in bare letters, that name no subject of an assessment."""


def offered(desk: Desk) -> list[Assessment]:
    """The assessments that can be taken, in the order of the menu; the others behind."""
    tables = desk.tables()
    first = [
        tables.assessments[id_] for id_ in tables.menu.assessments if id_ in tables.assessments
    ]
    return [*first, *(one for one in tables.assessments.values() if one not in first)]


def can_be_taken(desk: Desk) -> bool:
    """Whether the files have any assessment."""
    return bool(desk.tables().assessments)


def wanted(desk: Desk, turn: Turn) -> str:
    """The id of the assessment that a button or the words name; empty where none is.

    Where there is only one, it is the one that is wanted.
    """
    tables = desk.tables()
    pressed = turn.entity("assessment")
    if pressed in tables.assessments:
        return pressed
    named = "" if turn.pressed else _named(desk, turn.text)
    if not named and not turn.pressed and takes_the_first(turn.text):
        named = next((id_ for id_ in turn.offered_assessments if id_ in tables.assessments), "")
    alone = next(iter(tables.assessments)) if len(tables.assessments) == 1 else ""
    return named or alone


def begins_another(desk: Desk, turn: Turn, taken: str) -> bool:
    """Whether the words wish for another assessment than the one that is taken."""
    if turn.pressed:
        return False
    titled = assessment_titled(desk.tables().assessments, turn.text)
    is_wish = bool(titled) or wishes_for_assessment(turn.text)
    return is_wish and wanted(desk, turn) not in ("", taken)


def elsewhere(desk: Desk, turn: Turn) -> str:
    """The article on the matter that the words name, where no assessment has it; or empty.

    A button and a wish to go on name none.
    """
    if turn.pressed or turn.intent == "resume" or _named(desk, turn.text):
        return ""
    # "Chấm HACCP" names a matter; looked for is the article on assessing oneself by it.
    best = desk.retriever().search(f"{desk.texts.say('assessment.wanted')} {turn.text}", limit=1)
    named = best[0].article_id if best else ""
    if named in desk.tables().menu.read_instead:
        return named
    said = plain(turn.text)
    matter = " ".join(word for word in said.split() if word not in _OF_ANY_ASSESSMENT)
    called = desk.knowledge.called(matter)
    return desk.knowledge.glossary.explained_by(matter) or (called.id if called else "")


def gone(desk: Desk) -> Reply:
    """Says that an assessment is no longer there, and what there is instead."""
    officer = desk.choice("answer.choice_officer", payload("handover"))
    taken = desk.choice("assessment.choice_take", payload("assessment"))
    choices = [taken, officer] if can_be_taken(desk) else [officer]
    return desk.say("assessment.gone", Outcome.ASSESSMENT, choices)


def moved(desk: Desk) -> Reply:
    """Says that no run is open here any more, and offers to go on or to begin."""
    again = desk.choice("assessment.resume", payload("resume"))
    taken = desk.choice("assessment.choice_take", payload("assessment"))
    return desk.say("assessment.moved", Outcome.ASSESSMENT, [again, taken])


def which(desk: Desk) -> Reply:
    """Asks which one, with a button for each."""
    return desk.say("assessment.which", Outcome.ASSESSMENT, _each(desk))


def not_this(desk: Desk, named: str) -> Reply:
    """Says what there is, and offers the article on what was named."""
    choices = [desk.choice("assessment.choice_take", payload("assessment"))]
    if named in desk.tables().menu.read_instead:
        read = payload(PICK_ARTICLE, article=named)
        choices.append(desk.choice("assessment.choice_read", read))
    elif named in desk.knowledge.articles:
        choices.append(article_choice(desk.knowledge.articles[named]))
    subjects = ", ".join(one.subject for one in offered(desk) if one.is_scored)
    return desk.say("assessment.not_this", Outcome.ASSESSMENT, choices, subjects=subjects)


def _named(desk: Desk, text: str) -> str:
    assessments = desk.tables().assessments
    return assessment_titled(assessments, text) or assessment_named(assessments, text)


def _each(desk: Desk) -> list[Choice]:
    return [
        Choice(
            title=one.button or one.subject,
            payload=payload("assessment", assessment=one.id),
        )
        for one in offered(desk)
    ]
