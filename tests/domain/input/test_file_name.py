"""A name that no disk, header or eye trips over, in the letters in which it was written."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.input.file_name import NAME_BYTES, NAME_LENGTH, safe_name, suffix_of


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        (r"C:\Users\lan\giay phep.docx", "giay phep.docx"),
        ("Ảnh chụp (2).JPG", "Ảnh chụp (2).JPG"),
        ('a"b\r\nSet-Cookie: x.png', "a_b_Set-Cookie_ x.png"),
        ("...", "tep"),
        ("", "tep"),
        (".pdf", "tep.pdf"),
        ("   .pdf  ", "tep.pdf"),
        ("a%2Fb%00.pdf", "a_2Fb_00.pdf"),
        ("a;b'c`d.pdf", "a_b_c_d.pdf"),
        ("CON.pdf", "tep-CON.pdf"),
        ("com1.tar.gz", "tep-com1.tar.gz"),
        ("COM¹.pdf", "tep-COM¹.pdf"),
        ("lpt².pdf", "tep-lpt².pdf"),
        ("con trai.pdf", "con trai.pdf"),
        ("hop-dong\u202efdp.exe", "hop-dongfdp.exe"),
        ("a\u200b\u2066b\ufeff.pdf", "ab.pdf"),
        ("nửa \ud83d ký tự.pdf", "nửa  ký tự.pdf"),
        ("😀.pdf", "tep.pdf"),
        ("ใบเสร็จ.pdf", "ใบเสร็จ.pdf"),
    ],
)
def test_a_name_is_made_safe(given_name: str, kept: str) -> None:
    assert safe_name(given_name) == kept


@pytest.mark.parametrize("name", ["Giấy chứng nhận.pdf", "Đơn đăng ký nhãn hiệu (lần 2).docx"])
def test_a_name_from_a_mac_keeps_its_letters(name: str) -> None:
    assert safe_name(unicodedata.normalize("NFD", name)) == name


@pytest.mark.parametrize(
    ("given_name", "suffixes", "kept"),
    [
        ("scan", (".pdf",), "scan.pdf"),
        ("scan.PDF", (".pdf",), "scan.PDF"),
        ("anh.png", (".jpg", ".jpeg"), "anh.jpg"),
        ("anh.jpeg", (".jpg", ".jpeg"), "anh.jpeg"),
        ("anh.jfif", (".jpg", ".jpeg"), "anh.jpg"),
        ("cai-dat.exe", (".pdf",), "cai-dat.pdf"),
        ("báo cáo 11.2026", (".pdf",), "báo cáo 11.2026.pdf"),
        ("12.HĐ", (".pdf",), "12.HĐ.pdf"),
        ("hợp đồng. bản cuối", (".docx",), "hợp đồng. bản cuối.docx"),
        ("", (".heic",), "tep.heic"),
    ],
)
def test_a_name_gets_the_suffix_of_its_kind(
    given_name: str, suffixes: tuple[str, ...], kept: str
) -> None:
    assert safe_name(given_name, suffixes) == kept


@given(st.text(max_size=400), st.sampled_from([(), (".pdf",), (".jpg", ".jpeg")]))
@example("a." + "b" * 300, ())
@example("." + "b" * 119 + ".pdf", ())
@example("ề" * 400 + ".pdf", (".pdf",))
@example("\u0300.pdf", ())
def test_no_name_leaves_its_folder_or_breaks_a_header(name: str, suffixes: tuple[str, ...]) -> None:
    kept = safe_name(name, suffixes)

    assert 0 < len(kept) <= NAME_LENGTH
    assert len(kept.encode()) <= NAME_BYTES
    assert not set(kept) & set('/\\\r\n\0":;%')
    assert kept not in {".", ".."}
    assert not suffixes or kept.lower().endswith(suffixes)
    assert safe_name(kept, suffixes) == kept


@pytest.mark.parametrize(
    ("name", "suffix"), [("A.CSV", ".csv"), ("a", ""), ("a.tar.gz", ".gz"), (".txt", ".txt")]
)
def test_the_suffix_is_read_off_the_name(name: str, suffix: str) -> None:
    assert suffix_of(name) == suffix
