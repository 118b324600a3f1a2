"""The sentences of `bot/texts`, and where the code names them."""

import ast
import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from types import SimpleNamespace
from typing import Any

from jinja2 import Environment, meta
from ruamel.yaml import YAML

from bot.domain.text.told_date import ToldDate
from bot.texts import ENGLISH_FOLDER, FOLDER
from tests.support.source import ROOT, SourceFile, source_files

ANY_NAME = "[a-z0-9_]+"

_DECIDING = SimpleNamespace(text="Lối đi được kẻ vạch", answer="0/5 · Chưa làm", lost=20)

_DIMENSION = SimpleNamespace(
    title="Sàng lọc",
    percent=40,
    do_first="Dán thẻ đỏ.",
    level=2,
    before=30,
    deciding=[_DECIDING],
    support="Hỗ trợ tư vấn",
    money="đến 50% hợp đồng",
)

_BARE_DIMENSION = SimpleNamespace(
    title="Sắp xếp",
    percent=100,
    do_first="Giữ đều.",
    level=None,
    before=None,
    deciding=[],
    support="",
    money="",
)

_DUTY = SimpleNamespace(
    title="Ghi nhãn",
    text="In đủ bốn mục.",
    facts="Nơi nhận: sở.",
    ground="Điều 5, NĐ 37/2026/NĐ-CP",
)

