"""The self-assessments of `assessments/*.yml`."""

from collections import Counter
from collections.abc import Container
from pathlib import Path

from bot.domain.assessment import Assessment
from bot.domain.plain import plain
from bot.knowledge.problem import KnowledgeError, Problem
from bot.knowledge.table_file import TableFile, read_table, stop_at


def read_assessments(
    folder: Path, *, articles: Container[str], topics: Container[str]
) -> dict[str, Assessment]:
    """The assessments of a folder by id, in the order of the file names.

    Raises:
        KnowledgeError: with every problem found: a field is wrong, an article or topic is unknown,
            words of the scale stand for two answers, an id is not the file's name.
    """
    problems: list[Problem] = []
    found: dict[str, Assessment] = {}
    for file in sorted(folder.glob("*.yml")):
        try:
            found[file.stem] = read_assessment(file, articles=articles, topics=topics)
        except KnowledgeError as error:
            problems.extend(error.problems)
    stop_at(problems)
    return found


def read_assessment(file: Path, *, articles: Container[str], topics: Container[str]) -> Assessment:
    """The assessment of one file.

    Raises:
        KnowledgeError: see `read_assessments`.
    """
    table = read_table(file, Assessment)
    problems = [*_unknown_articles(table, articles), *_twofold_words(table)]
    if table.rows.id != file.stem:
        problems.append(table.problem(f"id: {table.rows.id} is not the file's name", "id"))
    topic = table.rows.request_topic
    if topic not in topics:
        problems.append(table.problem(f"{topic} is not in topics.yml", "request_topic"))
    stop_at(problems)
    return table.rows


def _unknown_articles(table: TableFile[Assessment], articles: Container[str]) -> list[Problem]:
    named = [(("articles", place), id_) for place, id_ in enumerate(table.rows.articles)]
    spots: list[tuple[tuple[int | str, ...], str]] = [*named]
    for index, dimension in enumerate(table.rows.dimensions):
        spots.extend(
            (("dimensions", index, "articles", place), id_)
            for place, id_ in enumerate(dimension.articles)
        )
    return [
        table.problem(f"{id_} is no article", *spot) for spot, id_ in spots if id_ not in articles
    ]


def _twofold_words(table: TableFile[Assessment]) -> list[Problem]:
    choices = table.rows.scale.choices
    ways = [{plain(way) for way in (choice.title, *choice.words)} for choice in choices]
    times = Counter(way for of_choice in ways for way in of_choice)
    return [
        table.problem(f"“{way}” stands for two answers", "scale", "choices", index)
        for index, of_choice in enumerate(ways)
        for way in sorted(of_choice)
        if times[way] > 1
    ]
