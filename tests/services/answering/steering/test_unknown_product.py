"""Of a thing on no list the three questions that decide are asked, and no other's article given."""

from collections.abc import Callable

import pytest

from bot.domain.talk.understanding import Outcome
from bot.services.answering.groundwork.findings import Answered
from vietnamese.accents import strip_accents

SHORT = 600
GENERAL = "san-pham-phai-hop-quy"
USED_MACHINES = "may-cu-thu-tuc"


def asks_three(answered: Answered) -> bool:
    return any("ba điều" in reply.message.text for reply in answered.replies)


@pytest.mark.parametrize(
    "words",
    [
        "nhập máy xông tinh dầu cần giấy tờ gì",
        "bán nến thơm có phải chứng nhận hợp quy không",
        "nhap may xong tinh dau can giay to gi",
        "ban nen thom co phai hop quy khong",
        "em muốn nhập ghế tập bụng về bán thì phải làm gì",
        "sản xuất khung tranh treo tường có cần công bố hợp quy không",
        "may loc khong khi mini nhap ve ban can thu tuc gi",
        "đệm xơ dừa xưởng em làm có thuộc danh mục hợp quy không",
        "bán dây thun cột tóc có phải chứng nhận gì không",
        "nhập lô kính bơi trẻ em thì cần giấy gì",
        "nhap bat che nang ve ban co phai kiem tra chat luong khong",
        "bên mình làm chổi cọng dừa, có phải hợp quy không",
        "Công ty tôi nhập khẩu máy cắt cỏ chạy xăng từ Nhật, cần thủ tục gì trước khi bán",
        "nhap xe day em be ban can giay to gi",
        "bán vợt muỗi điện có phải dán tem CR không",
        "kinh doanh balo học sinh có cần giấy chứng nhận hợp quy không ạ",
        "em làm hộp giấy carton bán thì cần công bố gì",
        "máy massage cổ nhập về có thuộc nhóm rủi ro cao không",
        "nhập gậy selfie có phải kiểm tra nhà nước không",
        "sx khay nhua dung com co phai hop quy ko",
        "nhập đèn bàn học cho trẻ em cần giấy tờ gì",
        "bán bình giữ nhiệt có cần hợp quy không",
        "bán lều cắm trại có điều kiện gì về chất lượng không",
        "nhap may bom ho ca co can giay to gi ko ad",
        "nhập thảm tập yoga có phải công bố hợp quy không",
        "bán máy ép túi nilon có phải làm hợp quy không em",
        "nhập lưới an toàn ban công thì thuộc danh mục nào",
        "kệ sắt v lỗ sản xuất bán có bắt buộc hợp quy không",
        "nhập tông đơ cắt tóc về bán cần thủ tục gì",
        "tăm tre sản xuất có phải chứng nhận hợp quy không",
        "chị làm ghế nhựa giả mây, hàng này có thuộc nhóm 2 không",
        "nhập cân nhà bếp mini về bán phải làm gì",
        "bán gậy golf có phải hợp quy ko",
        "nhập bếp nướng than hoa có cần chứng nhận không",
        "xưởng làm cửa nhôm có phải công bố hợp quy không",
        "bán thớt gỗ teak cho siêu thị có phải chứng nhận hợp quy không",
        "nhập máy chiếu mini bán online cần giấy tờ gì",
        "bật lửa nhập về bán có phải kiểm tra chất lượng không",
        "em định nhập dù che ngoài trời bán quán cà phê, phải làm thủ tục gì",
        "thùng xốp giữ lạnh sản xuất có phải hợp quy không",
        "bán chăn điện có cần giấy hợp quy không",
        "máy khuếch tán tinh dầu nhập từ Quảng Châu phải có giấy tờ gì",
        "nhập đồng hồ treo tường có thuộc hàng phải kiểm tra không",
        "làm đèn lồng giấy bán trung thu có phải hợp quy không",
        "nhap nhiet ke dien tu ban can giay gi",
        "bán dụng cụ làm bánh có cần công bố hợp quy",
        "sản xuất móc treo quần áo phải làm giấy tờ gì",
        "xưởng anh làm thang nhôm gấp, có bắt buộc hợp quy không",
        "nhap ghe an dam ve ban can giay gi",
        "sản xuất bình xịt côn trùng bằng tay cần chứng nhận gì không",
        "nhập máy đuổi chuột từ Trung Quốc về bán cần thủ tục gì",
        "mình bán lư hương gốm, có phải công bố hợp quy không",
        "bên tôi làm tủ nhựa, có nằm trong danh mục hàng rủi ro không",
        "nhap dong ho thong minh tre em co phai hop quy ko",
        "bán vali kéo có cần giấy hợp quy không",
        "ban ong nhom du lich can giay to gi",
        "làm cây lau nhà bán siêu thị có phải hợp quy không",
        "xưởng sản xuất bao bì nilon có cần chứng nhận gì không",
        "nhập dụng cụ câu cá về bán có điều kiện gì không",
        "bán tranh đính đá có phải làm hợp quy không",
        "gia công khung xe đạp có thuộc diện hợp quy không",
        "chị bán túi giữ nhiệt, phải xin giấy gì không em",
        "nhập máy làm sữa hạt bán có phải kiểm tra nhà nước không",
        "nhập máy cắt móng cho chó mèo cần giấy tờ gì, em bán online",
        "Xưởng tôi đan giỏ lục bình bán cho khách trong nước, có phải công bố hợp quy không?",
    ],
)
def test_what_decides_is_asked(real: Callable[[str], Answered], words: str) -> None:
    answered = real(words)
    (reply,) = answered.replies
    assert asks_three(answered), reply.message.text
    assert len(reply.message.text) <= SHORT
    assert "TT 36/2026/TT-BKHCN" in reply.message.text
    assert reply.message.choices[-1].title == "Gặp cán bộ"
    assert answered.article in (None, GENERAL)


