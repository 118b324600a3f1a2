"""compose.yaml holds together: its settings exist, its services and volumes are declared."""

import re
from typing import Any

import pytest
from ruamel.yaml import YAML
from sqlalchemy import make_url

from bot.settings import Settings
from tests.support.source import ROOT


@pytest.fixture
def compose() -> dict[str, Any]:
    return dict(YAML(typ="safe").load((ROOT / "compose.yaml").read_text(encoding="utf-8")))


def environment(compose: dict[str, Any], service: str) -> dict[str, str]:
    """A service's environment with the password filled in and the defaults taken."""
    return {
        name: re.sub(r"\$\{(\w+):\?[^}]*\}", "secret", re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", value))
        for name, value in compose["services"][service]["environment"].items()
    }


def test_it_sets_only_settings_that_exist(compose: dict[str, Any]) -> None:
    names = {f"DONGHANH_{name.upper()}" for name in Settings.model_fields}

    assert set(environment(compose, "application")) <= names


def test_the_application_takes_these_settings(compose: dict[str, Any]) -> None:
    values: dict[str, Any] = {
        name.removeprefix("DONGHANH_").lower(): value
        for name, value in environment(compose, "application").items()
    }

    settings = Settings(_env_file=None, **values)

    application = make_url(settings.sqlalchemy_url)
    tracker = make_url(settings.sqlalchemy_tracker_url)
    assert application.drivername == "postgresql+psycopg"
    assert tracker.drivername == "postgresql"
    assert application.host == tracker.host == "postgres"
    assert application.database != tracker.database


def test_what_a_service_waits_for_and_keeps_is_declared(compose: dict[str, Any]) -> None:
    services = compose["services"]
    for service in services.values():
        assert set(service.get("depends_on", {})) <= set(services)
        for volume in service.get("volumes", []):
            assert volume.split(":")[0] in compose["volumes"]


def test_only_the_application_can_be_reached_and_only_from_the_host(
    compose: dict[str, Any],
) -> None:
    ports = {
        name: service["ports"]
        for name, service in compose["services"].items()
        if "ports" in service
    }

    assert ports == {"application": ["127.0.0.1:8080:8080"]}


def test_no_password_stands_in_it(compose: dict[str, Any]) -> None:
    text = (ROOT / "compose.yaml").read_text(encoding="utf-8")

    assert set(re.findall(r"POSTGRES_PASSWORD: (\S)", text)) == {"$"}
    assert not re.search(r"://\w+:(?!\$)", text)
