"""Whatever is booked and cancelled in whatever order: the table holds exactly the live bookings."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from buurthuis.bookings import actions
from buurthuis.bookings.refusals import NotBookable
from buurthuis.foundation.db import Model, db
from buurthuis.occupancy.refusals import RoomTaken
from buurthuis.rules.states import LIVE
from buurthuis.upkeep import doctor
from buurthuis.venues.models import Approval
from tests.builders import a_person, a_room, a_venue, a_wish, an_initiative, friday

deeds = st.lists(
    st.one_of(
        st.tuples(
            st.just("book"),
            st.integers(0, 2),  # room: the hall, or one of its halves
            st.integers(0, 1),  # group
            st.integers(16, 30),  # start, in half hours
            st.integers(1, 6),  # length, in half hours
        ),
        st.tuples(st.just("cancel"), st.integers(0, 20)),
    ),
    min_size=4,
    max_size=14,
)


@pytest.fixture
def house(app):
    venue = a_venue()
    halves = [
        a_room(venue, turnover_minutes=30, approval=Approval.ALWAYS),
        a_room(venue, setup_minutes=30, approval=Approval.ALWAYS),
    ]
    hall = a_room(
        venue, parts=halves, setup_minutes=60, teardown_minutes=30, approval=Approval.ALWAYS
    )
    people = [a_person("Amina"), a_person("Bram")]
    groups = [an_initiative(person) for person in people]
    return [hall, *halves], list(zip(people, groups, strict=True))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(deeds=deeds)
def test_the_table_holds_exactly_the_live_bookings(house, deeds):
    rooms, groups = house
    made = []
    try:
        for deed in deeds:
            if deed[0] == "book":
                _, room, group, start, length = deed
                person, initiative = groups[group]
                wish = a_wish(friday(start / 2, (start + length) / 2), people=None)
                try:
                    made.append(actions.book(rooms[room], wish, by=person, for_=initiative))
                except (RoomTaken, NotBookable):
                    continue
            elif made:
                booking = made[deed[1] % len(made)]
                if booking.status in LIVE:
                    actions.cancel(booking.id, by=booking.booked_by)
        assert doctor.overlaps() == []
        assert doctor.claims_and_bookings() == []
        assert doctor.shares() == []
        assert doctor.sums() == []
    finally:
        forget_bookings()


def forget_bookings() -> None:
    db.session.rollback()
    kept = {"venue", "room", "room_part", "person", "initiative", "membership", "role"}
    kept |= {"rate_card", "rate", "standing", "decision", "opening_hours", "day_part"}
    for table in reversed(Model.metadata.sorted_tables):
        if table.name not in kept:
            db.session.execute(table.delete())
    db.session.commit()
