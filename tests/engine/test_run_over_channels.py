"""A self-assessment begun on Telegram, put aside, and ended on the web and at the terminal.

Real Rasa, Telegram's rules over HTTP, the web chat over HTTP with its stream open.
"""

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest
from pydantic import SecretStr
from sqlalchemy import select

from bot.domain.assessments.attempt import AttemptState
from bot.house import House
from bot.private_world import private_world
from bot.settings import Settings
from bot.storage.models import Attempt
from tests.support.doubles.telegram_server import TOKEN, TelegramServer
from tests.support.stands.channel_stand import (
    Stand,
    TelegramStand,
    TerminalStand,
    all_at_work,
    web_stand,
)
from tests.support.waiting import until

pytestmark = pytest.mark.engine

QUESTION = re.compile(r"Câu (\d+)/\d+")
CODE = re.compile(r"\b(?=[A-Z]*\d)(?=\d*[A-Z])[A-Z2-9]{8}\b")


def newest(stand: Stand, pattern: re.Pattern[str]) -> str:
    found = pattern.findall(stand.seen())
    return found[-1] if found else ""


async def answers(stand: Stand, step: Callable[[], Awaitable[None]], question: str) -> None:
    """A step of the owner's, after which a question stands as the newest."""
    await step()
    await until(lambda: newest(stand, QUESTION) == question)


def runs(house: House) -> list[tuple[str, str, int]]:
    with house.database.reading() as session:
        rows = session.scalars(select(Attempt).order_by(Attempt.id)).all()
        return [(row.assessment, row.state, len(row.answers)) for row in rows]


async def test_a_run_goes_from_telegram_to_the_web_and_ends_at_the_terminal() -> None:
    settings = Settings(_env_file=None)
    async with private_world(settings) as world:
        with TelegramServer(hang_seconds=1.5) as server:
            own = world.house.settings.model_copy(
                update={
                    "telegram_token": SecretStr(TOKEN),
                    "telegram_base_url": server.base_url,
                }
            )
            house = replace(world.house, settings=own)
            house.signals.bind()
            async with web_stand(house) as web:
                phone, desk = TelegramStand(house, server), TerminalStand(house)
                async with all_at_work(house, [phone, web, desk], world.engine):
                    await play(phone, web, desk)
        assert runs(world.house) == [("5s", AttemptState.FINISHED, 25)]


async def play(phone: TelegramStand, web: Stand, desk: Stand) -> None:
    await answers(phone, lambda: phone.write("tự đánh giá 5s"), "1")
    for number in range(2, 6):
        await answers(phone, lambda: phone.press("2 · Làm một phần"), str(number))
    # In the middle something else is asked, answered, and the question stands again.
    await phone.write("iso 9001 là gì")
    await until(lambda: "ISO 9001" in phone.seen())
    await phone.write("Tạm dừng")
    await until(lambda: newest(phone, CODE) != "")
    first = newest(phone, CODE)

    await answers(web, lambda: web.write(f"làm tiếp {first}"), "5")
    await answers(web, lambda: web.press("2 · Làm một phần"), "6")
    await web.write("tạm dừng")
    await until(lambda: newest(web, CODE) not in ("", first))

    await answers(desk, lambda: desk.write(newest(web, CODE)), "6")
    for number in range(7, 26):
        await answers(desk, lambda: desk.write("3"), str(number))
    await desk.write("3")
    await until(lambda: "Kết quả" in desk.seen())
    assert "%" in desk.seen()
    # The code has served: whoever finds it later gets nothing.
    await phone.write(f"làm tiếp {first}")
    await until(lambda: phone.seen().count(first) > 1)
