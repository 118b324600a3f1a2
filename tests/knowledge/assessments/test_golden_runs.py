"""Whole runs of our own scored assessments, counted by hand.

A run is written as on a sheet of paper: by dimension, the answers in the order of the questions
that are asked there, parted by blanks; several answers to one question are joined by “+”.
"""

from collections.abc import Iterable, Mapping

import pytest

from bot.domain.assessments.assessment import Assessment
from bot.domain.assessments.path import next_question
from bot.domain.assessments.question import Answer, Question
from bot.domain.assessments.scoring import Result, score
from bot.knowledge.tables import read_tables
from bot.settings import ROOT

Sheet = Mapping[str, str]
"""Answers by dimension."""

SCORED = (
    "5s",
    "chuyen-doi-so",
    "giai-thuong",
    "iso-9001",
    "nang-suat",
    "quan-ly-chat-luong",
    "so-huu-tri-tue",
    "truy-xuat",
)

FIVE_S = ("sang_loc", "sap_xep", "sach_se", "san_soc", "san_sang")
LADDERS = (
    "khach_hang",
    "lanh_dao",
    "con_nguoi",
    "quy_trinh",
    "mua_hang",
    "so_lieu",
    "cai_tien",
)
FOUR_SIDES = ("quan_tri", "quan_ly_nang_suat", "nen_tang_so", "san_xuat_thong_minh")
AWARD = (
    "lanh_dao",
    "chien_luoc",
    "khach_hang",
    "do_luong",
    "lao_dong",
    "van_hanh",
    "ket_qua",
    "san_pham",
)

ALL_OPEN = (
    "co kieu_dang+giai_phap+bi_quyet hinh_phim+phan_mem tho+gia_cong+thue_ve+dai_ly co"
    " bang_hieu+trang_web bi_nhai+bi_lay_ten+bi_nhac vay_gop+cho_thue"
)
"""Whoever has everything is asked about all ten parts of intellectual property."""


def alike(dimensions: Iterable[str], answers: str) -> dict[str, str]:
    """The same answers in several dimensions."""
    return dict.fromkeys(dimensions, answers)


BEST: dict[str, Sheet] = {
    "5s": alike(FIVE_S, "5 5 5 5 5"),
    "chuyen-doi-so": {
        "mo_dau": "san_xuat cong_ty",
        # A page to order on counts 2, with the chat account 3, of which 3 is full.
        "ban_hang": "zalo+web_dat noi_nhau 2",
        # Four of the six tools are enough.
        "tien_so": "noi_nhau tu_ra ma_qr+ngan_hang+chu_ky_so+bang_luong",
        "san_xuat": "noi_nhau noi_nhau",
        "con_nguoi": "2 2",
        "du_lieu": "tat_ca 2",
        "an_toan": "2 2 2 2",
    },
    "giai-thuong": {
        "dieu_kien": "1 1 1 chua_tung",
        **alike(AWARD, "2 2"),
        **alike(["ket_qua", "san_pham"], "2 2 2"),
    },
    "iso-9001": {
        "boi_canh": "chua 2 2 2 2",
        **alike(["lanh_dao", "ho_tro", "danh_gia"], "2 2 2"),
        **alike(["hoach_dinh", "cai_tien"], "2 2"),
        "thuc_hien": "2 2 2 2 2 2 2",
    },
    "nang-suat": {**alike(FOUR_SIDES, "4 4 4 4"), "lang_phi": "khong_co", "con_so": "khong"},
    "quan-ly-chat-luong": alike(LADDERS, "2 2 2 2"),
    "so-huu-tri-tue": {
        "hien_co": ALL_OPEN,
        "nhan_hieu": "co_giay 2",
        "kieu_dang": "da_nop",
        "giai_phap": "da_nop",
        **alike(["bi_mat", "tac_gia", "nuoc_ngoai"], "2 2"),
        **alike(["ten_goi", "hop_dong", "hang_nhai", "khai_thac"], "2 2 2"),
    },
    "truy-xuat": {
        "hang_cua_minh": "nong_san sieu_thi+xuat_khau",
        **alike(["ma_nhan_dien", "ghi_chep_lo", "noi_truoc_sau"], "2 2 2"),
        "thu_hoi": "2 2",
    },
}

