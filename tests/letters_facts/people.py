"""What letters about people, groups, keys and shifts are filled with."""

from typing import Any

from tests.letters_facts.bookings import DESK

STANDING: dict[str, Any] = {
    "known_as": "Sociale onderneming",
    "reason": "Wij kennen ze van de markt.",
    "reference": "",
    "valid_to_iso": "2026-12-31T00:00:00+01:00",
    "appeal_until_iso": "2026-04-12T00:00:00+02:00",
    "link": "https://buurthuis.example/me/initiatives/3/standing",
}

FREED = [
    {
        "kind": kind,
        "from_iso": f"2026-03-13T{starts}:00+01:00",
        "to_iso": f"2026-03-13T{ends}:00+01:00",
    }
    for kind, starts, ends in (("open", "18:45", "19:00"), ("close", "22:00", "22:15"))
]

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

OF_PEOPLE: dict[str, dict[str, Any]] = {
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
"""What each needs on top of a booking."""
