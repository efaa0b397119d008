"""Facts to fill every letter with: for the snapshots, and to read all letters with `make letters`."""

from collections.abc import Iterator
from typing import Any

from flask import Flask

from buurthuis.foundation import letters
from buurthuis.foundation.languages import init_languages
from buurthuis.foundation.letters import Rendered

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

FREED = [
    {
        "kind": kind,
        "from_iso": f"2026-03-13T{starts}:00+01:00",
        "to_iso": f"2026-03-13T{ends}:00+01:00",
    }
    for kind, starts, ends in (("open", "18:45", "19:00"), ("close", "22:00", "22:15"))
]

STANDING: dict[str, Any] = {
    "known_as": "Sociale onderneming",
    "reason": "Wij kennen ze van de markt.",
    "reference": "",
    "valid_to_iso": "2026-12-31T00:00:00+01:00",
    "appeal_until_iso": "2026-04-12T00:00:00+02:00",
    "link": "https://buurthuis.example/me/initiatives/3/standing",
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

CHANGE: dict[str, Any] = {
    "new_from_iso": "2026-03-13T19:00:00+01:00",
    "new_to_iso": "2026-03-13T23:00:00+01:00",
    "new_room_name": "Grote zaal",
    "new_venue_name": "De Meevaart",
    "new_total_cents": 3500,
    "new_house": False,
}

VISITOR: dict[str, Any] = {
    "person_name": "Truus",
    "seats": 2,
    "link": "https://buurthuis.example/seats/12/K7Q2XTR4M9AB",
    "activity_link": "https://buurthuis.example/activities/5",
}

OWED: dict[str, Any] = {
    "owed_cents": 1313,
    "owed_state": "due",
    "owed_part": "50",
    "owed_base_cents": 2625,
}

SHIFT: dict[str, Any] = {
    "person_name": "Bram",
    "by_name": "Amina",
    "kind": "open",
    "part": "holder",
    "from_iso": "2026-03-13T18:45:00+01:00",
    "to_iso": "2026-03-13T19:00:00+01:00",
    "link": "https://buurthuis.example/me/roster",
}

THEIRS: dict[str, Any] = {
    "venue_name": "De Bonte Kraai",
    "from_iso": "2026-03-14T22:00:00+01:00",
    "to_iso": "2026-03-14T22:15:00+01:00",
}

INVOICE: dict[str, Any] = {
    "invoice_name": "DM-2026-0007",
    "corrects_name": "DM-2026-0003",
    "issued_iso": "2026-03-14T00:00:00+01:00",
    "due_iso": "2026-03-28T00:00:00+01:00",
    "total_cents": 7500,
    "open_cents": 7500,
    "original_open_cents": -2500,
    "iban": "NL91 ABNA 0417 1643 00",
    "holder": "Stichting De Meevaart",
    "reference": "RF65 1202 6000 007",
    "link": "https://buurthuis.example/invoices/7",
}

# Whoever writes a letter adds what it needs here; without an entry it gets the booking alone.
MORE: dict[str, dict[str, Any]] = {
    "request_arrived": DESK,
    "invoice": INVOICE,
    "credit_note": INVOICE,
    "invoice_reminder": {**INVOICE, "reminder": 2},
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
    "money_back": {
        "cents": 3750,
        "means": "online",
        "reason": "Jullie zegden op tijd af.",
        "invoice_name": "DM-2026-0007",
        "deposit_of": "",
    },
    "paid_for_nothing": {"cents": 3750, "is_booking": True, "invoice_name": "", "why": "taken"},
    "payment_failed": {
        "asked_cents": 3750,
        "is_booking": True,
        "invoice_name": "",
        "until_iso": "2026-03-04T14:40:00+01:00",
    },
    "payment_arrived": {
        "asked_cents": 3750,
        "invoice_name": "DM-2026-0007",
        "link": "https://buurthuis.example/invoices/7",
    },
    "payment_flagged": {
        **DESK,
        "asked_cents": 3750,
        "paid_cents": 1200,
        "paid_currency": "eur",
        "flag": "amount",
        "is_booking": True,
        "invoice_name": "",
        "link": "https://buurthuis.example/pay/7/back",
    },
    "deposit_kept": {
        "cents": 2500,
        "reason": "Er was een stoel stuk.",
        "left_cents": 12500,
    },
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
    "budget_used": {
        **DESK,
        "venue_name": "De Meevaart",
        "year": 2026,
        "is_empty": False,
        "budget_cents": 1000000,
        "given_cents": 612500,
        "promised_cents": 201250,
        "left_cents": 186250,
        "runs_out_iso": "2026-10-13T00:00:00+02:00",
        "link": "https://buurthuis.example/houses/de-meevaart/discounts?year=2026",
    },
    "standing_asked": {
        **STANDING,
        **DESK,
        "words": "Wij repareren spullen met buurtgenoten.\nNiemand verdient eraan.",
        "is_appeal": False,
    },
    "standing_recognised": {
        **STANDING,
        "reference": "Bewonersvergadering 12 februari",
        "is_written_to": True,
    },
    "standing_refused": {**STANDING, "is_appeal": False, "reason": "Jullie vragen entree."},
    "standing_ended": {**STANDING, "keeps_another": True},
    "standing_ends": {**STANDING, "keeps_another": False},
    "answers_overdue": {
        **DESK,
        "within_hours": 72,
        "waiting": [
            {
                "title": "Repair café",
                "initiative_name": "Repair Café Oost",
                "from_iso": "2026-03-13T19:00:00+01:00",
            }
        ],
        "link": "https://buurthuis.example/houses/de-meevaart/people",
    },
    "outside_clash": {
        "venue_name": "De Meevaart",
        "calendar_name": "Basisschool De Ark",
        "clashes": [
            {
                "title": "Repair café",
                "room_name": "Gymzaal",
                "from_iso": "2026-03-13T19:00:00+01:00",
                "to_iso": "2026-03-13T21:00:00+01:00",
            }
        ],
        "more": 2,
        "link": "https://buurthuis.example/houses/de-meevaart/house/outside/3",
    },
    "outside_stopped": {
        "venue_name": "De Meevaart",
        "calendar_name": "Basisschool De Ark",
        "read_iso": "2026-03-12T08:00:00+01:00",
        "link": "https://buurthuis.example/houses/de-meevaart/house/outside/3",
    },
    "invitation": {
        "by_name": "Amina",
        "role": "beheerder",
        "duties": "Zegt ja of nee op aanvragen. Verandert ruimtes, uren en prijzen.",
        "place": "De Meevaart",
        "group": "",
        "until_iso": "2026-12-31T12:00:00+01:00",
        "expires_iso": "2026-03-27T12:00:00+01:00",
        "link": "https://buurthuis.example/invitation/not-a-real-one",
    },
    "key_lost": {
        "lock_name": "Voordeur",
        "key_number": "12",
        "opens": "De hal en de keuken",
        "holder_name": "Amina",
        "told_name": "Amina",
        "is_own": False,
        "link": "https://buurthuis.example/houses/de-meevaart/keys/12",
    },
    "key_overdue": {
        "lock_name": "Voordeur",
        "key_number": "12",
        "holder_name": "Amina",
        "due_on_iso": "2026-03-06T12:00:00+01:00",
        "is_own": True,
        "link": "https://buurthuis.example/me/keys",
    },
    "shifts_let_go": {
        "person_name": "Amina",
        "because": "key_lost",
        "shifts": FREED,
        "link": "https://buurthuis.example/me",
    },
    "shifts_open_again": {
        "person_name": "Chandra",
        "holder_name": "Amina",
        "because": "key_lost",
        "shifts": FREED,
        "link": "https://buurthuis.example/houses/de-meevaart/roster/cover",
    },
    "role_ends": {
        "holder_name": "Bram",
        "is_own": True,
        "role": "beheerder",
        "place": "De Meevaart",
        "until_iso": "2026-12-31T12:00:00+01:00",
        "link": "https://buurthuis.example/houses/de-meevaart/people",
    },
    "handed_over": {
        "by_name": "Chandra",
        "to_name": "Bram",
        "is_taker": True,
        "place": "De Meevaart",
        "roles": "penningmeester",
        "link": "https://buurthuis.example/houses/de-meevaart/",
    },
    "group_joined": {
        "joined_name": "Truus",
        "group": "Repair Café Oost",
        "link": "https://buurthuis.example/me/initiatives/3",
    },
    "farewell": {"link": "https://buurthuis.example/"},
    "address_asked": {"expires_iso": "2026-03-27T12:00:00+01:00"},
    "address_waits": {
        **DESK,
        "about_name": "Bram",
        "by_name": "Chandra",
        "reason": "Hij stond aan de balie. Ik ken hem al jaren.",
        "expires_iso": "2026-03-27T12:00:00+01:00",
        "link": "https://buurthuis.example/houses/de-meevaart/people/address",
    },
    "address_changed": {"is_old": False, "link": "https://buurthuis.example/sign-in"},
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
    "cover_asked": {**SHIFT, "is_backup": False, "is_dropped": True},
    "cover_unanswered": {**SHIFT, "asked": 3},
    "cover_found": {**SHIFT, "taker_name": "Bram", "is_mine": True},
    "shift_given": SHIFT,
    "shift_in_calendar": {**SHIFT, "off_link": "https://buurthuis.example/me/profile"},
    "shift_out_of_calendar": SHIFT,
    "roster_published": {**SHIFT, "shifts": [SHIFT, {**SHIFT, "kind": "close", "part": "learner"}]},
    "shift_taken_off": {**SHIFT, "why": "coordinator"},
    "shift_moved": {
        **SHIFT,
        "old_from_iso": "2026-03-13T17:45:00+01:00",
        "old_to_iso": "2026-03-13T18:00:00+01:00",
    },
    "shift_not_needed": {**SHIFT, "kind": "close"},
    "shift_reminder": {**SHIFT, "part": "backup", "is_near": True},
    "roster_evening": {**SHIFT, "shifts": [SHIFT, {**SHIFT, "kind": "close"}], "more": 2},
    "swap_asked": {**SHIFT, "theirs": THEIRS},
    "swap_answered": {**SHIFT, "theirs": None, "is_yes": False},
    "house_not_closed": {
        "person_name": "Bram",
        "holder_name": "Amina",
        "asked": "backup",
        "ends_iso": "2026-03-13T23:15:00+01:00",
        "link": "https://buurthuis.example/me/tonight/7",
    },
    "incident_told": {
        "person_name": "Nadia",
        "teller_name": "Amina",
        "kind": "broken",
        "told_iso": "2026-03-13T22:10:00+01:00",
        "link": "https://buurthuis.example/houses/de-meevaart/roster/incidents",
    },
    "sign_in": {
        "code": "K7QD-2MPX",
        "link": "https://buurthuis.example/sign-in/link/not-a-real-one",
        "minutes": 10,
    },
}


def sample(template: str) -> dict[str, Any]:
    """Facts for a letter."""
    return BOOKING | MORE.get(template, {})


def a_desk() -> Flask:
    """Just enough of the program to write letters."""
    desk = Flask("letters")
    init_languages(desk)
    return desk


def every_letter() -> Iterator[tuple[str, str, Rendered]]:
    """Each letter, filled in: (language, name, letter)."""
    for language, template in letters.all_templates():
        yield language, template, letters.render(template, language, sample(template))


if __name__ == "__main__":
    with a_desk().app_context():
        for language, template, letter in every_letter():
            print(f"{'=' * 72}\n{language}/{template}\n{'-' * 72}")
            print(f"Subject: {letter.subject}\n\n{letter.body}")
