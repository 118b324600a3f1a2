"""Of a thing on no list the three questions that decide are asked, and no other's article given."""

from collections.abc import Callable

import pytest

from bot.domain.talk.understanding import Outcome
from bot.services.answering.groundwork.findings import Answered

SHORT = 600
GENERAL = "san-pham-phai-hop-quy"


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
        "máy sưởi gốm nhập về bán phải có giấy gì",
        "kệ sắt v lỗ sản xuất bán có bắt buộc hợp quy không",
        "nhập tông đơ cắt tóc về bán cần thủ tục gì",
        "tăm tre sản xuất có phải chứng nhận hợp quy không",
        "chị làm ghế nhựa giả mây, hàng này có thuộc nhóm 2 không",
        "nhập cân nhà bếp mini về bán phải làm gì",
        "bán gậy golf có phải hợp quy ko",
        "nhập bếp nướng than hoa có cần chứng nhận không",
        "xưởng làm cửa nhôm có phải công bố hợp quy không",
        "san xuat ong hut giay co can giay to gi",
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
        "em nhập robot lau nhà cũ rích hả không, robot lau kính mới về bán cần giấy tờ gì",
        "xưởng anh làm thang nhôm gấp, có bắt buộc hợp quy không",
        "nhap ghe an dam ve ban can giay gi",
        "sản xuất bình xịt côn trùng bằng tay cần chứng nhận gì không",
        "bán ổ khóa chống trộm phải có giấy tờ gì",
        "nhập máy đuổi chuột từ Trung Quốc về bán cần thủ tục gì",
        "mình bán lư hương gốm, có phải công bố hợp quy không",
        "bên tôi làm tủ nhựa, có nằm trong danh mục hàng rủi ro không",
        "nhap dong ho thong minh tre em co phai hop quy ko",
        "bán vali kéo có cần giấy hợp quy không",
        "ban ong nhom du lich can giay to gi",
        "làm cây lau nhà bán siêu thị có phải hợp quy không",
        "nhập đèn bắt muỗi cần giấy tờ gì",
        "xưởng sản xuất bao bì nilon có cần chứng nhận gì không",
        "nhập dụng cụ câu cá về bán có điều kiện gì không",
        "bán tranh đính đá có phải làm hợp quy không",
        "gia công khung xe đạp có thuộc diện hợp quy không",
        "chị bán túi giữ nhiệt, phải xin giấy gì không em",
        "nhập máy làm sữa hạt bán có phải kiểm tra nhà nước không",
        "em làm muỗng gỗ bán thì phải có giấy gì",
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
    (reply,) = answered.replies
    assert reply.understanding.outcome is Outcome.CLARIFY
    assert answered.subject == GENERAL
    assert answered.alternatives[0] == GENERAL
