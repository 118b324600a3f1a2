"""`donghanh user`: people of the department, from the command line."""

from typing import Annotated

import typer

from bot.commands.installed import installed_settings
from bot.console.frame.offices import answering_offices, check_office
from bot.domain.office.roles import Role
from bot.house import House, open_house
from bot.services.requests.cases import CaseService
from bot.services.staff.officers import OfficerRefused, OfficerService
from bot.services.staff.passwords import PasswordRefused, check_password
from bot.storage.models import Officer

app = typer.Typer(help="People of the department.", no_args_is_help=True)

Username = Annotated[str, typer.Argument(help="User name.")]


def add_user(  # noqa: PLR0913  (each is one fact of a person)
    house: House, username: str, *, full_name: str, role: Role, office: str, password: str
) -> str:
    """Adds a person; returns the sentence that says so.

    Raises:
        PasswordRefused: the password is weak.
        OfficerRefused: user name, name or office is unfit, or the user name is taken.
    """
    check_password(password, password, username=username)
    check_office(house, office)
    with house.database.transaction() as session:
        officer = OfficerService(session).add(
            username,
            full_name=full_name,
            role=role,
            office=office,
            password=password,
            now=house.clock(),
        )
    return house.texts.say("people.added", full_name=officer.full_name, username=officer.username)


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
        cases = CaseService(session, house.texts, house.library.current)
        released = cases.let_go(officer, None, now=house.clock())
    return house.texts.say("people.disabled", username=officer.username, released=len(released))


def set_user_password(house: House, username: str, password: str) -> str:
    """Sets a new password and ends old sessions; returns the sentence that says so.

    Raises:
        PasswordRefused: the password is weak.
        OfficerRefused: nobody has this name.
    """
    with house.database.transaction() as session:
        service = OfficerService(session)
        officer = _known(service, username)
        check_password(password, password, username=officer.username)
        service.set_password(officer, password)
    return house.texts.say("people.password_set", username=officer.username)


@app.command()
def add(
    username: Username,
    name: Annotated[str, typer.Option(help="Full name.")],
    office: Annotated[str, typer.Option(help="Office id, as in offices.yml.")],
    role: Annotated[Role, typer.Option(help="What the person may do.")] = Role.OFFICER,
) -> None:
    """Adds a person; asks for the password."""
    house = _house()
    try:
        password = _ask_password(house)
        typer.echo(
            add_user(house, username, full_name=name, role=role, office=office, password=password)
        )
    except (OfficerRefused, PasswordRefused) as refused:
        raise _failed(house, refused, username) from refused


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
    """Locks a person out; sessions end at once."""
    house = _house()
    try:
        typer.echo(disable_user(house, username))
    except OfficerRefused as refused:
        raise _failed(house, refused, username) from refused


@app.command()
def password(username: Username) -> None:
    """Sets a new password; asks for it."""
    house = _house()
    try:
        typer.echo(set_user_password(house, username, _ask_password(house)))
    except (OfficerRefused, PasswordRefused) as refused:
        raise _failed(house, refused, username) from refused


def _house() -> House:
    return open_house(installed_settings())


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