@pytest.mark.parametrize(
    "words",
    [
        "làm iso 9001 cần giấy tờ gì",
        "chứng nhận HACCP cần thủ tục gì",
        "đăng ký mã vạch cần giấy tờ gì",
        "đăng ký nhãn hiệu phải làm gì",
        "nhãn hàng nhập khẩu phải có gì",
        "công bố hợp quy cần giấy tờ gì",
        "hàng của tôi có phải hợp quy không",
        "nồi cơm điện có phải hợp quy không",
        "nhập máy giặt cần giấy tờ gì",
        "nhập máy móc cũ cần giấy tờ gì",
        "mở phòng thử nghiệm cần điều kiện gì",
        "làm VietGAP cần giấy gì",
        "công bố tiêu chuẩn cơ sở cần giấy tờ gì",
        "xin voucher đổi mới công nghệ phải làm gì",
        "xăng nhập khẩu phải kiểm tra chất lượng ở đâu",
        "mỹ phẩm bán cần công bố gì",
        "bán thực phẩm cần giấy chứng nhận gì",
        "sản xuất nước mắm cần giấy tờ gì",
        "nhập phân bón cần giấy tờ gì",
        "làm OCOP cần điều kiện gì",
        "đăng ký sáng chế cho máy mới phải làm gì",
        "danh mục hàng phải hợp quy",
        "hàng không có trong danh mục có phải công bố gì không",
        "tiêu chuẩn cơ sở có phải đăng ký không",
        "kiểm định cân có bắt buộc không",
        "khăn giấy có phải hợp quy không",
        "bán đồ chơi trẻ em cần giấy tờ gì",
        "chuyển giao công nghệ phải đăng ký không",
        "dấu định lượng công bố cần giấy tờ gì",
        "doanh nghiệp khoa học công nghệ cần điều kiện gì",
        "bán hàng online có phải đóng thuế không",
        "nhập hàng về bị hải quan giữ phải làm gì",
        "sản phẩm có chứng nhận ISO 22000 rồi có cần chứng nhận HACCP không",
        "làm truy xuất nguồn gốc cần gì",
        "hợp quy và hợp chuẩn khác nhau sao",
        "bán rượu có cần giấy phép gì",
        "nhập thuốc tây cần giấy tờ gì",
        "mở quán cơm cần giấy tờ gì",
        "mở xưởng cần giấy tờ gì",
        "làm hồ sơ xin hỗ trợ cần giấy gì",
        "nhập xe nâng cũ từ Nhật cần thủ tục gì",
        "bán mật ong cần giấy chứng nhận gì",
        "sản xuất bánh pía phải có giấy gì",
        "chứng nhận ISO 14001 có bắt buộc không",
        "công bố hợp quy nộp ở sở nào",
        "nhập khẩu hàng rủi ro cao phải kiểm tra thế nào",
        "đăng ký kiểu dáng cho chai nước hoa cần gì",
        "hàng nhóm 2 là gì",
        "hàng rủi ro trung bình phải làm gì trước khi bán",
        "xin cấp giấy chứng nhận doanh nghiệp công nghệ cao cần điều kiện gì",
        "mũ bảo hiểm bán online cần giấy gì",
        "bán tủ lạnh có phải dán tem CR không",
        "làm nhãn phụ cho hàng nhập cần gì",
        "dán tem CR ở đâu",
        "hết hạn giấy chứng nhận hợp quy phải làm gì",
        "dịch vụ sửa máy lạnh cần giấy phép gì",
        "phòng khám cần kiểm định máy X quang không",
        "thế có phải làm hợp quy không",
        "tự đánh giá hợp quy cần giấy tờ gì",
        "xuất khẩu sang Mỹ cần chứng nhận gì",
        "làm mã QR truy xuất cho trái cây cần gì",
        "cân điện tử bán ra phải kiểm định không",
        "sản phẩm OCOP có cần chứng nhận HACCP không",
        "kinh doanh vàng phải có cân gì",
        "ban guong trang diem co den led co can hop quy ko",
        "bán gối chữ u có cần dấu CR không",
        "bán áo mưa có phải hợp quy không",
        "em nhập lồng chó inox về bán cần giấy gì không",
        "nhap loa keo bluetooth ve ban can giay to gi",
        "nhập nồi chiên không dầu về bán cần làm gì",
        "sản xuất dao kéo inox có phải hợp quy không",
        "hàng máy đánh trứng cầm tay nhập về có thuộc danh mục rủi ro không",
        "nhập kẹp tóc inox nhựa về bán có phải kiểm tra chất lượng không",
        "xưởng em may rèm cửa bán, có phải dán tem CR không",
        "xưởng mình làm nệm cao su non, có phải chứng nhận gì không",
    ],
)
def test_what_is_no_unknown_thing_is_left_alone(
    real: Callable[[str], Answered], words: str
) -> None:
    assert not asks_three(real(words))


