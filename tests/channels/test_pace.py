"""How fast a channel may send."""

from bot.channels.pace import Pace


class Time:
    """A clock that moves when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds


def pace(time: Time) -> Pace:
    return Pace(overall=10, per_chat=1, seconds=time, sleep=time.sleep)


async def test_the_first_message_leaves_at_once() -> None:
    time = Time()
    await pace(time).turn("a")
    assert time.now == 100.0


async def test_one_chat_gets_one_a_second() -> None:
    time = Time()
    ours = pace(time)
    for _ in range(4):
        await ours.turn("a")
    assert time.now == 103.0


async def test_all_chats_together_get_ten_a_second() -> None:
    time = Time()
    ours = pace(time)
    for chat in range(21):
        await ours.turn(str(chat))
    assert round(time.now, 6) == 102.0


async def test_a_chat_that_waits_for_itself_does_not_hold_up_another() -> None:
    time = Time()
    ours = pace(time)
    await ours.turn("a")
    time.now += 0.2
    await ours.turn("b")
    assert round(time.now, 6) == 100.2


async def test_a_pause_holds_up_everybody() -> None:
    time = Time()
    ours = pace(time)
    ours.pause(12)
    await ours.turn("a")
    assert time.now == 112.0
