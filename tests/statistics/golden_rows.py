"""The golden week of docs/rules/figures.md as rows of a database: the same house, told by its tables."""

from datetime import date, timedelta
from itertools import count
from uuid import uuid4

from buurthuis.accounts.models import Initiative, RoleName
from buurthuis.bookings.models import Booking
from buurthuis.bookings.series.models import Series
from buurthuis.bookings.today.models import Attendance
from buurthuis.evidence.tags.models import ActivityTag
from buurthuis.evidence.work.models import VolunteerWork
from buurthuis.evidence.year.models import YearMoney
from buurthuis.evidence.year.told_models import SocialOutcome, VolunteerRate
from buurthuis.foundation import clock
from buurthuis.foundation.db import db
from buurthuis.roster.holders.models import WeeklyTime
from buurthuis.roster.models import Chosen, Duty, DutyStatus, Part, ShiftKind
from buurthuis.rules.attendance import Band, counted
from buurthuis.rules.calendar import moment
from buurthuis.rules.periods import Period
from buurthuis.rules.states import Status
from buurthuis.venues.models import DayPart, OpeningHours, Venue
from tests.builders import a_closure, a_person, a_role, a_room, a_venue, an_initiative
from tests.rules.figures import golden
from tests.rules.test_docs import cents

STATUS = {
    "realised": Status.CONFIRMED,
    "no_show": Status.NO_SHOW,
    "cancelled_late": Status.CANCELLED,
    "refused": Status.REFUSED,
    "other": Status.CANCELLED,
    "ran_out": Status.EXPIRED,
}
BANDS = {"11–20": Band.MIDDLE, "21–40": Band.LARGE}
A_YEAR_OF = {"housing_costs": 1_825_000, "contribution": 1_095_000, "other_funds": 36_500}
"""Of which seven days are what the page tells."""
RATES = [("low", 1, 1200), ("mid", 1, 1500), ("mid", 10, 1800), ("high", 10, 2500)]
ASKED_BEFORE = timedelta(days=21)
OF_ALL_ROOMS = ("left", "right", "kitchen")


class GoldenHouse:
    """The house, its rooms, groups and people by the names that the page gives them."""

    def __init__(self) -> None:
        self.venue = _a_house()
        sizes = {"left": 40, "right": 20, "kitchen": None}
        self.rooms = {
            name: a_room(self.venue, area_m2=sizes[name], capacity=golden.CAPACITY[name])
            for name in OF_ALL_ROOMS
        }
        halves = [self.rooms["left"], self.rooms["right"]]
        self.rooms["hall"] = a_room(self.venue, parts=halves, capacity=60)
        self.people = {name: a_person(name) for name in golden.PEOPLE}
        self.groups = {name: an_initiative(name=name) for name in golden.GROUPS}
        self.series = {name: self._series(name) for name in golden.SERIES}
        self.bookings = {row["nr"]: self._booking(row) for row in golden.BOOKINGS}
        self._hours_of_rooms()
        self._here_before()
        self._work()
        _written_down(self.venue)
        db.session.commit()

    def _hours_of_rooms(self) -> None:
        for weekday in range(5):
            hours = {"opens_minute": 9 * 60, "closes_minute": 17 * 60}
            kitchen = self.rooms["kitchen"].id
            self.venue.opening_hours.append(OpeningHours(room_id=kitchen, weekday=weekday, **hours))
        # A room without hours of its own on a day is open as the house.
        a_closure(self.venue, golden.hours("Sat", 0, 24), self.rooms["kitchen"])
        a_closure(self.venue, golden.hours("Wed", 13, 17), self.rooms["right"])

    def _series(self, name: str) -> Series:
        series = Series(
            venue_id=self.venue.id,
            initiative_id=self.groups[name].id,
            booked_by_id=self.people["Bram"].id,
            rule_text="FREQ=WEEKLY;COUNT=2",
            first_on=golden.MONDAY,
            last_on=golden.SPAN.last,
            created_at=clock.now(),
        )
        db.session.add(series)
        db.session.flush()
        return series

    def _booking(self, row: dict[str, str]) -> Booking:
        use = golden.use_of(row)
        asked_at = use.period.start - ASKED_BEFORE
        answered = use.answered_in_minutes
        booking = self._booked(
            use.period,
            self.groups[row["group"]],
            room_id=self.rooms[row["room"]].id,
            series_id=self.series[row["series"]].id if row["series"] else None,
            status=STATUS[row["became"]],
            cancelled_late=row["became"] == "cancelled_late",
            refusal_reason="Vol" if row["became"] == "refused" else "",
            setup_minutes=use.before_minutes,
            teardown_minutes=use.after_minutes,
            standing=use.standing or None,
            decided_at=None if answered is None else asked_at + timedelta(minutes=answered),
            decided_by_id=None if answered is None else self.people["Amina"].id,
            **_price(cents(row["list"]), cents(row["charged"])),
        )
        self._told(row, booking)
        return booking

    def _booked(self, period: Period, group: Initiative, **facts) -> Booking:
        asked_at = period.start - ASKED_BEFORE
        booking = Booking(
            uid=str(uuid4()),
            venue_id=self.venue.id,
            initiative_id=group.id,
            booked_by_id=self.people["Bram"].id,
            from_at=period.start,
            to_at=period.end,
            title=group.name,
            created_at=asked_at,
            changed_at=asked_at,
            price_lines=[],
            **facts,
        )
        db.session.add(booking)
        db.session.flush()
        return booking

    def _told(self, row: dict[str, str], booking: Booking) -> None:
        """Who came, and what it was for."""
        said = {"said_by_id": self.people["Amina"].id, "said_at": booking.to_at}
        if row["theme"]:
            db.session.add(ActivityTag(booking_id=booking.id, theme=row["theme"], **said))
        if row["people"]:
            exact = None if row["people"] in BANDS else int(row["people"])
            head = counted(people=exact, band=BANDS.get(row["people"]))
            facts = {"outcome": "came", "band": head.band, "people": head.people}
            db.session.add(Attendance(booking_id=booking.id, **facts, **said))

    def _here_before(self) -> None:
        for hour, name in enumerate(golden.HERE_BEFORE, start=10):
            period = Period(
                moment(golden.EARLIER, hour * 60), moment(golden.EARLIER, hour * 60 + 60)
            )
            facts = {"room_id": self.rooms["left"].id, "status": Status.CONFIRMED}
            self._booked(period, self.groups[name], **facts, **_price(0, 0))

    def _work(self) -> None:
        places = count()
        for row in golden.WORK:
            day = golden.day_named(row["day"])
            starts_at = moment(day, 18 * 60)
            is_learner = row["as"] == "learner"
            duty = Duty(
                venue_id=self.venue.id,
                # Chandra learned on Thursday beside Amina, and on Wednesday alone.
                session_id=self.bookings["2" if row["day"] == "Thu" else "1"].id,
                kind=ShiftKind.OPEN,
                watch=0 if row["day"] == "Thu" else next(places) + 1,
                part=Part.LEARNER if is_learner else Part.HOLDER,
                person_id=self.people[row["person"]].id,
                status=DutyStatus.DONE,
                chosen=Chosen.SELF,
                starts_at=starts_at,
                ends_at=starts_at + timedelta(minutes=int(row["minutes"])),
                created_at=starts_at - ASKED_BEFORE,
            )
            db.session.add(duty)
        for name in ("Amina", "Bram"):
            a_role(self.people[name], RoleName.KEY_HOLDER, self.venue)
            times = {"weekday": 0, "starts_minute": 600, "ends_minute": 600 + 720}
            db.session.add(WeeklyTime(person_id=self.people[name].id, **times))


