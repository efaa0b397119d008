"""A rule of days is said the way neighbours say it."""

from datetime import date

import pytest
from flask_babel import force_locale

from buurthuis.bookings.series.words import rule_words
from buurthuis.rules import rrule
from tests.letters_samples import a_desk

TUESDAY = date(2026, 3, 3)
TOLD = {
    "FREQ=DAILY;COUNT=3": "every day, 3 times",
    "FREQ=DAILY;INTERVAL=2;COUNT=1": "every 2 days, once",
    "FREQ=WEEKLY;COUNT=52": "every Tuesday, 52 times",
    "FREQ=WEEKLY;BYDAY=TU,TH;COUNT=12": "every Tuesday and Thursday, 12 times",
    "FREQ=WEEKLY;INTERVAL=2;UNTIL=20261231": "every 2 weeks on Tuesday, until Thursday 31 December 2026",
    "FREQ=MONTHLY;COUNT=3": "every month on day 3, 3 times",
    "FREQ=MONTHLY;BYMONTHDAY=3,-1;COUNT=3": "every month on day 3 and the last day, 3 times",
    "FREQ=MONTHLY;BYDAY=1TU;COUNT=3": "every month on the first Tuesday, 3 times",
    "FREQ=MONTHLY;INTERVAL=3;BYDAY=-1FR,1TU;COUNT=3": (
        "every 3 months on the first Tuesday and the last Friday, 3 times"
    ),
    "FREQ=YEARLY;COUNT=2": "every year on 3 March, 2 times",
    "FREQ=YEARLY;INTERVAL=2;COUNT=2": "every 2 years on 3 March, 2 times",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;COUNT=1": "every year on 29 February, once",
    "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=5,-1;COUNT=2": (
        "every year on day 5 and the last day of December, 2 times"
    ),
    "FREQ=YEARLY;BYMONTH=9;BYDAY=4SA;COUNT=2": (
        "every year on the fourth Saturday of September, 2 times"
    ),
}


@pytest.mark.parametrize(("text", "told"), TOLD.items())
def test_a_rule_is_said_in_words(text, told):
    with a_desk().test_request_context(), force_locale("en"):
        assert rule_words(rrule.parse(text), TUESDAY) == told


def test_a_rule_is_said_in_dutch():
    rule = rrule.parse("FREQ=WEEKLY;BYDAY=TU,TH;COUNT=12")

    with a_desk().test_request_context(), force_locale("nl"):
        assert rule_words(rule, TUESDAY) == "elke dinsdag en donderdag, 12 keer"
