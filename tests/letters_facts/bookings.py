"""What letters about bookings, series and seats are filled with."""

from typing import Any

BOOKING: dict[str, Any] = {
    "booking_id": 7,
    "status": "confirmed",
    "person_name": "Bram",
    "venue_name": "De Meevaart",
    "venue_phone": "020-555 01 23",
    "venue_email": "meevaart@buurthuis.example",
    "venue_address": "Voorbeeldstraat 1, 1234 AB Amsterdam",
    "way_in": "Bel aan bij de groene deur. Amina doet open.",
    "room_name": "Lesruimte 1",
    "title": "Repair café",
    "from_iso": "2026-03-13T19:00:00+01:00",
    "to_iso": "2026-03-13T22:00:00+01:00",
    "initiative_name": "Repair Café Oost",
    "people": 20,
    "list_cents": 7500,
    "discount_cents": 4875,
    "total_cents": 2625,
    "deposit_cents": 0,
    "price_reason": "standing",
    "cancel_notice_hours": 48,
    "link": "https://buurthuis.example/me/bookings/7",
}

DESK = {"person_name": "Amina", "link": "https://buurthuis.example/houses/de-meevaart/bookings/7"}

OWED: dict[str, Any] = {
    "owed_cents": 1313,
    "owed_state": "due",
    "owed_part": "50",
    "owed_base_cents": 2625,
}

CHANGE: dict[str, Any] = {
    "new_from_iso": "2026-03-13T19:00:00+01:00",
    "new_to_iso": "2026-03-13T23:00:00+01:00",
    "new_room_name": "Grote zaal",
    "new_venue_name": "De Meevaart",
    "new_total_cents": 3500,
    "new_house": False,
}

SERIES: dict[str, Any] = {
    "series_id": 3,
    "link": "https://buurthuis.example/me/series/3",
    "days": [
        {
            "from_iso": f"2026-03-{day}T19:00:00+01:00",
            "to_iso": f"2026-03-{day}T22:00:00+01:00",
            "room_name": room,
            "things": things,
        }
        for day, room, things in (
            (13, "Lesruimte 1", ["1 × beamer"]),
            (20, "Grote zaal", []),
        )
    ],
    "things": ["1 × beamer"],
    "setup_minutes": 30,
    "teardown_minutes": 0,
    "left_out": ["2026-03-27T00:00:00+01:00"],
}

SERIES_CHANGE: dict[str, Any] = {
    "new_days": [
        {
            "from_iso": f"2026-03-{day}T19:00:00+01:00",
            "to_iso": f"2026-03-{day}T23:00:00+01:00",
            "room_name": "Grote zaal",
        }
        for day in (13, 20)
    ],
    "new_total_cents": 7000,
}

VISITOR: dict[str, Any] = {
    "person_name": "Truus",
    "seats": 2,
    "link": "https://buurthuis.example/seats/12/K7Q2XTR4M9AB",
    "activity_link": "https://buurthuis.example/activities/5",
}

