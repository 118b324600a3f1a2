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
    actions = ActionServer(
        f"http://127.0.0.1:{settings.action_port}", settings.action_token.get_secret_value()
    )
    engine = Engine(
        f"http://127.0.0.1:{settings.rasa_port}", settings.rasa_token.get_secret_value(), actions
    )
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
