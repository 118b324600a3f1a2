"""What the page of an import shows: the part of its rows that is asked for."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from bot.console.enterprises.import_choices import COLUMN, ROW
from bot.domain.enterprise.profile import MONEY
from bot.house import House
from bot.services.enterprises.imports.checked_row import RowKind
from bot.services.enterprises.imports.column import USES, Beside, MoneyUnit
from bot.services.enterprises.imports.imports import (
    ImportState,
    checked_rows,
    choices_of,
    columns_of,
    outcomes_of,
    passed_of,
    why_not,
)
from bot.services.enterprises.imports.outcome import LEFT, Outcome
from bot.services.enterprises.imports.plan import (
    Plan,
    Planned,
    RowAction,
    options_of,
    plan_of,
)
from bot.services.enterprises.imports.undoing import STAYED
from bot.services.enterprises.profile_words import ProfileWords
from bot.services.enterprises.tables.table import column_letters
from bot.storage.models import ProfileImport

PAGE_SIZE = 100
MOST_PAGES = 10_000

UNITS = (MoneyUnit.MILLION, MoneyUnit.BILLION, MoneyUnit.THOUSAND, MoneyUnit.DONG)


@dataclass(frozen=True)
class Shown:
    """Which rows are asked for: those of an action, or all; odd words ask for all."""

    show: str = ""
    page: int = 1

    @property
    def query(self) -> str:
        """The same in an address, before something else."""
        said = {"show": self.show} if self.show else {}
        said |= {"page": str(self.page)} if self.page > 1 else {}
        return f"{urlencode(said)}&" if said else ""


def page_values(house: House, found: ProfileImport, shown: Shown) -> dict[str, Any]:
    """What the template of an import needs."""
    tables = house.library.tables
    values = {
        "found": found,
        "profile_words": ProfileWords(house.texts, tables.places, tables.sectors),
        "letters": column_letters,
    }
    if found.state != ImportState.CHECKED:
        return {**values, **_of_outcomes(outcomes_of(found), shown)}
    columns, choices = columns_of(found), choices_of(found)
    plan = plan_of(checked_rows(found), choices)
    return {
        **values,
        **_cut(
            [one for one in plan.rows if not _asked(shown, plan) or one.action == shown.show], shown
        ),
        "plan": plan,
        "wrong": sum(one.row.kind is RowKind.WRONG or one.double > 0 for one in plan.rows),
        "show": shown.show if _asked(shown, plan) else "",
        "counts": {action: plan.counts.get(action, 0) for action in RowAction},
        "columns": columns,
        "titles": {one.place: one.title for one in columns},
        "unread": [one for one in columns if not one.is_known],
        "unsaid": [one for one in columns if one.is_money and not one.unit],
        "uses": _uses(),
        "choices": choices,
        "options_of": options_of,
        "passed": Counter(one.why for one in passed_of(found)),
        "why_not": why_not(plan),
        "ROW": ROW,
        "COLUMN": COLUMN,
    }


def _asked(shown: Shown, plan: Plan) -> bool:
    return (
        bool(plan.counts.get(RowAction(shown.show), 0)) if shown.show in set(RowAction) else False
    )


def _of_outcomes(outcomes: Sequence[Outcome], shown: Shown) -> dict[str, Any]:
    kinds = Counter(_kind(one) for one in outcomes)
    show = shown.show if kinds.get(shown.show) else ""
    rows = [one for one in outcomes if not show or _kind(one) == show]
    return {**_cut(rows, shown), "show": show, "counts": kinds}


def _kind(one: Outcome) -> str:
    """Under which word a row is told: what it did, or that something of it stayed."""
    return STAYED if one.undone == STAYED and one.did != LEFT else one.did


def _cut(rows: Sequence[Planned] | Sequence[Outcome], shown: Shown) -> dict[str, Any]:
    pages = max(1, -(-len(rows) // PAGE_SIZE))
    page = min(max(shown.page, 1), pages)
    return {"rows": rows[(page - 1) * PAGE_SIZE : page * PAGE_SIZE], "page": page, "pages": pages}


def _uses() -> Mapping[str, tuple[str, str]]:
    """What may be chosen for a column: the value of the form → what it holds, and in what unit."""
    found: dict[str, tuple[str, str]] = {str(Beside.NOTHING): ("", "")}
    for use in USES:
        if use in MONEY:
            found |= {f"{use}:{unit}": (str(use), str(unit)) for unit in UNITS}
            found[f"{use}:"] = (str(use), "")
        else:
            found[str(use)] = (str(use), "")
    return found
