"""Asked how one office is reached, the assistant tells what was filled in for that office."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from actions.filing.request_fields import prefill
from actions.shape.desk import Desk
from actions.shape.turn import Turn
from actions.talking.about_office import office_asked
from actions.talking.about_us import about_us
from bot.domain.talk.understanding import Outcome
from bot.knowledge.library import Library
from bot.knowledge.office.department import Department
from tests.support.data.seed import Seed
from vietnamese import strip_accents

MakeTurn = Callable[..., Turn]


def heard(library: Library, text: str, last_article: str = "") -> str:
    found = office_asked(library.current, text, last_article)
    return f"{found.office.id} {found.asked}" if found else ""


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("cho xin số điện thoại phòng sở hữu trí tuệ", "shtt telephone"),
        ("bên đo lường ở đâu vậy", "tdc address"),
        ("email cục sở hữu trí tuệ", "cuc_shtt email"),
        ("ai phụ trách mã vạch", "tdc person"),
        ("ben do luong o dau vay", "tdc address"),
        ("sdt phong so huu tri tue", "shtt telephone"),
        ("cho em xin sđt bên nhãn hiệu với ạ", "shtt telephone"),
        ("xin sdt can bo phu trach truy xuat nguon goc", "tdc telephone"),
        ("số điện thoại phòng chuyển đổi số của sở", "chuyen_doi_so telephone"),
        ("phòng công nghệ và đổi mới sáng tạo nằm ở đâu", "cong_nghe_dmst address"),
        ("địa chỉ phòng quản lý khoa học", "quan_ly_khoa_hoc address"),
        ("dia chi bo phan mot cua so khcn", "mot_cua address"),
        ("một cửa ở chỗ nào vậy em", "mot_cua address"),
        ("mail của phòng TĐC là gì", "tdc email"),
        ("chi cục tiêu chuẩn đo lường chất lượng giờ ở đâu", "tdc address"),
        ("trang web cục sở hữu trí tuệ", "cuc_shtt site"),
        ("website cuc shtt la gi", "cuc_shtt site"),
        ("cho hỏi số hotline của sở công thương", "so_cong_thuong telephone"),
        ("Sở Y tế ở đâu", "so_y_te address"),
        ("sở y tế làm việc thứ bảy không", "so_y_te hours"),
        ("so nong nghiep va moi truong nam o dau", "so_nnmt address"),
        ("số điện thoại cơ quan thuế", "thue telephone"),
        ("dien thoai hai quan tay ninh", "hai_quan telephone"),
        ("phòng sở hữu trí tuệ mấy giờ làm việc", "shtt hours"),
        ("một cửa mấy giờ mở cửa", "mot_cua hours"),
        ("trưởng phòng sở hữu trí tuệ là ai", "shtt person"),
        ("ai lo vụ sáng kiến bên sở vậy", "quan_ly_khoa_hoc person"),
        ("ai phu trach ocop", "so_nnmt person"),
        ("liên hệ phòng đổi mới sáng tạo sao vậy em", "cong_nghe_dmst reach"),
        ("thông tin liên hệ bộ phận TĐC", "tdc reach"),
        ("cách liên hệ cục bản quyền", "cuc_ban_quyen reach"),
        ("muốn hỏi về chuyển giao công nghệ thì liên hệ ai", "cong_nghe_dmst person"),
        ("Cho tôi xin địa chỉ email của bộ phận sở hữu trí tuệ để gửi mẫu logo", "shtt email"),
        ("cho xin sdt ubtdc de hoi ma vach", "ubtdc telephone"),
        (
            "em chào anh chị, cho em xin số điện thoại phòng chuyển đổi số",
            "chuyen_doi_so telephone",
        ),
        ("Kính gửi Sở, đề nghị cho biết số điện thoại bộ phận sở hữu trí tuệ", "shtt telephone"),
        ("GS1 Việt Nam số điện thoại bao nhiêu", "ubtdc telephone"),
        ("tổng cục tiêu chuẩn đo lường chất lượng ở đâu", "ubtdc address"),
        ("bên sáng chế có số zalo không ad", "shtt telephone"),
        ("fanpage phòng chuyển đổi số", "chuyen_doi_so site"),
        ("người phụ trách đo lường là ai", "tdc person"),
        ("ai đang phụ trách mảng nhãn hàng hóa vậy ạ", "tdc person"),
        ("bản đồ đường đi phòng công nghệ", "cong_nghe_dmst address"),
    ],
)
def test_an_office_is_known_by_its_name_and_by_its_work(
    library: Library, text: str, asked: str
) -> None:
    assert heard(library, text) == asked


@pytest.mark.parametrize(
    ("text", "last_article", "asked"),
    [
        ("số điện thoại chỗ đó", "nhan-hieu-chi-phi", "shtt telephone"),
        ("liên hệ ai", "ma-vach-phi", "tdc person"),
        ("vậy gặp ai em", "nhan-hieu-chi-phi", "shtt person"),
        ("chỗ đó ở đâu vậy", "tra-cuu-ho-so", "mot_cua address"),
        ("cho xin số điện thoại", "co-quan-thue", "thue telephone"),
        ("so dien thoai cho do", "co-quan-hai-quan", "hai_quan telephone"),
        ("email bên đó là gì", "nhan-hieu-chi-phi", "shtt email"),
        ("dia chi o dau vay", "ma-vach-phi", "tdc address"),
        ("lien he the nao", "co-quan-thue", "thue reach"),
        ("bên đó mấy giờ làm việc", "co-quan-hai-quan", "hai_quan hours"),
        ("ai phụ trách vậy", "sang-kien-cong-nhan", "quan_ly_khoa_hoc person"),
        ("trang web chỗ đó", "nhan-hieu-chi-phi", "shtt site"),
    ],
)
def test_behind_an_answer_its_office_is_meant(
    library: Library, text: str, last_article: str, asked: str
) -> None:
    assert last_article in library.current.articles
    assert heard(library, text, last_article) == asked


@pytest.mark.parametrize(
    ("text", "last_article"),
    [
        ("số của phòng tiêu chuẩn", ""),
        ("số điện thoại của sở", ""),
        ("cho em số điện thoại của sở đi", "ma-vach-phi"),
        ("sở ở đâu", "ma-vach-phi"),
        ("email bên sở là gì vậy", "ma-vach-phi"),
        ("nộp ở đâu", "ma-vach-phi"),
        ("ở đâu vậy", "ma-vach-phi"),
        ("mất bao nhiêu vậy em", "ma-vach-phi"),
        ("làm ở đâu", "ma-vach-phi"),
        ("ai cấp", "ma-vach-phi"),
        ("trang web nào", "ma-vach-phi"),
        ("giám đốc sở là ai", "ma-vach-phi"),
        ("mấy giờ làm việc", "ma-vach-phi"),
        ("đăng ký nhãn hiệu ở đâu", ""),
        ("mã vạch ở đâu", ""),
        ("đăng ký mã vạch ở đâu vậy chị", ""),
        ("kiểm định cân ở đâu vậy em", ""),
        ("nộp đơn cục sở hữu trí tuệ ở đâu", ""),
        ("ai cấp mã vạch", ""),
        ("kê khai thuế thì hỏi ai", ""),
        ("muốn làm VietGAP thì liên hệ chỗ nào", ""),
        ("số điện thoại trên nhãn hàng hóa", ""),
        ("địa chỉ trên nhãn hàng ghi thế nào", ""),
        ("ghi số điện thoại lên nhãn hàng hóa được không", ""),
        ("gửi đơn qua email cho cục sở hữu trí tuệ được không", ""),
        ("địa chỉ gửi đơn của Cục, văn phòng đại diện có nhận không", ""),
        ("sửa số điện thoại của em", ""),
        ("số điện thoại phòng thí nghiệm Quatest", ""),
        ("sđt của em là 0909123456 bên nhãn hiệu gọi giùm", ""),
        ("điện thoại nhập về bán có cần hợp quy không", ""),
        ("cục sở hữu trí tuệ thu phí bao nhiêu", ""),
        ("iso 9001 là gì, ai phụ trách", ""),
        ("đổi địa chỉ trên giấy chứng nhận nhãn hiệu", ""),
        ("thông tin liên hệ trên nhãn hàng hóa ghi ra sao", ""),
        ("trong công ty ai phụ trách 5S", ""),
        ("truy xuất nguồn gốc làm trang web có được không", ""),
        ("web bán hàng bị chép nhãn hiệu", ""),
        ("mail giả mạo cục sở hữu trí tuệ đòi tiền", ""),
        ("bưu điện mấy giờ đóng cửa", ""),
        ("người phụ trách hệ thống quản lý cần học gì", ""),
        ("đo lường ở đâu cũng được hả", ""),
        ("số điện thoại mua cân điện tử", ""),
        ("cho xin số điện thoại", ""),
        ("gap can bo", "ma-vach-phi"),
        ("cho tôi gặp người phụ trách", "ma-vach-phi"),
    ],
)
def test_what_asks_for_something_else_asks_for_no_office(
    library: Library, text: str, last_article: str
) -> None:
    assert heard(library, text, last_article) == ""


NO_WISH_FOR_CONTACT = """
    điện thoại có cần hợp quy không
    điện thoại có cần ghi nhãn không
    điện thoại có mã vạch chưa
    điện thoại thì hợp quy sao
    điện thoại với mã vạch
    phone có nhãn hàng hóa không
    điện thoại có qua hải quan không
    điện thoại của em có cần hợp quy không
    số điện thoại có cần ghi nhãn hàng hóa không
    số điện thoại có là nhãn hiệu không
    số điện thoại có phải nhãn hiệu không
    nhãn hàng hóa có số điện thoại không
    nhãn hàng có cần số điện thoại không
    nhãn hàng hóa cần hotline không
    nhãn hàng số điện thoại thế nào
    trang web có cần đăng ký nhãn hiệu không
    email có cần đăng ký nhãn hiệu không
    fanpage có cần nhãn hiệu không
    website có bản quyền không
    web bản quyền thế nào
    gmail có nhãn hiệu không
    mail có cần thương hiệu không
    fanpage thương hiệu
    trang web công bố hợp quy là gì
    trang web truy xuất nguồn gốc là gì
    website mã số mã vạch
    trang web đăng ký nhãn hiệu
    trang web đăng ký doanh nghiệp là gì
    trang web thuế
    website sáng kiến là gì
    trang web OCOP
    website sở hữu trí tuệ
    web chuyển đổi số
    email mã vạch là gì
    chỗ kiểm định cân ở đâu vậy
    kiểm định cân liên hệ ở đâu
    nơi công bố hợp quy ở đâu
    nơi đăng ký nhãn hiệu ở đâu
    cơ quan kiểm định ở đâu
    mã vạch liên hệ chỗ nào
    chỗ mã vạch ở đâu em
    nơi đo lường ở đâu
    đơn vị hợp quy ở đâu
    trung tâm đo lường ở đâu
    địa chỉ hợp chuẩn ở đâu
    số điện thoại chỗ kiểm định cân
    số điện thoại nơi công bố hợp quy
    đăng ký doanh nghiệp liên hệ ở đâu
    công nhận sáng kiến liên hệ chỗ nào
    truy xuất nguồn gốc liên hệ thế nào
    bán mỹ phẩm ở đâu
    chỉ dẫn địa lý ở đâu
    bản quyền ở đâu
    sở hữu trí tuệ ở đâu
    5S ai phụ trách
    HACCP thì ai phụ trách
    ai phụ trách HACCP
    ai lo 5S
    hệ thống quản lý thì ai lo
    người phụ trách ISO là ai
    bên em cần ai lo ISO
    bên em ai phụ trách nhãn hiệu
    cần ai phụ trách mã vạch
    giám đốc phụ trách ISO là ai
    phó giám đốc phụ trách nhãn hiệu là ai
    lãnh đạo phụ trách năng suất là ai
    ai phụ trách chuyển đổi số
    ai lo an toàn lao động
    ai lo thuế
    nhãn hàng hóa ai lo
