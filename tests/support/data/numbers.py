"""Numbers of owners for property tests: right ones, and the words around them."""

from hypothesis import strategies as st

WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
"""Of the nine digits before the check digit; counted here by hand, not by the library."""


def check_digit(nine: str) -> int:
    """The tenth digit of a tax code; 10 where there is none."""
    weighted = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, nine, strict=True))
    return 10 - weighted % 11


def digits(count: int) -> st.SearchStrategy[str]:
    """So many digits."""
    return st.text(alphabet="0123456789", min_size=count, max_size=count)


def nine_of(provinces: st.SearchStrategy[int]) -> st.SearchStrategy[str]:
    """The digits before the check digit: a province and a number."""
    numbers = digits(7).filter(lambda seven: seven != "0000000")
    return st.builds("{:02}{}".format, provinces, numbers)


def tax_codes_of(provinces: st.SearchStrategy[int]) -> st.SearchStrategy[str]:
    """Right tax codes of ten digits."""
    return (
        nine_of(provinces)
        .filter(lambda nine: check_digit(nine) < 10)
        .map(lambda nine: f"{nine}{check_digit(nine)}")
    )


nine = nine_of(st.integers(1, 99))
tax_codes = tax_codes_of(st.integers(1, 64))

undialled_codes = tax_codes_of(st.sampled_from([1, 4, 6, 10, 11, 38, 60]))
"""Of provinces whose codes no telephone number of ten digits looks like."""

branches = st.integers(1, 999).map("{:03}".format)

personal_numbers = st.builds(
    "{:03}{}{}{}".format,
    st.integers(1, 96),
    st.sampled_from("01"),
    digits(2),
    digits(6),
)

mobiles = st.builds(
    "0{}{}".format,
    st.sampled_from(["32", "38", "56", "70", "79", "83", "90", "91", "96", "98"]),
    digits(7),
)

polite = st.sampled_from(
    ["", "dạ ", "Dạ, ", "da ", "thưa anh, ", "ạ ", "cho em hỏi ", "😀 ", "* ", "\n", "1) "]
)
"""Before what matters."""

polite_ends = st.sampled_from(
    ["", " ạ", " nha", " nhé em", ".", "…", " 😀", "\n", " đó chị", ", ạ"]
)
"""Behind it."""
