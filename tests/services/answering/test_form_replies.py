"""Who asks for a form gets it: the one that is named, else that of the answer before."""

from datetime import date

import pytest

from bot.domain.forms.form_file import form_file_of
from bot.domain.talk.reply import Reply
from bot.domain.talk.understanding import Outcome
from bot.knowledge.articles.aspect import Aspect
from bot.knowledge.library import Knowledge, read_knowledge
from bot.services.answering.form_replies import FormReplies
from bot.services.answering.groundwork.answer_replies import AnswerReplies
from bot.services.answering.groundwork.given_article import given
from bot.settings import ROOT
from bot.texts import default_texts

TODAY = date(2026, 11, 29)
OURS = read_knowledge(ROOT / "knowledge_base")


def ask(text: str, last: str = "", address: str = "") -> Reply | None:
    return FormReplies(OURS, default_texts(), address=address).answer(text, last, TODAY)


def forms_of(reply: Reply | None) -> list[str]:
    assert reply is not None
    return [form_file_of(file).partition(".")[0] for file in reply.message.attachments]


NAMED = (
    ("cho chị xin mẫu tiêu chuẩn cơ sở", ["tccs"]),
    ("co mau tccs cho banh pia khong em", ["tccs"]),
    ("gửi anh cái khung TCCS file word nhé, mẫu nào cũng được", ["tccs"]),
    ("có mẫu quyết định ban hành TCCS chưa em", ["tccs-quyet-dinh"]),
    ("xin file mẫu nhãn", ["nhan-hang-hoa", "nhan-thuc-pham"]),
    ("mẫu nhãn thực phẩm tải chỗ nào", ["nhan-thuc-pham"]),
    ("cho em xin template nhãn quần áo", ["nhan-hang-hoa"]),
    ("bên mình có mẫu nhãn phụ không", ["nhan-hang-hoa"]),
    ("có biểu mẫu soát hồ sơ công bố hợp quy không", ["soat-cong-bo-hop-quy"]),
    ("xin checklist công bố hợp chuẩn", ["soat-cong-bo-hop-chuan"]),
    ("cho cô xin mẫu kế hoạch 5S", ["ke-hoach-5s"]),
    ("gửi giúp tôi phiếu chấm 5S với", ["phieu-cham-5s"]),
    ("can file excel cham diem 5s", ["phieu-cham-5s"]),
    ("có mẫu sổ lô để truy xuất nguồn gốc hông", ["so-truy-xuat-lo"]),
    ("hợp tác xã xin biểu mẫu truy xuất", ["so-truy-xuat-lo"]),
    ("mẫu biên bản thu hồi hàng lấy ở đâu", ["bien-ban-thu-hoi"]),
    ("cho xin form theo dõi kiểm định cân", ["danh-muc-phuong-tien-do"]),
    ("co mau danh muc phuong tien do ko", ["danh-muc-phuong-tien-do"]),
    ("cho em xin mẫu đơn nhãn hiệu", ["chuan-bi-nhan-hieu"]),
    ("có mẫu tờ khai nhãn hiệu không", ["chuan-bi-nhan-hieu"]),
    ("xin bảng mẫu đánh giá nội bộ ISO 9001", ["danh-gia-noi-bo-iso9001"]),
    ("checklist iso co khong em", ["danh-gia-noi-bo-iso9001"]),
    ("xin phiếu khắc phục", ["phieu-khac-phuc"]),
    ("cho anh mẫu hành động khắc phục", ["phieu-khac-phuc"]),
    ("có phiếu mẫu ghi khiếu nại của khách không", ["phieu-khieu-nai"]),
    ("xin mẫu nhãn thuốc bảo vệ thực vật", ["nhan-hang-hoa"]),
    ("em cần mẫu nhãn cho mỹ phẩm", ["nhan-hang-hoa"]),
    ("xin mẫu nhản phụ", ["nhan-hang-hoa"]),
    ("cần biểu mẫu đánh giá nội bộ ISO 9001:2015", ["danh-gia-noi-bo-iso9001"]),
    ("có mẫu phiếu khắc phục ISO 9001 không", ["phieu-khac-phuc", "danh-gia-noi-bo-iso9001"]),
    ("xin mẫu thông báo thu hồi hàng", ["bien-ban-thu-hoi"]),
    ("mẫu tờ khai đăng ký nhãn hiệu lấy ở đâu", ["chuan-bi-nhan-hieu"]),
    ("xin mẫu TCCS cho đơn vị mình", ["tccs"]),
)

LED = (
    ("gửi mẫu cho em", "tccs-cac-buoc", ["tccs", "tccs-quyet-dinh"]),
    ("có mẫu sẵn không", "mau-tccs", ["tccs", "tccs-quyet-dinh"]),
    ("cho bác xin cái form", "5s-cac-buoc", ["ke-hoach-5s", "phieu-cham-5s"]),
    ("tải biểu mẫu ở đâu", "nhan-thuc-pham-mau", ["nhan-thuc-pham"]),
    ("gửi file word giúp chị", "thu-hoi-hang-loi", ["bien-ban-thu-hoi", "phieu-khieu-nai"]),
    ("cho xin mẫu biên bản", "thu-hoi-hang-loi", ["bien-ban-thu-hoi", "phieu-khieu-nai"]),
    ("co file excel theo doi ko", "phuong-tien-do-nhom-2", ["danh-muc-phuong-tien-do"]),
    ("mẫu đâu em", "nhan-hieu-chon-nhom", ["chuan-bi-nhan-hieu"]),
)

