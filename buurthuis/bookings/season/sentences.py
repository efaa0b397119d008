"""What is said of a season's list that cannot be booked, and what one can do."""

from flask_babel import gettext as _

from buurthuis.bookings.season.refusals import ListChanged, NothingToBook
from buurthuis.foundation.errors import says


@says(ListChanged)
def _list_changed(refusal: ListChanged) -> str:
    return _("Something changed meanwhile. Look at the list again.")


@says(NothingToBook)
def _nothing_to_book(refusal: NothingToBook) -> str:
    return _("No day on this list is free. Change the rooms or the times.")
