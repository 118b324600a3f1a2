"""Reads YAML into pydantic models; every error names its file and line."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.composer import Composer, ComposerError
from ruamel.yaml.constructor import RoundTripConstructor
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import AliasEvent

from bot.domain.input.cleaning import odd_sign
from bot.knowledge.files.problem import Fault, KnowledgeError, Place, Problem

M = TypeVar("M", bound=BaseModel)

MOST_LEVELS = 20
"""Lists and mappings within each other: no file of ours has half of them."""

TEXTS_KEPT = 1000
"""Texts that are not parsed again while they stay as they are: an edit costs one file, not all."""

FIELD_FAULTS = {
    "missing": Fault.NO_FIELD,
    "extra_forbidden": Fault.STRANGE_FIELD,
    "value_error": Fault.WRONG_RULE,
}
"""By pydantic's kind of error; any other is a wrong value of one field."""


def load_yaml(text: str, file: Path, *, first_line: int = 1) -> CommentedMap:
    """The mapping in a YAML text that begins at `first_line` of `file`; not to be changed.

    Raises:
        KnowledgeError: no YAML, or no mapping.
    """
    try:
        data = _read(text)
    except MarkedYAMLError as error:
        line = error.problem_mark.line if error.problem_mark else 0
        raise KnowledgeError([_unwritten(file, first_line + line, str(error.problem))]) from error
    except Exception as error:
        # The parser stumbles in many ways over what people type; none may stop the service.
        raise KnowledgeError([_unwritten(file, first_line, _first_line(error))]) from error
    if not isinstance(data, CommentedMap):
        raise KnowledgeError([_unwritten(file, first_line, "a mapping `key: value` is expected")])
    return data


@lru_cache(maxsize=TEXTS_KEPT)
def _read(text: str) -> Any:
    return _yaml().load(text)


def _unwritten(file: Path, line: int, message: str) -> Problem:
    return Problem(file, line, message, Fault.WRITING)


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0] or type(error).__name__


class _DatesAsText(RoundTripConstructor):
    """Leaves dates to the models: YAML itself breaks on a 31 June, and cannot say in which line."""


_DatesAsText.add_constructor("tag:yaml.org,2002:timestamp", RoundTripConstructor.construct_yaml_str)


class _WrittenOut(Composer):
    """Takes what is written out alone: a few nested aliases stand for more than any memory."""

    _level = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        """The node that comes next.

        Raises:
            ComposerError: an alias, or too many levels.
        """
        mark = self.parser.peek_event().start_mark
        if self.parser.check_event(AliasEvent):
            raise ComposerError(None, None, "aliases `*x` are not taken: write it out", mark)
        if self._level == MOST_LEVELS:
            raise ComposerError(None, None, f"more than {MOST_LEVELS} levels", mark)
        self._level += 1
        node = super().compose_node(parent, index)
        self._level -= 1
        return node


def _yaml() -> YAML:
    yaml = YAML(typ="rt")
    yaml.Composer = _WrittenOut
    yaml.Constructor = _DatesAsText
    return yaml


def validate(model: type[M], data: Any, file: Path, *, first_line: int = 1) -> M:
    """The model of a loaded mapping.

    Raises:
        KnowledgeError: a field is missing or wrong; one problem a field. Or a sign in it can be
            stored nowhere.
    """
    odd = [
        odd_text(file, first_line + line_of(data, place), sign, place)
        for place, sign in _odd_signs(data, ())
    ]
    if odd:
        raise KnowledgeError(odd)
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise KnowledgeError(
            [_wrong_field(details, data, file, first_line) for details in error.errors()]
        ) from error


def odd_text(file: Path, line: int, sign: str, place: Place = ()) -> Problem:
    """The problem of a sign that has no place in what editors write."""
    code = f"U+{ord(sign):04X}"
    message = f"holds the sign {code}: delete it"
    return Problem(file, line, message, Fault.SIGN, {"sign": code}, place)


def _odd_signs(data: Any, place: Place) -> Iterator[tuple[Place, str]]:
    """Where in loaded data an odd sign stands; a name of a field counts as the field."""
    if isinstance(data, bytes):
        # `!!binary` is the one way to write words that nobody can read in the file.
        data = data.decode("latin-1") + "\0"
    if isinstance(data, str):
        if (sign := odd_sign(data)) is not None:
            yield place, sign
    elif isinstance(data, Mapping):
        for name, value in data.items():
            yield from _odd_signs(name, place)
            yield from _odd_signs(value, (*place, name))
    elif isinstance(data, (Sequence, AbstractSet)):
        for index, value in enumerate(data):
            yield from _odd_signs(value, (*place, index))


def _wrong_field(details: ErrorDetails, data: Any, file: Path, first_line: int) -> Problem:
    place: Place = details["loc"]
    name = ".".join(str(part) for part in place)
    return Problem(
        file,
        first_line + line_of(data, place),
        f"{name}: {details['msg']}",
        _fault_of(details),
        {"field": next((part for part in reversed(place) if isinstance(part, str)), name)},
        place,
    )


def _fault_of(details: ErrorDetails) -> Fault:
    """A rule over several fields is told otherwise than one value that is not what it should be."""
    fault = FIELD_FAULTS.get(details["type"], Fault.WRONG_FIELD)
    is_one_value = fault is Fault.WRONG_RULE and isinstance(details["input"], str)
    return Fault.WRONG_FIELD if is_one_value else fault


def line_of(data: Any, location: Place) -> int:
    """How many lines below the first one a place in a loaded mapping stands."""
    line = 0
    for part in location:
        if not isinstance(data, (CommentedMap, CommentedSeq)):
            break
        try:
            line = data.lc.key(part)[0] if isinstance(data, CommentedMap) else data.lc.item(part)[0]
            data = data[part]
        except (KeyError, IndexError, TypeError, AttributeError):
            break
    return line
