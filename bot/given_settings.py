"""The settings as somebody gave them: read, or refused with a line for each that is wrong.

A line says which setting, why, and what to do, and never shows a secret.
"""

import difflib
import io
import os
from dataclasses import dataclass
from pathlib import Path

from dotenv.parser import parse_stream
from pydantic import SecretStr, ValidationError
from pydantic_core import ErrorDetails

from bot.settings import PREFIX, ROOT, Settings

ENV_FILE = ROOT / ".env"

ALIKE = 0.7
"""From this likeness on a name that we do not know is a slip of one that we do."""

SECRET = frozenset({"database_url", "tracker_url"})
"""Beside all tokens: their values hold passwords."""

NOT_READ_HERE = frozenset({"DONGHANH_ACTION_URL"})
"""Told to Rasa by the supervisor, and so in the environment of what Rasa starts."""

WORDS = {
    "int_parsing": "it must be a whole number",
    "bool_parsing": "it must be true or false",
}
"""By pydantic's kind of error, where its own words are a programmer's."""

LONGEST_SHOWN = 60

HOW = "Mend it in {place}; docs/settings.md lists all settings."


class WrongSettings(Exception):
    """Settings that cannot be used; the text has a line for each."""


@dataclass(frozen=True)
class GivenSettings:
    """The settings, and names with our prefix that are not known and like no name that is."""

    settings: Settings
    unknown: list[str]


def read_settings(env_file: Path = ENV_FILE) -> GivenSettings:
    """The settings of the environment and of `.env`.

    Raises:
        WrongSettings: a value cannot be used, a name is misspelt, `.env` cannot be read, or a
            folder is not there.
    """
    in_file = _names_in(env_file)
    in_environment = {name.upper() for name in os.environ}
    names = sorted(
        name
        for name in in_file | in_environment
        if name.startswith(PREFIX) and name not in NOT_READ_HERE
    )
    known = [PREFIX + name.upper() for name in Settings.model_fields]
    nearest = {
        name: difflib.get_close_matches(name.removeprefix(PREFIX), _bare(known), 1, ALIKE)
        for name in names
        if name not in known
    }
    places = dict.fromkeys(in_environment, "the environment")
    misspelt = [
        f"{name} in {places.get(name, str(env_file))} is no setting. "
        f"Did you mean {PREFIX}{near[0]}? Write that, or take the line out."
        for name, near in nearest.items()
        if near
    ]
    if misspelt:
        raise WrongSettings("\n".join(misspelt))
    try:
        settings = Settings(_env_file=env_file)
    except ValidationError as error:
        raise WrongSettings(
            "\n".join(_line(details, places, env_file) for details in error.errors())
        ) from None
    if wrong := _wrong_folders(settings):
        raise WrongSettings("\n".join(wrong))
    return GivenSettings(settings, [name for name, near in nearest.items() if not near])


def wrong_setting(name: str, why: str) -> WrongSettings:
    """The refusal of one setting, by its field's name."""
    how = HOW.format(place="`.env` or in the environment")
    return WrongSettings(f"{PREFIX}{name.upper()}: {why.rstrip('.')}. {how}")


def _names_in(env_file: Path) -> set[str]:
    """The names that stand in a file; none where there is no file."""
    if not env_file.exists():
        return set()
    try:
        text = env_file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise WrongSettings(
            f"{env_file} cannot be read: {error.strerror}. Let the user that starts us read it."
        ) from None
    except UnicodeDecodeError as error:
        line = 1 + error.object.count(b"\n", 0, error.start)
        raise WrongSettings(
            f"{env_file}, line {line}, is not UTF-8: save the file in that encoding."
        ) from None
    bindings = list(parse_stream(io.StringIO(text)))
    broken = [binding.original.line for binding in bindings if binding.error]
    if broken:
        raise WrongSettings(
            f"{env_file}, line {broken[0]}, cannot be read: write NAME=value, or take it out."
        )
    return {binding.key.upper() for binding in bindings if binding.key}


def _bare(names: list[str]) -> list[str]:
    return [name.removeprefix(PREFIX) for name in names]


def _line(details: ErrorDetails, places: dict[str, str], env_file: Path) -> str:
    given = details.get("ctx", {}).get("error") or details["msg"]
    why = WORDS.get(details["type"], str(given))
    if not details["loc"]:
        return f"{why}. {HOW.format(place='`.env` or in the environment')}"
    field = str(details["loc"][0])
    name = PREFIX + field.upper()
    shown = "" if _is_secret(field) else f" is “{_on_one_line(details['input'])}”"
    how = HOW.format(place=places.get(name, str(env_file)))
    return f"{name}{shown}: {_lower(why).rstrip('.')}. {how}"


def _is_secret(field: str) -> bool:
    known = Settings.model_fields.get(field)
    return field in SECRET or known is None or known.annotation is SecretStr


def _on_one_line(value: object) -> str:
    return " ".join(str(value).split())[:LONGEST_SHOWN]


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _wrong_folders(settings: Settings) -> list[str]:
    """Folders that are not there, or that cannot be made or written to."""
    found = []
    if not settings.knowledge_dir.is_dir():
        found.append(wrong_setting("knowledge_dir", f"{settings.knowledge_dir} is no folder"))
    written = {
        "data_dir": settings.data_dir,
        "cache_dir": settings.cache_dir,
        "model_dir": settings.model_dir,
    }
    found += [
        wrong_setting(name, why)
        for name, folder in written.items()
        if folder is not None and (why := _unfit(folder))
    ]
    return [str(one) for one in found]


def _unfit(folder: Path) -> str:
    """Why nothing can be written in a folder, or could not if it were made; empty where it can."""
    place = folder.absolute()
    while not place.exists() and place != place.parent:
        place = place.parent
    if not place.is_dir():
        return f"{place} is no folder"
    return "" if os.access(place, os.W_OK | os.X_OK) else f"nothing can be written in {place}"