def _a_house() -> Venue:
    venue = a_venue()
    venue.opening_hours.clear()
    venue.day_parts.clear()
    db.session.flush()
    for weekday, name in enumerate(golden.WEEK):
        if name in golden.HOUSE_HOURS:
            opens, closes = (60 * hour for hour in golden.HOUSE_HOURS[name])
            hours = {"opens_minute": opens, "closes_minute": closes}
            venue.opening_hours.append(OpeningHours(weekday=weekday, **hours))
    for name, (starts, ends) in golden.PARTS.items():
        minutes = {"starts_minute": starts * 60, "ends_minute": ends * 60}
        venue.day_parts.append(DayPart(name=name, **minutes))
    db.session.flush()
    return venue


def _price(listed: int, charged: int) -> dict[str, int]:
    return {
        "list_cents": listed,
        "discount_cents": max(0, listed - charged),
        "surcharge_cents": max(0, charged - listed),
        "given_cents": max(0, listed - charged),
        "vat_cents": 0,
        "total_cents": charged,
    }


def _written_down(venue: Venue) -> None:
    """What the board wrote beside the bookings: money of the year, rates, work and results."""
    first = {"number": 1, "made_at": clock.now()}
    for kind, amount in A_YEAR_OF.items():
        told = {"kind": kind, "cents": amount, "source": "Voorbeeld"}
        db.session.add(YearMoney(venue_id=venue.id, year=2026, **told, **first))
    for level, month, amount in RATES:
        told = {"level": level, "hour_cents": amount, "source": "Voorbeeld"}
        db.session.add(VolunteerRate(year=2026, month=month, **told, **first))
    for kind, minutes in golden.BESIDE.logged_minutes.items():
        told = {"day": date(2026, 10, 7), "minutes": minutes, "kind": kind}
        db.session.add(VolunteerWork(venue_id=venue.id, said_at=clock.now(), **told))
    for outcome in golden.BESIDE.outcomes:
        more_anyway, less_anyway = (int(each * 10_000) for each in outcome.deadweight)
        least_ours, most_ours = (int(each * 10_000) for each in outcome.attribution)
        db.session.add(
            SocialOutcome(
                venue_id=venue.id,
                year=2026,
                words=f"Voorbeeld bij {outcome.code}",
                code=outcome.code,
                price_low_cents=outcome.price_cents[0],
                price_high_cents=outcome.price_cents[1],
                deadweight_low_bp=less_anyway,
                deadweight_high_bp=more_anyway,
                attribution_low_bp=least_ours,
                attribution_high_bp=most_ours,
                source="Voorbeeld",
                made_at=clock.now(),
            )
        )