VALUES: Mapping[str, Any] = {
    "active": True,
    "demo.seeded.cases": 29,
    "demo.seeded.enterprises": 12,
    "enterprise.size_found.kept": ["lao động 40 người (không quá 100 người)"],
    "enterprise.size_found.exceeded": ["lao động 40 người (quá 10 người)"],
    "enterprise.size_above.exceeded": ["lao động 500 người (quá 200 người)"],
    "enterprise.size_open.missing": ["doanh thu năm", "tổng nguồn vốn"],
    "articles": ["5S là gì"],
    "closes_at": datetime(2026, 12, 15, 10, tzinfo=UTC),
    "is_begun": True,
    "compared": "Ngang mức chung: 12 doanh nghiệp đạt khoảng 55%.",
    "mean": 55,
    "closed_at": datetime(2026, 11, 23, 8, tzinfo=UTC),
    "count": 10,
    "answers": [SimpleNamespace(text="Lối đi được kẻ vạch", answer="5/5")],
    "assessments": [SimpleNamespace(title="ISO 9001", text="Khách đang đòi.")],
    "assessment.figures.figures": [
        SimpleNamespace(title="OEE", value="76,7", unit="%", meaning="Phần máy làm ra hàng."),
        SimpleNamespace(title="Năng suất", value="116", unit="triệu đồng", meaning="Một năm."),
    ],
    "assessment.question.before": "✓ Câu 1: 5/5",
    "before_at": datetime(2026, 8, 12, 8, tzinfo=UTC),
    "dimensions": [_DIMENSION, _BARE_DIMENSION],
    "duties": [_DUTY, SimpleNamespace(title="Hỏi thêm", text="Hỏi sở.", facts="", ground="")],
    "gaps": ["Có phạm vi viết ra giấy"],
    "unmet": ["Hoạt động đủ 36 tháng"],
    "unsure": ["Sản phẩm bán đủ 12 tháng"],
    "strongest": ["Sạch sẽ", "Sẵn sàng"],
    "hints": [SimpleNamespace(title="Sổ tay", hint="ghi vào sổ")],
    "least": 0,
    "left_out": 2,
    "minutes": 8,
    "next_every": 50,
    "next_from": 75,
    "to_do": [_DIMENSION, _BARE_DIMENSION],
    "unknown": 3,
    "done": 4,
    "names": ["Khung tiêu chuẩn cơ sở", "Kế hoạch 5S"],
    "amount": 120000,
    "filing": 2030000,
    "filing_lines": ["tra cứu 2 × 180.000"],
    "first": 1500000,
    "goods": 30,
    "grant": 460000,
    "grant_lines": ["đăng bạ 120.000"],
    "groups": 2,
    "issuing": 1000000,
    "later": 1250000,
    "less": 75000,
    "total": 2490000,
    "yearly": 500000,
    "paid": 7_500_000,
    "paid_each": ["siêu nhỏ nhiều nhất **50 triệu đồng**"],
    "figures": ["11 người đóng BHXH"],
    "sizes": ["là **doanh nghiệp nhỏ**"],
    "women_most": 150_000_000,
    "event_day": ToldDate(2016, 7),
    "end_day": ToldDate(2026, 7, 12),
    "late_day": ToldDate(2027, 1, 12),
    "end_days": [ToldDate(2021, 7, 12), ToldDate(2026, 7, 12)],
    "first_day": ToldDate(2026, 1, 12),
    "due": datetime(2026, 11, 25, 3, 30, tzinfo=UTC),
    "closes": datetime(2026, 12, 2, 1, tzinfo=UTC),
    "promised": datetime(2026, 11, 24, 3, 30, tzinfo=UTC),
    "filed_at": datetime(2026, 11, 20, 8, tzinfo=UTC),
    "finished_at": datetime(2026, 11, 21, 8, tzinfo=UTC),
    "written_at": datetime(2026, 11, 22, 8, tzinfo=UTC),
    "given": 0,
    "before": 0,
    "in_force_from": date(2026, 1, 1),
    "in_force_to": date(2027, 12, 31),
    "lines": ["Giải thể đủ 12 tháng thì không vướng."],
    "told_lines": ["Điện thoại cơ quan: **0272 382 1234**"],
    "other_lines": ["Địa chỉ: **12 Đường Thử Nghiệm**"],
    "our_lines": ["Thư điện tử: **hoi@so.example.vn**", "Trang web: https://so.example.vn"],
    "missing_ways": ["địa chỉ", "địa chỉ trang web"],
    "limit": 4000,
    "links": [{"title": "Cổng Dịch vụ công", "address": "https://dichvucong.gov.vn"}],
    "messages": 12,
    "most": 5,
    "number": 2,
    "opens": True,
    "open_now": True,
    "overdue": True,
    "percent": 37,
    "released": 2,
    "requests": "HT-26-0F3K7",
    "reviewed_on": date(2026, 11, 1),
    "changed_on": date(2026, 4, 1),
    "role": "Cán bộ",
    "seconds": 40,
    "since": date(2026, 1, 1),
    "sides": [{"name": "5S", "answer": "Cách sắp xếp."}, {"name": "Okr", "answer": ""}],
    "notes": ["Chưa xác nhận."],
    "link": "Nên làm 5S trước.",
    "sources": ["Luật 05/2007/QH12 (Điều 9), áp dụng từ 01/07/2008"],
    "stars": 5,
    "starts": date(2027, 4, 1),
    "state_key": "new",
    "status": "in_force",
    "until": date(2027, 3, 1),
    "weakest": [_DIMENSION, _DIMENSION, _DIMENSION],
}
"""Plausible values by name, in any sentence or in a named one; every other name is a word."""

