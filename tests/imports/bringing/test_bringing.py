"""Bringing a calendar along: what is shown is what happens, in one transaction, once."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from buurthuis.bookings.models import Booking
from buurthuis.discounts.replay import replayed
from buurthuis.foundation.db import db
from buurthuis.foundation.errors import NotAllowed, NotFound
from buurthuis.foundation.outbox import OutboxLetter
from buurthuis.imports.bringing import actions, drafting, undoing
from buurthuis.imports.bringing.choices import NEW, Choices, Prices, WholeDays
from buurthuis.imports.bringing.models import CalendarImport, Deed, ImportRow
from buurthuis.imports.bringing.places import remembered, words_of
from buurthuis.imports.bringing.refusals import BroughtAlready, NothingToBring, PlanChanged
from buurthuis.imports.bringing.upkeep import forget_drafts
from buurthuis.imports.readers.rows import Doubt, EntryStatus, Why
from buurthuis.rules.states import Status
from buurthuis.venues.models import Closure
from tests.builders import (
    a_closure,
    a_confirmed_booking,
    a_manager,
    a_person,
    a_venue,
    friday,
)
from tests.conftest import MONDAY_MORNING
from tests.imports.bringing.calendars import an_entry
from tests.imports.bringing.conftest import is_well


def booked():
    return db.session.scalars(select(Booking).order_by(Booking.from_at, Booking.id)).all()


def test_a_calendar_comes_along_once_and_nobody_gets_a_letter(desk, hall, venue):
    past, coming = an_entry(friday(19, 21, weeks=-20)), an_entry(friday(19.1, 21))
    close = an_entry(friday(21, 22), "Koor", group="Koor de Lente")
    number = desk.read(past, coming, close, others=NEW)

    plan = desk.look(number)
    assert desk.fates(number) == [("new", None)] * 3
    assert (plan.past, [each.name for each in plan.new_groups]) == (
        1,
        ["De Meevaart", "Koor de Lente"],
    )
    assert booked() == []

    assert desk.bring(number)[Deed.BOOKED] == 3
    yoga, tonight, koor = booked()
    assert {each.status for each in booked()} == {Status.CONFIRMED}
    assert (yoga.total_cents, yoga.price_reason) == (0, "brought")
    assert (tonight.total_cents, tonight.price_reason) == (0, "brought"), (
        "a house owes itself nothing"
    )
    assert koor.total_cents == plan.rows[2].total_cents > 0
    assert (koor.initiative.name, koor.room_id) == ("Koor de Lente", hall.id)
    assert db.session.query(OutboxLetter).count() == 0
    assert replayed(venue, 2025, None).other_price.bookings == 1
    assert {each.reminded_of_at == each.from_at for each in booked()} == {True}

    with pytest.raises(BroughtAlready):
        desk.bring(number)
    again = desk.read(past, coming, close)
    assert desk.fates(again) == [("same", None)] * 3
    with pytest.raises(NothingToBring):
        desk.bring(again)
    assert len(booked()) == 3


def test_each_row_says_what_is_in_its_way(desk, hall, venue):
    beside = a_confirmed_booking(hall, friday(10, 12), by=a_person("Bram"))
    a_closure(venue, friday(8, 23, weeks=1), reason="Zomer")
    rows = (
        an_entry(friday(11, 13), "Over"),
        an_entry(friday(12, 14, weeks=1), "Dicht"),
        an_entry(friday(6, 9, weeks=2), "Vroeg"),
        an_entry(friday(10, 11, weeks=2), "Ergens", place="Zolder"),
        an_entry(friday(10, 11, weeks=3), "Vol", people=500),
        an_entry(friday(10, 11, weeks=4), "Misschien", status=EntryStatus.TENTATIVE),
        an_entry(friday(10, 11, weeks=5), "Vrij", is_busy=False),
        an_entry(friday(10, 11, weeks=6), "Raar", doubts=(Doubt.of(Why.NO_END),)),
        an_entry(friday(10, 11, weeks=7), "Weg", status=EntryStatus.CANCELLED),
        an_entry(friday(10, 12, weeks=8), "Eerst"),
        an_entry(friday(11, 13, weeks=8), "Later", line=10),
    )
    number = desk.read(*rows)

    assert desk.fates(number) == [
        ("out", "taken"), ("out", "closed"), ("ask", "outside_hours"), ("out", "unknown_room"),
        ("ask", "too_many_people"), ("ask", "tentative"), ("ask", "stays_free"), ("ask", "doubt"),
        ("out", "cancelled_there"), ("new", None), ("out", "taken"),
    ]  # fmt: skip
    found = desk.look(number).rows
    assert (found[0].clash.title, found[0].clash.group) == (beside.title, beside.initiative.name)
    assert (found[1].clash.is_closure, found[1].clash.title) == (True, "Zomer")
    assert (found[10].clash.title, found[10].clash.line) == ("Eerst", 1)

    drafting.tick(number, {3: True, 5: True, 6: True, 7: True, 8: True, 10: False}, by=desk.nadia)
    assert [fate for fate, _why in desk.fates(number)] == [
        "out", "out", "new", "out", "new", "new", "new", "new", "out", "out", "new",
    ]  # fmt: skip
    desk.bring(number)
    brought = {"Vroeg", "Vol", "Misschien", "Vrij", "Raar", "Later"}
    assert {each.title for each in booked()} == {beside.title, *brought}


def test_who_presses_gets_what_was_shown_or_is_told_to_look_again(desk, hall):
    number = desk.read(an_entry(friday(19, 21)), an_entry(friday(10, 11)))
    seen = desk.look(number).seen
    a_confirmed_booking(hall, friday(20, 22))

    with pytest.raises(PlanChanged):
        actions.bring(number, by=desk.nadia, seen=seen)
    assert len(booked()) == 1
    assert desk.bring(number)[Deed.BOOKED] == 1


def test_the_next_file_moves_what_moved_and_shows_what_is_gone(desk, hall):
    yoga, koor = an_entry(friday(19, 21), key="1"), an_entry(friday(10, 12), "Koor", key="2")
    swim = an_entry(friday(14, 16, weeks=1), "Zwemmen", key="3")
    desk.bring_in(yoga, koor, swim)
    # The two take each other's place; the third is no longer in the file.
    moved = replace(yoga, starts_at=koor.starts_at, ends_at=koor.ends_at, place="Keuken")
    other = replace(koor, starts_at=yoga.starts_at, ends_at=yoga.ends_at, title="Koor de Lente")
    last = an_entry(friday(10, 12, weeks=2), "Nieuw", key="4")
    number = desk.read(moved, other, last)

    assert desk.fates(number) == [
        ("change", None), ("change", None), ("new", None), ("ask", "gone"),
    ]  # fmt: skip
    assert [row.differs for row in desk.look(number).rows[:2]] == [
        ("when", "room"),
        ("when", "title"),
    ]
    drafting.tick(number, {4: True}, by=desk.nadia)
    assert desk.bring(number) == {
        Deed.BOOKED: 1, Deed.CHANGED: 2, Deed.CANCELLED: 1, Deed.CLOSED: 0,
    }  # fmt: skip
    by_title = {each.title: each for each in booked()}
    assert by_title["Yoga"].room.name == "Keuken"
    assert by_title["Koor de Lente"].period == friday(19, 21)
    assert by_title["Zwemmen"].status is Status.CANCELLED
    assert {each.sequence for each in booked()} == {0, 1}
    is_well()


def test_what_somebody_changed_here_waits_for_a_tick(desk, hall):
    yoga = an_entry(friday(19, 21), key="1")
    desk.bring_in(yoga)
    [booking] = booked()
    booking.title, booking.sequence = "Yoga met Anna", 1
    db.session.commit()

    assert desk.fates(desk.read(yoga)) == [("same", None)]
    later = replace(yoga, starts_at=friday(18, 21).start)
    number = desk.read(later)
    assert desk.fates(number) == [("ask", "changed_here")]
    drafting.tick(number, {1: True}, by=desk.nadia)
    desk.bring(number)
    [booking] = booked()
    assert (booking.title, booking.period) == ("Yoga", friday(18, 21))


def test_whole_days_that_say_closed_close_the_house_or_a_room(desk, hall, venue):
    day = {"is_all_day": True}
    rows = (
        an_entry(friday(0, 24), "Gesloten: Pasen", place="", **day),
        an_entry(friday(0, 24, weeks=1), "Zaal dicht", **day),
        an_entry(friday(0, 24, weeks=2), "Jarig: Bram", **day),
        an_entry(friday(10, 12), "Yoga"),
        an_entry(friday(0, 24), "Gesloten: Pasen", place="", key="nog eens", **day),
    )
    number = desk.read(*rows)
    assert desk.fates(number) == [
        ("close", None), ("close", None), ("out", "whole_day"), ("out", "closed"),
        ("out", "closed_already"),
    ]  # fmt: skip
    desk.bring(number)

    closures = db.session.scalars(select(Closure).order_by(Closure.from_at)).all()
    assert [(each.reason, len(each.rooms)) for each in closures] == [
        ("Gesloten: Pasen", 0), ("Zaal dicht", 1),
    ]  # fmt: skip
    is_well()
    assert desk.fates(desk.read(*rows))[:2] == [("same", None)] * 2
    all_closed = desk.read(rows[2], whole_days=WholeDays.CLOSED)
    assert desk.fates(all_closed) == [("close", None)]


def test_words_are_remembered_for_the_next_file(desk, hall, venue):
    entry = an_entry(friday(19, 21), place="Boven", group="Anna")
    desk.bring_in(entry, rooms={"boven": hall.slug}, prices=Prices.SETTLED, others=NEW)
    [booking] = booked()
    assert (booking.room_id, booking.total_cents) == (hall.id, 0)
    assert (booking.initiative.name, booking.booked_by_id) == ("Anna", desk.nadia.id)

    said = remembered(Choices(), words_of(venue), ["BOVEN ", "Zolder"])
    assert said.rooms == {"boven": hall.slug}


def test_only_a_manager_of_the_house_brings_something(desk, hall):
    number = desk.read(an_entry(friday(19, 21)))
    for somebody in (a_person("Dirk"), a_manager(a_venue(), "Elders")):
        with pytest.raises((NotFound, NotAllowed)):
            actions.bring(number, by=somebody, seen=desk.look(number).seen)
    assert booked() == []


def test_two_who_bring_the_same_file_book_it_once(desk):
    first, second = (desk.read(an_entry(friday(19, 21))) for _who in range(2))
    seen = desk.look(second).seen
    desk.bring(first)

    with pytest.raises(PlanChanged):
        actions.bring(second, by=desk.nadia, seen=seen)
    assert desk.fates(second) == [("same", None)]
    assert len(booked()) == 1


def test_a_draft_is_forgotten_after_a_week_and_what_stayed_out_after_a_month(desk, app):
    desk.read(an_entry(friday(19, 21)))
    done = desk.bring_in(an_entry(friday(10, 12)), an_entry(friday(10, 11), place="Zolder"))
    for days, imports, rows in ((6, 2, 3), (8, 1, 2), (31, 1, 1)):
        with time_machine.travel(MONDAY_MORNING + timedelta(days=days), tick=False):
            forget_drafts()
        left = db.session.query(CalendarImport).count(), db.session.query(ImportRow).count()
        assert left == (imports, rows)
    assert undoing.undo(done, by=desk.nadia) == 1
