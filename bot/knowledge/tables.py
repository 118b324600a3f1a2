"""The tables of the knowledge base: those of the office, self-assessments, places and sectors."""

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from bot.domain.assessments.assessment import Assessment, InstrumentKind
from bot.domain.office.office_time import OfficeCalendar
from bot.domain.office.routing import RoutingTable
from bot.knowledge.assessments import (
    Nameable,
    read_assessments,
    read_sound_assessments,
    read_surveys,
)
from bot.knowledge.files.problem import Fault, KnowledgeError, Problem, reading_of
from bot.knowledge.files.source_file import SURVEYS, article_ids
from bot.knowledge.files.table_file import read_table
from bot.knowledge.menu import Menu, read_menu, read_sound_menu
from bot.knowledge.office.calendar import least_calendar, read_calendar, read_sound_calendar
from bot.knowledge.office.department import Department, read_department, read_sound_department
from bot.knowledge.office.office import Office, OfficeFile, Topic, TopicFile
from bot.knowledge.office.routing import least_routing, read_routing, read_sound_rules
from bot.knowledge.places.place_file import read_places, read_sound_places
from bot.knowledge.places.places import Places
from bot.knowledge.register import Register
from bot.knowledge.sectors.sector_file import read_sectors, read_sound_sectors
from bot.knowledge.sectors.sectors import Sectors

T = TypeVar("T")


@dataclass(frozen=True)
class Tables:
    """One consistent reading of the tables. `assessments`, `surveys` (questionnaires) by id."""

    routing: RoutingTable
    calendar: OfficeCalendar
    assessments: Mapping[str, Assessment]
    menu: Menu
    department: Department = field(default_factory=Department)
    surveys: Mapping[str, Assessment] = field(default_factory=dict)
    places: Places = field(default_factory=Places)
    sectors: Sectors = field(default_factory=Sectors)


def read_tables(folder: Path) -> Tables:
    """Reads and checks the tables of a knowledge base.

    Raises:
        KnowledgeError: with the problems of the first table that has any, each with file and line.
    """
    offices = read_table(folder / "offices.yml", OfficeFile).rows.offices
    topics = read_table(folder / "topics.yml", TopicFile).rows.topics
    # An article's id is its file's name: no need to read two hundred articles for that.
    articles = article_ids(folder)
    documents = read_table(folder / "register.yml", Register).rows.documents
    there = Nameable(
        articles, {topic.id for topic in topics}, {document.id for document in documents}
    )
    assessments = read_assessments(folder / "assessments", there)
    return Tables(
        routing=read_routing(folder / "routing.yml", offices=offices, topics=topics),
        calendar=read_calendar(folder / "office_calendar.yml"),
        assessments=assessments,
        menu=read_menu(folder / "menu.yml", articles=articles, assessments=assessments),
        department=read_department(folder / "department.yml", articles=articles),
        surveys=read_surveys(folder / SURVEYS, replace(there, taken=assessments)),
        places=read_places(folder / "places.yml"),
        sectors=read_sectors(folder / "sectors.yml"),
    )


def read_sound_tables(
    folder: Path,
    *,
    offices: list[Office],
    topics: list[Topic],
    named: Mapping[str, Container[str]],
    before: Tables | None,
) -> tuple[Tables, list[Problem]]:
    """The tables as they can be served, and what is wrong with their files.

    `named`: the ids that `offices.yml`, `topics.yml` and `register.yml` name, be it in rows that
    are left out: those rows are a problem there, and not here again.

    The rows of routing and calendar lean on each other, so a broken file is served as it was
    `before`; without that, without the rows that are wrong; without any, as little as there is.
    """
    problems: list[Problem] = []
    routing_file, calendar_file = folder / "routing.yml", folder / "office_calendar.yml"
    routing = _first(
        routing_file,
        problems,
        lambda: read_routing(routing_file, offices=offices, topics=topics),
        before.routing if before is not None else None,
        lambda: read_sound_rules(routing_file, offices=offices, topics=topics),
    )
    calendar = _first(
        calendar_file,
        problems,
        lambda: read_calendar(calendar_file),
        before.calendar if before is not None else None,
        lambda: read_sound_calendar(calendar_file),
    )
    there = Nameable(article_ids(folder), named["topics.yml"], named["register.yml"])
    assessments, wrong = read_sound_assessments(
        folder / "assessments",
        there,
        before=before.assessments if before is not None else {},
    )
    surveys, wrong_surveys = read_sound_assessments(
        folder / SURVEYS,
        replace(there, taken=assessments),
        before=before.surveys if before is not None else {},
        kind=InstrumentKind.SURVEY,
    )
    wrong += wrong_surveys
    menu = _menu(folder, before.menu if before is not None else None, assessments, problems)
    department = _department(folder, before.department if before is not None else None, problems)
    tables = Tables(
        routing or least_routing(offices, topics),
        calendar or least_calendar(),
        assessments,
        menu,
        department,
        surveys=surveys,
        places=_places(folder, before.places if before is not None else None, problems),
        sectors=_sectors(folder, before.sectors if before is not None else None, problems),
    )
    return tables, [one for one in (*problems, *wrong) if not _is_told_there(one, named)]


def _menu(
    folder: Path, before: Menu | None, assessments: Container[str], problems: list[Problem]
) -> Menu:
    file, articles = folder / "menu.yml", article_ids(folder)
    menu = _first(
        file,
        problems,
        lambda: read_menu(file, articles=articles, assessments=assessments),
        before,
        lambda: read_sound_menu(file, articles=articles),
    )
    return menu or Menu()


def _department(folder: Path, before: Department | None, problems: list[Problem]) -> Department:
    file, articles = folder / "department.yml", article_ids(folder)
    department = _first(
        file,
        problems,
        lambda: read_department(file, articles=articles),
        before,
        lambda: read_sound_department(file, articles=articles),
    )
    return department or Department()


def _places(folder: Path, before: Places | None, problems: list[Problem]) -> Places:
    file = folder / "places.yml"
    found = _first(
        file, problems, lambda: read_places(file), before, lambda: read_sound_places(file)
    )
    return found or Places()


def _sectors(folder: Path, before: Sectors | None, problems: list[Problem]) -> Sectors:
    file = folder / "sectors.yml"
    found = _first(
        file, problems, lambda: read_sectors(file), before, lambda: read_sound_sectors(file)
    )
    return found or Sectors()


def _is_told_there(problem: Problem, named: Mapping[str, Container[str]]) -> bool:
    ids = named.get(str(problem.values.get("table")), ())
    return problem.fault is Fault.UNKNOWN and str(problem.values["name"]) in ids


def _first(
    file: Path,
    problems: list[Problem],
    read: Callable[[], T],
    before: T | None,
    read_sound_rows: Callable[[], T],
) -> T | None:
    """The first reading that succeeds; the problems of the file are added."""
    try:
        with reading_of(file):
            return read()
    except KnowledgeError as error:
        problems += error.problems
    if before is not None:
        return before
    try:
        with reading_of(file):
            return read_sound_rows()
    except KnowledgeError:
        return None
