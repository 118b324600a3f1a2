"""The table of roles in the administrator's guide is the table of the code."""

from bot.domain.office.roles import PERMISSIONS, Permission, Role
from bot.texts import default_texts
from tests.support.data.documents import code, rows
from tests.support.source import ROOT

GUIDE = "docs/guides/administrator.md"


def test_the_guide_says_what_each_role_may_do() -> None:
    table = {
        code(permission): [bool(cell) for cell in cells]
        for permission, _, *cells in rows(GUIDE, heading="quyền")
    }
    columns = (Role.OFFICER, Role.HEAD, Role.ADMINISTRATOR)

    assert table == {
        str(permission): [permission in PERMISSIONS[role] for role in columns]
        for permission in Permission
    }


def test_the_columns_are_the_roles_in_the_words_of_the_console() -> None:
    head = next(
        line
        for line in (ROOT / GUIDE).read_text(encoding="utf-8").splitlines()
        if line.startswith("| quyền")
    )
    names = [cell.strip() for cell in head.strip("|").split("|")][2:]
    texts = default_texts()

    assert names == [
        f"{role} ({texts.say(f'people.role_{role}').lower()})"
        for role in (Role.OFFICER, Role.HEAD, Role.ADMINISTRATOR)
    ]
