"""What somebody reads when a house cannot be brought in; every sentence names the cure."""

from collections.abc import Callable
from typing import Any

from flask_babel import gettext as _

from buurthuis.bookings.models import Booking
from buurthuis.foundation import formatting
from buurthuis.foundation.errors import says
from buurthuis.imports import refusals
from buurthuis.imports.mistakes import Mistake
from buurthuis.venues import refusals as pictures
from buurthuis.venues import sentences as picture_sentences

MOST_BOOKINGS = 10

WORDS: dict[str, Callable[..., str]] = {
    "too_big": lambda **f: _("The file is too large. Keep it under %(most)s kB.", **f),
    "not_toml": lambda **f: _("This is not TOML. %(where)s", **f),
    "too_deep": lambda **f: _("The lists lie too deep in each other. Write them flat.", **f),
    "missing": lambda **f: _("This key is missing. Add it.", **f),
    "not_a_table": lambda **f: _("This must be a table: a heading with keys under it.", **f),
    "not_a_list": lambda **f: _('This must be a list, such as ["a", "b"].', **f),
    "not_a_list_of_words": lambda **f: _("This must be a list of at most %(most)s words.", **f),
    "not_a_list_of_tables": lambda **f: _("Write each one under its own [[heading]].", **f),
    "too_many": lambda **f: _("There are too many. Keep at most %(most)s.", **f),
    "not_text": lambda **f: _("This must be text, between quotes.", **f),
    "empty": lambda **f: _("This is empty. Write something.", **f),
    "too_long": lambda **f: _("This is too long. Use at most %(longest)s characters.", **f),
    "not_a_whole_number": lambda **f: _("This must be a whole number, without quotes.", **f),
    "not_a_number": lambda **f: _("This must be a number, such as 37.50.", **f),
    "too_many_decimals": lambda **f: _("Write at most two decimals.", **f),
    "out_of_range": lambda **f: _("Write a number from %(least)s to %(most)s.", **f),
    "not_yes_or_no": lambda **f: _("Write true or false, without quotes.", **f),
    "not_a_choice": lambda **f: _("Choose one of these: %(choices)s.", **f),
    "not_a_day": lambda **f: _("Write a day, such as 2026-01-31.", **f),
    "not_a_clock_time": lambda **f: _('Write a time, such as "19:00".', **f),
    "no_such_span": lambda **f: _("The end must lie after the start, at the latest at noon.", **f),
    "ends_before_start": lambda **f: _("The end must lie after the start.", **f),
    "not_a_moment": lambda **f: _("Write a moment, such as 2026-01-31T19:00:00+01:00.", **f),
    "missing_hour": lambda **f: _("The clock skips this hour. Choose another time.", **f),
    "closures_overlap": lambda **f: _("This closure overlaps another one. Join them.", **f),
    "closed_too_long": lambda **f: _("A closure lasts at most %(days)s days. Split it.", **f),
    "not_an_address": lambda **f: _("Write one e-mail address, such as name@example.nl.", **f),
    "not_an_iban": lambda **f: _(
        "This bank account number is not right. Look for a typing mistake.", **f
    ),
    "not_a_website": lambda **f: _("Write a web address that starts with https://.", **f),
    "no_such_room": lambda **f: _("There is no room “%(room)s” in this file. Add it.", **f),
    "twice": lambda **f: _("“%(what)s” is used twice. Choose another one.", **f),
    "part_of_itself": lambda **f: _("This room is a part of itself. Leave it out.", **f),
    "no_company": lambda **f: _("This room is never free beside “%(room)s”. Leave it out.", **f),
    "parts_too_deep": lambda **f: _("Parts lie at most %(most)s rooms deep. Take one out.", **f),
    "no_such_picture": lambda **f: _("We cannot find the picture “%(file)s”. Add its file.", **f),
    "not_a_picture": lambda **f: picture_sentences.not_a_picture(pictures.NotAPicture(**f)),
    "picture_too_heavy": lambda **f: picture_sentences.picture_too_heavy(
        pictures.PictureTooHeavy(**f)
    ),
    "too_many_pixels": lambda **f: picture_sentences.too_many_pixels(pictures.TooManyPixels(**f)),
    "not_a_picture_file": lambda **f: _("Write the name of a picture, such as hall.jpg.", **f),
    "rate_twice": lambda **f: _("The room “%(room)s” has two rates for the same. Keep one.", **f),
    "no_such_extra": lambda **f: _("There is no extra “%(extra)s” in this file. Add it.", **f),
    "reduction_twice": lambda **f: _("This reduction stands here twice. Keep one.", **f),
    "reduction_not_named": lambda **f: _(
        "There is a reduction for “%(kind)s” alone. Name it among the standings of this card.", **f
    ),
    "counted_apart": lambda **f: _(
        "Another reduction of this card counts bookings per %(per)s. Count all of them so.", **f
    ),
    "policy_twice": lambda **_f: _(
        "There are two policies for the same standing, or for everybody. Keep one."
    ),
    "policy_not_named": lambda **f: _(
        "There is a policy for “%(kind)s” alone. Name it among the standings of this card.", **f
    ),
    "steps_do_not_fall": lambda **_f: _(
        "Put the step with the most notice first. Each next step asks for less notice."
    ),
    "waiting_is_cheaper": lambda **_f: _(
        "Less notice may never cost less. Let the percentages rise, up to 100."
    ),
    "standing_not_named": lambda **f: _(
        "There are prices for “%(kind)s” alone. Name it among the standings of this card.", **f
    ),
    "not_a_standing": lambda **f: _(
        "Use small letters, digits and hyphens. Or use one of: %(choices)s.", **f
    ),
    "room_not_measured": lambda **f: _(
        "The room “%(room)s” has a price by the square metre. Say how large it is: area_m2.", **f
    ),
    "part_when_closed": lambda **f: _(
        "The house is closed in the part of the day “%(part)s”. Change it, or the opening hours.",
        **f,
    ),
    "rate_when_closed": lambda **f: _(
        "Room “%(room)s” has a price for a time when it is closed. Change it, or the opening hours.",
        **f,
    ),
    "vat_differs": lambda **f: _("All rates of room “%(room)s” need the same VAT.", **f),
}


def mistake_text(mistake: Mistake) -> str:
    """One mistake on one line: where it stands, and what to do."""
    where = mistake.path
    if mistake.line is not None:
        line = _("line %(line)s", line=mistake.line)
        where = f"{line}, {where}" if where else line
    text = _what(mistake.code, mistake.facts)
    return f"{where}: {text}" if where else text


def _what(code: str, facts: dict[str, Any]) -> str:
    near = facts.get("near")
    if code == "not_a_slug":
        text = _("Use only small letters, digits and hyphens.")
        hint = _("For example: %(near)s.", near=near)
        return f"{text} {hint}" if near else text
    if code == "unknown":
        text = _("We do not know this key. Look for a typing mistake.")
        hint = _("Did you mean %(near)s?", near=near)
        return f"{text} {hint}" if near else text
    return WORDS[code](**facts).strip()


@says(refusals.FileHasMistakes)
def file_has_mistakes(refusal: refusals.FileHasMistakes) -> str:
    """All mistakes, a line for each."""
    first = _("The file has mistakes. Nothing was changed.")
    return "\n".join([first, *map(mistake_text, refusal.facts["mistakes"])])


def plain_mistakes(refusal: refusals.HouseHasMistakes) -> list[str]:
    """What is wrong with a house that was changed on a page; where in a file matters to nobody."""
    found = (_what(mistake.code, mistake.facts) for mistake in refusal.facts["mistakes"])
    return list(dict.fromkeys(found))


@says(refusals.HouseHasMistakes)
def house_has_mistakes(refusal: refusals.HouseHasMistakes) -> str:
    """What to mend first, a line for each."""
    first = _("This does not fit yet. Nothing was changed.")
    return "\n".join([first, *plain_mistakes(refusal)])


@says(refusals.ChangedMeanwhile)
def changed_meanwhile(_refusal: refusals.ChangedMeanwhile) -> str:
    """Ask to look again."""
    return _("Somebody else changed this while you were busy. Look at it again, then change it.")


@says(refusals.HouseExists)
def house_exists(_refusal: refusals.HouseExists) -> str:
    """Ask for another name."""
    return _("There is a house with this name already. Choose another name.")


@says(refusals.NoSuchPicture)
def no_such_picture(refusal: refusals.NoSuchPicture) -> str:
    """Ask for the file."""
    return _("We cannot find the picture “%(file)s”. Add its file.", **refusal.facts)


@says(refusals.NoSuchFile)
def no_such_file(refusal: refusals.NoSuchFile) -> str:
    """Ask to look at the name."""
    return _("We cannot use the file %(file)s. Look at its name.", **refusal.facts)


@says(refusals.RoomOfAnotherHouse)
def room_of_another_house(refusal: refusals.RoomOfAnotherHouse) -> str:
    """Ask for another slug."""
    rooms = ", ".join(refusal.facts["rooms"])
    return _("Another house has these rooms: %(rooms)s. Choose another slug.", rooms=rooms)


@says(refusals.RoomHasBookings)
def room_has_bookings(refusal: refusals.RoomHasBookings) -> str:
    """Point to retiring the room."""
    rooms = ", ".join(refusal.facts["rooms"])
    return _(
        "These rooms have bookings: %(rooms)s. Keep them in the file, with a retired_at.",
        rooms=rooms,
    )


@says(refusals.CardInUse)
def card_in_use(refusal: refusals.CardInUse) -> str:
    """Point to a new card."""
    return _(
        "Bookings were priced with the rate card of %(valid_from)s. Keep it. Add a new card.",
        **refusal.facts,
    )


@says(refusals.OthersInTheWay)
def others_in_the_way(refusal: refusals.OthersInTheWay) -> str:
    """Name what is new or other than it was, when something is."""
    names = ", ".join(booking.title for booking in refusal.facts["bookings"][:MOST_BOOKINGS])
    if not names:
        return _("A booking was cancelled or moved meanwhile. Look at the list again.")
    return _("This changed meanwhile: %(names)s. Look at the list again.", names=names)


@says(refusals.BookingsInTheWay)
def bookings_in_the_way(refusal: refusals.BookingsInTheWay) -> str:
    """List the bookings, so that somebody can call."""
    closure, bookings = refusal.facts["closure"], refusal.facts["bookings"]
    if closure is None:
        first = _("With these parts, bookings meet each other. Move or cancel some first.")
    else:
        day = formatting.day(closure)
        first = _("Bookings stand in the way of the closure of %(day)s. Move them first.", day=day)
    listed = [_booking(booking) for booking in bookings[:MOST_BOOKINGS]]
    more = len(bookings) - MOST_BOOKINGS
    rest = [_("and %(more)s more", more=more)] if more > 0 else []
    return "\n".join([first, *listed, *rest])


def _booking(booking: Booking) -> str:
    """A booking by number, time and room; whose it is stays inside."""
    when = formatting.when(booking.period)
    return _("booking %(id)s: %(room)s, %(when)s", id=booking.id, room=booking.room.name, when=when)
