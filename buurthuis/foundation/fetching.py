"""Fetching a file from an address that somebody gave us, without looking around in our own network.

The name is looked up once, every number it gives must be public, and the line goes to such a
number with the certificate of the name: an answer that changes between looking and calling leads
nowhere (DNS rebinding). Each address to which we are sent on is looked at in the same way.
"""

import http.client
import socket
import ssl
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from queue import Empty, Queue
from threading import Thread
from time import monotonic
from typing import Any, Final
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from buurthuis.foundation import fetching_refused as refused
from buurthuis.foundation.public_addresses import is_public
from buurthuis.foundation.settings import Settings

SECONDS: Final = 15
"""For all of it together: looking up, calling, being sent on, reading."""
PATIENCE_SECONDS: Final = 5
"""For one number of a name to pick up."""
MOST_BYTES: Final = 10_000_000
TURNS: Final = 3
LONGEST_ADDRESS: Final = 2000
PORT: Final = 443
PIECE: Final = 65_536
AGENT: Final = "buurthuis (calendar subscription)"

_SENDS_ON = frozenset({301, 302, 303, 307, 308})
_SAFE_IN_PATH = "/%:@!$&'()*+,;=-._~"


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the other side said about the version that we have; empty when we have none."""

    etag: str = ""
    last_modified: str = ""


NEW: Final = Stamp()


@dataclass(frozen=True, slots=True)
class Fetched:
    """A whole answer, unpacked, and the stamp with which to ask again."""

    body: bytes
    stamp: Stamp


@dataclass(frozen=True, slots=True)
class _Place:
    host: str
    port: int
    path: str


def fetch(settings: Settings, address: str, known: Stamp = NEW) -> Fetched | None:
    """Fetch what an https address gives now; None when it still is what we have.

    Nothing is kept between two calls: no cookies, no line, no password. Call it with no
    transaction open: the other side may think for seconds.

    Raises:
        CannotFetch: one of its kinds says why. Half an answer is never given.
    """
    until = monotonic() + SECONDS
    for _turn in range(TURNS + 1):
        place = _place(settings, address)
        with _call(settings, place, known, until) as answer:
            if answer.status in _SENDS_ON:
                address = urljoin(address, answer.getheader("Location", ""))
                continue
            if answer.status == http.client.NOT_MODIFIED and known != NEW:
                return None
            if answer.status != http.client.OK:
                raise refused.NothingHere(number=answer.status)
            return Fetched(_read(answer), _stamp(answer))
    raise refused.SentAround


def tidy(text: str) -> str:
    """An address as somebody copied it, as we ask for it: `webcal://` is how apps say https.

    Raises:
        NotASafeAddress: it is no https address without a password in it.
    """
    scheme, separator, rest = text.strip().partition("://")
    if scheme.lower() in {"webcal", "webcals"}:
        scheme = "https"
    address = f"{scheme}{separator}{rest}"
    _split(address)
    return address


def host_of(address: str) -> str:
    """The name of the machine in a tidy address."""
    return (urlsplit(address).hostname or "").lower()


def is_of(address: str, site: str) -> bool:
    """Whether a tidy address lies on a site, on whichever road one comes to that."""
    asked, own = urlsplit(address), urlsplit(site)
    return asked.hostname == own.hostname and asked.port in {None, PORT, own.port}


def _split(address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise refused.NotASafeAddress from None
    is_plain = address.isprintable() and " " not in address and "\\" not in address
    is_short = 0 < len(address) <= LONGEST_ADDRESS
    if not is_plain or not is_short or parts.scheme != "https" or not parts.hostname or port == 0:
        raise refused.NotASafeAddress
    if parts.username is not None or parts.password is not None:
        raise refused.NotASafeAddress
    return parts


def _place(settings: Settings, address: str) -> _Place:
    parts = _split(address)
    try:
        host = (parts.hostname or "").encode("idna").decode("ascii")
    except UnicodeError:
        raise refused.NotASafeAddress from None
    port = parts.port or PORT
    if port != PORT and (host, port) not in settings.own_calendars:
        raise refused.NotASafeAddress
    path = quote(parts.path or "/", safe=_SAFE_IN_PATH)
    query = f"?{quote(parts.query, safe=_SAFE_IN_PATH + '?')}" if parts.query else ""
    return _Place(host, port, path + query)


@contextmanager
def _call(
    settings: Settings, place: _Place, known: Stamp, until: float
) -> Iterator[http.client.HTTPResponse]:
    """Ask the question and give the answer as far as its headers; what goes wrong is a refusal."""
    asking = http.client.HTTPConnection(place.host, place.port)
    asking.default_port = PORT  # so that the Host header names no port but one of its own
    with closing(asking):
        try:
            asking.sock = _line(settings, place, until)
            asking.request("GET", place.path, headers=_headers(known))
            with closing(asking.getresponse()) as answer:
                yield answer
        except TimeoutError:
            raise refused.TooSlow(seconds=SECONDS) from None
        except ssl.SSLCertVerificationError:
            raise refused.NotWhoItSays from None
        except (OSError, http.client.HTTPException, UnicodeError):
            raise refused.BrokenOff from None


def _headers(known: Stamp) -> dict[str, str]:
    asked = {"User-Agent": AGENT, "Accept": "text/calendar, */*;q=0.5", "Accept-Encoding": "gzip"}
    if known.etag:
        asked["If-None-Match"] = known.etag
    if known.last_modified:
        asked["If-Modified-Since"] = known.last_modified
    return {**asked, "Connection": "close"}


def _stamp(answer: http.client.HTTPResponse) -> Stamp:
    """What we send back next time; a stamp that would break a header is none."""
    said = (answer.getheader(name, "") for name in ("ETag", "Last-Modified"))
    etag, last_modified = (
        text if len(text) <= 200 and text.isascii() and text.isprintable() else "" for text in said
    )
    return Stamp(etag, last_modified)


class _Line(ssl.SSLSocket):
    """A line that is put down when the time is over, however slowly the other side drips."""

    until: float = 0

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        """Wait for the next bytes no longer than there is time."""
        self.settimeout(_left(self.until))
        return super().recv_into(*args, **kwargs)


def _line(settings: Settings, place: _Place, until: float) -> _Line:
    """A line to one of the numbers of a name, with the certificate of that name."""
    numbers = _numbers(place, until)
    if (place.host, place.port) not in settings.own_calendars and not all(map(is_public, numbers)):
        raise refused.AddressInside
    safely = ssl.create_default_context()
    safely.sslsocket_class = _Line
    raw = _called(numbers, place.port, until)
    try:
        line = safely.wrap_socket(
            raw,
            server_hostname=place.host,
            do_handshake_on_connect=False,
            suppress_ragged_eofs=False,  # An answer without a length must say where it ends.
        )
    except BaseException:
        raw.close()
        raise
    assert isinstance(line, _Line)  # noqa: S101
    try:
        line.until = until
        line.settimeout(_left(until))
        line.do_handshake()
    except BaseException:
        line.close()
        raise
    return line


def _called(numbers: list[str], port: int, until: float) -> socket.socket:
    """The first number at which somebody picks up: one of a kind may not work from here."""
    for number in numbers:
        patience = min(_left(until), PATIENCE_SECONDS)
        with suppress(OSError):
            return socket.create_connection((number, port), timeout=patience)
    raise refused.NobodyThere


def _numbers(place: _Place, until: float) -> list[str]:
    """All numbers of a name; looking up knows no limit of time of its own, so it is done beside us."""
    answers: Queue[list[str] | OSError | UnicodeError] = Queue()

    def look_up() -> None:
        try:
            found = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)
            answers.put(list(dict.fromkeys(str(each[4][0]) for each in found)))
        except (OSError, UnicodeError) as error:
            answers.put(error)

    Thread(target=look_up, daemon=True).start()
    try:
        found = answers.get(timeout=_left(until))
    except Empty:
        raise TimeoutError from None
    if not isinstance(found, list) or not found:
        raise refused.NobodyThere
    return found


def _left(until: float) -> float:
    left = until - monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _read(answer: http.client.HTTPResponse) -> bytes:
    """The whole body; it is unpacked as it comes, so that a small one cannot become a huge one."""
    packing = answer.getheader("Content-Encoding", "identity").strip().lower()
    if packing not in {"identity", "", "gzip", "x-gzip"}:
        raise refused.BrokenOff
    pieces: list[bytes] = []
    unpacking = zlib.decompressobj(wbits=31) if "gzip" in packing else None
    packed = size = 0
    while piece := answer.read(PIECE):
        packed += len(piece)
        if unpacking is not None:
            piece = _unpacked(unpacking, piece, MOST_BYTES - size)
        size += len(piece)
        if max(packed, size) > MOST_BYTES or (unpacking and unpacking.unconsumed_tail):
            raise refused.TooMuch(most=MOST_BYTES // 1_000_000)
        pieces.append(piece)
    if answer.length or (unpacking and not unpacking.eof):
        raise refused.BrokenOff
    return b"".join(pieces)


def _unpacked(unpacking: Any, piece: bytes, room: int) -> bytes:
    try:
        return bytes(unpacking.decompress(piece, room + 1))
    except zlib.error:
        raise refused.BrokenOff from None
