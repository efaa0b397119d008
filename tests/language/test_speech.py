"""Sentences found fast say what flask_babel and Jinja would have said."""

import pytest
from flask import render_template_string
from flask_babel import force_locale, gettext
from markupsafe import Markup

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


@pytest.fixture(autouse=True)
def request_of_somebody(app):
    with app.test_request_context("/"):
        yield


def visit(code):
    """Somebody who reads this language."""
    return force_locale(code)


def test_each_visitor_hears_their_own_language(app):
    for code, words in (
        ("nl", "Zoek een ruimte"),
        ("en", "Find a room"),
        ("nl", "Zoek een ruimte"),
    ):
        with visit(code):
            assert gettext("Find a room") == words
            assert render_template_string("{{ _('Find a room') }}") == words


def test_a_letter_in_between_speaks_the_language_of_its_reader(app):
    with visit("nl"):
        assert render_template_string("{{ _('Find a room') }}") == "Zoek een ruimte"
        with force_locale("en"):
            assert gettext("Find a room") == "Find a room"
            assert render_template_string("{{ _('Find a room') }}") == "Find a room"
        assert gettext("Find a room") == "Zoek een ruimte"


def test_what_a_visitor_typed_is_escaped_inside_a_sentence(app):
    with visit("en"):
        asked = "{{ _('Call %(house)s:', house=name) }}"
        assert render_template_string(asked, name="<b>") == "Call &lt;b&gt;:"
        assert render_template_string(asked, name=Markup("<b>")) == "Call <b>:"
        assert render_template_string("{{ _('100 %% sure') }}") == "100 % sure"


def test_things_are_counted_in_the_language_of_the_visitor(app):
    asked = "".join(
        "{{ ngettext('%(num)s photo', '%(num)s photos', " + count + ") }} " for count in "12"
    )
    with visit("nl"):
        assert render_template_string(asked) == "1 foto 2 foto’s "
    with visit("en"):
        assert render_template_string(asked) == "1 photo 2 photos "
