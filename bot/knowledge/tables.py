"""The tables of the knowledge base: routing, office calendar, self-assessments."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.domain.assessment import Assessment
from bot.domain.office_time import OfficeCalendar
from bot.domain.routing import RoutingTable
from bot.knowledge.assessments import read_assessments
from bot.knowledge.calendar import read_calendar
from bot.knowledge.office import OfficeFile, TopicFile
from bot.knowledge.routing import read_routing
from bot.knowledge.table_file import read_table


@dataclass(frozen=True)
class Tables:
    """One consistent reading of the tables. `assessments` by id."""

    routing: RoutingTable
    calendar: OfficeCalendar
    assessments: Mapping[str, Assessment]


def read_tables(folder: Path) -> Tables:
    """Reads and checks the tables of a knowledge base.

    Raises:
        KnowledgeError: with the problems of the first table that has any, each with file and line.
    """
    offices = read_table(folder / "offices.yml", OfficeFile).rows.offices
    topics = read_table(folder / "topics.yml", TopicFile).rows.topics
    # An article's id is its file's name: no need to read two hundred articles for that.
    articles = {file.stem for file in (folder / "articles").rglob("*.md")}
    return Tables(
        routing=read_routing(folder / "routing.yml", offices=offices, topics=topics),
        calendar=read_calendar(folder / "office_calendar.yml"),
        assessments=read_assessments(
            folder / "assessments", articles=articles, topics={topic.id for topic in topics}
        ),
    )