"""


@pytest.mark.parametrize("text", [one.strip() for one in NO_WISH_FOR_CONTACT.strip().split("\n")])
def test_goods_sites_places_and_people_of_the_firm_are_no_office(
    library: Library, text: str
) -> None:
    assert heard(library, text) == ""
    assert heard(library, strip_accents(text)) == ""


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("điện thoại bên mã vạch", "tdc telephone"),
        ("gọi điện thoại cho bên nhãn hiệu số mấy", "shtt telephone"),
        ("cho xin điện thoại phòng chuyển đổi số", "chuyen_doi_so telephone"),
        ("điện thoại cán bộ phụ trách ocop", "so_nnmt telephone"),
        ("cô cần số điện thoại phòng sở hữu trí tuệ", "shtt telephone"),
        ("em cần sđt bên mã vạch, bên mình có không ạ", "tdc telephone"),
        ("số điện thoại bên ISO", "tdc telephone"),
        ("ai phụ trách ISO bên sở", "tdc person"),
        ("5S thì liên hệ ai", "tdc person"),
        ("bên năng suất ai phụ trách", "tdc person"),
        ("cán bộ phụ trách HACCP là ai", "tdc person"),
        ("trang web bên nhãn hiệu là gì", "shtt site"),
        ("email bên công nghệ là gì", "cong_nghe_dmst email"),
        ("bên y tế ở đâu", "so_y_te address"),
        ("bên thuế liên hệ sao", "thue reach"),
        ("website IP Vietnam", "cuc_shtt site"),
        ("hải quan ở đâu", "hai_quan address"),
    ],
)
def test_an_office_beside_its_work_is_meant(library: Library, text: str, asked: str) -> None:
    assert heard(library, text) == asked
    assert heard(library, strip_accents(text)) == asked


LABEL, COOKER, FIVE_S = "nhan-noi-dung-bat-buoc", "dien-gia-dung-hop-quy", "5s-cac-buoc"


@pytest.mark.parametrize(
    ("text", "last_article"),
    [
        ("có cần số điện thoại không", LABEL),
        ("có cần ghi số điện thoại không", LABEL),
        ("còn địa chỉ thì sao", LABEL),
        ("địa chỉ của ai", LABEL),
        ("số điện thoại của ai", LABEL),
        ("còn số điện thoại", LABEL),
        ("vậy địa chỉ", LABEL),
        ("còn địa chỉ ở đâu", LABEL),
        ("có số điện thoại không", LABEL),
        ("địa chỉ cần không", LABEL),
        ("thông tin liên hệ thì sao", LABEL),
        ("có cần thông tin liên hệ không em", LABEL),
        ("còn điện thoại thì sao", COOKER),
        ("điện thoại thì sao", COOKER),
        ("thế còn điện thoại", COOKER),
        ("điện thoại có không", COOKER),
        ("cho hỏi điện thoại", COOKER),
        ("cho em hỏi điện thoại thế nào", COOKER),
        ("ai phụ trách vậy", FIVE_S),
        ("bên em ai lo", FIVE_S),
        ("cần ai phụ trách", FIVE_S),
    ],
)
def test_behind_an_answer_what_it_is_about_is_asked_and_no_office(
    library: Library, text: str, last_article: str
) -> None:
    assert last_article in library.current.articles
    assert heard(library, text, last_article) == ""
    assert heard(library, strip_accents(text), last_article) == ""


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("cho em xin số điện thoại", "telephone"),
        ("cho hỏi số điện thoại", "telephone"),
        ("số điện thoại là bao nhiêu", "telephone"),
        ("cho xin điện thoại bên đó", "telephone"),
        ("điện thoại chỗ đó", "telephone"),
        ("số điện thoại của họ", "telephone"),
        ("gọi số nào", ""),
        ("gọi số điện thoại nào", "telephone"),
        ("xin địa chỉ với em", "address"),
        ("địa chỉ chỗ đó", "address"),
        ("liên hệ ai", "person"),
    ],
)
def test_behind_an_answer_a_wish_or_a_pointing_word_means_its_office(
    library: Library, text: str, asked: str
) -> None:
    assert heard(library, text, LABEL) == (f"tdc {asked}" if asked else "")
    assert heard(library, strip_accents(text), LABEL) == (f"tdc {asked}" if asked else "")


@pytest.fixture
def ask(desk: Desk, make_turn: MakeTurn) -> Callable[..., str]:
    with desk.house.database.transaction() as session:
        conversation = Seed(session, desk.now()).conversation().id

    def ask(text: str, desk: Desk = desk, **slots: str) -> str:
        response = about_us(desk, make_turn(conversation, text, intent="ask", slots=slots))
        assert response is not None
        (reply,) = response.replies
        assert reply.understanding.outcome is Outcome.ANSWER
        assert reply.message.choices[-1].title == "Gặp cán bộ"
        return reply.message.text

    return ask


@pytest.fixture
def fill(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Fills in lines of an office, as an editor does."""

    def fill(office_id: str, **values: str) -> None:
        offices = desk.knowledge.offices
        office = offices[office_id]
        filled = type(office)(**{**office.model_dump(), **values})
        monkeypatch.setitem(offices, office_id, filled)
        desk.knowledge.__dict__.pop("_office_names", None)

    yield fill
    desk.knowledge.__dict__.pop("_office_names", None)