def test_the_next_question_leans_on_the_duties_of_any_product(
    real: Callable[[str], Answered],
) -> None:
    answered = real("bán nến thơm có phải chứng nhận hợp quy không")
    assert asks_three(answered)
    assert GENERAL in (answered.article, answered.subject)
    assert answered.alternatives[0] == GENERAL


EXEMPT = [
    "nhập 2 cái quạt điện làm quảng cáo không bán có phải kiểm tra chất lượng không",
    "hành lý mang theo máy sấy tóc có phải kiểm tra chất lượng không",
    "xách tay 2 cái máy sấy tóc về có phải kiểm tra chất lượng không",
    "tạm nhập nồi cơm điện rồi xuất lại có phải kiểm tra chất lượng không",
    "hàng chuyển khẩu đồ chơi có phải kiểm tra chất lượng không",
    "nhập dây điện để sản xuất hàng bán trong nước có phải kiểm tra chất lượng không",
    "nhập 3 cái bếp từ trưng bày hội chợ không bán có phải kiểm tra chất lượng không",
    "tạm nhập máy giặt rồi tái xuất có phải kiểm tra chất lượng không",
    "dây điện chuyển khẩu qua Campuchia có phải kiểm tra chất lượng không",
    "nhập ổ cắm về lắp vào máy bán trong nước có phải kiểm tra chất lượng không",
    "bạn bên Mỹ gửi tặng nồi chiên có phải kiểm tra chất lượng không",
    "nhập 2 cái lều làm quảng cáo không bán có phải kiểm tra chất lượng không",
    "nhập hạt nhựa để sản xuất ly bán trong nước có phải kiểm tra chất lượng không",
]
NO_GOODS = [
    "kết hôn cần giấy tờ gì",
    "làm sổ đỏ cần giấy tờ gì",
    "bán đất cần giấy tờ gì",
    "mở spa cần giấy tờ gì",
    "nhập học lớp 1 cần giấy tờ gì",
    "làm căn cước cần giấy tờ gì",
    "làm khai sinh cần giấy tờ gì",
    "sang tên xe máy cần giấy tờ gì",
    "kinh doanh karaoke cần giấy phép gì",
    "kinh doanh vận tải cần giấy phép gì",
    "tuyển lao động nước ngoài cần giấy phép gì",
    "làm homestay cần giấy tờ gì",
    "nhập quốc tịch cần giấy tờ gì",
    "ly hôn cần giấy tờ gì",
    "làm hộ chiếu cần giấy tờ gì",
    "đăng ký tạm trú cần thủ tục gì",
    "bán căn hộ chung cư cần giấy tờ gì",
    "bán nhà đất cần thủ tục gì",
    "mua bán đất vườn cần giấy tờ gì",
    "nhập hộ khẩu cho con cần giấy tờ gì",
    "nhập viện cần giấy tờ gì",
    "nhập học đại học cần thủ tục gì",
    "nhập cảnh Việt Nam cần giấy tờ gì",
    "mở tiệm nail cần giấy phép gì",
    "mở tiệm bán hoa cần giấy tờ gì",
    "mở nhà thuốc cần điều kiện gì",
    "kinh doanh khách sạn cần giấy phép gì",
    "kinh doanh bất động sản cần điều kiện gì",
    "kinh doanh xăng dầu cần giấy phép gì",
    "bán vé số cần giấy phép gì",
    "bán thuốc lá cần giấy phép gì",
    "bán xe máy cần giấy tờ gì",
    "sản xuất phim cần giấy phép gì",
    "bán cổ phần cần thủ tục gì",
    "làm visa đi Nhật cần giấy tờ gì",
    "nuôi chim yến cần giấy phép gì",
    "xây nhà cần giấy phép gì",
    "thi bằng lái cần giấy tờ gì",
    "bạn ơi làm thẻ căn cước cần giấy tờ gì",
    "các bạn cho hỏi ly hôn cần giấy tờ gì",
    "mở lớp dạy thêm cần điều kiện gì",
    "cho thuê phòng trọ cần giấy tờ gì",
    "tuyển thợ nước ngoài cần thủ tục gì",
    "bán hàng rong cần giấy phép gì",
    "nhận con nuôi phải làm gì",
    "mở xưởng sản xuất nội thất cần giấy phép gì",
    "bán chó cảnh cần giấy tờ gì",
    "nhập cây cảnh cần giấy tờ gì",
    "bán pháo hoa cần giấy phép gì",
    "nhập môn võ cần giấy tờ gì",
    "xin nhập khẩu về nhà chồng cần giấy tờ gì",
]
USED = [
    "nhập máy nghĩa địa Nhật về bán cần giấy tờ gì",
    "nhập máy tiện đã xài 5 năm cần giấy tờ gì",
    "nhap may tien bai Nhat can giay to gi",
    "nhập máy tân trang cần giấy tờ gì",
    "nhập máy cnc like new cần giấy tờ gì",
    "nhập máy may lướt cần giấy tờ gì",
    "nhập máy ép nhựa refurbished cần thủ tục gì",
    "nhập máy cắt laser 2hand cần thủ tục gì",
    "nhập máy phay sử dụng rồi cần giấy tờ gì",
    "nhập máy bào bãi Hàn cần giấy tờ gì",
    "nhập máy dập đã dùng 8 năm cần thủ tục gì",
    "nhập máy tiện nghĩa địa cần giấy tờ gì",
    "nhập máy nén khí xài rồi cần giấy tờ gì",
    "nhập máy in lụa tân trang về xưởng cần giấy tờ gì",
    "nhập máy chấn tôn like new cần giấy tờ gì",
    "nhập máy xúc lướt cần giấy tờ gì",
    "nhập máy đột dập refurbished cần giấy tờ gì",
    "nhập máy cưa 2hand cần thủ tục gì",
    "nhập máy bế hộp đã qua tay cần giấy tờ gì",
    "nhập máy ép gạch xài 3 năm cần giấy tờ gì",
    "nhập tủ lạnh bãi Nhật cần giấy tờ gì",
    "nhập máy mài sử dụng rồi có phải xin giấy phép không",
    "nhập máy phát điện cũ cần giấy tờ gì",
]
NEW = [
    "nhập máy may công nghiệp cần giấy tờ gì",
    "nhập máy ép nhựa cần giấy tờ gì",
    "nhập máy móc mới 100% cần giấy tờ gì",
    "nhập máy cưa gỗ cần giấy tờ gì",
    "nhập máy khắc laser mới cần thủ tục gì",
    "nhập máy dán cạnh cần giấy tờ gì",
    "nhập máy bế hộp mới nguyên thùng cần giấy tờ gì",
    "nhập máy thêu vi tính có phải xin giấy phép không",
    "nhập máy đóng gói cần giấy phép gì",
    "nhập máy tiện CNC mới 100% cần giấy tờ gì",
    "nhập dụng cụ cơ khí cần giấy tờ gì",
    "nhập máy may da cần giấy tờ gì",
    "nhập máy sấy xài điện 3 pha cần giấy tờ gì",
    "nhập xe đạp trẻ con thăng bằng cần giấy tờ gì",
    "nhập bộ cờ vua gỗ về bán cần thủ tục gì",
    "nhập máy in 3D về bán có phải kiểm tra chất lượng không",
]
PLACE_OF_THE_MARK = [
    "quạt điện gắn dấu CR chỗ nào",
    "đồ chơi dán tem CR lên bao bì được không",
    "bếp từ dán tem CR ở đâu",
    "ổ cắm điện in dấu CR lên vỏ hộp được không",
    "bếp điện tự in tem CR được không",
]


