import pytest
from hypothesis import given
from hypothesis import strategies as st

from vietnamese import strip_accents, tokens
from vietnamese.lexicon import Lexicon
from vietnamese.restorer import Restorer

SENTENCES = [
    "đăng ký nhãn hiệu ở đâu",
    "đăng ký mã vạch hết bao nhiêu tiền",
    "dấu hợp quy là gì",
    "dấu định lượng là gì",
    "máy cũ bao nhiêu năm thì được nhập",
    "hồ sơ gồm mấy bước",
    "mã vạch là gì",
]


@pytest.fixture(scope="module")
def restorer() -> Restorer:
    return Restorer(Lexicon([tokens(sentence) for sentence in SENTENCES]))


@pytest.mark.parametrize("sentence", SENTENCES)
def test_what_was_learnt_comes_back(restorer: Restorer, sentence: str) -> None:
    assert restorer.restore(tokens(strip_accents(sentence))) == tokens(sentence)


@pytest.mark.parametrize(
    ("bare", "restored"),
    [("dau hop quy", "dấu hợp quy"), ("ma vach o dau", "mã vạch ở đâu")],
)
def test_the_neighbour_decides_between_two_readings(
    restorer: Restorer, bare: str, restored: str
) -> None:
    assert restorer.restore(bare.split()) == restored.split()


def test_what_carries_a_mark_or_was_never_seen_stays(restorer: Restorer) -> None:
    assert restorer.restore(["đầu", "blockchain", "9001"]) == ["đầu", "blockchain", "9001"]


def test_nothing_learnt_changes_nothing() -> None:
    assert Restorer(Lexicon([])).restore(["ma", "vach"]) == ["ma", "vach"]
    assert Restorer(Lexicon([["mã"]])).restore([]) == []


@given(st.lists(st.sampled_from(["ma", "mã", "vach", "dau", "x", "la", "gi"]), max_size=15))
def test_only_accents_change(words: list[str]) -> None:
    restored = Restorer(Lexicon([tokens(sentence) for sentence in SENTENCES])).restore(words)
    assert [strip_accents(word) for word in restored] == [strip_accents(word) for word in words]
