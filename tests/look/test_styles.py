"""The style sheets keep the rules of the house, and the page stays light."""

import re
from pathlib import Path

import pytest

from buurthuis.foundation.assets import joined_scripts, joined_styles
from buurthuis.foundation.settings import CHECKOUT

STYLES = sorted((CHECKOUT / "static/css").rglob("*.css"))
SCRIPTS = sorted((CHECKOUT / "static/js").glob("*.js"))
TEMPLATES = sorted((CHECKOUT / "templates").rglob("*.html"))
COLOUR = r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl|oklch|lab)a?\(|: (?:white|black|red|gr[ae]y)[; ]"


def name(path: Path) -> str:
    return str(path.relative_to(CHECKOUT))


@pytest.mark.parametrize("path", STYLES, ids=name)
def test_colours_live_in_the_tokens_alone(path):
    assert path.name == "tokens.css" or not re.findall(
        COLOUR, re.sub(r"/\*.*?\*/", "", path.read_text())
    )


@pytest.mark.parametrize("path", STYLES, ids=name)
def test_every_style_lies_in_a_layer_and_shouts_nothing(path):
    text = path.read_text()
    assert "@layer" in text
    assert "!important" not in text


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_no_template_holds_style_or_script_of_its_own(path):
    text = path.read_text()
    assert not re.search(r"\sstyle=|<style|\son\w+=\"|<script(?![^>]*\ssrc=)", text)


@pytest.mark.parametrize("path", SCRIPTS, ids=name)
def test_a_script_is_short_and_opens_with_a_sentence(path):
    lines = path.read_text().splitlines()
    assert len(lines) <= 60
    assert re.fullmatch(r"// [A-Z].*\.", lines[0])


def test_every_token_that_is_used_exists():
    tokens = set(re.findall(r"(--[\w-]+):", (CHECKOUT / "static/css/tokens.css").read_text()))
    used = {name for path in STYLES for name in re.findall(r"var\((--[\w-]+)", path.read_text())}
    assert used <= tokens


def test_styles_and_scripts_leave_room_for_the_page():
    styles = len(joined_styles(CHECKOUT / "static/css"))
    scripts = len(joined_scripts(CHECKOUT / "static/js"))
    assert styles + scripts <= 36_000, "a page of 24 kB must fit in 60 kB"