def in_both_spellings(words: list[str]) -> list[str]:
    return list(dict.fromkeys([*words, *map(strip_accents, words)]))


@pytest.mark.parametrize("words", in_both_spellings(EXEMPT))
def test_what_is_brought_in_and_not_sold_keeps_its_exemption(
    real: Callable[[str], Answered], words: str
) -> None:
    assert real(words).article == "mien-kiem-tra-nhap-khau"


@pytest.mark.parametrize("words", in_both_spellings(NO_GOODS))
def test_what_is_no_goods_is_not_asked_for_its_risk(
    real: Callable[[str], Answered], words: str
) -> None:
    assert not asks_three(real(words))


@pytest.mark.parametrize("words", in_both_spellings(USED))
def test_a_used_machine_is_no_unknown_thing(real: Callable[[str], Answered], words: str) -> None:
    answered = real(words)
    assert not asks_three(answered)
    assert answered.article in (None, USED_MACHINES)


@pytest.mark.parametrize("words", in_both_spellings(NEW))
def test_what_is_new_and_brought_in_is_an_unknown_thing(
    real: Callable[[str], Answered], words: str
) -> None:
    answered = real(words)
    assert answered.article != USED_MACHINES
    assert asks_three(answered)


@pytest.mark.parametrize("words", in_both_spellings(PLACE_OF_THE_MARK))
def test_where_the_mark_stands_is_told_by_its_article(
    real: Callable[[str], Answered], words: str
) -> None:
    assert real(words).article == "dau-hop-quy"


