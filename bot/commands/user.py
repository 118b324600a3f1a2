"""`donghanh user`: people of the department, from the command line."""

import uuid
from collections.abc import Callable
from typing import Annotated

import typer
from sqlalchemy.orm import Session

from bot.commands.groundwork.installed import installed_settings
from bot.console.frame.offices import answering_offices, check_office, own_names
from bot.console.people.links import password_link
from bot.domain.office.address import read_address
from bot.domain.office.roles import Role
from bot.domain.office.trail import Deed, TrailKind
from bot.house import House, open_house
from bot.mailer import Mail, Mailer, MaybeSent, NotSent
from bot.services.alerts.mails import DOMAIN
from bot.services.requests.cases import CaseService
from bot.services.staff.officers import OfficerRefused, OfficerService, propose_username
from bot.services.staff.passwords import PasswordRefused, check_password
from bot.services.staff.second_factors import SecondFactorService
from bot.services.staff.secret_tokens import new_token
from bot.services.staff.sign_in import SignInService
from bot.services.staff.trail import Trail
from bot.settings import Settings
from bot.storage.models import Officer
from bot.texts import default_texts

app = typer.Typer(help="People of the department.", no_args_is_help=True)

BY_LINK = "Print a one-time link by which the person sets her own password."

Username = Annotated[str, typer.Argument(help="User name.")]


def add_user(  # noqa: PLR0913  (each is one fact of a person)
    house: House, username: str, *, full_name: str, role: Role, office: str, password: str | None
) -> str:
    """Adds a person; returns the sentence that says so.

    `password`: a temporary one; None: the person sets her own by the link in the sentence.

    Raises:
        PasswordRefused: the password is weak.
        OfficerRefused: user name, name or office is unfit, or the user name is taken.
    """
    check_office(house, office)
    if password is not None:
        own = own_names(house, full_name, office)
        check_password(password, password, username=username, own=own)
    with house.database.transaction() as session:
        officer = OfficerService(session).add(
            username,
            full_name=full_name,
            role=role,
            office=office,
            password=new_token() if password is None else password,
            now=house.clock(),
        )
        link = password_link(house, session, officer) if password is None else ""
        _note(house, session, "add_person", officer)
    added = house.texts.say("people.added", full_name=officer.full_name, username=officer.username)
    return f"{added}\n{house.texts.say('people.link', link=link)}" if link else added


def link_user(house: House, username: str) -> str:
    """Makes a one-time link by which a person sets her own password; the sentence with it.

    Raises:
        OfficerRefused: nobody has this name, or the person is locked out.
    """
    with house.database.transaction() as session:
        officer = _known(OfficerService(session), username)
        if not officer.active:
            raise OfficerRefused("disabled")
        _note(house, session, "make_password_link", officer)
        return house.texts.say("people.link", link=password_link(house, session, officer))


def unlock_user(house: House, username: str, address: str = "") -> str:
    """Forgets the failed sign-ins of a person, and of an address; the sentence that says so.

    Raises:
        OfficerRefused: nobody has this name.
    """
    with house.database.transaction() as session:
        officer = _known(OfficerService(session), username)
        SignInService(session).unlock(officer, address)
        _note(house, session, "unlock_person", officer)
    return house.texts.say("people.unlocked", username=officer.username)


def drop_second_factor_of(house: House, username: str) -> str:
    """Takes a person's second factor away and ends her sessions; the sentence that says so.

    Raises:
        OfficerRefused: nobody has this name.
    """
    with house.database.transaction() as session:
        service = OfficerService(session)
        officer = _known(service, username)
        SecondFactorService(session, house.seal).drop(officer.id)
        service.sign_out(officer)
        _note(house, session, "take_second_factor", officer)
    return house.texts.say("people.second_factor_taken", username=officer.username)


def enable_user(house: House, username: str) -> str:
    """Lets a person who was locked out in again; returns the sentence that says so.

    Raises:
        OfficerRefused: nobody has this name.
    """
    with house.database.transaction() as session:
        service = OfficerService(session)
        officer = _known(service, username)
        service.enable(officer)
        _note(house, session, "enable_person", officer)
    return house.texts.say("people.enabled", username=officer.username)


