"""Who may lean on whom: imports point inwards, and the domain leans on nobody."""

import sys
from collections.abc import Iterator, Mapping

import pytest

from tests.support.rooms import circle, folders, size
from tests.support.source import SourceFile, report, source_files

INNER = (
    "bot.domain", "bot.storage", "bot.knowledge", "bot.search", "bot.services", "bot.texts",
    "bot.settings",
)  # fmt: skip
WORKING = (
    *INNER, "bot.audit", "bot.forms", "bot.given_settings", "bot.house", "bot.logs",
    "bot.identity_provider", "bot.mailer", "bot.table_file",
    "bot.signals",
)  # fmt: skip

MAY_LEAN_ON: Mapping[str, tuple[str, ...]] = {
    # the core
    "bot.domain": (),
    "vietnamese": (),
    "bot.texts": ("bot.domain",),
    "bot.charts": (),
    "bot.result_sheet": ("bot.charts",),
    "bot.table_file": (),
    "bot.mailer": ("bot.settings",),
    "bot.identity_provider": ("bot.settings",),
    "bot.settings": ("bot.setting_forms",),
    "bot.setting_forms": (),
    "bot.given_settings": ("bot.settings",),
    "bot.logs": ("bot.domain", "bot.settings"),
    "bot.storage": ("bot.domain",),
    "bot.signals": (),
    "bot.health": (),
    "bot.knowledge": ("bot.domain", "vietnamese"),
    "bot.search": ("bot.domain", "bot.knowledge", "vietnamese"),
    "bot.audit": ("bot.domain", "bot.knowledge", "bot.search", "vietnamese"),
    "bot.services": (
        "bot.domain", "bot.storage", "bot.knowledge", "bot.search", "bot.texts", "bot.charts",
        "bot.result_sheet", "vietnamese",
    ),
    "bot.forms": ("bot.domain", "bot.knowledge", "bot.texts"),
    "bot.approved_layer": ("bot.knowledge", "bot.services", "bot.storage"),
    # what the rooms share
    "bot.house": (*INNER, "bot.approved_layer", "bot.given_settings", "bot.signals"),
    # the flow sends through the interface of a channel, never through one channel
    "bot.flow": (*WORKING, "bot.channels.channel"),
    # the rooms that people and Rasa enter by; none of them leans on another
    "bot.channels": (*WORKING, "bot.charts"),
    "bot.console": WORKING,
    "actions": (*WORKING, "vietnamese", "bot.processes.lifeline"),
    # what puts the rooms together
    "bot.application": (
        *WORKING, "bot.channels", "bot.console", "bot.flow", "bot.health",
    ),
    "bot.processes": (
        *WORKING, "bot.application", "bot.console.first_start_link", "bot.flow", "bot.health",
    ),
    "bot.private_world": (
        *WORKING, "bot.channels.accepting", "bot.flow", "bot.health", "bot.processes",
    ),
    "bot.evaluation": ("bot.domain", "vietnamese"),
    "bot.commands": ("bot", "vietnamese"),
    "bot.__main__": ("bot.commands",),
    # Rasa's side: another interpreter, which has none of the application's libraries
    "engine": ("vietnamese",),
}  # fmt: skip

ONLY_IN: Mapping[str, tuple[str, ...]] = {
    "rasa_sdk": ("actions",),
    "rasa": ("engine",),
    "sanic": ("actions.server", "engine"),
    "fastapi": ("bot.channels", "bot.console", "bot.application"),
    "starlette": ("bot.channels", "bot.console", "bot.application"),
    "telegram": ("bot.channels.telegram",),
    "typer": ("bot.commands",),
    "alembic": ("bot.storage",),
    "uvicorn": ("bot.processes",),
    "matplotlib": ("bot.charts", "bot.evaluation"),
    "authlib": ("bot.identity_provider",),
    "joserfc": ("bot.identity_provider",),
    "fpdf": ("bot.result_sheet",),
    "docx": ("bot.forms",),
    "xlsxwriter": ("bot.forms", "bot.table_file"),
    "python_calamine": ("bot.services.enterprises.tables",),
    "numpy": ("bot.search", "engine"),
    # What makes the parts of e5, once; and what runs them.
    "onnx": ("bot.search.vectors.conversion",),
    "onnxruntime": ("bot.search.vectors.e5",),
}
"""Libraries that shape the code around them stay in their room."""

LARGEST_FOLDER = 16
"""Modules in one folder, without its `__init__`: past that it wants rooms."""

DOMAIN_LIBRARIES = frozenset({"pydantic", "stdnum", "phonenumbers", "holidays"})

OURS = ("bot", "actions", "vietnamese", "engine", "tests")


def inside(module: str, room: str) -> bool:
    return module == room or module.startswith(f"{room}.")


