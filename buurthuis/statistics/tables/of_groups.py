"""Tables of who came and what they told: groups with their hours, and stories with consent."""

from collections.abc import Iterator, Sequence

from flask_babel import gettext as _

from buurthuis.discounts.queries import names_of
from buurthuis.evidence.year.queries import Told, stories_of
from buurthuis.foundation.spreadsheet import Cell, Table
from buurthuis.rules.figures.columns import Groups
from buurthuis.rules.figures.sheet import Table as Of
from buurthuis.statistics.tables.asking import Wanted, hours

GROUP = 1
"""Where the group stands in a key."""


def groups(wanted: Wanted) -> Table:
    """A row for each group that came, those with most hours first."""
    headings = [_("Group"), _("Meetings"), _("Used hours"), _("Busy hours")]
    return Table(_("Groups"), headings, _groups(wanted))


def _groups(wanted: Wanted) -> Iterator[Sequence[Cell]]:
    found = wanted.summed(wanted.answer, Of.GROUPS, GROUP, Groups)
    names = names_of(set(found), with_private=wanted.with_private)
    told = {group: names.get(group) or _("A private person") for group in found}
    most_first = sorted(found, key=lambda each: (-found[each][Groups.MINUTES], told[each], each))
    for group in most_first:
        row = found[group]
        yield [
            *(told[group], row[Groups.BOOKINGS]),
            *(hours(row[each]) for each in (Groups.MINUTES, Groups.PRIME)),
        ]


def stories(wanted: Wanted) -> Table:
    """A row for each story, as far as who told it still agrees; of whole houses, so without filters."""
    headings = [
        *(_("Day"), _("House"), _("Title"), _("Story"), _("Figure"), _("Told by")),
        _("On public pages"),
    ]
    asked = wanted.asked
    found = [] if asked.is_part else stories_of(asked.venue_ids, asked.span)
    return Table(_("Stories"), headings, (_story(each, wanted) for each in found))


def _story(told: Told, wanted: Wanted) -> Sequence[Cell]:
    return [
        *(told.told_on, wanted.names.houses[told.venue_id], told.title, told.text),
        *(told.code, told.teller, _("yes") if told.is_public else _("no")),
    ]
