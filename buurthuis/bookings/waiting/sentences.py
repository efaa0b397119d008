"""What the waiting list says when it says no, and what the visitor can do instead."""

from flask_babel import gettext as _

from buurthuis.bookings.waiting.refusals import (
    AlreadyYours,
    NothingOffered,
    OfferOver,
    PlaceIsFree,
    TooLateToWait,
    TooManyWishes,
)
from buurthuis.foundation.errors import says
from buurthuis.rules.waiting import MOST_WISHES


@says(PlaceIsFree)
def _place_is_free(refusal: PlaceIsFree) -> str:
    return _("You need not wait. %(room)s is free. Book it now.", room=refusal.room.name)


@says(AlreadyYours)
def _already_yours(refusal: AlreadyYours) -> str:
    return _("You have this room at that time. You need not wait.")


@says(TooLateToWait)
def _too_late_to_wait(refusal: TooLateToWait) -> str:
    return _("It starts too soon to wait. Choose another time, or call the house.")


@says(TooManyWishes)
def _too_many_wishes(refusal: TooManyWishes) -> str:
    return _(
        "You wait for %(count)s places already. Leave a list first, on My page.", count=MOST_WISHES
    )


@says(OfferOver)
def _offer_over(refusal: OfferOver) -> str:
    return _("You were too late. The place is no longer kept for you. You can wait again.")


@says(NothingOffered)
def _nothing_offered(refusal: NothingOffered) -> str:
    return _("This has changed meanwhile. Look at it again.")
