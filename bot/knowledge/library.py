"""The knowledge base as a whole, and the newest reading of it."""

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Protocol

from bot.domain.understanding import CitedSource
from bot.knowledge.article import Article, read_article
from bot.knowledge.glossary import Glossary
from bot.knowledge.glossary_file import read_glossary
from bot.knowledge.office import Office, OfficeFile, Topic, TopicFile
from bot.knowledge.problem import KnowledgeError, Problem
from bot.knowledge.register import DocumentStatus, LegalDocument, Register
from bot.knowledge.settled import SettledQuestions
from bot.knowledge.settled_file import read_not_ours
from bot.knowledge.yaml_file import load_yaml, validate


@dataclass(frozen=True)
class Knowledge:
    """One consistent reading of the folder. All mappings are by id, in the order of the files."""

    articles: dict[str, Article]
    documents: dict[str, LegalDocument]
    offices: dict[str, Office]
    topics: dict[str, Topic]
    glossary: Glossary = field(default_factory=Glossary)
    settled: SettledQuestions = field(default_factory=SettledQuestions)

    def sources(self, article: Article, day: date) -> list[CitedSource]:
        """The legal bases of an article as they stand on a day."""
        return [
            self.documents[source.document].cited(source.clause, day) for source in article.sources
        ]

    def is_served(self, article: Article, day: date) -> bool:
        """Whether the article may be given as an answer: some cited document must still hold.

        An article may cite what was replaced, to say so; it is not served once nothing that it
        leans on holds any more, nor once its last holding source has run out.
        """
        if not article.sources:
            return True
        return any(self.documents[source.document].holds_on(day) for source in article.sources)

    def is_unverified(self, article: Article, day: date) -> bool:
        """Whether the reply must say that something is not confirmed."""
        return article.verify or any(
            self.documents[source.document].status_on(day) is DocumentStatus.UNVERIFIED
            for source in article.sources
        )


def read_knowledge(folder: Path) -> Knowledge:
    """Reads and checks the whole folder.

    Raises:
        KnowledgeError: with every problem found, each with file and line.
    """
    problems: list[Problem] = []
    register_file = folder / "register.yml"
    register = validate(Register, _yaml(register_file), register_file)
    offices_file, topics_file = folder / "offices.yml", folder / "topics.yml"
    offices = validate(OfficeFile, _yaml(offices_file), offices_file).offices
    topics = validate(TopicFile, _yaml(topics_file), topics_file).topics
    articles: list[tuple[Path, Article]] = []
    for file in sorted((folder / "articles").rglob("*.md")):
        try:
            articles.append((file, read_article(file)))
        except KnowledgeError as error:
            problems.extend(error.problems)
    problems.extend(_twice(register_file, (document.id for document in register.documents)))
    knowledge = Knowledge(
        articles={article.id: article for _, article in articles},
        documents={document.id: document for document in register.documents},
        offices={office.id: office for office in offices},
        topics={topic.id: topic for topic in topics},
    )
    for file, article in articles:
        problems.extend(_dangling(file, article, knowledge))
    glossary = _glossary(folder, knowledge, problems)
    settled = _settled(folder, problems)
    if problems:
        raise KnowledgeError(problems)
    return replace(knowledge, glossary=glossary, settled=settled)


def _glossary(folder: Path, knowledge: Knowledge, problems: list[Problem]) -> Glossary:
    try:
        return read_glossary(
            folder / "glossary.yml",
            # By file names: an article that cannot be read is a problem once, not here again.
            articles={file.stem for file in (folder / "articles").rglob("*.md")},
            documents=knowledge.documents,
            topics=knowledge.topics,
        )
    except KnowledgeError as error:
        problems.extend(error.problems)
        return Glossary()


def _settled(folder: Path, problems: list[Problem]) -> SettledQuestions:
    try:
        return read_not_ours(folder / "out_of_scope.yml")
    except KnowledgeError as error:
        problems.extend(error.problems)
        return SettledQuestions()


def _yaml(file: Path) -> object:
    try:
        return load_yaml(file.read_text(encoding="utf-8"), file)
    except FileNotFoundError:
        raise KnowledgeError([Problem(file, 0, "the file is missing")]) from None


def _twice(file: Path, ids: Iterable[str]) -> list[Problem]:
    seen: set[str] = set()
    problems = []
    for item in ids:
        if item in seen:
            problems.append(Problem(file, 0, f"{item} stands here twice"))
        seen.add(item)
    return problems


def _dangling(file: Path, article: Article, knowledge: Knowledge) -> list[Problem]:
    lines = file.read_text(encoding="utf-8").splitlines()

    def line_of(word: str) -> int:
        return next((n for n, line in enumerate(lines, 1) if word in line), 1)

    wrong = [
        Problem(file, line_of(source.document), f"{source.document} is not in register.yml")
        for source in article.sources
        if source.document not in knowledge.documents
    ]
    if article.office not in knowledge.offices:
        wrong.append(Problem(file, line_of("office:"), f"{article.office} is not in offices.yml"))
    if article.topic not in knowledge.topics:
        wrong.append(Problem(file, line_of("topic:"), f"{article.topic} is not in topics.yml"))
    wrong.extend(
        Problem(file, line_of("related:"), f"related: {other} is no article")
        for other in article.related
        if other not in knowledge.articles
    )
    return wrong


class Layer(Protocol):
    """What lies over the files (`docs/adr/0007-approved-additions.md`)."""

    def stamp(self) -> object:
        """Differs from the one before when the layer has changed. Cheap."""
        ...

    def over(self, knowledge: Knowledge) -> Knowledge:
        """The files' knowledge with the layer over it; never raises for what does not fit."""
        ...


class Library:
    """The newest good reading of a folder. A broken edit keeps the last good one in service.

    `layer`: what is laid over each reading.
    """

    def __init__(self, folder: Path, layer: Layer | None = None) -> None:
        self.folder = folder
        self._layer = layer
        self._lock = threading.Lock()
        self._stamp = _stamp(folder)
        self._layer_stamp = self._stamp_of_layer()
        self._files = read_knowledge(folder)
        self._knowledge = self._laid_over()

    @property
    def files(self) -> Knowledge:
        """The newest good reading without what lies over it."""
        return self._files

    @property
    def current(self) -> Knowledge:
        """The newest good reading."""
        return self._knowledge

    def refresh(self) -> bool:
        """Reads the folder again where a file changed; whether there is a new reading.

        Raises:
            KnowledgeError: the change cannot be read; `current` stays as it was.
        """
        with self._lock:
            layer_stamp, stamp = self._stamp_of_layer(), _stamp(self.folder)
            if (stamp, layer_stamp) == (self._stamp, self._layer_stamp):
                return False
            if stamp != self._stamp:
                self._stamp = stamp
                self._files = read_knowledge(self.folder)
            self._layer_stamp = layer_stamp
            self._knowledge = self._laid_over()
            return True

    def _stamp_of_layer(self) -> object:
        return None if self._layer is None else self._layer.stamp()

    def _laid_over(self) -> Knowledge:
        return self._files if self._layer is None else self._layer.over(self._files)


def _stamp(folder: Path) -> tuple[tuple[str, int, int], ...]:
    files = sorted(file for file in folder.rglob("*") if file.suffix in {".md", ".yml"})
    return tuple((str(f), (s := f.stat()).st_mtime_ns, s.st_size) for f in files)
