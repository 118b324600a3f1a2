"""Reads `glossary.yml` and holds it against articles, register and topics."""

from collections import defaultdict
from collections.abc import Container, Iterator
from pathlib import Path

from bot.knowledge.files.problem import Fault, Problem
from bot.knowledge.files.source_file import is_there
from bot.knowledge.files.table_file import TableFile, read_sound_rows, stop_at
from bot.knowledge.glossary import Glossary
from vietnamese import strip_accents, tokens

Spot = tuple[int | str, ...]


def read_glossary(
    file: Path,
    *,
    articles: Container[str],
    documents: Container[str],
    topics: Container[str],
) -> Glossary:
    """The glossary of a file; without the file there is an empty one.

    Raises:
        KnowledgeError: a field is wrong, an article, document, topic or term is unknown, a word
            stands for two terms, or a confused word is the right one.
    """
    glossary, problems = read_sound_glossary(
        file, articles=articles, documents=documents, topics=topics
    )
    stop_at(problems)
    return glossary


def read_sound_glossary(
    file: Path,
    *,
    articles: Container[str],
    documents: Container[str],
    topics: Container[str],
) -> tuple[Glossary, list[Problem]]:
    """The glossary of a file without the rows that are wrong, and what is wrong with those.

    Raises:
        KnowledgeError: the file cannot be read at all.
    """
    if not is_there(file):
        return Glossary(), []
    sound = read_sound_rows(
        file, Glossary, lambda table: _wrong(table, articles, documents, topics)
    )
    return sound.table.rows, sound.problems


def _wrong(
    table: TableFile[Glossary],
    articles: Container[str],
    documents: Container[str],
    topics: Container[str],
) -> Iterator[Problem]:
    rows = table.rows
    yield from _unknown(table, "article", articles, _named_articles(rows))
    yield from _unknown(table, "document of register.yml", documents, _named_documents(rows))
    yield from _unknown(table, "topic of topics.yml", topics, _named_topics(rows))
    yield from _unknown(table, "term", {term.id for term in rows.terms}, _named_terms(table))
    yield from _terms_twice(table)
    yield from _words_of_two_terms(table)
    yield from _right_words(table)
    yield from _confused_twice(table)


def _unknown(
    table: TableFile[Glossary], kind: str, known: Container[str], named: Iterator[tuple[str, Spot]]
) -> Iterator[Problem]:
    place = kind.rpartition(" ")[2]
    for id_, spot in named:
        if id_ not in known:
            yield table.problem(
                f"{id_} is no {kind}", *spot, fault=Fault.UNKNOWN, name=id_, table=place
            )


def _named_articles(rows: Glossary) -> Iterator[tuple[str, Spot]]:
    for place, term in enumerate(rows.terms):
        if term.article is not None:
            yield term.article, ("terms", place, "article")
    for place, confusion in enumerate(rows.confusions):
        yield confusion.explained_in, ("confusions", place, "explained_in")
        for at, id_ in enumerate(confusion.articles):
            yield id_, ("confusions", place, "articles", at)
    for place, old in enumerate(rows.old_terms):
        for at, id_ in enumerate(old.not_in):
            yield id_, ("old_terms", place, "not_in", at)


def _named_documents(rows: Glossary) -> Iterator[tuple[str, Spot]]:
    for place, old in enumerate(rows.old_terms):
        if old.document is not None:
            yield old.document, ("old_terms", place, "document")


def _named_topics(rows: Glossary) -> Iterator[tuple[str, Spot]]:
    for place, term in enumerate(rows.terms):
        yield term.topic, ("terms", place, "topic")
    for place, old in enumerate(rows.old_terms):
        for at, topic in enumerate(old.topics):
            yield topic, ("old_terms", place, "topics", at)


def _named_terms(table: TableFile[Glossary]) -> Iterator[tuple[str, Spot]]:
    for place, confusion in enumerate(table.rows.confusions):
        yield confusion.meant, ("confusions", place, "meant")


def _terms_twice(table: TableFile[Glossary]) -> Iterator[Problem]:
    seen: set[str] = set()
    for place, term in enumerate(table.rows.terms):
        if term.id in seen:
            yield table.problem(f"{term.id} stands here twice", "terms", place, "id")
        seen.add(term.id)


def _words_of_two_terms(table: TableFile[Glossary]) -> Iterator[Problem]:
    holders: dict[str, set[str]] = defaultdict(set)
    for term in table.rows.terms:
        for word in term.words:
            holders[_bare(word)].add(term.id)
    for place, term in enumerate(table.rows.terms):
        spots: list[Spot] = [("name",), *(("synonyms", at) for at in range(len(term.synonyms)))]
        for word, spot in zip(term.words, spots, strict=True):
            others = sorted(holders[_bare(word)] - {term.id})
            if others:
                message = f"“{word}” stands for {', '.join(others)} too"
                yield table.problem(message, "terms", place, *spot)


def _right_words(table: TableFile[Glossary]) -> Iterator[Problem]:
    words = {term.id: {_bare(word) for word in term.words} for term in table.rows.terms}
    for place, confusion in enumerate(table.rows.confusions):
        for at, said in enumerate(confusion.said):
            if _bare(said) in words.get(confusion.meant, ()):
                message = f"“{said}” is the right word for {confusion.meant}"
                yield table.problem(message, "confusions", place, "said", at)


def _confused_twice(table: TableFile[Glossary]) -> Iterator[Problem]:
    """A word that two rows put right at the same article: the second row would never be heard."""
    seen: set[tuple[str, str]] = set()
    for place, confusion in enumerate(table.rows.confusions):
        pairs = {(_bare(said), id_) for said in confusion.said for id_ in confusion.articles}
        for said, id_ in sorted(pairs & seen):
            message = f"“{said}” is put right at {id_} by a row above"
            yield table.problem(message, "confusions", place, "said")
        seen |= pairs


def _bare(phrase: str) -> str:
    return strip_accents(" ".join(tokens(phrase)))
