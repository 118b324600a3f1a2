"""English is told from Vietnamese without accents, and leads to a person."""

import pytest

from actions.talking.english import is_english


@pytest.mark.parametrize(
    "text",
    [
        "How do I register a trademark in Vietnam?",
        "do you speak english?",
        "can I speak to someone in English",
        "What are the requirements for importing toys",
        "we need a certificate for our rice noodles",
    ],
)
def test_english_is_heard(text: str) -> None:
    assert is_english(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "iso 9001",
        "lean manufacturing",
        "barcode gs1 online",
        "hello ad",
        "barcode 893 registration fee",
        "list san pham can certificate of conformity",
        "science and technology enterprise certificate",
        "e mun dki nhan hieu thi can j z ad",
        "lam sao dang ky ma vach tren website",
        "can do kiem dinh o dau the",
        "Công ty em muốn làm marketing online and export",
        "tem QR code cho ocop lay o dau",
        "voucher innovation startup tay ninh",
        "do choi tre em co can hop quy khong",
    ],
)
def test_vietnamese_with_foreign_words_stays_vietnamese(text: str) -> None:
    assert not is_english(text)
