"""An answer in English tells what is not confirmed, and leads on to grounds, people, Vietnamese."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.talk.reply import Reply
from bot.domain.talk.understanding import GivenArticle, Outcome
from bot.knowledge.library import Knowledge, Library
from bot.search.english.english_search import EnglishSearch
from bot.services.english.english_answers import EnglishAnswers
from bot.texts import default_texts

TODAY = date(2026, 11, 24)
TRANSLATED = "Translation not yet reviewed by the department."


def answers_over(knowledge: Knowledge, *, bare: bool = False) -> EnglishAnswers:
    search = EnglishSearch(
        list(knowledge.english.values()), list(knowledge.english_titles.values()), None
    )
    return EnglishAnswers(knowledge, search, default_texts().english, bare=bare)


@pytest.fixture(scope="module")
def answers(library: Library) -> EnglishAnswers:
    return answers_over(library.current)


def asked(answers: EnglishAnswers, text: str, last: str = "") -> Reply:
    return answers.answer(text, last=last, today=TODAY)


def buttons(reply: Reply) -> list[str]:
    return [choice.title for choice in reply.message.choices]


def test_the_answer_comes_first_then_the_doubt_then_that_it_is_a_translation(
    answers: EnglishAnswers,
) -> None:
    reply = asked(answers, "barcode fee")

    assert reply.understanding.article == "ma-vach-phi"
    assert reply.understanding.outcome is Outcome.ANSWER
    assert reply.understanding.sources
    text = reply.message.text
    assert text.startswith("A 10-digit prefix")
    assert text.index("1,000,000") < text.index(TRANSLATED)
    assert buttons(reply) == [
        "More: legal basis",
        "Send a request",
        "Talk to an officer",
        "Tiếng Việt",
    ]


def test_what_the_department_reviewed_says_so_no_more(library: Library) -> None:
    known = library.current
    reviewed = known.english["ma-vach-phi"].model_copy(update={"reviewed": True})
    answers = answers_over(replace(known, english={**known.english, "ma-vach-phi": reviewed}))

    assert TRANSLATED not in asked(answers, "barcode fee").message.text


def test_an_answer_whose_article_has_changed_says_so(library: Library) -> None:
    known = library.current
    newer = known.articles["ma-vach-phi"].model_copy(update={"answer": "Mức mới."})
    answers = answers_over(replace(known, articles={**known.articles, "ma-vach-phi": newer}))

    assert "has changed since it was translated" in asked(answers, "barcode fee").message.text


def test_an_article_that_nothing_holds_up_any_more_is_not_given(library: Library) -> None:
    known = library.current
    gone = {
        id_: document.model_copy(update={"in_force_to": date(2026, 1, 1)})
        for id_, document in known.documents.items()
    }
    reply = asked(answers_over(replace(known, documents=gone)), "barcode fee")

    assert reply.understanding.article is None
    assert "no longer in force" in reply.message.text


@pytest.mark.parametrize(
    ("text", "article"),
    [
        ("how much?", "nhan-hieu-chi-phi"),
        ("how long does it take", "nhan-hieu-quy-trinh-thoi-gian"),
        ("which documents do I need", "nhan-hieu-ho-so-nop-o-dau"),
    ],
)
def test_a_question_without_a_matter_stays_with_the_matter_before(
    answers: EnglishAnswers, text: str, article: str
) -> None:
    assert asked(answers, text, "nhan-hieu-ho-so-nop-o-dau").understanding.article == article


def test_a_question_with_another_matter_leaves_it(answers: EnglishAnswers) -> None:
    reply = asked(answers, "what is a company standard TCCS", "nhan-hieu-chi-phi")

    assert reply.understanding.article == "tccs-la-gi"


def test_what_is_known_in_vietnamese_only_is_said_to_be_so(answers: EnglishAnswers) -> None:
    reply = asked(answers, "How is OEE calculated?")

    assert reply.understanding.outcome is Outcome.HANDOVER
    assert reply.understanding.article is None
    assert "**How OEE is calculated**" in reply.message.text
    assert buttons(reply) == ["Send a request", "Talk to an officer", "Full article in Vietnamese"]


def test_what_is_none_of_ours_leads_to_people(answers: EnglishAnswers) -> None:
    reply = asked(answers, "Who won the football match last night?")

    assert reply.understanding.outcome is Outcome.HANDOVER
    assert buttons(reply) == ["Send a request", "Talk to an officer"]


def test_what_is_not_sure_is_asked_back_with_up_to_three_titles(answers: EnglishAnswers) -> None:
    reply = asked(answers, "trademark")

    assert reply.understanding.outcome is Outcome.CLARIFY
    *titles, request, officer = buttons(reply)
    assert 1 <= len(titles) <= 3
    assert (request, officer) == ("Send a request", "Talk to an officer")


def test_grounds_are_named_in_english_with_their_dates(answers: EnglishAnswers) -> None:
    text = answers.ground("nhan-hieu-quy-trinh-thoi-gian", today=TODAY).message.text

    assert "- Law 131/2025/QH15 (Article 119, Article 112a), in force from 1 April 2026\n" in text
    assert answers.ground("kaizen-la-gi", today=TODAY).message.text.startswith("No legal document")


def test_every_button_leads_somewhere(answers: EnglishAnswers) -> None:
    assert answers.give("ma-vach-phi", today=TODAY).understanding.article == "ma-vach-phi"
    assert "only in Vietnamese" in answers.give("oee-cach-tinh", today=TODAY).message.text
    assert answers.give("gone", today=TODAY).understanding.outcome is Outcome.CLARIFY
    assert answers.ground("gone", today=TODAY).understanding.outcome is Outcome.CLARIFY


def test_within_a_form_there_are_no_buttons(library: Library) -> None:
    bare = answers_over(library.current, bare=True)

    for text in ("barcode fee", "How is OEE calculated?", "trademark", "tell me a joke"):
        assert buttons(asked(bare, text)) == []


def test_an_answer_in_english_says_that_it_was_given_in_english(
    answers: EnglishAnswers, library: Library
) -> None:
    english = library.current.english["ma-vach-phi"]

    told = answers.give(english.id, today=TODAY).understanding

    assert told.given == [GivenArticle(article=english.id, mark=english.made_from, english=True)]
    assert answers.say_more().understanding.given == []


def test_a_translation_that_lags_behind_told_the_text_that_it_is_made_from(
    library: Library,
) -> None:
    known = library.current
    stale = known.english["ma-vach-phi"].model_copy(update={"made_from": "00000000"})
    answers = answers_over(replace(known, english={**known.english, stale.id: stale}))

    for reply in (answers.give(stale.id, today=TODAY), asked(answers, "barcode fee")):
        assert [one.mark for one in reply.understanding.given] == ["00000000"]
    assert known.articles[stale.id].mark != "00000000"


def test_who_sees_only_the_legal_basis_is_not_given_the_article(answers: EnglishAnswers) -> None:
    told = answers.ground("ma-vach-phi", today=TODAY).understanding

    assert told.article == "ma-vach-phi"
    assert told.sources
    assert told.given == []
