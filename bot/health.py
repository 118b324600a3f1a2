"""Whether a process of ours answers on loopback."""

import httpx

ANSWER_SECONDS = 2.0


async def answers(base_url: str) -> bool:
    """Whether `GET /health` succeeds."""
    try:
        async with httpx.AsyncClient(timeout=ANSWER_SECONDS) as client:
            return (await client.get(f"{base_url}/health")).is_success
    except httpx.HTTPError:
        return False
