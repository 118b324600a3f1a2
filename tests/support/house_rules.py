"""The house's own rules as data: what to find, why it is wrong, a bad and a good example."""

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from tests.support.source import SourceFile

Find = Callable[[SourceFile], Iterator[int]]

MOST_LINES = 400
MOST_FUNCTION_LINES = 60

VIETNAMESE = re.compile(
    "[ăâđêôơưĂÂĐÊÔƠƯàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ"
    "ÀÁẢÃẠẰẮẲẴẶẦẤẨẪẬÈÉẺẼẸỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌỒỐỔỖỘỜỚỞỠỢÙÚỦŨỤỪỨỬỮỰỲÝỶỸỴ]"
)

PRODUCT = "Đồng Hành"

LETTERS = 2
"""A string so short is a letter that is folded (`đ`), not a sentence."""


@dataclass(frozen=True)
class Rule:
    """`bad` and `good` are lines of a file at `example`; `exceptions`: path → why it may."""

    name: str
    why: str
    rooms: tuple[str, ...]
    find: Find
    example: str
    bad: tuple[str, ...]
    good: tuple[str, ...]
    exceptions: Mapping[str, str] = field(default_factory=dict)

    def violations(self, file: SourceFile) -> Iterator[str]:
        """`path:line: why` of every breach in a file; nothing outside of the rule's rooms."""
        if file.path.startswith(self.rooms) and not file.path.startswith(tuple(self.exceptions)):
            yield from (f"{file.path}:{line}: {self.why}" for line in self.find(file))


def line_pattern(pattern: str) -> Find:
    """Finds lines by a regular expression, comments and strings included."""
    compiled = re.compile(pattern)

    def find(file: SourceFile) -> Iterator[int]:
        for number, line in enumerate(file.text.splitlines(), start=1):
            if compiled.search(line):
                yield number

    return find


def calls(pattern: str) -> Find:
    """Finds calls by their written name, such as `datetime.now`."""
    compiled = re.compile(pattern)

    def find(file: SourceFile) -> Iterator[int]:
        for node in ast.walk(file.tree):
            if isinstance(node, ast.Call) and compiled.fullmatch(ast.unparse(node.func)):
                yield node.lineno

    return find


def uses(pattern: str) -> Find:
    """Finds attributes and imported names, such as `os.environ` or `sqlalchemy.select`."""
    compiled = re.compile(pattern)

    def find(file: SourceFile) -> Iterator[int]:
        for node in ast.walk(file.tree):
            if isinstance(node, ast.Attribute) and compiled.fullmatch(ast.unparse(node)):
                yield node.lineno
        yield from (line for name, line in file.imports() if compiled.fullmatch(name))

    return find


