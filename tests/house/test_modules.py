"""How modules look: each opens with one sentence, and none grows past what one can keep in mind."""

import ast
import re

import pytest

from buurthuis.foundation.settings import CHECKOUT
from tests.house.papers import MODULES, PACKAGE, every_file, name, text_files, tree_of

LONGEST_MODULE = 300
OURS = [path for path in every_file() if path.suffix == ".py"]
# Words are put together here so that this file does not find itself.
UNFINISHED = re.compile("|".join(("TO" + "DO", "FIX" + "ME", "X" + "XX")))
ONE_MACHINE = re.compile(r"(?<![\w.])/(?:wo" + r"rk|ro" + r"ot|ho" + r"me/\w+|Us" + r"ers)/")


@pytest.mark.parametrize("path", OURS, ids=name)
def test_a_module_opens_with_one_sentence(path):
    opening = (ast.get_docstring(tree_of(path)) or "").split("\n\n")[0].replace("\n", " ")

    assert re.fullmatch(r"\S.*[.?]", opening), "open with one sentence that says what lives here"
    assert len(re.findall(r"[.?](?:\s|$)", opening)) == 1, f"this is more than one: {opening}"


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_is_not_too_long_to_read(path):
    lines = len(path.read_text(encoding="utf-8").splitlines())

    assert lines <= LONGEST_MODULE, f"{lines} lines; split it by subject"


@pytest.mark.parametrize("path", [p for p in MODULES if p.name == "actions.py"], ids=name)
def test_every_verb_says_what_it_does(path):
    silent = [
        node.name
        for node in tree_of(path).body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]

    assert silent == []


@pytest.mark.parametrize("path", sorted((PACKAGE / "rules").glob("*.py")), ids=name)
def test_the_house_rules_ask_no_clock(path):
    asked = {
        node.attr
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Attribute) and node.attr in {"now", "today", "utcnow"}
    }

    assert asked == set()


def test_only_the_clock_asks_what_time_it_is():
    askers = {
        name(path)
        for path in MODULES
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and ast.unparse(node.func) in {"datetime.now", "date.today", "datetime.today", "time.time"}
    }

    assert askers == {"buurthuis/foundation/clock.py"}


def test_nothing_is_left_for_later_and_no_path_of_one_machine_stays_behind():
    found = [
        f"{name(path)}: {line.strip()[:80]}"
        for path, text in text_files().items()
        for line in text.splitlines()
        if UNFINISHED.search(line) or ONE_MACHINE.search(line)
    ]

    assert found == []


def test_these_tests_look_at_the_whole_house():
    assert (CHECKOUT / "app.py") in every_file()
    assert len(MODULES) > 50