WORST: dict[str, Sheet] = {
    "5s": alike(FIVE_S, "0 0 0 0 0"),
    "chuyen-doi-so": {
        # The smallest households are not asked about invoices.
        "mo_dau": "dich_vu ho_nho",
        "ban_hang": "khong_co so_tay 0",
        "tien_so": "so_tay khong_co",
        "viec_khach": "so_tay 0",
        "con_nguoi": "0 0",
        "du_lieu": "go_lai 0",
        "an_toan": "0 0 0 0",
    },
    "giai-thuong": {
        "dieu_kien": "1 1 1 qua_hai_nam",
        **alike(AWARD, "0 0"),
        **alike(["ket_qua", "san_pham"], "0 0 0"),
    },
    "iso-9001": {
        "boi_canh": "het-han 0 0 0 0",
        **alike(["lanh_dao", "ho_tro", "danh_gia"], "0 0 0"),
        **alike(["hoach_dinh", "cai_tien"], "0 0"),
        "thuc_hien": "0 0 0 0 0 0 0",
    },
    "nang-suat": {
        **alike(FOUR_SIDES, "0 0 0 0"),
        "lang_phi": "khong_biet",
        "con_so": "khong_biet",
    },
    # Whoever does not stand on the first rung is asked for no other.
    "quan-ly-chat-luong": alike(LADDERS, "0"),
    "so-huu-tri-tue": {
        "hien_co": ALL_OPEN,
        "nhan_hieu": "chua 0",
        "kieu_dang": "qua_6_thang 0",
        "giai_phap": "qua_12_thang 0",
        **alike(["bi_mat", "tac_gia", "nuoc_ngoai"], "0 0"),
        **alike(["ten_goi", "hop_dong", "hang_nhai", "khai_thac"], "0 0 0"),
    },
    "truy-xuat": {
        "hang_cua_minh": "thuc_pham khong_co",
        **alike(["ma_nhan_dien", "ghi_chep_lo", "noi_truoc_sau"], "0 0 0"),
        "thu_hoi": "0 0",
    },
}

HIGHEST = {
    "5s": "Xuất sắc",
    "chuyen-doi-so": "Số hóa nối liền",
    "giai-thuong": "Sẵn sàng đăng ký",
    "iso-9001": "Mời đánh giá được",
    "nang-suat": "Làm mẫu được",
    "quan-ly-chat-luong": "Mức 5 – Luôn học hỏi",
    "so-huu-tri-tue": "Chắc tay",
    "truy-xuat": "Sẵn sàng truy xuất",
}

LOWEST = {
    "5s": "Yếu",
    "chuyen-doi-so": "Chưa bắt đầu",
    "giai-thuong": "Khoan viết hồ sơ",
    "iso-9001": "Mới khởi đầu",
    "nang-suat": "Khởi đầu",
    "quan-ly-chat-luong": "Mức 1 – Khởi đầu",
    "so-huu-tri-tue": "Còn bỏ ngỏ",
    "truy-xuat": "Chưa lần ra lô",
}


# Mixed runs, with what they come to.

ISO_9001: Sheet = {
    "boi_canh": "dang-lam 2 khong_biet 2 2",  # (2 + 0 + 2 + 2) of 8 = 75 %
    "lanh_dao": "2 2 1",  # 5 of 6 = 83.3 %
    "hoach_dinh": "2 2",  # 100 %
    "ho_tro": "2 1 2",  # 5 of 6 = 83.3 %
    # The two that do not apply are left out: (2 + 2 + 2 + 2 + 0) of 10 = 80 %
    "thuc_hien": "2 khong_ap_dung 2 khong_ap_dung 2 2 0",
    "danh_gia": "2 2 2",  # 100 %
    "cai_tien": "2 2",  # 100 %
}

