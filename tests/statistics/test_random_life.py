"""Whatever happens to days that are kept, in whatever order: the answer is what folding everything gives."""

from datetime import date, datetime, timedelta
from itertools import count

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select, update

from buurthuis.bookings.models import Booking
from buurthuis.bookings.today.models import Attendance
from buurthuis.evidence.tags.models import ActivityTag
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.roster.hours.models import HoursCorrection, LearnerHours
from buurthuis.roster.models import Duty, DutyBooking
from buurthuis.roster.tonight.models import Presence
from buurthuis.rules.figures.columns import Counts, Time
from buurthuis.rules.figures.sheet import Table, together
from buurthuis.rules.figures.spans import Span
from buurthuis.rules.periods import Period, intersect
from buurthuis.statistics import sheets
from buurthuis.statistics.gathering import folded
from buurthuis.statistics.houses_read import houses_of
from buurthuis.statistics.keeping import keep
from buurthuis.statistics.recounting import strays
from buurthuis.venues.models import Closure, OpeningHours, Room
from tests.builders import a_confirmed_booking, a_person, a_room, a_venue, at, friday, on

SPRING = Span(date(2026, 3, 22), date(2026, 4, 5))
"""With the night in which the clock jumps, and a whole week on both sides of a month's end."""
LATER = "2026-04-20 10:00Z"
TABLES = (
    *(LearnerHours, HoursCorrection, Presence, DutyBooking, Duty),
    *(ActivityTag, Attendance, Closure),
)
"""What one life leaves behind. The sheets that are kept stay: that it goes is a change like others."""
numbers = count(1)

days = st.integers(0, 12)
deeds = st.lists(
    st.one_of(
        st.tuples(st.just("book"), days, st.integers(0, 47), st.integers(1, 20)),
        st.tuples(st.just("move"), days, st.integers(0, 47), st.integers(1, 20)),
        st.tuples(
            st.sampled_from(
                ["cancel", "no_show", "undo", "heads", "tag", "forget", "erase", "other_room"]
            ),
            *(st.integers(0, 9), st.just(0), st.just(0)),
        ),
        st.tuples(
            st.sampled_from(["duty", "correct", "press", "sign", "miss"]),
            *(days, st.integers(0, 1), st.integers(1, 90)),
        ),
        st.tuples(
            st.sampled_from(["close", "open_longer", "retire", "measure", "keep"]),
            *(days, st.just(0), st.integers(1, 90)),
        ),
    ),
    min_size=4,
    max_size=14,
)


