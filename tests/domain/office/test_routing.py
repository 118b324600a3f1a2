"""Routes by hand, and that none leads nowhere."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.office.routing import Route, RoutingTable, Rule, route
from bot.domain.text.plain import holds_words, plain

TABLE = RoutingTable(
    rules=(
        Rule(frozenset(), ("ocop",), "so_nnmt", 10),
        Rule(frozenset({"support"}), ("nhan hieu", "sang che"), "shtt", 12),
        Rule(frozenset(), ("chuyen doi so",), "chuyen_doi_so", 14),
        Rule(frozenset({"co_quan_khac"}), ("hoa don",), "thue", 16),
        Rule(frozenset({"status"}), (), "mot_cua", 7.5),
    ),
    topic_offices={
        "standards": "tdc",
        "support": "tdc",
        "status": "tdc",
        "barcodes": "ubtdc",
        "co_quan_khac": "tdc",
    },
    external=frozenset({"so_nnmt", "thue", "ubtdc"}),
    promise_hours=15,
)
OURS = {"tdc", "shtt", "chuyen_doi_so", "mot_cua"}


@pytest.mark.parametrize(
    ("topic", "text", "expected"),
    [
        ("standards", "TCVN nào cho gạo?", Route("tdc", 15)),
        ("support", "Xin hỗ trợ đăng ký nhãn hiệu", Route("shtt", 12, 1)),
        ("support", "xin ho tro dang ky NHAN HIEU", Route("shtt", 12, 1)),
        ("standards", "nhãn hiệu", Route("tdc", 15)),
        ("support", "chuyển đổi số", Route("chuyen_doi_so", 14, 2)),
        ("support", "nhãn hiệu và chuyển đổi số", Route("shtt", 12, 1)),
        ("status", "", Route("mot_cua", 7.5, 4)),
        ("unheard_of", "gì đó", Route("mot_cua", 15)),
        ("", "", Route("mot_cua", 15)),
        # what another authority handles is forwarded by the general queue
        ("standards", "Hồ sơ OCOP", Route("mot_cua", 10, 0, "so_nnmt")),
        ("co_quan_khac", "Xuất hóa đơn", Route("mot_cua", 16, 3, "thue")),
        ("barcodes", "mã vạch", Route("mot_cua", 15, None, "ubtdc")),
        # … even where the words belong to an office of ours, or the topic is misplaced
        ("co_quan_khac", "chuyển đổi số", Route("mot_cua", 15)),
    ],
)
def test_a_request_goes_where_the_table_says(topic: str, text: str, expected: Route) -> None:
    assert route(TABLE, topic, text) == expected


def test_words_match_as_whole_words() -> None:
    assert route(TABLE, "standards", "ocopus").office == "tdc"


@given(
    st.sampled_from([*TABLE.topic_offices, "unheard_of"]) | st.text(),
    st.text() | st.sampled_from(["ocop", "nhãn hiệu", "chuyển đổi số", "hóa đơn"]),
)
def test_any_request_reaches_an_office_of_ours(topic: str, text: str) -> None:
    found = route(TABLE, topic, text)
    assert found.office in OURS
    assert found.promise_hours > 0
    assert found.authority is None or found.office == "mot_cua"


class TestPlain:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Đo lường", "do luong"),
            ("ĐỔI MỚI – công nghệ!", "doi moi cong nghe"),
            ("  TCVN   ISO 9001:2015 ", "tcvn iso 9001 2015"),
            ("ưu đãi", "uu dai"),
            ("", ""),
            ("?!…", ""),
        ],
    )
    def test_it_drops_accents_case_and_punctuation(self, text: str, expected: str) -> None:
        assert plain(text) == expected

    def test_composed_and_decomposed_letters_read_the_same(self) -> None:
        assert plain("nhãn hiệu") == plain("nha\u0303n hie\u0323\u0302u") == "nhan hieu"

    @given(st.text())
    def test_it_is_settled_after_once(self, text: str) -> None:
        assert plain(plain(text)) == plain(text)

    def test_no_words_are_held_nowhere(self) -> None:
        assert not holds_words("anything", "")


def test_who_asks_for_a_person_is_promised_the_offices_own_minutes() -> None:
    table = replace(TABLE, talk_minutes=30, office_talks={"shtt": 45})
    assert table.talk_promise("tdc") == timedelta(minutes=30)
    assert table.talk_promise("shtt") == timedelta(minutes=45)
