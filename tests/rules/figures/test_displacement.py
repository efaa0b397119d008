"""Displacement is a warning about residents, and only where enough is known."""

from fractions import Fraction

from buurthuis.rules.figures.codes import Reason, Unit
from buurthuis.rules.figures.displacement import Change, displacement, place_is_kept
from buurthuis.rules.figures.figure import Figure, Figures
from buurthuis.rules.figures.question import share_of


def shares(hours=200, **percents):
    """Shares of prime time, in percents of so many hours."""
    return Figures(
        tuple(
            share_of(f"GELIJK.PRIME.{standing}", percent * hours * 60 // 100, hours * 60)
            for standing, percent in percents.items()
        )
    )


def test_who_rose_most_comes_first():
    before = shares(resident_initiative=60, social_enterprise=20, private=10, students=10)
    now = shares(resident_initiative=50, social_enterprise=20, private=13, students=17)

    warning = displacement(now, before)

    assert warning.residents == Change(Fraction(8, 10), Fraction(7, 10))
    assert [standing for standing, _ in warning.risen] == ["students", "private"]
    assert warning.risen[0][1].by == Fraction(7, 100)


def test_who_was_not_there_before_had_nothing():
    warning = displacement(
        shares(resident_initiative=70, commercial=30), shares(resident_initiative=100)
    )

    assert warning.risen == (("commercial", Change(Fraction(0), Fraction(3, 10))),)


def test_residents_who_left_altogether_are_displaced_too():
    warning = displacement(shares(private=100), shares(resident_initiative=10, private=90))

    assert warning.residents.after == 0


def test_residents_among_themselves_displace_nobody():
    now = shares(resident_initiative=20, community_organisation=80)

    assert displacement(now, shares(resident_initiative=80, community_organisation=20)) is None


def test_residents_of_another_kind_are_nobody_who_displaces():
    before = shares(resident_initiative=80, private=20)
    now = shares(resident_initiative=40, community_organisation=20, none=40)

    assert displacement(now, before) is None


def test_of_nothing_there_is_nothing_to_warn_for():
    unknown = Figure("GELIJK.PRIME.private", None, Unit.RATIO, 0, 0, reason=Reason.NOTHING_OPEN)

    assert displacement(Figures(()), Figures(())) is None
    assert displacement(Figures((unknown,)), shares(private=100)) is None
    assert displacement(shares(private=100), Figures((unknown,))) is None


def test_a_place_is_kept_until_a_real_fall_and_of_few_hours_nobody_knows():
    before = shares(resident_initiative=80, private=20)

    assert place_is_kept(shares(resident_initiative=76, private=24), before) is True
    assert place_is_kept(shares(resident_initiative=75, private=25), before) is False
    assert place_is_kept(shares(99, resident_initiative=80, private=20), before) is None
    assert place_is_kept(before, shares(99, resident_initiative=80, private=20)) is None
    assert place_is_kept(Figures(()), Figures(())) is None
