"""`donghanh evaluate`: the quality page, and the gate that holds it against earlier figures."""

import asyncio
import contextlib
import json
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from bot.commands.asked import asked
from bot.commands.messages import fail
from bot.domain.clock import VIETNAM, system_clock
from bot.evaluation.evaluation_set import EvaluationSet, SetError, read_set, within
from bot.evaluation.gate import falls, shared_sets
from bot.evaluation.interview import Interview
from bot.evaluation.page import summary, write_page
from bot.evaluation.quality import Quality, SetFigures, measure
from bot.evaluation.turn import Asker, Turn
from bot.knowledge.library import read_knowledge
from bot.knowledge.problem import KnowledgeError
from bot.private_world import PrivateWorld, Said, WorldFailed, private_world
from bot.processes.model import TrainingFailed
from bot.settings import ROOT, Settings

DEFAULT_SETS = {
    "own": ROOT / "nlu_data" / "evaluation",
    "development": ROOT.parent / "shared" / "eval",
}
"""The second lies outside the project and is measured where it is there."""

PICK = "/pick_article"

SetOption = Annotated[
    list[Path] | None,
    typer.Option("--set", help="Folder or JSON Lines file of labelled messages; repeatable."),
]
OutOption = Annotated[
    Path | None, typer.Option("--out", help="Folder of the page; var/quality unless given.")
]
StylesOption = Annotated[
    bool,
    typer.Option("--styles", help="Also without accents, half without, in shorthand, with typos."),
]
AgainstOption = Annotated[
    Path | None,
    typer.Option("--against", help="Earlier quality.json: exit code 1 if quality fell."),
]

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


def evaluate(
    sets: SetOption = None,
    out: OutOption = None,
    against: AgainstOption = None,
    *,
    styles: StylesOption = False,
) -> None:
    """Puts labelled messages to a private assistant and writes the quality page."""
    settings = Settings()
    try:
        articles = read_knowledge(settings.knowledge_dir).articles
        job = Job(
            sets=[within(one, articles) for one in chosen_sets(sets)],
            topic_of={article.id: article.topic for article in articles.values()},
            out=out or settings.data_dir / "quality",
            spellings=styles,
            today=system_clock().astimezone(VIETNAM).date(),
            earlier=read_earlier(against) if against else None,
        )
        failed = asyncio.run(run(job, lambda: _world_asker(settings)))
    except (SetError, WorldFailed, TrainingFailed, KnowledgeError) as error:
        fail(str(error))
    if failed:
        raise typer.Exit(1)


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


async def run(job: Job, open_asker: OpenAsker) -> bool:
    """Measures, writes the page, prints the summary; whether quality fell."""
    figures: dict[str, SetFigures] = {}
    async with open_asker() as asker:
        for chosen in job.sets:
            typer.echo(f"measuring {chosen.name} …", err=True)
            table = await Interview(asker).table(chosen, spellings=job.spellings)
            figures[chosen.name] = measure(table, job.topic_of)
    quality = Quality(measured_on=job.today, sets=figures)
    await asyncio.to_thread(write_page, quality, job.out)
    typer.echo(summary(quality))
    typer.echo(f"written to {job.out}")
    return job.earlier is not None and _fell(job.earlier, quality)


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
async def _world_asker(settings: Settings) -> AsyncIterator[Asker]:
    async with private_world(settings) as world:
        yield WorldAsker(world)


class WorldAsker:
    """Asks a private assistant; each message or conversation is a new contact's."""

    def __init__(self, world: PrivateWorld) -> None:
        self._world = world

    async def ask(self, text: str) -> Turn:
        """A first message."""
        return (await self.talk([text]))[0]

    async def talk(self, turns: list[str]) -> list[Turn]:
        """A whole conversation."""
        chat_key = uuid.uuid4().hex
        return [as_turn(await self._world.say(chat_key, text)) for text in turns]


def as_turn(said: Said) -> Turn:
    """What came back, seen as `donghanh ask` shows it."""
    if not said.understandings:
        return Turn(outcome=None, ms=said.ms)
    shown, first = asked("", said), said.understandings[0]
    return Turn(
        outcome=first.outcome,
        article=first.article,
        alternatives=shown["alternatives"],
        confidence=first.confidence,
        ms=said.ms,
        last_outcome=said.understandings[-1].outcome,
        offered=_offered(said),
        intent=first.intent,
    )


def _offered(said: Said) -> list[str]:
    """The articles on buttons where none is served: under an answer they are related ones."""
    if said.understandings[0].article is not None:
        return []
    return [
        json.loads(choice.payload.removeprefix(PICK))["article"]
        for reply in said.replies
        for choice in reply.choices
        if choice.payload.startswith(PICK + "{")
    ]
