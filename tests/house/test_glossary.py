"""One word for one thing: the words that the glossary refuses are no part of any name in the code."""

import ast
import re
from collections.abc import Iterator
from functools import cache

from buurthuis.foundation.settings import CHECKOUT
from tests.house.papers import MODULES, name, tree_of

GLOSSARY = (CHECKOUT / "docs/glossary.md").read_text(encoding="utf-8")
EMPTY_VERBS = ("get", "do", "handle")
NAMED_BY_A_LIBRARY = {"get_command"}
"""What a base class of click asks for by this name."""


def refused_words() -> set[str]:
    """The last column of the table."""
    rows = [line.split("|") for line in GLOSSARY.splitlines() if line.startswith("| ")]
    return {word for row in rows[1:] for word in re.findall(r"`(\w+)`", row[4])}


@cache
def refused_pattern() -> str:
    words = "|".join(word.replace("_", " ") for word in sorted(refused_words()))
    return rf" (?:{words})s? "


def names_in(tree: ast.AST) -> Iterator[str]:
    """Every name that this module gives to something."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef() | ast.ClassDef():
                yield node.name
            case ast.arg():
                yield node.arg
            case ast.Name(id=given, ctx=ast.Store()) | ast.Attribute(attr=given, ctx=ast.Store()):
                yield given


def words_of(identifier: str) -> str:
    """`RoomTaken` and `room_taken` are both ` room taken `."""
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", identifier).lower()
    return f" {' '.join(apart.split('_'))} "


def refused_in(identifier: str) -> str | None:
    """The refused word that the name holds, or more of them."""
    found = re.search(refused_pattern(), words_of(identifier))
    return found and found[0].strip()


def test_every_module_speaks_the_words_of_the_glossary():
    given = {each: name(path) for path in MODULES for each in names_in(tree_of(path))}
    found = {
        f"{path}: {each} ({word})"
        for each, path in given.items()
        if (word := refused_in(each)) is not None
    }

    assert found == set(), "docs/glossary.md has another word for this"


def test_a_function_is_called_after_what_it_does():
    empty = {
        f"{name(path)}: {node.name}"
        for path in MODULES
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef)
        and node.name.split("_")[0] in EMPTY_VERBS
        and node.name not in NAMED_BY_A_LIBRARY
    }

    assert empty == set()


def test_a_file_is_called_after_what_lives_in_it():
    assert not {name(path) for path in MODULES if refused_in(path.stem)}


def test_refused_words_are_found():
    assert {"reservation", "slot", "utils"} <= refused_words()
    assert refused_in("FreeSlot") == "slot"
    assert refused_in("free_slots") == "slots"
    assert refused_in("slotted") is None
