"""The forms of the booking desk: what is asked for, for whom it is sent, an answer to the house."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from buurthuis.accounts.actions import LONGEST_NAME
from buurthuis.accounts.forms import KINDS
from buurthuis.accounts.models import Initiative
from buurthuis.accounts.sentences import KIND_UNKNOWN, NAME_MISSING
from buurthuis.bookings.room_fields import RoomForm
from buurthuis.bookings.sentences import problem_sentence
from buurthuis.bookings.times import day_options, part_options
from buurthuis.bookings.wish_fields import (
    people_field,
    public_field,
    purpose_field,
    remark_field,
    title_field,
)
from buurthuis.bookings.wishes import Wish
from buurthuis.foundation.forms import (
    ChosenField,
    HouseForm,
    LineField,
    LinesField,
    Option,
    WordField,
    as_tiles,
    clock_options,
)
from buurthuis.rules.availability import Ask, Obstacle, Problem
from buurthuis.rules.paying.ways import Way
from buurthuis.rules.standing import SELF_DECLARED, Kind, Purpose
from buurthuis.tariffs.ways.words import CHOICES
from buurthuis.venues.models import Room, Venue

LONGEST_ANSWER = 2000
LONGEST_EXCEPTION = 200
NEW_GROUP = "new"

_ID = re.compile(r"[1-9][0-9]{0,8}")
_SEEN = re.compile(r"(new|[0-9]{1,9})=([0-9]{1,9})")
_SUBMISSION = re.compile(r"[A-Za-z0-9_-]{16,64}")

OF_THE_DAY = frozenset({Problem.TOO_FAR_AHEAD, Problem.CLOSED})
OF_THE_END = frozenset({Problem.TOO_SHORT, Problem.TOO_LONG, Problem.OFF_THE_STEP})


class BookingForm(RoomForm):
    """What somebody asks for: when, with how many, for what."""

    people = people_field()
    title = title_field()
    purpose = purpose_field()
    public = public_field()
    remark = remark_field()
    exception = LineField(_l("Why do you make an exception?"), longest=LONGEST_EXCEPTION)
    whose = HiddenField(name="for")

    def for_room(self, room: Room, today: date) -> Self:
        """Put the choices of this room's house on the page."""
        venue = room.venue
        self.offer(
            day_options(today, today, self.day.data),
            part_options(venue),
            clock_options(*open_clock(venue), venue.step_minutes),
        )
        self.offer_with(room)
        return self

    def typed(self) -> dict[str, str]:
        """What was typed, the tick and the chosen group included."""
        more = {"public": "y" if self.public.data else "", "for": (self.whose.data or "")[:12]}
        return {**super().typed(), **{name: text for name, text in more.items() if text}}

    @property
    def ask(self) -> Ask:
        """The question to the house rules; only for a form whose time was found right."""
        assert self.period is not None  # noqa: S101 - validate() came first
        setup, teardown = self.own_minutes
        return Ask(
            self.period,
            self.people.data,
            purpose=self.purpose.data,
            setup_minutes=setup,
            teardown_minutes=teardown,
        )

    @property
    def wish(self) -> Wish:
        """What is asked for; only for a form that was found right."""
        return Wish(
            period=self.ask.period,
            people=self.people.data,
            title=self.title.data,
            purpose=self.purpose.data,
            remark=self.remark.data,
            is_public=self.public.data,
            setup_minutes=self.ask.setup_minutes,
            teardown_minutes=self.ask.teardown_minutes,
            extras=self.extras,
        )

    @property
    def wish_of_rooms(self) -> Wish:
        """What several rooms are asked for, before the words were found right."""
        setup, teardown = self.own_minutes
        return Wish(
            period=self.ask.period,
            people=self.people.data,
            title="",
            purpose=self.purpose.data or Purpose.OTHER,
            setup_minutes=setup,
            teardown_minutes=teardown,
            extras=self.extras,
        )

    def tell(self, problems: Sequence[Obstacle], room: Room, ask: Ask) -> None:
        """Tell each problem beside the field that cures it."""
        for problem in problems:
            self.wrong(self._field_of(problem), problem_sentence(problem, room, ask))

    def _field_of(self, problem: Obstacle) -> Any:
        if problem is Problem.TOO_MANY_PEOPLE:
            return self.people
        if problem is Problem.BUFFER_TOO_LONG and "prepare" in self:
            return self.prepare
        if problem is Problem.ALONE and self.room_fields:
            return self.room_fields[0][1]
        if problem in OF_THE_DAY:
            return self.day
        if problem in OF_THE_END and self.is_by_the_clock:
            return self.ends
        return self.time_field