def change_user(
    house: House,
    username: str,
    *,
    full_name: str | None = None,
    role: Role | None = None,
    office: str | None = None,
) -> str:
    """Changes what is given and puts back what the person no longer sees; says so.

    Raises:
        OfficerRefused: nobody has this name, name or office is unfit, or the house would be left
            without an administrator.
    """
    if office is not None:
        check_office(house, office)
    with house.database.transaction() as session:
        service = OfficerService(session)
        service.hold_everybody()
        officer = _known(service, username)
        service.change(
            officer,
            full_name=officer.full_name if full_name is None else full_name,
            role=role or Role(officer.role),
            office=office or officer.office,
        )
        _note(house, session, "change_person", officer)
        cases = CaseService(session, house.texts, house.library.current)
        released = cases.let_go(officer, None, now=house.clock())
    return house.texts.say("people.changed", username=officer.username, released=len(released))


def list_users(house: House) -> list[str]:
    """One line a person, active ones first."""
    with house.database.reading() as session:
        people = OfficerService(session).everybody()
    if not people:
        return [house.texts.say("people.nobody")]
    return [
        house.texts.say(
            "people.listed",
            username=person.username,
            full_name=person.full_name,
            role=house.texts.say(f"people.role_{person.role}"),
            office=person.office,
            active=person.active,
        )
        for person in people
    ]


def disable_user(house: House, username: str) -> str:
    """Locks a person out and puts back what he held; returns the sentence that says so.

    Raises:
        OfficerRefused: nobody has this name, or it is the last administrator.
    """
    with house.database.transaction() as session:
        service = OfficerService(session)
        service.hold_everybody()
        officer = _known(service, username)
        service.disable(officer)
        _note(house, session, "disable_person", officer)
        cases = CaseService(session, house.texts, house.library.current)
        released = cases.let_go(officer, None, now=house.clock())
    return house.texts.say("people.disabled", username=officer.username, released=len(released))


def set_user_password(house: House, username: str, password: str) -> str:
    """Sets a temporary password and ends old sessions; returns the sentence that says so.

    Raises:
        PasswordRefused: the password is weak.
        OfficerRefused: nobody has this name.
    """
    with house.database.transaction() as session:
        service = OfficerService(session)
        officer = _known(service, username)
        own = own_names(house, officer.full_name, officer.office)
        check_password(password, password, username=officer.username, own=own)
        service.set_password(officer, password, temporary=True)
        _note(house, session, "reset_password", officer)
    return house.texts.say("people.password_set", username=officer.username)


@app.command()
def add(
    name: Annotated[str, typer.Option(help="Full name.")],
    office: Annotated[str, typer.Option(help="Office id, as in offices.yml.")],
    username: Annotated[
        str | None, typer.Argument(help="User name; left out: one that nobody guesses.")
    ] = None,
    role: Annotated[Role, typer.Option(help="What the person may do.")] = Role.OFFICER,
    link: Annotated[bool, typer.Option("--link", help=BY_LINK)] = False,
) -> None:
    """Adds a person; asks for a temporary password, or prints a one-time link."""
    house = _house()
    called = username or propose_username()
    try:
        given = None if link else _ask_password(house)
        typer.echo(
            add_user(house, called, full_name=name, role=role, office=office, password=given)
        )
    except (OfficerRefused, PasswordRefused) as refused:
        raise _failed(house, refused, called) from refused


@app.command()
def change(
    username: Username,
    name: Annotated[str | None, typer.Option(help="Full name.")] = None,
    office: Annotated[str | None, typer.Option(help="Office id, as in offices.yml.")] = None,
    role: Annotated[Role | None, typer.Option(help="What the person may do.")] = None,
) -> None:
    """Changes name, office or role; held cases out of sight go back into their queues."""
    house = _house()
    _say(
        house,
        username,
        lambda: change_user(house, username, full_name=name, role=role, office=office),
    )


