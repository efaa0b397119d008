"""What a house decided about fair use, in short sentences for everybody."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from buurthuis.bookings.words import PURPOSES
from buurthuis.foundation.formatting import hours, percent, weekdays
from buurthuis.pages.house.words import span_words
from buurthuis.rules.fair_use import FairUse, Quota
from buurthuis.rules.prime_time import Per, PrimeTime
from buurthuis.rules.standing import Kind, Purpose
from buurthuis.tariffs.standing_words import KIND_WORDS


def fair_use_sentences(rules: FairUse) -> list[str]:
    """Each rule in a sentence or two; an empty list where everybody may book everything."""
    return [
        *_busy_hours(rules),
        *_who_goes_first(rules),
        *(_quota(quota) for quota in rules.quotas),
        *_series(rules),
    ]


def busy_words(windows: Iterable[PrimeTime]) -> str:
    """The busy hours on one line, days that follow each other and are alike together."""
    told = []
    by_span = sorted(windows, key=lambda each: (each.starts, each.ends, each.weekday))
    for span, alike in groupby(by_span, key=lambda each: (each.starts, each.ends)):
        days = sorted({each.weekday for each in alike})
        told.append((days[0], f"{_days(days)} {span_words(*span)}"))
    return "; ".join(words for _day, words in sorted(told))


def kinds_words(kinds: Iterable[Kind]) -> str:
    """Kinds of groups, in the order of the list."""
    chosen = set(kinds)
    return ", ".join(_inside(words) for kind, words in KIND_WORDS.items() if kind in chosen)


def purposes_words(purposes: Iterable[Purpose]) -> str:
    """What bookings are for, in the order of the list."""
    chosen = set(purposes)
    return ", ".join(_inside(words) for purpose, words in PURPOSES.items() if purpose in chosen)


def _inside(words: Any) -> str:
    """A word of a list as it stands inside a sentence."""
    return str(words)[:1].lower() + str(words)[1:]


def _busy_hours(rules: FairUse) -> Iterator[str]:
    if rules.prime_time:
        yield _("Busy hours: %(when)s.", when=busy_words(rules.prime_time))


def _who_goes_first(rules: FairUse) -> Iterator[str]:
    days = rules.others_days
    if days is None:
        return
    first = [kinds_words(rules.first_kinds), purposes_words(rules.first_purposes)]
    if any(first):
        yield _("These go first in busy hours: %(first)s.", first=", ".join(filter(None, first)))
    yield ngettext(
        "Others book busy hours at most %(num)s day ahead.",
        "Others book busy hours at most %(num)s days ahead.",
        days,
    )


def _quota(quota: Quota) -> str:
    most = _most(quota)
    per = _("a month") if quota.per is Per.MONTH else _("a week")
    if quota.is_prime_only:
        per = _("%(per)s, in busy hours", per=per)
    if quota.kinds:
        kinds = kinds_words(quota.kinds)
        return _("Only for %(kinds)s: at most %(most)s %(per)s.", kinds=kinds, most=most, per=per)
    return _("A group has at most %(most)s %(per)s.", most=most, per=per)


def _most(quota: Quota) -> str:
    most = [] if quota.most_minutes is None else [hours(quota.most_minutes)]
    if quota.most_bookings is not None:
        most.append(ngettext("%(num)s booking", "%(num)s bookings", quota.most_bookings))
    return _(" and ").join(most)


def _series(rules: FairUse) -> Iterator[str]:
    if rules.series_percentage is None:
        return
    yield _(
        "Series have at most %(part)s of the busy hours of a room.",
        part=percent(rules.series_percentage / 100),
    )
    if rules.series_days:
        yield ngettext(
            "The rest is for single bookings, until %(num)s day before.",
            "The rest is for single bookings, until %(num)s days before.",
            rules.series_days,
        )


def _days(numbers: list[int]) -> str:
    names = [weekdays()[number][1] for number in numbers]
    if len(names) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return _("%(first)s to %(last)s", first=names[0], last=names[-1])
    return ", ".join(names)
