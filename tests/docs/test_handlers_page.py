"""The picture of who handles a conversation is drawn from the table of moves."""

from tests.support.handlers import drawn, picture


def test_the_picture_is_drawn_from_the_table_of_moves() -> None:
    assert drawn() == picture()