def ours(desk: Desk, **values: str) -> Desk:
    tables = desk.tables()
    department = Department(**{**tables.department.model_dump(), **values})
    return replace(desk, tables=lambda: replace(tables, department=department))


WAYS = [
    ("điện thoại của phòng sở hữu trí tuệ", {"telephone": "0272 382 1234"}),
    ("email bên nhãn hiệu là gì", {"email": "shtt@so.example.vn"}),
    ("phong so huu tri tue o dau", {"address": "Phòng 5, 12 Đường Thử Nghiệm"}),
    ("phòng sở hữu trí tuệ mấy giờ làm việc", {"hours": "chỉ buổi sáng"}),
    ("trang web phòng sở hữu trí tuệ", {"site": "https://shtt.example.vn"}),
    ("ai phụ trách nhãn hiệu", {"person": "Trưởng phòng Nguyễn Văn Thử"}),
    ("cách liên hệ phòng sở hữu trí tuệ", {"telephone": "0272 382 1234"}),
]


@pytest.mark.parametrize(("text", "values"), WAYS)
def test_what_was_filled_in_for_the_office_is_told(
    ask: Callable[..., str], fill: Callable[..., None], text: str, values: dict[str, str]
) -> None:
    (value,) = values.values()
    assert value not in ask(text)
    fill("shtt", **values)
    assert value in ask(text)


