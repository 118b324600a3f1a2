"""All articles in English that can be served, and what is wrong with the others."""

from collections.abc import Container, Mapping
from pathlib import Path

from bot.knowledge.english.english_article import EnglishArticle, read_english_article
from bot.knowledge.files.problem import Fault, KnowledgeError, Problem, reading_of
from bot.knowledge.files.source_file import english_files, is_there


def read_english_folder(
    folder: Path, articles: Container[str], before: Mapping[str, EnglishArticle]
) -> tuple[dict[str, EnglishArticle], list[Problem]]:
    """The articles by id, and the problems of all files.

    `articles`: the ids of the Vietnamese ones; `before`: the last good reading of each, for a file
    that cannot be read.
    """
    problems: list[Problem] = []
    found: dict[str, EnglishArticle] = {}
    for file in english_files(folder):
        try:
            with reading_of(file):
                found[file.stem] = read_english_article(file)
        except KnowledgeError as error:
            if is_there(file):
                problems += error.problems
                if file.stem in before:
                    found[file.stem] = before[file.stem]
            continue
        if file.stem not in articles:
            message = f"{file.stem} is no article"
            values = {"name": file.stem, "table": "articles"}
            problems.append(Problem(file, 1, message, Fault.UNKNOWN, values))
    return {id_: article for id_, article in found.items() if id_ in articles}, problems