def room_of(module: str) -> str | None:
    """The innermost room of the table that a module lies in."""
    rooms = [room for room in MAY_LEAN_ON if inside(module, room)]
    return max(rooms, key=len, default=None)


def wrong_leanings(file: SourceFile) -> Iterator[str]:
    room = room_of(file.module)
    for name, line in file.imports():
        if name.split(".")[0] not in OURS:
            continue
        if room is None:
            yield f"{file.path}:{line}: {file.module} lies in no room of the table"
        elif not any(inside(name, allowed) for allowed in (room, *MAY_LEAN_ON[room])):
            yield f"{file.path}:{line}: {room} may not lean on {name}"


def strange_libraries(file: SourceFile) -> Iterator[str]:
    for name, line in file.imports():
        library = name.split(".")[0]
        rooms = ONLY_IN.get(library)
        if rooms and not any(file.module.startswith(room) for room in rooms):
            yield f"{file.path}:{line}: {library} belongs into {', '.join(rooms)}"


def libraries(file: SourceFile) -> Iterator[tuple[str, int]]:
    for name, line in file.imports():
        library = name.split(".")[0]
        if library not in OURS and library not in sys.stdlib_module_names:
            yield library, line


def test_imports_point_inwards() -> None:
    found = [wrong for file in source_files() for wrong in wrong_leanings(file)]

    assert not found, report(found)


def test_every_package_lies_in_a_room_of_the_table() -> None:
    lost = [
        file.path
        for file in source_files()
        if room_of(file.module) is None and file.module != "bot"
    ]

    assert not lost, report(lost)


def test_no_room_of_the_table_is_empty() -> None:
    modules = [file.module for file in source_files()]

    assert [room for room in MAY_LEAN_ON if not any(inside(m, room) for m in modules)] == []


def test_no_two_folders_lean_on_each_other_even_by_way_of_others() -> None:
    assert circle(folders()) == []


def test_a_circle_is_noticed() -> None:
    assert circle({"a": frozenset("b"), "b": frozenset("c"), "c": frozenset("a")})


def test_no_folder_has_grown_past_what_one_reads_at_a_glance() -> None:
    grown = {folder: size(folder) for folder in folders() if size(folder) > LARGEST_FOLDER}
    # Migrations are read one by one, in the order of time, and none may ever be taken away.
    grown.pop("bot.storage.migrations.versions", None)
    assert grown == {}


def test_the_domain_leans_on_the_standard_library_and_four_others() -> None:
    found = [
        f"{file.path}:{line}: {library}"
        for file in source_files()
        if inside(file.module, "bot.domain")
        for library, line in libraries(file)
        if library not in DOMAIN_LIBRARIES
    ]

    assert not found, report(found)


def test_the_vietnamese_rules_lean_on_the_standard_library_alone() -> None:
    # They run in both environments, of Python 3.10 and 3.11.
    found = [
        f"{file.path}:{line}: {library}"
        for file in source_files()
        if inside(file.module, "vietnamese")
        for library, line in libraries(file)
    ]

    assert not found, report(found)


def test_libraries_stay_in_their_rooms() -> None:
    found = [strange for file in source_files() for strange in strange_libraries(file)]

    assert not found, report(found)


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("bot/domain/x.py", "from bot.services.inbound.inbox import InboxService"),
        ("bot/domain/x.py", "def late():\n    import bot.storage.models"),
        ("bot/services/x.py", "from bot.console import pages"),
        ("bot/services/x.py", "from bot.house import House"),
        ("bot/storage/x.py", "from bot.services import inbox"),
        ("bot/console/x.py", "from bot.channels.web.channel import web_router"),
        ("bot/channels/x.py", "from bot.flow.engine import Engine"),
        ("bot/flow/x.py", "from bot.channels.telegram.channel import TelegramChannel"),
        ("bot/knowledge/x.py", "from ..services import answers"),
        ("engine/nlu/x.py", "from bot.domain.text.plain import plain"),
        ("vietnamese/x.py", "from engine.nlu import tokenizer"),
        ("actions/x.py", "from bot.flow.engine import Engine"),
        ("bot/services/x.py", "from tests.support.data.seed import Seed"),
        ("bot/new_room/x.py", "from bot.domain.clock import Clock"),
    ],
)
def test_a_wrong_leaning_is_noticed(path: str, code: str) -> None:
    assert list(wrong_leanings(SourceFile(path, code)))


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("bot/services/x.py", "from bot.domain.clock import Clock"),
        ("bot/flow/x.py", "from bot.channels.channel import Channel"),
        ("bot/channels/x.py", "from bot import signals"),
        ("bot/knowledge/x.py", "from .article import Article"),
        ("engine/nlu/x.py", "from vietnamese.normal import normalise"),
    ],
)
def test_a_right_leaning_passes(path: str, code: str) -> None:
    assert not list(wrong_leanings(SourceFile(path, code)))
