"""What the children are told."""

import pytest

from bot.processes.engine_room import environment_of
from bot.settings import Settings


@pytest.mark.parametrize("wanted", [True, False])
def test_the_action_server_is_told_whether_meanings_are_compared(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, *, wanted: bool
) -> None:
    chosen = settings.model_copy(update={"sentence_vectors": wanted})
    for name, value in environment_of(chosen).items():
        monkeypatch.setenv(name, value)
    assert Settings(_env_file=None).sentence_vectors is wanted
