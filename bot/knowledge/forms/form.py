"""A form: what stands on it, block by block, and which articles it belongs to."""

from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from bot.domain.input import lengths
from bot.domain.text.plain import plain
from bot.knowledge.articles.article import SourceReference
from bot.knowledge.files.day import Day

NAME_LIMIT = 60
"""Characters of a form's name: one line under an answer."""

TITLE_LIMIT = 120
"""Characters of what stands on top of the sheet."""

LEAST_CALLED = 2
"""Letters of a name that owners use."""

MOST_SIGNERS = 3

MOST_LINES = 12


class FormKind(StrEnum):
    """What file a form is made into."""

    WORD = "word"
    SHEET = "sheet"

    @property
    def ending(self) -> str:
        """How the names of such files end."""
        return "docx" if self is FormKind.WORD else "xlsx"


class Holds(StrEnum):
    """What is written into a column."""

    TEXT = "text"
    DATE = "date"
    NUMBER = "number"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Blank(_Part):
    """A label and the dotted lines behind it."""

    label: str = Field(min_length=1)
    lines: int = Field(default=1, ge=1, le=MOST_LINES)


def _blank(given: Any) -> Any:
    return {"label": given} if isinstance(given, str) else given


class Column(_Part):
    """`width`: its share of the page. `formula`: of a sheet, with `{row}` for the row's number.

    `total`: whether its numbers are added up below the table.
    """

    title: str = Field(min_length=1)
    width: int = Field(default=2, ge=1, le=20)
    holds: Holds = Holds.TEXT
    formula: str = ""
    total: bool = False


class FormTable(_Part):
    """`rows` as they are printed, each as long as is written; `blank`: empty rows behind them.

    `numbered`: whether a column with the number of each row stands first.
    """

    columns: list[Column] = Field(min_length=2)
    rows: list[list[str]] = []
    blank: int = Field(default=0, ge=0, le=40)
    numbered: bool = False

    @model_validator(mode="after")
    def _rows_fit(self) -> "FormTable":
        if not self.rows and not self.blank:
            raise ValueError("a table needs `rows` or `blank`")
        for place, row in enumerate(self.rows, 1):
            if not 0 < len(row) <= len(self.columns):
                raise ValueError(f"row {place} has {len(row)} cells of {len(self.columns)}")
        return self


class Block(_Part):
    """One thing on a form; exactly one of its fields is given."""

    heading: str = ""
    text: str = ""
    note: str = ""
    fields: list[Annotated[Blank, BeforeValidator(_blank)]] = []
    items: list[str] = []
    table: FormTable | None = None
    signatures: list[str] = Field(default=[], max_length=MOST_SIGNERS)

    @model_validator(mode="after")
    def _is_one_thing(self) -> "Block":
        given = [name for name in type(self).model_fields if getattr(self, name)]
        if len(given) != 1:
            raise ValueError("a block holds exactly one thing")
        return self


class OfficialForm(_Part):
    """The form of a law that is used for the same matter, which ours only prepares."""

    name: str = Field(min_length=1)
    document: str
    clause: str | None = None


class Form(BaseModel):
    """One file of `forms/`.

    `articles`: those under which it is offered, the first of them leads. `called`: words by which
    owners ask for it; `unlike`: words beside which another paper is meant. `title` stands on the
    sheet, `name` under an answer. `letterhead`: whether the name of the state stands on top, as on
    a decision.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=lengths.ARTICLE_ID)
    kind: FormKind
    title: str = Field(min_length=1, max_length=TITLE_LIMIT)
    name: str = Field(min_length=1, max_length=NAME_LIMIT)
    articles: list[str] = Field(min_length=1)
    called: list[str] = Field(min_length=1)
    unlike: list[str] = []
    guide: str = Field(min_length=1)
    letterhead: bool = False
    official: OfficialForm | None = None
    sources: list[SourceReference] = []
    blocks: list[Block] = Field(min_length=1)
    reviewed_on: Day
    reviewed_by: str = Field(min_length=1)
    review_due: Day

    @model_validator(mode="after")
    def _review_comes_later(self) -> "Form":
        if self.review_due <= self.reviewed_on:
            raise ValueError("`review_due` must lie after `reviewed_on`")
        return self

    @model_validator(mode="after")
    def _names_can_be_heard(self) -> "Form":
        for field, names in (("called", self.called), ("unlike", self.unlike)):
            for name in names:
                if len(plain(name)) < LEAST_CALLED:
                    raise ValueError(f"`{field}`: {name} is too short")
        return self

    @model_validator(mode="after")
    def _fits_its_kind(self) -> "Form":
        is_word = self.kind is FormKind.WORD
        tables = [block.table for block in self.blocks if block.table is not None]
        counted = any(one.formula or one.total for table in tables for one in table.columns)
        if is_word and counted:
            raise ValueError("`formula` and `total` are for sheets")
        if not is_word and self.letterhead:
            raise ValueError("`letterhead` is for Word")
        return self

    @property
    def file_name(self) -> str:
        """The name of its file, and the end of its address."""
        return f"{self.id}.{self.kind.ending}"

    @property
    def words(self) -> frozenset[str]:
        """The plain words by which it is named and called."""
        return frozenset(plain(" ".join([self.name, self.title, *self.called])).split())

    @property
    def documents(self) -> list[str]:
        """The documents that it names."""
        named = [source.document for source in self.sources]
        return [*named, self.official.document] if self.official is not None else named