PRODUCTIVITY: Sheet = {
    "quan_tri": "4 3 2 khong_biet",  # 9 of 16 = 56.25 %
    "quan_ly_nang_suat": "4 4 3 1",  # 12 of 16 = 75 %
    "nen_tang_so": "2 1 3 0",  # 6 of 16 = 37.5 %, shown as 38
    # Half of them do not apply, which is not more than half: 5 of 8 = 62.5 %
    "san_xuat_thong_minh": "khong_ap_dung 3 2 khong_ap_dung",
    "lang_phi": "cho-doi+thao-tac",
    # Sold 6,000, of it 3,200 material and 800 bought services; 20 people, 1,500 for them.
    # A machine: 8 hours, 2 of them still, 100 an hour, 540 made, 513 of them good.
    "con_so": "co 6000 3200 800 20 1500 co 8 2 100 540 513",
}

QUALITY_MANAGEMENT: Sheet = {
    "khach_hang": "2 2 2 2",  # 4 of 4 rungs = 100 %
    "lanh_dao": "2 2 1",  # 2 of 4 = 50 %
    "con_nguoi": "2 khong_biet",  # 1 of 4 = 25 %
    "quy_trinh": "2 2 2 0",  # 3 of 4 = 75 %
    "mua_hang": "1",  # 0 of 4: a part of the first rung is not the rung
    "so_lieu": "2 2 2 2",  # 100 %
    "cai_tien": "2 2 0",  # 2 of 4 = 50 %
}

INTELLECTUAL_PROPERTY: Sheet = {
    "hien_co": "co bi_quyet ban_ve tho+thue_ve khong bang_hieu+mang_xa_hoi khong_co khong_co",
    # Filed and waiting is worth 70 of 100 and weighs double: (2 × 0.7 + 1) / 3 = 80 %
    "nhan_hieu": "dang_cho 2",
    "ten_goi": "2 khong_biet 2",  # 4 of 6 = 66.7 %
    "bi_mat": "2 2",  # 100 %
    "tac_gia": "2 khong_ap_dung",  # 2 of 2 = 100 %
    "hop_dong": "0 2",  # 2 of 4 = 50 %; of the name nobody else sells under it is not asked
}


@pytest.fixture(scope="module")
def assessments() -> dict[str, Assessment]:
    return dict(read_tables(ROOT / "knowledge_base").assessments)


def answers_of(assessment: Assessment, sheet: Sheet) -> dict[str, Answer]:
    """The answers of a sheet, each given to the question that is asked next."""
    left = {dimension: answers.split() for dimension, answers in sheet.items()}
    answers: dict[str, Answer] = {}
    while (question := next_question(assessment, answers)) is not None:
        dimension = assessment.dimension_of(question).id
        assert left.get(dimension), f"the sheet has no answer to {question.id}"
        answers[question.id] = tuple(left[dimension].pop(0).split("+"))
    assert not any(left.values()), f"not asked for: {left}"
    return answers


def result_of(assessment: Assessment, sheet: Sheet) -> Result:
    return score(assessment, answers_of(assessment, sheet))


def percents(result: Result) -> dict[str, int]:
    return {one.dimension.id: one.percent for one in result.dimensions}


def level(result: Result) -> str:
    return result.level.title if result.level else ""


def kept_from(result: Result) -> str:
    return result.kept_from.title if result.kept_from else ""


def ids(questions: Iterable[Question]) -> list[str]:
    return [question.id for question in questions]


def consequences(result: Result) -> list[str]:
    return [one.id for one in result.consequences]


