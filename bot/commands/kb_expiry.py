"""`donghanh kb expire`: as tables in Vietnamese, and as JSON."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from bot.audit.expiry import FIRST_WARNING, LAST_WARNING, Due, Expiry, Reason
from bot.commands.groundwork.table import Table
from bot.knowledge.library import Knowledge
from bot.texts import Texts
from bot.texts.filters import day


def show_expiry(
    found: Expiry, knowledge: Knowledge, texts: Texts, *, since: date, until: date
) -> None:
    """Prints what stops holding, and who hears of it when."""
    print(texts.say("upkeep.expire_period", since=since, until=until))
    if not found.documents and not found.due:
        print(texts.say("upkeep.expire_nothing"))
        return
    for table in _tables(found, knowledge, texts):
        table.show()
    if found.due:
        first, last = FIRST_WARNING.days, LAST_WARNING.days
        print("\n" + texts.say("upkeep.warned_how", first=first, last=last))


def expiry_as_json(found: Expiry, *, since: date, until: date) -> dict[str, Any]:
    """The same, with ids."""
    return {
        "since": since.isoformat(),
        "until": until.isoformat(),
        "documents": [
            {"id": one.id, "document": one.short, "last_day": str(one.in_force_to)}
            for one in found.documents
        ],
        "articles": [_as_json(due) for due in found.due],
    }


def _as_json(due: Due) -> dict[str, Any]:
    return {
        "article": due.article.id,
        "reason": due.reason,
        "on": due.on.isoformat(),
        "document": due.document.id if due.document is not None else None,
        "office": due.office,
        "first_warning": due.first_warning.isoformat(),
        "last_warning": due.last_warning.isoformat(),
    }


def _tables(found: Expiry, knowledge: Knowledge, texts: Texts) -> Iterator[Table]:
    yield Table(
        texts.say("upkeep.title_documents"),
        _headings(texts, ["last_day", "document"]),
        [[day(one.in_force_to), one.short] for one in found.documents if one.in_force_to],
    )
    last = ["office", "first_warning", "last_warning"]
    for reason in Reason:
        because = [] if reason is Reason.REVIEW else ["document"]
        yield Table(
            texts.say(f"upkeep.title_{reason}"),
            _headings(texts, ["from", "article", *because, *last]),
            [_row(one, knowledge) for one in found.of(reason)],
        )


def _headings(texts: Texts, names: Sequence[str]) -> list[str]:
    return [texts.say(f"upkeep.heading_{name}") for name in names]


def _row(due: Due, knowledge: Knowledge) -> list[str]:
    because = [] if due.reason is Reason.REVIEW else [due.document.short if due.document else "?"]
    return [
        day(due.on),
        due.article.id,
        *because,
        knowledge.office(due.office).short,
        day(due.first_warning),
        day(due.last_warning),
    ]
