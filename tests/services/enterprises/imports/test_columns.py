"""Titles of columns, as departments write them."""

import pytest

from bot.domain.enterprise.profile import ProfileField
from bot.services.enterprises.imports.column import Beside, MoneyUnit, column_of


@pytest.mark.parametrize(
    ("titles", "use"),
    [
        ("STT|TT|Số thứ tự|Quy mô", Beside.PASSED),
        ("MST|Mã số thuế|MÃ SỐ DOANH NGHIỆP|Ma so thue|Mã số thuế (MST)|MSDN", Beside.TAX_CODE),
        (
            (
                "Tên|Tên doanh nghiệp|TÊN CƠ SỞ|Tên công ty|ten dn|Doanh nghiệp"
                "|Tên doanh nghiệp/cơ sở|Tên hợp tác xã"
            ),
            ProfileField.NAME,
        ),
        ("Địa chỉ|Địa chỉ trụ sở chính|Dia chi", ProfileField.ADDRESS),
        ("Xã/phường|Xã, phường, đặc khu|Phường (xã)|xa phuong|Tên xã", ProfileField.COMMUNE),
        ("Huyện|Huyện/thị xã/thành phố", Beside.DISTRICT),
        ("Tỉnh|Tỉnh/thành phố|Tỉnh, TP", ProfileField.PROVINCE),
        (
            (
                "Ngành nghề|Mã ngành|Ngành chính|Mã ngành cấp 4|Lĩnh vực hoạt động"
                "|Ngành nghề kinh doanh chính"
            ),
            ProfileField.SECTOR,
        ),
        ("Lao động|Số lao động (người)|Tổng số lao động|Số LĐ", ProfileField.STAFF),
        ("Doanh thu|Tổng doanh thu|Doanh thu năm|Doanh thu thuần (trđ)", ProfileField.REVENUE),
        ("Vốn|Nguồn vốn|Tổng nguồn vốn (tỷ đồng)|Vốn (1.000 đ)", ProfileField.CAPITAL),
        ("Năm|Năm số liệu|Số liệu của năm", ProfileField.FIGURES_YEAR),
        ("Loại hình|Loại hình doanh nghiệp", ProfileField.LEGAL_FORM),
        ("Sở hữu|Hình thức sở hữu|Sở hữu (trong nước/FDI)", ProfileField.OWNERSHIP),
        ("FDI|Vốn nước ngoài", Beside.FOREIGN),
        ("Xuất khẩu|Có xuất khẩu (có/không)", ProfileField.EXPORTS),
        ("Thị trường|Thị trường xuất khẩu chính", ProfileField.MARKETS),
        ("Sản phẩm|Sản phẩm, dịch vụ|Tên sản phẩm|Mặt hàng", ProfileField.PRODUCTS),
        ("Ghi chú", ProfileField.REMARK),
        ("Người liên hệ|Họ và tên|Giám đốc|Người đại diện pháp luật", Beside.PERSON),
        ("Chức vụ|Chức danh", Beside.ROLE),
        ("Điện thoại|SĐT|Số điện thoại liên hệ|ĐT", Beside.PHONE),
        ("Email|E-mail|Thư điện tử|Địa chỉ email", Beside.EMAIL),
    ],
)
def test_a_title_says_what_its_column_holds(titles: str, use: str) -> None:
    for title in titles.split("|"):
        assert column_of(0, title).use == use, title


@pytest.mark.parametrize(
    "title",
    [
        "Vốn điều lệ", "Vốn đăng ký", "Lao động nữ", "Doanh thu xuất khẩu", "Kim ngạch xuất khẩu",
        "Tên viết tắt", "Năm thành lập", "Website", "Số giấy phép", "",
    ],
)  # fmt: skip
def test_a_part_or_another_thing_is_not_taken_for_the_whole(title: str) -> None:
    assert column_of(0, title).use == Beside.NOTHING


@pytest.mark.parametrize(
    ("title", "unit", "year"),
    [
        ("Doanh thu", MoneyUnit.UNSAID, None),
        ("Doanh thu (tỷ đồng)", MoneyUnit.BILLION, None),
        ("Doanh thu năm 2025 (triệu đồng)", MoneyUnit.MILLION, 2025),
        ("Vốn (đồng)", MoneyUnit.DONG, None),
        ("Vốn (VNĐ)", MoneyUnit.DONG, None),
        ("Nguồn vốn, 1.000 đồng", MoneyUnit.THOUSAND, None),
        ("Doanh thu 2024 tr.đ", MoneyUnit.MILLION, 2024),
    ],
)
def test_a_title_names_its_unit_and_its_year(title: str, unit: MoneyUnit, year: int | None) -> None:
    column = column_of(3, title)
    assert (column.unit, column.year, column.place) == (unit, year, 3)
    assert column.is_money