@pytest.mark.parametrize(("text", "values"), [one for one in WAYS if "hours" not in one[1]])
def test_what_is_empty_is_said_to_be_not_here_yet(
    ask: Callable[..., str], text: str, values: dict[str, str]
) -> None:
    assert values
    said = ask(text)
    assert "chưa có" in said
    assert "Bộ phận Sở hữu trí tuệ, Sở KH&CN" in said
    assert "Số riêng của cán bộ thì kênh này không đưa" in said


def test_the_department_itself_is_the_way_to_an_office_of_its_own(
    ask: Callable[..., str], desk: Desk
) -> None:
    told = ours(desk, telephone="0272 999 8888", email="hoi@so.example.vn")
    said = ask("điện thoại của phòng sở hữu trí tuệ", told)
    assert "0272 999 8888" in said
    assert "hoi@so.example.vn" not in said
    assert "hoi@so.example.vn" in ask("phòng sở hữu trí tuệ ở đâu", told)
    assert "0272 999 8888" not in ask("số điện thoại cục sở hữu trí tuệ", told)


def test_another_authority_has_its_site_where_that_is_given(
    ask: Callable[..., str], fill: Callable[..., None]
) -> None:
    assert "không thuộc Sở Khoa học và Công nghệ" in ask("email cục sở hữu trí tuệ")
    fill("cuc_shtt", site="https://shtt.example.vn")
    said = ask("email cục sở hữu trí tuệ")
    assert "chưa có địa chỉ thư điện tử" in said
    assert "https://shtt.example.vn" in said


