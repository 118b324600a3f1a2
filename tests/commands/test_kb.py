import hashlib
import itertools
import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.audit.expiry import LAST_WARNING
from bot.commands.kb import app
from bot.domain.clock import system_clock
from bot.domain.talk.messages import ChannelName
from bot.knowledge.library import read_knowledge
from bot.settings import Settings
from bot.storage.database import Database
from tests.support.data.given import OLD, give
from tests.support.data.small_knowledge import article_file, cite_only, edit, registered

run = CliRunner()


def share_phrasings(file: Path, twin: Path) -> None:
    """Gives every second phrasing of an article to another one, which is otherwise its copy."""
    places = itertools.count()
    kept, given = [], []
    for line in file.read_text(encoding="utf-8").splitlines():
        is_phrasing = line.startswith('  - "')
        place = next(places) if is_phrasing else 0
        if not is_phrasing or place % 2 == 0:
            kept.append(line)
        if not is_phrasing or place % 2 == 1:
            given.append(line.replace(f"id: {file.stem}", f"id: {twin.stem}"))
    file.write_text("\n".join(kept), encoding="utf-8")
    twin.write_text("\n".join(given), encoding="utf-8")


def test_a_good_folder_ends_well_and_lists_what_to_plan_for(folder: Path) -> None:
    result = run.invoke(app, ["check", "--words", "--folder", str(folder)])
    assert result.exit_code == 0
    assert "no problems: 11 articles" in result.output
    for title in ("expires within 90 days", "unverified", "lacks phrasings"):
        assert title in result.output


def test_a_problem_is_shown_with_file_and_line_and_fails(folder: Path) -> None:
    file = article_file(folder, "5s-la-gi")
    edit(file, "verify: ", "verify: perhaps # ")
    result = run.invoke(app, ["check", "--words", "--folder", str(folder)])
    assert result.exit_code == 1
    assert f"problem: {file}:" in result.output
    assert "problems: 1" in result.output


def test_an_overdue_review_fails_and_a_coming_one_only_warns(folder: Path) -> None:
    file = article_file(folder, "5s-la-gi")
    edit(file, "review_due: ", "review_due: 2027-02-01 # ")
    # A document that ends before would be a problem of its own.
    register = folder / "register.yml"
    lasting = re.sub("in_force_to: 202[67]-.*", "in_force_to: null", register.read_text("utf-8"))
    register.write_text(lasting, encoding="utf-8")
    for day, code, kind in (
        ("2026-12-02", 0, None),
        ("2026-12-03", 0, "warning"),
        ("2027-01-31", 0, "warning"),
        ("01/02/2027", 1, "problem"),
    ):
        result = run.invoke(app, ["check", "--quick", "--on", day, "--folder", str(folder)])
        assert result.exit_code == code
        told = [line for line in result.output.splitlines() if f"{file}:" in line]
        assert [line.split(":")[0] for line in told] == ([kind] if kind else [])


def test_articles_that_the_search_cannot_tell_apart_fail_unless_asked_to_be_quick(
    folder: Path,
) -> None:
    share_phrasings(article_file(folder, "5s-la-gi"), article_file(folder, "kaizen-la-gi"))
    quick = run.invoke(app, ["check", "--quick", "--folder", str(folder)])
    assert quick.exit_code == 0
    result = run.invoke(app, ["check", "--words", "--folder", str(folder)])
    assert result.exit_code == 1
    assert "hard to tell apart" in result.output


def test_expire_shows_what_falls_silent_and_who_hears_of_it(folder: Path) -> None:
    last_day = (system_clock() + timedelta(days=100)).date()
    registered(folder, f"status: in_force; in_force_to: {last_day}")
    cite_only(article_file(folder, "5s-la-gi"), "thu-nghiem")
    until = str(last_day + timedelta(days=1))
    shown = run.invoke(app, ["expire", "--on", until, "--folder", str(folder)])
    assert shown.exit_code == 0
    assert "Bài ngừng được dùng (không còn căn cứ nào còn hiệu lực): 1" in shown.output
    assert "5s-la-gi" in shown.output
    assert "Bộ phận TĐC, Sở KH&CN" in shown.output
    assert "60 ngày trước" in shown.output
    as_json = run.invoke(app, ["expire", "--on", until, "--json", "--folder", str(folder)])
    (silent,) = [one for one in json.loads(as_json.output)["articles"] if one["on"] == until]
    assert silent["article"] == "5s-la-gi"
    assert silent["reason"] == "silent"
    assert silent["document"] == "thu-nghiem"
    assert silent["last_warning"] == str(date.fromisoformat(until) - LAST_WARNING)


def test_expire_says_so_where_nothing_ends(folder: Path) -> None:
    today = str(system_clock().date())
    for article in (folder / "articles").rglob("*.md"):
        edit(article, "review_due: ", "review_due: 2199-01-01 # ")
    shown = run.invoke(app, ["expire", "--on", today, "--folder", str(folder)])
    assert "Không có văn bản nào hết hiệu lực" in shown.output


@pytest.mark.parametrize("day", ["0001-01-01", "31/12/1899", "2201-01-01", "9999-12-31"])
@pytest.mark.parametrize("command", [["check", "--quick"], ["expire"], ["impact", "500/2025"]])
def test_a_day_beyond_all_papers_is_refused_in_a_line(
    folder: Path, command: list[str], day: str
) -> None:
    shown = run.invoke(app, [*command, "--on", day, "--folder", str(folder)])

    assert shown.exit_code == 1
    assert isinstance(shown.exception, SystemExit)
    assert shown.output == "donghanh: Chỉ xem được các ngày từ 01/01/1900 đến 31/12/2200.\n"


