"""Every page stands in the same house: head, nav, help, and no more than it needs."""

import re
from types import SimpleNamespace

import html5lib
import pytest

from buurthuis.foundation.settings import CHECKOUT

PAGE = (
    '{% extends "shell.html" %}{% from "macros/pictograms.html" import pictogram %}'
    "{% block title %}Hall{% endblock %}"
    "{% block main %}<h1>Hall</h1>{{ pictogram('key') }}{{ pictogram('key') }}{% endblock %}"
)
# fmt: off
DRAWINGS = [
    "morning", "midday", "evening", "people", "key", "door",
    "euro", "chairs", "kitchen", "projector", "step_free", "hearing_loop",
    "piano", "wifi", "calendar", "print", "phone", "mail",
    "clock", "place", "check", "cross", "question", "arrow_left",
    "arrow_right", "house", "language", "sound", "stage",
]
# fmt: on
ERRORS = (400, 403, 404, 409, 413, 429, 500, 503)


@pytest.fixture
def page(board):
    from flask import render_template_string

    def shown(source=PAGE, **context):
        with board.test_request_context("/"):
            return render_template_string(source, **context)

    return shown


def test_a_page_is_whole_html(page):
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(page().strip())
    assert [error for _, error, _ in parser.errors] == []


def test_a_page_speaks_its_language_and_can_be_skipped_into(page):
    html = page()
    assert '<html lang="en" dir="ltr">' in html
    assert "<title>Hall – buurthuis</title>" in html
    assert 'href="#main"' in html
    assert 'id="main"' in html


def test_where_i_am_is_marked(page):
    html = page(
        nav=[("Find a room", "/", True), ("Agenda", "/agenda", False)],
        languages=[("nl", "Nederlands", "/nl", False), ("en", "English", "/en", True)],
    )
    assert '<a href="/" aria-current="page">Find a room</a>' in html
    assert re.search(r'hreflang="en"[^>]*aria-current="true"', html)


def test_one_signs_out_with_a_button(page):
    assert "Sign in" in page()
    html = page(current_person=SimpleNamespace(name="Bram"))
    assert "Sign out" in html
    assert 'action="/sign-out" method="post"' in html
    assert 'name="csrf_token"' in html


def test_help_is_on_every_page(page):
    assert "Help?" in page()
    house = SimpleNamespace(name="De Meevaart", phone="020 123 45 67", email="")
    assert "020 123 45 67" in page(venue=house)


def test_the_action_stands_in_its_own_bar(page):
    assert "action-bar" not in page()
    assert 'class="action-bar"' in page(PAGE + "{% block actions %}<b>Book</b>{% endblock %}")


def test_messages_are_shown_once_in_their_kind(board):
    from flask import flash, render_template_string

    with board.test_request_context("/"):
        flash("It is booked.", "ok")
        flash("Look here.", "unheard-of")
        html = render_template_string(PAGE)
    assert html.count("It is booked.") == 1
    assert "notice--ok" in html
    assert "notice--info" in html


def test_a_drawing_is_written_out_once(page):
    html = page()
    assert html.count('<g id="p-key">') == 1
    assert html.count('<use href="#p-key"/>') == 1


def test_a_page_that_starts_again_is_whole(board):
    from flask import render_template_string

    with board.test_request_context("/"):
        first, second = render_template_string(PAGE), render_template_string(PAGE)
    assert first == second


@pytest.mark.parametrize("name", DRAWINGS)
def test_every_promised_drawing_exists(draw, name):
    html = draw("{{ pictogram(name) }}", name=name)
    assert 'aria-hidden="true"' in html
    assert f'<g id="p-{name}"><' in html


def test_a_drawing_with_a_label_is_read_out(draw):
    assert 'role="img" aria-label="Key"' in draw("{{ pictogram('key', 'Key') }}")
    assert draw("{{ pictogram('unicorn') }}") == ""


@pytest.mark.parametrize("status", ERRORS)
def test_an_error_names_a_cure(page, status):
    source = (CHECKOUT / f"templates/errors/{status}.html").read_text()
    html = page(source, sentence="", status=status)
    assert html.count("<h1>") == 1
    assert re.search(r'heading__lead">[^<]{20,}\.</p>', html)
    assert "Bram may not do this." in page(source, sentence="Bram may not do this.")
