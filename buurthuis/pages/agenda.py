"""The agenda: what is on in the houses, for everybody."""

from datetime import datetime
from itertools import groupby

from flask import render_template, request
from flask_babel import gettext as _

from buurthuis.activities.agenda import Listed, coming, count_coming, offered
from buurthuis.activities.models import ForWhom
from buurthuis.activities.words import FOR_WHOM, spoken_in_short
from buurthuis.bookings.times import day_name
from buurthuis.foundation import clock
from buurthuis.foundation.access import public
from buurthuis.foundation.remembered import remembered
from buurthuis.pages.agenda_looking import Looking, chosen, groups, looking, times
from buurthuis.pages.blueprint import Page, blueprint
from buurthuis.rules.calendar import day_of

A_PAGE = 40


@blueprint.get("/agenda")
@public
@remembered
def agenda() -> Page:
    """Public activities by day: all of them, or what somebody looks for."""
    now, look = clock.now(), looking()
    today = day_of(now)
    page, found = _page(look, now)
    ways = times(look, today)
    return render_template(
        "pages/agenda.html",
        venue=look.house,
        times=ways,
        groups=groups(look, offered(now)),
        chosen=list(chosen(look, ways)),
        is_narrowed=bool(look.given),
        days=[
            (day_name(day, today), list(of_day))
            for day, of_day in groupby(found[:A_PAGE], key=lambda each: day_of(each.from_at))
        ],
        about=about,
        earlier=look.page(page - 1) if page else None,
        later=look.page(page + 1) if len(found) > A_PAGE else None,
    )


def about(each: Listed) -> str:
    """What one wants to know before reading on: for whom, which languages, what it costs."""
    for_whom = each.for_whom not in {None, ForWhom.EVERYBODY} and FOR_WHOM[ForWhom(each.for_whom)]
    cost = _("Free of charge") if each.is_free else each.price
    words = (for_whom, spoken_in_short(each.spoken_here, each.spoken or ""), cost)
    return " · ".join(str(word) for word in words if word)


def _page(look: Looking, now: datetime) -> tuple[int, list[Listed]]:
    """The page that was asked for, counted from 0, as far as there are pages; and one more than it holds."""
    text = request.args.get("page", "1")
    asked = int(text) - 1 if text.isascii() and text.isdigit() and len(text) < 6 else 0
    page = max(0, asked)
    found = coming(look.asked, now=now, skip=page * A_PAGE, most=A_PAGE + 1)
    if found or not page:
        return page, found
    last = max(0, count_coming(look.asked, now=now) - 1) // A_PAGE
    return last, coming(look.asked, now=now, skip=last * A_PAGE, most=A_PAGE)
