"""What the assistant does with messages that are none of ours, and with wishes that are meant.

    .venv/bin/python -m benchmarks.off_topic --lines FILE… [--wishes FILE…] [--json FILE]

Each line is a new contact's first message to a private assistant: real Rasa, real action server,
a database of its own. A file of `--lines` holds one message a line; of `--wishes`,
`intent | message`. Lines that begin with `#` are comments. The public sets that this was measured
with (`docs/measurements/off-topic.md`) may not be passed on: fetch your own.
"""

import argparse
import asyncio
import json
import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

from sqlalchemy import func, select

from bot.domain.talk.messages import OutgoingMessage
from bot.domain.talk.payload import read_payload
from bot.domain.talk.understanding import Outcome, Understanding
from bot.private_world import PrivateWorld, Said, private_world
from bot.settings import Settings
from bot.storage.models import Request

DOUBTFUL_WISH = "doubtful_wish"
"""The intent of a message whose wish is asked about before it is done (`domain.yml`)."""


class Came(StrEnum):
    """What came of a line; the first five happen without having been wished."""

    CASE = "case"
    FORM = "form"
    ASSESSMENT = "assessment"
    PRIVACY = "privacy"
    STATUS = "status"
    ASKED_FIRST = "asked first"
    ARTICLE = "article"
    POINTED = "another authority named"
    SUGGESTIONS = "suggestions"
    OUT_OF_SCOPE = "out of scope"
    CHITCHAT = "chitchat"
    SILENCE = "silence"


EFFECTS = (Came.CASE, Came.FORM, Came.ASSESSMENT, Came.PRIVACY, Came.STATUS)

OF_OUTCOME = {
    Outcome.REQUEST: Came.FORM,
    Outcome.ASSESSMENT: Came.ASSESSMENT,
    Outcome.PRIVACY: Came.PRIVACY,
    Outcome.REQUEST_STATUS: Came.STATUS,
    Outcome.ANSWER: Came.ARTICLE,
    Outcome.WRONG_OFFICE: Came.POINTED,
    Outcome.CLARIFY: Came.SUGGESTIONS,
    Outcome.HANDOVER: Came.SUGGESTIONS,
    Outcome.OUT_OF_SCOPE: Came.OUT_OF_SCOPE,
    Outcome.CHITCHAT: Came.CHITCHAT,
}

EFFECT_OF_WISH = {
    "handover": Came.CASE,
    "request_help": Came.FORM,
    "assessment": Came.ASSESSMENT,
    "request_status": Came.STATUS,
    "privacy_see": Came.PRIVACY,
    "privacy_correct": Came.PRIVACY,
    "privacy_erase": Came.PRIVACY,
    "privacy_withdraw": Came.PRIVACY,
}
"""What shows that a wish was done; others show it by their intent alone."""


class Kept(StrEnum):
    """What became of a wish: done, asked about with its own button, offered among others."""

    DONE = "done"
    ASKED = "asked"
    OFFERED = "offered"
    LOST = "lost"


@dataclass(frozen=True)
class Told:
    """One line and what came of it; `wish` is empty for a line that wishes nothing of ours."""

    source: str
    text: str
    came: str
    intent: str
    wish: str = ""
    kept: str = ""


def lines(file: Path) -> list[str]:
    """The lines of a file without its comments."""
    texts = (line.strip() for line in file.read_text(encoding="utf-8").splitlines())
    return [text for text in texts if text and not text.startswith("#")]


def wishes(file: Path) -> list[tuple[str, str]]:
    """Intent and message of each line."""
    parts = (line.split("|", 1) for line in lines(file))
    return [(intent.strip(), text.strip()) for intent, text in parts]


def came_of(understandings: Sequence[Understanding], cases: int) -> Came:
    """What a line came to; `cases`: the rows that it put before officers."""
    if cases:
        return Came.CASE
    if not understandings:
        return Came.SILENCE
    first = understandings[0]
    if first.intent == DOUBTFUL_WISH:
        return Came.ASKED_FIRST
    return OF_OUTCOME[first.outcome]


