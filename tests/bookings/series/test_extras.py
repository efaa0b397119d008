"""What goes with every day of a series: the beamer, the coffee, and the group's own minutes."""

import pytest

from buurthuis.bookings import actions as single
from buurthuis.bookings.series import actions, changing, preview, queries
from buurthuis.bookings.series.models import Why
from buurthuis.bookings.series.refusals import DaysInTheWay
from buurthuis.bookings.series.sentences import day_sentence
from buurthuis.bookings.series.wishes import Choices
from buurthuis.bookings.things.actions import change_extras
from buurthuis.extras.models import BookingExtra
from buurthuis.extras.refusals import NotInThisRoom, OutOfStock
from buurthuis.extras.wishes import Wanted
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.rules.reductions import Reason, Span
from buurthuis.tariffs.charge_models import Reduction
from buurthuis.tariffs.models import RateCard
from tests.api.conftest import statements
from tests.bookings.series.test_making import FRIDAYS
from tests.builders import a_booking, a_room, a_series, a_series_wish, an_extra, friday


@pytest.fixture
def beamer(place):
    return an_extra(place.venue)


def with_(extra, quantity=1):
    return {"extras": (Wanted(extra.id, quantity),)}


def lent(place, extra, week=0):
    """Somebody else has it, in another room."""
    a_booking(a_room(place.venue), friday(20, 22, weeks=week), **with_(extra))


def shown(place, wish, **more):
    return preview.preview(place.hall, wish, for_=place.choir, now=clock.now(), **more)


def extras_of(bookings):
    return {each.series_day: {e.extra_id: e.quantity for e in each.extras} for each in bookings}


def test_every_day_has_the_extras_and_the_minutes_of_the_group(place, beamer):
    place.hall.own_buffer_minutes = 60
    db.session.commit()

    made = a_series(place.hall, setup_minutes=30, teardown_minutes=15, **with_(beamer), **place.us)

    bookings = queries.bookings_of(made)
    assert extras_of(bookings) == {day: {beamer.id: 1} for day in FRIDAYS[:4]}
    assert {(b.own_setup_minutes, b.own_teardown_minutes) for b in bookings} == {(30, 15)}
    assert not any(queries.is_exception(made, each) for each in bookings)


def test_the_preview_says_on_which_day_a_thing_is_gone(place, beamer):
    lent(place, beamer, week=2)

    found = shown(place, a_series_wish(**with_(beamer)))

    assert [each.why for each in found.days] == [None, None, Why.OUT_OF_STOCK, None]
    assert "beamer" in day_sentence(found.days[2])
    assert found.days[2].elsewhere == []
    assert found.total_cents == 3 * 2000
    with pytest.raises(DaysInTheWay) as refused:
        a_series(place.hall, **with_(beamer), **place.us)
    assert [each.day for each in refused.value.days] == [FRIDAYS[2]]


def test_days_that_are_not_booked_count_for_nobody_who_comes_often(place, beamer):
    [card] = db.session.query(RateCard).filter_by(venue_id=place.venue.id)
    often = {"reason": Reason.FREQUENT, "off_bp": 2000, "from_nth": 3, "per": Span.YEAR}
    card.reductions = [Reduction(**often)]
    db.session.commit()
    lent(place, beamer, week=1)
    wish, out = a_series_wish(**with_(beamer)), Choices(left_out=frozenset({FRIDAYS[2]}))

    seen = shown(place, wish)
    assert [each.prospect.priced.history.had_before for each in seen.days] == [0, 1, 1, 2]
    assert shown(place, a_series_wish(), choices=out).total_cents == 2000 + 2000 + 1600
    made = actions.book_what_is_free(place.hall, wish, **place.us)

    assert [each.total_cents for each in queries.bookings_of(made)] == [2000, 2000, 1600]


def test_a_day_can_be_had_without_the_thing_that_is_gone(place, beamer):
    coffee = an_extra(place.venue, "coffee", stock=None)
    lent(place, beamer, week=2)
    wish = a_series_wish(extras=(Wanted(beamer.id, 1), Wanted(coffee.id, 2)))
    choices = Choices(without={FRIDAYS[2]: frozenset({beamer.id})})

    made = actions.book_series(place.hall, wish, choices=choices, seen_total=4 * 2000, **place.us)

    both = {beamer.id: 1, coffee.id: 2}
    assert extras_of(queries.bookings_of(made)) == {
        day: {coffee.id: 2} if day == FRIDAYS[2] else both for day in FRIDAYS[:4]
    }


