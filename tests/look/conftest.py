"""A board of its own: the templates with nothing behind them."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask, render_template_string
from flask_babel import Babel
from flask_wtf import CSRFProtect

from buurthuis.foundation.assets import init_assets
from buurthuis.foundation.formatting import init_formatting
from buurthuis.foundation.settings import CHECKOUT
from buurthuis.pages.week_cells import init_week_cells

MACROS = (
    '{% import "macros/fields.html" as fields %}{% import "macros/parts.html" as parts %}'
    '{% from "macros/pictograms.html" import pictogram %}'
    '{% from "macros/week.html" import week_grid %}'
)
Draw = Callable[..., str]


@pytest.fixture(scope="session")
def board() -> Flask:
    """A program with templates, words and assets, and no houses."""
    program = Flask("board", template_folder=str(CHECKOUT / "templates"), static_folder=None)
    program.config.update(SECRET_KEY="not-a-secret", TESTING=True)
    program.config["BABEL_TRANSLATION_DIRECTORIES"] = str(CHECKOUT / "translations")
    Babel(program, default_locale="en")
    CSRFProtect(program)
    init_formatting(program)
    init_week_cells(program)
    init_assets(program)
    return program


@pytest.fixture
def draw(board: Flask) -> Iterator[Draw]:
    """Draw a piece of template with every macro at hand."""

    def drawn(source: str, **context: object) -> str:
        return render_template_string(MACROS + source, **context)

    with board.test_request_context("/"):
        yield drawn
