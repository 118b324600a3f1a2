from collections.abc import Iterator

import pytest

from bot.settings import Settings
from tests.support.stands.stage import Contact, Stage, open_stage


@pytest.fixture(scope="session")
def stage() -> Iterator[Stage]:
    with open_stage(Settings(_env_file=None)) as stage:
        yield stage


@pytest.fixture
def owner(stage: Stage) -> Contact:
    return stage.contact()