OTHER_VALUES: Mapping[str, tuple[Any, ...]] = {
    "enterprise.size_found.exceeded": ([],),
    "enterprise.size_found.clause": (),
    "enterprise.size_found.smaller": (),
    "enterprise.size_above.clause": (),
    "active": (False,),
    "closing.duplicate.due": (None,),
    "closing.reminded.closes": (None,),
    "closing.passed_on.lines": ([],),
    "request.ended_duplicate.kept": ("",),
    "answer.old_gone.since": (None,),
    "answer.old_name.document": (None,),
    "answer.old_name.since": (None,),
    "answer.old_rule.document": (None,),
    "answer.old_rule.since": (None,),
    "articles": ([],),
    "told_lines": ([],),
    "other_lines": ([],),
    "our_lines": ([],),
    "missing_ways": ([],),
    "changed": (False,),
    "changed_on": (None,),
    "reviewed": (False,),
    "unconfirmed": ("",),
    "before": (None,),
    "compared": ("",),
    "assessment.question.before": ("",),
    "assessment.consequences.before": (4,),
    "assessment.consequences.heading": ("",),
    "assessment.question.given": ("",),
    "assessment.paused.code": ("",),
    "example": ("",),
    "gaps": ([],),
    "hints": ([],),
    "how": ("",),
    "kept_from": ("",),
    "left_out": (0,),
    "listed": (False,),
    "next_every": (0,),
    "next_level": ("",),
    "next_no_gap": (False,),
    "other_questions": (False,),
    "strongest": ([],),
    "unit": ("",),
    "unknown": (0,),
    "unsure": ([],),
    "assessment.reask.most": (None,),
    "assessment.reask_number.least": (None,),
    "assessment.request_question.percent": (None,),
    "assessment.request_question.weakest": ([],),
    "support.at_most.most": (None,),
    "support.at_most.by_size": (False,),
    "channels.sent_edit.words": ("",),
    "clause": (None,),
    "is_begun": (False,),
    "survey.invitation.minutes": (0,),
    "survey.invitation.words": ("",),
    "is_past": (False,),
    "has_revenue": (False,),
    "is_open": (False,),
    "smaller": ("",),
    "condition": ("",),
    "women_most": (None,),
    "support.share.most": (None,),
    "support.share_of_size.most": (None,),
    "late_day": (None,),
    "period.renewal_late.late_day": (),
    "period.renewal_gone.late_day": (),
    "email": ("",),
    "enterprise": ("",),
    "given": (None,),
    "fee.line.count": (1,),
    "fee.marks.until": (None,),
    "in_force_from": (None,),
    "in_force_to": (None,),
    "look": ("",),
    "next_steps": ("",),
    "open_now": (False,),
    "opens": (False,),
    "overdue": (False,),
    "phone": ("",),
    "problem": ("",),
    "requests": ("",),
    "seconds": (1, 119, 120, 3600),
    "sides": (),
    "starts": (None,),
    "regulations": ("",),
    "methods": ("",),
    "self_assessed": (False,),
    "inspector": ("",),
    "notes": ([],),
    "link": ("",),
    "links": ([],),
    "sources": ([],),
    "state_key": ("closed",),
    "status": ("expired", "superseded", "suspended", "planned", "unverified"),
    "request.confirm.enterprise": (),
    "request.handed_over.reach": ("",),
    "tax_code": ("",),
    "verify_note": ("",),
}
"""What may stand there instead, in any sentence or in a named one: it must read well with each."""


@dataclass(frozen=True)
class Sentence:
    """One template, by its full name; `english`: of the English ones."""

    name: str
    source: str
    english: bool = False

    def values(self) -> Iterator[dict[str, Any]]:
        """Every mix of plausible values of the sentence's variables."""
        names = sorted(self.variables())
        ways = [(self._plausible(name), *self._others(name)) for name in names]
        for mix in itertools.product(*ways):
            yield dict(zip(names, mix, strict=True))

    def variables(self) -> set[str]:
        """The values that it needs."""
        return meta.find_undeclared_variables(_environment().parse(self.source))

    def _plausible(self, variable: str) -> Any:
        return VALUES.get(f"{self.name}.{variable}", VALUES.get(variable, f"Tên {variable}"))

    def _others(self, variable: str) -> tuple[Any, ...]:
        return OTHER_VALUES.get(f"{self.name}.{variable}", OTHER_VALUES.get(variable, ()))


@cache
def _environment() -> Environment:
    from bot.texts.filters import FILTERS  # noqa: PLC0415  (the loader's own)

    environment = Environment(autoescape=False)  # noqa: S701  (only parsed)
    environment.filters.update(FILTERS)
    return environment


@cache
def sentences() -> tuple[Sentence, ...]:
    """All templates, sorted by name."""
    yaml = YAML(typ="safe")
    return tuple(
        Sentence(f"{file.stem}.{key}", source, english=folder == ENGLISH_FOLDER)
        for folder in (FOLDER, ENGLISH_FOLDER)
        for file in sorted(folder.glob("*.yml"))
        for key, source in sorted(yaml.load(file.read_text(encoding="utf-8")).items())
    )