class TestBestAndWorst:
    def test_every_scored_assessment_is_played(self, assessments: dict[str, Assessment]) -> None:
        scored = {id_ for id_, assessment in assessments.items() if assessment.is_scored}
        assert scored == set(SCORED) == set(BEST) == set(WORST)

    @pytest.mark.parametrize("id_", SCORED)
    def test_the_best_answers_come_to_everything_and_the_highest_level(
        self, assessments: dict[str, Assessment], id_: str
    ) -> None:
        result = result_of(assessments[id_], BEST[id_])
        assert (result.percent, level(result)) == (100, HIGHEST[id_])
        assert set(percents(result).values()) == {100}
        assert result.level == assessments[id_].levels[-1]
        assert (result.gaps, result.unmet, result.unsure, result.to_do) == ((), (), (), ())
        assert (result.unknown, result.left_out, result.kept_from) == (0, 0, None)

    @pytest.mark.parametrize("id_", SCORED)
    def test_the_worst_answers_come_to_nothing_and_the_lowest_level(
        self, assessments: dict[str, Assessment], id_: str
    ) -> None:
        result = result_of(assessments[id_], WORST[id_])
        assert (result.percent, level(result)) == (0, LOWEST[id_])
        assert set(percents(result).values()) == {0}
        assert result.level == assessments[id_].levels[0]
        assert (result.kept_from, result.strongest) == (None, ())
        assert len(result.to_do) == 3

    @pytest.mark.parametrize("id_", SCORED)
    def test_the_worst_answers_leave_every_critical_question_open(
        self, assessments: dict[str, Assessment], id_: str
    ) -> None:
        assessment = assessments[id_]
        result = result_of(assessment, WORST[id_])
        assert ids(result.gaps) == [one.id for one in assessment.questions if one.critical]


class TestFiveS:
    def test_it_counts_as_a_hand_does(self, assessments: dict[str, Assessment]) -> None:
        result = result_of(
            assessments["5s"],
            {
                "sang_loc": "5 4 4 2 0",  # 15 of 25 = 60 %
                "sap_xep": "5 5 4 4 khong_biet",  # 18 of 25 = 72 %
                "sach_se": "5 5 5 5 5",  # 25 of 25 = 100 %
                "san_soc": "2 2 0 2 1",  # 7 of 25 = 28 %
                "san_sang": "4 4 4 2 2",  # 16 of 25 = 64 %
            },
        )
        assert list(percents(result).values()) == [60, 72, 100, 28, 64]
        # 15 + 18 + 25 + 7 + 16 = 81 of 125 = 64.8 %
        assert (result.percent, level(result)) == (65, "Trung bình")
        assert result.unknown == 1
        assert [one.dimension.id for one in result.weakest] == ["san_soc", "sang_loc", "san_sang"]
        assert [one.dimension.id for one in result.strongest] == ["sach_se", "sap_xep"]


class TestIso9001:
    def test_it_counts_as_a_hand_does(self, assessments: dict[str, Assessment]) -> None:
        result = result_of(assessments["iso-9001"], ISO_9001)
        assert list(percents(result).values()) == [75, 83, 100, 83, 80, 100, 100]
        # Clause 8 weighs double: (75 + 83.3 + 100 + 83.3 + 2 × 80 + 100 + 100) / 8 = 87.7 %
        assert result.percent == 88
        assert (result.unknown, result.left_out) == (1, 2)
        assert consequences(result) == ["dang-lam-do", "ho-tro-truoc-khi-ky", "can-mua-ban"]

    def test_a_critical_gap_keeps_from_inviting_the_auditor(
        self, assessments: dict[str, Assessment]
    ) -> None:
        result = result_of(assessments["iso-9001"], ISO_9001)
        assert ids(result.gaps) == ["c8-hang-loi"]
        assert (level(result), kept_from(result)) == ("Gần sẵn sàng", "Mời đánh giá được")

    def test_half_of_what_is_critical_is_no_gap(self, assessments: dict[str, Assessment]) -> None:
        # Clause 8: (2 + 2 + 2 + 2 + 1) of 10 = 90 %; together
        # (75 + 83.3 + 100 + 83.3 + 2 × 90 + 100 + 100) / 8 = 90.2 %
        sheet = {**ISO_9001, "thuc_hien": "2 khong_ap_dung 2 khong_ap_dung 2 2 1"}
        result = result_of(assessments["iso-9001"], sheet)
        assert (result.percent, level(result)) == (90, "Mời đánh giá được")
        assert (result.gaps, result.kept_from) == ((), None)

    def test_one_weak_clause_keeps_from_it_too(self, assessments: dict[str, Assessment]) -> None:
        # Clause 6 of whoever has a certificate of 2015: (2 + 2 + 0) of 6 = 66.7 %; together
        # (100 + 100 + 66.7 + 100 + 2 × 100 + 100 + 100) / 8 = 95.8 %
        sheet = {
            **BEST["iso-9001"],
            "boi_canh": "giay-2015 truoc 2 2 2",
            "hoach_dinh": "2 2 0",
        }
        result = result_of(assessments["iso-9001"], sheet)
        assert (result.percent, percents(result)["hoach_dinh"]) == (96, 67)
        assert (level(result), kept_from(result)) == ("Gần sẵn sàng", "Mời đánh giá được")
        assert result.gaps == ()
        assert consequences(result) == ["chuyen-khi-danh-gia-lai"]