def test_what_is_asked_for_too_late_stands_in_the_way_of_the_first_days_only(place):
    cleaning = an_extra(place.venue, "cleaning", stock=None, notice_hours=14 * 24)

    found = shown(place, a_series_wish(**with_(cleaning)))

    assert [each.why for each in found.days] == [Why.EXTRA_TOO_LATE, None, None, None]


def test_a_series_does_not_lend_the_same_thing_to_itself(place):
    oven = an_extra(place.venue, "oven", before_minutes=720, after_minutes=720)

    found = shown(place, a_series_wish("FREQ=DAILY;COUNT=3", **with_(oven)))

    assert [each.why for each in found.days] == [None, Why.OUT_OF_STOCK, None]


def test_a_thing_of_another_room_is_refused_at_once(place):
    piano = an_extra(place.venue, "piano", rooms=[place.small])

    with pytest.raises(NotInThisRoom):
        a_series(place.hall, **with_(piano), **place.us)


def test_what_is_free_is_booked_where_the_thing_is_there(place, beamer):
    lent(place, beamer, week=1)

    made = actions.book_what_is_free(place.hall, a_series_wish(**with_(beamer)), **place.us)

    assert [(each.day, each.why) for each in made.left_out] == [(FRIDAYS[1], Why.OUT_OF_STOCK)]


def test_a_day_that_is_added_and_a_longer_season_have_them_too(place, beamer):
    place.hall.own_buffer_minutes = 60
    db.session.commit()
    made = a_series(place.hall, setup_minutes=30, **with_(beamer), **place.us)
    single.cancel(queries.bookings_of(made)[1].id, by=place.bram)

    added = actions.add_day(made.id, FRIDAYS[1], by=place.bram)
    new = actions.extend_series(made.id, FRIDAYS[5], by=place.bram)

    assert extras_of([added, *new]) == {day: {beamer.id: 1} for day in (FRIDAYS[1], *FRIDAYS[4:6])}
    assert {each.own_setup_minutes for each in (added, *new)} == {30}


def test_a_thing_that_the_house_has_no_more_does_not_stop_a_longer_season(place, beamer):
    made = a_series(place.hall, **with_(beamer), **place.us)
    beamer.retired_at = clock.now()
    db.session.commit()

    new = actions.extend_series(made.id, FRIDAYS[4], by=place.bram)

    assert extras_of(new) == {FRIDAYS[4]: {}}


def test_a_change_from_a_day_on_keeps_them_and_what_one_day_has_by_itself(place, beamer):
    chairs = an_extra(place.venue, "chairs", stock=50)
    made = a_series(place.hall, **with_(beamer), **place.us)
    second = queries.bookings_of(made)[1]
    change_extras(second.id, [Wanted(chairs.id, 5)], by=place.bram)

    done = changing.change_series(made.id, FRIDAYS[1], by=place.bram, starts_minute=18 * 60)

    assert len(done.changed) == 3
    assert extras_of(queries.bookings_of(made)) == {
        day: {chairs.id: 5} if day == FRIDAYS[1] else {beamer.id: 1} for day in FRIDAYS[:4]
    }
    assert made.plan_on(FRIDAYS[3]).extras == (Wanted(beamer.id, 1),)
    assert actions.extend_series(made.id, FRIDAYS[4], by=place.bram)[0].extras


def test_a_change_is_refused_on_the_day_that_others_have_the_thing(place, beamer):
    made = a_series(place.hall, **with_(beamer), **place.us)
    a_booking(place.small, friday(16, 18, weeks=2), **with_(beamer))

    with pytest.raises(DaysInTheWay) as refused:
        changing.change_series(
            made.id, FRIDAYS[0], by=place.bram, starts_minute=17 * 60, ends_minute=19 * 60
        )

    assert [(each.day, each.why) for each in refused.value.days] == [(FRIDAYS[2], Why.OUT_OF_STOCK)]


def test_the_database_has_the_last_word_when_somebody_was_quicker(place, beamer, monkeypatch):
    lent(place, beamer, week=3)
    monkeypatch.setattr("buurthuis.extras.shelf.left", lambda *_: 1)

    with pytest.raises(OutOfStock):
        a_series(place.hall, **with_(beamer), **place.us)

    assert db.session.query(BookingExtra).count() == 1


def test_extras_cost_a_year_as_many_statements_as_a_month(place):
    chairs = an_extra(place.venue, "chairs", stock=50, before_minutes=30)
    sent = []
    for room, count in ((a_room(place.venue), 2), (place.small, 4), (place.hall, 52)):
        db.session.refresh(place.venue)  # A page has loaded the house by then.
        with statements() as each:
            a_series(room, f"FREQ=WEEKLY;COUNT={count}", **with_(chairs, 9), **place.us)
        sent.append(len(each))

    assert sent[1] == sent[2] <= 20
