"""What each figure is called, how it is counted and what one should know beside it, by its code."""

from typing import Any, Final

from flask_babel import lazy_gettext as _l

from buurthuis.rules.figures.codes import Reason, Unit

LABELS: Final[dict[str, Any]] = {
    "OPEN": _l("Bookable hours"),
    "BENUT": _l("Use (time)"),
    "BENUT.WITH_SETUP": _l("Use, with set-up and clearing"),
    "DAGDEEL": _l("Use by part of the day"),
    "STOEL": _l("Use of seats"),
    "GEB": _l("Building open"),
    "M2": _l("Use by floor space"),
    "VERL": _l("Lost hours"),
    "AANTAL": _l("Meetings"),
    "AANTAL.ACTIVITIES": _l("Activities, a series counts once"),
    "GROEP": _l("Different groups"),
    "NIEUW": _l("New groups"),
    "BEZOEK": _l("Visits"),
    "BEZOEK.LOW": _l("Visits, at least"),
    "BEZOEK.HIGH": _l("Visits, at most"),
    "VRIJ_U": _l("Volunteer hours"),
    "VRIJ_U.HOST": _l("Volunteer hours: who opens and hosts"),
    "VRIJ_U.LEARNER": _l("Volunteer hours: who learns"),
    "VRIJ_U.BOARD": _l("Volunteer hours: board"),
    "VRIJ_U.OTHER": _l("Volunteer hours: other work"),
    "VRIJ_EUR": _l("Worth of volunteer work"),
    "VRIJ_EUR.LOW": _l("Worth of volunteer work, low"),
    "VRIJ_EUR.MID": _l("Worth of volunteer work, middle"),
    "VRIJ_EUR.HIGH": _l("Worth of volunteer work, high"),
    "KORT": _l("Discount given"),
    "DEK": _l("Costs covered"),
    "HEF": _l("Lever"),
    "SROI": _l("Worth for society (a hint)"),
    "SROI.LOW": _l("Worth for society, low (a hint)"),
    "SROI.HIGH": _l("Worth for society, high (a hint)"),
    "GELIJK": _l("Fair sharing"),
    "GELIJK.PRIME": _l("Busy hours"),
    "GELIJK.ASKED": _l("Requests"),
    "GELIJK.REFUSAL": _l("Requests refused"),
    "GELIJK.ANSWER_DAYS": _l("Days until an answer"),
    "GELIJK.GINI": _l("How unequal the hours are spread"),
    "ONTM": _l("Meeting each other"),
    "LEER": _l("Learning on the job"),
    "LEER.HOURS": _l("Hours of learning on the job"),
    "ROOSTER": _l("Covered shifts"),
    "ROOSTER.AHEAD": _l("Covered a week ahead"),
    "ROOSTER.FILL_DAYS": _l("Days until somebody takes a shift"),
    "ROOSTER.GINI": _l("How unequal the shifts are spread"),
}
"""The names of figures and of their parts. A part for a standing is named after its figure."""

