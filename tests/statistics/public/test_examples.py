"""What is public adds up to what a board sees: a made-up house counts with no real one."""

import pytest
import time_machine

from buurthuis.accounts.models import RoleName
from buurthuis.foundation import clock
from buurthuis.rules.figures.spans import year_span
from buurthuis.statistics.asking import Asked
from buurthuis.statistics.figures import answer
from buurthuis.statistics.public import actions
from buurthuis.statistics.public.rows import Of
from buurthuis.venues.queries import all_venues, in_totals
from tests.builders import a_confirmed_booking, a_person, a_role, a_room, a_venue, friday
from tests.statistics.public.publishing import takes_part


@pytest.fixture
def chandra(app):
    """She sits on the board of all houses."""
    chandra = a_person("Chandra")
    a_role(chandra, RoleName.BOARD)
    return chandra


def houses(*are_examples):
    found = [a_venue(is_example=each) for each in are_examples]
    for house in found:
        a_confirmed_booking(a_room(house), friday(19, 21))
    return found


def total(made):
    [row] = (each for each in made.rows if each.of is Of.ALL)
    return row.figures["OPEN"].value


def test_an_example_counts_in_no_total_of_real_houses(chandra):
    real, example = houses(False, True)
    takes_part(real, example)
    with time_machine.travel("2027-02-01 10:00Z", tick=False):
        made = actions.publish(2026, by=chandra)
        seen = frozenset(each.id for each in in_totals(all_venues()))
        board = answer(Asked(seen, year_span(2026)), clock.now()).figures

    assert list(made.houses) == [real.slug]
    assert total(made) == board["OPEN"].value


def test_examples_alone_are_published_as_they_are(chandra):
    [example] = houses(True)
    takes_part(example)
    with time_machine.travel("2027-02-01 10:00Z", tick=False):
        assert list(actions.publish(2026, by=chandra).houses) == [example.slug]


def test_the_demo_lets_only_real_houses_take_part_where_there_are_any(app):
    real, _example = houses(False, True)
    with time_machine.travel("2027-02-01 10:00Z", tick=False):
        assert actions.publish_everything() == [2026]
        assert [each.slug for each in actions.public_houses()] == [real.slug]
