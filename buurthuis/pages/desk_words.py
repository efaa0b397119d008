"""The words of the desk: kinds, purposes, reasons to say no, why a price is what it is, what was done."""

from datetime import datetime
from typing import Any

from flask_babel import force_locale, format_timedelta
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from buurthuis.bookings.models import Booking
from buurthuis.bookings.slips.models import News
from buurthuis.foundation.formatting import when
from buurthuis.foundation.logbook import LogEntry
from buurthuis.rules.calendar import parse_moment
from buurthuis.rules.periods import Period
from buurthuis.tariffs.standing_words import name_on_card

CHOOSE: Any = _l("Choose a reason")
OWN_REASON: Any = _l("Another reason, in own words.")
REFUSALS: dict[str, Any] = {
    "house": _l("The house needs the room itself at that time."),
    "earlier": _l("Somebody else asked for this time first."),
    "unfit": _l("This activity does not fit in this room."),
    "nobody": _l("We find nobody to open and close the house."),
    "loud": _l("This is too loud for the neighbours at that time."),
}

VERBS = {
    "booking.requested": _l("asked for a room"),
    "booking.confirmed": _l("booked a room"),
    "booking.approved": _l("said yes"),
    "booking.refused": _l("said no"),
    "booking.taken_back": _l("took the answer back"),
    "booking.cancelled": _l("cancelled"),
    "waiting.joined": _l("joined the waiting list"),
    "waiting.left": _l("left the waiting list"),
    "waiting.offered": _l("kept a place for the next"),
    "waiting.accepted": _l("said yes to the offer"),
    "waiting.passed_on": _l("passed the offer on"),
    "booking.expired": _l("let the place go, because its time was over"),
    "booking.held": _l("booked a room, to be paid online"),
    "booking.paid": _l("paid online, so it is certain"),
    "booking.not_paid": _l("let the place go, because nobody paid"),
    "booking.way_chosen": _l("chose another way to pay"),
    "booking.edited": _l("changed the words of the booking"),
    "booking.extras": _l("changed what goes with the booking"),
    "booking.moved": _l("moved the booking"),
    "booking.exception": _l("made an exception to the rules of fair use"),
    "booking.left": _l("moved the booking to another house"),
    "change.asked": _l("asked for a change"),
    "change.approved": _l("said yes to a change"),
    "change.refused": _l("said no to a change"),
    "change.taken_back": _l("took the answer to a change back"),
    "change.withdrawn": _l("took a change back"),
    "change.expired": _l("let a change go, because its time was over"),
    "booking.asked": _l("asked a question"),
    "booking.answered": _l("answered the question"),
    "booking.checked_in": _l("said that they are here"),
    "booking.no_show": _l("said that nobody came"),
    "booking.attendance_undone": _l("took back what was said about who came"),
    "booking.called": _l("called the booker"),
    "duty.taken": _l("put somebody on a shift"),
    "duty.dropped": _l("took somebody off a shift"),
    "duty.undone": _l("took a tap about a shift back"),
    "duty.moved": _l("told somebody that a shift moved"),
    "duty.not_needed": _l("told somebody that a shift is not needed"),
    "duty.called": _l("called somebody about a shift"),
    "cover.opened": _l("looked for somebody else for a shift"),
    "cover.withdrawn": _l("no longer looked for somebody else"),
    "cover.asked": _l("asked others for a shift"),
    "cover.backup_told": _l("asked the back-up for a shift"),
    "cover.escalated": _l("told the coordinator that nobody does a shift"),
    "swap.asked": _l("offered a shift to somebody"),
    "swap.agreed": _l("swapped a shift"),
    "booking.owes": _l("wrote down what the group pays"),
    "booking.owed_decided": _l("decided what the group pays"),
    "invoice.issued": _l("made an invoice"),
    "invoice.credited": _l("made a credit note"),
    "invoice.opened": _l("wrote down a debt from before"),
    "invoice.reminded": _l("asked for an invoice again"),
    "invoice.written_off": _l("let go of a part of an invoice"),
    "invoice.asked_after_all": _l("asked after all what was let go of an invoice"),
    "payment.received": _l("received money"),
    "payment.settled": _l("said what money is for"),
    "payment.undone": _l("took back that money came"),
    "checkout.begun": _l("began to pay online"),
    "checkout.pending": _l("paid online, and the money is on its way"),
    "checkout.paid": _l("paid online"),
    "checkout.gave_back": _l("paid online for nothing, so it goes back"),
    "checkout.failed": _l("could not pay online"),
    "checkout.expired": _l("did not pay online in time"),
    "checkout.flagged": _l("paid online in a way that somebody has to look at"),
    "checkout.set_aside": _l("set a payment aside"),
    "refund.made": _l("decided to give money back"),
    "statement.brought": _l("brought a file of the bank"),
    "statement.taken_away": _l("took a file of the bank away"),
    "bank_line.confirmed": _l("said what a line of the bank is for"),
    "bank_line.set_aside": _l("set a line of the bank aside"),
    "bank_line.undone": _l("took back what a line of the bank is for"),
    "refund.done": _l("gave money back"),
    "refund.failed": _l("could not give money back"),
    "deposit.taken": _l("received the deposit"),
    "deposit.proposed": _l("proposed to keep the deposit"),
    "deposit.kept": _l("agreed to keep the deposit"),
    "deposit.declined": _l("did not keep the deposit"),
    "duty.began": _l("came to the shift"),
    "duty.closed": _l("said that the house is closed and armed"),
    "duty.close_undone": _l("said that the house is not closed after all"),
    "duty.close_asked": _l("asked whether the house is closed"),
    "duty.missed": _l("wrote down that somebody was not there"),
    "duty.was_there": _l("wrote down that somebody was there"),
    "incident.told": _l("told that something went wrong"),
    "incident.seen": _l("saw what went wrong"),
    "checklist.written": _l("changed a checklist"),
    "code.kept": _l("wrote a code of the house down"),
    "code.thrown_away": _l("threw a code of the house away"),
    "codes.looked_at": _l("looked at the codes of the house"),
    "hours.corrected": _l("corrected the hours of a shift"),
    "hours.signed": _l("signed for what somebody learned"),
    "ceiling.set": _l("wrote down what may be paid untaxed"),
    "allowance.set": _l("set what the house pays for a shift"),
    "budget.set": _l("set a discount budget"),
    "budget.shifted": _l("shifted a discount budget between groups"),
    "year_money.written": _l("wrote money of a year down"),
    "year_words.written": _l("wrote words about a year down"),
    "target.set": _l("set a target"),
    "hour_rate.set": _l("wrote down what an hour is worth"),
    "story.told": _l("wrote a story down"),
    "story.shown": _l("showed a story to everybody"),
    "story.kept_inside": _l("took a story off the public page"),
    "story.withdrawn": _l("took a story away"),
    "outcome.written": _l("wrote a result for society down"),
    "outcome.withdrawn": _l("took a result for society away"),
    "venue.figures_opened": _l("let the figures of the house be public"),
    "venue.figures_closed": _l("no longer lets the figures be public"),
    "figures.published": _l("published the figures of a year"),
    "series.booked": _l("booked a series"),
    "series.changed": _l("changed a series"),
    "series.change_asked": _l("asked for a change of a series"),
    "series.change_withdrawn": _l("took back a change of a series"),
    "series.taken_back": _l("took back an answer to a change of a series"),
    "series.change_approved": _l("said yes to a change of a series"),
    "series.change_refused": _l("said no to a change of a series"),
    "series.day_added": _l("added a day to a series"),
    "series.extended": _l("let a series go on for longer"),
    "series.approved": _l("said yes to a series"),
    "series.refused": _l("said no to a series"),
    "series.cancelled": _l("cancelled days of a series"),
    "activity.shown": _l("put it in the agenda"),
    "activity.taken_out": _l("took it out of the agenda"),
    "activity.asked_back": _l("asked to put it back in the agenda"),
    "seat.reserved": _l("reserved a seat"),
    "seat.given_up": _l("gave a seat back"),
    "list.entered": _l("typed in the list of a season"),
    "calendar.brought": _l("brought a calendar along"),
    "calendar.undone": _l("undid a calendar that was brought along"),
    "booking.brought": _l("brought it along from another calendar"),
    "booking.followed": _l("changed it as another calendar did"),
    "booking.put_back": _l("put it back as it was"),
    "slip.made": _l("printed a paper with a PIN"),
    "slip.used": _l("used the paper with a PIN"),
    "role.given": _l("gave somebody a role"),
    "role.ended": _l("ended a role"),
    "role.end_announced": _l("told somebody that their role ends"),
    "invitation.made": _l("invited somebody"),
    "invitation.taken_up": _l("said yes to an invitation"),
    "invitation.withdrawn": _l("took an invitation back"),
    "house.handed_over": _l("handed over their work"),
    "person.made": _l("put somebody in the books"),
    "initiative.made": _l("started a group"),
    "address.asked": _l("asked a new e-mail address for somebody"),
    "address.changed": _l("gave somebody a new e-mail address"),
    "address.withdrawn": _l("took back a new e-mail address"),
    "booking.theme_said": _l("said what the booking is good for"),
    "booking.theme_taken_back": _l("took back what the booking is good for"),
    "series.theme_said": _l("said what the series is good for"),
    "series.theme_taken_back": _l("took back what the series is good for"),
    "house.theme_said": _l("said what activities are good for"),
    "house.theme_taken_back": _l("took back what activities are good for"),
    "work.logged": _l("wrote volunteer work down"),
    "work.corrected": _l("corrected volunteer work"),
    "work.taken_back": _l("took volunteer work back"),
    "standing.recognised": _l("recognised a group"),
    "standing.asked": _l("asked for a discount"),
    "standing.asked_back": _l("took a question about a discount back"),
    "standing.appealed": _l("asked to look again at a discount"),
    "standing.granted": _l("said yes to a discount"),
    "standing.refused": _l("said no to a discount"),
    "standing.end_announced": _l("told a group that its discount ends"),
    "standing.ended": _l("ended the recognition of a group"),
    "house.brought_in": _l("read in the house file"),
    "house.begun": _l("began this house"),
    "house.changed": _l("changed the house"),
    "house.restored": _l("put an older version of the house back"),
    "outside.followed": _l("follows a calendar of others"),
    "outside.changed": _l("changed what a calendar of others takes"),
    "outside.looked": _l("asked to look at a calendar of others"),
    "outside.believed": _l("took over a calendar of others as it is"),
    "outside.stopped": _l("stopped following a calendar of others"),
    "feed.made": _l("made a calendar link"),
    "feed.renewed": _l("gave a calendar link another address"),
    "feed.withdrawn": _l("withdrew a calendar link"),
    "lock.added": _l("wrote down a lock"),
    "lock.changed": _l("changed a lock"),
    "lock.removed": _l("took a lock off the list"),
    "key.added": _l("wrote down keys"),
    "key.given_out": _l("gave a key out"),
    "key.taken_back": _l("took a key back"),
    "key.asked_back": _l("asked for a key that should be back"),
    "key.lost": _l("wrote down that a key is lost"),
    "key.found": _l("found a lost key"),
    "key.gone": _l("wrote down that a key is gone for good"),
    "travel.changed": _l("said how far other houses are"),
    "own_entry.begun": _l("let a group open by itself"),
    "own_entry.ended": _l("a group no longer opens by itself"),
    "holder.trained": _l("wrote down that somebody knows the house"),
    "holder.learns": _l("let somebody learn with a mentor"),
    "holder.stopped": _l("wrote down that somebody stops opening"),
    "holder.again": _l("let somebody open again"),
    "duty.freed": _l("opened a shift again"),
    "duty.published": _l("told somebody of a shift"),
    "roster.proposed": _l("made a proposal for the roster"),
    "roster.proposal_changed": _l("changed the proposal for the roster"),
    "roster.proposal_thrown_away": _l("threw the proposal for the roster away"),
    "roster.published": _l("published the roster"),
    "roster.planned_anew": _l("planned the roster anew"),
    "availability.changed": _l("filled in when somebody can"),
}


