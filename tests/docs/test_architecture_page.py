"""The page of the architecture shows the folders as the code has them."""

from tests.support.rooms import PAGE, page


def test_the_table_is_drawn_from_the_code() -> None:
    assert PAGE.read_text(encoding="utf-8").endswith(page()), (
        "run `.venv/bin/python -m tests.support.rooms`"
    )
