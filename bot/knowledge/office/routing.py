"""The routing table, read from `routing.yml` and held against offices and topics."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from bot.domain.office.measures import Measures
from bot.domain.office.routing import (
    EXTERNAL_TOPIC,
    GENERAL_QUEUE,
    TALK_MINUTES,
    RoutingTable,
    Rule,
)
from bot.domain.text.plain import plain
from bot.knowledge.files.problem import Fault, Problem
from bot.knowledge.files.table_file import TableFile, read_sound_rows, read_table, stop_at
from bot.knowledge.office.office import MOST_TALK_MINUTES, Office, Topic

MOST_PROMISED_HOURS = 75.0
"""Two weeks of office time: what is promised later is no promise."""

MOST_SOLUTION_HOURS = 750.0
"""A hundred working days."""

MOST_ANSWERS_A_DAY = 100

MOST_NEW_HOURS = 5
"""Who is put off more often is put off for good."""

MOST_SILENT_DAYS = 60
"""Three months of office days: who is waited for longer is forgotten."""

LEAST_PROMISE_HOURS = 15.0
"""Two working days, as the file proposes: promised where the file says nothing."""


class RuleRow(BaseModel):
    """One rule as written. Without topics and words it would swallow all, so it is refused."""

    model_config = ConfigDict(extra="forbid")

    topics: list[str] = Field(default_factory=list)
    words: list[str] = Field(default_factory=list)
    office: str
    promise_hours: float | None = Field(default=None, gt=0, le=MOST_PROMISED_HOURS)


class RoutingFile(BaseModel):
    """`routing.yml`."""

    model_config = ConfigDict(extra="forbid")

    promise_hours: float = Field(gt=0, le=MOST_PROMISED_HOURS)
    talk_minutes: float = Field(default=TALK_MINUTES, gt=0, le=MOST_TALK_MINUTES)
    next_hours: float | None = Field(default=None, gt=0, le=MOST_PROMISED_HOURS)
    solution_hours: float | None = Field(default=None, gt=0, le=MOST_SOLUTION_HOURS)
    answers_a_day: int = Field(default=Measures().answers_a_day, ge=1, le=MOST_ANSWERS_A_DAY)
    new_hours: int = Field(default=Measures().new_hours, ge=0, le=MOST_NEW_HOURS)
    back_after_hours: float = Field(default=0, ge=0, le=MOST_PROMISED_HOURS)
    remind_days: int = Field(default=Measures().remind_days, ge=0, le=MOST_SILENT_DAYS)
    silent_days: int = Field(default=Measures().silent_days, ge=0, le=MOST_SILENT_DAYS)
    rules: list[RuleRow]

    @property
    def measures(self) -> Measures:
        """What the department measures itself by."""
        return Measures(
            next_answer=_hours(self.next_hours),
            solution=_hours(self.solution_hours),
            answers_a_day=self.answers_a_day,
            new_hours=self.new_hours,
            back_after=_hours(self.back_after_hours or None),
            remind_days=self.remind_days,
            silent_days=self.silent_days,
        )


def read_routing(file: Path, *, offices: list[Office], topics: list[Topic]) -> RoutingTable:
    """The routing table of a file.

    Raises:
        KnowledgeError: a rule names an unknown office or topic, or would swallow every request.
    """
    table = read_table(file, RoutingFile)
    stop_at(list(_wrong(table, offices, topics)))
    return _routing(table.rows, offices, topics)


def read_sound_rules(file: Path, *, offices: list[Office], topics: list[Topic]) -> RoutingTable:
    """The routing table of a file without the rules that are wrong.

    Raises:
        KnowledgeError: the file cannot be read at all.
    """
    rows = read_sound_rows(
        file, RoutingFile, lambda table: _wrong(table, offices, topics)
    ).table.rows
    return _routing(rows, offices, topics)


def least_routing(offices: list[Office], topics: list[Topic]) -> RoutingTable:
    """Routing without any rule: each topic's own office, else the general queue."""
    return _routing(RoutingFile(promise_hours=LEAST_PROMISE_HOURS, rules=[]), offices, topics)


def _routing(rows: RoutingFile, offices: list[Office], topics: list[Topic]) -> RoutingTable:
    known = {office.id for office in offices}
    return RoutingTable(
        rules=tuple(_rule(row, rows.promise_hours) for row in rows.rules),
        topic_offices={topic.id: topic.office for topic in topics if topic.office in known},
        external=frozenset(office.id for office in offices if office.external),
        promise_hours=rows.promise_hours,
        talk_minutes=rows.talk_minutes,
        measures=rows.measures,
        office_talks={one.id: one.talk_minutes for one in offices if one.talk_minutes is not None},
    )


def _wrong(
    table: TableFile[RoutingFile], offices: list[Office], topics: list[Topic]
) -> Iterator[Problem]:
    ours = {office.id: not office.external for office in offices}
    topic_ids = {topic.id for topic in topics}
    for index, row in enumerate(table.rows.rules):
        yield from _wrong_rule(table, index, row, ours, topic_ids)
    if not ours.get(GENERAL_QUEUE):
        yield table.problem(
            f"{GENERAL_QUEUE} is no office of ours in offices.yml",
            fault=Fault.UNKNOWN,
            name=GENERAL_QUEUE,
            table="offices.yml",
        )


def _hours(number: float | None) -> timedelta | None:
    return None if number is None else timedelta(hours=number)


def _rule(row: RuleRow, default_hours: float) -> Rule:
    return Rule(
        topics=frozenset(row.topics),
        words=tuple(plain(words) for words in row.words),
        office=row.office,
        promise_hours=default_hours if row.promise_hours is None else row.promise_hours,
    )


def _wrong_rule(
    table: TableFile[RoutingFile], index: int, row: RuleRow, ours: dict[str, bool], topics: set[str]
) -> list[Problem]:
    wrong = []
    if row.office not in ours:
        wrong.append(
            table.problem(
                f"{row.office} is not in offices.yml",
                "rules",
                index,
                "office",
                fault=Fault.UNKNOWN,
                name=row.office,
                table="offices.yml",
            )
        )
    wrong.extend(
        table.problem(
            f"{topic} is not in topics.yml",
            "rules",
            index,
            "topics",
            place,
            fault=Fault.UNKNOWN,
            name=topic,
            table="topics.yml",
        )
        for place, topic in enumerate(row.topics)
        if topic not in topics
    )
    wrong.extend(
        table.problem("words without a letter match nothing", "rules", index, "words", place)
        for place, words in enumerate(row.words)
        if not plain(words)
    )
    if not row.topics and not row.words:
        wrong.append(table.problem("a rule needs topics or words", "rules", index))
    if row.topics == [EXTERNAL_TOPIC] and ours.get(row.office) and row.office != GENERAL_QUEUE:
        wrong.append(
            table.problem(
                f"{EXTERNAL_TOPIC} is no matter of {row.office}", "rules", index, "office"
            )
        )
    return wrong