@dataclass(frozen=True)
class Use:
    """A place in the code that names a sentence, or by an f-string a family of them."""

    place: str
    pattern: str

    @property
    def is_open(self) -> bool:
        """Whether only the subject is written down: any key may be meant."""
        return self.pattern.split(r"\.", 1)[1] == ANY_NAME

    def matches(self, name: str) -> bool:
        return re.fullmatch(self.pattern, name) is not None


@cache
def uses() -> tuple[Use, ...]:
    """Every use of a sentence in code and in HTML templates."""
    found = [use for file in source_files(("bot", "actions")) for use in _uses_in(file)]
    for page in sorted((ROOT / "bot").rglob("*.html")):
        named = re.finditer(r"say\(\s*[\"']([a-z_.0-9]+)[\"']", page.read_text("utf-8"))
        found.extend(Use(page.name, re.escape(one[1])) for one in named)
    return tuple(found)


@cache
def bare_words() -> tuple[str, ...]:
    """Patterns of all other strings in the code: an open family draws its keys from them.

    A string of which nothing is written out, such as `f"{this}_{that}"`, names every sentence.
    """
    return tuple(
        {
            pattern
            for file in source_files(("bot", "actions"))
            for node in ast.walk(file.tree)
            if re.search("[a-z]", (pattern := _pattern(node)).replace(ANY_NAME, ""))
        }
    )


def _uses_in(file: SourceFile) -> Iterator[Use]:
    wrappers = dict(_wrappers(file.tree))
    parts = {id(part) for node in ast.walk(file.tree) for part in _parts(node)}
    parts.update(id(node) for _, node in wrappers.values())
    is_name = re.compile(rf"({'|'.join(_subjects())})\\\.(?!(html|css|js|yml|md|png)$)")
    for node in ast.walk(file.tree):
        if isinstance(node, ast.Call) and node.args and _called(node) in wrappers:
            subject, _ = wrappers[_called(node)]
            if pattern := _pattern(node.args[0]):
                yield Use(f"{file.path}:{node.lineno}", rf"{subject}\.{pattern}")
        elif id(node) not in parts and is_name.match(pattern := _pattern(node)):
            yield Use(f"{file.path}:{getattr(node, 'lineno', 0)}", pattern)


def _wrappers(tree: ast.Module) -> Iterator[tuple[str, tuple[str, ast.AST]]]:
    """Methods that put a subject before the key they are given, such as `_say`."""
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        names = {argument.arg for argument in (*function.args.posonlyargs, *function.args.args)}
        for node in ast.walk(function):
            match node:
                case ast.JoinedStr(
                    values=[
                        ast.Constant(value=str(head)),
                        ast.FormattedValue(value=ast.Name(id=key)),
                    ]
                ) if key in names and head.removesuffix(".") in _subjects():
                    yield function.name, (head.removesuffix("."), node)


def _parts(node: ast.AST) -> list[ast.expr]:
    return node.values if isinstance(node, ast.JoinedStr) else []


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


def _pattern(node: ast.AST) -> str:
    """The regular expression of a string or f-string that may be part of a name, or empty."""
    match node:
        case ast.Constant(value=str(text)) if re.fullmatch(r"[a-z0-9_.]+", text):
            return re.escape(text)
        case ast.JoinedStr(values=parts):
            pieces = [
                re.escape(str(part.value)) if isinstance(part, ast.Constant) else ANY_NAME
                for part in parts
            ]
            return "".join(pieces) if re.fullmatch(r"[a-z0-9_.\\\[\]+-]+", "".join(pieces)) else ""
    return ""


@cache
def _subjects() -> tuple[str, ...]:
    return tuple(sorted({file.stem for file in FOLDER.glob("*.yml")}))


def reasons_of(exception: str) -> set[str]:
    """The reasons with which the code raises an exception: `FileRefused("kind")` gives `kind`."""
    return {
        str(node.args[0].value)
        for file in source_files(("bot", "actions"))
        for node in ast.walk(file.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == exception
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }
