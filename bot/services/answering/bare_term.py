"""The stage of bare names: too little to be searched, and yet plain."""

from dataclasses import replace

from bot.knowledge.articles.article import Article
from bot.services.answering.groundwork.findings import Answered, Findings


def named(so_far: Findings) -> Findings:
    """What is called so gets its article: a term of the glossary, a title, a subject, a button.

    Behind an answer of its topic the bare name may ask the question before once more.
    """
    if so_far.answered is not None:
        return so_far
    article = _called(so_far)
    context = so_far.context
    if article is None or (context is not None and context.topic == article.topic):
        return so_far
    reply = so_far.wording.short(article, so_far.question.today)
    return replace(so_far, answered=Answered([reply], article.id))


def _called(so_far: Findings) -> Article | None:
    knowledge, text = so_far.knowledge, so_far.question.text
    explained_by = knowledge.glossary.explained_by(text)
    return knowledge.articles.get(explained_by or "") or knowledge.called(text)
