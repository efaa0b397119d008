"""The boards of the demo wrote their years down: complete, plainly made up, and only once."""

import pytest
from sqlalchemy import func, select

from buurthuis.accounts.models import RoleName
from buurthuis.demo.year_words import STOPS, STORIES, THANKS
from buurthuis.demo.years import bring_years
from buurthuis.evidence.year import queries
from buurthuis.evidence.year.models import Target, YearMoney, YearWords
from buurthuis.evidence.year.progress import STEPS, progress_of
from buurthuis.evidence.year.told_models import SocialOutcome, Story, VolunteerRate
from buurthuis.foundation.db import db
from buurthuis.imports.demo_people import BOARD
from buurthuis.rules.few_words import MOST_WORDS, reading_of
from buurthuis.rules.figures.spans import year_span
from tests.builders import a_person, a_role, a_room, a_venue


@pytest.fixture
def house(app):
    venue = a_venue("de-meevaart")
    a_room(venue)
    a_role(a_person("Chandra", email=BOARD), RoleName.BOARD, None)
    return venue


def counted():
    kinds = (YearMoney, YearWords, Target, VolunteerRate, Story, SocialOutcome)
    return [db.session.scalar(select(func.count()).select_from(kind)) for kind in kinds]


def test_every_demo_house_has_everything_and_outcomes_stay_off(house):
    elsewhere = a_venue("our-own-house")
    bring_years(seed=1)

    assert progress_of([house.id], 2026)[house.id].count == len(STEPS)
    assert progress_of([elsewhere.id], 2026)[elsewhere.id].count == 0
    assert set(queries.rates()) == {"low", "mid", "high"}
    assert queries.outcomes_of({house.id}, year_span(2026)) == ()


def test_all_of_it_says_that_it_is_made_up(house):
    bring_years(seed=1)
    told = db.session.scalars(select(YearMoney.source)).all()
    told += db.session.scalars(select(VolunteerRate.source)).all()
    told += db.session.scalars(select(Story.consent)).all()

    assert all(each.startswith("Voorbeeld") for each in told)


def test_doing_it_twice_adds_nothing_and_leaves_what_somebody_wrote(house):
    bring_years(seed=1)
    before = counted()
    bring_years(seed=2)

    assert counted() == before


def test_without_a_board_nobody_writes(app):
    a_venue("de-meevaart")
    bring_years(seed=1)

    assert not any(counted())


@pytest.mark.parametrize("text", [*STOPS, *THANKS, *(text for _title, text, _code in STORIES)])
def test_what_the_demo_tells_is_short_and_reads_easily(text):
    reading = reading_of(text)

    assert reading.words <= MOST_WORDS
    assert reading.is_easy, (reading.long_sentence, reading.long_word)
