"""The settings as somebody gave them: read, or refused with a line for each that is wrong.

A line says which setting, why, and what to do, and never shows a secret.
"""

import difflib
import io
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from dotenv.parser import parse_stream
from pydantic import SecretStr, ValidationError
from pydantic_core import ErrorDetails

from bot.settings import PREFIX, ROOT, Settings

ENV_FILE = ROOT / ".env"

ALIKE = 0.7
"""From this likeness on a name with our prefix that we do not know is a slip of one that we do."""

ALIKE_AS_A_WHOLE = 0.9
"""The same for a name whose prefix is not ours, and may be another program's."""

SECRET = frozenset({"database_url", "tracker_url", "lock_url"})
"""Beside all tokens: their values hold passwords."""

NOT_READ_HERE = frozenset({"DONGHANH_ACTION_WEBHOOK"})
"""Told to Rasa by the supervisor, and so in the environment of what Rasa starts."""

WORDS = {
    "int_parsing": "it must be a whole number",
    "bool_parsing": "it must be true or false",
}
"""By pydantic's kind of error, where its own words are a programmer's."""

LONGEST_SHOWN = 60

NUL = "\0"

HOW = "Mend it in {place}; docs/settings.md lists all settings."


class WrongSettings(Exception):
    """Settings that cannot be used; the text has a line for each."""


@dataclass(frozen=True)
class GivenSettings:
    """The settings, and names that are ignored: see `docs/settings.md`, what is refused."""

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
    places = dict.fromkeys(in_environment, "the environment")
    known = [PREFIX + name.upper() for name in Settings.model_fields]
    strange = sorted((in_file | in_environment).difference(known, NOT_READ_HERE))
    meant = {name: near for name in strange if (near := _meant(name, known))}
    if meant:
        raise WrongSettings(
            "\n".join(
                f"{_visible(name)} in {places.get(name, str(env_file))} is no setting. "
                f"Did you mean {near}? Write that, or take the line out."
                for name, near in meant.items()
            )
        )
    try:
        settings = Settings(_env_file=env_file)
    except ValidationError as error:
        raise WrongSettings(
            "\n".join(_line(details, places, env_file) for details in error.errors())
        ) from None
    if wrong := _wrong_folders(settings):
        raise WrongSettings("\n".join(wrong))
    ignored = [name for name in strange if name in in_file or _may_be_meant_for_us(name, known)]
    return GivenSettings(settings, [_visible(name) for name in ignored])


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
        raise _not_utf8(env_file, error.object, error.start) from None
    if NUL in text:
        # UTF-16 without its mark reads as UTF-8 with a NUL behind each letter.
        raise _not_utf8(env_file, text.encode(), text.encode().index(0))
    bindings = list(parse_stream(io.StringIO(text)))
    broken = [one.original.line for one in bindings if one.error or (one.key and one.value is None)]
    if broken:
        raise WrongSettings(
            f"{env_file}, line {broken[0]}, cannot be read: write NAME=value, or take it out."
        )
    return {binding.key.upper() for binding in bindings if binding.key}


def _not_utf8(env_file: Path, content: bytes, place: int) -> WrongSettings:
    line = 1 + content.count(b"\n", 0, place)
    return WrongSettings(f"{env_file}, line {line}, is not UTF-8: save the file in that encoding.")


def _meant(name: str, known: list[str]) -> str:
    """The setting that a name is a slip of; empty where it is of none."""
    if name.startswith(PREFIX):
        bare = [one.removeprefix(PREFIX) for one in known]
        near = difflib.get_close_matches(name.removeprefix(PREFIX), bare, 1, ALIKE)
        return PREFIX + near[0] if near else ""
    near = difflib.get_close_matches(name, known, 1, ALIKE_AS_A_WHOLE)
    return near[0] if near else ""


def _may_be_meant_for_us(name: str, known: list[str]) -> bool:
    """Whether to report an unknown name in the environment, which other programs share."""
    return name.startswith(PREFIX) or bool(difflib.get_close_matches(name, known, 1, ALIKE))


def _visible(text: str) -> str:
    """A text with what nobody can see written out."""
    return "".join(one if one.isprintable() else ascii(one)[1:-1] for one in text)


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
    # In an address a password stands before the @.
    _, at, behind = str(value).rpartition("@")
    shown = f"…@{behind}" if at else behind
    return _visible(" ".join(shown.split()))[:LONGEST_SHOWN]


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _wrong_folders(settings: Settings) -> list[str]:
    """Folders that are not there, or that cannot be made or written to."""
    read, written = ["knowledge_dir"], ["data_dir", "cache_dir", "model_dir"]
    reasons = {
        **{name: _reason(_unreadable, getattr(settings, name)) for name in read},
        **{name: _reason(_unfit, getattr(settings, name)) for name in written},
    }
    return [str(wrong_setting(name, why)) for name, why in reasons.items() if why]


def _reason(look: Callable[[Path], str], folder: Path | None) -> str:
    """Why a folder cannot be used, by a look at it that the disk may refuse; empty where it can."""
    if folder is None:
        return ""
    try:
        return look(folder)
    except OSError as error:
        return f"{folder}: {error.strerror}"


def _unreadable(folder: Path) -> str:
    if folder.is_dir():
        return ""
    # Where the code was installed as a package, the knowledge base did not come with it.
    hint = "" if (ROOT / "pyproject.toml").is_file() else " (the package holds the code only)"
    return f"{folder} is no folder{hint}"


def _unfit(folder: Path) -> str:
    """Why nothing can be written in a folder, or could not if it were made; empty where it can."""
    place = folder.absolute()
    while not place.exists() and place != place.parent:
        place = place.parent
    if not place.is_dir():
        return f"{place} is no folder"
    return "" if os.access(place, os.W_OK | os.X_OK) else f"nothing can be written in {place}"
