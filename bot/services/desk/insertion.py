"""An article as words that an officer puts into a reply."""

from datetime import date

from bot.knowledge.articles.article import Article
from bot.knowledge.library import Knowledge
from bot.services.answering.groundwork.answer_replies import AnswerReplies
from bot.texts import Texts


def insertion(knowledge: Knowledge, texts: Texts, article: Article, today: date) -> str:
    """Its short answer with its legal bases; empty where it may not be given today."""
    if not knowledge.is_served(article, today):
        return ""
    replies = AnswerReplies(knowledge, texts)
    return texts.say(
        "console.article",
        answer=article.answer,
        sources=replies.source_lines(knowledge.sources(article, today)),
        verify_note=replies.verify_note(article, today, said=article.answer),
    )
