"""The table of `docs/states.md`: where a button of every intent leads out of every state.

    python -m tests.support.states

draws it anew; `tests/engine/test_forms_and_intents.py` holds the talk to it.
"""

import re
from collections.abc import Iterator

from bot.settings import ROOT, Settings
from tests.support.stands.dialogue_desk import INTENTS, STATES, DialogueDesk
from tests.support.stands.stage import open_stage

PAGE = ROOT / "docs" / "states.md"
HEAD = "| intent |"
STAYS = "·"
ENDS = "ends"

Place = tuple[str, str]
"""A form and the slot that it asks for."""


def after(place: Place, form: str | None) -> str:
    """A cell: the form stays, ends, or gives way to another one."""
    if form == place[0]:
        return STAYS
    return f"→ {_short(form)}" if form else ENDS


def read() -> dict[tuple[str, Place], str]:
    """The cells of the page, by intent and state."""
    rows = [_cells(line) for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| `")]
    return {
        (row[0].strip("`"), place): cell
        for row in rows
        for place, cell in zip(STATES, row[1:], strict=True)
    }


def draw() -> None:
    """Asks Rasa for every cell and puts the table where the page has it: at its end."""
    with open_stage(Settings(_env_file=None)) as stage:
        desk = DialogueDesk(stage)
        table = "\n".join(_lines(desk))
        desk.close()
    text = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(text[: text.rindex(HEAD)] + table + "\n", encoding="utf-8")


def _lines(desk: DialogueDesk) -> Iterator[str]:
    yield f"{HEAD} {' | '.join(f'{_short(form)}: {_short(slot)}' for form, slot in STATES)} |"
    yield "|---" * (len(STATES) + 1) + "|"
    for intent in INTENTS:
        cells = (_asked(desk, intent, place) for place in STATES)
        yield f"| `{intent}` | {' | '.join(cells)} |"


def _asked(desk: DialogueDesk, intent: str, place: Place) -> str:
    return after(place, desk.says(desk.stands_at(*place), f"/{intent}").form)


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def _short(name: str) -> str:
    return re.sub(r"^(request|assessment|correction)_(?!form)|_form$", "", name)


if __name__ == "__main__":
    draw()
