"""Undoing an import: all is as it was, to the row, unless somebody went on with what it brought."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from buurthuis.bookings.models import Booking, BookingMessage
from buurthuis.foundation import clock
from buurthuis.foundation.db import Model, db
from buurthuis.imports.bringing import drafting, undoing
from buurthuis.imports.bringing.choices import NEW
from buurthuis.imports.bringing.refusals import ChangedSince, LaterImport, UndoneAlready
from buurthuis.occupancy.refusals import RoomTaken
from buurthuis.rules.states import Status
from tests.builders import a_confirmed_booking, a_person, friday
from tests.imports.bringing.calendars import an_entry
from tests.imports.bringing.conftest import is_well

ALWAYS_GROWS = {"logbook", "calendar_import", "import_row", "house_version", "pulse"}
WRITTEN_ANEW = {"venue", "room"}
"""A house that closes days is written as a whole: when it changed, and the order of its rooms."""


def everything():
    """What every table says, but for those."""
    db.session.expire_all()
    with db.engine.connect() as link:
        return {
            table.name: sorted(map(str, link.execute(select(table)).mappings().all()))
            for table in Model.metadata.sorted_tables
            if table.name not in ALWAYS_GROWS | WRITTEN_ANEW
        }


def booked():
    return db.session.scalars(select(Booking).order_by(Booking.from_at, Booking.id)).all()


def test_what_came_is_gone_to_the_last_row_and_may_come_again(desk, hall):
    a_confirmed_booking(hall, friday(8, 9))
    before = everything()
    rows = (
        an_entry(friday(19, 21), group="Koor de Lente"),
        an_entry(friday(10, 12, weeks=-9), "Vorig jaar"),
        an_entry(friday(0, 24, weeks=3), "Gesloten", place="", is_all_day=True),
    )
    number = desk.bring_in(*rows, others=NEW)
    assert len(booked()) == 3

    assert undoing.undo(number, by=desk.nadia) == 3
    assert everything() == before
    is_well()
    with pytest.raises(UndoneAlready):
        undoing.undo(number, by=desk.nadia)
    assert desk.fates(desk.read(*rows)) == [("new", None), ("new", None), ("close", None)]


def test_what_moved_and_what_ended_is_back_where_it_was(desk, hall):
    yoga, koor = an_entry(friday(19, 21), key="1"), an_entry(friday(10, 12), "Koor", key="2")
    gone = an_entry(friday(14, 16), "Zwemmen", key="3")
    desk.bring_in(yoga, koor, gone)
    prices = [each.total_cents for each in booked()]
    moved = replace(yoga, starts_at=friday(14, 16).start, ends_at=friday(15, 16).end, title="Yin")
    second = desk.read(moved, koor)
    drafting.tick(second, {3: True}, by=desk.nadia)
    desk.bring(second)

    assert undoing.undo(second, by=desk.nadia) == 2
    assert [(each.title, each.period, each.status) for each in booked()] == [
        ("Koor", friday(10, 12), Status.CONFIRMED),
        ("Zwemmen", friday(14, 16), Status.CONFIRMED),
        ("Yoga", friday(19, 21), Status.CONFIRMED),
    ]
    assert [each.total_cents for each in booked()] == prices
    assert [each.sequence for each in booked()] == [0, 2, 2]
    is_well()
    # And it is known as before: the same file changes the same.
    again = desk.read(moved, koor)
    assert desk.fates(again) == [("out", "taken"), ("same", None), ("ask", "gone")]
    drafting.tick(again, {3: True}, by=desk.nadia)
    assert desk.fates(again) == [("change", None), ("same", None), ("cancel", "gone")]


def test_what_somebody_went_on_with_is_not_undone(desk, hall):
    first = desk.bring_in(an_entry(friday(19, 21), key="1"), an_entry(friday(10, 12), "Koor"))
    koor, _yoga = booked()
    db.session.add(
        BookingMessage(
            booking=koor, author=desk.nadia, is_from_house=True, text="?", written_at=clock.now()
        )
    )
    db.session.commit()

    with pytest.raises(ChangedSince) as refused:
        undoing.undo(first, by=desk.nadia)
    assert [each.title for each in refused.value.facts["bookings"]] == ["Koor"]
    assert len(booked()) == 2
    assert undoing.undo_the_rest(first, by=desk.nadia) == 1
    assert [each.title for each in booked()] == ["Koor"]


def test_a_later_import_is_undone_first(desk, hall):
    yoga = an_entry(friday(19, 21), key="1")
    first = desk.bring_in(yoga)
    second = desk.bring_in(replace(yoga, title="Yin"))

    with pytest.raises(LaterImport) as refused:
        undoing.undo(first, by=desk.nadia)
    assert refused.value.facts["number"] == second
    undoing.undo(second, by=desk.nadia)
    assert [each.title for each in booked()] == ["Yoga"]
    undoing.undo(first, by=desk.nadia)
    assert booked() == []


def test_nothing_goes_back_to_a_place_that_is_taken_by_now(desk, hall):
    yoga, koor = an_entry(friday(19, 21), key="1"), an_entry(friday(10, 12), "Koor", key="2")
    desk.bring_in(yoga, koor)
    moved = replace(yoga, starts_at=friday(14, 16).start, ends_at=friday(14, 16).end)
    second = desk.bring_in(moved, koor)
    a_confirmed_booking(hall, friday(19, 20), by=a_person("Bram"))

    with pytest.raises(RoomTaken):
        undoing.undo(second, by=desk.nadia)
    assert booked()[1].period == friday(14, 16)
