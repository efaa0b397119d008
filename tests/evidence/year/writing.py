"""What a board writes down in a test: only what matters is said."""

from datetime import date

from buurthuis.evidence.year import actions, telling
from buurthuis.evidence.year.actions import Amount
from buurthuis.evidence.year.models import MoneyKind
from buurthuis.evidence.year.telling import Priced, Telling
from buurthuis.evidence.year.told_models import RateLevel, VolunteerRate
from buurthuis.evidence.year.versions import history, latest_rates

COSTS, CONTRIBUTION = MoneyKind.HOUSING_COSTS, MoneyKind.CONTRIBUTION
OTHER = MoneyKind.OTHER_FUNDS


def writes_money(house, by, *, year=2026, seen=None, **cents):
    """`writes_money(house, chandra, housing_costs=48_000_00)`."""
    amounts = {MoneyKind(kind): Amount(each, "Jaarrekening") for kind, each in cents.items()}
    return actions.write_money(house, year, amounts, by=by, seen=seen)


def a_story(house, by, **more):
    facts = {
        "title": "Soep",
        "text": "Elke week kookt een groep. Wie wil, eet mee.",
        "code": "BEZOEK",
        "on": date(2026, 2, 1),
        "consent": "Aan tafel gevraagd",
        **more,
    }
    return telling.tell_story(house, Telling(**facts), by=by)


def a_rate(by, cents=1500, *, level=RateLevel.LOW, year=2026, month=1, source="Voorbeeld"):
    rate = VolunteerRate(level=level, year=year, month=month, hour_cents=cents)
    rate.source, rate.link = source, ""
    actions.set_rate(rate, by=by)


def an_outcome(house, by, **more):
    facts = {
        "year": 2026,
        "words": "Minder eenzaam",
        "code": "BEZOEK",
        "price_cents": (100, 300),
        "deadweight_bp": (1000, 4000),
        "attribution_bp": (2000, 5000),
        "source": "Voorbeeld, geen echte prijs",
        **more,
    }
    return telling.write_outcome(house, Priced(**facts), by=by)


def what_a_board_wrote(house, *, by, year=2026):
    """Versions, a story, a rate and an outcome, as the addresses of their pages name them."""
    for cents in (100, 48_000_00):
        writes_money(house, by, year=year, housing_costs=cents)
    a_rate(by)
    return {
        "year": year,
        "what": "money",
        "version_id": history(house.id, year)[-1].id,
        "story_id": a_story(house, by, on=date(year, 2, 1)).id,
        "rate_id": next(iter(latest_rates().values())).id,
        "outcome_id": an_outcome(house, by, year=year).id,
    }