class TestProductivity:
    def test_it_counts_as_a_hand_does(self, assessments: dict[str, Assessment]) -> None:
        result = result_of(assessments["nang-suat"], PRODUCTIVITY)
        assert list(percents(result).values()) == [56, 75, 38, 63]
        # (9/16 + 12/16 + 6/16 + 10/16) / 4 = 37/64 = 57.8 %
        assert (result.percent, level(result)) == (58, "Có nền")
        assert (result.unknown, result.left_out) == (1, 2)

    def test_its_figures_are_those_of_a_hand(self, assessments: dict[str, Assessment]) -> None:
        result = result_of(assessments["nang-suat"], PRODUCTIVITY)
        assert {one.ratio.id: one.value for one in result.figures} == {
            "nang-suat-lao-dong": 100,  # (6,000 - 3,200 - 800) / 20
            "ty-le-gia-tri": 33.3,  # 2,000 / 6,000
            "phan-chi-lao-dong": 75,  # 1,500 / 2,000
            "may-san-sang": 75,  # 6 / 8
            "may-hieu-suat": 90,  # 540 / (100 × 6)
            "may-chat-luong": 95,  # 513 / 540
            "may-oee": 64.1,  # 0.75 × 0.9 × 0.95 = 64.125 %
        }

    def test_its_losses_lead_to_what_takes_them_away(
        self, assessments: dict[str, Assessment]
    ) -> None:
        result = result_of(assessments["nang-suat"], PRODUCTIVITY)
        assert consequences(result) == [
            "bot-cho-doi",
            "bot-thao-tac",
            "ghi-so",
            "cham-5s",
            "giu-may",
        ]

    def test_without_the_numbers_of_a_machine_its_figures_are_missing(
        self, assessments: dict[str, Assessment]
    ) -> None:
        sheet = {**PRODUCTIVITY, "con_so": "co 6000 3200 800 20 khong_biet chua-ghi"}
        result = result_of(assessments["nang-suat"], sheet)
        assert [one.ratio.id for one in result.figures] == ["nang-suat-lao-dong", "ty-le-gia-tri"]

    def test_one_weak_side_keeps_from_being_a_model(
        self, assessments: dict[str, Assessment]
    ) -> None:
        # (100 + 100 + 100 + 8/16) / 4 = 87.5 %, shown as 88; the last is below 60 %.
        sheet = {**BEST["nang-suat"], "san_xuat_thong_minh": "2 2 2 2"}
        result = result_of(assessments["nang-suat"], sheet)
        assert (result.percent, level(result)) == (88, "Vào nếp")
        assert kept_from(result) == "Làm mẫu được"


class TestQualityManagement:
    def test_it_counts_the_rungs_reached(self, assessments: dict[str, Assessment]) -> None:
        result = result_of(assessments["quan-ly-chat-luong"], QUALITY_MANAGEMENT)
        assert list(percents(result).values()) == [100, 50, 25, 75, 0, 100, 50]
        assert [one.rungs for one in result.dimensions] == [4, 2, 1, 3, 0, 4, 2]
        # 16 of 28 rungs = 57.1 %
        assert result.percent == 57
        assert result.unknown == 1
        assert consequences(result) == ["ra-iso-9001"]

    def test_one_side_without_a_rung_keeps_from_the_third_level(
        self, assessments: dict[str, Assessment]
    ) -> None:
        result = result_of(assessments["quan-ly-chat-luong"], QUALITY_MANAGEMENT)
        assert level(result) == "Mức 2 – Có nếp ban đầu"
        assert kept_from(result) == "Mức 3 – Có kế hoạch"

    def test_the_first_rung_of_that_side_opens_it(self, assessments: dict[str, Assessment]) -> None:
        sheet = {**QUALITY_MANAGEMENT, "mua_hang": "2 0"}  # 17 of 28 rungs = 60.7 %
        result = result_of(assessments["quan-ly-chat-luong"], sheet)
        assert (result.percent, level(result)) == (61, "Mức 3 – Có kế hoạch")
        assert result.kept_from is None