FORMULAS: Final[dict[str, Any]] = {
    "OPEN": _l(
        "The hours that rooms can be booked, without closures. A divisible hall counts as its parts."
    ),
    "BENUT": _l("The time that rooms were used, divided by the hours that they can be booked."),
    "BENUT.WITH_SETUP": _l("The same, and the time to set up and clear counts too."),
    "DAGDEEL": _l("Day parts used for half or more, divided by all that were open."),
    "STOEL": _l("People times minutes, divided by seats times minutes."),
    "GEB": _l("The time that somebody was in the building, divided by its opening hours."),
    "M2": _l("Square metres times used time, divided by square metres times open time."),
    "VERL": _l("Time of who did not come or cancelled too late. What was let again is taken off."),
    "AANTAL": _l("Bookings that took place and began in these days."),
    "AANTAL.ACTIVITIES": _l("The same, but a series counts as one."),
    "GROEP": _l("How many different groups came. Who came in two houses counts once."),
    "NIEUW": _l("Groups that came for the first time ever in these days."),
    "BEZOEK": _l("All head counts together. A rough count such as 6 to 10 counts as its middle."),
    "BEZOEK.LOW": _l("All head counts together, each at its lowest."),
    "BEZOEK.HIGH": _l("All head counts together, each at its highest."),
    "VRIJ_U": _l("The hours of shifts that were done, and the work that was written down."),
    "VRIJ_EUR": _l(
        "Volunteer hours times what an hour is worth, at three rates with their source."
    ),
    "KORT": _l(
        "The price that covers the costs, less what was charged. It is added up over all bookings."
    ),
    "DEK": _l("The income of the house, divided by what its building costs."),
    "HEF": _l(
        "Own income, volunteer work and other money, divided by what the municipality gives."
    ),
    "SROI": _l(
        "Results times their price, divided by all that went in. What would happen anyway is taken off."
    ),
    "GELIJK": _l("Who has the busy hours and who asks. Who is refused, and how long one waits."),
    "GELIJK.PRIME": _l(
        "The share of one kind of group in the busy hours: weekday evenings and Saturday."
    ),
    "GELIJK.ASKED": _l("The share of one kind of group in all requests."),
    "GELIJK.REFUSAL": _l("Requests that the house refused, divided by all requests."),
    "GELIJK.ANSWER_DAYS": _l("Half of the requests had an answer within these days."),
    "GELIJK.GINI": _l("0 is: all groups have as many hours. 1 is: one group has everything."),
    "ONTM": _l("Parts of the day with two groups or more, divided by all that were open."),
    "LEER": _l("People who learn, with one shift or more beside somebody who knows it."),
    "LEER.HOURS": _l("The hours of those shifts."),
    "ROOSTER": _l("Shifts where a key-holder was there, divided by all shifts."),
    "ROOSTER.AHEAD": _l(
        "Shifts that somebody promised a week before or earlier, divided by all shifts."
    ),
    "ROOSTER.FILL_DAYS": _l("Half of the shifts had somebody within these days."),
    "ROOSTER.GINI": _l(
        "0 is: everybody does as much of what they offered. 1 is: one does everything."
    ),
}

CAVEATS: Final[dict[str, Any]] = {
    "OPEN": _l("Did the hours change? Then look at this beside every share."),
    "BENUT": _l("Each minute of a room counts once, so this is never above 100%."),
    "DAGDEEL": _l("This is always higher than the use in time. Do not mix the two."),
    "STOEL": _l("Only bookings with a head count. Look how many those are."),
    "GEB": _l("Also when only one room is used."),
    "M2": _l("Good for several houses together. Large rooms count more."),
    "VERL": _l("Set-up and clearing do not count here."),
    "AANTAL": _l("Large and small count the same. Look at the activities too."),
    "GROEP": _l("Do not add up houses or months. A group that comes twice counts once."),
    "NIEUW": _l("Twelve months must be known before this says something."),
    "BEZOEK": _l("These are visits, not visitors. Rough counts make it more or less."),
    "VRIJ_U": _l("Only what was done on a shift or written down."),
    "VRIJ_EUR": _l("This is what it would cost to pay for it. It is not money saved."),
    "KORT": _l("Measured from the price that covers the costs. Never from what firms pay."),
    "DEK": _l("It depends on what the board wrote down as costs."),
    "HEF": _l("It compares what goes in. It does not say what it does."),
    "SROI": _l("A hint, from low to high. It stands or falls with the prices chosen."),
    "GELIJK": _l("Numbers raise a question. They do not say why."),
    "ONTM": _l("They could meet. It does not prove that they did."),
    "LEER": _l("Few people, so not for outside without care."),
    "ROOSTER": _l("Who did how much is only for who makes the roster."),
}
"""One sentence or two that stand beside the figure and its parts."""

UNITS: Final[dict[Unit, Any]] = {
    Unit.MINUTES: _l("hours"),
    Unit.RATIO: _l("share"),
    Unit.COUNT: _l("number"),
    Unit.VISITS: _l("visits"),
    Unit.GROUPS: _l("groups"),
    Unit.PEOPLE: _l("people"),
    Unit.CENTS: _l("euros"),
    Unit.DAYS: _l("days"),
}
"""In what a figure is read; minutes are read as hours, cents as euros."""

REASONS: Final[dict[Reason, Any]] = {
    Reason.NOTHING_OPEN: _l("Nothing was open or nothing happened."),
    Reason.NOTHING_COUNTED: _l("Nobody counted this yet."),
    Reason.NO_HISTORY: _l("Too little is known of the year before."),
    Reason.NOT_FILLED_IN: _l("Not filled in yet."),
    Reason.NO_CONTRIBUTION: _l("There is no contribution."),
    Reason.NOT_FOR_A_PART: _l("Only known for a whole house."),
    Reason.TOO_FEW: _l("So few that one could know who it is."),
    Reason.BESIDE: _l("Not told. Else one could work out a very small number."),
}