def vietnamese_literals(file: SourceFile) -> Iterator[int]:
    """Strings with Vietnamese letters that are not docstrings."""
    said = {id(node.value) for node in ast.walk(file.tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(file.tree):
        if not (isinstance(node, ast.Constant) and isinstance(node.value, str)):
            continue
        words = node.value.replace(PRODUCT, "")
        if id(node) not in said and len(words) > LETTERS and VIETNAMESE.search(words):
            yield node.lineno


def too_many_lines(file: SourceFile) -> Iterator[int]:
    if len(file.text.splitlines()) > MOST_LINES:
        yield MOST_LINES + 1


def long_functions(file: SourceFile) -> Iterator[int]:
    functions = (
        node
        for node in ast.walk(file.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    for node in functions:
        if (node.end_lineno or node.lineno) - node.lineno + 1 > MOST_FUNCTION_LINES:
            yield node.lineno


def vague_name(file: SourceFile) -> Iterator[int]:
    parts = file.path.removesuffix(".py").split("/")
    vague = re.compile(r"(.*_)?(utils?|helpers?|managers?|common|misc|tools|process)")
    if any(vague.fullmatch(part) for part in parts):
        yield 1


CODE = ("bot/", "actions/", "vietnamese/", "engine/")

RULES = (
    Rule(
        name="no Vietnamese in code",
        why="what users read lives in bot/texts or in the templates, where it can be corrected",
        rooms=CODE,
        find=vietnamese_literals,
        example="bot/services/x.py",
        bad=('say = "Xin chào"', 'say = f"Còn {count} câu"'),
        good=('"""Says “Xin chào”."""', "# Tết", 'say = texts.say("talk.greet")'),
        exceptions={
            "bot/texts/": "the place for it",
            "bot/domain/enterprise/enterprise_name.py": "reads what owners write around a name",
            "bot/domain/text/masking.py": "reads what owners write before a name",
            "bot/search/asking/questions.py": "reads where one question ends and the next begins",
            "bot/knowledge/articles/article.py": "the headings that editors write in an article",
            "vietnamese/": "the language itself: shorthand, letters, accents",
        },
    ),
    Rule(
        name="time is passed in",
        why="ask the Clock that is passed in (bot/domain/clock.py)",
        rooms=CODE,
        find=calls(r"(.*\.)?(datetime\.(now|utcnow|today)|date\.today|time\.(time|localtime))"),
        example="bot/services/x.py",
        bad=("at = datetime.now(UTC)", "day = datetime.date.today()", "at = time.time()"),
        good=("at = clock()", "took = time.perf_counter() - start"),
        exceptions={"bot/domain/clock.py": "the one place"},
    ),
    Rule(
        name="stop-watches stand in named places",
        why="measuring is for processes, pages of quality and waiting, not for rules",
        rooms=CODE,
        find=calls(r"(.*\.)?time\.(perf_counter|monotonic)"),
        example="bot/services/x.py",
        bad=("started = time.monotonic()",),
        good=("started = clock()",),
        exceptions={
            "bot/private_world.py": "reports milliseconds; waits for the start",
            "bot/processes/": "how long a training took",
            "bot/evaluation/": "latency is what it measures",
            "bot/commands/": "reports milliseconds",
            "bot/channels/": "the pace that a channel allows",
            "engine/train.py": "how long a step took",
        },
    ),
    Rule(
        name="services do not commit",
        why="the caller owns the transaction (Database.transaction)",
        rooms=("bot/services/", "bot/domain/", "bot/knowledge/"),
        find=calls(r".*\.(commit|rollback)"),
        example="bot/services/x.py",
        bad=("session.commit()", "self._session.rollback()"),
        good=("session.flush()", "with session.begin_nested(): pass"),
    ),
    Rule(
        name="no SQL outside services",
        why="queries live in bot/services, rows are found by their services",
        rooms=("bot/", "actions/"),
        find=lambda file: iter(
            sorted(
                {
                    *uses(r"sqlalchemy\.(select|insert|update|delete|text|func)")(file),
                    *calls(
                        r"(.*\.)?session\.(execute|scalars?|query|get|get_one|merge|add|delete)"
                    )(file),
                }
            )
        ),
        example="bot/console/x.py",
        bad=(
            "from sqlalchemy import select",
            "rows = session.scalars(query)",
            "row = session.get(Request, 1)",
        ),
        good=(
            "from sqlalchemy.orm import Session",
            "rows = RequestListService(session).page()",
        ),
        exceptions={"bot/services/": "the place for it", "bot/storage/": "what it is made of"},
    ),
    Rule(
        name="services open no transaction",
        why="a service takes the caller's session: what belongs together is written together",
        rooms=("bot/services/", "bot/domain/", "bot/knowledge/", "bot/search/", "bot/audit/"),
        find=calls(r".*\.(transaction|reading)"),
        example="bot/services/x.py",
        bad=("with database.transaction() as session: pass", "self._database.reading()"),
        good=("with session.begin_nested(): pass",),
    ),
    Rule(
        name="what a channel brings is cleaned",
        why="neither checks nor cleans: InboundEvent.but does",
        rooms=("bot/channels/", "bot/domain/talk/messages.py"),
        find=calls(r".*\.(model_copy|model_construct)"),
        example="bot/channels/x.py",
        bad=('event.model_copy(update={"note": name})', "InboundEvent.model_construct(text=text)"),
        good=("event.but(note=name)",),
    ),
    Rule(
        name="nothing prints",
        why="log it; only a command prints",
        rooms=("bot/", "actions/"),
        find=calls("print"),
        example="bot/flow/x.py",
        bad=('print("here")',),
        good=('log.info("here")',),
        exceptions={"bot/commands/": "a command prints"},
    ),
    Rule(
        name="one reader of the environment",
        why="add a setting to bot/settings.py",
        rooms=("bot/", "actions/"),
        find=uses(r"os\.(environ|getenv)"),
        example="bot/flow/x.py",
        bad=('port = os.environ["PORT"]', 'os.getenv("PORT")', "from os import environ"),
        good=("port = settings.port",),
        exceptions={
            "bot/given_settings.py": "reads the settings, and names that are none",
            "bot/processes/child.py": "passes the whole environment on to a child",
            "bot/channels/telegram/channel.py": "sets a switch that the library reads",
        },
    ),
    Rule(
        name="files fit in a head",
        why=f"longer than {MOST_LINES} lines: it holds two concepts",
        rooms=CODE,
        find=too_many_lines,
        example="bot/services/x.py",
        bad=("\n" * (MOST_LINES + 1),),
        good=("\n" * MOST_LINES,),
        exceptions={"bot/storage/migrations/": "written by the tool, read once"},
    ),
    Rule(
        name="functions fit on a screen",
        why=f"longer than {MOST_FUNCTION_LINES} lines: name its parts",
        rooms=CODE,
        find=long_functions,
        example="bot/services/x.py",
        bad=("def f():\n" + "    x = 1\n" * MOST_FUNCTION_LINES,),
        good=("def f():\n" + "    x = 1\n" * (MOST_FUNCTION_LINES - 1),),
        exceptions={"bot/storage/migrations/": "written by the tool, read once"},
    ),
    Rule(
        name="modules have names of their own",
        why="name it after what it holds",
        rooms=(*CODE, "tests/"),
        find=vague_name,
        example="bot/services/date_utils.py",
        bad=("x = 1",),
        good=(),
    ),
    Rule(
        name="nothing is left for later in a comment",
        why="do it, or write an issue",
        rooms=(*CODE, "tests/"),
        find=line_pattern(r"#\s*(TODO|FIXME|XXX|HACK)\b"),
        example="bot/services/x.py",
        bad=("x = 1  # TODO: later",),  # the rule's own example
        good=("x = 1  # until Tết",),
        exceptions={"tests/support/house_rules.py": "names the words"},
    ),
    Rule(
        name="tests patch nothing",
        why="pass a clock, a network or a draw in; a real object can be made",
        rooms=("tests/",),
        find=uses(r"(unittest\.mock|pytest_mock|freezegun|time_machine|responses|respx)(\..*)?"),
        example="tests/x.py",
        bad=("from unittest.mock import patch", "import freezegun"),
        good=("from tests.support.doubles.movable_clock import MovableClock",),
    ),
)
