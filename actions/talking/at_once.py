"""What is answered before anything is searched for, wherever the classifier puts it."""

from actions.shape.desk import Desk
from actions.shape.house_action import Response
from actions.shape.turn import Turn
from actions.talking.about_answer import about_answer
from actions.talking.about_us import about_us
from actions.talking.english import in_english
from actions.talking.for_people import for_people
from actions.talking.plain_wish import plain_wish


def answered_at_once(desk: Desk, turn: Turn) -> Response | None:
    """Words in English, how the department is reached, a word on the answer; None else."""
    return (
        in_english(desk, turn)
        or about_us(desk, turn)
        or about_answer(desk, turn)
        or for_people(desk, turn)
        or plain_wish(turn)
    )
