"""`/health/ready` says whether everything runs that an answer needs."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text

from bot.application import application
from bot.flow.engine import Engine
from bot.house import House
from tests.support.stands.serving import serving

LIMIT_SECONDS = 30.0


@pytest.fixture
async def engine_url() -> AsyncIterator[str]:
    """A server that says of itself what Rasa and the action server say when they are well."""
    app = FastAPI()

    @app.get("/status")
    def status() -> dict[str, str]:
        return {"model_file": "model.tar.gz"}

    @app.get("/health")
    def health() -> dict[str, str]:
        return {"status": "ok"}

    async with serving(app) as url:
        yield url


def rename(house: House, table: str, to: str) -> None:
    with house.database.transaction() as session:
        session.execute(text(f"ALTER TABLE {table} RENAME TO {to}"))


@pytest.mark.parametrize(("table", "worker"), [("deliveries", "outbox"), ("inbox_events", "inbox")])
async def test_a_worker_that_died_makes_it_unready_until_it_runs_again(
    house: House, engine_url: str, table: str, worker: str
) -> None:
    # A database in which a table is missing: the worker cannot even begin.
    rename(house, table, "elsewhere")
    app = application(house, Engine(engine_url, ""), engine_url)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client,
    ):

        async def told() -> tuple[int, dict[str, object]]:
            answer = await client.get("/health/ready")
            return answer.status_code, answer.json()

        async with asyncio.timeout(LIMIT_SECONDS):
            while (await told())[1][worker]:
                pass
        status, parts = await told()
        assert status == 503
        assert {name for name, up in parts.items() if up is False} == {worker}

        rename(house, "elsewhere", table)

        async with asyncio.timeout(LIMIT_SECONDS):
            while (await told())[0] != 200:
                pass
        assert (await told())[1]["status"] == "ok"


async def test_it_names_everything_that_runs(house: House, engine_url: str) -> None:
    app = application(house, Engine(engine_url, ""), engine_url)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client,
    ):
        answer = await client.get("/health/ready")

    assert answer.json() == {
        "status": "ok",
        "rasa": True,
        "actions": True,
        "heir": True,
        "relay": True,
        "replies": True,
        "inbox": True,
        "outbox": True,
        "jobs": True,
        "caretaker": True,
        "web": True,
    }
