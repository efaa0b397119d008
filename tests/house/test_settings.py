"""Settings that make no sense stop the start with one clear line; those that do are taken as they are."""

import os
import re
import stat
import subprocess
import sys

import pytest

from buurthuis.foundation.settings import CHECKOUT, from_environment
from tests.house.papers import PACKAGE

SENSELESS = {
    "BUURTHUIS_BASE_URL": "meevaart.example",
    "BUURTHUIS_DATABASE_URL": "mysql://localhost/houses",
    "BUURTHUIS_SECRET_KEY": "short",
    "BUURTHUIS_MAIL_URL": "pigeon://roof",
    "BUURTHUIS_PROXIES": "many",
    "PORT": "http",
    "BUURTHUIS_VAULT_KEY": "open sesame",
    "BUURTHUIS_OWN_CALENDARS": "https://cloud.lan",
}


@pytest.fixture
def read(tmp_path):
    """A function that reads settings in a folder of its own."""
    return lambda **given: from_environment({"BUURTHUIS_INSTANCE": str(tmp_path), **given})


@pytest.mark.parametrize("setting", SENSELESS)
def test_a_setting_that_makes_no_sense_is_refused_in_one_line(read, setting):
    with pytest.raises(SystemExit) as refusal:
        read(**{setting: SENSELESS[setting]})

    [line] = str(refusal.value).splitlines()
    assert line.startswith(f"{setting}: ")


def test_the_program_does_not_start_with_such_a_setting(tmp_path):
    given = {"BUURTHUIS_INSTANCE": str(tmp_path), "BUURTHUIS_MAIL_URL": "pigeon://roof"}
    started = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "app", "routes"],
        cwd=CHECKOUT,
        env={**os.environ, **given},
        capture_output=True,
        text=True,
        check=False,
    )

    assert started.returncode != 0
    [line] = started.stderr.splitlines()
    assert line.startswith("BUURTHUIS_MAIL_URL: ")


def test_without_settings_everything_has_a_sensible_value(read, tmp_path):
    settings = read()

    assert settings.database_url == f"sqlite:///{tmp_path / 'buurthuis.sqlite'}"
    assert settings.base_url == "http://127.0.0.1:5000"
    assert settings.mail_url == "file:"
    assert settings.proxies == 0


def test_the_port_is_part_of_the_address(read):
    assert read(PORT="5077").base_url == "http://127.0.0.1:5077"


def test_the_secret_is_made_once_and_read_by_nobody_else(read, tmp_path):
    assert read().secret_key == read().secret_key
    assert len(read().secret_key) >= 32
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


def test_two_houses_have_two_secrets(tmp_path):
    secrets = {
        from_environment({"BUURTHUIS_INSTANCE": str(tmp_path / each)}).secret_key for each in "ab"
    }

    assert len(secrets) == 2


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_way_to_write_postgresql_is_understood(read, scheme):
    settings = read(BUURTHUIS_DATABASE_URL=f"{scheme}://amina@localhost/houses")

    assert settings.database_url == "postgresql+psycopg://amina@localhost/houses"
    assert not settings.is_embedded


def test_the_own_host_is_trusted_and_others_only_when_named(read):
    own = read(BUURTHUIS_BASE_URL="https://zaal.example/")
    named = read(BUURTHUIS_TRUSTED_HOSTS="zaal.example, www.zaal.example")

    assert own.base_url == "https://zaal.example"
    assert own.is_https
    assert "zaal.example" in own.trusted_hosts
    assert named.trusted_hosts == ("zaal.example", "www.zaal.example")


def test_every_setting_is_explained():
    source = (PACKAGE / "foundation" / "settings.py").read_text(encoding="utf-8")
    known = {f"BUURTHUIS_{each}" for each in re.findall(r'PREFIX \+ "(\w+)"', source)}
    explained = (CHECKOUT / "docs/running.md").read_text(encoding="utf-8")

    assert len(known) >= 8
    assert {each for each in known if f"`{each}`" not in explained} == set()
