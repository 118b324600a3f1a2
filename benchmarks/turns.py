"""How long an owner waits for a reply: the web chat, the way of the terminal, a plain Rasa.

One conversation at a time for the latency, then eight at once for the turns a second.

    python -m benchmarks.turns [--epochs N] [--peer FOLDER] [--messages N] [--ours-only]

Web chat: a whole installation (`donghanh run`), over real HTTP, each visitor with his page's
stream open: from the message posted to the reply read on the stream. Terminal: the same way
without HTTP, from message in to replies stored. Peer: `plain_rasa`. Latency does not depend on how
long a net was trained, so few epochs do; `--epochs 100` is Rasa's default, and `--peer` keeps what
was trained for the next run. All run on this machine in this run: compare by ratio.
"""

import argparse
import asyncio
import uuid
from pathlib import Path

from benchmarks.measured import AT_ONCE, WARM_UP, Measured, anew, sample
from benchmarks.plain_rasa import measure_peer
from benchmarks.web_chat import measure_web_chat
from bot.private_world import private_world
from bot.settings import Settings


def main() -> None:
    """Measures all and prints a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--peer", type=Path)
    parser.add_argument("--messages", type=int, default=200)
    parser.add_argument("--ours-only", action="store_true")
    arguments = parser.parse_args()
    messages = sample(arguments.messages)
    rows = {
        "Đồng Hành, web chat": asyncio.run(measure_web_chat(messages)),
        "Đồng Hành, terminal": asyncio.run(measure_terminal(messages)),
    }
    if not arguments.ours_only:
        rows["plain Rasa"] = measure_peer(messages, arguments.epochs, arguments.peer)
    print(f"| system | median ms | p95 ms | turns a second | … {AT_ONCE} at once |")
    print("|---|---|---|---|---|")
    for name, measured in rows.items():
        print(
            f"| {name} | {measured.median:.1f} | {measured.p95:.1f} "
            f"| {measured.one_by_one:.1f} | {measured.at_once:.1f} |"
        )


async def measure_terminal(messages: list[str]) -> Measured:
    """Each message a new contact's first; the second pass asks them anew, all together."""
    async with private_world(Settings()) as world:
        for message in messages[:WARM_UP]:
            await world.say(uuid.uuid4().hex, message)
        times = [(await world.say(uuid.uuid4().hex, message)).ms for message in messages]
        fresh = anew(messages)
        return Measured(times, len(fresh) / await world.crowd(fresh, AT_ONCE))


if __name__ == "__main__":
    main()
