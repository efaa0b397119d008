"""The papers are true: decisions are listed, the map names every part, links lead somewhere."""

import re

import click
import pytest

from buurthuis.foundation.settings import CHECKOUT
from buurthuis.foundation.version import NoVersion, version, version_in
from tests.house.papers import PACKAGE, every_file, name

DOCS = CHECKOUT / "docs"
DECISIONS = sorted((DOCS / "decisions").glob("[0-9]*.md"))
PAPERS = [path for path in every_file() if path.suffix == ".md"]
HEADINGS = ["Context", "Decision", "Consequences", "What we refused"]


def text(path) -> str:
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", DECISIONS, ids=name)
def test_a_decision_has_its_four_parts(path):
    assert re.findall(r"^## (.*)", text(path), re.MULTILINE) == HEADINGS


@pytest.mark.parametrize("path", DECISIONS, ids=name)
def test_a_decision_carries_its_number_and_fits_on_a_page(path):
    assert text(path).startswith(f"# {int(path.name[:4])}. ")
    assert len(text(path).split()) < 900


@pytest.mark.parametrize("path", DECISIONS, ids=name)
def test_a_decision_stands_in_the_list_with_its_title(path):
    number, title = re.match(r"# (\d+)\. (.*)", text(path)).groups()

    assert f"| {number} | [{title}]({path.name}) |" in text(DOCS / "decisions" / "README.md")


def test_no_number_of_a_decision_is_missing():
    listed = re.findall(r"^\| (\d+) \|", text(DOCS / "decisions" / "README.md"), re.MULTILINE)

    assert listed == [str(number) for number in range(1, len(listed) + 1)]


def test_the_map_names_every_part_of_the_house():
    parts = {f"{each.name}/" for each in PACKAGE.iterdir() if (each / "__init__.py").is_file()}
    parts |= {each.name for each in PACKAGE.glob("*.py")}

    assert {part for part in parts if f"`{part}`" not in text(DOCS / "map.md")} == set()


def test_every_file_the_map_and_the_recipes_name_is_there():
    named = re.findall(r"`([a-z_]+/[a-z_]+\.py)`", text(DOCS / "map.md"))
    named += re.findall(r"`([a-z_]+/[a-z_]+\.py)`", text(CHECKOUT / "CONTRIBUTING.md"))

    missing = {
        each for each in named if not (PACKAGE / each).is_file() and not (CHECKOUT / each).is_file()
    }
    assert missing == set()


@pytest.mark.parametrize("path", PAPERS, ids=name)
def test_every_link_between_papers_leads_somewhere(path):
    prose = re.sub(r"```.*?```|`[^`]*`", "", text(path), flags=re.DOTALL)
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", prose)
    broken = [
        link
        for link in links
        if not re.match(r"[a-z]+:", link) and not (path.parent / link).exists()
    ]

    assert broken == []


def test_the_readme_names_the_two_commands():
    commands = re.findall(r"```\n(.*?)\n```", text(CHECKOUT / "README.md"), re.DOTALL)

    assert commands == ["make run", "make test"]


def test_every_target_of_the_workshop_that_papers_name_exists():
    targets = set(re.findall(r"^([a-z-]+):", text(CHECKOUT / "Makefile"), re.MULTILINE))
    named = {
        target
        for path in PAPERS
        for target in re.findall(r"`(?:\w+=\S+ )?make ([a-z-]+)", text(path))
    }

    assert named - targets == set()


def test_every_command_the_papers_name_exists(programs):
    commands = programs("sqlite").cli
    known = commands.list_commands(click.Context(commands))
    named = {
        command
        for path in PAPERS
        for command in re.findall(r"flask --app app ([a-z]+)", text(path))
    }

    assert {command for command in named if command not in {*known, "run", "shell"}} == set()


def test_the_version_is_the_newest_heading_of_the_changelog():
    assert version_in("# New\n\n## 1.2.0 – more\n- You can now…\n\n## 1.1.9\n") == "1.2.0"
    assert f"\n## {version()} " in text(CHECKOUT / "CHANGELOG.md")


def test_a_changelog_without_a_version_is_noticed():
    with pytest.raises(NoVersion):
        version_in("# New\n")


def test_the_changelog_speaks_to_neighbours():
    lines = [line for line in text(CHECKOUT / "CHANGELOG.md").splitlines() if line.startswith("- ")]

    assert len([line for line in lines if " can now " in line]) >= len(lines) / 2


def test_doctor_says_which_version_it_looks_at(app):
    result = app.test_cli_runner().invoke(args=["doctor"])

    assert result.stdout.startswith(f"buurthuis {version()}\n")
