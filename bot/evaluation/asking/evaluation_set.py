"""An evaluation set: messages and conversations with what ought to come of them.

A set is a folder with `messages.jsonl` and `dialogues.jsonl` (one of them may be missing), or one
such file. A line with `turns` is a conversation, any other a message.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from bot.domain.input.json_lines import BadLine, lines_of, object_of
from bot.domain.talk.understanding import Outcome

FILES = ("messages.jsonl", "dialogues.jsonl")

WITH_ARTICLE = frozenset({Outcome.ANSWER, Outcome.WRONG_OFFICE})
"""Outcomes that serve an article."""

OFF_TOPIC = frozenset({Outcome.OUT_OF_SCOPE, Outcome.CHITCHAT})

MIN_PARTS = 2


class SetError(Exception):
    """An evaluation set cannot be read; the text names files and lines, one problem a line."""


class Label(BaseModel):
    """An outcome, and the articles that would answer."""

    model_config = ConfigDict(frozen=True)

    outcome: Outcome
    accept: list[str] = Field(default_factory=list)


class LabelledMessage(Label):
    """A message and what ought to come of it. `accept`: article ids, best first.

    `parts`: where it holds two questions, the accepted ids of each.
    """

    id: str = Field(min_length=1)
    text: str = Field(min_length=1)
    style: str = "plain"
    parts: list[list[str]] | None = None

    @model_validator(mode="after")
    def _an_answer_has_its_articles(self) -> "LabelledMessage":
        if self.outcome is Outcome.CLARIFY:
            raise ValueError("`clarify` is never what ought to come of a single message")
        if self.outcome in WITH_ARTICLE and not self.accept:
            raise ValueError(f"`{self.outcome}` needs `accept`")
        if self.parts is not None and (len(self.parts) < MIN_PARTS or not all(self.parts)):
            raise ValueError("`parts` needs two questions or more, each with its articles")
        return self

    @property
    def wants_article(self) -> bool:
        """Whether an article would be right."""
        return self.outcome in WITH_ARTICLE

    @property
    def is_off_topic(self) -> bool:
        """Whether any article would be wrong."""
        return self.outcome in OFF_TOPIC


class ExpectedTurn(Label):
    """What ought to come of a turn. `resumes`: an interrupted form asks again afterwards.

    `clarify`: too few words to answer; the accepted articles ought to be on buttons; without any
    the words ask nothing that could be answered, and no article ought to be served. `also`: what
    would be as right. `says`: words of which one ought to be in the replies, `lacks`: none of
    which; `want`: for readers, what an officer at his desk would let the owner have.
    """

    resumes: bool = False
    also: list[Label] = Field(default_factory=list)
    says: list[str] = Field(default_factory=list)
    lacks: list[str] = Field(default_factory=list)
    want: str = ""

    @property
    def any_of(self) -> list[Label]:
        """All that would be right."""
        return [self, *self.also]


class LabelledDialogue(BaseModel):
    """A conversation of one new contact, turn by turn."""

    model_config = ConfigDict(frozen=True)

    id: str = Field(min_length=1)
    turns: list[str] = Field(min_length=1)
    expect: list[ExpectedTurn]

    @model_validator(mode="after")
    def _each_turn_is_labelled(self) -> "LabelledDialogue":
        if len(self.turns) != len(self.expect):
            raise ValueError(f"{len(self.turns)} turns, but {len(self.expect)} in `expect`")
        return self


@dataclass(frozen=True)
class EvaluationSet:
    """Labelled messages and dialogues; `left_out`: how many name no article that exists."""

    name: str
    messages: list[LabelledMessage] = field(default_factory=list)
    dialogues: list[LabelledDialogue] = field(default_factory=list)
    left_out: int = 0


def read_set(path: Path, name: str = "") -> EvaluationSet:
    """The set in a folder or file; its name is that of the folder or file unless given.

    Raises:
        SetError: nothing to read, or a line that is not as it should be.
    """
    files = _files_of(path)
    if not files:
        raise SetError(f"{path}: neither {' nor '.join(FILES)} is there")
    problems: list[str] = []
    labelled = [one for file in files for one in _read_file(file, problems)]
    if not labelled and not problems:
        problems.append(f"{path}: the set is empty")
    if problems:
        raise SetError("\n".join(problems))
    return EvaluationSet(
        name or path.stem,
        [one for one in labelled if isinstance(one, LabelledMessage)],
        [one for one in labelled if isinstance(one, LabelledDialogue)],
    )


def _files_of(path: Path) -> list[Path]:
    try:
        if not path.is_dir():
            return [path]
        return [path / file for file in FILES if (path / file).exists()]
    except OSError as error:
        raise SetError(f"{path}: {error.strerror}") from error


def within(chosen: EvaluationSet, articles: Iterable[str]) -> EvaluationSet:
    """The set without what no existing article could answer; that is counted as left out."""
    known = set(articles)
    messages = [one for one in chosen.messages if _can_be_met(one, known)]
    dialogues = [
        one for one in chosen.dialogues if all(_turn_can_be_met(turn, known) for turn in one.expect)
    ]
    before = len(chosen.messages) + len(chosen.dialogues)
    return EvaluationSet(chosen.name, messages, dialogues, before - len(messages) - len(dialogues))


def _can_be_met(message: LabelledMessage, known: set[str]) -> bool:
    parts = message.parts or []
    return _article_exists(message, known) and all(known.intersection(part) for part in parts)


def _turn_can_be_met(turn: ExpectedTurn, known: set[str]) -> bool:
    return any(_article_exists(label, known) for label in turn.any_of)


def _article_exists(label: Label, known: set[str]) -> bool:
    wants = label.outcome in {*WITH_ARTICLE, Outcome.CLARIFY} and label.accept
    return not wants or not known.isdisjoint(label.accept)


def _read_file(file: Path, problems: list[str]) -> list[LabelledMessage | LabelledDialogue]:
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise SetError(f"{file}: {error.strerror}") from None
    labelled: list[LabelledMessage | LabelledDialogue] = []
    seen: set[str] = set()
    for number, line in enumerate(lines_of(raw), 1):
        if not line.strip():
            continue
        try:
            one = _read_line(line)
        except (BadLine, ValueError) as error:
            problems.extend(f"{file}:{number}: {what}" for what in _reasons(error))
            continue
        if one.id in seen:
            problems.append(f"{file}:{number}: id {one.id} stands here twice")
        seen.add(one.id)
        labelled.append(one)
    return labelled


def _read_line(line: bytes) -> LabelledMessage | LabelledDialogue:
    data = object_of(line)
    if "turns" in data:
        return LabelledDialogue.model_validate(data)
    return LabelledMessage.model_validate(data)


def _reasons(error: BadLine | ValueError) -> list[str]:
    if isinstance(error, ValidationError):
        return [
            ": ".join(filter(None, (".".join(map(str, one["loc"])), one["msg"])))
            for one in error.errors()
        ]
    return [str(error)]
