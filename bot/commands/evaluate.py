"""`donghanh evaluate`: the quality page, and the gate that holds it against earlier figures."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from bot.approved_layer import ApprovedLayer
from bot.commands.groundwork.installed import (
    installed_database,
    installed_settings,
    installed_world,
)
from bot.commands.groundwork.messages import fail
from bot.commands.kb_settled import settled_set
from bot.commands.world_asker import WorldAsker
from bot.domain.clock import VIETNAM, system_clock
from bot.evaluation.asking.evaluation_set import EvaluationSet, SetError, read_set, within
from bot.evaluation.asking.turn import Asker
from bot.evaluation.comparison import shared_sets
from bot.evaluation.gate import falls
from bot.evaluation.interview import Interview
from bot.evaluation.page import differences, summary, write_page
from bot.evaluation.quality import Quality, SetFigures, measure
from bot.knowledge.library import Knowledge, Library
from bot.private_world import WorldFailed
from bot.processes.model import TrainingFailed
from bot.processes.model_inputs import inputs_hash
from bot.settings import ROOT, Settings

DEFAULT_SETS = {
    "own": ROOT / "nlu_data" / "evaluation",
    "seen talks": ROOT / "nlu_data" / "talks" / "seen",
    "unseen talks": ROOT / "nlu_data" / "talks" / "unseen",
    "development": ROOT.parent / "shared" / "eval",
}
"""The last lies outside the project and is measured where it is there."""

SetOption = Annotated[
    list[Path] | None,
    typer.Option("--set", help="Folder or JSON Lines file of labelled messages; repeatable."),
]
OutOption = Annotated[
    Path | None, typer.Option("--out", help="Folder of the page; var/quality unless given.")
]
StylesOption = Annotated[
    bool,
    typer.Option("--styles", help="Also with each fault of spelling, and with all together."),
]
AgainstOption = Annotated[
    Path | None,
    typer.Option("--against", help="Earlier quality.json: exit code 1 if quality fell."),
]

BesideOption = Annotated[
    Path | None,
    typer.Option("--beside", help="quality.json of another run, shown beside this one."),
]
ModelOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--model", help="Trained model (.tar.gz) instead of today's; given twice: A beside B."
    ),
]
WordsOption = Annotated[
    bool, typer.Option("--words-only", help="Search without sentence vectors, by words alone.")
]

MOST_MODELS = 2

OpenAsker = Callable[[], AbstractAsyncContextManager[Asker]]


@dataclass(frozen=True)
class Job:
    """What to measure, and where to put it. `topic_of`: the topic of each article."""

    sets: list[EvaluationSet]
    topic_of: dict[str, str]
    out: Path
    spellings: bool
    today: date
    earlier: Quality | None = None
    beside: Quality | None = None


@dataclass(frozen=True)
class Variant:
    """An assistant to measure, and what it is called on the page."""

    name: str
    open_asker: OpenAsker


def evaluate(  # noqa: PLR0913  (each is an option of the command)
    sets: SetOption = None,
    out: OutOption = None,
    against: AgainstOption = None,
    beside: BesideOption = None,
    model: ModelOption = None,
    *,
    styles: StylesOption = False,
    words_only: WordsOption = False,
) -> None:
    """Puts labelled messages to a private assistant and writes the quality page."""
    settings = installed_settings()
    if words_only:
        settings = settings.model_copy(update={"sentence_vectors": False})
    try:
        variants = chosen_variants(settings, model or [])
        knowledge, settled = installed_knowledge(settings)
        articles = knowledge.articles
        job = Job(
            sets=[
                within(one, articles) for one in (*chosen_sets(sets), *([] if sets else settled))
            ],
            topic_of={article.id: article.topic for article in articles.values()},
            out=out or settings.data_dir / "quality",
            spellings=styles,
            today=system_clock().astimezone(VIETNAM).date(),
            earlier=read_earlier(against) if against else None,
            beside=read_earlier(beside) if beside else None,
        )
        failed = asyncio.run(run(job, variants))
    except (SetError, WorldFailed, TrainingFailed) as error:
        fail(str(error))
    if failed:
        raise typer.Exit(1)


def installed_knowledge(settings: Settings) -> tuple[Knowledge, list[EvaluationSet]]:
    """The articles as the installation serves them, and its settled questions as a set, if any."""
    database = installed_database(settings)
    if database is None:
        return Library(settings.knowledge_dir).current, []
    knowledge = Library(settings.knowledge_dir, ApprovedLayer(database)).current
    settled = settled_set(database, knowledge)
    database.close()
    return knowledge, [settled] if settled else []


def chosen_sets(paths: list[Path] | None) -> list[EvaluationSet]:
    """The sets of the given paths, or the default ones that are there.

    Raises:
        SetError: a set cannot be read, or two bear the same name.
    """
    if not paths:
        return [read_set(path, name) for name, path in DEFAULT_SETS.items() if path.exists()]
    names = {path.resolve(): name for name, path in DEFAULT_SETS.items()}
    sets = [read_set(path, names.get(path.resolve(), "")) for path in paths]
    twice = {one.name for one in sets if sum(other.name == one.name for other in sets) > 1}
    if twice:
        raise SetError(f"two sets bear the name {', '.join(sorted(twice))}")
    return sets


def chosen_variants(settings: Settings, models: list[Path]) -> list[Variant]:
    """Today's assistant, or one for each given model.

    Raises:
        SetError: a model is not there, or there are more than can stand side by side.
    """
    if len(models) > MOST_MODELS:
        raise SetError("two models can stand side by side, not more")
    for one in models:
        if not one.is_file():
            raise SetError(f"{one}: no such model")
    suffix = "" if settings.sentence_vectors else ", by words alone"
    chosen: Sequence[Path | None] = models or [None]
    todays = inputs_hash(settings.knowledge_dir)
    return [
        Variant(
            f"model {one.name.removesuffix('.tar.gz') if one else todays}{suffix}",
            partial(_world_asker, settings, one.resolve() if one else None),
        )
        for one in chosen
    ]


def read_earlier(file: Path) -> Quality:
    """Earlier figures.

    Raises:
        SetError: they cannot be read.
    """
    try:
        return Quality.model_validate_json(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise SetError(f"{file}: {error.strerror}") from None
    except (ValidationError, UnicodeDecodeError):
        raise SetError(f"{file}: no figures of `donghanh evaluate`") from None


async def run(job: Job, variants: list[Variant]) -> bool:
    """Measures, writes the page, prints the summary; returns whether quality fell.

    Of two variants the page is the second's, with the first beside it and in the folder `a`.
    """
    *before, quality = [await measured(job, variant) for variant in variants]
    for other in before:
        await asyncio.to_thread(write_page, other, job.out / "a")
    beside = before[0] if before else job.beside
    await asyncio.to_thread(write_page, quality, job.out, beside)
    typer.echo(summary(quality))
    if beside:
        typer.echo(differences(beside, quality))
    typer.echo(f"written to {job.out}")
    return job.earlier is not None and _fell(job.earlier, quality)


async def measured(job: Job, variant: Variant) -> Quality:
    """The figures of one assistant."""
    figures: dict[str, SetFigures] = {}
    async with variant.open_asker() as asker:
        for chosen in job.sets:
            typer.echo(f"measuring {chosen.name} …", err=True)
            table = await Interview(asker).table(chosen, spellings=job.spellings)
            figures[chosen.name] = measure(table, job.topic_of)
    return Quality(measured_on=job.today, assistant=variant.name, sets=figures)


def _fell(earlier: Quality, now: Quality) -> bool:
    """Says which guarded figures fell. Nothing to compare counts as a fall: a gate must guard."""
    common = shared_sets(earlier, now)
    for name in earlier.sets.keys() - set(common):
        typer.echo(f"{name} was not measured this time and is not compared", err=True)
    if not common:
        typer.echo("no set was measured both times", err=True)
        return True
    found = falls(earlier, now)
    for fall in found:
        typer.echo(str(fall), err=True)
    return bool(found)


@contextlib.asynccontextmanager
async def _world_asker(settings: Settings, model: Path | None) -> AsyncIterator[Asker]:
    async with installed_world(settings, model=model) as world:
        yield WorldAsker(world)
