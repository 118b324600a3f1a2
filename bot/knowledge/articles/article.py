"""An article: one reviewed answer with its sources, read from Markdown with a typed header."""

import hashlib
import re
import unicodedata
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from bot.domain.input import lengths
from bot.domain.input.cleaning import odd_sign
from bot.domain.text.plain import plain
from bot.knowledge.articles.aspect import ASPECT_LIMIT, Aspect, Link, Told
from bot.knowledge.files.day import Day
from bot.knowledge.files.problem import Fault, KnowledgeError, Problem
from bot.knowledge.files.source_file import read_text
from bot.knowledge.files.yaml_file import load_yaml, odd_text, validate

ANSWER_LIMIT = 600
"""Characters of the short answer: what fits a small phone without scrolling much."""

BUTTON_LIMIT = 32
"""Characters of a button's title: one line on a small phone."""

MIN_PHRASINGS = 8

MOST_LINKS = 3

MARK_LETTERS = 8

DETAIL_HEADING = "Chi tiết"
NEXT_HEADING = "Việc nên làm tiếp"

_AMOUNT = re.compile(r"\d[\d.,]*\s*(nghìn|ngàn|triệu|tỷ|đồng)", re.IGNORECASE)

_ABOUT_FINES = re.compile(r"\bphat\b(?! trien| minh)")
"""In the bare letters of a title."""

_ID = r"^[a-z0-9]+(-[a-z0-9]+)*$"


class SourceReference(BaseModel):
    """A cited document and its clause."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    document: str
    clause: str | None = None


class ArticleHeader(BaseModel):
    """The typed header of an article file.

    `goods`: the products that it speaks of and no others, as owners call them; empty where it
    speaks of any. `aspects`: a sentence for each thing that may be asked about the matter, absent
    where it does not apply. `changed`: what became otherwise on `changed_on`, in one sentence.
    """

    model_config = ConfigDict(extra="forbid")

    id: str = Field(pattern=_ID, max_length=lengths.ARTICLE_ID)
    title: str = Field(min_length=1)
    button: str = Field(min_length=1, max_length=BUTTON_LIMIT)
    subject: str = Field(min_length=1)
    topic: str
    office: str
    phrasings: list[str] = Field(min_length=MIN_PHRASINGS)
    sources: list[SourceReference]
    facts: list[str]
    verify: bool
    verify_note: str = ""
    reviewed_on: Day
    reviewed_by: str = Field(min_length=1)
    review_due: Day
    related: list[str]
    goods: list[Annotated[str, Field(min_length=2)]] = Field(default_factory=list)
    aspects: dict[Aspect, Told] = Field(default_factory=dict)
    changed_on: Day | None = None
    changed: str = Field(default="", max_length=ASPECT_LIMIT)
    links: list[Link] = Field(default_factory=list, max_length=MOST_LINKS)

    @model_validator(mode="after")
    def _verify_is_explained(self) -> "ArticleHeader":
        if self.verify and not self.verify_note.strip():
            raise ValueError("`verify: true` needs a `verify_note`: what is not confirmed")
        if self.review_due <= self.reviewed_on:
            raise ValueError("`review_due` must lie after `reviewed_on`")
        return self

    @model_validator(mode="after")
    def _aspects_have_their_ground(self) -> "ArticleHeader":
        cited = {source.document for source in self.sources}
        for aspect, told in self.aspects.items():
            if aspect is Aspect.STEPS:
                raise ValueError("`aspects`: the steps are the article itself")
            if told.document is not None and told.document not in cited:
                raise ValueError(f"`aspects`: {aspect} leans on {told.document}, no source of it")
            if told.clause is not None and told.document is None:
                raise ValueError(f"`aspects`: {aspect} names a clause and no document")
        return self

    @model_validator(mode="after")
    def _change_is_dated(self) -> "ArticleHeader":
        if (self.changed_on is None) != (not self.changed.strip()):
            raise ValueError("`changed` and `changed_on` go together")
        return self


class Article(ArticleHeader):
    """A header with its three texts."""

    answer: str
    detail: str = ""
    next_steps: str = ""

    @property
    def tells_a_fine(self) -> bool:
        """Whether it is about what is fined, and says how much."""
        is_about = _ABOUT_FINES.search(plain(self.title)) is not None
        return is_about and _AMOUNT.search(unicodedata.normalize("NFC", self.answer)) is not None

    @property
    def mark(self) -> str:
        """A short mark of all that it tells: another one once it tells something else."""
        told: tuple[object, ...] = (
            self.title, self.answer, self.detail, self.verify_note, self.verify
        )  # fmt: skip
        if self.aspects:
            told = (*told, *((name.value, one.say) for name, one in self.aspects.items()))
        return hashlib.sha256(repr(told).encode()).hexdigest()[:MARK_LETTERS]

    @property
    def is_wrong_office(self) -> bool:
        """Whether it only points to the authority that handles the matter."""
        return self.topic == "co_quan_khac"


def read_article(file: Path) -> Article:
    """The article in a file.

    Raises:
        KnowledgeError: header or body is not as `knowledge_base/README.md` asks.
    """
    return article_of(file, read_text(file))


def article_of(file: Path, text: str) -> Article:
    """The article that a text holds, which was read from a file.

    Raises:
        KnowledgeError: header or body is not as `knowledge_base/README.md` asks.
    """
    text = unicodedata.normalize("NFC", text)
    parts = re.match(r"---[ \t]*\n(.*?)\n---[ \t]*(?:\n(.*)|$)", text, re.DOTALL)
    if parts is None:
        message = "a header between two lines `---` is expected"
        raise KnowledgeError([Problem(file, 1, message, Fault.HEADER)])
    data = load_yaml(parts[1], file, first_line=2)
    header = validate(ArticleHeader, data, file, first_line=2)
    body_line = parts[1].count("\n") + 4
    _check_signs(parts[2] or "", file, body_line)
    sections = _sections(parts[2] or "", file, body_line)
    if header.id != file.stem:
        message = f"id: {header.id} is not the file's name"
        raise KnowledgeError([Problem(file, 2, message, Fault.FILE_NAME, {"name": header.id})])
    return Article(**header.model_dump(), **sections)


def _check_signs(body: str, file: Path, first_line: int) -> None:
    for line, text in enumerate(body.split("\n"), first_line):
        if (sign := odd_sign(text)) is not None:
            raise KnowledgeError([odd_text(file, line, sign)])


def _sections(body: str, file: Path, first_line: int) -> dict[str, str]:
    pieces = re.split(r"^## (.+)$", body, flags=re.MULTILINE)
    answer = pieces[0].strip()
    problems = []
    if not answer:
        message = "the short answer is missing"
        problems.append(Problem(file, first_line, message, Fault.NO_ANSWER))
    if len(answer) > ANSWER_LIMIT:
        problems.append(
            Problem(
                file,
                first_line,
                f"the short answer has {len(answer)} characters; {ANSWER_LIMIT} at most",
                Fault.LONG_ANSWER,
                {"count": len(answer), "limit": ANSWER_LIMIT},
            )
        )
    sections = {"answer": answer}
    names = {DETAIL_HEADING: "detail", NEXT_HEADING: "next_steps"}
    for heading, content in zip(pieces[1::2], pieces[2::2], strict=True):
        name = names.get(heading.strip())
        if name is None:
            message = f"unknown heading: {heading.strip()}"
            values = {"heading": heading.strip()}
            problems.append(Problem(file, first_line, message, Fault.HEADING, values))
            continue
        sections[name] = content.strip()
    if problems:
        raise KnowledgeError(problems)
    return sections
