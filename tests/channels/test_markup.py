"""The light Markdown on every channel, and hostile input."""

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.telegram.markup import telegram_parts, utf16_units
from bot.texts.html import owner_html, to_html
from bot.texts.markup import printable, to_plain
from tests.support.doubles.telegram_server import _parsed
from tests.support.stands.channel_stand import shown_text

PIECES = st.sampled_from(
    [
        "**",
        "*",
        "_",
        "- ",
        "1. ",
        "\n",
        "\n\n",
        "  - ",
        "<b>",
        "</b>",
        "<",
        ">",
        "\n> ",
        "&",
        "&amp;",
        "`",
        "😀",
        "👨\u200d👩\u200d👧",
        "chữ ",
        unicodedata.normalize("NFD", "ỡ đẹp "),
        "\x00",
        "\r\n",
        "\\",
        "�",
        "https://a.vn/?x=1&y=<z>",
        '"',
        "'",
        "[a](b)",
        "x" * 50,
        "&" * 30,
    ]
)
HOSTILE = st.lists(PIECES, max_size=120).map("".join) | st.text(max_size=400)


def letters(text: str) -> str:
    """All visible characters but the marks that a rendering may drop or add."""
    return re.sub(r"[\s*•\->]+|\d{1,3}[.)]", "", printable(text))


ASIDE = "Trả lời.\n\n> Căn cứ · **1** điểm\n> - Luật <A>\n> Lưu ý: x > y\nsau"


def test_an_aside_is_folded_behind_its_first_line() -> None:
    assert to_html(ASIDE) == (
        '<p>Trả lời.</p><details class="aside"><summary>Căn cứ · <strong>1</strong> điểm</summary>'
        "<ul><li>Luật &lt;A&gt;</li></ul><p>Lưu ý: x &gt; y</p></details><p>sau</p>"
    )
    assert to_html("> một dòng") == '<p class="aside">một dòng</p>'
    assert to_html(">không\n>\n>  ") == "<p>&gt;không<br>&gt;<br>&gt;</p>"


def test_telegram_folds_an_aside_by_itself() -> None:
    [part] = telegram_parts(ASIDE)
    assert part.html == (
        "Trả lời.\n\n<blockquote expandable>Căn cứ · <b>1</b> điểm\n• Luật &lt;A&gt;\n"
        "Lưu ý: x &gt; y</blockquote>\nsau"
    )
    assert part.plain == to_plain(ASIDE)
    assert "> " not in part.plain.replace("x > y", "")


def test_a_long_aside_stays_one_in_every_part() -> None:
    parts = telegram_parts("> " + "từ " * 60, limit=100)
    assert len(parts) > 1
    assert all(part.html.startswith("<blockquote expandable>từ") for part in parts)
    assert all(utf16_units(part.html) <= 100 for part in parts)


def test_the_dialect_as_telegram_html() -> None:
    parts = telegram_parts("Chào **anh <x>**\n\n- một & hai\n  - sâu\n1. ba")
    expected = "Chào <b>anh &lt;x&gt;</b>\n\n• một &amp; hai\n  • sâu\n1. ba"
    assert [part.html for part in parts] == [expected]
    assert parts[0].plain == "Chào anh <x>\n\n- một & hai\n  - sâu\n1. ba"


def test_the_dialect_as_web_html() -> None:
    html = to_html("Chào **anh**\ndòng hai\n\n- một\n- hai\n\n3. ba")
    assert html == (
        "<p>Chào <strong>anh</strong><br>dòng hai</p>"
        '<ul><li>một</li><li>hai</li></ul><ol><li value="3">ba</li></ol>'
    )


def test_an_address_becomes_a_link_and_keeps_its_sentence() -> None:
    html = to_html("Xem https://a.vn/b?c=1&d=2, nhé. javascript:alert(1)")
    assert 'href="https://a.vn/b?c=1&amp;d=2"' in html
    assert html.count("<a ") == 1
    assert shown_text(html) == "Xem https://a.vn/b?c=1&d=2, nhé. javascript:alert(1)"


def test_an_owner_s_words_keep_their_marks() -> None:
    assert owner_html("**a** <b>\n- x") == "<p>**a** &lt;b&gt;<br>- x</p>"


@pytest.mark.parametrize("text", ["a * b * c", "ma_so_thue", "** hở", "*nghiêng*", "2 ** 3"])
def test_broken_or_foreign_marks_stay_as_they_are(text: str) -> None:
    assert to_plain(text) == text
    assert telegram_parts(text)[0].plain == text


def test_paragraphs_stay_whole_where_they_fit() -> None:
    text = "\n\n".join("x" * 30 for _ in range(5))
    assert [part.plain for part in telegram_parts(text, limit=70)] == [
        "x" * 30 + "\n\n" + "x" * 30,
        "x" * 30 + "\n\n" + "x" * 30,
        "x" * 30,
    ]


def test_a_long_line_is_cut_between_words_and_stays_bold() -> None:
    parts = telegram_parts("**" + "chữ " * 30 + "hết**", limit=40)
    assert all(re.fullmatch(r"<b>[^<]*</b>", part.html) for part in parts)
    assert all(re.fullmatch(r"(chữ )*(chữ|hết)", part.plain) for part in parts)


@pytest.mark.parametrize(
    "text",
    [
        "*" * 20000,
        "**a " * 5000,
        "- " * 10000,
        "&" * 20000,
        "😀" * 20000,
        "_a*b**c" * 2800,
        "<b>" * 6600,
        "x" * 20000,
        "a\n" * 10000,
        unicodedata.normalize("NFD", "ữ" * 6600),
    ],
)
def test_twenty_thousand_hostile_characters(text: str) -> None:
    check_telegram(text, limit=4000)
    assert letters(shown_text(to_html(text))) == letters(text)


@settings(max_examples=150)
@given(HOSTILE, st.integers(min_value=60, max_value=400))
def test_any_text_becomes_valid_telegram_parts(text: str, limit: int) -> None:
    check_telegram(text, limit)


@settings(max_examples=150)
@given(HOSTILE)
def test_any_text_becomes_harmless_html_and_loses_nothing(text: str) -> None:
    assert letters(shown_text(to_html(text))) == letters(text)
    assert letters(shown_text(owner_html(printable(text)))) == letters(text)
    assert letters(to_plain(text)) == letters(text)


def check_telegram(text: str, limit: int) -> None:
    """Telegram takes every part, none is too long, and together they are the text."""
    parts = telegram_parts(text, limit)
    for part in parts:
        assert utf16_units(part.html) <= limit
        assert utf16_units(part.plain) <= limit
        assert unicodedata.is_normalized("NFC", part.html)
        seen = _parsed(part.html)
        assert letters(seen) == letters(part.plain)
    assert letters("\n".join(part.plain for part in parts)) == letters(text)
