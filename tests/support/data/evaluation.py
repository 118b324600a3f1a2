"""Labels and turns in one line each, and an assistant that answers from a script."""

from collections.abc import Mapping

from bot.domain.talk.understanding import Outcome
from bot.evaluation.asking.evaluation_set import ExpectedTurn, LabelledDialogue, LabelledMessage
from bot.evaluation.asking.result import DialogueResult, MessageResult
from bot.evaluation.asking.turn import Turn


def labelled(
    outcome: str = "answer",
    accept: str = "",
    *,
    id: str = "m1",  # noqa: A002  (the field's name)
    text: str = "câu hỏi",
    style: str = "plain",
    parts: list[str] | None = None,
) -> LabelledMessage:
    """A label; `accept` and each of `parts`: article ids parted by spaces."""
    return LabelledMessage(
        id=id,
        text=text,
        style=style,
        outcome=Outcome(outcome),
        accept=accept.split(),
        parts=[part.split() for part in parts] if parts else None,
    )


def came(
    outcome: str | None = "answer",
    articles: str = "",
    *,
    confidence: float = 0.9,
    ms: float = 10.0,
    offered: str = "",
    last: str | None = None,
    intent: str = "ask",
) -> Turn:
    """A turn; `articles`: the served one (`-`: none) and the alternatives, parted by spaces."""
    served, *others = articles.split() or ["-"]
    first = Outcome(outcome) if outcome else None
    return Turn(
        outcome=first,
        article=None if served == "-" else served,
        alternatives=others,
        confidence=confidence,
        ms=ms,
        last_outcome=Outcome(last) if last else first,
        offered=offered.split(),
        intent=intent,
    )


def result(label: LabelledMessage, turn: Turn) -> MessageResult:
    """One row of the table."""
    return MessageResult(label, turn)


def answer_row(accept: str, articles: str, *, style: str = "plain") -> MessageResult:
    """A row of a message that an article answers; served `-`: it was refused."""
    outcome = "handover" if articles.startswith("-") else "answer"
    return MessageResult(labelled("answer", accept, style=style), came(outcome, articles))


def dialogue_row(
    *turns: tuple[ExpectedTurn, Turn],
    id: str = "d1",  # noqa: A002  (the field's name)
) -> DialogueResult:
    """A conversation of expected turns and what came."""
    label = LabelledDialogue(
        id=id, turns=["câu hỏi" for _ in turns], expect=[expected for expected, _ in turns]
    )
    return DialogueResult(label, [turn for _, turn in turns])


def expected(outcome: str, accept: str = "", *, resumes: bool = False) -> ExpectedTurn:
    """What ought to come of a turn."""
    return ExpectedTurn(outcome=Outcome(outcome), accept=accept.split(), resumes=resumes)


class ScriptedAsker:
    """Answers each text as scripted, anything else with no reply; remembers what it was asked."""

    def __init__(self, script: Mapping[str, Turn]) -> None:
        self._script = script
        self.asked: list[str] = []
        self.talked: list[list[str]] = []

    async def ask(self, text: str) -> Turn:
        self.asked.append(text)
        return self._script.get(text, Turn(outcome=None))

    async def talk(self, turns: list[str]) -> list[Turn]:
        self.talked.append(turns)
        return [self._script.get(text, Turn(outcome=None)) for text in turns]
