"""English is told from Vietnamese, with its borrowed words and without its accents."""

import json
import re
from collections.abc import Iterator

import pytest
from ruamel.yaml import YAML

from bot.knowledge.library import Library
from bot.settings import ROOT
from vietnamese.foreign.english import is_english, is_vietnamese

ENGLISH_ALL_THE_SAME = frozenset(
    {
        "annual fee barcode Vietnam",
        "application form national quality award, deadline",
        "authorization letter foreign barcode",
        "buy one get one free",
        "country code barcode list",
        "decree sanction about measurement quality",
        "eligibility national quality award",
        "happy birthday to you",
        "hello how are you today",
        "how many GTIN per company prefix",
        "how old are you",
        "i love this movie",
        "i love you",
        "is it going to rain tomorrow",
        "measuring instruments group 2 list",
        "new law 2026 about product quality in Vietnam",
        "order a pizza for me",
        "over-age machinery import approval",
        "play my favorite song",
        "science and technology enterprise certificate",
        "see you",
        "thank god it is friday",
        "traceability mandatory list Vietnam 2026",
        "turn on the light please",
        "used machine age limit Vietnam",
        "verification vs calibration",
        "what is the weather like in Hanoi",
        "what is your name",
        "what time is it",
        "where is the nearest hospital",
        "who won the match",
    }
)
"""Messages among the examples that hold no Vietnamese word."""


def vietnamese_messages(library: Library) -> Iterator[str]:
    """Whatever owners write in our examples, phrasings and talks."""
    for file in sorted((ROOT / "nlu_data" / "nlu").glob("*.yml")):
        for intent in YAML(typ="safe").load(file.read_text(encoding="utf-8"))["nlu"]:
            yield from re.findall(r"^- (.*)$", intent["examples"], re.MULTILINE)
    for article in library.current.articles.values():
        yield from (article.title, article.button, article.subject, *article.phrasings)
    messages = ROOT / "nlu_data" / "evaluation" / "messages.jsonl"
    yield from (json.loads(line)["text"] for line in messages.read_text("utf-8").splitlines())
    for file in sorted((ROOT / "nlu_data" / "talks" / "seen").glob("*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            yield from json.loads(line)["turns"]


def test_no_vietnamese_message_of_ours_is_taken_for_english(library: Library) -> None:
    messages = set(vietnamese_messages(library))
    assert len(messages) > 10_000

    taken = {message for message in messages if is_english(message)}

    assert taken - ENGLISH_ALL_THE_SAME == set()


@pytest.mark.parametrize(
    "text",
    [
        "How do I register a trademark in Vietnam?",
        "do you speak english?",
        "What are the requirements for importing toys",
        "we need a certificate for our rice noodles",
        "barcode fee",
        "iso 9001 certificate",
        "how long iso 9001",
        "what’s the price for barcodes",
        "Where do I get a licence in Tây Ninh?",
        "trademark renewal",
        "food safety certificate for my bakery",
    ],
)
def test_english_is_heard(text: str) -> None:
    assert is_english(text)
    assert not is_vietnamese(text)


@pytest.mark.parametrize(
    "text",
    [
        "barcode giá nhiêu",
        "brand name cho shop",
        "check giúp em ISO",
        "check giup em ISO voi ad",
        "list san pham can certificate of conformity",
        "e mun dki nhan hieu thi can j z ad",
        "lam sao dang ky ma vach tren website",
        "can do kiem dinh o dau the",
        "Công ty em muốn làm marketing online and export",
        "tem QR code cho ocop lay o dau",
        "voucher innovation startup tay ninh",
        "do choi tre em co can hop quy khong",
        "register trademark o dau a",
        "phí online export bên mình sao ạ",
    ],
)
def test_vietnamese_with_borrowed_words_stays_vietnamese(text: str) -> None:
    assert not is_english(text)


@pytest.mark.parametrize("text", ["", "iso 9001", "lean manufacturing", "barcode gs1 online", "QR"])
def test_words_of_both_languages_are_neither(text: str) -> None:
    assert not is_english(text)
    assert not is_vietnamese(text)


@pytest.mark.parametrize("text", ["bao nhieu tien", "mất bao lâu", "cho hỏi phí mã vạch", "ở đâu"])
def test_vietnamese_is_known_without_accents_too(text: str) -> None:
    assert is_vietnamese(text)


@pytest.mark.parametrize("text", ["Nguyễn Văn An", "Green Farm Co., Ltd", "0909 123 456", "ok"])
def test_names_and_numbers_are_no_language(text: str) -> None:
    assert not is_english(text)
    assert not is_vietnamese(text)
