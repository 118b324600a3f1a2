"""What an owner wishes of his data, in whatever words: shown or asked about, never done at once."""

from actions.shape.desk import Desk
from actions.shape.house_action import Response
from actions.shape.turn import Turn
from bot.domain.correction import REMEMBERED
from bot.domain.talk.own_data import OwnData, wished_below_the_list, wished_of_data
from bot.domain.talk.payload import payload
from bot.domain.talk.reply import Reply
from bot.domain.talk.understanding import Outcome, Understanding
from bot.services.privacy.erasures import confirmation
from bot.services.privacy.privacy import PrivacyService


def own_data(desk: Desk, turn: Turn) -> Response | None:
    """The list, the question before erasing, or who writes to him; None where nothing is wished."""
    wished = None if turn.pressed else wished_of_data(turn.text) or _of_what_was_shown(turn)
    match wished:
        case None:
            return None
        case OwnData.SEE:
            return Response([what_is_kept(desk, turn)])
        case OwnData.ERASE:
            asked = Understanding(outcome=Outcome.PRIVACY)
            return Response([Reply(message=confirmation(desk.texts), understanding=asked)])
        case OwnData.SILENCE:
            erase = desk.choice("privacy.choice_erase", payload("privacy_erase"))
            choices = [] if turn.active_form else [erase]
            return Response([desk.say("privacy.silence", Outcome.PRIVACY, choices)])


def _of_what_was_shown(turn: Turn) -> OwnData | None:
    """What words below the list of one's data mean: "xóa dùm cô hết đi"."""
    return wished_below_the_list(turn.text) if "privacy_erase" in turn.offered else None


def what_is_kept(desk: Desk, turn: Turn) -> Reply:
    """Everything that is kept of the owner, with the ways to change it."""
    with desk.house.database.reading() as session:
        privacy = PrivacyService(session, desk.house.settings.files_dir)
        kept = privacy.see(turn.conversation_id, now=desk.now())
    choices = [
        desk.choice("privacy.choice_correct", payload("privacy_correct")),
        desk.choice("privacy.choice_erase", payload("privacy_erase")),
    ]
    return desk.say(
        "privacy.see",
        Outcome.PRIVACY,
        [] if turn.active_form else choices,
        name=kept.name,
        phone=kept.phone,
        email=kept.email,
        enterprise=kept.enterprise,
        messages=kept.messages,
        articles=kept.articles,
        assessments=kept.assessments,
        days=REMEMBERED.days,
        requests=", ".join(kept.requests),
    )
