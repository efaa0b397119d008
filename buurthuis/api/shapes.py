"""What every call may be asked: the fields of its query and of its body."""

from typing import Final

from buurthuis.activities.agenda import Entry
from buurthuis.activities.models import ForWhom, Spoken
from buurthuis.api.lists import (
    extras_in_json,
    extras_in_query,
    minutes_in_json,
    other_minutes_in_json,
    slugs_of_rooms,
    yes_in_query,
)
from buurthuis.api.values import (
    Shape,
    count_in_query,
    day,
    identity,
    moment,
    one_line_of,
    paragraphs_of,
    people_in_json,
    plain,
    slug,
    text_of,
    word,
    yes_or_no,
)
from buurthuis.rules import rrule
from buurthuis.rules.attendance import Band
from buurthuis.rules.paying.ways import Way
from buurthuis.rules.standing import SELF_DECLARED, Kind, Purpose

MOST_A_PAGE: Final = 200
MOST_PEOPLE: Final = 100_000
LONGEST_TITLE: Final = 120
LONGEST_NAME: Final = 120
LONGEST_TEXT: Final = 2000
LONGEST_REASON: Final = 200

PAGE: Final = {
    "limit": count_in_query(
        "How many items a page holds.", most=MOST_A_PAGE, otherwise=MOST_A_PAGE
    ),
    "after": plain("Where the page begins; copy it from `next`."),
}
FOR_WHOM: Final = {
    "initiative": identity("The initiative to price for; it must be one you speak for."),
    "purpose": word(Purpose, "What it is for.", otherwise=Purpose.OTHER),
}

ANY_PAGE: Final = Shape("Page", PAGE)
ROOMS: Final = Shape("RoomsAsked", {"venue": slug("Only the rooms of this house."), **PAGE})
FREE: Final = Shape(
    "FreeAsked",
    {
        "from": moment("When it starts."),
        "to": moment("When it ends."),
        "people": count_in_query("How many people must fit.", most=MOST_PEOPLE, otherwise=None),
        "venue": slug("Only the rooms of this house."),
        **FOR_WHOM,
        **PAGE,
    },
    is_timed=True,
)
QUOTE: Final = Shape(
    "QuoteAsked",
    {
        "room": slug("The room.", is_required=True),
        "from": moment("When it starts."),
        "to": moment("When it ends."),
        "people": count_in_query("How many people come.", most=MOST_PEOPLE, otherwise=None),
        "extras": extras_in_query("What goes with it, such as `beamer,coffee:12`."),
        **FOR_WHOM,
    },
    is_timed=True,
)
NEW_INITIATIVE: Final = Shape(
    "NewInitiative",
    {
        "name": one_line_of(LONGEST_NAME, "What it is called.", is_required=True),
        "kind": word(Kind, "What it says of itself.", among=SELF_DECLARED, is_required=True),
    },
)
BOOKINGS: Final = Shape(
    "BookingsAsked",
    {
        "venue": slug("Only bookings in this house."),
        "from": moment("Only what ends after this moment.", is_required=False),
        "to": moment("Only what starts before this moment.", is_required=False),
        **PAGE,
    },
)
SHIFTS: Final = Shape(
    "ShiftsAsked",
    {
        "venue": slug("Only in this house."),
        "from": moment("Only what ends after this moment; now when left out.", is_required=False),
        "to": moment("Only what starts before this moment; four weeks later.", is_required=False),
        **PAGE,
    },
)
ACTIVITIES: Final = Shape(
    "ActivitiesAsked",
    {
        "venue": slug("Only in this house."),
        "from": moment("Only what ends after this moment.", is_required=False),
        "to": moment("Only what starts before this moment.", is_required=False),
        "for_whom": word(ForWhom, "Only what is meant for these people."),
        "language": word(Spoken, "Only where this language is spoken."),
        "entry": word(Entry, "Only with seats left (`seats`), or where one just comes (`open`)."),
        "free": yes_in_query("Only what is said to cost nothing."),
        **PAGE,
    },
)
CHOSEN_WAYS: Final = frozenset(Way) - {Way.NONE}
NEW_BOOKING: Final = Shape(
    "NewBooking",
    {
        "room": slug("The room.", is_required=True),
        "from": moment("When it starts."),
        "to": moment("When it ends."),
        "title": one_line_of(LONGEST_TITLE, "What happens.", is_required=True),
        "initiative": identity("The id of the initiative it is for.", is_required=True),
        "people": people_in_json(is_nullable=True, otherwise=None),
        "purpose": word(Purpose, "What it is for.", is_nullable=True, otherwise=Purpose.OTHER),
        "public": yes_or_no(
            "May it stand in the public agenda?", is_nullable=True, otherwise=False
        ),
        "remark": paragraphs_of(
            LONGEST_TEXT, "A word to the house.", is_nullable=True, otherwise=""
        ),
        "also": slugs_of_rooms("Other rooms of the house, for the same time: all or none."),
        "extras": extras_in_json("What goes with the room.", otherwise=[]),
        "setup_minutes": minutes_in_json("What the group takes itself to prepare."),
        "teardown_minutes": minutes_in_json("What the group takes itself to clear up."),
        "exception": one_line_of(
            LONGEST_REASON,
            "Why a manager of the house sets its rules of fair use aside; the logbook keeps it.",
            is_nullable=True,
            otherwise="",
        ),
        "pay": word(
            Way,
            "How the group pays; else in the first way for which it does nothing now.",
            among=CHOSEN_WAYS,
            is_nullable=True,
            otherwise=None,
        ),
    },
    is_timed=True,
)
CHANGED_BOOKING: Final = Shape(
    "ChangedBooking",
    {
        "room": slug("Another room, also of another house."),
        "from": moment("Another start.", is_required=False),
        "to": moment("Another end.", is_required=False),
        "title": one_line_of(LONGEST_TITLE, "What happens."),
        "people": people_in_json(is_nullable=True),
        "purpose": word(Purpose, "What it is for."),
        "public": yes_or_no("May it stand in the public agenda?"),
        "remark": paragraphs_of(LONGEST_TEXT, "A word to the house."),
        "extras": extras_in_json("What goes with it from now on; change this by itself."),
    },
)
NEW_SERIES: Final = Shape(
    "NewSeries",
    {
        **{name: field for name, field in NEW_BOOKING.fields.items() if name != "pay"},
        "rrule": text_of(
            rrule.LONGEST_TEXT,
            "By which rule it repeats, as RFC 5545 writes it: `FREQ=WEEKLY;BYDAY=TU;COUNT=12`.",
            is_required=True,
        ),
        "skip_conflicts": yes_or_no(
            "Book the days that are free, and leave out the others?",
            is_nullable=True,
            otherwise=False,
        ),
    },
    is_timed=True,
)
CHANGED_SERIES: Final = Shape(
    "SeriesChange",
    {
        "from_date": day("From which day on; else from today."),
        **CHANGED_BOOKING.fields,
        "from": moment("Another start: its clock time counts for each day.", is_required=False),
        "to": moment("Another end: its clock time counts for each day.", is_required=False),
        "extras": extras_in_json("What goes with each day; change this apart from time and words."),
        "setup_minutes": other_minutes_in_json("What the group takes itself to prepare."),
        "teardown_minutes": other_minutes_in_json("What the group takes itself to clear up."),
        "skip_conflicts": yes_or_no("Leave days without an extra or minutes they cannot have?"),
    },
)
ENDED_SERIES: Final = Shape(
    "SeriesEnd",
    {
        "from_date": day("From which day on; else from today."),
        "reason": paragraphs_of(
            LONGEST_TEXT, "Why; the other side reads it.", is_nullable=True, otherwise=""
        ),
    },
)
REFUSAL: Final = Shape(
    "Refusal",
    {
        "reason": paragraphs_of(
            LONGEST_TEXT, "Why not; the booker reads it.", may_be_empty=False, is_required=True
        )
    },
)
CANCELLATION: Final = Shape(
    "Cancellation",
    {
        "reason": paragraphs_of(
            LONGEST_TEXT, "Why; the other side reads it.", is_nullable=True, otherwise=""
        ),
        "whole_bundle": yes_or_no(
            "All rooms that were booked together?", is_nullable=True, otherwise=False
        ),
        "for_group": yes_or_no(
            "Did the group ask a manager for this? Then it may be late, and cost something.",
            is_nullable=True,
            otherwise=False,
        ),
    },
)
HEAD_COUNT: Final = Shape(
    "HeadCount",
    {
        "people": people_in_json(is_nullable=True, otherwise=None),
        "band": word(Band, "About how many came.", is_nullable=True, otherwise=None),
    },
)
