"""What a form chooses for the columns and rows of a table."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from starlette.datastructures import FormData

from bot.console.frame.forms import field
from bot.domain.enterprise.profile import MONEY
from bot.services.enterprises.imports.column import USES, Beside, Column, MoneyUnit
from bot.services.enterprises.imports.heading import once_each
from bot.services.enterprises.imports.plan import (
    AS,
    KEEP,
    NEW,
    SAME,
    SKIP,
    UPDATE,
    Choices,
)

ROW = "row_"
COLUMN = "column_"
MOST_DIGITS = 9

_WORDS = frozenset({UPDATE, KEEP, SKIP, NEW})


def columns_chosen(form: FormData, columns: Sequence[Column]) -> list[Column]:
    """The columns by what a form says that each holds, such as `staff` or `revenue:ty`."""
    return once_each([_chosen(field(form, f"{COLUMN}{one.place}"), one) for one in columns])


def rows_chosen(form: FormData) -> Callable[[Choices], Choices]:
    """How a form changes what was chosen before: rows of other pages keep theirs."""
    known, alike = field(form, "known"), field(form, "alike")
    said = {
        int(name.removeprefix(ROW)): field(form, name)
        for name in form
        if name.startswith(ROW) and _is_number(name.removeprefix(ROW))
    }

    def change(before: Choices) -> Choices:
        rows = {**before.rows, **said}
        return Choices(
            known=known if known in (UPDATE, KEEP) else before.known,
            skip_wrong=field(form, "skip_wrong") == "1",
            alike=alike if alike in ("", SAME, NEW) else before.alike,
            rows={number: choice for number, choice in rows.items() if _is_choice(choice)},
        )

    return change


def _chosen(said: str, column: Column) -> Column:
    use, _, unit = said.partition(":")
    if use == Beside.PASSED or (use and use not in set(USES)):
        return column
    is_money = use in MONEY and unit in set(MoneyUnit)
    return replace(column, use=use, unit=unit if is_money else "")


def _is_choice(choice: str) -> bool:
    return choice in _WORDS or (choice.startswith(AS) and _is_number(choice.removeprefix(AS)))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
