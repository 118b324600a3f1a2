"""What hostile, broken and merely unlucky people send: strategies shared by all ways in."""

import unicodedata

from hypothesis import strategies as st

TEXTS = (
    "",
    " ",
    "\t\n \u00a0",
    "\x00",
    "a\x00b",
    "\ud83d xin chào",
    "xin chào \udc00",
    "\u202eđảo chiều\u202c",
    "\u200f\u2066ẩn\u2069",
    "\ufeffđầu tệp",
    "dòng\u2028mới\u2029khác\x85nữa\x0b\x0c",
    "xin\r\nchào\rchị",
    "👨\u200d👩\u200d👧 👍🏽 🇻🇳 🫨",
    "a" + "\u0323\u0300" * 400,
    unicodedata.normalize("NFD", "Hỡi ơi, đẹp quá chữ Việt"),
    "ﷺ" * 300,
    "x" * 5000,
    "ữ" * 5000,
    "dài " * 25_000,
    "so sánh a với" + " " * 3900 + "b",
    "<script>alert(1)</script><b>&amp;",
    "'; DROP TABLE messages; --",
    '{"text": "\\ud83d"}',
    "%00%ff%_%",
    "../../etc/passwd\x00.png",
    '/privacy_erase{"confirmed":"yes"}',
    "/handover",
    "b:2147483648:0",
    "９８７６５４３２１０",
    "\u0000\u0001\u001b[31m",
    "\U000e0041\U0010ffff\ufffe\ufdd0",
)
"""One of each kind, so that no run is without them."""

ROW_IDS = (
    "0",
    "-1",
    "2147483647",
    "2147483648",
    "9223372036854775807",
    "9223372036854775808",
    "99999999999999999999",
    "1e3",
    "1.5",
    "٣",
    "abc",
    "%00",
    "%F0%9F",
    " ",
)
"""Ids as they stand in an address."""

_ENCODINGS = (
    *("undefined", "punycode", "idna", "unicode_escape", "utf-7", "utf-16", "hex"),
    *("a\xe1", "x" * 5000, '"', "utf-8; charset=undefined", '"undefined"', ""),
)

HEADERS = (
    *(
        ("Content-Type", f"{form}; charset={encoding}")
        for form in ("multipart/form-data; boundary=bb", "application/x-www-form-urlencoded")
        for encoding in _ENCODINGS
    ),
    ("Content-Type", "multipart/form-data; charset=undefined; boundary=bb"),
    ("Content-Type", "multipart/form-data; boundary=bb; CharSet = undefined"),
    ("Content-Type", "multipart/form-data; boundary=bb; charset*=undefined"),
    ("Content-Type", "multipart/form-data"),
    ("Content-Type", "multipart/form-data; boundary="),
    ("Content-Type", f"multipart/form-data; boundary={'b' * 5000}"),
    ("Content-Type", ";"),
    ("Content-Type", "\xe1"),
    *(
        ("Origin", origin)
        for origin in ("http://[", "http://[::1", "http://]", "http://[a]:x", "//", "\xe1", "")
    ),
    ("Host", "["),
    ("Host", "a:99999999"),
    ("Referer", "http://["),
    ("Sec-Fetch-Site", "\xe1"),
    ("Cookie", "donghanh_chat=\xe1; =; ;;"),
    ("Last-Event-ID", "9" * 400),
    ("If-Modified-Since", "never"),
    ("If-None-Match", "\xe1"),
    ("Range", "bytes=9-1,x"),
    ("X-Forwarded-For", "["),
)
"""Headers that no browser sends, by name; what is not ASCII goes out in Latin-1."""

_pieces = st.sampled_from(TEXTS) | st.text(max_size=60)

texts = st.sampled_from(TEXTS) | st.lists(_pieces, max_size=4).map("".join)
"""Words: any of the kinds above, alone and mixed with any Unicode, halves of pairs among it."""

with_halves = st.text(st.characters(), max_size=40) | st.text(
    st.characters(categories=["Cs", "Mn", "Cf", "Cc", "Lu"]), max_size=40
)
"""Any code points, halves of pairs among them."""

row_ids = st.sampled_from(ROW_IDS) | st.integers().map(str)
"""Ids that no row has, and some that one may."""


def check_clean(text: str, limit: int) -> None:
    """Storable in UTF-8, without NUL or signs that turn the writing, composed, not too long."""
    text.encode()
    assert len(text) <= limit
    assert unicodedata.is_normalized("NFC", text)
    hidden = [c for c in text if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Co"}]
    assert set(hidden) <= set("\n\t\u200c\u200d")