@pytest.mark.parametrize(
    "words",
    in_both_spellings(
        [
            "nồi cơm điện có giấy chứng nhận hợp quy rồi còn phải công bố không",
            "bàn ủi có giấy chứng nhận hợp quy rồi có phải công bố nữa không",
        ]
    ),
)
def test_a_certificate_is_not_yet_the_declaration(
    real: Callable[[str], Answered], words: str
) -> None:
    assert real(words).article == "hop-quy-khac-hop-chuan"


@pytest.mark.parametrize(
    "words",
    [
        "san xuat ong hut giay co can giay to gi",
        "em nhập robot lau nhà cũ rích hả không, robot lau kính mới về bán cần giấy tờ gì",
        "bán ổ khóa chống trộm phải có giấy tờ gì",
        "bán cây thông noel giả cần giấy tờ gì",
    ],
)
def test_what_the_search_calls_far_stays_far(real: Callable[[str], Answered], words: str) -> None:
    answered = real(words)
    assert answered.replies[0].understanding.outcome is Outcome.OUT_OF_SCOPE
    assert not asks_three(answered)


@pytest.mark.parametrize("words", ["bán vali kéo có cần giấy hợp quy không"])
def test_a_word_of_conformity_brings_it_near(real: Callable[[str], Answered], words: str) -> None:
    assert asks_three(real(words))
