"""The form of a new article: its fields as an article's header and texts."""

from datetime import date, timedelta
from typing import Any

from starlette.datastructures import FormData

from bot.console.frame.forms import field
from bot.domain.text.plain import plain
from bot.knowledge.additions.added_article import has_ground, id_of, wrong_fields
from bot.knowledge.articles.article import BUTTON_LIMIT
from bot.knowledge.library import Knowledge
from bot.storage.models import GapConclusion

REVIEW_AFTER = timedelta(days=182)
"""Half a year, as `docs/guides/editor.md` asks."""

NAMES = (
    "title",
    "button",
    "subject",
    "topic",
    "office",
    "answer",
    "detail",
    "next_steps",
    "phrasings",
    "verify_note",
)


def typed(form: FormData, source_rows: int) -> dict[str, str]:
    """What was typed, by field, to be shown again."""
    return {name: field(form, name) for name in blank(source_rows)}


def blank(source_rows: int) -> dict[str, str]:
    """All fields of the form, empty."""
    sources = [f"{part}_{n}" for n in range(source_rows) for part in ("document", "clause")]
    return dict.fromkeys((*NAMES, *sources), "")


def drafted(conclusion: GapConclusion, source_rows: int) -> dict[str, str]:
    """The fields of the article that a conclusion wrote; none where it wrote none."""
    kept = conclusion.draft
    if not kept:
        return {}
    fields = {name: str(kept.get(name) or "") for name in NAMES}
    fields["phrasings"] = "\n".join(kept["phrasings"])
    for number, source in enumerate(kept["sources"][:source_rows]):
        fields[f"document_{number}"] = source["document"]
        fields[f"clause_{number}"] = source["clause"] or ""
    return fields


def article_fields(  # noqa: PLR0913
    fields: dict[str, str],
    knowledge: Knowledge,
    *,
    source_rows: int,
    author: str,
    today: date,
    article_id: str = "",
) -> dict[str, Any]:
    """The article as JSON, as the files' rules read it.

    `article_id`: of an article that is there; a new one gets an id made of its title.
    """
    title = " ".join(fields["title"].split())
    return {
        "id": article_id or _free_id(title, knowledge),
        "title": title,
        "button": fields["button"] or title[:BUTTON_LIMIT].strip(),
        "subject": fields["subject"] or title,
        "topic": fields["topic"],
        "office": fields["office"],
        "phrasings": lines(fields["phrasings"]),
        "sources": [
            {"document": fields[f"document_{n}"], "clause": fields[f"clause_{n}"] or None}
            for n in range(source_rows)
            if fields[f"document_{n}"]
        ],
        "facts": [],
        "verify": bool(fields["verify_note"]),
        "verify_note": fields["verify_note"],
        "reviewed_on": today.isoformat(),
        "reviewed_by": author,
        "review_due": (today + REVIEW_AFTER).isoformat(),
        "related": [],
        "answer": fields["answer"],
        "detail": fields["detail"],
        "next_steps": fields["next_steps"],
    }


def problems(article: dict[str, Any], knowledge: Knowledge) -> list[str]:
    """The fields that the rules of the files refuse; empty where all is well."""
    wrong = wrong_fields(article)
    if article["topic"] not in knowledge.topics:
        wrong.append("topic")
    if article["office"] not in knowledge.offices:
        wrong.append("office")
    if any(source["document"] not in knowledge.documents for source in article["sources"]):
        wrong.append("sources")
    if not has_ground(article):
        wrong.append("ground")
    others = (known for known in knowledge.articles.values() if known.id != article["id"])
    taken = {plain(phrasing) for known in others for phrasing in known.phrasings}
    if any(plain(phrasing) in taken for phrasing in article["phrasings"]):
        wrong.append("phrasings_taken")
    return list(dict.fromkeys(wrong))


def lines(text: str) -> list[str]:
    """The lines of a field, each once, without empty ones."""
    kept = (" ".join(line.split()) for line in text.splitlines())
    return list({plain(line): line for line in kept if plain(line)}.values())


def _free_id(title: str, knowledge: Knowledge) -> str:
    made = id_of(title)
    if made not in knowledge.articles:
        return made
    number = next(n for n in range(2, 1000) if f"{made}-{n}" not in knowledge.articles)
    return f"{made}-{number}"
