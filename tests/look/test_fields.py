"""Fields say what they ask, what went wrong and how to cure it."""

import re

import pytest
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, ValidationError

DAYS = [
    SelectChoice("2026-11-26", "Thursday 26 November"),
    SelectChoice("2026-11-28", "Saturday 28 November"),
]
PARTS = [SelectChoice("morning", "Morning"), SelectChoice("evening", "Evening")]


class Ask(FlaskForm):
    """A form with a field of every kind."""

    place = HiddenField()
    title = StringField("What are you going to do?", [InputRequired("Say what you will do.")])
    people = IntegerField("How many people?", [NumberRange(max=20, message="Only 20 fit.")])
    email = EmailField("Your address", render_kw={"autocomplete": "email"})
    remarks = TextAreaField("Anything else?")
    purpose = SelectField("What for?", choices=[SelectChoice("meeting", "A meeting")])
    part = RadioField("When?", choices=PARTS)
    day = RadioField("Which day?", choices=DAYS, default="2026-11-28")
    birthday = DateField("When is your birthday?")
    public = BooleanField("Show this in the agenda")

    def validate_part(self, field):
        if not field.data:
            raise ValidationError("Choose a part of the day.")


@pytest.fixture
def empty(draw):
    """The form as it is first seen."""
    return Ask(MultiDict(), meta={"csrf": False})


@pytest.fixture
def wrong(draw):
    """The form as it comes back with mistakes."""
    form = Ask(
        MultiDict({"people": "45", "purpose": "meeting", "day": "2026-11-26"}), meta={"csrf": False}
    )
    form.validate()
    return form


def test_a_label_belongs_to_its_field(draw, empty):
    html = draw("{{ fields.field(form.title, hint='For example: repair café') }}", form=empty)
    assert '<label class="field__label" for="title">What are you going to do?</label>' in html
    assert 'id="title-hint"' in html
    assert 'aria-describedby="title-hint"' in html
    assert "aria-invalid" not in html


def test_a_mistake_is_tied_to_its_field(draw, wrong):
    html = draw("{{ fields.field(form.people, hint='A number') }}", form=wrong)
    assert 'aria-describedby="people-hint people-error"' in html
    assert 'aria-invalid="true"' in html
    assert 'value="45"' in html
    assert html.index('id="people-error"') < html.index("<input")


def test_the_list_of_mistakes_leads_to_the_fields(draw, wrong):
    summary = draw("{{ fields.error_summary(form) }}", form=wrong)
    page = draw("{% for f in form %}{{ fields.field(f) }}{% endfor %}", form=wrong)
    targets = re.findall(r'href="#([^"]+)"', summary)
    assert {"title", "people", "part-0"} <= set(targets)
    assert all(f'id="{target}"' in page for target in targets)
    assert 'role="alert"' in summary
    assert 'tabindex="-1"' in summary


def test_without_mistakes_there_is_no_list(draw, empty):
    assert draw("{{ fields.error_summary(form) }}", form=empty).strip() == ""


def test_what_the_form_asks_of_the_browser_is_kept(draw, empty):
    assert 'autocomplete="email"' in draw("{{ fields.field(form.email) }}", form=empty)
    html = draw("{{ fields.field(form.email, autocomplete='off', inputmode='email') }}", form=empty)
    assert 'autocomplete="off"' in html
    assert 'inputmode="email"' in html


def test_choices_are_a_group_with_a_question(draw, empty):
    html = draw(
        "{{ fields.parts_of_day(form.part, hints={'evening': '18:00–22:00'}) }}", form=empty
    )
    assert re.search(r"<fieldset.*<legend[^>]*>When\?</legend>", html, re.DOTALL)
    assert html.count('type="radio"') == 2
    assert "18:00–22:00" in html
    assert html.count("<svg") == 2


def test_every_kind_of_field_is_labelled_once(draw, wrong):
    html = draw("{% for f in form %}{{ fields.field(f, hint='Why') }}{% endfor %}", form=wrong)
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    inputs = re.findall(r'<(?:input|select|textarea)(?![^>]*type="hidden")[^>]*>', html)
    assert inputs
    for box in inputs:
        name = re.search(r'\sid="([^"]+)"', box)
        is_wrapped = "radio" in box or "checkbox" in box
        assert is_wrapped or (name and f'for="{name.group(1)}"' in html)


def test_a_form_that_posts_carries_its_token(draw):
    html = draw("{{ fields.form_start(form) }}{{ fields.form_end() }}", form=Ask())
    assert html.count('name="csrf_token"') == 1
    assert "data-once" in html
    assert 'name="place"' in html


def test_a_form_that_asks_carries_no_token(draw):
    html = draw("{{ fields.form_start(form, '/find', 'get', draft='find') }}", form=Ask())
    assert "csrf_token" not in html
    assert 'data-draft="find"' in html


def test_what_was_typed_is_never_markup(draw):
    form = Ask(MultiDict({"title": '"><b>Dirk</b>'}), meta={"csrf": False})
    assert "<b>" not in draw("{{ fields.field(form.title) }}", form=form)


def test_a_button_is_a_verb_with_a_kind(draw):
    html = draw("{{ fields.submit('Book', 'danger', 'check', name='answer', value='yes') }}")
    assert 'class="button button--danger"' in html
    assert 'name="answer" value="yes"' in html
    assert "<svg" in html


def test_fields_that_belong_together_share_a_question(draw, empty):
    source = "{% call fields.group('When?') %}{% call fields.pair() %}{{ fields.field(form.day) }}"
    html = draw(source + "{% endcall %}{% endcall %}", form=empty)
    assert "field__pair" in html
    assert "field__label--large" in html
