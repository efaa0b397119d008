"""How a calendar goes out: whole or not at all, only when something changed, and packed for who unpacks it.

A calendar app deletes what is missing from an answer of 200. So whatever goes wrong, the answer is
"later" (503), and never a part.
"""

import gzip
import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Final, NamedTuple

from flask import Response, request
from werkzeug.http import http_date

from buurthuis.foundation import clock
from buurthuis.foundation.errors import Refusal
from buurthuis.foundation.pulse import Beat, beat
from buurthuis.foundation.remembered import Answer, recalled
from buurthuis.rules.calendar import day_of, day_period

CALENDAR: Final = "text/calendar; charset=utf-8"
RETRY_SECONDS: Final = 120
SURE_AFTER: Final = timedelta(seconds=2)
PACKED_LEVEL: Final = 6

STARTED_AT: datetime = clock.now() + timedelta(seconds=1)
"""Since when this program answers; another version may write the same events otherwise."""

log = logging.getLogger(__name__)


class Wanted(NamedTuple):
    """A calendar that may be sent: its name, how it is written, and whether it is for one person."""

    name: tuple[str | int, ...]
    write: Callable[[datetime], bytes]
    is_private: bool = False


def answer(find: Callable[[], Wanted]) -> Response:
    """Answer with a whole calendar, or with nothing new, or with "later".

    `find` proves that it may be sent, each time, and may refuse.
    """
    try:
        wanted, now = find(), clock.now()
        found = _remembered(wanted, now, packed=_unpacks_gzip())
        since = _unchanged_since(now)
    except Refusal as refusal:
        if refusal.status < 500:
            raise
        return _later()
    except Exception:
        log.exception("a feed could not be written")
        return _later()
    response = Response(found.body, content_type=CALENDAR)
    response.headers.extend(found.headers)
    response.headers["Cache-Control"] = f"{'private' if wanted.is_private else 'public'}, no-cache"
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Accept-Ranges"] = "none"
    if since is not None:
        response.headers["Last-Modified"] = http_date(since)
    environ = dict(request.environ)
    if "HTTP_IF_NONE_MATCH" in environ:
        environ.pop("HTTP_IF_MODIFIED_SINCE", None)  # RFC 9110: whoever knows the ETag goes by it
    response.make_conditional(environ)
    return response


def _remembered(wanted: Wanted, now: datetime, *, packed: bool) -> Answer:
    """The calendar, written once for all who ask, until something changes or the day is over."""
    marks = beat()
    if marks is None:  # Whoever changes something reads it anew.
        whole = _whole(wanted, now)
        return _packed(whole) if packed else whole
    what = (*wanted.name, day_of(now), *_marks_of(wanted, marks))

    def whole_one() -> Answer:
        return recalled(what, lambda: _whole(wanted, now))

    return recalled((*what, "gzip"), lambda: _packed(whole_one())) if packed else whole_one()


def _marks_of(wanted: Wanted, marks: Beat) -> tuple[int, ...]:
    """The marks that change with what the calendar tells; public ones tell nothing of people."""
    everything = (marks.houses, marks.bookings, marks.people)
    return everything if wanted.is_private else everything[:2]


def _whole(wanted: Wanted, now: datetime) -> Answer:
    body = wanted.write(now)
    return Answer(body, CALENDAR, (("ETag", f'"{sha256(body).hexdigest()[:32]}"'),))


def _packed(whole: Answer) -> Answer:
    """The same as gzip, which is another representation and so has a tag of its own."""
    [(_name, tag)] = whole.headers
    headers = (("ETag", f'{tag[:-1]}-gzip"'), ("Content-Encoding", "gzip"))
    return Answer(gzip.compress(whole.body, PACKED_LEVEL, mtime=0), CALENDAR, headers)


def _unpacks_gzip() -> bool:
    """Outlook stumbles over what is packed without its asking: only who says so gets it."""
    named = [(name.lower(), quality) for name, quality in request.accept_encodings]
    return any(name == "gzip" and quality > 0 for name, quality in named)


def _unchanged_since(now: datetime) -> datetime | None:
    """A moment since which this calendar has surely been as it is; None when that is too fresh to say.

    What leaves a calendar makes nothing in it newer. So this is the moment of the last change of
    anything, the beginning of this day or that of this process, whichever came last.
    """
    marks = beat()
    if marks is None:
        return None
    changed_at = datetime.fromtimestamp(marks.changed_second, UTC)
    since = max(changed_at, day_period(day_of(now)).start, STARTED_AT)
    return since if now - since >= SURE_AFTER else None


def _later() -> Response:
    response = Response("Later.", 503, content_type="text/plain; charset=utf-8")
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    response.headers["Cache-Control"] = "no-store"
    return response
