"""An article is found by what it is called, in any spelling."""

from collections import Counter

import pytest

from bot.domain.text.plain import plain
from bot.knowledge.library import Library


@pytest.mark.parametrize(
    "spelled",
    [
        str,
        str.upper,
        plain,
        lambda name: f"  {name}? ",
        lambda name: f"Dạ cho em hỏi {name} ạ",
        lambda name: f"ad ơi, {name} với nha",
    ],
)
def test_each_title_subject_and_button_leads_to_its_article(
    library: Library, spelled: object
) -> None:
    knowledge = library.current
    names = [
        (name, article.id)
        for article in knowledge.articles.values()
        for name in {article.title, article.subject, article.button}
    ]
    borne = Counter(plain(name) for name, _ in names)
    assert callable(spelled)
    lost = [
        (name, id_)
        for name, id_ in names
        if (found := knowledge.called(spelled(name))) is None or found.id != id_
    ]
    assert [one for one in lost if borne[plain(one[0])] == 1] == []
    # Two articles of one name would both be lost to who types it.
    assert len(lost) <= len(names) / 100


def test_other_words_are_no_name(library: Library) -> None:
    for text in ("", "???", "nhãn hiệu của đối thủ", "mấy giờ rồi", "cho em hỏi", "dạ vâng ạ"):
        assert library.current.called(text) is None
