"""The routing table's file: ours against real articles, and what is refused with file and line."""

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.domain.office.routing import RoutingTable, route
from bot.knowledge.files.problem import KnowledgeError
from bot.knowledge.library import Library
from bot.knowledge.office.office import Office, Topic
from bot.knowledge.office.routing import read_routing
from bot.settings import ROOT

OFFICES = [
    Office(id="tdc", title="TDC", short="TDC", handles="standards"),
    Office(id="mot_cua", title="One door", short="One door", handles="all"),
    Office(id="thue", title="Tax", short="Tax", external=True, handles="taxes"),
]
TOPICS = [
    Topic(id="tieu_chuan", title="Standards", office="tdc"),
    Topic(id="co_quan_khac", title="Others", office="mot_cua"),
]
GOOD = """\
promise_hours: 15
rules:
  - topics: [tieu_chuan]
    words: ["Hóa đơn", "thuế GTGT"]
    office: thue
  - words: ["gấp"]
    office: tdc
    promise_hours: 4
  - topics: [co_quan_khac]
    office: thue
"""


def read(file: Path) -> RoutingTable:
    return read_routing(file, offices=OFFICES, topics=TOPICS)


def written(folder: Path, text: str) -> Path:
    file = folder / "routing.yml"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def ours(library: Library) -> RoutingTable:
    return read_routing(
        ROOT / "knowledge_base" / "routing.yml",
        offices=list(library.current.offices.values()),
        topics=list(library.current.topics.values()),
    )


def test_words_are_written_as_people_write(tmp_path: Path) -> None:
    table = read(written(tmp_path, GOOD))
    assert route(table, "tieu_chuan", "xuat HOA DON the nao").authority == "thue"
    assert route(table, "tieu_chuan", "việc gấp").promise_hours == 4
    assert route(table, "tieu_chuan", "TCVN").promise_hours == 15


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("office: thue", "office: thuee", 5, "thuee is not in offices.yml"),
        ("topics: [tieu_chuan]", "topics: [co_quan_khac, tieuchuan]", 3, "tieuchuan is not in"),
        ('words: ["gấp"]', 'words: ["?"]', 6, "words without a letter"),
        ('words: ["gấp"]', "words: []", 6, "a rule needs topics or words"),
        ("promise_hours: 4", "promise_hours: 0", 8, "promise_hours"),
        ("promise_hours: 15", "promise_hours: 500", 1, "promise_hours"),
        ("    office: tdc\n", "    ofice: tdc\n", 7, "ofice"),
        (
            "[co_quan_khac]\n    office: thue",
            "[co_quan_khac]\n    office: tdc",
            10,
            "no matter of tdc",
        ),
        ("rules:", "rules: [", 3, ""),
    ],
)
def test_a_mistake_is_told_with_file_and_line(
    tmp_path: Path, old: str, new: str, line: int, message: str
) -> None:
    assert old in GOOD
    file = written(tmp_path, GOOD.replace(old, new, 1))
    with pytest.raises(KnowledgeError) as raised:
        read(file)
    told = [(p.file, p.line) for p in raised.value.problems if message in p.message]
    assert (file, line) in told


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    file = written(tmp_path, GOOD.replace("office: thue", "office: nowhere"))
    with pytest.raises(KnowledgeError) as raised:
        read(file)
    assert [problem.line for problem in raised.value.problems] == [5, 10]


def test_a_department_without_its_general_queue_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="mot_cua is no office of ours"):
        read_routing(written(tmp_path, GOOD), offices=[OFFICES[0], OFFICES[2]], topics=TOPICS)


class TestOurTable:
    def test_nearly_every_article_s_own_question_reaches_its_office(
        self, ours: RoutingTable, library: Library
    ) -> None:
        articles = library.current.articles.values()
        routes = [(a, route(ours, a.topic, a.title)) for a in articles]
        missed = [a.id for a, r in routes if (r.authority or r.office) != a.office]
        assert len(missed) <= len(routes) * 0.02, missed

    def test_matters_of_other_authorities_go_to_the_general_queue(
        self, ours: RoutingTable, library: Library
    ) -> None:
        others = [a for a in library.current.articles.values() if a.is_wrong_office]
        routed = {route(ours, article.topic, article.title).office for article in others}
        assert routed == {"mot_cua"}

    @pytest.mark.parametrize(
        ("topic", "text", "office"),
        [
            ("nang_suat", "Kết quả tự đánh giá 5S: 48% (mức Yếu)", "tdc"),
            ("yeu_cau_ho_tro", "toi muon dang ky nhan hieu cho nuoc mam", "shtt"),
            ("yeu_cau_ho_tro", "ho so cua toi den dau roi", "mot_cua"),
            ("chuong_trinh_ho_tro", "xin voucher đổi mới sáng tạo", "cong_nghe_dmst"),
            ("doi_moi_cong_nghe", "muốn chuyển đổi số cho xưởng", "chuyen_doi_so"),
            ("sang_che_giai_phap", "lập hội đồng sáng kiến", "quan_ly_khoa_hoc"),
            ("tieu_chuan", "", "tdc"),
        ],
    )
    def test_a_request_reaches_its_office(
        self, ours: RoutingTable, topic: str, text: str, office: str
    ) -> None:
        assert route(ours, topic, text).office == office

    @given(data=st.data())
    def test_any_request_reaches_an_office_of_ours(
        self, ours: RoutingTable, library: Library, data: st.DataObject
    ) -> None:
        words = [word for rule in ours.rules for word in rule.words]
        topic = data.draw(st.sampled_from([*library.current.topics, "lạ"]))
        text = data.draw(st.lists(st.sampled_from(words) | st.text(max_size=10)).map(" ".join))
        office = library.current.offices[route(ours, topic, text).office]
        assert not office.external


def test_an_office_promises_minutes_of_its_own_and_old_files_the_usual_ones(
    tmp_path: Path,
) -> None:
    own = OFFICES[0].model_copy(update={"talk_minutes": 20.0})
    file = written(tmp_path, f"talk_minutes: 40\n{GOOD}")
    table = read_routing(file, offices=[own, *OFFICES[1:]], topics=TOPICS)
    assert table.talk_promise("tdc") == timedelta(minutes=20)
    assert table.talk_promise("mot_cua") == timedelta(minutes=40)
    assert read(written(tmp_path, GOOD)).talk_promise("tdc") == timedelta(minutes=30)


@pytest.mark.parametrize("minutes", ["0", "-5", "451", "ngay"])
def test_minutes_that_are_no_promise_are_refused(tmp_path: Path, minutes: str) -> None:
    with pytest.raises(KnowledgeError, match="talk_minutes"):
        read(written(tmp_path, f"talk_minutes: {minutes}\n{GOOD}"))
    with pytest.raises(ValidationError, match="talk_minutes"):
        Office.model_validate({**OFFICES[0].model_dump(), "talk_minutes": minutes})
