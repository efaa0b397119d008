"""Every template can be read by the program, and reaches nothing that is not there."""

import re

import pytest
from flask import Flask
from jinja2 import TemplateError, meta

from buurthuis.foundation.settings import CHECKOUT
from tests.house.papers import name

FOLDER = CHECKOUT / "templates"
PAGES = sorted(FOLDER.rglob("*.html"))
LETTERS = sorted((FOLDER / "letters").rglob("*.txt"))
ADDRESS = re.compile(r"url_for\(\s*[\"']([\w.]+)[\"']")


@pytest.fixture(scope="module")
def program(programs) -> Flask:
    return programs("sqlite")


def test_every_template_compiles(program):
    broken = {}
    for path in PAGES:
        try:
            program.jinja_env.get_template(path.relative_to(FOLDER).as_posix())
        except TemplateError as wrong:
            broken[name(path)] = str(wrong)

    assert broken == {}


def test_what_a_template_leans_on_is_there(program):
    missing: set[str] = set()
    for path in PAGES + LETTERS:
        tree = program.jinja_env.parse(path.read_text(encoding="utf-8"))
        shelf = FOLDER / "letters" if path in LETTERS else FOLDER
        wanted = {each for each in meta.find_referenced_templates(tree) if each is not None}
        missing |= {f"{name(path)}: {each}" for each in wanted if not (shelf / each).is_file()}

    assert missing == set()


def test_every_address_in_a_template_leads_somewhere(program):
    known = {rule.endpoint for rule in program.url_map.iter_rules()}
    lost = {
        f"{name(path)}: {named}"
        for path in PAGES
        for named in ADDRESS.findall(path.read_text(encoding="utf-8"))
        if named not in known
    }

    assert lost == set()


def test_no_template_lies_unused():
    sources = [*PAGES, *(CHECKOUT / "buurthuis").rglob("*.py")]
    everything = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    unused = [
        name(path)
        for path in PAGES
        if path.parent.name != "errors"  # found by number
        and path.relative_to(FOLDER).as_posix() not in everything
        and f'"{path.stem}"' not in everything
    ]

    assert unused == []
