"""The gate: today's assistant, real search and real Rasa, against the kept quality page."""

import pytest

from bot.commands.evaluate import DEFAULT_SETS, read_earlier
from bot.commands.world_asker import WorldAsker
from bot.domain.clock import VIETNAM, system_clock
from bot.evaluation.asking.evaluation_set import read_set, within
from bot.evaluation.gate import falls
from bot.evaluation.interview import Interview
from bot.evaluation.quality import Quality, measure
from bot.knowledge.library import Library
from bot.private_world import private_world
from bot.search.vectors.embedder import load_embedder
from bot.settings import ROOT, Settings

pytestmark = pytest.mark.engine

KEPT = ROOT / "docs" / "quality.json"


async def test_quality_has_not_fallen_since_the_page_was_kept(library: Library) -> None:
    settings = Settings(_env_file=None)
    if load_embedder(settings.cache) is None:
        pytest.skip("the kept figures were measured with sentence vectors, this machine has none")
    kept = read_earlier(KEPT)
    articles = library.current.articles
    sets = {name: read_set(path, name) for name, path in DEFAULT_SETS.items() if path.exists()}
    async with private_world(settings) as world:
        interview = Interview(WorldAsker(world))
        now = Quality(
            measured_on=system_clock().astimezone(VIETNAM).date(),
            sets={
                name: measure(await interview.table(within(chosen, articles)), {})
                for name, chosen in sets.items()
            },
        )
    assert "own" in kept.sets
    assert [str(fall) for fall in falls(kept, now)] == []
