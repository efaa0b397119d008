"""A proposal for a theme: the group's own words first, then the kind of activity."""

import pytest

from buurthuis.rules.standing import Purpose
from buurthuis.rules.theme_proposals import proposed
from buurthuis.rules.themes import Theme


def test_without_words_of_the_group_the_kind_of_activity_says_it():
    assert proposed(Purpose.COURSE, []) is Theme.LEARNING
    assert proposed(Purpose.OTHER, []) is None


@pytest.mark.parametrize("purpose", sorted(set(Purpose) - {Purpose.OTHER}))
def test_every_kind_but_the_open_one_has_a_proposal(purpose):
    assert proposed(purpose, []) in set(Theme)


def test_what_the_group_said_most_often_goes_first():
    assert proposed(Purpose.COURSE, [Theme.GREEN, Theme.FOOD, Theme.GREEN]) is Theme.GREEN


def test_of_what_was_said_as_often_the_first_of_the_list_is_proposed():
    assert proposed(Purpose.COURSE, [Theme.SAY, Theme.HEALTH]) is Theme.HEALTH
