"""compose.yaml holds together: its settings exist, its services and volumes are declared."""

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from ruamel.yaml import YAML
from sqlalchemy import make_url

from bot.settings import PARTS, PREFIX, Settings
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


def settings_of(compose: dict[str, Any], part: str) -> Settings:
    values: dict[str, Any] = {
        name.removeprefix(PREFIX).lower(): value
        for name, value in environment(compose, part).items()
        if name.startswith(PREFIX)
    }
    return Settings(_env_file=None, **values)


@pytest.mark.parametrize("part", PARTS)
def test_it_sets_only_settings_that_exist(compose: dict[str, Any], part: str) -> None:
    names = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}

    given = set(environment(compose, part))

    assert {name for name in given if name.startswith(PREFIX)} <= names
    assert given - names <= {"FORWARDED_ALLOW_IPS"}


@pytest.mark.parametrize("part", PARTS)
def test_each_part_runs_twice_and_alone_in_its_container(
    compose: dict[str, Any], part: str
) -> None:
    settings = settings_of(compose, part)

    assert settings.parts == part
    assert compose["services"][part]["deploy"]["replicas"] == 2


def test_all_parts_share_databases_locks_tokens_and_addresses(compose: dict[str, Any]) -> None:
    shared = (
        "database_url", "tracker_url", "lock_url", "rasa_url", "action_url", "rasa_port",
        "action_port", "rasa_token", "action_token", "data_dir",
    )  # fmt: skip
    for name in shared:
        assert len({getattr(settings_of(compose, part), name) for part in PARTS}) == 1, name
    settings = settings_of(compose, "application")
    for url, port in (
        (settings.rasa_url, settings.rasa_port),
        (settings.action_url, settings.action_port),
    ):
        address = urlsplit(url)
        assert address.hostname in compose["services"]
        assert address.port == port
    assert urlsplit(settings.lock_url).hostname in compose["services"]


def test_the_application_takes_these_settings(compose: dict[str, Any]) -> None:
    settings = settings_of(compose, "application")

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


def test_only_the_web_server_can_be_reached_and_only_from_the_host(
    compose: dict[str, Any],
) -> None:
    ports = {
        name: service["ports"]
        for name, service in compose["services"].items()
        if "ports" in service
    }

    assert ports == {"web": ["127.0.0.1:8080:8080"]}


def test_no_password_stands_in_it(compose: dict[str, Any]) -> None:
    text = (ROOT / "compose.yaml").read_text(encoding="utf-8")

    assert set(re.findall(r"POSTGRES_PASSWORD: (\S)", text)) == {"$"}
    assert not re.search(r"://\w*:(?!\$)[^@\s/]*@", text)