def test_the_hours_of_an_office_are_the_calendars_unless_it_has_its_own(
    ask: Callable[..., str], fill: Callable[..., None]
) -> None:
    assert "07:30–11:30, 13:30–17:00" in ask("một cửa mấy giờ mở cửa")
    assert "chưa có giờ làm việc" in ask("sở y tế mấy giờ làm việc")
    fill("mot_cua", hours="07:00–16:00")
    assert "07:00–16:00" in ask("một cửa mấy giờ mở cửa")


def test_of_every_way_those_missing_are_named(
    ask: Callable[..., str], fill: Callable[..., None]
) -> None:
    fill("tdc", telephone="0272 382 1234", person="Trưởng bộ phận Trần Thị Mẫu")
    said = ask("thông tin liên hệ bộ phận TĐC")
    assert "0272 382 1234" in said
    assert "Trần Thị Mẫu" in said
    assert "Chưa có ở đây: địa chỉ thư điện tử, địa chỉ, địa chỉ trang web." in said


def test_behind_an_answer_the_office_of_its_article_is_told(
    ask: Callable[..., str], fill: Callable[..., None]
) -> None:
    fill("shtt", telephone="0272 382 1234")
    said = ask("số điện thoại chỗ đó", last_article="nhan-hieu-chi-phi")
    assert "0272 382 1234" in said
    assert "Việc này do **Bộ phận Sở hữu trí tuệ, Sở KH&CN** phụ trách" in said


def test_within_a_form_the_words_are_the_forms(desk: Desk, make_turn: MakeTurn) -> None:
    slots = {"last_article": "nhan-hieu-chi-phi", "__loop__": "request_form"}
    assert about_us(desk, make_turn("x", "liên hệ ai", slots=slots)) is None
    del slots["__loop__"]
    assert about_us(desk, make_turn("x", "liên hệ ai", slots=slots)) is not None


def test_a_request_begun_below_it_is_not_about_it(desk: Desk, make_turn: MakeTurn) -> None:
    with desk.house.database.transaction() as session:
        conversation = Seed(session, desk.now()).conversation().id
    for before, need in (("ai phụ trách mã vạch", None), ("mã vạch là gì", "mã vạch là gì")):
        events = [{"event": "user", "text": text} for text in (before, "/request_help")]
        slots = {"last_article": "ma-so-ma-vach-la-gi"}
        turn = make_turn(conversation, "/request_help", events=events, slots=slots)
        assert prefill(desk, turn).get("request_question") == need
