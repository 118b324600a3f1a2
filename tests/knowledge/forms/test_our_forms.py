"""The department's own forms: what they lean on, and the names by which they are found."""

import re
from itertools import pairwise

import pytest

from bot.domain.text.plain import plain
from bot.knowledge.articles.aspect import Aspect
from bot.knowledge.forms.form import Form
from bot.knowledge.library import Library, read_knowledge
from bot.settings import ROOT

OURS = read_knowledge(ROOT / "knowledge_base")
FORMS = list(OURS.forms.by_id.values())

SUBJECTS = (
    "TCCS", "quyết định ban hành TCCS", "nhãn thực phẩm", "nhãn hàng hóa", "công bố hợp chuẩn",
    "công bố hợp quy", "kế hoạch 5S", "phiếu chấm 5S", "truy xuất", "thu hồi", "hạn kiểm định",
    "đăng ký nhãn hiệu", "đánh giá nội bộ", "phiếu khắc phục", "khiếu nại của khách",
)  # fmt: skip


def words_of(form: Form) -> str:
    """Everything that stands on a form."""
    return form.model_dump_json()


def test_there_is_one_for_each_matter_that_owners_ask_about() -> None:
    found = [OURS.forms.heard_in(subject)[0] for subject in SUBJECTS]
    assert [len(forms) for forms in found] == [1] * len(SUBJECTS)
    assert {form.id for (form,) in found} == set(OURS.forms.by_id)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_a_document_of_a_form_is_cited_by_an_article_of_it(form: Form) -> None:
    cited = {source.document for id_ in form.articles for source in OURS.articles[id_].sources}
    assert set(form.documents) <= cited


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_the_numbers_of_documents_on_a_form_are_in_the_register(form: Form) -> None:
    known = {document.number for document in OURS.documents.values()}
    named = set(re.findall(r"\d+/\d{4}/[A-ZĐ-]+[A-ZĐ]", words_of(form)))
    assert named <= known


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_a_form_asks_for_something_and_tells_nothing_of_a_person(form: Form) -> None:
    assert any(block.fields or block.table for block in form.blocks)
    assert not re.search(r"0\d{9}|@", words_of(form))


def test_an_official_form_is_named_only_where_an_article_names_it() -> None:
    official = {form.id: form.official for form in FORMS if form.official is not None}
    assert set(official) == {
        "soat-cong-bo-hop-chuan", "soat-cong-bo-hop-quy", "chuan-bi-nhan-hieu",
    }  # fmt: skip
    for id_, named in official.items():
        article = OURS.articles[OURS.forms.by_id[id_].articles[0]]
        said = plain(str(article.aspects))
        numbers = re.findall(r"mau so \d+|phu luc [iv]+", plain(named.name + " " + named.clause))
        assert numbers
        assert all(number in said for number in numbers)


CYCLES = {
    "Cân bàn": 12, "cân đĩa": 12, "cân treo dọc thép-lá": 12, "cân băng tải": 12,
    "cột đo xăng dầu": 12, "Cân đồng hồ lò xo": 24, "cân treo móc cẩu": 24, "cân ô tô": 24,
    "cân phân tích": 24, "cân kỹ thuật": 24, "Taximet": 18, "Đồng hồ nước lạnh": 60,
}  # fmt: skip
"""Thông tư 04/2026/TT-BKHCN, Điều 4."""


def test_the_cycles_of_meters_are_those_of_the_circular() -> None:
    blocks = OURS.forms.by_id["danh-muc-phuong-tien-do"].blocks
    told = {
        name.strip(): int(months)
        for block in blocks
        for item in block.items
        for names, months in re.findall(r"([^:.]+): (\d+) tháng", item)
        for name in names.split(",")
    }
    assert told == CYCLES
    article = OURS.articles["phuong-tien-do-nhom-2"]
    for said in (article.answer, article.aspects[Aspect.VALID_FOR].say):
        assert "cân treo dọc thép-lá" in said.partition("12 tháng")[0]
        assert "cân treo móc cẩu" in said.partition("12 tháng")[2].partition("24 tháng")[0]
        assert not re.search(r"cân treo(?! dọc thép-lá| móc cẩu)", said)


def test_what_is_only_prepared_is_no_paper_of_the_declaration() -> None:
    blocks = OURS.forms.by_id["soat-cong-bo-hop-quy"].blocks
    tables = {
        head.heading: " ".join(cell for row in block.table.rows for cell in row)
        for head, block in pairwise(blocks)
        if block.table is not None
    }
    papers, steps = tables["3. Giấy tờ"], tables["4. Các bước và ngày"]
    for prepared in ("mẫu dấu hợp quy", "ảnh nhãn", "ài khoản nqi.gov.vn", "chữ ký số"):
        assert prepared not in papers
        assert prepared in steps


@pytest.mark.parametrize("id_", ["soat-cong-bo-hop-quy", "soat-cong-bo-hop-chuan"])
def test_a_guide_gives_the_reason_of_its_article(id_: str) -> None:
    form = OURS.forms.by_id[id_]
    reason = "chưa đọc được toàn văn"
    assert reason in OURS.articles[form.articles[0]].verify_note
    assert reason in form.guide


def test_the_trademark_form_names_the_circular_that_brought_it_up_to_date() -> None:
    form = OURS.forms.by_id["chuan-bi-nhan-hieu"]
    assert form.official is not None
    assert "Thông tư 20/2026/TT-BKHCN" in form.official.name
    assert "Thông tư 20/2026/TT-BKHCN" in OURS.articles[form.articles[0]].detail


def test_a_longer_name_hides_the_shorter_one_within_it() -> None:
    forms, rest = OURS.forms.heard_in("xin mẫu nhãn hiệu")
    assert [form.id for form in forms] == ["chuan-bi-nhan-hieu"]
    assert "nhan" not in rest.split()


def test_they_stand_in_the_order_of_the_topics() -> None:
    order = list(OURS.topics)
    topics = [order.index(OURS.articles[form.articles[0]].topic) for form in FORMS]
    assert topics == sorted(topics)


def test_an_article_leads_to_its_forms_its_own_first(library: Library) -> None:
    found = [form.id for form in library.current.forms.of("mau-tccs")]
    assert found == ["tccs", "tccs-quyet-dinh"]


@pytest.mark.parametrize(
    "name", ["tccs.xlsx", "tccs", "", "../tccs.docx", "tccs.docx.yml", ".docx"]
)
def test_another_name_is_no_file_of_a_form(name: str) -> None:
    assert OURS.forms.of_file(name) is None
