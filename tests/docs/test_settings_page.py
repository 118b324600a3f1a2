"""The table of settings, the example file and the code say the same."""

import re
from pathlib import Path

from pydantic import SecretStr

from bot.settings import ROOT, Settings
from tests.support.data.documents import code, rows

PREFIX = "DONGHANH_"


def shown(value: object) -> str:
    """A default as the papers write it: paths from the project's folder."""
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    if isinstance(value, Path):
        return value.relative_to(ROOT).as_posix()
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def in_code() -> list[tuple[str, str, str]]:
    return [
        (PREFIX + name.upper(), shown(field.default), str(field.description))
        for name, field in Settings.model_fields.items()
    ]


def test_every_setting_has_a_description() -> None:
    assert [name for name, _, description in in_code() if description == "None"] == []


def test_the_table_is_the_code() -> None:
    table = [
        (code(name), code(default), description)
        for name, default, description in rows("docs/settings.md", heading="setting")
    ]

    assert table == in_code()


def test_the_example_file_is_the_code() -> None:
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    example = [
        (name, default, description)
        for description, name, default in re.findall(r"^# (.+)\n#(\w+)=(.*)$", text, re.MULTILINE)
    ]

    assert example == in_code()


def test_a_copy_of_the_example_with_everything_uncommented_is_the_default(tmp_path: Path) -> None:
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    copy = tmp_path / ".env"
    # What is empty there means: not set.
    copy.write_text(re.sub(r"^#(\w+=.)", r"\1", text, flags=re.MULTILINE), encoding="utf-8")

    read = Settings(_env_file=copy)

    plain = Settings(_env_file=None)
    relative = {
        name: ROOT / value
        for name, value in read
        if isinstance(value, Path) and not value.is_absolute()
    }
    assert read.model_copy(update=relative) == plain
