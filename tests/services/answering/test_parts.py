"""A message is parted into its questions; each is searched for once."""

from collections.abc import Callable
from dataclasses import replace

from bot.services.answering.groundwork.findings import Findings
from bot.services.answering.parts import search as search_stage
from bot.services.answering.parts import split
from tests.support.doubles.counting_retriever import CountingRetriever

Ask = Callable[..., Findings]

TWO = "hồ sơ đăng ký nhãn hiệu gồm những gì? ISO 9001 tốn cỡ bao nhiêu tiền?"


def firsts(found: Findings) -> list[str]:
    return [hits[0].article_id for hits in found.found if hits]


def test_one_question_is_searched_for_once(ask: Ask, search: CountingRetriever) -> None:
    found = search_stage(split(ask("kaizen nghĩa là gì")))
    assert firsts(found) == ["kaizen-la-gi"]
    assert found.found == (found.whole,)
    assert search.asked == ["kaizen nghĩa là gì"]


def test_two_questions_have_each_its_hits(ask: Ask, search: CountingRetriever) -> None:
    asked = split(ask(TWO))
    assert len(asked.parts) == 2
    assert firsts(search_stage(asked)) == ["nhan-hieu-ho-so-nop-o-dau", "iso9001-chi-phi"]
    assert search.asked == [TWO, *asked.parts]


def test_what_was_searched_for_before_is_taken_as_it_is(
    ask: Ask, search: CountingRetriever
) -> None:
    asked = split(ask("kaizen nghĩa là gì"))
    whole = search.search("kaizen nghĩa là gì")
    search.asked.clear()
    assert search_stage(replace(asked, whole=whole)).found == (whole,)
    assert search.asked == []


def test_a_follow_up_is_searched_for_behind_the_answer_before(ask: Ask) -> None:
    behind = search_stage(split(ask("chi phí thì sao", last_article="iso9001-la-gi")))
    assert firsts(behind) == ["iso9001-chi-phi"]


def test_words_without_a_word_find_nothing(ask: Ask) -> None:
    assert search_stage(split(ask("???"))).found == ([],)
