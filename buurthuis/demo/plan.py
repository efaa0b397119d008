"""Planning the demo: weekly groups, single bookings and waiting requests, none in another's way.

Everything is drawn from one source of chance that is started with the seed and the day, so the
same seed on the same day plans the same. A room is only asked for when it is open and free, as a
visitor would only get it then.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random

from buurthuis.bookings.series.models import Why
from buurthuis.demo.diary import Diary
from buurthuis.demo.draft import Draft, Idea, Weekly
from buurthuis.demo.groups import OCCASIONS, PUBLIC, REMARKS
from buurthuis.demo.moments import Moments, Scope, is_summer
from buurthuis.demo.neighbours import Neighbour
from buurthuis.demo.places import Place, by_likelihood, clock_span, period_on
from buurthuis.demo.prices import Prices
from buurthuis.rules.periods import Period
from buurthuis.rules.standing import Kind, Purpose
from buurthuis.venues.models import Approval

WEEKLY_SHARE = 0.6
WAITING_AT_HOME = 12
WAITING_ELSEWHERE = 2
GIVE_UP_AFTER = 3000
FIRST_WITHIN = 20
"""A group that begins comes for the first time within so many days."""


class Plan:
    """The bookings of the demo, planned one after the other until there are enough."""

    def __init__(
        self,
        scope: Scope,
        chance: Random,
        people: Sequence[Neighbour],
        found: Sequence[Place],
        prices: Prices,
        diary: Diary,
    ) -> None:
        self.drafts: list[Draft] = []
        self._scope, self._chance, self._people = scope, chance, people
        self._found, self._prices, self._diary = found, prices, diary
        self._moments = Moments(scope, chance, rooms=len(found))
        self._likely = {
            who.initiative.id: by_likelihood(
                found, who.group, home=scope.home, home_weight=self._moments.home_weight
            )
            for who in people
        }

    def draw_up(self) -> Iterator[int]:
        """Plan until there are enough bookings or no more fit; yields how many were added each time."""
        yield self._added(self._requests)
        for who in self._people[:2]:
            yield self._added(lambda who=who: self._weekly(who))  # type: ignore[misc]
        enough = round(self._scope.count * WEEKLY_SHARE)
        yield from self._until(enough, lambda: self._weekly(self._somebody()))
        yield from self._until(self._scope.count, self._single)

    def _until(self, enough: int, step: Callable[[], None]) -> Iterator[int]:
        fruitless = 0
        while len(self.drafts) < enough and fruitless < GIVE_UP_AFTER:
            added = self._added(step)
            fruitless = 0 if added else fruitless + 1
            yield added

    def _added(self, step: Callable[[], None]) -> int:
        before = len(self.drafts)
        step()
        return len(self.drafts) - before

    def _somebody(self) -> Neighbour:
        return self._chance.choice(self._people)

    def _where(self, who: Neighbour) -> Place | None:
        rooms, weights = self._likely[who.initiative.id]
        return self._chance.choices(rooms, weights)[0] if rooms else None

    # Groups that come back

    def _weekly(self, who: Neighbour) -> None:
        """A group that comes every week, two weeks or month, for a season or a year."""
        chance, place = self._chance, self._where(who)
        if place is None or who.group.purpose is Purpose.PARTY:
            return
        every, weeks = chance.choices((1, 2, 4), (7, 2, 1))[0], chance.randint(10, 50)
        begins = self._moments.first_of(weeks)
        if begins < who.comes.begins:
            begins = who.comes.begins + timedelta(days=chance.randint(0, FIRST_WITHIN))
        span = clock_span(chance, place.venue)
        weekly = self._shared(who, place, every, span)
        first = Idea(
            place=place,
            period=period_on(begins, span),
            who=who,
            title=who.group.title,
            purpose=who.group.purpose,
            is_public=who.group.is_public,
            made_at=self._moments.made_before(begins, place.venue, chance.randint(14, 40)),
            weekly=weekly,
        )
        last = min(self._scope.last, who.comes.ends)
        for week in range(0, weeks, every):
            day = begins + timedelta(weeks=week)
            if day > last or len(self.drafts) >= self._scope.count:
                return
            idea = replace(first, period=period_on(day, span))
            if is_summer(day) and chance.random() < 0.7:
                weekly.missed[day] = Why.LEFT_OUT
            elif not self._try(idea):
                weekly.missed[day] = Why.TAKEN if place.is_open(idea.period) else Why.CLOSED

    def _shared(self, who: Neighbour, place: Place, every: int, span: tuple[int, int]) -> Weekly:
        """A group says once with how many it comes, and what the house should know."""
        people = self._people_of(who, place)
        return Weekly(every, span, people, remark=self._chance.choice(REMARKS))

    # Bookings that stand alone

    def _single(self) -> None:
        """One booking: mostly what the group always does, sometimes an occasion."""
        who = self._somebody()
        place, day = self._where(who), self._moments.some_day()
        if place is None or day not in who.comes:
            return
        period = period_on(day, clock_span(self._chance, place.venue))
        if not place.is_open(period) or self._is_taken(place, period, who):
            return
        days_before = round(self._chance.triangular(2, 60, 12))
        title, purpose = self._occasion(who)
        self._try(
            Idea(
                place=place,
                period=period,
                who=who,
                title=title,
                purpose=purpose,
                is_public=purpose in PUBLIC and self._chance.random() < 0.25,
                made_at=self._moments.made_before(day, place.venue, days_before),
            )
        )

    def _occasion(self, who: Neighbour) -> tuple[str, Purpose]:
        chance, purpose = self._chance, who.group.purpose
        if purpose is Purpose.PARTY or chance.random() < 0.8:
            return who.group.title, purpose
        if who.group.kind is not Kind.COMMERCIAL and chance.random() < 0.5:
            purpose = chance.choice([Purpose.MEETING, Purpose.PARTY, Purpose.OTHER])
        return chance.choice(OCCASIONS[purpose]), purpose

    # Requests that wait for an answer

    def _requests(self) -> None:
        """A few in each house, more in one; the first is of the first neighbour."""
        for venue in dict.fromkeys(place.venue for place in self._found):
            is_home = venue.slug == self._scope.home
            wanted = WAITING_AT_HOME if is_home else WAITING_ELSEWHERE
            wanted = min(wanted, self._scope.count // 20)
            asked = 0
            for _ in range(60 * wanted):
                who = self._somebody() if asked or not is_home else self._people[0]
                if asked < wanted and self._request(who, venue.id, asked):
                    asked += 1

    def _request(self, who: Neighbour, venue_id: int, turn: int) -> bool:
        """The first was sent yesterday, each next one half a day earlier."""
        chance = self._chance
        likely = zip(*self._likely[who.initiative.id], strict=True)
        here = [(p, w) for p, w in likely if p.venue.id == venue_id and _must_ask(p, who)]
        if not here:
            return False
        place = chance.choices([p for p, _ in here], [w for _, w in here])[0]
        notice = place.venue.notice_minutes // 1440
        day = self._scope.today + timedelta(days=notice + chance.randint(4, 45))
        if day not in who.comes:
            return False
        ago = timedelta(hours=3 + turn * 12, minutes=chance.randint(0, 700))
        title, purpose = self._occasion(who)
        return self._try(
            Idea(
                place=place,
                period=period_on(day, clock_span(chance, place.venue)),
                who=who,
                title=title,
                purpose=purpose,
                is_public=purpose in PUBLIC and chance.random() < 0.3,
                made_at=self._scope.now.replace(second=0) - ago,
                waits=True,
            )
        )

    def _is_taken(self, place: Place, period: Period, who: Neighbour) -> bool:
        return not self._diary.fits(place.spaces, place.use(period, who.initiative.id))

    def _try(self, idea: Idea) -> bool:
        """Plan this booking if the room is open, near enough, free and for sale then."""
        place = idea.place
        if not (place.is_open(idea.period) and place.is_near(idea.period, idea.made_at)):
            return False
        if self._is_taken(place, idea.period, idea.who):
            return False
        price = self._prices.of(place.room, idea.period, idea.who, idea.purpose)
        if price is None:
            return False
        self._diary.write(place.spaces, place.use(idea.period, idea.who.initiative.id))
        people = idea.weekly.people if idea.weekly else self._people_of(idea.who, place)
        self.drafts.append(Draft(idea, people, price))
        return True

    def _people_of(self, who: Neighbour, place: Place) -> int:
        people = round(who.group.people * self._chance.uniform(0.6, 1.15))
        return min(max(1, people), place.room.capacity)


def _must_ask(place: Place, who: Neighbour) -> bool:
    """The house answers a request for this room; a standing that counts may spare one the asking."""
    if place.room.approval == Approval.RECOGNISED:
        return not who.recognised
    return place.room.approval == Approval.ASK
