"""Stories: at most sixty words, never without consent, and gone with every word when that is withdrawn."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from buurthuis.evidence.year import queries, telling
from buurthuis.evidence.year.refusals import NoConsent, NothingTold, TooManyWords
from buurthuis.evidence.year.told_models import Story
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotAllowed, NotFound
from buurthuis.rules.figures.spans import Span, year_span
from tests.builders import a_person
from tests.evidence.year.writing import a_story

YEAR = year_span(2026)


def titles(house, span=YEAR, **more):
    return [each.title for each in queries.stories_of({house.id}, span, **more)]


def test_a_story_is_shown_in_the_span_in_which_it_was_told(house, elsewhere, nadia):
    a_story(house, nadia)

    assert titles(house) == ["Soep"]
    assert titles(house, Span(date(2026, 2, 1), date(2026, 2, 2))) == ["Soep"]
    assert titles(house, Span(date(2026, 1, 1), date(2026, 2, 1))) == []
    assert titles(elsewhere) == []


def test_the_newest_story_comes_first(house, nadia):
    a_story(house, nadia, title="Koor", on=date(2026, 1, 5))
    a_story(house, nadia)

    assert titles(house) == ["Soep", "Koor"]


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"title": ""}, NothingTold),
        ({"text": ""}, NothingTold),
        ({"text": "soep " * 61}, TooManyWords),
        ({"consent": ""}, NoConsent),
    ],
)
def test_a_story_without_words_or_consent_is_not_kept(house, nadia, facts, refusal):
    with pytest.raises(refusal):
        a_story(house, nadia, **facts)

    assert db.session.scalars(select(Story)).all() == []


def test_a_name_is_told_only_where_the_teller_wants_it(house, nadia):
    a_story(house, nadia, teller="Bram")
    a_story(house, nadia, teller="Bram", names_teller=True)
    a_story(house, nadia, names_teller=True)

    assert [each.teller for each in queries.stories_of({house.id}, YEAR)] == ["", "Bram", ""]


def test_a_story_for_everybody_can_be_kept_inside_again(house, nadia):
    story = a_story(house, nadia)
    assert titles(house, public_only=True) == []

    telling.show_to_everybody(story, by=nadia)
    assert titles(house, public_only=True) == ["Soep"]

    telling.keep_inside(story, by=nadia)
    assert (titles(house, public_only=True), titles(house)) == ([], ["Soep"])


def test_consent_ends_on_the_day_that_was_named(house, nadia):
    a_story(house, nadia, title="Until today", until=date(2026, 3, 2))
    a_story(house, nadia, title="Until yesterday", until=date(2026, 3, 1))

    assert titles(house) == ["Until today"]


def test_withdrawing_takes_every_word_along_at_once(house, chandra, nadia):
    story = a_story(house, nadia, teller="Bram", names_teller=True, is_public=True)
    for _twice in range(2):
        telling.withdraw_story(story, by=chandra)
    telling.show_to_everybody(story, by=chandra)
    row = db.session.execute(select(Story.__table__)).mappings().one()

    assert (titles(house), titles(house, public_only=True)) == ([], [])
    assert {row[each] for each in ("title", "text", "teller", "consent")} == {""}
    assert not row["is_public"]
    assert row["withdrawn_at"] is not None


def test_who_tells_and_withdraws(house, treasurer, nadia):
    story = a_story(house, nadia)
    for who, refusal in ((treasurer, NotAllowed), (a_person("Dirk"), NotFound)):
        for deed in (telling.withdraw_story, telling.show_to_everybody, telling.keep_inside):
            with pytest.raises(refusal):
                deed(story, by=who)
        with pytest.raises(refusal):
            a_story(house, who)

    assert titles(house) == ["Soep"]


@pytest.mark.parametrize(
    "facts",
    [
        {"text": ""},
        {"title": ""},
        {"consent": ""},
        {"names_teller": True},
        {"withdrawn_at": "now"},
        {"consent_until": date(2026, 1, 1)},
    ],
)
def test_the_database_keeps_no_story_without_consent_and_none_after_it(house, facts):
    if "withdrawn_at" in facts:
        facts = {"withdrawn_at": clock.now()}
    told = {"title": "x", "text": "x", "consent": "x", "code": "BEZOEK", "is_public": False}
    dated = {"venue_id": house.id, "told_on": date(2026, 2, 1), "made_at": clock.now()}
    db.session.add(Story(**{**told, **dated, **facts}))

    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()
