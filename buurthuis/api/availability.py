"""Calls about when a key-holder can: all of it at once, to read and to say anew."""

from typing import Any

from buurthuis.api.answers import Answer
from buurthuis.api.availability_fields import AVAILABILITY, clock_in_json
from buurthuis.api.blueprint import blueprint
from buurthuis.api.calls import Call, described
from buurthuis.api.values import Asked
from buurthuis.foundation.access import needs, visitor
from buurthuis.roster.when import actions as when_actions
from buurthuis.roster.when.queries import WEEKDAYS, Availability, Days, Whose, availability_of
from buurthuis.rules.offered_times import Times


def mine() -> Whose:
    """What whoever asks offers."""
    return Whose(visitor())


@blueprint.get("/me/availability")
@needs("availability.change", mine)
@described(Call("When I can do shifts.", "Availability"))
def availability(whose: Whose) -> Answer:
    """My week, the days on which it does not hold, how often, and what I like."""
    return _answer(availability_of(whose.person))


@blueprint.put("/me/availability")
@needs("availability.change", mine)
@described(
    Call(
        "Say when I can do shifts; what is left out stays as it is.",
        "Availability",
        body=AVAILABILITY,
        refusals=("invalid",),
    )
)
def say_availability(whose: Whose, asked: Asked) -> Answer:
    """Say it anew; the last change can be taken back on the page."""
    now = availability_of(whose.person)
    said = Availability(
        weekly=asked.get("week", now.weekly),
        days=asked.get("days", now.days),
        most_a_week=asked.get("most_a_week", now.most_a_week),
        likes_to_open=asked.get("likes_to_open", now.likes_to_open),
        likes_to_close=asked.get("likes_to_close", now.likes_to_close),
    )
    when_actions.say_all(whose, said, by=visitor())
    return _answer(availability_of(whose.person))


def _answer(told: Availability) -> Answer:
    return {
        "week": [_time(each) for each in told.weekly],
        "days": [_days(each) for each in told.days],
        "most_a_week": told.most_a_week,
        "likes_to_open": told.likes_to_open,
        "likes_to_close": told.likes_to_close,
    }


def _time(each: Times) -> dict[str, Any]:
    span = {"starts": clock_in_json(each.starts), "ends": clock_in_json(each.ends)}
    return {"weekday": WEEKDAYS[each.weekday], **span, "gladly": each.is_liked}


def _days(each: Days) -> dict[str, Any]:
    starts, ends = each.span or (None, None)
    return {
        "from": each.first.isoformat(),
        "to": each.last.isoformat(),
        "starts": None if starts is None else clock_in_json(starts),
        "ends": None if ends is None else clock_in_json(ends),
        "note": each.note,
    }