def test_impact_shows_what_a_document_touches(folder: Path) -> None:
    registered(folder, 'status: in_force; number: "500/2025/NĐ-CP"')
    cite_only(article_file(folder, "5s-la-gi"), "thu-nghiem")
    shown = run.invoke(app, ["impact", "nđ 500/2025", "--folder", str(folder)])
    assert shown.exit_code == 1
    shown = run.invoke(app, ["impact", "500/2025", "--folder", str(folder)])
    assert shown.exit_code == 0
    assert "1 bài dẫn văn bản này" in shown.output
    assert "1 bài ngừng được dùng" in " ".join(shown.output.split())
    as_json = run.invoke(app, ["impact", "thu-nghiem", "--json", "--folder", str(folder)])
    told = json.loads(as_json.output)
    assert told["falls_silent"] == ["5s-la-gi"]
    assert told["articles"][0]["clauses"] == [None]


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    """The database of an installation, without tables yet."""
    monkeypatch.setenv("DONGHANH_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.delenv("DONGHANH_DATABASE_URL", raising=False)
    (tmp_path / "var").mkdir()
    return Database(Settings(_env_file=None).sqlalchemy_url)


def test_impact_counts_who_was_given_what_the_document_touches(
    folder: Path, installed: Database
) -> None:
    registered(folder, "status: in_force")
    for name in ("5s-la-gi", "kaizen-la-gi"):
        cite_only(article_file(folder, name), "thu-nghiem")
    mark = read_knowledge(folder).articles["5s-la-gi"].mark
    now = system_clock()
    installed.migrate()
    with installed.transaction() as session:
        both = give(session, "5s-la-gi", mark, at=now - timedelta(days=3))
        give(session, "kaizen-la-gi", OLD, at=now - timedelta(days=2), to=both)
        give(session, "5s-la-gi", OLD, at=now, channel=ChannelName.TELEGRAM)
        give(session, "5s-la-gi", OLD, at=now - timedelta(days=91))
        give(session, "iso9001-la-gi", OLD, at=now)
    installed.close()

    as_json = run.invoke(app, ["impact", "thu-nghiem", "--json", "--folder", str(folder)])
    shown = run.invoke(app, ["impact", "thu-nghiem", "--folder", str(folder)])

    told = json.loads(as_json.output)
    assert told["conversations"] == 2
    given = {one["article"]: (one["given"], one["given_older_text"]) for one in told["articles"]}
    assert given["5s-la-gi"] == ({"telegram": 1, "web": 1}, 1)
    assert given["kaizen-la-gi"] == ({"web": 1}, 1)
    assert shown.exit_code == 0
    assert "telegram 1; web 1" in shown.output
    assert "2 cuộc trò chuyện đã nhận ít nhất một bài trên trong 90 ngày qua" in shown.output


@pytest.mark.parametrize("revision", ["", "0013"])
def test_impact_without_a_database_that_notes_it_says_so_and_goes_on(
    folder: Path, installed: Database, revision: str
) -> None:
    registered(folder, "status: in_force")
    cite_only(article_file(folder, "5s-la-gi"), "thu-nghiem")
    if revision:
        installed.migrate(revision)
    installed.close()

    shown = run.invoke(app, ["impact", "thu-nghiem", "--folder", str(folder)])
    as_json = run.invoke(app, ["impact", "thu-nghiem", "--json", "--folder", str(folder)])

    assert shown.exit_code == 0
    assert "1 bài dẫn văn bản này" in shown.output
    assert shown.output.count("Không có cơ sở dữ liệu ở đây") == 1
    told = json.loads(as_json.output)
    assert told["conversations"] is None
    assert told["articles"][0]["given"] is None


@pytest.mark.parametrize(
    ("wish", "message"),
    [
        ("khong-co-gi-giong", "Không có văn bản"),
        ("ISO 14001", "Hãy ghi rõ hơn"),
        ("119/2017/ND-CPP", "Có phải: NĐ 119/2017/NĐ-CP"),
    ],
)
def test_a_document_that_is_not_one_is_asked_back(folder: Path, wish: str, message: str) -> None:
    result = run.invoke(app, ["impact", wish, "--folder", str(folder)])
    assert result.exit_code == 1
    assert message in result.output


def test_a_broken_folder_is_told_and_no_crash(folder: Path) -> None:
    edit(article_file(folder, "5s-la-gi"), "verify: ", "verify: perhaps # ")
    for command in (["expire", "--on", "2027-01-01"], ["impact", "37/2026"]):
        result = run.invoke(app, [*command, "--folder", str(folder)])
        assert result.exit_code == 1
        assert "5s-la-gi.md" in result.output


def test_a_product_is_shown_with_its_duties() -> None:
    shown = run.invoke(app, ["product", "nồi cơm điện", "--folder", "knowledge_base"])
    assert shown.exit_code == 0
    assert "rủi ro cao" in shown.output


def test_an_unknown_product_gets_the_questions_that_decide() -> None:
    shown = run.invoke(app, ["product", "bàn ghế gỗ", "--folder", "knowledge_base"])
    assert shown.exit_code == 1
    assert "ba điều" in shown.output


def test_forms_are_listed_with_their_checksums_and_written(tmp_path: Path) -> None:
    result = run.invoke(app, ["forms", "--write", str(tmp_path / "mau")])
    assert result.exit_code == 0
    assert "forms: 15" in result.output
    listed = dict(re.findall(r"^/bieu-mau/(\S+)  ([0-9a-f]{64})$", result.output, re.MULTILINE))
    written = {file.name: file.read_bytes() for file in (tmp_path / "mau").iterdir()}
    assert listed == {
        name: hashlib.sha256(content).hexdigest() for name, content in written.items()
    }