NOT_OURS = (
    "cho xin mẫu hợp đồng li-xăng nhãn hiệu",
    "mẫu giấy ủy quyền nộp đơn nhãn hiệu",
    "xin mẫu đơn đăng ký mã vạch",
    "có mẫu đơn sửa đổi nhãn hiệu không",
    "cho xin mẫu thuyết minh nhiệm vụ khoa học",
    "gửi mẫu nước mắm đi kiểm nghiệm chỗ nào",
    "có mẫu giấy chứng nhận doanh nghiệp khoa học công nghệ không",
    "cần mẫu đơn xin cấp giấy chứng nhận an toàn thực phẩm",
    "xin mẫu đơn công nhận doanh nghiệp công nghệ cao",
    "giấy tiếp nhận công bố có mẫu không",
    "co mau giay xac nhan khong",
    "cho em xin mẫu biên nhận hàng",
    "xin mau danh sach nhan vien",
    "có mẫu nhận xét không",
    "xin mẫu ISO 14001",
    "xin mẫu checklist ISO 45001",
    "xin mẫu hồ sơ đăng ký ISO 22000",
    "có form đăng ký ISO 27001 không",
    "xin checklist đánh giá nội bộ iso14001",
    "có biểu mẫu ISO/IEC 17025 không",
    "xin checklist đánh giá nội bộ HACCP",
    "xin mẫu đơn khiếu nại hành vi hành chính",
    "cho xin mẫu khiếu nại quyết định xử phạt",
    "xin mẫu đơn khiếu nại nhãn hiệu",
    "có mẫu thu hồi đất không",
    "mẫu thu hồi giấy chứng nhận",
    "xin mẫu thu hồi công nợ",
    "xin mẫu đơn đề nghị kiểm định phương tiện đo",
    "có mẫu văn bản đề nghị kiểm định phương tiện đo không",
    "xin mẫu dấu hợp quy",
    "TCCS là gì",
    "cổ phiếu là gì",
    "đăng ký nhãn hiệu cho mẫu áo mới thì sao",
)


@pytest.mark.parametrize(("text", "forms"), NAMED, ids=[text for text, _ in NAMED])
def test_the_form_that_is_named_is_handed_out(text: str, forms: list[str]) -> None:
    reply = ask(text)
    assert forms_of(reply) == forms
    assert reply is not None
    assert reply.understanding.article == OURS.forms.by_id[forms[0]].articles[0]
    assert reply.understanding.outcome is Outcome.ANSWER
    assert reply.understanding.given == [given(OURS.articles[reply.understanding.article])]
    assert "mẫu tham khảo của Sở" in reply.message.text
    assert reply.message.choices[-1].title == "Gặp cán bộ"


@pytest.mark.parametrize(("text", "last", "forms"), LED, ids=[text for text, *_ in LED])
def test_that_of_the_answer_before_is_handed_out(text: str, last: str, forms: list[str]) -> None:
    assert forms_of(ask(text, last)) == forms


@pytest.mark.parametrize("text", NOT_OURS)
@pytest.mark.parametrize("last", ["", "mau-tccs"])
def test_another_paper_is_answered_as_ever(text: str, last: str) -> None:
    assert ask(text, last) is None


def test_a_form_named_counts_more_than_the_answer_before() -> None:
    assert forms_of(ask("có mẫu kế hoạch 5S không", "mau-tccs")) == ["ke-hoach-5s"]


def test_what_an_article_says_of_forms_comes_first_with_its_ground() -> None:
    reply = ask("có mẫu tờ khai nhãn hiệu không")
    assert reply is not None
    assert "Mẫu số 04, Phụ lục I, Thông tư 10/2026/TT-BKHCN" in reply.message.text
    assert "TT 10/2026/TT-BKHCN (Phụ lục I, Mẫu số 04)" in reply.message.text


def test_what_is_not_confirmed_is_said_with_the_form() -> None:
    reply = ask("xin mẫu công bố hợp quy")
    assert reply is not None
    article = OURS.articles["cong-bo-hop-quy-ho-so-thoi-gian"]
    assert article.verify_note in reply.message.text


def test_without_a_form_of_ours_the_official_one_is_told() -> None:
    reply = ask("gửi mẫu cho em", "ma-vach-dang-ky")
    assert reply is not None
    assert reply.message.text.startswith("Mẫu đơn: **Mẫu số 5 Phụ lục VII**")
    assert reply.message.attachments == []


def test_an_article_that_tells_of_no_form_leaves_it_to_the_search() -> None:
    assert Aspect.FORM not in OURS.articles["5s-la-gi"].aspects
    last = "oee-cach-tinh"
    assert Aspect.FORM not in OURS.articles[last].aspects
    assert ask("gửi mẫu cho em", last) is None


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("có những mẫu nào", ""),
        ("em có các biểu mẫu gì", "mau-tccs"),
        ("danh sách mẫu", "ma-vach-dang-ky"),
        ("tải biểu mẫu ở đâu", ""),
        ("gửi mẫu cho chị", ""),
    ],
)
def test_they_are_listed_in_short(text: str, last: str) -> None:
    reply = ask(text, last)
    assert reply is not None
    lines = [line for line in reply.message.text.split("\n") if line.startswith("- ")]
    assert lines == [f"- {form.name}" for form in OURS.forms.by_id.values()]
    assert len(reply.message.text) < 1000
    assert reply.message.attachments == []
    assert "https://" not in reply.message.text


def test_the_page_of_all_is_named_where_people_reach_it() -> None:
    reply = ask("có những mẫu nào", address="https://a.example.vn/bieu-mau")
    assert reply is not None
    assert "https://a.example.vn/bieu-mau" in reply.message.text


def test_without_forms_nothing_is_answered() -> None:
    bare = Knowledge(OURS.articles, OURS.documents, OURS.offices, OURS.topics)
    assert FormReplies(bare, default_texts()).answer("có những mẫu nào", "", TODAY) is None


def test_an_article_that_is_not_served_hands_out_nothing() -> None:
    assert ask("mẫu TCCS") is not None
    ended = {
        id_: document.model_copy(update={"in_force_to": date(2020, 1, 1)})
        for id_, document in OURS.documents.items()
    }
    old = Knowledge(OURS.articles, ended, OURS.offices, OURS.topics, forms=OURS.forms)
    assert FormReplies(old, default_texts()).answer("mẫu TCCS", "", TODAY) is None


def without(document: str) -> Knowledge:
    """Ours, where one document has run out."""
    row = OURS.documents[document].model_copy(update={"in_force_to": date(2026, 11, 1)})
    documents = OURS.documents | {document: row}
    return Knowledge(OURS.articles, documents, OURS.offices, OURS.topics, forms=OURS.forms)


def test_a_form_that_names_what_no_longer_holds_is_handed_out_nowhere() -> None:
    later = without("tt-10-2026-tt-bkhcn")
    article = OURS.articles["nhan-hieu-ho-so-nop-o-dau"]
    assert later.is_served(article, TODAY)
    replies, wording = FormReplies(later, default_texts()), AnswerReplies(later, default_texts())
    assert replies.answer("cho em xin mẫu đơn nhãn hiệu", "", TODAY) is None
    assert forms_of(wording.detail(article, TODAY)) == []
    assert forms_of(wording.short(article, TODAY, asked=[Aspect.FORM])) == []
    listed = replies.answer("có những mẫu nào", "", TODAY)
    assert listed is not None
    assert OURS.forms.by_id["chuan-bi-nhan-hieu"].name not in listed.message.text
    assert OURS.forms.by_id["tccs"].name in listed.message.text
    behind = replies.answer("gửi mẫu cho em", article.id, TODAY)
    assert forms_of(behind) == []
    assert forms_of(AnswerReplies(OURS, default_texts()).detail(article, TODAY)) != []


def test_every_reply_that_names_an_article_tells_which_text_of_it_was_given() -> None:
    wording = AnswerReplies(OURS, default_texts())
    for article in OURS.articles.values():
        told = [
            wording.short(article, TODAY), wording.short(article, TODAY, asked=[Aspect.FORM]),
            wording.detail(article, TODAY), wording.at_hand(article, TODAY),
            wording.ground(article, TODAY), ask("gửi mẫu cho em", article.id),
        ]  # fmt: skip
        for reply in told:
            if reply is not None and reply.understanding.article:
                named = OURS.articles[reply.understanding.article]
                assert reply.understanding.given == [given(named)]


@pytest.mark.parametrize(
    ("asked", "forms"),
    [
        ([], []),
        ([Aspect.COST], []),
        ([Aspect.FORM], ["tccs", "tccs-quyet-dinh"]),
        ([Aspect.PAPERS], ["tccs", "tccs-quyet-dinh"]),
        ([Aspect.STEPS], ["tccs", "tccs-quyet-dinh"]),
    ],
)
def test_an_answer_brings_its_forms_where_forms_papers_or_steps_are_asked_for(
    asked: list[Aspect], forms: list[str]
) -> None:
    wording = AnswerReplies(OURS, default_texts())
    article = OURS.articles["mau-tccs"]
    assert forms_of(wording.short(article, TODAY, asked=asked)) == forms
    likely = wording.likely(wording.short(article, TODAY, asked=asked), [])
    assert forms_of(likely) == forms


def test_behind_the_button_of_the_detail_they_always_are() -> None:
    wording = AnswerReplies(OURS, default_texts())
    assert forms_of(wording.detail(OURS.articles["mau-tccs"], TODAY)) == ["tccs", "tccs-quyet-dinh"]
    assert forms_of(wording.detail(OURS.articles["ma-vach-phi"], TODAY)) == []
