"""Charts, looked at by pixel."""

from io import BytesIO
from itertools import pairwise

import matplotlib.image
import numpy as np
import pytest
from numpy.typing import NDArray

from bot.charts import STRONG_BAR, WEAK_BAR, Bar, bar_chart

BARS = [
    Bar("Sàng lọc", 64),
    Bar("Sắp xếp", 48, marked=True),
    Bar("Sạch sẽ", 72),
    Bar("Săn sóc", 28, marked=True),
    Bar("Sẵn sàng", 0, marked=True),
]


def pixels(png: bytes) -> NDArray[np.uint8]:
    image = matplotlib.image.imread(BytesIO(png), format="png")
    return (np.asarray(image)[:, :, :3] * 255).round().astype(np.uint8)


def area(png: bytes, colour: str) -> int:
    wanted = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)])
    return int((np.abs(pixels(png).astype(int) - wanted) <= 2).all(axis=2).sum())


def test_it_is_a_picture_for_a_phone() -> None:
    png = bar_chart("5S: 42%", BARS, note="note")
    assert pixels(png).shape == (500, 900, 3)
    assert len(png) < 100_000


def test_the_same_numbers_give_the_same_bytes() -> None:
    assert bar_chart("5S", BARS, note="n") == bar_chart("5S", BARS, note="n")


def test_its_bytes_do_not_name_the_software() -> None:
    assert b"matplotlib" not in bar_chart("5S", BARS).lower()


def test_a_longer_bar_covers_more() -> None:
    areas = [area(bar_chart("t", [Bar("a", percent)]), STRONG_BAR) for percent in (0, 20, 60, 100)]
    assert all(shorter < longer for shorter, longer in pairwise(areas))
    assert areas[0] < 50


def test_marked_bars_have_their_own_colour() -> None:
    plain, marked = (bar_chart("t", [Bar("a", 50, marked=m)]) for m in (False, True))
    assert area(plain, WEAK_BAR) < 50 < area(marked, WEAK_BAR)
    assert area(marked, STRONG_BAR) < 50 < area(plain, STRONG_BAR)


@pytest.mark.parametrize("letters", ["ăâđêôơư", "ẮẰẲẴẶ", "ỗộớờởỡợ", "ứừửữựỳỵỷỹ"])
def test_every_vietnamese_letter_has_a_shape(
    letters: str, recwarn: pytest.WarningsRecorder
) -> None:
    bar_chart(letters, [Bar(letters, 50)], note=letters)
    assert not [w for w in recwarn if "Glyph" in str(w.message)]


def test_a_long_label_stays_on_the_picture() -> None:
    long = "Quản lý thông tin và dữ liệu"
    frame = pixels(bar_chart("t", [Bar(long, 50), Bar("a", 10)]))
    assert (frame[:, :4] == 255).all()


def test_the_picture_grows_with_its_bars() -> None:
    assert pixels(bar_chart("t", [*BARS, *BARS])).shape == (840, 900, 3)
