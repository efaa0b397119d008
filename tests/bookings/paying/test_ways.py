"""Which ways to pay a house offers to whom, and which one counts where nobody chose."""

import pytest
from sqlalchemy import select

from buurthuis.bookings import actions
from buurthuis.bookings.models import Booking
from buurthuis.bookings.refusals import NotThatWay
from buurthuis.bookings.waiting.actions import accept, join
from buurthuis.foundation.db import db
from buurthuis.rules.paying.ways import Way
from buurthuis.rules.standing import Kind
from buurthuis.rules.states import Status
from buurthuis.tariffs.ways.queries import account_of, ways_for
from buurthuis.venues.models import Approval
from tests.bookings.paying.offering import kept, letters, offers
from tests.builders import (
    a_booking,
    a_person,
    a_recognition,
    a_room,
    a_series,
    a_venue,
    a_wish,
    an_initiative,
    friday,
)


def test_a_house_that_never_said_it_sends_invoices_or_is_paid_at_the_desk(app):
    house = a_venue()

    assert ways_for(house, None) == (Way.INVOICE, Way.DESK)
    assert account_of(house) is None
    assert a_booking(a_room(house), friday(19, 21)).pays_by == Way.INVOICE


def test_a_house_says_for_a_standing_how_it_pays(venue):
    offers(venue, Way.ONLINE, to="commercial")

    assert ways_for(venue, "commercial") == (Way.ONLINE,)
    assert ways_for(venue, "private") == (Way.ONLINE, Way.INVOICE, Way.DESK)
    assert ways_for(venue, None) == ways_for(venue, "private")


def test_what_costs_nothing_needs_no_way(online, room, bram, repair_cafe):
    free = a_room(room.venue, hourly_cents=0, approval=Approval.ALWAYS)

    booking = actions.book(
        free, a_wish(friday(19, 21)), by=bram, for_=repair_cafe, pays_by=Way.ONLINE
    )

    assert (booking.status, booking.pays_by) == (Status.CONFIRMED, Way.NONE)
    assert [each.template for each in letters()] == ["booking_confirmed"]


def test_without_a_choice_nothing_has_to_be_done_now(online, room):
    booking = a_booking(room, friday(19, 21))

    assert (booking.status, booking.pays_by) == (Status.CONFIRMED, Way.INVOICE)


def test_online_is_not_offered_without_an_account(monkeypatch, room, bram, repair_cafe):
    monkeypatch.setattr("buurthuis.bookings.paying._online", [lambda slug: slug != "de-meevaart"])

    with pytest.raises(NotThatWay):
        kept(room, friday(19, 21), repair_cafe)


def test_a_group_pays_in_no_way_that_is_not_for_it(online, room, bram):
    offers(room.venue, Way.ONLINE, to="commercial")
    firm = an_initiative(bram, name="Firm", kind=Kind.COMMERCIAL)
    a_recognition(firm, Kind.COMMERCIAL, venue=room.venue)

    with pytest.raises(NotThatWay):
        actions.book(room, a_wish(friday(19, 21)), by=bram, for_=firm, pays_by=Way.INVOICE)


def test_a_request_waits_for_its_answer_and_is_paid_on_an_invoice_then(online, venue, repair_cafe):
    study = a_room(venue, approval=Approval.ASK)

    booking = kept(study, friday(19, 21), repair_cafe)

    assert (booking.status, booking.expires_at) == (Status.REQUESTED, None)
    assert booking.pays_by == Way.ONLINE
    assert sorted(each.template for each in letters()) == ["booking_requested"]


def test_a_series_is_never_kept_and_is_paid_on_invoices(online, room, bram, repair_cafe):
    series = a_series(room, by=bram, for_=repair_cafe)

    days = db.session.scalars(select(Booking).where(Booking.series_id == series.id))
    assert {(each.status, each.pays_by) for each in days} == {(Status.CONFIRMED, Way.INVOICE)}


def test_a_series_is_paid_at_the_desk_where_a_house_sends_no_invoices(app, bram, repair_cafe):
    hall = a_room(approval=Approval.ALWAYS)
    offers(hall.venue, Way.DESK)

    series = a_series(hall, by=bram, for_=repair_cafe)

    days = db.session.scalars(select(Booking).where(Booking.series_id == series.id))
    assert {each.pays_by for each in days} == {Way.DESK}


def test_an_offer_to_who_waits_is_paid_later(online, room, bram):
    first = a_booking(room, friday(19, 21))
    amina = a_person("Amina")
    wish = join(
        room.venue, room, a_wish(friday(19, 21)), by=amina, for_=an_initiative(amina, name="Koor")
    )
    actions.cancel(first.id, by=first.booked_by)

    booking = accept(wish.offer_id, by=amina)

    assert (booking.status, booking.pays_by) == (Status.CONFIRMED, None)
