"""One word for one thing: the words that the glossary refuses are no part of any name in the code."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

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


def uses(identifier: str, refused: str) -> bool:
    """The name holds the refused word, or more of them."""
    return re.search(rf" {' '.join(refused.split('_'))}s? ", words_of(identifier)) is not None


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_speaks_the_words_of_the_glossary(path: Path):
    found = {
        f"{given} ({word})"
        for given in set(names_in(tree_of(path)))
        for word in refused_words()
        if uses(given, word)
    }

    assert found == set(), "docs/glossary.md has another word for this"


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_function_is_called_after_what_it_does(path: Path):
    empty = {
        node.name
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef) and node.name.split("_")[0] in EMPTY_VERBS
    } - NAMED_BY_A_LIBRARY

    assert empty == set()


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_file_is_called_after_what_lives_in_it(path: Path):
    assert not {word for word in refused_words() if uses(path.stem, word)}


def test_refused_words_are_found():
    assert {"reservation", "slot", "utils"} <= refused_words()
    assert uses("FreeSlot", "slot")
    assert uses("free_slots", "slot")
    assert not uses("slotted", "slot")
