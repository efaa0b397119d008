"""What one copies to a real machine fits the program: units, settings, proxies."""

import re

import click
import pytest

from buurthuis import create_app
from buurthuis.foundation.settings import CHECKOUT, from_environment

DEPLOY = CHECKOUT / "deploy"
UNITS = sorted(DEPLOY.glob("*.service"))
PROXIES = ("Caddyfile", "nginx.conf")
RUNNING = (CHECKOUT / "docs" / "running.md").read_text("utf-8")
FLASK = re.compile(r"flask --app app ([a-z ]+)")
OF_OTHERS = {"db"}


def lines(unit, key):
    return re.findall(rf"^{key}=(.*)", unit.read_text(), re.MULTILINE)


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_runs_as_a_neighbour_who_may_write_in_one_place(unit):
    assert lines(unit, "User") == ["buurthuis"]
    assert lines(unit, "ProtectSystem") == ["strict"]
    assert lines(unit, "NoNewPrivileges") == ["true"]
    assert all(each.startswith("/var/") for each in lines(unit, "ReadWritePaths")[0].split())
    assert lines(unit, "EnvironmentFile") == ["/etc/buurthuis.env"]


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_starts_what_is_there(unit, app):
    started = lines(unit, "ExecStart") + lines(unit, "ExecStartPre")
    commands = {name.split()[0] for line in started for name in FLASK.findall(line)}

    assert started
    assert commands <= set(app.cli.list_commands(click.Context(app.cli))) | OF_OTHERS
    assert all((CHECKOUT / path).is_file() for line in started
               for path in re.findall(r"--config (\S+)", line))  # fmt: skip


def test_the_settings_are_settings(tmp_path):
    written = dict(
        line.split("=", 1) for line in (DEPLOY / "buurthuis.env").read_text().splitlines()
    )
    settings = from_environment({**written, "BUURTHUIS_INSTANCE": str(tmp_path)})

    assert settings.is_https
    assert settings.proxies == 1
    assert create_app(settings).url_map
    assert {name for name in written if f"`{name}`" not in RUNNING} == set()


@pytest.mark.parametrize("proxy", PROXIES)
def test_a_proxy_lets_photos_through_to_the_port_of_the_settings(proxy):
    text = (DEPLOY / proxy).read_text()

    assert "127.0.0.1:5000" in text
    assert re.search(r"41(m|MB)\b", text)


def test_the_papers_name_everything_that_is_copied():
    named = {each.name for each in DEPLOY.iterdir() if each.name in RUNNING}

    assert named >= {"buurthuis.env", *PROXIES, "buurthuis-backup.timer"}
    assert all(each.stem in RUNNING for each in UNITS)
