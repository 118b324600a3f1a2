"""Charts, looked at by pixel."""

from io import BytesIO
from itertools import pairwise

import matplotlib.image
import numpy as np
import pytest
from matplotlib.figure import Figure
from numpy.typing import NDArray

from bot.charts import DARK, LIGHT, NUMBERS, Bar, Palette, bar_chart, dark_chart

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


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """As WCAG 2.2 counts it."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_words_and_bars_stand_out_from_their_ground(palette: Palette) -> None:
    for ink in (palette.ink, palette.quiet, palette.weak_ink):
        assert contrast(ink, palette.ground) >= 4.5
    for bar in (palette.strong_bar, palette.weak_bar):
        assert contrast(bar, palette.track) >= 3


def test_a_picture_is_drawn_again_for_a_dark_page_from_its_own_file() -> None:
    bars = [*BARS, Bar("Trước đây", 30, before=80)]
    png = bar_chart("5S: 42%", bars, note="Cam: nên làm trước")
    dark = dark_chart(png)
    assert dark == bar_chart("5S: 42%", bars, note="Cam: nên làm trước", palette=DARK)
    assert dark != png
    assert area(dark, DARK.ground) > 100_000
    assert area(dark, LIGHT.ground) == area(dark, LIGHT.track) == 0


BAR = '["a", 1, true, 1]'


def said(numbers: str) -> bytes:
    """A picture of somebody's that says of itself what it shows."""
    png = BytesIO()
    Figure(figsize=(1, 1)).savefig(png, format="png", metadata={NUMBERS: numbers})
    return png.getvalue()


@pytest.mark.parametrize(
    "png",
    [
        b"",
        b"GIF89a",
        bar_chart("t", BARS)[:60],
        said("no numbers"),
        said("[" * 100_000),
        said('{"title": "t", "note": "", "bars": [["a", 101, false, null]]}'),
        said('{"title": "t", "note": "", "bars": [["a", 10, false, "x"]]}'),
        said('{"title": "t", "note": "", "bars": []}'),
        said(f'{{"title": "{"t" * 400}", "note": "", "bars": [["a", 1, false, null]]}}'),
        said(f'{{"title": "t", "note": "", "bars": [{",".join([BAR] * 41)}]}}'),
    ],
    ids=range(10),
)
def test_what_is_no_chart_of_ours_is_not_drawn(png: bytes) -> None:
    assert dark_chart(png) is None


def test_it_is_a_picture_for_a_phone() -> None:
    png = bar_chart("5S: 42%", BARS, note="note")
    assert pixels(png).shape == (500, 900, 3)
    assert len(png) < 100_000


def test_the_same_numbers_give_the_same_bytes() -> None:
    assert bar_chart("5S", BARS, note="n") == bar_chart("5S", BARS, note="n")


def test_its_bytes_do_not_name_the_software() -> None:
    assert b"matplotlib" not in bar_chart("5S", BARS).lower()


def test_a_longer_bar_covers_more() -> None:
    areas = [
        area(bar_chart("t", [Bar("a", percent)]), LIGHT.strong_bar) for percent in (0, 20, 60, 100)
    ]
    assert all(shorter < longer for shorter, longer in pairwise(areas))
    assert areas[0] < 50


def test_marked_bars_have_their_own_colour() -> None:
    plain, marked = (bar_chart("t", [Bar("a", 50, marked=m)]) for m in (False, True))
    assert area(plain, LIGHT.weak_bar) < 50 < area(marked, LIGHT.weak_bar)
    assert area(marked, LIGHT.strong_bar) < 50 < area(plain, LIGHT.strong_bar)


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
