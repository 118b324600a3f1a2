"""All forms that can be served, and what is wrong with the others."""

from collections.abc import Container, Iterator, Mapping
from pathlib import Path

from bot.knowledge.files.problem import Fault, KnowledgeError, Problem, reading_of
from bot.knowledge.files.source_file import form_files, is_there
from bot.knowledge.files.table_file import TableFile, read_table, stop_at
from bot.knowledge.forms.form import Form


def read_form_folder(
    folder: Path,
    *,
    articles: Container[str],
    documents: Container[str],
    before: Mapping[str, Form],
) -> tuple[dict[str, Form], list[Problem]]:
    """The forms by id, and the problems of all files.

    A file with a problem is served as it was `before`, or left out.
    """
    problems: list[Problem] = []
    found: dict[str, Form] = {}
    for file in form_files(folder):
        try:
            with reading_of(file):
                found[file.stem] = read_form(file, articles=articles, documents=documents)
        except KnowledgeError as error:
            if is_there(file):
                problems += error.problems
                if file.stem in before:
                    found[file.stem] = before[file.stem]
    return found, problems


def read_form(file: Path, *, articles: Container[str], documents: Container[str]) -> Form:
    """The form in a file.

    Raises:
        KnowledgeError: with every problem found: a field is wrong, an article or a document is
            unknown, the id is not the file's name.
    """
    table = read_table(file, Form)
    problems = list(_unknown(table, articles, documents))
    if table.rows.id != file.stem:
        message = f"id: {table.rows.id} is not the file's name"
        problems.append(table.problem(message, "id", fault=Fault.FILE_NAME, name=table.rows.id))
    stop_at(problems)
    return table.rows


def _unknown(
    table: TableFile[Form], articles: Container[str], documents: Container[str]
) -> Iterator[Problem]:
    form = table.rows
    for place, id_ in enumerate(form.articles):
        if id_ not in articles:
            yield _no(table, id_, "articles", "articles", place)
    for place, source in enumerate(form.sources):
        if source.document not in documents:
            yield _no(table, source.document, "register.yml", "sources", place, "document")
    if form.official is not None and form.official.document not in documents:
        yield _no(table, form.official.document, "register.yml", "official", "document")


def _no(table: TableFile[Form], name: str, where: str, *place: int | str) -> Problem:
    return table.problem(
        f"{name} is not in {where}", *place, fault=Fault.UNKNOWN, name=name, table=where
    )
