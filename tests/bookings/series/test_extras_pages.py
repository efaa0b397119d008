"""The pages of a series ask what goes with each day, show on which day it is gone, and say it everywhere."""
# ruff: noqa: F401, F811 - fixtures of the pages of a series

import pytest
import time_machine

from buurthuis.bookings.series.actions import book_what_is_free
from buurthuis.extras.wishes import Wanted
from buurthuis.foundation.db import db
from buurthuis.foundation.letters import render
from buurthuis.foundation.outbox import OutboxLetter
from buurthuis.rules.reductions import Reason, Span
from buurthuis.rules.tariffs import Measure
from buurthuis.tariffs.charge_models import ExtraRate, Reduction
from buurthuis.tariffs.models import RateCard
from buurthuis.venues.models import Approval
from tests.api.conftest import statements
from tests.bookings.series.test_pages import (
    DAYS,
    FORM,
    WEEKLY,
    all_of,
    booked,
    bram,
    browser,
    choir,
    hidden,
    looked,
    room,
    sent,
    the_series,
    ticked,
    weeks,
)
from tests.builders import a_booking, a_manager, a_room, a_series_wish, an_extra, at, on


@pytest.fixture
def beamer(room):
    room.own_buffer_minutes = 60
    room.venue.requests_occupy = True
    db.session.commit()
    return an_extra(room.venue, "beamer", slug="beamer")


OFTEN = {"reason": Reason.FREQUENT, "off_bp": 2000, "from_nth": 3, "per": Span.YEAR}
ALONG = {"prepare": "30", "clear-up": "15", "extra-beamer": "1"}


def test_the_form_asks_what_the_form_of_one_booking_asks(browser, beamer):
    page = browser.get(FORM).text
    assert all(f'name="{name}"' in page for name in ALONG)

    days = looked(browser, **ALONG)
    assert "1 × beamer" in days
    assert "30 minutes" in days
    answer = sent(browser, days)

    assert {(b.own_setup_minutes, b.own_teardown_minutes) for b in booked()} == {(30, 15)}
    assert all(len(b.extras) == 1 for b in booked())
    assert "1 × beamer" in browser.get(answer.location).text


def test_minutes_that_the_room_does_not_give_are_told_beside_their_field(browser, beamer):
    answer = browser.post(FORM, data={**WEEKLY, **ALONG, "prepare": "90"})

    assert answer.status_code == 422
    assert 'href="#prepare"' in answer.text


def test_a_day_without_the_beamer_is_chosen_on_the_page(browser, beamer, room):
    gone = weeks(4)[2]
    a_booking(a_room(room.venue), on(gone, 19, 21), extras=(Wanted(beamer.id, 1),))

    page = looked(browser, **ALONG)
    assert "gone: beamer" in page
    assert gone.isoformat() not in ticked(page)
    choice = {f"at-{gone}": f"-{beamer.id}"}
    look = browser.post(
        "/rooms/garden-room/series/days", data=all_of(page, ("look", "1"), *choice.items())
    )
    assert "4 days," in look.text
    answer = sent(browser, look.text, **choice)

    assert [len(booking.extras) for booking in booked()] == [1, 1, 0, 1]
    assert "with it: nothing" in browser.get(answer.location).text
    [letter] = db.session.query(OutboxLetter).filter_by(template="series_confirmed")
    told = render(letter.template, "en", letter.facts).body
    assert "With it:  1 × beamer" in told
    assert told.count("with it: nothing") == 1


def priced_at(beamer, cents, *offers):
    [card] = db.session.query(RateCard).filter_by(venue_id=beamer.venue_id)
    rate = ExtraRate(extra_id=beamer.id, measure=Measure.BOOKING, cents=cents)
    card.extra_rates = [rate] if cents else []
    card.reductions = [Reduction(**each) for each in offers]
    db.session.commit()


def counted_again(browser, page, **choice):
    return browser.post(DAYS, data=all_of(page, ("look", "1"), *choice.items())).text


def test_a_day_without_a_beamer_that_costs_money_costs_less_and_is_booked(browser, beamer, room):
    priced_at(beamer, 1000)
    gone = weeks(5)[2]
    a_booking(a_room(room.venue), on(gone, 19, 21), extras=(Wanted(beamer.id, 1),))
    choice = {f"at-{gone}": f"-{beamer.id}"}

    page = looked(browser, **ALONG, times="5")
    assert "Come without: beamer, €20.00</option>" in page
    again = counted_again(browser, page, **choice)

    assert dict(hidden(again))["seen"] == "14000"
    assert sent(browser, again, **choice).status_code == 303
    assert [each.total_cents for each in booked()] == [3000, 3000, 2000, 3000, 3000]


def test_a_day_in_another_room_is_counted_along_for_who_comes_often(browser, beamer, room):
    priced_at(beamer, 0, OFTEN)
    other = a_room(room.venue, slug="attic", capacity=30, hourly_cents=500)
    taken, gone = weeks(5)[2], weeks(5)[4]
    a_booking(room, on(taken, 20, 22))
    a_booking(other, on(gone, 19, 21), extras=(Wanted(beamer.id, 1),))
    choice = {f"at-{taken}": "attic"}

    again = counted_again(browser, looked(browser, times="5", **{"extra-beamer": "1"}), **choice)

    assert dict(hidden(again))["seen"] == "6400"
    assert sent(browser, again, **choice).status_code == 303
    assert [each.total_cents for each in booked()] == [2000, 2000, 800, 1600]


