"""What a page of the web chat sends and hears, over real HTTP."""

import json
import uuid
from typing import Any, Self

import httpx

OURS = {"X-Donghanh": "chat"}


async def post(client: httpx.AsyncClient, text: str = "xin chào", **more: Any) -> httpx.Response:
    headers = {**OURS, **more.pop("headers", {})}
    body = {"id": str(uuid.uuid4()), "text": text, **more}
    return await client.post("/chat/messages", json=body, headers=headers)


async def upload(
    client: httpx.AsyncClient, *files: tuple[str, bytes], text: str = ""
) -> httpx.Response:
    form = {"id": str(uuid.uuid4()), "text": text}
    return await client.post(
        "/chat/files", data=form, files=[("files", file) for file in files], headers=OURS
    )


class Stream:
    """Events of `/chat/events`, in their order."""

    def __init__(self, client: httpx.AsyncClient, *, after: int = 0, last: str = "") -> None:
        self._headers = {"Last-Event-ID": last} if last else {}
        self._context = client.stream(
            "GET", f"/chat/events?after={after}", headers=self._headers, timeout=10
        )

    async def __aenter__(self) -> Self:
        response = await self._context.__aenter__()
        assert response.headers["content-type"].startswith("text/event-stream")
        self._lines = response.aiter_lines()
        return self

    async def __aexit__(self, *error: object) -> None:
        await self._context.__aexit__(None, None, None)

    async def next(self) -> tuple[str, dict[str, Any]]:
        kind = ""
        async for line in self._lines:
            if line.startswith("event: "):
                kind = line.removeprefix("event: ")
            elif line.startswith("data: "):
                return kind, json.loads(line.removeprefix("data: "))
        raise AssertionError("the stream ended")

    async def until_ready(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        while True:
            kind, data = await self.next()
            if kind == "ready":
                return found
            found.append(data)
