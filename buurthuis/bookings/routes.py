"""All pages of booking, on one blueprint."""

from buurthuis.bookings import making_routes, own_routes, paying_page, rights, sentences
from buurthuis.bookings.changes import routes as changes_routes
from buurthuis.bookings.door import blueprint
from buurthuis.bookings.series import along_routes as series_along_routes
from buurthuis.bookings.series import change_routes as series_change_routes
from buurthuis.bookings.series import making_routes as series_making_routes
from buurthuis.bookings.series import own_routes as series_own_routes
from buurthuis.bookings.series import rights as series_rights
from buurthuis.bookings.series import sentences as series_sentences
from buurthuis.bookings.series import show_routes as series_show_routes
from buurthuis.bookings.slips import rights as slips_rights
from buurthuis.bookings.slips import routes as slips_routes
from buurthuis.bookings.slips import sentences as slips_sentences
from buurthuis.bookings.things import routes as things_routes
from buurthuis.bookings.today import rights as today_rights
from buurthuis.bookings.today import routes as today_routes
from buurthuis.bookings.today import sentences as today_sentences
from buurthuis.bookings.waiting import rights as waiting_rights
from buurthuis.bookings.waiting import routes as waiting_routes
from buurthuis.bookings.waiting import sentences as waiting_sentences
from buurthuis.extras import sentences as extras_sentences

__all__ = ["blueprint", "making_routes", "own_routes", "rights", "sentences"]

READ = (
    *(changes_routes, paying_page),
    *(extras_sentences, things_routes),
    *(today_rights, today_routes, today_sentences),
    *(series_making_routes, series_own_routes, series_show_routes),
    *(series_along_routes, series_change_routes, series_rights, series_sentences),
    *(slips_rights, slips_routes, slips_sentences),
    *(waiting_rights, waiting_routes, waiting_sentences),
)
"""Each of these hangs its pages, rights or sentences up by being read."""
