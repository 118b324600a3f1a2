"""A setting that cannot be used ends every command with one line: which, why, what to do."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.commands import main
from bot.given_settings import WrongSettings, read_settings
from bot.house import open_house
from bot.processes.supervisor import CannotStart, check_port, check_tracker, last_words
from bot.settings import PREFIX, ROOT, Settings
from bot.storage.database import Database

SECRET = "geheim"

UNREACHABLE = f"postgresql+psycopg://donghanh:{SECRET}@127.0.0.1:1/donghanh"

BAD_BY_NAME: dict[str, list[str]] = {
    "host": ["hai từ", "http://127.0.0.1"],
    "log_level": ["LOUD", "5"],
    "public_url": [
        "donghanh.vn",
        "ftp://donghanh.vn",
        "https://",
        "http://a:b",
        "https://a/?x",
        "https://a/#y",
        "https://a b/",
        f"https://u:{SECRET}@a/",
    ],
    "telegram_base_url": ["api.telegram.org", "https:api", f"https://u:{SECRET}@[a"],
    "smtp_host": ["hai từ", "http://smtp.example.vn"],
    "smtp_security": ["ssl3"],
    "second_factor": ["sometimes"],
    "password_sign_in": ["nobody"],
    "oidc_client_id": ["hai từ"],
    "oidc_client_secret": [f"{SECRET}-ố"],
    "oidc_claim": ["hai từ"],
    "oidc_name": ["x" * 61],
    "oidc_issuer": ["so.example.vn", "http://so.example.vn", f"https://u:{SECRET}@so.example.vn"],
    "secret_key": [f"{SECRET}-short", "k" * 40 + "ố"],
    "smtp_user": ["hộp thư"],
    "smtp_password": [f"{SECRET}-ố"],
    "smtp_sender": ["Sở KH&CN", "hop-thu@"],
    "telegram_token": [f"{SECRET}", f"12:{SECRET}:x y"],
    "parts": ["all", "rasa,web"],
    "rasa_url": ["rasa:5005", f"http://u:{SECRET}@rasa:5005"],
    "action_url": ["actions", "ftp://actions"],
    "engine_host": ["hai từ", "http://0.0.0.0"],
    "lock_url": ["redis", "redis://", f"http://u:{SECRET}@h", f"redis://u:{SECRET}@h:port"],
    "rasa_token": [f"{SECRET} hai"],
    "action_token": [f"{SECRET}-ố"],
    "database_url": [
        SECRET,
        f"mysql://u:{SECRET}@h/d",
        f"postgres://u:{SECRET}@h/d",
        f"postgresql+psycopg2://u:{SECRET}@h/d",
        f"postgresql+psycopg://u:{SECRET}@h",
        f"postgresql+psycopg://u:ab@{SECRET}@h/d",
        f"postgresql+psycopg://u:{SECRET}@h:port/d",
        f"postgresql+psycopg://u:{SECRET}%00@h/d",
        f"postgresql+psycopg://h/d?password={SECRET}",
        f"postgresql+psycopg:///u:ab@{SECRET}@h/d",
        "postgresql+psycopg:///d?host=a&host=b&port=1",
        "sqlite://",
        "sqlite://host/x",
        "sqlite:///a%00b",
        "sqlite:///:memory:",
        "sqlite:////tmp/x?mode=ro",
    ],
    "tracker_url": [
        SECRET,
        f"postgresql+psycopg://u:{SECRET}@h/d",
        "mongodb://h/d",
        "sqlite://h/x",
        "sqlite:///:memory:",
    ],
}

BAD_BY_TYPE: dict[type, list[str]] = {
    int: ["abc", "1.5", "-1", "70000", "0x10", "8080;"],
    bool: ["maybe", "2"],
    Path: ["/dev/null/x", "/dev/null", f"/tmp/{'a' * 300}", "~no-such-user/x"],  # noqa: S108
}


def bad_values() -> Iterator[tuple[str, str]]:
    for name, field in Settings.model_fields.items():
        kind = Path if "_dir" in name else field.annotation
        values = BAD_BY_NAME.get(name) or BAD_BY_TYPE[kind]  # type: ignore[index]
        if name == "engine_dir":
            continue  # looked at where Rasa is started
        yield from ((name, value) for value in values)


BAD = list(bad_values())


@pytest.fixture
def env_file(tmp_path: Path) -> Path:
    return tmp_path / ".env"


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.upper().startswith(PREFIX):
            monkeypatch.delenv(name)


def refused(env_file: Path) -> str:
    with pytest.raises(WrongSettings) as wrong:
        read_settings(env_file)
    return str(wrong.value)


def test_each_setting_has_a_bad_value_to_try() -> None:
    assert {name for name, _ in BAD} == {*Settings.model_fields} - {"engine_dir"}


@pytest.mark.parametrize(("name", "value"), BAD)
@pytest.mark.parametrize("place", ["environment", "file"])
def test_a_bad_value_is_one_line_without_a_secret(
    env_file: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, place: str
) -> None:
    setting = PREFIX + name.upper()
    if place == "environment":
        monkeypatch.setenv(setting, value)
    else:
        env_file.write_text(f"{setting}='{value}'\n", "utf-8")

    line = refused(env_file)

    assert setting in line
    assert len(line.splitlines()) == 1
    assert line.endswith("docs/settings.md lists all settings.")
    assert SECRET not in line


@pytest.mark.parametrize("name", [name for name in Settings.model_fields if name != "port"])
def test_bytes_that_are_no_text_are_one_line(
    env_file: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(PREFIX + name.upper(), "/tmp/\udcff")  # noqa: S108

    line = refused(env_file)

    assert "it holds what is no text in UTF-8" in line
    assert line.isprintable()


def test_a_folder_of_ones_home_is_found(env_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(env_file.parent))
    env_file.write_text("DONGHANH_DATA_DIR=~/var\n", "utf-8")

    assert read_settings(env_file).settings.data_dir == env_file.parent / "var"


def test_an_address_of_the_newer_kind_stands_in_brackets() -> None:
    assert Settings(_env_file=None, host="::1").base_url == "http://[::1]:8080"


def test_several_are_told_at_once(env_file: Path) -> None:
    env_file.write_text("DONGHANH_PORT=abc\nDONGHANH_LOG_LEVEL=LOUD\n", "utf-8")

    assert [line.split(" ")[0] for line in refused(env_file).splitlines()] == [
        "DONGHANH_PORT",
        "DONGHANH_LOG_LEVEL",
    ]


def test_two_servers_cannot_listen_on_one_port(env_file: Path) -> None:
    env_file.write_text("DONGHANH_RASA_PORT=5005\nDONGHANH_ACTION_PORT=5005\n", "utf-8")

    assert "must differ" in refused(env_file)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("PROT", "PORT"),
        ("prot", "PORT"),
        ("TELEGRAM_BOT_TOKEN", "TELEGRAM_TOKEN"),
        ("DATABSE_URL", "DATABASE_URL"),
        ("MAX_UPLOAD", "MAX_UPLOAD_MB"),
        ("LOGLEVEL", "LOG_LEVEL"),
        ("SECURE_COOKIE", "SECURE_COOKIES"),
    ],
)
@pytest.mark.parametrize("place", ["environment", "file"])
def test_a_misspelt_name_is_refused_with_the_right_one(
    env_file: Path, monkeypatch: pytest.MonkeyPatch, written: str, meant: str, place: str
) -> None:
    if place == "environment":
        monkeypatch.setenv(f"{PREFIX}{written}", "1")
    else:
        env_file.write_text(f"export {PREFIX}{written}=1\n", "utf-8")

    line = refused(env_file)

    assert line.startswith(f"{PREFIX}{written.upper()} in ")
    assert f"Did you mean {PREFIX}{meant}?" in line


@pytest.mark.parametrize("written", ["DONGHAN_PORT", "DONGHANHPORT", "\u200bDONGHANH_PORT"])
@pytest.mark.parametrize("place", ["environment", "file"])
def test_a_misspelt_prefix_is_refused_with_the_right_name(
    env_file: Path, monkeypatch: pytest.MonkeyPatch, written: str, place: str
) -> None:
    if place == "environment":
        monkeypatch.setenv(written, "1")
    else:
        env_file.write_text(f"DONGHANH_LOG_LEVEL=INFO\n{written}=1\n", "utf-8")

    line = refused(env_file)

    assert "Did you mean DONGHANH_PORT?" in line
    assert line.isprintable()


def test_a_name_like_no_other_keeps_nothing_down_and_is_told(
    env_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    env_file.write_text("DONGHANH_ZALO_OA=1\nOTHER_PROGRAM=1\nDONGHANH_PORT=8090\n", "utf-8")
    monkeypatch.setenv("TELEGRAM_TOKEN", "1:of-whom")
    monkeypatch.setenv("YET_ANOTHER_PROGRAM", "1")

    given = read_settings(env_file)

    assert given.unknown == ["DONGHANH_ZALO_OA", "OTHER_PROGRAM", "TELEGRAM_TOKEN"]
    assert given.settings.port == 8090


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"DONGHANH_PORT=1\nX=\xff\xfe\n", "line 2, is not UTF-8"),
        ("DONGHANH_PORT=1\n".encode("utf-16"), "line 1, is not UTF-8"),
        (b"DONGHANH_PORT=80\nDONGHANH_HOST 0.0.0.0\n=x\n", "line"),
        ("DONGHANH_HOST=a\nDONGHANH_PORT=1\n".encode("utf-16-le"), "line 1, is not UTF-8"),
        (b"DONGHANH_PORT='8080\n", "line 1, cannot be read"),
        (b"DONGHANH_HOST=a\nDONGHANH_PORT\n", "line 2, cannot be read"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_line(env_file: Path, content: bytes, said: str) -> None:
    env_file.write_bytes(content)

    line = refused(env_file)

    assert str(env_file) in line
    assert said in line
    assert len(line.splitlines()) == 1


def test_a_folder_in_place_of_the_file_is_told(env_file: Path) -> None:
    env_file.mkdir()

    assert "cannot be read" in refused(env_file)


def test_a_mark_windows_lines_and_empty_values_are_read_over(env_file: Path) -> None:
    empty = "".join(f"{PREFIX}{name.upper()}=\r\n" for name in Settings.model_fields)
    env_file.write_bytes(b"\xef\xbb\xbfDONGHANH_LOG_LEVEL=debug \r\n" + empty.encode())
    text = env_file.read_text("utf-8").replace("DONGHANH_LOG_LEVEL=\n", "")
    env_file.write_text(text, "utf-8")

    settings = read_settings(env_file).settings

    assert settings == Settings(_env_file=None, log_level="DEBUG")


def test_what_is_empty_in_the_environment_still_wins(
    env_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    env_file.write_text(f"DONGHANH_DATABASE_URL={UNREACHABLE}\n", "utf-8")
    monkeypatch.setenv("DONGHANH_DATABASE_URL", "")

    assert read_settings(env_file).settings.database_url == ""


@pytest.mark.parametrize("url", [UNREACHABLE, "sqlite:////proc/khong/co.sqlite3"])
def test_a_database_out_of_reach_is_one_line(tmp_path: Path, url: str) -> None:
    settings = Settings(_env_file=None, data_dir=tmp_path, database_url=url)

    with pytest.raises(WrongSettings, match="DONGHANH_DATABASE_URL") as wrong:
        open_house(settings)

    assert SECRET not in str(wrong.value)
    assert len(str(wrong.value).splitlines()) == 1


def test_a_file_that_is_no_database_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "donghanh.sqlite3").write_bytes(b"this is no database, whatever its name says" * 99)

    with pytest.raises(WrongSettings, match=r"DONGHANH_DATA_DIR.*not a database"):
        open_house(Settings(_env_file=None, data_dir=tmp_path))


def test_a_database_of_a_newer_version_is_one_line(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, data_dir=tmp_path)
    database = Database(settings.sqlalchemy_url)
    database.migrate()
    with database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    database.close()

    with pytest.raises(WrongSettings, match="another version of this program"):
        open_house(settings)


@pytest.mark.parametrize("folder", ["/proc/khong/co", "/dev/null/x"])
def test_a_data_folder_that_cannot_be_made_is_one_line(folder: str) -> None:
    with pytest.raises(WrongSettings, match=f"DONGHANH_DATA_DIR: {folder}"):
        open_house(Settings(_env_file=None, data_dir=Path(folder)))


def test_rasas_database_is_asked_before_anything_starts(tmp_path: Path) -> None:
    url = UNREACHABLE.replace("+psycopg", "")
    settings = Settings(_env_file=None, data_dir=tmp_path, tracker_url=url)

    with pytest.raises(WrongSettings, match="DONGHANH_TRACKER_URL") as wrong:
        check_tracker(settings)

    assert SECRET not in str(wrong.value)


@pytest.mark.parametrize("what", ["a folder", "no database", "nowhere"])
def test_so_is_a_file_of_rasas(tmp_path: Path, what: str) -> None:
    file = tmp_path / "rasa.sqlite3"
    if what == "a folder":
        file.mkdir()
    if what == "no database":
        file.write_bytes(b"no database" * 999)
    where = "/proc/khong/co.sqlite3" if what == "nowhere" else str(file)
    settings = Settings(_env_file=None, data_dir=tmp_path, tracker_url=f"sqlite:///{where}")

    with pytest.raises(WrongSettings, match=f"DONGHANH_TRACKER_URL: sqlite:///{where}: ") as wrong:
        check_tracker(settings)

    assert len(str(wrong.value).splitlines()) == 1


def test_a_file_of_rasas_that_is_not_there_yet_is_fit(tmp_path: Path) -> None:
    check_tracker(Settings(_env_file=None, data_dir=tmp_path))


def test_rasas_file_in_the_data_folder_is_named_by_the_folder(tmp_path: Path) -> None:
    (tmp_path / "tracker.sqlite3").mkdir()

    with pytest.raises(WrongSettings, match="DONGHANH_DATA_DIR"):
        check_tracker(Settings(_env_file=None, data_dir=tmp_path))


@pytest.mark.parametrize("host", ["192.0.2.1", "a..b", "nirgends.invalid"])
def test_an_address_of_another_machine_is_no_taken_port(host: str) -> None:
    with pytest.raises(WrongSettings, match="DONGHANH_HOST"):
        check_port(Settings(_env_file=None, host=host))


def test_an_address_of_the_newer_kind_is_taken() -> None:
    try:
        check_port(Settings(_env_file=None, host="::1", port=61_999))
    except (CannotStart, WrongSettings) as why:
        pytest.skip(str(why))  # this machine has none


def test_the_last_words_of_a_log_are_one_line(tmp_path: Path) -> None:
    log = tmp_path / "a.log"
    assert last_words(log) == ""
    log.write_text("x\n" * 9000 + "Traceback\nValueError: lỗi.\n\n", "utf-8")
    assert last_words(log) == "ValueError: lỗi"


COMMANDS = (
    ["run"],
    ["train"],
    ["ask", "xin chào"],
    ["talk", "--file", "nlu_data/evaluation/dialogues.jsonl"],
    ["chat"],
    ["user", "list"],
    ["kb", "check", "--quick"],
    ["kb", "take-in"],
    ["kb", "expire", "--on", "2027-01-01"],
    ["evaluate"],
)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_says_it_and_ends(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["donghanh", *command])
    monkeypatch.setenv("DONGHANH_PORT", "abc")

    with pytest.raises(SystemExit) as ended:
        main()

    said = str(ended.value.code)
    assert said.startswith("donghanh: DONGHANH_PORT is “abc”: it must be a whole number.")
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize(
    "program", [["-m", "bot.processes.application"], ["-m", "actions.server", "--port", "1"]]
)
def test_a_process_says_it_and_ends_with_1(program: list[str], tmp_path: Path) -> None:
    with subprocess.Popen(  # noqa: S603  (our own module)
        [sys.executable, *program],
        cwd=ROOT,
        env={"DONGHANH_PORT": "abc", "DONGHANH_DATA_DIR": str(tmp_path)},
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as started:
        assert started.stderr is not None
        said = started.stderr.read()
        assert started.wait(60) == 1

    assert said.startswith("DONGHANH_PORT is “abc”")
    assert "Traceback" not in said


def test_no_setting_of_ours_shows_its_secret() -> None:
    settings = Settings(_env_file=None, telegram_token=SecretStr(f"1:{SECRET}"))

    assert SECRET not in str(settings)


@pytest.mark.parametrize(
    ("lines", "named"),
    [
        ("PARTS=application,actions", "DONGHANH_RASA_URL"),
        ("PARTS=application,rasa", "DONGHANH_ACTION_URL"),
        ("PARTS=rasa", "DONGHANH_ACTION_URL"),
        ("PARTS=actions", "DONGHANH_ACTION_TOKEN"),
        ("RASA_URL=http://rasa:5005\nDONGHANH_RASA_TOKEN=a", "DONGHANH_ACTION_TOKEN"),
        ("ENGINE_HOST=0.0.0.0", "DONGHANH_RASA_TOKEN"),
    ],
)
def test_parts_on_several_machines_must_find_and_know_each_other(
    env_file: Path, lines: str, named: str
) -> None:
    env_file.write_text(f"DONGHANH_{lines}\n", encoding="utf-8")

    assert named in refused(env_file)


def test_a_machine_may_have_one_part_alone(env_file: Path) -> None:
    env_file.write_text(
        "DONGHANH_PARTS=actions\nDONGHANH_RASA_TOKEN=a\nDONGHANH_ACTION_TOKEN=b\n",
        encoding="utf-8",
    )

    settings = read_settings(env_file).settings

    assert settings.starts("actions")
    assert not settings.starts("application")
    assert not settings.starts("rasa")
