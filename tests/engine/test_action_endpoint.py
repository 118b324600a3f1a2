"""What Rasa makes of action servers that are gone behind a balancer; in Rasa's own environment."""

import json
import subprocess

import pytest

from bot.processes.model import engine_python
from bot.settings import ROOT, Settings

pytestmark = pytest.mark.engine

LIMIT_SECONDS = 90.0

ASKS = """
import asyncio, json
import aiohttp
from aiohttp import web
from rasa.utils.endpoints import EndpointConfig
from engine import turn_failures
from engine.action_endpoint import KeptOpenEndpoint

there, served = False, []

async def handle(request):
    if not there:
        request.transport.abort()
    served.append(request.path)
    return web.json_response({"events": [], "responses": []})

async def turn(endpoint):
    failures = turn_failures.begin()
    try:
        await endpoint.request(method="post", json={})
        return "done"
    except aiohttp.ClientError:
        return "away" if failures.away else "failed"

async def main():
    global there
    runner = web.ServerRunner(web.Server(handle))
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = site._server.sockets[0].getsockname()[1]
    endpoint = KeptOpenEndpoint.like(EndpointConfig(f"http://127.0.0.1:{port}/webhook"))
    ends = [await turn(endpoint) for _ in range(4)]
    there = True
    served.clear()
    ends.append(await turn(endpoint))
    print(json.dumps([ends, served]))

asyncio.run(main())
"""


def test_nobody_behind_a_balancer_is_a_failure_once_and_then_waited_for(
    settings: Settings,
) -> None:
    said = subprocess.run(  # noqa: S603  (our own interpreter)
        [str(engine_python(settings)), "-W", "ignore", "-c", ASKS],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=LIMIT_SECONDS,
        check=True,
    ).stdout

    ends, served = json.loads(said.splitlines()[-1])
    assert ends == ["failed", "away", "away", "away", "done"]
    assert served == ["/health", "/webhook"]
