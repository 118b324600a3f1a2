"""Reads YAML into pydantic models; every error names its file and line."""

from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.constructor import RoundTripConstructor
from ruamel.yaml.error import MarkedYAMLError

from bot.knowledge.problem import KnowledgeError, Problem

M = TypeVar("M", bound=BaseModel)


def load_yaml(text: str, file: Path, *, first_line: int = 1) -> CommentedMap:
    """The mapping in a YAML text that begins at `first_line` of `file`.

    Raises:
        KnowledgeError: no YAML, or no mapping.
    """
    try:
        data = _yaml().load(text)
    except MarkedYAMLError as error:
        line = error.problem_mark.line if error.problem_mark else 0
        raise KnowledgeError([Problem(file, first_line + line, str(error.problem))]) from error
    if not isinstance(data, CommentedMap):
        raise KnowledgeError([Problem(file, first_line, "a mapping `key: value` is expected")])
    return data


class _DatesAsText(RoundTripConstructor):
    """Leaves dates to the models: YAML itself breaks on a 31 June, and cannot say in which line."""


_DatesAsText.add_constructor("tag:yaml.org,2002:timestamp", RoundTripConstructor.construct_yaml_str)


def _yaml() -> YAML:
    yaml = YAML(typ="rt")
    yaml.Constructor = _DatesAsText
    return yaml


def validate(model: type[M], data: Any, file: Path, *, first_line: int = 1) -> M:
    """The model of a loaded mapping.

    Raises:
        KnowledgeError: a field is missing or wrong; one problem a field.
    """
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise KnowledgeError(
            [
                Problem(
                    file,
                    first_line + line_of(data, details["loc"]),
                    f"{'.'.join(str(part) for part in details['loc'])}: {details['msg']}",
                )
                for details in error.errors()
            ]
        ) from error


def line_of(data: Any, location: tuple[int | str, ...]) -> int:
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
