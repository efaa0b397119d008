"""A manager enters the prices of each published house on the pages alone, as its file has them."""

from dataclasses import replace

import pytest

from buurthuis.foundation.db import db
from buurthuis.imports import actions, house_file
from buurthuis.imports.house import House as HouseValue
from buurthuis.imports.queries import house_of
from buurthuis.venues.queries import venue_by_slug
from tests.builders import a_manager
from tests.house_desk.conftest import House
from tests.tariffs.test_fixture_houses import HOUSES

DAY = "2026-03-02"
DECIDED = {"decided_on": "2026-02-20", "decided_by": "Bewonersvergadering", "valid_from": DAY}
WHOLE_HOURS = {"rounding": "60"}
MEETS = ["social_aim", "no_profit", "from_neighbourhood"]


def group(kind, label, pays, asks=()):
    typed = {"kind_new": kind, "name__new": label, "pays__new": pays, "asks__new": list(asks)}
    return "groups", typed


def block(euros, on_top):
    fields = {"block_minutes": "240", "block": euros, "block_grace": "30", "hour_on_top": on_top}
    return {**fields, **WHOLE_HOURS}


def step(number, notice, unit, due):
    return {f"notice_{number}": notice, f"unit_{number}": unit, f"due_{number}": due}


ALL_DUE = {"late": "100", "begun": "100", "unused": "100"}
MEEVAART = {
    "rooms/meevaart-theaterzaal": ("150", {"hour": "37,50"}),
    "rooms/meevaart-conferentiezaal": ("150", {"also": "meevaart-keuken"}),
    "rooms/meevaart-atelier-1": (
        "75",
        {"also": ["meevaart-atelier-2", "meevaart-leslokaal-1", "meevaart-leslokaal-2"]},
    ),
    "rooms/meevaart-leslokaal-3": ("60", {"also": "meevaart-restaurant"}),
}
PAGES = {
    "de-meevaart": [
        *(
            (
                room,
                {
                    **dict.fromkeys(("part_480_780", "part_780_1080", "part_1080_1380"), euros),
                    **more,
                },
            )
            for room, (euros, more) in MEEVAART.items()
        ),
        ("rooms/meevaart-sportzaal", {"hour": "37,50"}),
        group("resident_initiative", "Buurtgroep", "0", ["open_to_all", *MEETS]),
        group("community_organisation", "Organisatie met een sociaal doel", "100", ["social_aim"]),
        group("social_enterprise", "Sociale onderneming", "100", ["social_aim"]),
        group("private", "Particulier", "200"),
        group("commercial", "Bedrijf", "200"),
        group("internal", "Het huis zelf", "0"),
        ("party", {"share": "200", "cleaning": "50", "spared": "internal"}),
        ("cancelling?for=resident_initiative", {"late": "0", "begun": "0", "unused": "50"}),
    ],
    "lutmastraat-209a": [
        (
            room,
            {
                **dict.fromkeys(("part_480_720", "part_780_1020", "part_1080_1320"), part),
                "hour_on_top": hour,
                "vat": "21",
            },
        )
        for room, part, hour in (
            ("rooms/lutmastraat-tuinkamer", "37,50", "12,50"),
            ("rooms/lutmastraat-studio", "75", "25"),
        )
    ]
    + [
        ("rooms/lutmastraat-tuin", {"hour": "0", "vat": "21"}),
        ("party", {"free_gap": "y"}),
    ],
    "utrecht": [
        (
            "new",
            {
                "price_utrecht-s": "12",
                "price_utrecht-m": "20",
                "price_utrecht-l": "30",
                "price_utrecht-xl": "45",
            },
        ),
        group(
            "resident_initiative",
            "Zonder winst, zonder betaalde kracht",
            "0",
            [*MEETS, "no_paid_worker"],
        ),
        group("community_organisation", "Zonder winst, met betaalde kracht", "35", MEETS),
        group("commercial", "Anderen", "100"),
    ],
    "alphen": [
        ("rooms/alphen-zaal", {"metre_hour": "0,50", "also": "alphen-kamer"}),
        group("community_organisation", "Maatschappelijk", "100"),
        group("resident_initiative", "Vrijwilligers, voor iedereen", "0"),
        (
            "rooms/alphen-zaal?for=community_organisation",
            {"metre_hour": "0,30", "also": "alphen-kamer"},
        ),
    ],
    "vessem": [
        ("rooms/vessem-hele-zaal", block("50", "12,50")),
        ("rooms/vessem-halve-zaal", {**block("30,50", "7,63"), "also": "vessem-andere-helft"}),
        group("commercial", "Van buiten", "400"),
    ],
    "peize": [
        ("rooms/peize-zaal", {"hour": "10", "grace": "15", **WHOLE_HOURS}),
        ("reductions", {"starting_off_0": "40", "starting_least_0": "12"}),
        ("cancelling", {**ALL_DUE, **step(0, "2", "working_days", "0")}),
    ],
    "buurtruimte": [("new", {"price_buurtruimte-zaal": "10"})],
    "stolp": [
        ("rooms/stolp-zaal", {"booking": "37,50"}),
        group("private", "Particulier", "100"),
        ("cancelling?for=private", {"deposit": "100"}),
        (
            "cancelling",
            {
                **ALL_DUE,
                **step(0, "4", "weeks", "0"),
                **step(1, "3", "weeks", "25"),
                **step(2, "2", "weeks", "50"),
                **step(3, "1", "weeks", "75"),
            },
        ),
    ],
    "erker": [
        ("rooms/erker-zaal", {"booking": "37,50"}),
        group("private", "Particulier", "100"),
        ("cancelling?for=private", {"deposit": "75"}),
        (
            "cancelling",
            {
                **ALL_DUE,
                "late": "75",
                **step(0, "7", "days", "10"),
                **step(1, "2", "days", "50"),
            },
        ),
    ],
    "bolder": [
        ("rooms/bolder-zaal", {"booking": "37,50"}),
        group("private", "Particulier", "100"),
        ("cancelling?for=private", {"deposit": "250"}),
        ("cancelling", {**ALL_DUE, **step(0, "14", "days", "0")}),
    ],
}


def as_published(slug: str) -> HouseValue:
    file = f"{slug}.toml"
    return house_file.load((HOUSES if (HOUSES / file).exists() else house_file.DEMO_HOUSES) / file)


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("slug", PAGES)
def test_a_manager_enters_the_prices_on_the_pages_alone(slug, sign_in):
    published = as_published(slug)
    actions.bring_in(replace(published, rate_cards=()))
    house = House(sign_in(a_manager(venue_by_slug(slug), "Amina")))
    house.address = f"/houses/{slug}/house"

    for page, typed in PAGES[slug]:
        answer = house.fill_in(f"/prices/{page}", **{**DECIDED, **typed})
        assert answer.status_code == 200, answer.text

    db.session.rollback()
    (entered,) = house_of(venue_by_slug(slug)).rate_cards
    (card,) = published.rate_cards
    assert replace(entered, decision=card.decision, valid_from=card.valid_from) == card
