"""Inspectors who are there now, told from those who may come, and from questions about fines."""

import pytest

from bot.domain.talk.urgency import is_under_inspection


@pytest.mark.parametrize(
    "words",
    [
        "đoàn liên ngành đang ngồi trong tiệm bún của em, làm sao giờ",
        "qltt dang o kho, ho doi thu giu 20 thung",
        "quản lý thị trường vừa vô tới cửa hàng",
        "mấy ông đang lập biên bản nhãn nước tương của tôi nè",
        "họ bắt ký biên bản liền mà chú không chịu",
        "đang bị thanh tra xét xưởng, giúp gấp",
        "đoàn kiểm tra tới xưởng rồi, giờ phải làm gì",
        "thanh tra đòi niêm phong máy cân của chị",
    ],
)
def test_inspectors_at_work(words: str) -> None:
    assert is_under_inspection(words)


@pytest.mark.parametrize(
    "words",
    [
        "tuần sau có đoàn kiểm tra xuống, cần giấy gì",
        "sắp có thanh tra vào xưởng thì chuẩn bị sao",
        "bán hàng không nhãn bị quản lý thị trường phạt bao nhiêu",
        "nếu đoàn đang kiểm tra mà thiếu giấy thì bổ sung được không",
        "cột bơm bị niêm phong vì hết hạn kiểm định, làm lại ở đâu",
        "hôm qua đoàn lập biên bản, nay hỏi mức phạt ở đâu",
        "kiểm soát viên chất lượng là ai",
        "em đang làm nhãn, đoàn viên thanh niên có được giảm phí không",
        "xưởng đang lấy mẫu thử nghiệm thì gửi đâu",
        "",
    ],
)
def test_other_times_and_other_questions(words: str) -> None:
    assert not is_under_inspection(words)
