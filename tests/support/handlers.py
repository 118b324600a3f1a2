"""The picture of `docs/handlers.md`: who handles a conversation, and what moves it.

    python -m tests.support.handlers

draws it anew from the table of moves; `tests/docs/test_handlers_page.py` holds the page to it.
"""

from collections.abc import Iterator

from bot.domain.talk.conversation import TRANSITIONS, Handler
from bot.settings import ROOT

PAGE = ROOT / "docs" / "handlers.md"
BEGINS = "```mermaid\n"
ENDS = "```\n"


def picture() -> str:
    """The moves as a Mermaid diagram, each once, in the order of the table."""
    return "\n".join(["stateDiagram-v2", f"  [*] --> {Handler.BOT}", *_moves()]) + "\n"


def drawn() -> str:
    """The diagram as it stands on the page."""
    return PAGE.read_text(encoding="utf-8").partition(BEGINS)[2].partition(ENDS)[0]


def draw() -> None:
    """Puts the diagram where the page has it."""
    text = PAGE.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGINS)
    after = rest.partition(ENDS)[2]
    PAGE.write_text(f"{before}{BEGINS}{picture()}{ENDS}{after}", encoding="utf-8")


def _moves() -> Iterator[str]:
    for (handler, move), after in TRANSITIONS.items():
        yield f"  {handler} --> {after}: {move}"


if __name__ == "__main__":
    draw()
