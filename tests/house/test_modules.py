"""How modules look: each opens with one sentence, and none grows past what one can keep in mind.

One test looks at all files and names those that are not right: a test for each would take a minute.
"""

import ast
import re
from pathlib import Path

from buurthuis.foundation.settings import CHECKOUT
from tests.house.papers import MODULES, PACKAGE, every_file, name, text_files, tree_of

LONGEST_MODULE = 300
OURS = [path for path in every_file() if path.suffix == ".py"]
# Words are put together here so that this file does not find itself.
UNFINISHED = re.compile("|".join(("TO" + "DO", "FIX" + "ME", "X" + "XX")))
ONE_MACHINE = re.compile(r"(?<![\w.])/(?:wo" + r"rk|ro" + r"ot|ho" + r"me/\w+|Us" + r"ers)/")


def test_every_module_opens_with_one_sentence():
    odd = {}
    for path in OURS:
        opening = opening_of(path)
        is_sentence = re.fullmatch(r"\S.*[.?]", opening)
        if not is_sentence or len(re.findall(r"[.?](?:\s|$)", opening)) != 1:
            odd[name(path)] = opening

    assert odd == {}, "open with one sentence that says what lives here"


def opening_of(path: Path) -> str:
    return (ast.get_docstring(tree_of(path)) or "").split("\n\n")[0].replace("\n", " ")


def test_no_module_is_too_long_to_read():
    lines = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}

    long = {path: count for path, count in lines.items() if count > LONGEST_MODULE}
    assert long == {}, "split it by subject"


def test_every_verb_says_what_it_does():
    silent = [
        f"{name(path)}: {node.name}"
        for path in MODULES
        if path.name == "actions.py"
        for node in tree_of(path).body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]

    assert silent == []


def test_the_house_rules_ask_no_clock():
    asked = {
        f"{name(path)}: {node.attr}"
        for path in (PACKAGE / "rules").rglob("*.py")
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