@app.command("list")
def list_() -> None:
    """Lists everybody."""
    for line in list_users(_house()):
        typer.echo(line)


@app.command()
def offices() -> None:
    """Lists the offices that a person can belong to."""
    for office in answering_offices(_house()):
        typer.echo(f"{office.id} · {office.title}")


@app.command()
def disable(username: Username) -> None:
    """Locks a person out; sessions end at once, held cases go back into their queues."""
    house = _house()
    _say(house, username, lambda: disable_user(house, username))


@app.command()
def enable(username: Username) -> None:
    """Lets a person who was locked out in again."""
    house = _house()
    _say(house, username, lambda: enable_user(house, username))


@app.command()
def unlock(
    username: Username,
    address: Annotated[str, typer.Option(help="Forget the failures from this address, too.")] = "",
) -> None:
    """Forgets a person's failed sign-ins, so that nobody waits 15 minutes."""
    house = _house()
    _say(house, username, lambda: unlock_user(house, username, address))


@app.command("drop-second-factor")
def drop_second_factor(username: Username) -> None:
    """Takes the second factor of a person away whose telephone is gone; sessions end."""
    house = _house()
    _say(house, username, lambda: drop_second_factor_of(house, username))


@app.command()
def link(username: Username) -> None:
    """Prints a one-time link by which a person sets her own password."""
    house = _house()
    _say(house, username, lambda: link_user(house, username))


@app.command()
def password(username: Username) -> None:
    """Sets a temporary password, to be changed at the next sign-in; asks for it."""
    house = _house()
    _say(house, username, lambda: set_user_password(house, username, _ask_password(house)))


def _say(house: House, username: str, step: Callable[[], str]) -> None:
    """Takes a step and prints its sentence, or why it was not taken."""
    try:
        typer.echo(step())
    except (OfficerRefused, PasswordRefused) as refused:
        raise _failed(house, refused, username) from refused


def _house() -> House:
    return open_house(installed_settings())


def _note(house: House, session: Session, act: str, officer: Officer) -> None:
    """Leaves the line that the page leaves for the same step; nobody is known to have taken it."""
    subject = str(officer.id)
    deed = Deed(TrailKind.PEOPLE, act, subject_kind="person", subject=subject)
    Trail(session).write(deed, now=house.clock())


def _known(service: OfficerService, username: str) -> Officer:
    officer = service.by_username(username)
    if officer is None:
        raise OfficerRefused("unknown")
    return officer


def _ask_password(house: House) -> str:
    # Asked for, never given as an argument: arguments stay in the shell's history.
    entered: str = typer.prompt(house.texts.say("people.ask_password"), hide_input=True)
    again: str = typer.prompt(house.texts.say("people.ask_password_again"), hide_input=True)
    if entered != again:
        raise PasswordRefused("mismatch")
    return entered


def _failed(house: House, refused: OfficerRefused | PasswordRefused, username: str) -> typer.Exit:
    subject = "password" if isinstance(refused, PasswordRefused) else "officer"
    sentence = house.texts.say(f"people.{subject}_{refused.reason}", username=username)
    typer.echo(sentence, err=True)
    return typer.Exit(1)


@app.command("test-mail")
def test_mail(address: Annotated[str, typer.Argument(help="Where the mail goes.")]) -> None:
    """Sends a mail to an address, or says why that fails."""
    said, is_sent = try_mail(installed_settings(), address)
    typer.echo(said, err=not is_sent)
    if not is_sent:
        raise typer.Exit(1)


def try_mail(settings: Settings, typed: str) -> tuple[str, bool]:
    """The sentence that says how it went, and whether the mail was taken."""
    say = default_texts().say
    address = read_address(typed)
    if address is None:
        return say("mail.refused_address"), False
    message_id = f"<{uuid.uuid4().hex}@{DOMAIN}>"
    mail = Mail(address, say("mail.test_subject"), say("mail.test_text"), message_id)
    try:
        Mailer(settings).send(mail)
    except (NotSent, MaybeSent) as error:
        return say("mail.test_failed", error=str(error)), False
    return say("mail.test_sent", address=address), True
