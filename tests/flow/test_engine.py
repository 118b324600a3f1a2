"""How the application asks Rasa: a real server on loopback plays it."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web

from bot.flow.engine import (
    ActionServer,
    Engine,
    EngineAbsent,
    EngineError,
    EngineMessage,
    TurnFailed,
    TurnLooped,
)
from bot.processes.engine_room import free_port

TOKEN = "chuoi-bi-mat"
MESSAGE = EngineMessage("in:1", "nhãn hiệu là gì")
REPLY = {
    "message": {"text": "Dạ."},
    "understanding": {"outcome": "chitchat", "intent": "greet"},
}

Answer = Callable[[web.Request], Any]


@asynccontextmanager
async def served(answer: Answer) -> AsyncIterator[str]:
    """A server that gives every request to `answer`; its address."""
    port = free_port()
    runner = web.AppRunner(_app(answer))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        await runner.cleanup()


def _app(answer: Answer) -> web.Application:
    async def handle(request: web.Request) -> web.StreamResponse:
        response: web.StreamResponse = await answer(request)
        return response

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", handle)
    return app


@asynccontextmanager
async def engine_at(url: str, actions: ActionServer | None = None) -> AsyncIterator[Engine]:
    engine = Engine(url, TOKEN, actions)
    try:
        yield engine
    finally:
        await engine.close()


async def test_a_turn_carries_who_what_and_its_cause_and_gives_the_replies() -> None:
    asked: list[Any] = []

    async def answer(request: web.Request) -> web.Response:
        asked.append((request.path, request.headers["Authorization"], await request.json()))
        return web.json_response({"failed": [], "replies": [REPLY]})

    async with served(answer) as url, engine_at(url) as engine:
        replies = await engine.turn("c1", MESSAGE, maybe_seen=True)
    assert [reply.message.text for reply in replies] == ["Dạ."]
    body = {
        "sender": "c1",
        "message": "nhãn hiệu là gì",
        "outside_form": "",
        "message_id": "in:1",
        "maybe_seen": True,
    }
    assert asked == [("/webhooks/turn/", f"Bearer {TOKEN}", body)]


@pytest.mark.parametrize(
    ("body", "error", "told"),
    [
        ({"failed": ["action_answer"]}, TurnFailed, "action: action_answer"),
        ({"failed": [], "replies": []}, TurnFailed, "silence: "),
        ({"failed": [], "looped": True}, TurnLooped, "loop: "),
        ({"failed": ["action_answer"], "away": True}, EngineAbsent, "away"),
    ],
    ids=["an action failed", "nothing was said", "it went in circles", "no action server"],
)
async def test_half_a_turn_is_none_and_says_why(
    body: dict[str, Any], error: type[EngineError], told: str
) -> None:
    async def answer(_request: web.Request) -> web.Response:
        return web.json_response({"replies": [REPLY], "looped": False, "away": False, **body})

    async with served(answer) as url, engine_at(url) as engine:
        with pytest.raises(EngineError) as raised:
            await engine.turn("c1", MESSAGE, maybe_seen=False)
    assert type(raised.value) is error
    assert told in str(raised.value)


@pytest.mark.parametrize("breaks", ["torn", "500"])
async def test_an_engine_that_is_well_but_for_this_message_failed_at_it(breaks: str) -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        if request.path == "/status":
            return web.json_response({"model_file": "a.gz"})
        if breaks == "torn":
            assert request.transport is not None
            request.transport.close()
        return web.Response(status=500)

    async with served(answer) as url, engine_at(url) as engine:
        with pytest.raises(TurnFailed) as raised:
            await engine.turn("c1", MESSAGE, maybe_seen=False)
    assert str(raised.value).startswith("no_answer: ")


async def test_a_dialogue_is_reset_by_its_conversation() -> None:
    asked: list[Any] = []

    async def answer(request: web.Request) -> web.Response:
        asked.append((request.path, request.headers["Authorization"], await request.json()))
        return web.json_response({"replies": [], "failed": [], "looped": False, "away": False})

    async with served(answer) as url, engine_at(url) as engine:
        await engine.reset("c1")
    assert asked == [("/webhooks/turn/reset", f"Bearer {TOKEN}", {"sender": "c1"})]


async def test_where_nobody_listens_the_engine_is_absent() -> None:
    async with engine_at(f"http://127.0.0.1:{free_port()}") as engine:
        with pytest.raises(EngineAbsent):
            await engine.turn("c1", MESSAGE, maybe_seen=False)
        assert not await engine.is_ready()


@pytest.mark.parametrize("status", [401, 500, 503])
async def test_an_error_is_told_without_address_and_token(status: int) -> None:
    async def answer(_request: web.Request) -> web.Response:
        return web.json_response({"error": TOKEN}, status=status)

    async with served(answer) as url, engine_at(url) as engine:
        with pytest.raises(EngineAbsent) as raised:
            await engine.turn("c1", MESSAGE, maybe_seen=False)
    assert "127.0.0.1" not in repr(raised.value)
    assert TOKEN not in repr(raised.value)


async def test_a_connection_cut_in_the_middle_is_an_absent_engine() -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        assert request.transport is not None
        request.transport.close()
        return web.Response()

    async with served(answer) as url, engine_at(url) as engine:
        with pytest.raises(EngineAbsent):
            await engine.turn("c1", MESSAGE, maybe_seen=False)


@pytest.mark.parametrize(("status", "ready"), [({"model_file": "a.gz"}, True), ({}, False)])
async def test_it_is_ready_with_a_model(status: dict[str, str], ready: bool) -> None:  # noqa: FBT001
    async def answer(_request: web.Request) -> web.Response:
        return web.json_response(status)

    async with served(answer) as url, engine_at(url) as engine:
        assert await engine.is_ready() is ready


async def test_what_is_foreseen_may_fail_without_harm() -> None:
    async def answer(_request: web.Request) -> web.Response:
        return web.json_response({"failed": [], "replies": [REPLY]})

    nowhere = ActionServer(f"http://127.0.0.1:{free_port()}", TOKEN)
    async with served(answer) as url, engine_at(url, nowhere) as engine:
        engine.foresee("nhãn hiệu là gì")
        assert await engine.turn("c1", MESSAGE, maybe_seen=False)
