"""Whether a message asks how the department itself is reached."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.talk.about_us import AboutUs, asked_about_us
from tests.support.data.hostile import texts


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("cho xin số điện thoại của sở", AboutUs.TELEPHONE),
        ("xin sdt can bo phu trach ma vach", AboutUs.TELEPHONE),
        ("cho tôi số hotline", AboutUs.TELEPHONE),
        ("HOTLINE?", AboutUs.TELEPHONE),
        ("có số zalo của cán bộ nào không em", AboutUs.TELEPHONE),
        ("email của sở là gì", AboutUs.EMAIL),
        ("gửi mail cho bên sở được không, mail gì vậy", AboutUs.EMAIL),
        ("mấy giờ sở làm việc", AboutUs.HOURS),
        ("thu 7 co lam viec khong ad", AboutUs.HOURS),
        ("nghỉ trưa mấy giờ mở cửa lại", AboutUs.HOURS),
        ("lễ này sở có nghỉ lễ Tết không", AboutUs.HOURS),
        ("địa chỉ Sở Khoa học và Công nghệ Tây Ninh", AboutUs.ADDRESS),
        ("so khcn nam duong nao", AboutUs.ADDRESS),
        ("trụ sở ở đâu để lên nộp", AboutUs.ADDRESS),
        ("trang web của sở", AboutUs.SITE),
        ("giám đốc sở là ai", AboutUs.LEADER),
    ],
)
def test_it_is_heard_in_any_spelling(text: str, asked: AboutUs) -> None:
    assert asked_about_us(text) is asked


@pytest.mark.parametrize(
    "text",
    [
        "",
        "sđt của em là 0909123456",
        "sửa số điện thoại của em",
        "địa chỉ trên nhãn ghi thế nào",
        "số điện thoại phòng thí nghiệm Quatest",
        "Sở Công Thương ở đâu",
        "sở y tế làm việc thứ bảy không",
        "công nhân làm việc chủ nhật tính lương sao",
        "điện thoại nhập về bán có cần hợp quy không",
        "mã số thuế",
        "điện thoại",
        "số zalo em 0900 000 137 nha cán bộ",
        "gọi điện thoại cho chị đi cán bộ",
        "hẹn nói chuyện điện thoại với chuyên viên",
        "ko có mail ad ơi",
        "siêu thị mấy giờ đóng cửa",
        "xưởng em xài zalo, vậy đang ở nấc nào của số hóa",
        "địa chỉ gửi đơn của Cục, văn phòng đại diện có nhận không",
        "hồ sơ nộp cho cơ quan nào",
        "thiết bị đo ở trạm cân nằm chỗ nào thì phải kiểm định",
        "đổi trụ sở công ty thì giấy chứng nhận nhãn hiệu có phải sửa không",
        "Xưởng em làm nước mắm ở Cần Đước, hôm trước gọi cán bộ bên sở hỏi điện thoại mà quên",
    ],
)
def test_what_is_about_something_else_is_no_question_about_us(text: str) -> None:
    assert asked_about_us(text) is None


@given(texts | st.text(alphabet="so khcn dienthaigi", max_size=80))
def test_whatever_is_written_it_answers(text: str) -> None:
    assert asked_about_us(text) in {None, *AboutUs}