NEWS_WORDS: dict[str, Any] = {
    News.CONFIRMED: _l("The house said yes to"),
    News.REFUSED: _l("The house said no to"),
    News.CANCELLED: _l("This is cancelled:"),
    News.MOVED: _l("This has another time or room:"),
    News.ASKED: _l("The house has a question about"),
    News.OFFERED: _l("A place came free for"),
    News.MISSED: _l("The place is no longer kept for"),
    News.OTHER: _l("There is news about"),
}


def reason_for(booker_language: str, common: str, own_words: str) -> str:
    """The reason as the booker will read it: a common one in their language, then own words."""
    with force_locale(booker_language):
        known = str(REFUSALS[common]) if common in REFUSALS else ""
    return "\n\n".join(part for part in (known, own_words) if part)


def age(since: datetime, now: datetime) -> str:
    """How long ago, in the largest unit: "3 days ago"."""
    return str(format_timedelta(since - now, granularity="minute", add_direction=True))


def waits(since: datetime, now: datetime) -> str:
    """How long somebody waits for an answer: "4 days"."""
    return str(format_timedelta(now - since, granularity="minute"))


def recognised_as(booking: Booking) -> str:
    """What the house knew the booker as when the price was fixed, or "" when it did not.

    Who pays a surcharge said so of themselves.
    """
    if booking.standing is None or booking.price_reason == "surcharge":
        return ""
    return name_on_card(booking.standing, booking.rate_card_id)


def why_this_price(booking: Booking) -> str:
    """Why the booker pays this, told to the house."""
    code = booking.standing
    kind = name_on_card(code, booking.rate_card_id) if code else None
    if booking.price_reason == "standing" and kind:
        return _("Discount. The house knows them as: %(kind)s.", kind=kind)
    if booking.price_reason == "surcharge" and kind:
        return _("More than normal, for: %(kind)s.", kind=kind)
    if booking.price_reason == "not_recognised":
        return _("Normal price. The house has not recognised this group yet.")
    if booking.price_reason == "no_rate":
        return _("The house asks no price for this room.")
    if booking.price_reason == "brought":
        return _("It came with another calendar. It was settled before.")
    return _("Normal price.")


def deed_words(entry: LogEntry) -> str:
    """What was done, in a few words; a verb nobody wrote words for is shown as it is."""
    words = str(VERBS.get(entry.verb, entry.verb))
    if entry.detail.get("late"):
        words = _("cancelled late")
    if "old_from_iso" in entry.detail:
        before = Period(
            parse_moment(entry.detail["old_from_iso"]), parse_moment(entry.detail["old_to_iso"])
        )
        words = _("%(moved)s; it was %(when)s", moved=words, when=when(before))
    return words
