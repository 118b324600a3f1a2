"""The action server: `rasa_sdk`, by itself on loopback, with our actions and a token.

    python -m actions.server --port PORT [--host ADDRESS] [--at-once]

`--at-once`: answers by words alone until the sentence vectors are ready, instead of waiting.
Standard input is the lifeline: when it ends, the server stops, however the parent died.
"""

import argparse
import asyncio
import hmac
import logging
import sys
import warnings
from typing import Any

from rasa_sdk.endpoint import create_app
from rasa_sdk.executor import ActionExecutor
from sanic import Request, Sanic
from sanic.response import HTTPResponse, empty, json

from actions.registry import all_actions
from actions.regressions import try_again
from actions.shape.desk import Desk
from bot.given_settings import WrongSettings, read_settings
from bot.house import House, open_house
from bot.logs import configure_logging
from bot.processes.lifeline import hold_lifeline
from bot.search.retriever import Retriever
from bot.search.searcher import Searcher
from bot.search.vectors.embedder import load_embedder
from bot.settings import Settings

log = logging.getLogger("donghanh.actions")

LOOPBACK = "127.0.0.1"


def main() -> None:
    """Runs the server until it is stopped or the lifeline ends."""
    parser = argparse.ArgumentParser(description="Action server of Đồng Hành")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--host", default=LOOPBACK)
    parser.add_argument("--at-once", action="store_true")
    arguments = parser.parse_args()
    hold_lifeline()
    try:
        settings = read_settings().settings
        configure_logging(settings)
        desk = open_desk(settings, at_once=arguments.at_once)
    except WrongSettings as wrong:
        sys.exit(str(wrong))
    app = action_app(desk, settings.action_token.get_secret_value())
    log.info("action server ready on port %d", arguments.port)
    app.run(
        host=arguments.host,
        port=arguments.port,
        single_process=True,
        access_log=False,
        motd=False,
    )


class DomainlessExecutor(ActionExecutor):  # type: ignore[misc]  # rasa_sdk has no types
    """Runs actions that never look at the domain, which so need not travel with each call."""

    def update_and_return_domain(
        self, _payload: dict[str, Any], _action_name: str
    ) -> dict[str, Any]:
        """No domain, and no call for one."""
        return {}


def open_desk(settings: Settings, *, at_once: bool = False) -> Desk:
    """The desk of an installation: knowledge read, index built, both followed for changes."""
    house = open_house(settings)
    searcher = Searcher(
        house.library,
        load_embedder(settings.cache) if settings.sentence_vectors else None,
        progress=_tell,
        rebuilt=lambda search: _hold_settled_questions(house, search),
        at_once=at_once,
    )
    searcher.follow()
    return Desk(
        house=house, tables=lambda: house.library.tables, retriever=lambda: searcher.current
    )


def _hold_settled_questions(house: House, search: Retriever) -> None:
    failed = try_again(house.database, search, now=house.clock())
    if failed:
        log.warning("%d settled questions no longer get their article first", failed)


def _tell(done: int, total: int) -> None:
    log.info("learning the meaning of new phrasings: %d of %d", done, total)


def action_app(desk: Desk, token: str) -> Sanic[Any, Any]:
    """`rasa_sdk`'s application with our actions; all but the health check needs the token."""
    executor = DomainlessExecutor()
    for action in all_actions(desk):
        executor.register_action(action)
    # The pair of versions that it warns of is the one that we test.
    warnings.filterwarnings("ignore", message="Your versions of rasa and rasa_sdk")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        app: Sanic[Any, Any] = create_app(executor, cors_origins=None)

    async def ask_for_token(request: Request) -> HTTPResponse | None:
        given = request.args.get("token") or ""
        if request.path == "/health" or hmac.compare_digest(given.encode(), token.encode()):
            return None
        return json({"error": "token"}, status=401)

    async def foresee(request: Request) -> HTTPResponse:
        text = str((request.json or {}).get("text", ""))
        await asyncio.to_thread(desk.retriever().foresee, text)
        return empty()

    # What takes longest in an answer is its meaning: it is worked out while Rasa still parses.
    app.add_route(foresee, "/foresee", methods=["POST"])
    app.register_middleware(ask_for_token, "request")
    return app


if __name__ == "__main__":
    main()
