"""`donghanh demo`: made-up people, enterprises and cases, put in and taken away."""

from typing import Annotated

import typer

from bot.commands.groundwork.installed import installed_settings
from bot.commands.groundwork.messages import fail
from bot.domain.office.trail import Deed, TrailKind
from bot.house import House, open_house
from bot.services.demo.crowd import Crowd, CrowdSize, holders
from bot.services.demo.removal import Removal
from bot.services.demo.seeding import DemoRefused, Seeding
from bot.services.requests.cases import CaseService
from bot.services.staff.officers import OfficerRefused
from bot.services.staff.secret_tokens import new_token
from bot.services.staff.trail import Trail
from bot.services.upkeep.demo_rows import DemoRows

app = typer.Typer(help="Made-up people, enterprises and cases.", no_args_is_help=True)

CROWD = CrowdSize()


def seed_demo(house: House, *, beside_real: bool, crowd: CrowdSize | None = None) -> list[str]:
    """Makes a demo; the sentences that say what was made, with the password of its people.

    Raises:
        DemoRefused: there is one already, or there are real cases and they do matter.
    """
    say, password = house.texts.say, new_token()
    with house.database.transaction() as session:
        seeding = Seeding(session, house.library, house.texts)
        made = seeding.seed(password, beside_real=beside_real, now=house.clock())
        Trail(session).write(Deed(TrailKind.HOUSE, "seed_demo"), now=house.clock())
    told = [
        say("demo.seeded", cases=made.cases, enterprises=made.enterprises),
        say("demo.sign_in", usernames=", ".join(made.usernames), password=password),
    ]
    if crowd is None:
        return told
    _bring_crowd(house, crowd)
    return [*told, say("demo.crowd", count=crowd.requests)]


def remove_demo(house: House) -> list[str]:
    """Takes it away; the sentences that say what went and what stays.

    Raises:
        OfficerRefused: a made-up person who stays is the last administrator.
    """
    say, texts = house.texts.say, house.texts
    with house.database.transaction() as session:
        if not DemoRows(session).is_there():
            return [say("demo.nothing")]
        cases = CaseService(session, texts, house.library.current)
        removed = Removal(session, cases, house.settings.files_dir).remove(now=house.clock())
        Trail(session).write(Deed(TrailKind.HOUSE, "remove_demo"), now=house.clock())
    told = [say("demo.removed", count=removed.cases)]
    if removed.locked_out:
        told.append(say("demo.locked_out", usernames=", ".join(removed.locked_out)))
    if removed.enterprises_kept:
        told.append(say("demo.enterprises_kept", count=removed.enterprises_kept))
    return told


@app.command()
def seed(
    *,
    big: Annotated[
        bool, typer.Option("--big", help="10,000 requests and 200,000 messages more.")
    ] = False,
    beside_real: Annotated[
        bool, typer.Option("--beside-real", help="Also where real requests are kept.")
    ] = False,
) -> None:
    """Fills an installation with made-up people, enterprises and cases in all states."""
    house = open_house(installed_settings())
    try:
        told = seed_demo(house, beside_real=beside_real, crowd=CROWD if big else None)
    except DemoRefused as refused:
        fail(house.texts.say(f"demo.refused_{refused.reason}"))
    for line in told:
        typer.echo(line)


@app.command()
def remove() -> None:
    """Takes away what `seed` made and what hangs on it, and nothing else."""
    house = open_house(installed_settings())
    try:
        told = remove_demo(house)
    except OfficerRefused:
        fail(house.texts.say("demo.refused_people"))
    for line in told:
        typer.echo(line)


def _bring_crowd(house: House, size: CrowdSize) -> None:
    """In pieces, a transaction each: nobody who works meanwhile waits for all of it."""
    with house.database.reading() as session:
        officers = holders(session, house.library.current.offices)
    crowd = Crowd(house.library, size, house.clock(), officers=officers)
    for piece in crowd.pieces():
        with house.database.transaction() as session:
            crowd.put(session, piece)
