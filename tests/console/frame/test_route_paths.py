"""Paths by name are those that FastAPI finds, for every route of the console."""

import re
from collections.abc import Sequence

import pytest
from fastapi.routing import iter_route_contexts
from starlette.routing import BaseRoute, NoMatchFound

from bot.console import console
from bot.console.frame.route_paths import RoutePaths
from bot.house import House


def test_every_route_has_the_path_that_fastapi_finds(house: House) -> None:
    app = console(house, lambda: None)
    paths = RoutePaths(app.routes)
    routes = _named(app.routes)
    assert len(routes) > 100
    for name, parts in routes.items():
        assert paths.path(name, **parts) == str(app.url_path_for(name, **parts))


def test_a_name_that_no_route_has_is_refused(house: House) -> None:
    paths = RoutePaths(console(house, lambda: None).routes)
    with pytest.raises(NoMatchFound):
        paths.path("no_such_page")


def test_a_part_too_many_is_refused(house: House) -> None:
    paths = RoutePaths(console(house, lambda: None).routes)
    with pytest.raises(NoMatchFound):
        paths.path("sign_in_page", case=3)


def _named(routes: Sequence[BaseRoute]) -> dict[str, dict[str, object]]:
    """The names, each with a value for every part of its path."""
    contexts = list(iter_route_contexts(routes))
    assert len({context.name for context in contexts}) == len(contexts)
    found: dict[str, dict[str, object]] = {}
    for context in contexts:
        parts = re.findall(r"{(\w+)(?::\w+)?}", context.path or "")
        found[str(context.name)] = dict.fromkeys(parts, 7)
    return found | {"static": {"path": "console.css"}}
