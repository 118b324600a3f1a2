"""The self-assessments of `assessments/*.yml`, and the questionnaires of `surveys/*.yml`."""

from collections import Counter
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.domain.assessments.assessment import Assessment, InstrumentKind
from bot.domain.assessments.question import Scale
from bot.domain.enterprise.proposed import mapping_fault
from bot.domain.text.plain import plain
from bot.knowledge.files.problem import Fault, KnowledgeError, Problem, reading_of
from bot.knowledge.files.source_file import assessment_files, broken_folders, is_there
from bot.knowledge.files.table_file import TableFile, read_table, stop_at

Place = tuple[int | str, ...]


@dataclass(frozen=True)
class Nameable:
    """What an assessment may name, by id. `taken`: ids that it may not have itself."""

    articles: Container[str]
    topics: Container[str]
    documents: Container[str]
    taken: Container[str] = ()


def read_assessments(folder: Path, there: Nameable) -> dict[str, Assessment]:
    """The assessments of a folder by id, in the order of the file names.

    Raises:
        KnowledgeError: with every problem of every file.
    """
    found, problems = read_sound_assessments(folder, there, before={})
    stop_at(problems)
    return found


def read_surveys(folder: Path, there: Nameable) -> dict[str, Assessment]:
    """The questionnaires of a folder by id, in the order of the file names.

    Raises:
        KnowledgeError: with every problem of every file.
    """
    found, problems = read_sound_assessments(folder, there, before={}, kind=InstrumentKind.SURVEY)
    stop_at(problems)
    return found


def read_sound_assessments(
    folder: Path,
    there: Nameable,
    *,
    before: Mapping[str, Assessment],
    kind: InstrumentKind = InstrumentKind.ASSESSMENT,
) -> tuple[dict[str, Assessment], list[Problem]]:
    """The instruments of a kind that can be served, and what is wrong with the other files.

    A file with a problem is served as it was `before`, or left out. One that sends on to an
    assessment that is not there is served: nobody is sent.
    """
    # A knowledge base may do without; a folder that nobody can look into is another thing.
    problems = broken_folders(folder) if is_there(folder) else []
    found = dict(before) if problems else {}
    files = assessment_files(folder)
    stems = {file.stem for file in files}
    for file in files:
        try:
            with reading_of(file):
                table = _read(file, there, kind)
                found[file.stem] = table.rows
                problems.extend(_unknown_assessments(table, stems))
        except KnowledgeError as error:
            problems.extend(error.problems)
            if file.stem in before:
                found[file.stem] = before[file.stem]
    return found, problems


def read_assessment(file: Path, there: Nameable) -> Assessment:
    """The assessment of one file.

    Raises:
        KnowledgeError: with every problem found: a field is wrong, an article, a topic or a
            document is unknown, words stand for two answers, the id is not the file's name.
    """
    return _read(file, there, InstrumentKind.ASSESSMENT).rows


def _read(file: Path, there: Nameable, kind: InstrumentKind) -> TableFile[Assessment]:
    table = read_table(file, Assessment)
    problems = [
        *_unknown_articles(table, there.articles),
        *_unknown_documents(table, there.documents),
        *_twofold_words(table),
        *_wrong_mappings(table),
    ]
    if table.rows.id != file.stem:
        message = f"id: {table.rows.id} is not the file's name"
        problems.append(table.problem(message, "id", fault=Fault.FILE_NAME, name=table.rows.id))
    if table.rows.kind is not kind:
        problems.append(_of_another_kind(table, kind))
    if table.rows.id in there.taken:
        problems.append(_taken(table))
    topic = table.rows.request_topic
    if topic not in there.topics:
        problems.append(_unknown(table, topic, "topics.yml", ("request_topic",)))
    stop_at(problems)
    return table


def _unknown(table: TableFile[Assessment], name: str, where: str, spot: Place) -> Problem:
    message = f"{name} is not in {where}"
    return table.problem(message, *spot, fault=Fault.UNKNOWN, name=name, table=where)


def _of_another_kind(table: TableFile[Assessment], kind: InstrumentKind) -> Problem:
    message = f"kind: the files of this folder are of the kind {kind}"
    return table.problem(message, "kind", fault=Fault.WRONG_FIELD, field="kind")


def _taken(table: TableFile[Assessment]) -> Problem:
    name = table.rows.id
    message = f"id: {name} is an assessment already"
    return table.problem(message, "id", fault=Fault.TWICE, name=name, other=f"assessments/{name}")


def _unknown_articles(table: TableFile[Assessment], articles: Container[str]) -> Iterator[Problem]:
    for spot, id_ in named_articles(table.rows):
        if id_ not in articles:
            yield _unknown(table, id_, "articles", spot)


def named_articles(assessment: Assessment) -> Iterator[tuple[Place, str]]:
    """The articles that an assessment leads to, each with its place in the file."""
    for place, id_ in enumerate(assessment.articles):
        yield ("articles", place), id_
    for index, dimension in enumerate(assessment.dimensions):
        for place, id_ in enumerate(dimension.articles):
            yield ("dimensions", index, "articles", place), id_
        for place, advice in enumerate(dimension.advice):
            if advice.support:
                yield ("dimensions", index, "advice", place, "support"), advice.support
    for index, one in enumerate(assessment.consequences):
        if one.article:
            yield ("consequences", index, "article"), one.article


def _unknown_documents(
    table: TableFile[Assessment], documents: Container[str]
) -> Iterator[Problem]:
    for index, one in enumerate(table.rows.consequences):
        if one.document and one.document not in documents:
            yield _unknown(table, one.document, "register.yml", ("consequences", index, "document"))


def _unknown_assessments(
    table: TableFile[Assessment], assessments: Container[str]
) -> Iterator[Problem]:
    for index, one in enumerate(table.rows.consequences):
        if one.assessment and one.assessment not in assessments:
            yield _unknown(
                table, one.assessment, "assessments", ("consequences", index, "assessment")
            )


def _wrong_mappings(table: TableFile[Assessment]) -> Iterator[Problem]:
    for id_, into in table.rows.register_fields.items():
        question = table.rows.question(id_)
        if question is None:
            yield _unknown(table, id_, "questions", ("register",))
        elif fault := mapping_fault(question, into):
            yield table.problem(f"{id_}: {fault}", "register", id_)


def _twofold_words(table: TableFile[Assessment]) -> Iterator[Problem]:
    assessment = table.rows
    yield from _twofold_of(table, _ways(assessment.scale), ("scale", "choices"))
    for name, scale in assessment.scales.items():
        yield from _twofold_of(table, _ways(scale), ("scales", name, "choices"))
    for index, dimension in enumerate(assessment.dimensions):
        for place, question in enumerate(dimension.questions):
            ways = [{plain(way) for way in (c.title, *c.words)} for c in question.choices]
            spot = ("dimensions", index, "questions", place, "choices")
            yield from _twofold_of(table, ways, spot)


def _ways(scale: Scale) -> list[set[str]]:
    return [{plain(way) for way in (one.title, *one.words)} for one in scale.choices]


def _twofold_of(
    table: TableFile[Assessment], ways: list[set[str]], spot: Place
) -> Iterator[Problem]:
    times = Counter(way for of_choice in ways for way in of_choice)
    for index, of_choice in enumerate(ways):
        for way in sorted(of_choice):
            if times[way] > 1:
                yield table.problem(f"“{way}” stands for two answers", *spot, index)