class World:
    """A house with a hall of two halves, and what can happen to its days."""

    def __init__(self) -> None:
        self.venue = a_venue()
        self.halves = [a_room(self.venue, area_m2=30), a_room(self.venue)]
        self.hall = a_room(self.venue, parts=self.halves, setup_minutes=30)
        self.person = a_person("Amina")
        first = a_confirmed_booking(self.hall, friday(19, 21), by=a_person("Bram"))
        table = Booking.__table__
        row = db.session.execute(select(table).where(table.c.id == first.id)).mappings().one()
        self.like = {key: value for key, value in row.items() if key not in {"id", "submission"}}
        db.session.commit()

    @property
    def booking_ids(self) -> list[int]:
        return list(db.session.scalars(select(Booking.id).order_by(Booking.id)))

    def do(self, what: str, one: int, two: int, three: int) -> None:
        getattr(self, f"_{what}")(one, two, three)
        db.session.commit()

    def _period(self, day: int, half_hour: int, length: int) -> Period:
        start = at(SPRING.first + timedelta(days=day), 0) + timedelta(minutes=30 * half_hour)
        return Period(start, start + timedelta(minutes=30 * length))

    def _book(self, day: int, half_hour: int, length: int) -> None:
        period = self._period(day, half_hour, length)
        number = next(numbers)
        room = (self.hall, *self.halves)[number % 3]
        self._insert(room_id=room.id, uid=f"life-{number}", from_at=period.start, to_at=period.end)

    def _insert(self, **facts: object) -> None:
        db.session.execute(insert(Booking.__table__), [{**self.like, **facts}])

    def _some(self, number: int) -> int:
        return self.booking_ids[number % len(self.booking_ids)]

    def _move(self, day: int, half_hour: int, length: int) -> None:
        period = self._period(day, half_hour, length)
        self._set(self._some(day), from_at=period.start, to_at=period.end)

    def _set(self, booking: int, **values: object) -> None:
        db.session.execute(update(Booking).where(Booking.id == booking).values(**values))

    def _cancel(self, number: int, *_: int) -> None:
        self._set(self._some(number), status="cancelled", cancelled_late=number % 2 == 0)

    def _no_show(self, number: int, *_: int) -> None:
        self._set(self._some(number), status="no_show")

    def _undo(self, number: int, *_: int) -> None:
        self._set(self._some(number), status="confirmed", cancelled_late=False)

    def _other_room(self, number: int, *_: int) -> None:
        self._set(self._some(number), room_id=self.halves[number % 2].id)

    def _heads(self, number: int, *_: int) -> None:
        booking = self._some(number)
        self._forget(number)
        said = {"outcome": "came", "band": "11-20", "said_by_id": self.person.id}
        db.session.add(Attendance(booking_id=booking, **said, said_at=clock.now()))

    def _forget(self, number: int, *_: int) -> None:
        db.session.execute(delete(Attendance).where(Attendance.booking_id == self._some(number)))

    def _tag(self, number: int, *_: int) -> None:
        booking = self._some(number)
        found = db.session.scalar(select(ActivityTag).where(ActivityTag.booking_id == booking))
        if found is None:
            said = {"theme": "food", "said_by_id": self.person.id, "said_at": clock.now()}
            db.session.add(ActivityTag(booking_id=booking, **said))
        else:
            db.session.delete(found)

    def _erase(self, number: int, *_: int) -> None:
        """As when an import is taken back."""
        booking = self._some(number)
        pointed = set(db.session.scalars(select(Duty.session_id)))
        if booking not in pointed and booking != self.booking_ids[0]:
            for table in (Attendance, ActivityTag):
                db.session.execute(delete(table).where(table.booking_id == booking))
            db.session.execute(delete(DutyBooking).where(DutyBooking.booking_id == booking))
            db.session.execute(delete(Booking).where(Booking.id == booking))

    def _duty(self, number: int, learner: int, minutes: int) -> None:
        booking = db.session.get_one(Booking, self._some(number))
        parts = ("holder", "learner")
        standing = {"session_id": booking.id, "kind": "open", "watch": 0, "place": 0}
        duty = Duty(
            **standing,
            part=parts[learner],
            venue_id=self.venue.id,
            person_id=self.person.id,
            status="done",
            chosen="self",
            starts_at=booking.from_at - timedelta(minutes=15),
            ends_at=booking.from_at,
            created_at=booking.from_at - timedelta(days=minutes / 10),
        )
        duty.bookings.append(DutyBooking(booking_id=booking.id))
        db.session.add(duty)

    def _one_duty(self, number: int) -> Duty | None:
        found = db.session.scalars(select(Duty).order_by(Duty.id)).all()
        return found[number % len(found)] if found else None

    def _correct(self, number: int, _other: int, minutes: int) -> None:
        duty = self._one_duty(number)
        if duty is not None:
            said = {"reason": "later", "said_by_id": self.person.id, "said_at": clock.now()}
            db.session.merge(HoursCorrection(duty_id=duty.id, minutes=minutes, **said))

    def _press(self, number: int, _other: int, minutes: int) -> None:
        duty = self._one_duty(number)
        if duty is not None:
            began = duty.starts_at - timedelta(minutes=minutes)
            db.session.merge(Presence(duty_id=duty.id, person_id=duty.person_id, began_at=began))

    def _sign(self, number: int, *_: int) -> None:
        duty = self._one_duty(number)
        if duty is not None:
            people = {"learner_id": duty.person_id, "signed_by_id": duty.person_id}
            db.session.merge(LearnerHours(duty_id=duty.id, **people, signed_at=clock.now()))

    def _miss(self, number: int, *_: int) -> None:
        duty = self._one_duty(number)
        if duty is not None:
            duty.status = "missed"

    def _close(self, day: int, _other: int, minutes: int) -> None:
        period = on(SPRING.first + timedelta(days=day), 10, 12)
        rooms = [self.halves[0]] if minutes % 2 else []
        facts = {"from_at": period.start, "to_at": period.end, "rooms": rooms}
        db.session.add(Closure(venue_id=self.venue.id, **facts))

    def _open_longer(self, day: int, _other: int, minutes: int) -> None:
        hours = select(OpeningHours).where(
            OpeningHours.venue_id == self.venue.id, OpeningHours.weekday == day % 7
        )
        for each in db.session.scalars(hours):
            each.closes_minute = 23 * 60 + minutes

    def _retire(self, day: int, *_: int) -> None:
        self._room(self.halves[1], retired_at=at(SPRING.first + timedelta(days=day), 12))

    def _measure(self, day: int, _other: int, minutes: int) -> None:
        self._room(self.halves[day % 2], area_m2=minutes)

    def _room(self, room: Room, **values: object) -> None:
        db.session.execute(update(Room).where(Room.id == room.id).values(**values))

    def _keep(self, *_: int) -> None:
        keep(clock.now())

    def begin_anew(self) -> None:
        db.session.rollback()
        for table in TABLES:
            db.session.execute(delete(table))
        db.session.execute(delete(Booking).where(Booking.uid.like("life-%")))
        keys = ("from_at", "to_at", "status", "cancelled_late", "room_id")
        self._set(self.booking_ids[0], **{key: self.like[key] for key in keys})
        db.session.commit()

    def kept(self):
        return sheets.sheet_of([self.venue.id], SPRING, clock.now())

    def fresh(self):
        days = {self.venue.id: list(SPRING)}
        found = folded(days, clock.now(), houses_of(days))
        return together(found[self.venue.id].values())

    def naive(self) -> tuple[int, int]:
        """Bookings that took place, and the minutes of spaces that they used, counted one by one."""
        frame = houses_of([self.venue.id])[self.venue.id].frame(SPRING)
        spaces = {room.id: {room.id} for room in self.halves}
        spaces[self.hall.id] = {room.id for room in self.halves}
        began, used = 0, set[tuple[int, datetime]]()
        for booking in db.session.scalars(select(Booking).where(Booking.status == "confirmed")):
            began += booking.from_at in _Moments(SPRING.period)
            for space in frame.spaces:
                if space.id in spaces[booking.room_id]:
                    inside = intersect(space.windows, [booking.period])
                    for part in intersect(inside, [SPRING.period]):
                        used |= {(space.id, minute) for minute in _minutes(part)}
        return began, len(used)


class _Moments:
    def __init__(self, period: Period) -> None:
        self.period = period

    def __contains__(self, moment: datetime) -> bool:
        return self.period.start <= moment < self.period.end


def _minutes(period: Period) -> list[datetime]:
    return [period.start + timedelta(minutes=number) for number in range(period.minutes)]


@pytest.fixture
def world(app):
    made = World()
    with time_machine.travel(LATER, tick=False):
        yield made


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=8)
@given(deeds=deeds)
def test_what_is_kept_and_what_changed_make_what_folding_everything_makes(world, deeds):
    world.begin_anew()
    keep(clock.now())
    for deed in deeds:
        world.do(*deed)
        assert world.kept() == world.fresh()
    began, used = world.naive()
    sheet = world.kept()
    assert sum(row[Counts.BOOKINGS] for row in sheet.tables[Table.COUNTS].values()) == began
    assert sum(row[Time.USED] for row in sheet.tables[Table.TIME].values()) == used
    keep(clock.now())
    assert world.kept() == world.fresh()
    assert strays(clock.now(), most=None) == []
    assert keep(clock.now()) == 0
