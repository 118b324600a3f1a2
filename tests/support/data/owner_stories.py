"""Twelve owners of the province: what they type in two assessments, and what must follow.

What must and must not follow is taken from the law and from our articles, not from the files of the
assessments: every id stands beside its reason. In neither list stands what the law leaves open, and
what hangs on a thing that is not asked: a household is spared the nutrition label, and whoever has
HACCP the certificate of food safety, and the consequence itself says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Told:
    """One run: what is typed, by question, and the consequences that must and must not follow.

    `must`, `must_not`: the reason by id of a consequence.
    """

    typed: Mapping[str, str]
    must: Mapping[str, str]
    must_not: Mapping[str, str]


@dataclass(frozen=True)
class OwnerStory:
    """An owner, who takes the screening (`chon-bai`) and the tree of duties (`san-pham`)."""

    name: str
    owner: str
    screening: Told
    product: Told


def because(reason: str, *ids: str) -> dict[str, str]:
    """The same reason for several ids."""
    return dict.fromkeys(ids, reason)


MARKET = "NĐ 37/2026, 87.1: made and sold in the country alone"
NO_LISTED_RISK = "TT 16, 33, 36, 41/2026: on no list of medium or high risk that was read"
NOT_IMPORTED = "NĐ 37/2026, 42.2, 82, 83: of who imports"
NO_FOOD = "NĐ 15/2018, 1: of food"
NO_COSMETIC = "TT 06/2011-BYT, 3.1: of cosmetics"
NEW = "QĐ 18/2019, 1: of used machines"
OWN_NAME = "NĐ 37/2026, 44.3, 44.8: of who has goods made, makes for others or repacks"
PRINTED = "NĐ 37/2026, 52.1: whoever chose a QR label"
NO_SITE = "NĐ 37/2026, 41.5: of who sells on a platform"
NO_ENERGY_LABEL = "TT 52/2025-BCT, 2: not among the devices"
BY_THE_PIECE = "TT 21/2014, 3.1: nothing is packed with a quantity on it"
NO_CODE = "NĐ 37/2026, 21.1: a barcode is free, and nobody asks for one"
NO_SCALE = "Luật Đo lường, 16.2: nothing is weighed before the buyer"
NOT_HIGH = "NĐ 37/2026, 22.1, 22.5: bound for high risk alone"
NO_AWARD = "NĐ 37/2026, 59: of who wants the award too early"
MARK_SETTLED = "Luật SHTT, 6.3, 90: a mark is filed, or there is none"

NOODLES = OwnerStory(
    name="noodles",
    owner="Hộ làm hủ tiếu khô ở Gò Dầu, hai vợ chồng và bốn thợ, bán chợ và bỏ mối tạp hóa",
    screening=Told(
        typed={
            "lam-gi": "làm đồ ăn",
            "may-nguoi": "dưới 10",
            "ban-o-dau": "ở chợ, bỏ mối",
            "dong-goi": "vô bịch sẵn",
            "chung-nhan": "chưa có gì",
            "ten-hieu": "chưa đăng ký",
            "dau-nhat": "sổ sách rối",
            "so-lieu": "sổ tay",
            "giai": "để sau",
        },
        must={
            "bai-chuyen-doi-so": "the books hurt",
            "them-san-pham": "makes packed food",
            "viec-nhan": "NĐ 37/2026, 42.1, PL I.2",
            "viec-tieu-chuan": "Luật CLSPHH, 23; NĐ 37/2026, 66.1",
            "viec-an-toan-thuc-pham": "NĐ 15/2018, 11: a maker is not exempt for being small",
            "viec-du-luong": "TT 21/2014, 2.1, 5",
            "viec-nhan-hieu": "Luật SHTT, 6.3, 90",
        },
        must_not={
            "viec-nhan-phu": NOT_IMPORTED,
            "viec-hop-quy": NO_LISTED_RISK,
            "viec-kiem-dinh-can": NO_SCALE,
            "viec-ma-vach": NO_CODE,
            "viec-truy-xuat": NOT_HIGH,
            "viec-giai-chua-du": NO_AWARD,
            "them-giai-thuong": "does not think of it",
        },
    ),
    product=Told(
        typed={
            "san-pham": "hủ tiếu khô",
            "nhom-hang": "đồ ăn",
            "nguon": "nhà làm",
            "thi-truong": "trong nước",
            "noi-ban": "chợ, tạp hóa",
            "bao-bi": "đóng bịch",
            "tieu-chuan": "chưa rõ",
            "nhan": "còn thiếu",
            "ma-vach": "không cần",
        },
        must={
            "tu-cong-bo-thuc-pham": "NĐ 15/2018, 4.1: processed and packed",
            "giay-attp": "NĐ 15/2018, 11: a maker is not exempt for being small",
            "nganh-quan-ly": "NĐ 37/2026, 5.2: the lists of the ministries of food were not read",
            "tieu-chuan-ap-dung": "Luật CLSPHH, 23",
            "nhan-bat-buoc": "NĐ 37/2026, 42.1, PL I.2",
            "dong-goi-san": "TT 21/2014, 5",
            "luu-ho-so": "NĐ 37/2026, 69.2",
        },
        must_not={
            **because(NO_LISTED_RISK, "hop-quy-cao", "hop-quy-trung-binh"),
            **because(NOT_IMPORTED, "kiem-tra-nhap", "nhap-thuc-pham", "nhan-hang-nhap"),
            "cong-bo-my-pham": NO_COSMETIC,
            "can-do": NO_SCALE,
            "hang-cu": NEW,
            "xuat-khau": MARKET,
            "ten-tren-nhan": OWN_NAME,
            "nhan-dien-tu": PRINTED,
            "nhan-nang-luong": NO_ENERGY_LABEL,
            "ban-tren-mang": NO_SITE,
            "ma-vach": NO_CODE,
            "truy-xuat": NOT_HIGH,
        },
    ),
)

FANS = OwnerStory(
    name="fans",
    owner="Công ty ở Bến Lức nhập quạt đứng mới về bán cho đại lý và trên Shopee, mười hai người",
    screening=Told(
        typed={
            "lam-gi": "nhập hàng",
            "may-nguoi": "10-50",
            "ban-o-dau": "sỉ; shopee",
            "nhom-hang": "đồ điện",
            "dong-goi": "bán cái",
            "chung-nhan": "chưa có",
            "ten-hieu": "chưa có tên",
            "dau-nhat": "đòi giấy",
            "so-lieu": "excel",
        },
        must={
            "bai-san-pham": "papers are asked for",
            "viec-nhan": "NĐ 37/2026, 41.5: the label is shown where goods are sold on line",
            "viec-nhan-phu": "NĐ 37/2026, 40, 42.2",
            "viec-tieu-chuan": "Luật CLSPHH, 23, 34.1",
            "viec-hop-quy": "TT 36/2026, PL I.4.5; NĐ 37/2026, 82.2",
        },
        must_not={
            "them-san-pham": "is named as the first already",
            "viec-an-toan-thuc-pham": NO_FOOD,
            "viec-du-luong": BY_THE_PIECE,
            "viec-kiem-dinh-can": NO_SCALE,
            "viec-nhan-hieu": MARK_SETTLED,
            "viec-giai-chua-du": NO_AWARD,
        },
    ),
    product=Told(
        typed={
            "san-pham": "quạt đứng",
            "nguon": "nhập về bán",
            "thi-truong": "nội địa",
            "noi-ban": "đại lý, shopee",
            "bao-bi": "nguyên cái",
            "hop-quy": "chưa",
            "tieu-chuan": "chưa có",
            "nhan": "chưa có",
            "ma-vach": "mã nước ngoài",
        },
        must={
            "hop-quy-cao": "TT 36/2026, PL I.4.5; NĐ 37/2026, 66.2b",
            "kiem-tra-nhap": "NĐ 37/2026, 82.2, 83",
            "nhan-hang-nhap": "NĐ 37/2026, 42.2",
            "tieu-chuan-ap-dung": "Luật CLSPHH, 23, 34.1",
            "nhan-nang-luong": "TT 52/2025-BCT, 3.1a",
            "ban-tren-mang": "NĐ 37/2026, 41.5",
            "luu-ho-so": "NĐ 37/2026, 69.2",
            "truy-xuat": "NĐ 37/2026, 22.1",
        },
        must_not={
            "hop-quy-trung-binh": "TT 36/2026, PL I: high, not medium",
            "nganh-quan-ly": "TT 36/2026: the list was read",
            **because(NO_FOOD, "tu-cong-bo-thuc-pham", "giay-attp", "nhap-thuc-pham"),
            "nhan-dinh-duong": NO_FOOD,
            "cong-bo-my-pham": NO_COSMETIC,
            "can-do": NO_SCALE,
            "hang-cu": NEW,
            "xuat-khau": MARKET,
            "ten-tren-nhan": OWN_NAME,
            "nhan-dien-tu": PRINTED,
            "dong-goi-san": BY_THE_PIECE,
        },
    ),
)

CARPENTER = OwnerStory(
    name="carpenter",
    owner="Xưởng mộc tám thợ ở Hòa Thành đóng bàn ghế gỗ, bán tại xưởng và đăng Facebook",
    screening=Told(
        typed={
            "lam-gi": "đồ gỗ",
            "may-nguoi": "dưới mười",
            "ban-o-dau": "khách quen, facebook",
            "nhom-hang": "không có mục nào",
            "dong-goi": "từng cái",
            "chung-nhan": "không có",
            "ten-hieu": "không có logo",
            "dau-nhat": "giao trễ",
            "so-lieu": "nhớ",
            "giai": "chưa",
        },
        must={
            "bai-nang-suat": "orders are late",
            "them-san-pham": "makes goods",
            "viec-nhan": "NĐ 37/2026, 42.1, PL I.32",
            "viec-tieu-chuan": "Luật CLSPHH, 23",
        },
        must_not={
            "viec-hop-quy": "TT 41/2026: boards are listed, furniture is not",
            "viec-an-toan-thuc-pham": NO_FOOD,
            "viec-nhan-phu": NOT_IMPORTED,
            "viec-du-luong": BY_THE_PIECE,
            "viec-kiem-dinh-can": NO_SCALE,
            "viec-nhan-hieu": MARK_SETTLED,
            "viec-truy-xuat": NOT_HIGH,
            "viec-giai-chua-du": NO_AWARD,
        },
    ),
    product=Told(
        typed={
            "san-pham": "bàn ghế gỗ",
            "nhom-hang": "khác",
            "nhom-khac": "đồ gỗ",
            "nguon": "xưởng mình làm",
            "thi-truong": "trong nước",
            "noi-ban": "tại xưởng, facebook",
            "bao-bi": "từng bộ",
            "tieu-chuan": "chưa có",
            "nhan": "không có nhãn",
            "ma-vach": "không",
        },
        must={
            "tieu-chuan-ap-dung": "Luật CLSPHH, 23",
            "nhan-bat-buoc": "NĐ 37/2026, 42.1, PL I.32",
            "ban-tren-mang": "NĐ 37/2026, 3.9, 41.5",
            "luu-ho-so": "NĐ 37/2026, 69.2",
        },
        must_not={
            **because(
                "TT 41/2026: boards are listed, furniture is not",
                "hop-quy-cao",
                "hop-quy-trung-binh",
                "nganh-quan-ly",
            ),
            **because(NO_FOOD, "tu-cong-bo-thuc-pham", "giay-attp", "nhan-dinh-duong"),
            **because(NOT_IMPORTED, "kiem-tra-nhap", "nhap-thuc-pham", "nhan-hang-nhap"),
            "cong-bo-my-pham": NO_COSMETIC,
            "can-do": NO_SCALE,
            "hang-cu": NEW,
            "xuat-khau": MARKET,
            "ten-tren-nhan": OWN_NAME,
            "nhan-dien-tu": PRINTED,
            "nhan-nang-luong": NO_ENERGY_LABEL,
            "dong-goi-san": BY_THE_PIECE,
            "ma-vach": NO_CODE,
            "truy-xuat": NOT_HIGH,
        },
    ),
)

SOFTWARE = OwnerStory(
    name="software",
    owner=(
        "Công ty phần mềm mười lăm người ở Tân An, khách là cơ quan nhà nước; mới đặt nơi khác làm"
        " cảm biến mực nước LoRa mang tên mình"
    ),
    screening=Told(
        typed={
            "lam-gi": "lập trình",
            "may-nguoi": "vài chục",
            "khach": "cơ quan",
            "du-lieu-khach": "có",
            "chung-nhan": "iso 27001",
            "ten-hieu": "chưa nộp",
            "dau-nhat": "làm không kịp",
            "so-lieu": "phần mềm riêng",
            "giai": "có muốn",
        },
        must={
            "bai-nang-suat": "orders are late",
            "them-giai-thuong": "wants the award and is old enough",
            "them-iso-9001": "public customers, ten people and more, no ISO 9001",
            "viec-du-lieu": "Luật 91/2025: keeps names of customers",
            "viec-nhan-hieu": "Luật SHTT, 6.3, 90",
        },
        must_not={
            **because("software is no goods with a label", "viec-nhan", "viec-nhan-phu"),
            **because("software is no goods", "viec-tieu-chuan", "viec-hop-quy", "viec-ho-so"),
            **because("software is no goods", "bai-san-pham", "them-san-pham", "viec-ma-vach"),
            "viec-an-toan-thuc-pham": NO_FOOD,
            "viec-du-luong": BY_THE_PIECE,
            "viec-kiem-dinh-can": NO_SCALE,
            "viec-truy-xuat": NOT_HIGH,
            "viec-giai-chua-du": "NĐ 37/2026, 59: old enough",
        },
    ),
    product=Told(
        typed={
            "san-pham": "cảm biến mực nước LoRa",
            "nguon": "đặt gia công",
            "thi-truong": "bán ở việt nam",
            "noi-ban": "công ty",
            "bao-bi": "nguyên chiếc",
            "hop-quy": "chưa có",
            "tieu-chuan": "chưa",
            "nhan": "mã qr",
            "ma-vach": "chưa cần",
        },
        must={
            "hop-quy-cao": "TT 36/2026, PL I.II (LPWAN); NĐ 37/2026, 66.2b",
            "tieu-chuan-ap-dung": "Luật CLSPHH, 23",
            "nhan-bat-buoc": "NĐ 37/2026, 53.2: four items are printed all the same",
            "nhan-dien-tu": "NĐ 37/2026, 52, 53",
            "ten-tren-nhan": "NĐ 37/2026, 41.2, 44.3",
            "luu-ho-so": "NĐ 37/2026, 69.2",
            "truy-xuat": "NĐ 37/2026, 22.1",
        },
        must_not={
            "hop-quy-trung-binh": "TT 36/2026, PL I: high, not medium",
            "nganh-quan-ly": "TT 36/2026: the list was read",
            **because(NOT_IMPORTED, "kiem-tra-nhap", "nhap-thuc-pham", "nhan-hang-nhap"),
            **because(NO_FOOD, "tu-cong-bo-thuc-pham", "giay-attp", "nhan-dinh-duong"),
            "cong-bo-my-pham": NO_COSMETIC,
            "can-do": NO_SCALE,
            "hang-cu": NEW,
            "xuat-khau": MARKET,
            "nhan-nang-luong": NO_ENERGY_LABEL,
            "dong-goi-san": BY_THE_PIECE,
            "ban-tren-mang": NO_SITE,
            "ma-vach": NO_CODE,
        },
    ),
)

COOPERATIVE = OwnerStory(
    name="cooperative",
    owner=(
        "Hợp tác xã lúa, rau hai mươi lăm người ở Tân Trụ: gạo đóng bao vào siêu thị, rau cân ký"
        " cho người đi chợ và cho bếp ăn"
    ),
    screening=Told(
        typed={
            "lam-gi": "nông sản",
            "may-nguoi": "vài chục người",
            "ban-o-dau": "chợ, coopmart",
            "dong-goi": "cả hai",
            "chung-nhan": "vietgap",
            "ten-hieu": "đang chờ",
            "dau-nhat": "khó bán",
            "so-lieu": "excel",
            "giai": "mới mở",
        },
        must={
            "bai-chuyen-doi-so": "few customers, and the books are tables",
            "them-san-pham": "packs food",
            "them-truy-xuat": "supermarkets ask for the origin",
            "viec-nhan": "NĐ 37/2026, 42.1, PL I.1: the rice in bags",
            "viec-tieu-chuan": "Luật CLSPHH, 23",
            "viec-an-toan-thuc-pham": "NĐ 15/2018, 11, 3.8: no household",
            "viec-du-luong": "TT 21/2014, 5: the rice in bags",
            "viec-kiem-dinh-can": "Luật Đo lường, 16.2, 21.2: the vegetables on the scale",
            "viec-ma-vach": "NĐ 37/2026, 21, 28: supermarkets ask for one",
            "viec-truy-xuat": "NĐ 37/2026, 22.5: free, but asked for",
            "viec-giai-chua-du": "NĐ 37/2026, 59: not old enough",
        },
        must_not={
            "viec-hop-quy": NO_LISTED_RISK,
            "viec-nhan-phu": NOT_IMPORTED,
            "viec-nhan-hieu": MARK_SETTLED,
            "them-giai-thuong": "NĐ 37/2026, 59: not old enough",
        },
    ),
    product=Told(
        typed={
            "san-pham": "rau an toàn",
            "nguon": "tự làm",
            "thi-truong": "trong nước",
            "noi-ban": "chợ",
            "bao-bi": "bán ký",
            "nguoi-mua": "cả hai",
            "tieu-chuan": "chưa có",
            "ma-vach": "không có",
        },
        must={
            "giay-attp": "NĐ 15/2018, 11, 3.8: no household",
            "nganh-quan-ly": "NĐ 37/2026, 5.2: the list of the ministry was not read",
            "can-do": "Luật Đo lường, 16.2, 21.2: sold by weight",
            "nhan-bat-buoc": "NĐ 37/2026, 35.2e: exempt only straight to who eats it",
            "tieu-chuan-ap-dung": "Luật CLSPHH, 23",
            "luu-ho-so": "NĐ 37/2026, 69.2",
        },
        must_not={
            "tu-cong-bo-thuc-pham": "NĐ 15/2018, 4.1: neither processed nor packed",
            "nhan-dinh-duong": "TT 30/2026-BYT, 1.2b, 1.2l",
            "dong-goi-san": "TT 21/2014, 3.1: weighed before the buyer",
            **because(NO_LISTED_RISK, "hop-quy-cao", "hop-quy-trung-binh"),
            **because(NOT_IMPORTED, "kiem-tra-nhap", "nhap-thuc-pham", "nhan-hang-nhap"),
            "cong-bo-my-pham": NO_COSMETIC,
            "hang-cu": NEW,
            "xuat-khau": MARKET,
            "ten-tren-nhan": OWN_NAME,
            "nhan-dien-tu": PRINTED,
            "nhan-nang-luong": NO_ENERGY_LABEL,
            "ban-tren-mang": NO_SITE,
            "ma-vach": NO_CODE,
            "truy-xuat": NOT_HIGH,
        },
    ),
)

FISH_SAUCE = OwnerStory(
    name="fish sauce",
    owner=(
        "Công ty hai mươi người ở Cần Đước mua nước mắm cốt của nhà thùng, chiết ra chai mang tên"
        " mình, có HACCP, bán siêu thị, TikTok và xuất khẩu"
    ),
    screening=Told(
        typed={
            "lam-gi": "thực phẩm",
            "may-nguoi": "10 đến 50",
            "ban-o-dau": "bách hóa xanh; tiktok; nước ngoài",
            "dong-goi": "vô chai sẵn",
            "chung-nhan": "haccp",
            "ten-hieu": "có giấy",
            "dau-nhat": "khách trả hàng",
            "so-lieu": "phần mềm bán hàng",
            "giai": "đủ 3 năm",
        },
        must={
            "bai-iso-9001": "goods come back, ten people and more, no ISO 9001",
            "them-san-pham": "packs food",
            "them-giai-thuong": "wants the award and is old enough",
            "viec-nhan": "NĐ 37/2026, 42.1, PL I.2",
            "viec-tieu-chuan": "Luật CLSPHH, 23",
            "viec-an-toan-thuc-pham": "NĐ 15/2018, 4.1, 12.2: exempt from one paper alone",
            "viec-du-luong": "TT 21/2014, 5",
            "viec-ma-vach": "NĐ 37/2026, 21, 28: supermarkets ask for one",
            "viec-truy-xuat": "NĐ 37/2026, 22.5: free, but asked for",
        },
        must_not={
            "viec-hop-quy": NO_LISTED_RISK,
            "viec-nhan-phu": NOT_IMPORTED,
            "viec-kiem-dinh-can": NO_SCALE,
            "viec-nhan-hieu": MARK_SETTLED,
            "viec-giai-chua-du": "NĐ 37/2026, 59: old enough",
        },
    ),
    product=Told(
        typed={
            "san-pham": "nước mắm",
            "nhom-hang": "thực phẩm",
            "nguon": "chiết ra",
            "thi-truong": "cả hai",
            "noi-ban": "siêu thị, tiktok",
            "bao-bi": "đóng chai",
            "tieu-chuan": "chưa ghi",
            "nhan": "còn thiếu",
            "ma-vach": "khai rồi",
        },
        must={
            "tu-cong-bo-thuc-pham": "NĐ 15/2018, 4.1: who makes or sells it",
            "nganh-quan-ly": "NĐ 37/2026, 5.2: the lists of the ministries of food were not read",
            "tieu-chuan-ap-dung": "NĐ 37/2026, 3.34, 66.1: who bottles makes",
            "nhan-bat-buoc": "NĐ 37/2026, 42.1, PL I.2",
            "nhan-dinh-duong": "TT 30/2026-BYT, 1.1: a company, more than one ingredient",
            "ten-tren-nhan": "NĐ 37/2026, 44.8",
            "dong-goi-san": "TT 21/2014, 3.17, 5",
            "xuat-khau": "NĐ 37/2026, 87.1: both markets, both rules",
            "ban-tren-mang": "NĐ 37/2026, 41.5",
            "luu-ho-so": "NĐ 37/2026, 69.2",
        },
        must_not={
            **because(NO_LISTED_RISK, "hop-quy-cao", "hop-quy-trung-binh"),
            **because(NOT_IMPORTED, "kiem-tra-nhap", "nhap-thuc-pham", "nhan-hang-nhap"),
            "cong-bo-my-pham": NO_COSMETIC,
            "can-do": NO_SCALE,
            "hang-cu": NEW,
            "nhan-dien-tu": PRINTED,
            "nhan-nang-luong": NO_ENERGY_LABEL,
            "ma-vach": "NĐ 37/2026, 28: declared",
            "truy-xuat": NOT_HIGH,
        },
    ),
)

CHILDRENS_CLOTHES = OwnerStory(
    name="children's clothes",
    owner="Tiệm quần áo trẻ em ba người ở Tân An, lấy sỉ trong nước, bán tại tiệm và Shopee",
    screening=Told(
        typed={
            "lam-gi": "bán lại",
            "may-nguoi": "ít người",
            "ban-o-dau": "tiệm, shopee",
            "dong-goi": "từng cái",
            "chung-nhan": "chưa",
            "ten-hieu": "chưa",
            "dau-nhat": "ế",
            "so-lieu": "zalo",
        },
        must={
            "bai-chuyen-doi-so": "few customers, and the books are chats",
            "viec-ho-so": "NĐ 37/2026, 69.2",
            "viec-nhan": "NĐ 37/2026, 41.5: the label is shown where goods are sold on line",
            "viec-nhan-hieu": "Luật SHTT, 6.3, 90",
        },
        must_not={
            "viec-tieu-chuan": "Luật CLSPHH, 23: of who makes or imports",
            "viec-hop-quy": "NĐ 37/2026, 66.2, 82.1: of who makes or imports",
            "viec-nhan-phu": NOT_IMPORTED,
            "viec-an-toan-thuc-pham": NO_FOOD,
            "viec-du-luong": BY_THE_PIECE,
            "viec-kiem-dinh-can": NO_SCALE,
            "viec-ma-vach": NO_CODE,
            "viec-truy-xuat": NOT_HIGH,
            "viec-giai-chua-du": NO_AWARD,
        },
    ),
    product=Told(
        typed={
            "san-pham": "quần áo trẻ em",
            "nguon": "lấy sỉ",
            "thi-truong": "trong nước",
            "noi-ban": "cửa hàng, shopee",
        },
        must={
            "ban-tren-mang": "NĐ 37/2026, 41.5",
            "luu-ho-so": "NĐ 37/2026, 69.2",
        },
        must_not={
            **because(
                "NĐ 37/2026, 66.2, 82.1: of who makes or imports",
                "hop-quy-cao",
                "hop-quy-trung-binh",
                "nganh-quan-ly",
            ),
            "tieu-chuan-ap-dung": "Luật CLSPHH, 23: of who makes or imports",
            "nhan-bat-buoc": "NĐ 37/2026, 41.2, 41.4: of who makes or imports",
            **because(NO_FOOD, "tu-cong-bo-thuc-pham", "giay-attp", "nhan-dinh-duong"),
            **because(NOT_IMPORTED, "kiem-tra-nhap", "nhap-thuc-pham", "nhan-hang-nhap"),
            "cong-bo-my-pham": NO_COSMETIC,
            "can-do": NO_SCALE,
            "hang-cu": NEW,
            "xuat-khau": MARKET,
            "ten-tren-nhan": OWN_NAME,
            "nhan-dien-tu": PRINTED,
            "nhan-nang-luong": NO_ENERGY_LABEL,
            "dong-goi-san": BY_THE_PIECE,
            "ma-vach": NO_CODE,
            "truy-xuat": NOT_HIGH,
        },
    ),
)

HELMETS = OwnerStory(
    name="helmets",
    owner=(
        "Xưởng nón bảo hiểm sáu mươi người ở Đức Hòa, bỏ mối đại lý và xuất khẩu, giấy hợp quy"
        " vừa hết hạn"
    ),
    screening=Told(
        typed={
            "lam-gi": "sản xuất",
            "may-nguoi": "trên 50",
            "ban-o-dau": "bỏ mối, xuất đi",
            "nhom-hang": "mũ bảo hiểm",
            "dong-goi": "bán cái",
            "chung-nhan": "hết hạn",
            "ten-hieu": "đã đăng ký",
            "dau-nhat": "bị nhái",
            "so-lieu": "erp",
            "giai": "đủ 3 năm",
        },
        must={
            "bai-so-huu-tri-tue": "the goods are copied",
            "them-san-pham": "makes goods",
            "them-giai-thuong": "wants the award and is old enough",
            "viec-nhan": "NĐ 37/2026, 42.1, PL I.65",
            "viec-tieu-chuan": "Luật CLSPHH, 23",
            "viec-hop-quy": "TT 36/2026, PL II.I.2; NĐ 37/2026, 66.2a",
        },
        must_not={
            "viec-nhan-phu": NOT_IMPORTED,
            "viec-an-toan-thuc-pham": NO_FOOD,
            "viec-du-luong": BY_THE_PIECE,
            "viec-kiem-dinh-can": NO_SCALE,
            "viec-truy-xuat": NOT_HIGH,
            "viec-nhan-hieu": MARK_SETTLED,
            "viec-giai-chua-du": "NĐ 37/2026, 59: old enough",
        },
    ),
    product=Told(
        typed={
            "san-pham": "nón bảo hiểm xe máy",
            "nguon": "tự sản xuất",
            "thi-truong": "cả hai",
            "noi-ban": "đại lý",
            "bao-bi": "nguyên cái",
            "hop-quy": "hết hạn",
            "tieu-chuan": "ghi rồi",
            "nhan": "đủ rồi",
            "ma-vach": "khai rồi",
        },
        must={
            "hop-quy-trung-binh": "TT 36/2026, PL II.I.2, 7.1; NĐ 37/2026, 66.2a",
            "xuat-khau": "NĐ 37/2026, 87.1: both markets, both rules",
            "luu-ho-so": "NĐ 37/2026, 69.2",
        },
        must_not={
            "hop-quy-cao": "TT 36/2026, PL II: medium, not high",
            "nganh-quan-ly": "TT 36/2026: the list was read",
            "tieu-chuan-ap-dung": "Luật CLSPHH, 23: written already",
            "nhan-bat-buoc": "NĐ 37/2026, 42.1: whole already",
            "ma-vach": "NĐ 37/2026, 28: declared",
            **because(NOT_IMPORTED, "kiem-tra-nhap", "nhap-thuc-pham", "nhan-hang-nhap"),
            **because(NO_FOOD, "tu-cong-bo-thuc-pham", "giay-attp", "nhan-dinh-duong"),
            "cong-bo-my-pham": NO_COSMETIC,
            "can-do": NO_SCALE,
            "hang-cu": NEW,
            "ten-tren-nhan": OWN_NAME,
            "nhan-dien-tu": PRINTED,
            "nhan-nang-luong": NO_ENERGY_LABEL,
            "dong-goi-san": BY_THE_PIECE,
            "ban-tren-mang": NO_SITE,
            "truy-xuat": NOT_HIGH,
        },
    ),
)

DRYERS = OwnerStory(
    name="dryers",
    owner="Thợ cơ khí chín người ở Mộc Hóa đóng máy sấy lúa theo đơn, chưa có tên riêng",
    screening=Told(
        typed={
            "lam-gi": "cơ khí",
            "may-nguoi": "vài người",
            "ban-o-dau": "khách quen, cho công ty",
            "nhom-hang": "không có",
            "dong-goi": "từng cái",
            "chung-nhan": "chưa có gì",
            "ten-hieu": "chưa có tên",
            "dau-nhat": "tìm đồ lâu",
            "so-lieu": "trong đầu",
            "giai": "không",
        },
        must={
            "bai-5s": "tools are looked for all day",
            "them-san-pham": "makes goods",
            "viec-nhan": "NĐ 37/2026, 42.1, PL I.41",
            "viec-tieu-chuan": "Luật CLSPHH, 23",
        },
        must_not={
            "viec-hop-quy": NO_LISTED_RISK,
            "viec-an-toan-thuc-pham": NO_FOOD,
            "viec-nhan-phu": NOT_IMPORTED,
            "viec-du-luong": BY_THE_PIECE,
            "viec-kiem-dinh-can": NO_SCALE,
            "viec-ma-vach": NO_CODE,
            "viec-nhan-hieu": MARK_SETTLED,
            "viec-truy-xuat": NOT_HIGH,
            "viec-giai-chua-du": NO_AWARD,
        },
    ),
    product=Told(
        typed={
            "san-pham": "máy sấy lúa",
            "nhom-hang": "loại khác",
            "nhom-khac": "máy móc",
            "nguon": "tự làm",
            "thi-truong": "trong nước",
            "noi-ban": "tại xưởng",
            "bao-bi": "nguyên chiếc",
            "tieu-chuan": "chưa có",
            "nhan": "chưa có",
            "ma-vach": "không",
        },
        must={
            "nganh-quan-ly": "NĐ 37/2026, 5.2: the list of the ministry was not read",
            "tieu-chuan-ap-dung": "Luật CLSPHH, 23",
            "nhan-bat-buoc": "NĐ 37/2026, 42.1, PL I.41",
            "luu-ho-so": "NĐ 37/2026, 69.2",
        },
        must_not={
            **because(
                "TT 36/2026, PL I.4.3: dryers of hair are listed",
                "hop-quy-cao",
                "hop-quy-trung-binh",
                "truy-xuat",
            ),
            **because(NOT_IMPORTED, "kiem-tra-nhap", "nhap-thuc-pham", "nhan-hang-nhap"),
            **because(NO_FOOD, "tu-cong-bo-thuc-pham", "giay-attp", "nhan-dinh-duong"),
            "cong-bo-my-pham": NO_COSMETIC,
            "can-do": NO_SCALE,
            "hang-cu": NEW,
            "xuat-khau": MARKET,
            "ten-tren-nhan": OWN_NAME,
            "nhan-dien-tu": PRINTED,
            "nhan-nang-luong": NO_ENERGY_LABEL,
            "dong-goi-san": BY_THE_PIECE,
            "ban-tren-mang": NO_SITE,
            "ma-vach": NO_CODE,
        },
    ),
)

COSMETICS = OwnerStory(
    name="cosmetics",
    owner="Hai chị em ở Trảng Bàng bán son Hàn xách tay trên TikTok, Facebook",
    screening=Told(
        typed={
            "lam-gi": "hàng ngoại",
            "may-nguoi": "ít người",
            "ban-o-dau": "online",
            "nhom-hang": "không có cái nào",
            "dong-goi": "đóng gói sẵn",
            "chung-nhan": "chưa",
            "ten-hieu": "chưa",
            "dau-nhat": "kiểm tra",
            "so-lieu": "zalo",
        },
        must={
            "bai-san-pham": "papers are asked for",
            "viec-nhan": "NĐ 37/2026, 41.5: the label is shown where goods are sold on line",
            "viec-nhan-phu": "NĐ 37/2026, 40, 42.2",
            "viec-tieu-chuan": "Luật CLSPHH, 23, 34.1",
            "viec-du-luong": "TT 21/2014, 2.1, 3.18, 5",
            "viec-nhan-hieu": "Luật SHTT, 6.3, 90",
        },
        must_not={
            "them-san-pham": "is named as the first already",
            "viec-hop-quy": NO_LISTED_RISK,
            "viec-an-toan-thuc-pham": NO_FOOD,
            "viec-kiem-dinh-can": NO_SCALE,
            "viec-truy-xuat": NOT_HIGH,
            "viec-giai-chua-du": NO_AWARD,
        },
    ),
    product=Told(
        typed={
            "san-pham": "son môi",
            "nguon": "xách tay",
            "thi-truong": "trong nước",
            "noi-ban": "tiktok, facebook",
            "bao-bi": "đóng gói sẵn",
            "tieu-chuan": "không rõ",
            "nhan": "không có nhãn",
            "ma-vach": "mã nước ngoài",
        },
        must={
            "cong-bo-my-pham": "TT 06/2011-BYT, 3.1",
            "nganh-quan-ly": "NĐ 37/2026, 5.2: the list of the ministry was not read",
            "nhan-hang-nhap": "NĐ 37/2026, 42.2; 35.2d spares what is not sold",
            "tieu-chuan-ap-dung": "Luật CLSPHH, 23, 34.1",
            "dong-goi-san": "TT 21/2014, 2.1, 3.18",
            "ban-tren-mang": "NĐ 37/2026, 41.5",
            "luu-ho-so": "NĐ 37/2026, 69.2",
        },
        must_not={
            **because(NO_LISTED_RISK, "hop-quy-cao", "hop-quy-trung-binh", "kiem-tra-nhap"),
            **because(NO_FOOD, "tu-cong-bo-thuc-pham", "giay-attp", "nhap-thuc-pham"),
            "nhan-dinh-duong": NO_FOOD,
            "can-do": NO_SCALE,
            "hang-cu": NEW,
            "xuat-khau": MARKET,
            "ten-tren-nhan": OWN_NAME,
            "nhan-dien-tu": PRINTED,
            "nhan-nang-luong": NO_ENERGY_LABEL,
            "truy-xuat": NOT_HIGH,
        },
    ),
)

WATER = OwnerStory(
    name="water",
    owner="Cơ sở nước uống đóng bình bảy người ở Thủ Thừa, giao tận nhà và cho công ty",
    screening=Told(
        typed={
            "lam-gi": "đồ uống",
            "may-nguoi": "dưới 10 người",
            "ban-o-dau": "tại nhà, cho công ty",
            "dong-goi": "đóng bình",
            "chung-nhan": "chưa có giấy nào",
            "ten-hieu": "chưa làm",
            "dau-nhat": "trễ đơn",
            "so-lieu": "sổ giấy",
            "giai": "không muốn",
        },
        must={
            "bai-nang-suat": "orders are late",
            "them-san-pham": "packs drinks",
            "viec-nhan": "NĐ 37/2026, 42.1, PL I.6",
            "viec-tieu-chuan": "Luật CLSPHH, 23",
            "viec-an-toan-thuc-pham": "NĐ 15/2018, 11",
            "viec-du-luong": "TT 21/2014, 5",
            "viec-nhan-hieu": "Luật SHTT, 6.3, 90",
        },
        must_not={
            "viec-hop-quy": NO_LISTED_RISK,
            "viec-nhan-phu": NOT_IMPORTED,
            "viec-kiem-dinh-can": NO_SCALE,
            "viec-ma-vach": NO_CODE,
            "viec-truy-xuat": NOT_HIGH,
            "viec-giai-chua-du": NO_AWARD,
        },
    ),
    product=Told(
        typed={
            "san-pham": "nước uống đóng bình 20 lít",
            "nguon": "nhà làm",
            "thi-truong": "nội địa",
            "noi-ban": "đại lý, công ty",
            "bao-bi": "đóng bình",
            "tieu-chuan": "chưa có",
            "nhan": "nhãn cũ",
            "ma-vach": "cần có",
        },
        must={
            "tu-cong-bo-thuc-pham": "NĐ 15/2018, 4.1",
            "giay-attp": "NĐ 15/2018, 11",
            "nganh-quan-ly": "NĐ 37/2026, 5.2: the lists of the ministry were not read",
            "tieu-chuan-ap-dung": "Luật CLSPHH, 23",
            "nhan-bat-buoc": "NĐ 37/2026, 42.1, 98.4: the old label runs out",
            "dong-goi-san": "TT 21/2014, 5",
            "ma-vach": "NĐ 37/2026, 28.1",
            "luu-ho-so": "NĐ 37/2026, 69.2",
        },
        must_not={
            "nhan-dinh-duong": "TT 30/2026-BYT, 1.2c: bottled water",
            **because(NO_LISTED_RISK, "hop-quy-cao", "hop-quy-trung-binh"),
            **because(NOT_IMPORTED, "kiem-tra-nhap", "nhap-thuc-pham", "nhan-hang-nhap"),
            "cong-bo-my-pham": NO_COSMETIC,
            "can-do": NO_SCALE,
            "hang-cu": NEW,
            "xuat-khau": MARKET,
            "ten-tren-nhan": OWN_NAME,
            "nhan-dien-tu": PRINTED,
            "nhan-nang-luong": NO_ENERGY_LABEL,
            "ban-tren-mang": NO_SITE,
            "truy-xuat": NOT_HIGH,
        },
    ),
)

ABROAD = "NĐ 37/2026, 42.3, 87.1: goods for export alone follow the buyer's country"

DRAGON_FRUIT = OwnerStory(
    name="dragon fruit",
    owner=(
        "Công ty bốn mươi người ở Châu Thành trồng và thu mua thanh long theo ký, đóng thùng chỉ để"
        " xuất khẩu"
    ),
    screening=Told(
        typed={
            "lam-gi": "trồng trọt",
            "may-nguoi": "vài chục",
            "ban-o-dau": "xuất khẩu",
            "dong-goi": "cả hai",
            "chung-nhan": "globalgap",
            "ten-hieu": "có rồi",
            "dau-nhat": "thiếu giấy",
            "so-lieu": "excel",
            "giai": "chưa muốn",
        },
        must={
            "bai-san-pham": "papers are asked for",
            "them-truy-xuat": "buyers abroad ask for the origin",
            "viec-an-toan-thuc-pham": "NĐ 15/2018, 11: wherever it is sold",
            "viec-truy-xuat": "NĐ 37/2026, 22.5: free, but asked for",
            "viec-ma-vach": "NĐ 37/2026, 21, 28.3: buyers abroad ask for one",
            "viec-kiem-dinh-can": "Luật Đo lường, 16.2: growers are paid by weight",
        },
        must_not={
            **because(ABROAD, "viec-nhan", "viec-tieu-chuan", "viec-hop-quy", "viec-ho-so"),
            "viec-nhan-phu": NOT_IMPORTED,
            "viec-nhan-hieu": MARK_SETTLED,
            "viec-giai-chua-du": NO_AWARD,
        },
    ),
    product=Told(
        typed={
            "san-pham": "thanh long ruột đỏ",
            "nhom-hang": "trái cây",
            "nguon": "tự trồng",
            "thi-truong": "xuất hết",
            "ma-vach": "mã của khách",
        },
        must={
            "xuat-khau": "NĐ 37/2026, 87.1",
            "giay-attp": "NĐ 15/2018, 11: wherever it is sold",
            "ma-vach": "NĐ 37/2026, 28.3",
        },
        must_not={
            "tu-cong-bo-thuc-pham": "NĐ 15/2018, 4.2: for export alone",
            **because(ABROAD, "hop-quy-cao", "hop-quy-trung-binh"),
            **because(ABROAD, "tieu-chuan-ap-dung", "nhan-bat-buoc", "nhan-dinh-duong"),
            **because(ABROAD, "luu-ho-so", "ban-tren-mang", "nhan-dien-tu", "truy-xuat"),
            **because(NOT_IMPORTED, "kiem-tra-nhap", "nhap-thuc-pham", "nhan-hang-nhap"),
            "cong-bo-my-pham": NO_COSMETIC,
            "can-do": NO_SCALE,
            "hang-cu": NEW,
            "ten-tren-nhan": OWN_NAME,
            "nhan-nang-luong": NO_ENERGY_LABEL,
        },
    ),
)

OWNER_STORIES = (
    NOODLES,
    FANS,
    CARPENTER,
    SOFTWARE,
    COOPERATIVE,
    FISH_SAUCE,
    CHILDRENS_CLOTHES,
    HELMETS,
    DRYERS,
    COSMETICS,
    WATER,
    DRAGON_FRUIT,
)
