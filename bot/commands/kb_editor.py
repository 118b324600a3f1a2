"""`donghanh kb new` and `kb preview`: a file to write an article in, and how owners read it."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path

from bot.channels.telegram.markup import telegram_parts
from bot.domain.input import lengths
from bot.domain.talk.reply import Reply
from bot.knowledge.articles.article import Article
from bot.knowledge.office.office import Topic
from bot.knowledge.served import Knowledge
from bot.services.answering.groundwork.answer_replies import AnswerReplies
from bot.texts import FOLDER, Texts
from bot.texts.html import to_html
from bot.texts.markup import to_plain

TEMPLATE = FOLDER / "article_template.md"

REVIEWED_AGAIN_IN = timedelta(days=180)


class PreviewChannel(StrEnum):
    """For which channel a preview is written."""

    TERMINAL = "terminal"
    TELEGRAM = "telegram"
    WEB = "web"


_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def is_article_id(text: str) -> bool:
    """Whether an article may be called so."""
    return len(text) <= lengths.ARTICLE_ID and _ID.fullmatch(text) is not None


def new_article(folder: Path, topic: Topic, article: str, today: date) -> Path:
    """Writes the template of an article with its comments, and gives the file.

    Raises:
        FileExistsError: there is an article of this id.
    """
    file = folder / "articles" / topic.id / f"{article}.md"
    if any((folder / "articles").rglob(f"{article}.md")):
        raise FileExistsError(article)
    text = TEMPLATE.read_text(encoding="utf-8")
    for mark, value in (
        ("@ID@", article),
        ("@TOPIC@", topic.id),
        ("@OFFICE@", topic.office),
        ("@TODAY@", today.isoformat()),
        ("@DUE@", (today + REVIEWED_AGAIN_IN).isoformat()),
    ):
        text = text.replace(mark, value)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def preview(
    article: Article, knowledge: Knowledge, texts: Texts, channel: PreviewChannel, today: date
) -> Iterator[str]:
    """What an owner reads: the answer, the answer to each aspect, and what lies behind the button.

    Each with its buttons, as the channel carries it.
    """
    wording = AnswerReplies(knowledge, texts)
    yield _shown(wording.short(article, today), channel)
    for aspect in article.aspects:
        yield f"[{aspect}]\n{_shown(wording.short(article, today, asked=[aspect]), channel)}"
    yield _shown(wording.detail(article, today), channel)


def _shown(reply: Reply, channel: PreviewChannel) -> str:
    text = reply.message.text
    match channel:
        case PreviewChannel.TELEGRAM:
            shown = "\n\n".join(part.html for part in telegram_parts(text))
        case PreviewChannel.WEB:
            shown = to_html(text)
        case PreviewChannel.TERMINAL:
            shown = to_plain(text)
    buttons = " | ".join(choice.title for choice in reply.message.choices)
    return f"{shown}\n[{buttons}]" if buttons else shown
