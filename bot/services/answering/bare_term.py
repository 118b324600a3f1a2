"""The stage of bare terms: too little to be searched, and yet plain."""

from dataclasses import replace

from bot.services.answering.findings import Answered, Findings


def named(so_far: Findings) -> Findings:
    """A term of the glossary that is all of a message gets the article that explains it.

    Behind an answer of its topic the bare term may ask the question before once more.
    """
    if so_far.answered is not None:
        return so_far
    explained_by = so_far.knowledge.glossary.explained_by(so_far.question.text)
    article = so_far.knowledge.articles.get(explained_by or "")
    context = so_far.context
    if article is None or (context is not None and context.topic == article.topic):
        return so_far
    reply = so_far.wording.short(article, so_far.question.today)
    return replace(so_far, answered=Answered([reply], article.id))
