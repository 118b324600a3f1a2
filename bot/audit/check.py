"""What is wrong with a knowledge base, and what is only worth a look; for `donghanh kb check`."""

from datetime import date
from pathlib import Path
from types import MappingProxyType

from bot.audit.aspects import aspects_without_ground, missing_aspects
from bot.audit.english import asks_twice, changed_since, numbers_of_its_own, silent_doubts
from bot.audit.figures import figures_without_source
from bot.audit.grounds import outdated_forms, without_ground
from bot.audit.named_documents import uncited_documents, unknown_documents
from bot.audit.phrasings import phrasings_twice, uniform_phrasings
from bot.audit.register_dates import silent_ends, wrong_documents
from bot.audit.reviews import Reviews, coming_reviews, overdue_reviews
from bot.audit.shelf import read_shelf
from bot.audit.written_dates import contradicting_dates
from bot.knowledge.files.problem import Problem, ordered
from bot.knowledge.reading import read_as_served

NO_REVIEWS: Reviews = MappingProxyType({})


def check(folder: Path, today: date, reviews: Reviews = NO_REVIEWS) -> list[Problem]:
    """Everything that must be mended, each once, in the order of files and lines.

    Beside what the loader refuses: one rule a file of `checks/`. That the search tells articles
    apart takes a minute and is asked for on its own (`checks.look_alikes`).
    """
    shelf = read_shelf(folder)
    problems = [
        *read_as_served(folder).problems,
        *phrasings_twice(shelf),
        *uniform_phrasings(shelf),
        *wrong_documents(shelf, today),
        *unknown_documents(shelf),
        *uncited_documents(shelf, today),
        *contradicting_dates(shelf),
        *figures_without_source(shelf),
        *missing_aspects(shelf),
        *aspects_without_ground(shelf),
        *without_ground(shelf, today),
        *outdated_forms(shelf, today),
        *overdue_reviews(shelf, today, reviews),
        *numbers_of_its_own(shelf),
        *silent_doubts(shelf),
        *asks_twice(shelf),
        *changed_since(shelf),
    ]
    return ordered(problems)


def warnings(folder: Path, today: date, reviews: Reviews = NO_REVIEWS) -> list[Problem]:
    """What does no harm yet: reviews that will be due, ends that nobody wrote down."""
    shelf = read_shelf(folder)
    return ordered([*coming_reviews(shelf, today, reviews), *silent_ends(shelf)])
