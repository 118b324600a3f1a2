"""The self-assessments of `assessments/*.yml`."""

from collections import Counter
from collections.abc import Container, Mapping
from pathlib import Path

from bot.domain.assessments.assessment import Assessment
from bot.domain.text.plain import plain
from bot.knowledge.files.problem import Fault, KnowledgeError, Problem, reading_of
from bot.knowledge.files.source_file import assessment_files, broken_folders, is_there
from bot.knowledge.files.table_file import TableFile, read_table, stop_at


def read_assessments(
    folder: Path, *, articles: Container[str], topics: Container[str]
) -> dict[str, Assessment]:
    """The assessments of a folder by id, in the order of the file names.

    Raises:
        KnowledgeError: with every problem of every file.
    """
    found, problems = read_sound_assessments(folder, articles=articles, topics=topics, before={})
    stop_at(problems)
    return found


def read_sound_assessments(
    folder: Path,
    *,
    articles: Container[str],
    topics: Container[str],
    before: Mapping[str, Assessment],
) -> tuple[dict[str, Assessment], list[Problem]]:
    """The assessments that can be served, and what is wrong with the other files.

    A file with a problem is served as it was `before`, or left out.
    """
    # A knowledge base may do without; a folder that nobody can look into is another thing.
    problems = broken_folders(folder) if is_there(folder) else []
    found = dict(before) if problems else {}
    for file in assessment_files(folder):
        try:
            with reading_of(file):
                found[file.stem] = read_assessment(file, articles=articles, topics=topics)
        except KnowledgeError as error:
            problems.extend(error.problems)
            if file.stem in before:
                found[file.stem] = before[file.stem]
    return found, problems


def read_assessment(file: Path, *, articles: Container[str], topics: Container[str]) -> Assessment:
    """The assessment of one file.

    Raises:
        KnowledgeError: with every problem found: a field is wrong, an article or topic is unknown,
            words of the scale stand for two answers, the id is not the file's name.
    """
    table = read_table(file, Assessment)
    problems = [*_unknown_articles(table, articles), *_twofold_words(table)]
    if table.rows.id != file.stem:
        message = f"id: {table.rows.id} is not the file's name"
        problems.append(table.problem(message, "id", fault=Fault.FILE_NAME, name=table.rows.id))
    topic = table.rows.request_topic
    if topic not in topics:
        message = f"{topic} is not in topics.yml"
        problems.append(
            table.problem(
                message, "request_topic", fault=Fault.UNKNOWN, name=topic, table="topics.yml"
            )
        )
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
        table.problem(
            f"{id_} is no article", *spot, fault=Fault.UNKNOWN, name=id_, table="articles"
        )
        for spot, id_ in spots
        if id_ not in articles
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
