"""Of what one wants to be told, and when not."""

from dataclasses import dataclass

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from bot.console.frame.forms import every_field, field
from bot.console.frame.gate import InHouse, SignedIn, Submitted, Visitor
from bot.console.frame.pages import pages_of, path_of
from bot.domain.office.quiet_hours import NONE, QuietHours, read_hour
from bot.domain.requests.alert import AlertKind
from bot.house import House
from bot.mailer import Mailer
from bot.services.alerts.alert_wishes import AlertWishes, AlertWishService
from bot.services.alerts.mail_box import MailBoxService
from bot.services.alerts.mails import MailService

router = APIRouter(prefix="/account/alerts")


@dataclass(frozen=True)
class Entered:
    """The form as it is shown: from what is kept, or as it was sent."""

    kinds: frozenset[AlertKind]
    sounds: bool
    quiet_from: str
    quiet_to: str

    @classmethod
    def of(cls, wishes: AlertWishes) -> "Entered":
        """What is kept; no quiet hours leave both boxes empty."""
        quiet = wishes.quiet
        hours = ("", "") if quiet == NONE else (f"{quiet.start:%H:%M}", f"{quiet.end:%H:%M}")
        return cls(wishes.kinds, wishes.sounds, *hours)

    def wishes(self) -> AlertWishes:
        """What is to be kept.

        Raises:
            ValueError: one of the hours is none, or stands alone.
        """
        quiet = NONE
        if self.quiet_from or self.quiet_to:
            quiet = QuietHours(read_hour(self.quiet_from), read_hour(self.quiet_to))
        return AlertWishes(self.kinds, self.sounds, quiet)


@router.get("", name="show_alert_wishes")
def show_alert_wishes(request: Request, house: InHouse, visitor: SignedIn) -> Response:
    """The form."""
    return wishes_page(request, house, visitor, Entered.of(visitor.wishes))


@router.post("", name="save_alert_wishes")
def save_alert_wishes(
    request: Request, house: InHouse, visitor: SignedIn, form: Submitted
) -> Response:
    """Keeps the wishes; the open tabs follow them at once."""
    ticked = every_field(form).get("kind", [])
    entered = Entered(
        kinds=frozenset(kind for kind in AlertKind if kind in ticked),
        sounds=bool(field(form, "sounds")),
        quiet_from=field(form, "quiet_from"),
        quiet_to=field(form, "quiet_to"),
    )
    try:
        wishes = entered.wishes()
    except ValueError:
        problem = house.texts.say("alert.quiet_hours")
        return wishes_page(request, house, visitor, entered, status=422, problem=problem)
    with house.database.transaction() as session:
        AlertWishService(session).keep(visitor.id, wishes)
    target = f"{path_of(request, 'show_alert_wishes')}?done=alerts_saved"
    return RedirectResponse(target, status_code=303)


def wishes_page(  # noqa: PLR0913  (each is one thing of the page)
    request: Request,
    house: House,
    visitor: Visitor,
    entered: Entered,
    *,
    status: int = 200,
    problem: str = "",
    mail_problem: str = "",
    typed: str = "",
) -> Response:
    """The page; `typed`: an address that was refused."""
    with house.database.reading() as session:
        box = MailBoxService(session, house.texts).of(visitor.id)
        newest = MailService(session).newest(visitor.id)
    return pages_of(request).page(
        request,
        "alert_wishes.html",
        status=status,
        entered=entered,
        kinds=list(AlertKind),
        problem=problem,
        can_mail=Mailer(house.settings).is_on,
        box=box,
        newest_mail=newest,
        mail_problem=mail_problem,
        typed=typed,
    )
