"""An article as it is given: with the mark of its text, so that a later change is noticed."""

from bot.domain.talk.understanding import GivenArticle
from bot.knowledge.articles.article import Article


def given(article: Article) -> GivenArticle:
    """The article, told in Vietnamese."""
    return GivenArticle(article=article.id, mark=article.mark)