class TestIntellectualProperty:
    def test_it_counts_only_the_parts_that_it_opened(
        self, assessments: dict[str, Assessment]
    ) -> None:
        result = result_of(assessments["so-huu-tri-tue"], INTELLECTUAL_PROPERTY)
        assert percents(result) == {
            "nhan_hieu": 80,
            "ten_goi": 67,
            "bi_mat": 100,
            "tac_gia": 100,
            "hop_dong": 50,
        }
        # (80 + 66.7 + 100 + 100 + 50) / 5 = 79.3 %
        assert result.percent == 79
        assert (result.unknown, result.left_out) == (1, 1)
        assert consequences(result) == ["cho-cap", "ky-giu-kin"]

    def test_a_secret_without_a_promise_keeps_from_the_third_level(
        self, assessments: dict[str, Assessment]
    ) -> None:
        result = result_of(assessments["so-huu-tri-tue"], INTELLECTUAL_PROPERTY)
        assert ids(result.gaps) == ["hd-giu-kin"]
        assert (level(result), kept_from(result)) == ("Giữ được một phần", "Khá chắc")

    def test_a_paper_in_another_s_name_is_a_gap_too(
        self, assessments: dict[str, Assessment]
    ) -> None:
        # Worth 40 of 100: (2 × 0.4 + 1) / 3 = 60 %; names 100 %; together 80 %.
        sheet = {
            "hien_co": "co khong_co khong_co khong_co khong bang_hieu khong_co khong_co",
            "nhan_hieu": "dung_ten_khac 2",
            "ten_goi": "2 2",
        }
        result = result_of(assessments["so-huu-tri-tue"], sheet)
        assert percents(result) == {"nhan_hieu": 60, "ten_goi": 100}
        assert ids(result.gaps) == ["nh-nop-don"]
        assert (result.percent, level(result)) == (80, "Giữ được một phần")
        assert kept_from(result) == "Khá chắc"


class TestDigital:
    def test_it_counts_as_a_hand_does(self, assessments: dict[str, Assessment]) -> None:
        result = result_of(
            assessments["chuyen-doi-so"],
            {
                # Who does not name the trade is asked about stock.
                "mo_dau": "khong_biet ho_lon",
                "ban_hang": "zalo+trang excel 2",  # (2/3 + 1/3 + 1) / 3 = 66.7 %
                # (2/3 + 0 + 3/4) / 3 = 47.2 %
                "tien_so": "phan_mem chua ma_qr+ngan_hang+bang_luong",
                "kho_hang": "so_tay 1",  # (0 + 1/2) / 2 = 25 %
                "con_nguoi": "2 khong_biet",  # (1 + 0) / 2 = 50 %
                "du_lieu": "mot_phan 1",  # the first weighs three: (3 × 3/4 + 1/2) / 4 = 68.75 %
                "an_toan": "2 0 1 2",  # 5 of 8 = 62.5 %
            },
        )
        assert list(percents(result).values()) == [67, 47, 25, 50, 69, 63]
        # Data weighs 1.5: (66.7 + 47.2 + 25 + 50 + 1.5 × 68.75 + 62.5) / 6.5 = 54.5 %
        assert (result.percent, level(result)) == (55, "Dùng công cụ rời")
        assert ids(result.gaps) == ["an-mat-khau"]
        assert result.unknown == 1  # the trade is not scored
        assert consequences(result) == ["hoa-don-ho", "xep-kho-truoc"]

    def test_data_that_nobody_copies_keep_from_the_highest_level(
        self, assessments: dict[str, Assessment]
    ) -> None:
        # Safety 6 of 8 = 75 %; together (4 × 100 + 1.5 × 100 + 75) / 6.5 = 96.2 %
        sheet = {**BEST["chuyen-doi-so"], "an_toan": "khong_biet 2 2 2"}
        result = result_of(assessments["chuyen-doi-so"], sheet)
        assert (result.percent, percents(result)["an_toan"]) == (96, 75)
        assert ids(result.gaps) == ["an-sao-luu"]
        assert (level(result), kept_from(result)) == ("Nối từng phần", "Số hóa nối liền")


