import pytest

from bot.search.message import TAIL_WORDS, read_message, sentences, with_its_matter
from bot.search.retriever import Retriever


def test_background_and_question_are_told_apart(by_words: Retriever) -> None:
    message = read_message("Xưởng tôi ở Bến Lức. Mã vạch đăng ký ở đâu?", by_words.index)
    assert message.has_background
    assert message.last_words == ["ma", "vach", "dang", "ky", "o", "dau"]
    assert message.words[:2] == ["xuong", "toi"]


def test_one_sentence_has_no_background(by_words: Retriever) -> None:
    assert not read_message("mã vạch đăng ký ở đâu", by_words.index).has_background


def test_accents_come_back_before_a_text_is_embedded(by_words: Retriever) -> None:
    assert read_message("dang ky ma vach", by_words.index).tail == "đăng ký mã vạch"


def test_of_a_long_story_the_end_is_embedded(by_words: Retriever) -> None:
    message = read_message("tôi làm bánh " * 30 + "mã vạch là gì", by_words.index)
    assert len(message.tail.split()) == TAIL_WORDS
    assert message.tail.endswith("mã vạch là gì")


def test_crumbs_are_no_sentences() -> None:
    assert sentences("Dạ. Mã vạch là gì? ạ") == ["Mã vạch là gì?"]


def test_a_number_with_a_point_is_not_cut() -> None:
    assert sentences("phí 1.500.000 đồng đúng không") == ["phí 1.500.000 đồng đúng không"]


def test_signs_alone_hold_no_word(by_words: Retriever) -> None:
    assert read_message("??? 🙂", by_words.index).words == []


STORY = (
    "Vườn nhà bác trồng bưởi da xanh hơn hai hecta, lâu nay muốn làm OCOP. "
    "Trước đây có cán bộ huyện tới tận nhà chỉ, giờ hết huyện rồi thì bác phải mang hồ sơ tới đâu"
)


def test_the_matter_of_a_story_stands_before_the_end_that_is_embedded(by_words: Retriever) -> None:
    message = read_message(STORY, by_words.index)
    assert "ocop" not in message.tail

    led = with_its_matter(message, ["OCOP", "mỗi xã một sản phẩm"])

    assert led.tail == f"ocop {message.tail}"
    assert led.words == message.words


@pytest.mark.parametrize("text", ["ocop nộp ở đâu", f"{STORY}, hồ sơ ocop đó"])
def test_an_end_that_names_its_matter_and_a_short_message_stay(
    by_words: Retriever, text: str
) -> None:
    message = read_message(text, by_words.index)
    assert with_its_matter(message, ["OCOP"]) == message
