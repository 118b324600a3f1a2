"""What the children are told."""

from pathlib import Path

import pytest

from bot.processes.engine_room import action_child, engine_room, environment_of, rasa_child
from bot.settings import Settings


@pytest.mark.parametrize("wanted", [True, False])
def test_the_action_server_is_told_whether_meanings_are_compared(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, *, wanted: bool
) -> None:
    chosen = settings.model_copy(update={"sentence_vectors": wanted})
    for name, value in environment_of(chosen).items():
        monkeypatch.setenv(name, value)
    assert Settings(_env_file=None).sentence_vectors is wanted


def test_rasa_is_told_where_actions_are_and_where_locks_lie(settings: Settings) -> None:
    elsewhere = settings.model_copy(
        update={
            "action_url": "http://actions:5055/",
            "lock_url": "redis://redis:6379/0",
            "engine_host": "0.0.0.0",  # noqa: S104
            "rasa_port": 5005,
        }
    )
    room = engine_room(elsewhere)

    child = rasa_child(elsewhere, room, Path("model"))

    assert child.environment["DONGHANH_ACTION_WEBHOOK"] == "http://actions:5055/webhook"
    assert child.environment["DONGHANH_LOCK_URL"] == "redis://redis:6379/0"
    assert child.command[-2:] == ["--host", "0.0.0.0"]  # noqa: S104
    assert room.rasa_url == room.rasa_here == "http://127.0.0.1:5005"
    assert room.action_url == "http://actions:5055"
    assert room.actions_here == f"http://127.0.0.1:{room.action_port}"
    assert "--host" in action_child(elsewhere, room).command


def test_without_a_word_everything_stays_on_loopback(settings: Settings) -> None:
    room = engine_room(settings)

    assert room.host == "127.0.0.1"
    assert room.rasa_url == f"http://127.0.0.1:{room.rasa_port}"
    assert rasa_child(settings, room, Path("model")).environment["DONGHANH_LOCK_URL"] == ""