class TestAward:
    @pytest.mark.parametrize(
        ("answers", "unmet", "follows"),
        [
            ("0 1 1 chua_tung", "dk-36-thang", ["chua-du-36-thang", "trong-luc-cho"]),
            ("1 0 1 chua_tung", "dk-12-thang", ["chua-du-12-thang", "trong-luc-cho"]),
            ("1 1 0 qua_hai_nam", "dk-phap-luat", ["chua-chap-hanh"]),
            ("1 1 1 trong_hai_nam", "dk-giai-vang", ["giai-vang-chua-qua"]),
        ],
    )
    def test_a_condition_that_is_not_met_ends_the_run_without_a_score(
        self,
        assessments: dict[str, Assessment],
        answers: str,
        unmet: str,
        follows: list[str],
    ) -> None:
        result = result_of(assessments["giai-thuong"], {"dieu_kien": answers})
        assert ids(result.unmet) == [unmet]
        assert (result.percent, result.level, result.dimensions) == (None, None, ())
        assert result.complete
        assert consequences(result) == follows

    def test_a_condition_that_nobody_knows_of_keeps_from_the_highest_level(
        self, assessments: dict[str, Assessment]
    ) -> None:
        result = result_of(
            assessments["giai-thuong"],
            {
                "dieu_kien": "khong_biet 1 1 qua_hai_nam",
                **alike(AWARD, "2 2"),
                "chien_luoc": "2 1",  # 3 of 4 = 75 %
                "ket_qua": "2 1 2",  # 5 of 6 = 83.3 %
                "san_pham": "2 2 khong_biet",  # 4 of 6 = 66.7 %
            },
        )
        assert list(percents(result).values()) == [100, 75, 100, 100, 100, 100, 83, 67]
        # (5 × 100 + 75 + 83.3 + 66.7) / 8 = 90.6 %
        assert result.percent == 91
        assert (ids(result.unsure), result.unmet, result.unknown) == (["dk-36-thang"], (), 2)
        assert (level(result), kept_from(result)) == ("Gần sẵn sàng", "Sẵn sàng đăng ký")
        assert consequences(result) == ["chua-ro-dieu-kien"]


class TestTracing:
    def test_it_counts_as_a_hand_does(self, assessments: dict[str, Assessment]) -> None:
        result = result_of(
            assessments["truy-xuat"],
            {
                "hang_cua_minh": "hang_khac khac tren_mang",
                "ma_nhan_dien": "2 2 khong_ap_dung",  # 4 of 4 = 100 %
                "ghi_chep_lo": "0 2 2",  # 4 of 6 = 66.7 %
                "noi_truoc_sau": "2 1 khong_biet",  # 3 of 6 = 50 %
                "thu_hoi": "2 1",  # 3 of 4 = 75 %
            },
        )
        assert list(percents(result).values()) == [100, 67, 50, 75]
        # (100 + 66.7 + 50 + 75) / 4 = 72.9 %
        assert result.percent == 73
        assert (result.unknown, result.left_out) == (1, 1)
        # A lot without a page of its own keeps from what 60 % would give.
        assert ids(result.gaps) == ["gl-moi-lo"]
        assert (level(result), kept_from(result)) == ("Đang ghi chép", "Có nền rồi")
        assert consequences(result) == ["hang-nhom-khac"]
