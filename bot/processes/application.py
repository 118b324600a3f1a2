"""The application's process: `python -m bot.processes.application`.

The addresses and tokens of Rasa and the action server come from the environment, set by the
supervisor.
"""

import sys

import uvicorn

from bot.application import application
from bot.flow.engine import ActionServer, Engine
from bot.given_settings import WrongSettings, read_settings
from bot.house import open_house
from bot.logs import configure_logging
from bot.processes.engine_room import engine_room
from bot.processes.lifeline import hold_lifeline

SHUTDOWN_SECONDS = 5
"""Open event streams are cut after so long; browsers come back by themselves."""


def main() -> None:
    """Serves until it is stopped or the lifeline ends."""
    hold_lifeline()
    try:
        settings = read_settings().settings
        configure_logging(settings)
        house = open_house(settings)
    except WrongSettings as wrong:
        sys.exit(str(wrong))
    room = engine_room(settings)
    actions = ActionServer(room.action_url, room.action_token)
    engine = Engine(room.rasa_url, room.rasa_token, actions)
    uvicorn.run(
        application(house, engine, actions.url),
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=SHUTDOWN_SECONDS,
        server_header=False,
    )


if __name__ == "__main__":
    main()