class GroupField(ChosenField):
    """The number of one's own initiative, or `NEW_GROUP`."""

    def read(self, typed: str) -> int | None:
        """The number; a new group has none yet."""
        if typed == NEW_GROUP:
            return None
        if not _ID.fullmatch(typed):
            raise ValueError(_("Choose one of your own groups."))
        return int(typed)


class SendForm(HouseForm):
    """For whom a booking is sent, which price was seen, and a mark that makes sending twice harmless."""

    group = GroupField(_l("For whom do you book?"), name="for", **as_tiles())
    name = LineField(_l("What is your group called?"), longest=LONGEST_NAME)
    kind = WordField(_l("What are you?"), words=Kind, **as_tiles())
    pays_by = WordField(_l("How do you want to pay?"), words=Way, **as_tiles())
    submission = HiddenField()
    seen = HiddenField()

    initiative: Initiative | None = None

    def for_groups(self, groups: Sequence[Initiative]) -> Self:
        """Put the person's own groups on the page."""
        own: list[Option] = [(str(group.id), group.name) for group in groups]
        self.group.options = [*own, (NEW_GROUP, _("Another group, or just me"))]
        self.kind.options = [(kind.value, words) for kind, words in KINDS.items()]
        self.initiative = next((each for each in groups if each.id == self.group.data), None)
        return self

    def offer_ways(self, ways: Sequence[Way]) -> Self:
        """Put the ways to pay on the page; the first one counts until another is chosen."""
        self.pays_by.options = [(way.value, str(CHOICES[way])) for way in ways]
        if ways and not self.pays_by.typed:
            self.pays_by.process_data(ways[0].value)
        return self

    def chose(self, group: Initiative) -> None:
        """Settle for whom it is, so that a page shown again does not make the group twice."""
        self.initiative = group
        self.group.process_data(group.id)

    @property
    def is_new_group(self) -> bool:
        """The booking is for a group that the house does not know yet."""
        return self.group.typed == NEW_GROUP

    @property
    def mark(self) -> str | None:
        """The mark of this sending, when it is one of ours."""
        return mark_in(self.submission.data)

    @property
    def seen_cents(self) -> int:
        """The total that was seen for the chosen group; -1, which no price is, when there was none."""
        seen = dict(_SEEN.findall(self.seen.data or ""))
        return int(seen.get(self.group.typed, -1))

    def validate(self, extra_validators: Any = None) -> bool:
        """Check that it is for an initiative one speaks for, or for a new one with a name and a kind."""
        if not super().validate(extra_validators):
            return False
        if not self.is_new_group:
            if self.initiative is None:
                self.wrong(self.group, _("Choose one of your own groups."))
            return self.initiative is not None
        if not self.name.data:
            self.wrong(self.name, str(NAME_MISSING))
        if self.kind.data not in SELF_DECLARED:
            self.wrong(self.kind, str(KIND_UNKNOWN))
        return not self.errors


class AnswerForm(HouseForm):
    """An answer to a question of the house."""

    text = LinesField(
        _l("Your answer"), longest=LONGEST_ANSWER, missing=_l("Write your answer first.")
    )


def mark_in(sent: str | None) -> str | None:
    """The mark that makes sending twice harmless, when it is one of ours."""
    return sent if _SUBMISSION.fullmatch(sent or "") else None


def seen_text(totals: dict[str, int]) -> str:
    """The totals that a page shows, by group, as the form carries them back."""
    return " ".join(f"{group}={cents}" for group, cents in totals.items())


def open_clock(venue: Venue) -> tuple[int, int]:
    """The earliest opening and the latest closing of a house on any day."""
    hours = venue.opening_hours
    if not hours:
        return 8 * 60, 24 * 60
    return min(each.opens_minute for each in hours), max(each.closes_minute for each in hours)
