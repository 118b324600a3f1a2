from bot.processes.engine_room import EngineRoom, action_child
from bot.settings import Settings

ROOM = EngineRoom(rasa_port=1, action_port=2, rasa_token="", action_token="")


def test_only_the_long_running_server_answers_before_its_vectors_are_ready() -> None:
    settings = Settings()
    assert "--at-once" in action_child(settings, ROOM, at_once=True).command
    assert "--at-once" not in action_child(settings, ROOM).command
