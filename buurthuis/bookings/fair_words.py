"""What a house says when fair use stands in the way: which rule, what is left, and who decided it."""

from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext

from buurthuis.foundation import clock
from buurthuis.foundation.formatting import day, hours, month
from buurthuis.rules.calendar import day_of
from buurthuis.rules.fair_use import (
    Excess,
    FairFacts,
    Left,
    Quota,
    QuotaReached,
    SeriesFull,
    TooEarly,
    counts_for,
    left_of,
)
from buurthuis.rules.prime_time import Per, span_of
from buurthuis.rules.standing import Kind
from buurthuis.venues.fair_use import decision_about_fair_use
from buurthuis.venues.models import Venue


def excess_sentence(excess: Excess, venue: Venue) -> str:
    """The rule, the cure, and who decided it, in a few short sentences."""
    return " ".join(filter(None, (_rule_and_cure(excess), decided_words(venue))))


def decided_words(venue: Venue) -> str:
    """Who decided the rules of fair use, and when; nothing where that is not known."""
    decision = decision_about_fair_use(venue.id)
    if decision is None:
        return ""
    return _(
        "Decided by %(who)s on %(day)s.", who=decision.decided_by, day=day(decision.decided_on, 0)
    )


def left_words(facts: FairFacts, on: date) -> list[str]:
    """What is left for a group of each of its quotas in the week or month of a day."""
    return [
        _left(quota, left_of(quota, on, facts), on)
        for quota in facts.rules.quotas
        if counts_for(quota, facts.kind) and facts.standing != Kind.INTERNAL
    ]


def _left(quota: Quota, left: Left, on: date) -> str:
    minutes, bookings = left
    when = when_words(quota, day_of(span_of(quota.per, on).start))
    told = []
    if minutes is not None:
        facts = {"left": hours(minutes), "most": hours(quota.most_minutes or 0)}
        told.append(_("You have %(left)s of %(most)s left %(when)s.", when=when, **facts))
    if bookings is not None:
        most = quota.most_bookings
        told.append(
            _(
                "You can make %(left)s of %(most)s bookings %(when)s.",
                left=bookings,
                most=most,
                when=when,
            )
        )
    return " ".join(told)


def _rule_and_cure(excess: Excess) -> str:
    if isinstance(excess, TooEarly):
        return _(
            "Neighbours go first at this time. You can book it from %(day)s.",
            day=_day(excess.opens_on),
        )
    if isinstance(excess, SeriesFull):
        return _series_full(excess)
    if excess.left_bookings == 0:
        return _bookings_made(excess)
    return _hours_had(excess)


def _series_full(excess: SeriesFull) -> str:
    return _(
        "Series have at most %(most)s of the busy hours here. They have %(left)s left."
        " Book single dates, or wait until %(day)s.",
        most=hours(excess.most_minutes),
        left=hours(excess.left_minutes),
        day=_day(excess.opens_on),
    )


def _bookings_made(excess: QuotaReached) -> str:
    most = excess.quota.most_bookings or 0
    return ngettext(
        "A group has at most %(num)s booking %(when)s. Yours are made. %(cure)s",
        "A group has at most %(num)s bookings %(when)s. Yours are made. %(cure)s",
        most,
        when=when_words(excess.quota, excess.first),
        cure=_another(excess.quota),
    )


def _hours_had(excess: QuotaReached) -> str:
    facts = {
        "most": hours(excess.quota.most_minutes or 0),
        "when": when_words(excess.quota, excess.first),
        "cure": _another(excess.quota),
    }
    if not excess.left_minutes:
        return _("A group has at most %(most)s %(when)s. Yours are used up. %(cure)s", **facts)
    return _(
        "A group has at most %(most)s %(when)s. You have %(left)s left. Book less. %(cure)s",
        left=hours(excess.left_minutes),
        **facts,
    )


def when_words(quota: Quota, first: date) -> str:
    """Of which week or month, and whether only the busy hours count."""
    if quota.per is Per.MONTH:
        span = _("in %(month)s", month=month(first))
    else:
        span = _("in the week of %(day)s", day=_day(first))
    return _("%(span)s, in busy hours", span=span) if quota.is_prime_only else span


def _another(quota: Quota) -> str:
    if quota.is_prime_only:
        return _("Or choose a quieter time.")
    if quota.per is Per.MONTH:
        return _("Or choose another month.")
    return _("Or choose another week.")


def _day(on: date) -> str:
    return day(on, day_of(clock.now()).year)