OF_BOOKINGS: dict[str, dict[str, Any]] = {
    "request_arrived": DESK,
    "booking_refused": {"reason": "Die avond is er een bewonersvergadering in alle zalen."},
    "booking_requested": {
        "cancel_steps": [
            {"until_iso": "2026-03-06T19:00:00+01:00", "cents": 0},
            {"until_iso": "2026-03-11T19:00:00+01:00", "cents": 1313},
            {"until_iso": None, "cents": 2625},
        ],
        "unused_cents": 7500,
    },
    "booking_cancelled": {"by_name": "Chandra", "reason": "De verwarming is stuk.", **OWED},
    "booking_no_show": {**OWED, "owed_state": "to_decide"},
    "owed_decided": {**OWED, "owed_state": "waived", "reason": "Jullie waren allemaal ziek."},
    "booking_question": {"text": "Hoeveel tafels hebben jullie nodig?"},
    "booking_answer": {**DESK, "text": "Acht tafels, en drie stopcontacten."},
    "booking_confirmed": {
        "on_top": [
            {"kind": "surcharge", "name": "Weekend", "many": 1, "cents": 375},
            {"kind": "extra", "name": "Koffie", "many": 20, "cents": 3000},
        ],
        "room_way_in": "De trap op, de tweede deur links.",
        "share": "Repair café\nvrijdag 13 maart, 19:00 tot 22:00\nLesruimte 1, De Meevaart\n"
        "Voorbeeldstraat 1, 1234 AB Amsterdam\nBel aan bij de groene deur.",
    },
    "booking_reminder": {
        "who_opens": "Amina is er vanaf half zeven. Zij doet de deur open.",
        "room_way_in": "De trap op, de tweede deur links.",
        "rules": "Veeg de vloer. Zet de stoelen terug.\nDoe om tien uur de ramen dicht.",
        "map_link": "https://www.openstreetmap.org/search?query=Voorbeeldstraat+1",
        "house_link": "https://buurthuis.example/venues/de-meevaart",
        "cancel_link": "https://buurthuis.example/me/bookings/7/cancel",
    },
    "waiting_offer": {
        "status": "held",
        "until_iso": "2026-03-10T12:00:00+01:00",
        "is_at_once": False,
        "offer_link": "https://buurthuis.example/me/bookings/7/offer",
    },
    "booking_expired": {"status": "expired"},
    "seat_reserved": {**VISITOR, "is_waiting": False, "has_calendar": True},
    "seat_free": {**VISITOR, "has_calendar": True},
    "seat_given_up": VISITOR,
    "activity_changed": {**VISITOR, "is_off": True, "has_calendar": True},
    "seat_reminder": VISITOR,
    "activity_taken_out": {
        "reason": "Dit was alleen voor leden.",
        "ask_link": "https://buurthuis.example/me/bookings/7/activity",
    },
    "activity_asked_back": {
        "text": "Nu staat erbij dat iedereen welkom is.",
        "link": "https://buurthuis.example/me/bookings/7/activity",
    },
    "booking_moved": {
        "old_from_iso": "2026-03-12T20:00:00+01:00",
        "old_to_iso": "2026-03-13T01:00:00+01:00",
        "old_room_name": "Grote zaal",
    },
    "booking_renamed": {"by_name": "Chandra"},
    "booking_other_house": {
        "old_venue_name": "Het Blauwe Huis",
        "old_from_iso": "2026-03-12T20:00:00+01:00",
        "old_to_iso": "2026-03-12T22:00:00+01:00",
        "old_room_name": "Zolder, Het Blauwe Huis",
    },
    "change_asked": CHANGE,
    "change_arrived": {**DESK, **CHANGE},
    "change_approved": CHANGE,
    "change_refused": {**CHANGE, "reason": "Die avond zingt het koor in de grote zaal."},
    "change_expired": CHANGE,
    "change_withdrawn": {**DESK, **CHANGE},
    "booking_left": {
        **DESK,
        "old_venue_name": "Het Blauwe Huis",
        "by_name": "Bram",
        "old_from_iso": "2026-03-12T20:00:00+01:00",
        "old_to_iso": "2026-03-13T01:00:00+01:00",
        "old_room_name": "Zolder, Het Blauwe Huis",
        "link": "https://buurthuis.example/houses/blauwe-huis/",
    },
    "series_requested": SERIES,
    "series_confirmed": {
        **SERIES,
        "cancel_shares": [
            {"notice": 2, "unit": "weeks", "part": ""},
            {"notice": 1, "unit": "working_days", "part": "12.5"},
            {"notice": 0, "unit": "", "part": "100"},
        ],
        "unused_part": "100",
    },
    "series_arrived": {**SERIES, "person_name": "Amina"},
    "series_refused": {**SERIES, "reason": "Op vrijdag oefent het koor hier al."},
    "series_changed": {**SERIES, "by_name": "Chandra", "kept": SERIES["days"][1:]},
    "house_closed": {
        "reason": "Er staat water in de kelder.",
        "calendar_by_hand": True,
        "moved": [
            {**day, "title": "Koor", "room_name": "Grote zaal", "old_room_name": "Lesruimte 1"}
            for day in SERIES["days"][:1]
        ],
        "cancelled": [{**day, "title": "Naaien"} for day in SERIES["days"][1:]],
    },
    "series_cancelled": {
        **SERIES,
        "by_name": "Chandra",
        "reason": "De verwarming is stuk.",
        "calendar_by_hand": True,
        **OWED,
        "owed_cents": 2626,
        "owed_rows": [{**day, "cents": 1313} for day in SERIES["days"]],
    },
    "series_change_asked": {**SERIES, **SERIES_CHANGE, "done": SERIES["days"][1:]},
    "series_change_arrived": {**SERIES, **SERIES_CHANGE, "person_name": "Amina"},
    "series_change_approved": SERIES,
    "series_change_refused": {**SERIES, "reason": "Om tien uur moet het stil zijn."},
    "series_change_withdrawn": {**SERIES, **SERIES_CHANGE, "person_name": "Amina"},
    "series_change_expired": {**SERIES, "days": SERIES["days"][:1], "waiting": 23},
}
"""What each needs on top of a booking."""