def kept(wish: str, came: Came, intent: str, replies: Iterable[OutgoingMessage]) -> Kept:
    """What became of a wish."""
    if came is EFFECT_OF_WISH.get(wish) or (wish not in EFFECT_OF_WISH and intent == wish):
        return Kept.DONE
    offered = [read_payload(choice.payload)[0] for reply in replies for choice in reply.choices]
    if came is Came.ASKED_FIRST and offered[:1] == [wish]:
        return Kept.ASKED
    return Kept.OFFERED if wish in offered else Kept.LOST


async def ask(world: PrivateWorld, source: str, text: str, wish: str = "") -> Told:
    """One line, as a new contact's first message."""
    before = _cases(world)
    said: Said = await world.say(uuid.uuid4().hex, text)
    came = came_of(said.understandings, _cases(world) - before)
    intent = said.understandings[0].intent if said.understandings else ""
    became = kept(wish, came, intent, said.replies) if wish else ""
    return Told(source, text, came, intent, wish, became)


def _cases(world: PrivateWorld) -> int:
    with world.house.database.transaction() as session:
        return session.scalar(select(func.count()).select_from(Request)) or 0


def table(told: Sequence[Told]) -> str:
    """Percent of the lines of each source by what came of them, as a Markdown table."""
    shown = ("effects", *Came)
    rows = [f"| set | lines | {' | '.join(shown)} |", "|---" * (len(shown) + 2) + "|"]
    sources = list(dict.fromkeys(one.source for one in told))
    for source in [*sources, ""] if len(sources) > 1 else sources:
        of_source = [one for one in told if source in ("", one.source)]
        count = Counter(one.came for one in of_source)
        effects = sum(count[came] for came in EFFECTS)
        shares = [_share(n, len(of_source)) for n in (effects, *(count[came] for came in Came))]
        rows.append(f"| {source or 'all'} | {len(of_source)} | {' | '.join(shares)} |")
    return "\n".join(rows)


def wish_table(told: Sequence[Told]) -> str:
    """How many wishes of each intent were done, asked about, offered, lost."""
    rows = [f"| wish | lines | {' | '.join(Kept)} |", "|---" * (len(Kept) + 2) + "|"]
    for wish in [*dict.fromkeys(one.wish for one in told), ""]:
        of_wish = [one for one in told if wish in ("", one.wish)]
        count = Counter(one.kept for one in of_wish)
        numbers = " | ".join(str(count[one]) for one in Kept)
        rows.append(f"| {wish or 'all'} | {len(of_wish)} | {numbers} |")
    return "\n".join(rows)


def _share(count: int, of: int) -> str:
    return f"{count} ({100 * count / of:.1f} %)" if count else "0"


def offending(told: Sequence[Told]) -> list[Told]:
    """The lines that went wrong: effects, articles and questions first; wishes not done."""
    wrong = (*EFFECTS, Came.ASKED_FIRST, Came.ARTICLE, Came.POINTED, Came.SILENCE)
    return [
        one for one in told if (one.kept not in ("", Kept.DONE) if one.wish else one.came in wrong)
    ]


def report(told: Sequence[Told]) -> None:
    """Prints the tables and the offending lines."""
    for rows, text in (
        ([one for one in told if not one.wish], table),
        ([one for one in told if one.wish], wish_table),
    ):
        if rows:
            print(text(rows), end="\n\n")
    for one in offending(told):
        print(f"{one.source}: {one.kept or one.came} ({one.intent}): {one.text}")


async def measure(files: Iterable[Path], wish_files: Iterable[Path]) -> list[Told]:
    """All lines, one after another."""
    asked = [(file.stem, text, "") for file in files for text in lines(file)]
    asked += [(file.stem, text, wish) for file in wish_files for wish, text in wishes(file)]
    async with private_world(Settings()) as world:
        return [await ask(world, source, text, wish) for source, text, wish in asked]


def main() -> None:
    """Asks and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=Path, nargs="*", default=[])
    parser.add_argument("--wishes", type=Path, nargs="*", default=[])
    parser.add_argument("--json", type=Path, help="writes every line and what came of it")
    arguments = parser.parse_args()
    told = asyncio.run(measure(arguments.lines, arguments.wishes))
    report(told)
    if arguments.json:
        rows = [asdict(one) for one in told]
        text = json.dumps(rows, ensure_ascii=False, indent=1)
        arguments.json.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