def test_longer_without_the_beamer_costs_what_was_shown(browser, beamer, room):
    priced_at(beamer, 1000)
    sent(browser, looked(browser, **ALONG))
    gone = weeks(6)[5]
    a_booking(a_room(room.venue), on(gone, 19, 21), extras=(Wanted(beamer.id, 1),))
    address, until = f"/me/series/{the_series().id}/extend", {"until": gone.isoformat()}
    choice = {f"at-{gone}": f"-{beamer.id}", **until}

    page = browser.post(address, data=until).text
    again = browser.post(address, data=all_of(page, ("look", "1"), *choice.items())).text
    seen = dict(hidden(again))["seen"]
    answer = browser.post(address, data=all_of(again, ("send", "1"), *choice.items()))

    assert (seen, answer.status_code) == ("5000", 303)


def test_the_request_of_a_series_tells_the_house_what_it_needs(browser, beamer, room, sign_in):
    room.approval = Approval.ASK
    db.session.commit()
    sent(browser, looked(browser, **ALONG))

    inbox = sign_in(a_manager(room.venue)).get(f"/houses/{room.venue.slug}/requests").text

    assert "1 × beamer" in inbox
    assert "30 minutes to prepare" in inbox


def test_longer_asks_again_where_the_beamer_is_gone(browser, beamer, room):
    sent(browser, looked(browser, **ALONG))
    gone = weeks(6)[5]
    a_booking(a_room(room.venue), on(gone, 19, 21), extras=(Wanted(beamer.id, 1),))

    page = browser.post(
        f"/me/series/{the_series().id}/extend", data={"until": gone.isoformat()}
    ).text

    assert "gone: beamer" in page
    assert ticked(page) == [weeks(6)[4].isoformat()]


def test_a_garden_alone_is_refused_before_all_its_days_are_shown(
    browser,
    room,
    bram,
    choir,
):
    garden = a_room(
        room.venue, slug="garden", name="Garden", approval=Approval.ALWAYS, only_with=[room]
    )
    path = "/rooms/garden/series"
    assert f'href="{FORM}"' in browser.get(path).text

    answer = browser.post(path, data=WEEKLY)
    assert answer.status_code == 422
    assert "Garden goes only together with" in answer.text

    wish = a_series_wish(first=weeks(1)[0])
    book_what_is_free(room, wish, by=bram, for_=choir)
    answer = browser.post(path, data=WEEKLY)
    assert len(ticked(answer.text)) == 4
    assert garden.only_with == [room]


def test_more_or_less_goes_with_all_days_from_one_on_after_a_look(browser, beamer, room):
    sent(browser, looked(browser))
    days, address = weeks(4), f"/me/series/{the_series().id}"
    a_booking(a_room(room.venue), on(days[2], 19, 21), extras=(Wanted(beamer.id, 1),))
    form = f"{address}/extras"
    assert f'href="{form}"' in browser.get(address).text
    wanted = {**ALONG, "from_day": days[1].isoformat()}
    assert all(f'name="{name}"' in browser.get(form).text for name in wanted)

    page = browser.post(form, data=wanted).text
    assert "3 days change." in page
    assert "gone: beamer" in page
    assert {len(booking.extras) for booking in booked()} == {0}
    nothing_seen = browser.post(form, data={**wanted, "send": "1"})
    assert (nothing_seen.status_code, len(booked()[1].extras)) == (409, 0)
    seen = {name: value for name, value in hidden(page) if name in {"without", "seen"}}
    answer = browser.post(form, data={**wanted, "send": "1", **seen})

    assert answer.status_code == 303
    assert [len(booking.extras) for booking in booked()] == [0, 1, 0, 1]
    assert [booking.own_setup_minutes for booking in booked()] == [0, 30, 30, 30]
    assert "1 × beamer" in browser.get(answer.location).text
    assert "No day changes." in browser.post(form, data=wanted).text


def test_the_page_of_what_a_series_needs_says_what_is_wrong(browser, beamer, room):
    sent(browser, looked(browser, **ALONG))
    form = f"/me/series/{the_series().id}/extras"
    first = {"from_day": weeks(1)[0].isoformat()}

    for wrong, field in (
        ({"prepare": "90"}, "prepare"),
        ({"prepare": "0", "clear-up": "75"}, "clear-up"),
        ({"extra-beamer": "\x00"}, "extra-beamer"),
        ({"from_day": "1e999"}, "from_day"),
    ):
        answer = browser.post(form, data={**first, **ALONG, **wrong})
        assert (answer.status_code, f'href="#{field}"' in answer.text) == (422, True), field
    with time_machine.travel(at(weeks(5)[4], 12), tick=False):
        assert browser.get(form).status_code == 303


def test_a_house_that_lends_nothing_says_so(browser, room):
    sent(browser, looked(browser))

    assert "nothing to lend" in browser.get(f"/me/series/{the_series().id}/extras").text
    assert "/extras" not in browser.get(f"/me/series/{the_series().id}").text


def test_a_look_at_a_year_asks_the_database_as_little_as_one_at_a_month(browser, beamer, room):
    coffee, counts = an_extra(room.venue, "coffee", slug="coffee", stock=None), []
    [card] = db.session.query(RateCard)
    price = {"card_id": card.id, "extra_id": coffee.id, "measure": Measure.PERSON, "cents": 50}
    db.session.add(ExtraRate(**price))
    db.session.commit()
    for start, times in (("10:00", "4"), ("19:00", "52")):
        end = {"10:00": "12:00", "19:00": "21:00"}[start]
        answer = sent(browser, looked(browser, **{"from": start, "to": end, "times": times}))
        form = answer.location.split("?")[0] + "/extras"
        wanted = {"extra-coffee": "1", "prepare": "15", "from_day": weeks(1)[0].isoformat()}
        with statements() as each:
            page = browser.post(form, data=wanted).text
        assert f"{times} days change." in page
        assert "more" in page
        counts.append(len(each))

    assert counts[0] == counts[1] <= 20
