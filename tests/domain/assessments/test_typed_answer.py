"""What is typed to a question: one choice, several, a number, a year, or that there is none."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.domain.assessments.answer import is_answer
from bot.domain.assessments.question import NONE_OF_THEM, UNKNOWN, Answer, Question
from bot.domain.assessments.typed_answer import (
    is_not_applicable,
    is_plausible,
    is_unknown,
    read_answer,
    read_number,
    shown_number,
)
from tests.support.data.assessments import SCALE, dimension, small_assessment

SMALL = small_assessment()

MONEY, HOURS, PEOPLE = "triệu đồng", "giờ", "người"


def question(**changes: Any) -> Question:
    return Question.model_validate({"id": "q", "text": "text", **changes})


def choice(id_: str, title: str, *words: str) -> dict[str, Any]:
    return {"id": id_, "title": title, "words": [*words]}


PAPER = question(
    kind="one_of",
    choices=[
        choice("has", "Có giấy, còn hạn", "có giấy", "được cấp rồi"),
        choice("waits", "Đã nộp, đang chờ", "đã nộp", "chờ cấp"),
        choice("over", "Giấy đã hết hạn", "hết hạn", "quá hạn"),
        choice("none", "Chưa nộp đơn", "chưa", "chưa có"),
    ],
)

PLACES = question(
    kind="several",
    choices=[
        choice("market", "Chợ, vựa", "chợ", "vựa"),
        choice("shop", "Siêu thị", "cửa hàng lớn"),
        choice("net", "Trên mạng", "mạng", "online", "facebook"),
        choice("abroad", "Xuất khẩu", "nước ngoài"),
    ],
)

NUMBER = question(kind="number", unit=MONEY, least=100, most=1_000_000)

YEAR = question(kind="year", least=1990, most=2026)


class TestOneOf:
    @pytest.mark.parametrize(
        ("text", "meant"),
        [
            ("Có giấy, còn hạn", "has"),
            ("co giay con han", "has"),
            ("GIẤY ĐÃ HẾT HẠN.", "over"),
            ("chờ cấp", "waits"),
            ("chưa", "none"),
        ],
    )
    def test_its_title_or_one_of_its_words_names_it(self, text: str, meant: str) -> None:
        assert read_answer(text, SMALL, PAPER) == (meant,)

    @pytest.mark.parametrize(
        ("text", "meant"), [("1", "has"), (" 2 ", "waits"), ("3.", "over"), ("4", "none")]
    )
    def test_its_number_in_the_list_names_it(self, text: str, meant: str) -> None:
        assert read_answer(text, SMALL, PAPER) == (meant,)

    @pytest.mark.parametrize(
        ("text", "meant"),
        [("giấy", "over"), ("giấy đã", "over"), ("chưa nộp", "none"), ("được", "has")],
    )
    def test_its_beginning_names_it(self, text: str, meant: str) -> None:
        assert read_answer(text, SMALL, PAPER) == (meant,)

    @pytest.mark.parametrize(
        ("text", "meant"),
        [
            ("dạ bên em đã nộp rồi", "waits"),
            ("giấy của em quá hạn rồi", "over"),
            ("chắc là chưa có đâu", "none"),
        ],
    )
    def test_a_short_sentence_that_holds_its_words_names_it(self, text: str, meant: str) -> None:
        assert read_answer(text, SMALL, PAPER) == (meant,)

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "?",
            "0",
            "5",
            "12",
            "có",  # the beginning of one, and too short for it
            "đã",
            "nhãn hiệu là gì",
            "đã nộp mà hết hạn",  # two of them
            "không đã nộp",  # what is denied is not chosen
            "có giấy hay chưa có giấy thì cũng phải nộp phí ạ",  # too long for an answer
            "đã nộp" + " rồi" * 9,
        ],
    )
    def test_what_is_unclear_is_asked_again(self, text: str) -> None:
        assert read_answer(text, SMALL, PAPER) is None

    def test_a_word_of_two_choices_names_neither(self) -> None:
        twofold = question(
            kind="one_of", choices=[choice("x", "May", "đồ vải"), choice("y", "Dệt", "đồ vải")]
        )
        assert read_answer("đồ vải", SMALL, twofold) is None
        assert read_answer("may", SMALL, twofold) == ("x",)

    @given(st.text(max_size=250))
    def test_it_gives_one_of_the_choices_or_none(self, text: str) -> None:
        read = read_answer(text, SMALL, PAPER)
        assert read is None or is_answer(SMALL, PAPER, read)


class TestSeveral:
    @pytest.mark.parametrize(
        ("text", "meant"),
        [
            ("1, 3", ("market", "net")),
            ("1,3", ("market", "net")),
            ("1 3", ("market", "net")),
            ("3 và 1", ("market", "net")),
            ("1; 2; 4", ("market", "shop", "abroad")),
            ("1+2", ("market", "shop")),
            ("1 / 2", ("market", "shop")),
            ("2", ("shop",)),
            ("1, 2, 3, 4", ("market", "shop", "net", "abroad")),
            ("2, 2", ("shop",)),
        ],
    )
    def test_their_numbers_name_them(self, text: str, meant: Answer) -> None:
        assert read_answer(text, SMALL, PLACES) == meant

    @pytest.mark.parametrize(
        ("text", "meant"),
        [
            ("siêu thị", ("shop",)),
            ("Chợ, vựa", ("market",)),
            ("chợ, siêu thị", ("market", "shop")),
            ("mạng và chợ", ("market", "net")),
            ("sieu thi va nuoc ngoai", ("shop", "abroad")),
            ("siêu thị\nxuất khẩu\nfacebook", ("shop", "net", "abroad")),
            ("bán trên mạng", ("net",)),
        ],
    )
    def test_their_names_name_them_in_the_order_of_the_list(self, text: str, meant: Answer) -> None:
        assert read_answer(text, SMALL, PLACES) == meant

    @pytest.mark.parametrize(
        "text",
        [
            "không",
            "không có",
            "không có cái nào",
            "khong co cai nao het",
            "chưa có gì",
            "dạ không",
            "không có gì hết",
            "ko có",
        ],
    )
    def test_none_of_them_is_an_answer(self, text: str) -> None:
        assert read_answer(text, SMALL, PLACES) == (NONE_OF_THEM,)

    @pytest.mark.parametrize(
        "text",
        ["", "?", "5", "0", "1, 9", "13", "1 - 3", "nhãn hiệu là gì",
         "chợ, " * 45],
    )  # fmt: skip
    def test_what_is_unclear_is_asked_again(self, text: str) -> None:
        assert read_answer(text, SMALL, PLACES) is None

    @given(st.sets(st.integers(1, 4), min_size=1), st.sampled_from([", ", " và ", ";", "+", "\n"]))
    def test_any_of_them_can_be_named_by_number(self, numbers: set[int], between: str) -> None:
        ids = [one.id for one in PLACES.choices]
        text = between.join(str(n) for n in sorted(numbers, reverse=True))
        assert read_answer(text, SMALL, PLACES) == tuple(ids[n - 1] for n in sorted(numbers))

    @given(st.text(max_size=250))
    def test_it_gives_what_the_question_knows_or_nothing(self, text: str) -> None:
        read = read_answer(text, SMALL, PLACES)
        assert read is None or is_answer(SMALL, PLACES, read)


class TestNumber:
    @pytest.mark.parametrize(
        ("text", "number"),
        [
            ("2,5 tỷ", "2500"),
            ("2.5 tỷ", "2500"),
            ("3 tỷ đồng", "3000"),
            ("khoảng 12 ty", "12000"),
            ("200 triệu", "200"),
            ("200 trieu dong", "200"),
            ("1.200 triệu", "1200"),
            ("200", "200"),
            ("1.200", "1200"),
            ("500 nghìn", "0.5"),
            ("1.500.000.000 đồng", "1500"),
            ("1500000000", "1500"),
            ("250.000.000", "250"),
        ],
    )
    def test_money_is_read_in_million(self, text: str, number: str) -> None:
        assert read_number(text, MONEY) == Decimal(number)

    @pytest.mark.parametrize(
        ("text", "number"),
        [
            ("15 phút", "0.25"),
            ("90 phut", "1.5"),
            ("1,5", "1.5"),
            ("8", "8"),
            ("8 giờ", "8"),
            ("7,5 tiếng", "7.5"),
        ],
    )
    def test_hours_may_be_said_in_minutes(self, text: str, number: str) -> None:
        assert read_number(text, HOURS) == Decimal(number)

    @pytest.mark.parametrize(
        ("text", "number"),
        [
            ("20", "20"),
            ("20 người", "20"),
            ("dạ khoảng 20 người ạ", "20"),
            ("1.200", "1200"),
            ("1,200", "1200"),
            ("1.234.567", "1234567"),
            ("1,5", "1.5"),
            ("1.5", "1.5"),
            ("12,25", "12.25"),
            ("1.234,5", "1234.5"),
            ("1,234.5", "1234.5"),
            ("0", "0"),
        ],
    )
    def test_a_mark_before_three_digits_parts_thousands(self, text: str, number: str) -> None:
        assert read_number(text, PEOPLE) == Decimal(number)

    def test_only_money_grows_by_words_for_money(self) -> None:
        assert read_number("15 phút", PEOPLE) is None  # of another unit
        assert read_number("200", PEOPLE) == 200

    @pytest.mark.parametrize(
        "text",
        ["", "nhiều lắm", "từ 5 đến 10", "5-10", "-5", "- 5", "1 2", "hai mươi",
         "năm ngoái tụi em bán được chừng 20 tấn thôi ạ"],
    )  # fmt: skip
    def test_what_is_no_one_number_is_unclear(self, text: str) -> None:
        assert read_number(text, MONEY) is None

    def test_as_an_answer_it_has_three_decimals_at_most_and_no_noughts_behind(self) -> None:
        assert read_answer("10 phút", SMALL, question(kind="number", unit=HOURS)) == ("0.167",)
        assert read_answer("1,50", SMALL, question(kind="number", unit=HOURS)) == ("1.5",)
        assert read_answer("2,5 tỷ", SMALL, NUMBER) == ("2500",)
        assert read_answer("chưa rõ", SMALL, NUMBER) is None

    @given(st.integers(0, 10**12), st.sampled_from(["", PEOPLE]))
    def test_any_whole_number_is_read_with_and_without_points(self, n: int, unit: str) -> None:
        assert read_number(str(n), unit) == n
        assert read_number(f"{n:,}".replace(",", "."), unit) == n
        assert read_number(f"{n:,}", unit) == n

    @given(st.text(max_size=60))
    def test_it_gives_a_number_that_is_not_negative_or_none(self, text: str) -> None:
        read = read_number(text, MONEY)
        assert read is None or read >= 0


class TestYear:
    @pytest.mark.parametrize(
        ("text", "year"),
        [("2015", "2015"), ("năm 2015", "2015"), ("từ 1998 tới giờ", "1998"), ("3/2019", "2019")],
    )
    def test_it_is_found_in_a_sentence(self, text: str, year: str) -> None:
        assert read_answer(text, SMALL, YEAR) == (year,)

    @pytest.mark.parametrize("text", ["", "15", "năm ngoái", "1850", "20155", "2015 hoặc 2016"])
    def test_what_is_no_one_year_is_unclear(self, text: str) -> None:
        assert read_answer(text, SMALL, YEAR) is None


class TestPlausible:
    @pytest.mark.parametrize(
        ("number", "plausible"),
        [("99", False), ("99.9", False), ("100", True), ("1000000", True), ("1000000.1", False)],
    )
    def test_a_number_lies_between_its_ends(self, number: str, *, plausible: bool) -> None:
        assert is_plausible(NUMBER, (number,)) == plausible
        assert is_answer(SMALL, NUMBER, (number,)) == plausible

    @pytest.mark.parametrize(
        ("year", "plausible"), [("1989", False), ("1990", True), ("2026", True), ("2027", False)]
    )
    def test_so_does_a_year(self, year: str, *, plausible: bool) -> None:
        assert is_plausible(YEAR, (year,)) == plausible

    def test_without_ends_every_number_will_do(self) -> None:
        assert is_plausible(question(kind="number"), ("123456789",))

    def test_who_names_a_choice_names_no_number(self) -> None:
        assert is_plausible(PAPER, ("has",))

    def test_a_number_is_read_even_where_it_is_not_plausible(self) -> None:
        read = read_answer("5 triệu", SMALL, NUMBER)
        assert read == ("5",)
        assert not is_plausible(NUMBER, ("5",))

    def test_who_does_not_know_need_not_be_plausible(self) -> None:
        assert is_answer(SMALL, NUMBER, (UNKNOWN,))


class TestShownNumber:
    @pytest.mark.parametrize(
        ("number", "shown"),
        [
            ("0", "0"),
            ("7", "7"),
            ("100", "100"),
            ("1200", "1.200"),
            ("1234567", "1.234.567"),
            ("2.5", "2,5"),
            ("2.50", "2,5"),
            ("0.25", "0,25"),
            ("1234567.25", "1.234.567,25"),
            ("85.0", "85"),
            ("1E+3", "1.000"),
        ],
    )
    def test_it_is_written_as_it_is_written_here(self, number: str, shown: str) -> None:
        assert shown_number(number) == shown

    @given(st.decimals(0, 10**9, places=2))
    def test_it_is_read_back_as_the_same(self, number: Decimal) -> None:
        assert read_number(shown_number(str(number))) == number


class TestNoAnswer:
    @pytest.mark.parametrize(
        "text",
        [
            "không biết",
            "em không biết",
            "dạ em chưa rõ",
            "chưa biết câu này",
            "ko rõ",
            "không chắc lắm",
            "bỏ qua",
            "bỏ qua câu này nha",
            "qua câu khác",
            "hông nhớ",
        ],
    )
    def test_who_cannot_tell_is_understood(self, text: str) -> None:
        assert is_unknown(text)
        assert not is_not_applicable(text)

    @pytest.mark.parametrize(
        "text",
        [
            "không áp dụng",
            "câu này không áp dụng",
            "không liên quan",
            "không liên quan tới bên em",
            "bên em không có liên quan gì",
            "khong phu hop",
        ],
    )
    def test_whom_it_does_not_concern_is_understood(self, text: str) -> None:
        assert is_not_applicable(text)
        assert not is_unknown(text)

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "không",
            "chưa",
            "chưa có",
            "không có",
            "có rồi",
            "biết",
            "3",
            "không biết đăng ký nhãn hiệu ở đâu",
            "chưa rõ thủ tục công bố hợp quy",
            "quy định này áp dụng cho ai",
            "áp dụng iso 9001 rồi",
            "em không biết" + " nha" * 15,
        ],
    )
    def test_an_answer_or_a_question_is_neither(self, text: str) -> None:
        assert not is_unknown(text)
        assert not is_not_applicable(text)


def test_a_scale_is_read_by_the_scale_of_the_question() -> None:
    pass_or_fail = {
        "most": 1,
        "choices": [{"score": 0, "title": "Chưa đạt"}, {"score": 1, "title": "Đạt"}],
    }
    whole = small_assessment(scales={"pass": pass_or_fail})
    assert SCALE["most"] == 5
    assert read_answer("1", whole, question(scale="pass")) == ("1",)
    assert read_answer("đạt", whole, question(scale="pass")) == ("1",)
    assert read_answer("5", whole, question(scale="pass")) is None
    assert read_answer("5", whole, question()) == ("5",)


def test_a_product_is_looked_up_elsewhere() -> None:
    assert read_answer("quạt điện", SMALL, question(kind="product")) is None


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("2tỷ", "triệu đồng", "2000"),
        ("2,5ty", "triệu đồng", "2500"),
        ("1 tỷ rưỡi", "triệu đồng", "1500"),
        ("500k", "triệu đồng", "0.5"),
        ("900.000 đồng", "triệu đồng", "0.9"),
        ("15p", "giờ", "0.25"),
        ("15phút", "giờ", "0.25"),
        ("0,125", "", "0.125"),
        ("0.250", "", "0.25"),
        ("1234.567", "", "1234.567"),
    ],
)
def test_numbers_glued_to_their_unit_and_fractions(text: str, unit: str, number: str) -> None:
    assert read_number(text, unit) == Decimal(number)


def test_a_number_that_nobody_has_is_none() -> None:
    assert read_number("9" * 26) is None


def test_a_number_chooses_the_range_that_it_lies_in() -> None:
    choices = [
        {"id": "few", "title": "Dưới 10 người", "within": {"to": 9}},
        {"id": "more", "title": "Từ 10 người", "words": ["cả trăm"], "within": {"from": 10}},
    ]
    people = question(kind="one_of", choices=choices)
    for text, chosen in (
        ("3", "few"),
        ("12 người", "more"),
        ("Dưới 10 người", "few"),
        ("cả trăm", "more"),
    ):
        assert read_answer(text, SMALL, people) == (chosen,)


def test_every_part_of_several_must_be_understood() -> None:
    choices = [choice("x", "Siêu thị"), choice("y", "Chợ"), choice("z", "Vay vốn")]
    places = question(kind="several", choices=choices)
    assert read_answer("siêu thị, 2", SMALL, places) == ("x", "y")
    assert read_answer("siêu thị và bán qua Campuchia", SMALL, places) is None
    assert read_answer("không vay vốn", SMALL, places) is None
    assert read_answer("chưa gặp chuyện nào", SMALL, places) == ("khong_co",)


# — free words —

WORDS = question(kind="text", longest=10)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  ISO  9001 ", ("ISO 9001",)),
        ("một\nhai", ("một hai",)),
        ("45", ("45",)),
        ("=1+1", ("=1+1",)),
        ("x" * 10, ("x" * 10,)),
        ("x" * 11, None),
        ("x" * 100_000, None),
        ("\x00 \ud800", None),
        ("", None),
    ],
)
def test_free_words_are_kept_as_one_line_and_never_cut(typed: str, kept: Answer | None) -> None:
    assert read_answer(typed, SMALL, WORDS) == kept
    if kept is not None:
        assert is_answer(SMALL, WORDS, kept)


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "text"},
        {"kind": "text", "longest": 1001},
        {"kind": "number", "longest": 10},
        {"kind": "text", "longest": 10, "critical": True},
    ],
)
def test_only_free_words_have_a_length_and_they_count_for_nothing(fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        question(**fields)


def test_nothing_hangs_on_free_words() -> None:
    words = {"id": "w", "text": "t", "kind": "text", "longest": 10}
    after = {"id": "a", "text": "t", "when": {"w": ["x"]}}
    with pytest.raises(ValidationError):
        small_assessment(dimensions=[{**dimension("d"), "questions": [words, after]}])
