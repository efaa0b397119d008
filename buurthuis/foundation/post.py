"""The post: carries one letter to one address, as a file in the instance folder or over SMTP."""

import os
import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from pathlib import Path
from typing import Any, Self
from urllib.parse import SplitResult, unquote, urlsplit

from buurthuis.foundation import ical, letters
from buurthuis.foundation.ical_event import Method
from buurthuis.foundation.outbox import OutboxLetter
from buurthuis.foundation.settings import Settings

PATIENCE_SECONDS = 20
CALENDAR_FILE = "buurthuis.ics"
OWN_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})

_USER = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}")
_HOST_LABEL = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
_METHOD = re.compile(r"^METHOD:([A-Z]+)\r?$", re.MULTILINE)


class NotOneAddress(ValueError):
    """The text is not exactly one e-mail address, so nothing is sent to anybody."""


class LineNotSafe(OSError):
    """The mail server offers no encrypted line, so our password stays at home."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter taken out of the outbox, so that no transaction need be open while it travels."""

    id: str
    template: str
    recipient: str
    language: str
    facts: dict[str, Any]
    calendar: str | None
    created_at: datetime

    @classmethod
    def of(cls, row: OutboxLetter) -> Self:
        """The same letter, apart from its row."""
        return cls(
            id=row.id,
            template=row.template,
            recipient=row.recipient,
            language=row.language,
            facts=row.facts,
            calendar=row.calendar,
            created_at=row.created_at,
        )


def deliver(settings: Settings, letter: Letter) -> None:
    """Carry a letter away by the road of BUURTHUIS_MAIL_URL; when it returns, the letter is gone.

    Call it with no transaction open: a mail server may think for seconds.

    Raises:
        NotOneAddress, LineNotSafe, OSError, smtplib.SMTPException: it is still here.
    """
    message = compose(settings, letter)
    road = urlsplit(settings.mail_url)
    if road.scheme == "file":
        _put_in_box(Path(road.path) if road.path else settings.instance / "mail", letter, message)
    else:
        _hand_over(road, settings, message)


def compose(settings: Settings, letter: Letter) -> EmailMessage:
    """Write the message; the same letter always gives the same Message-ID and Date.

    Raises:
        NotOneAddress: the recipient is none, or several.
    """
    rendered = letters.render(letter.template, letter.language, letter.facts)
    message = EmailMessage(policy=SMTP)
    sender = message["From"] = _sender(settings)
    message["To"] = one_address(letter.recipient)
    message["Subject"] = rendered.subject
    message["Date"] = format_datetime(letter.created_at)
    message["Message-ID"] = f"<{letter.id}@{_own_host(settings)}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(rendered.body, charset="utf-8", cte="quoted-printable")
    if letter.calendar is not None:
        _add_calendar(message, ical.as_written(letter.calendar, sent_by=sender.addr_spec))
    return message


def one_address(text: str) -> Address:
    """Exactly one address, with the name of its host in the letters the mail roads know.

    Raises:
        NotOneAddress: the text is a list, has a name beside it, or is no address.
    """
    user, at, host = text.partition("@")
    try:
        plain_host = host.encode("idna").decode("ascii")
    except UnicodeError:
        plain_host = ""
    labels = plain_host.split(".")
    is_host = len(plain_host) <= 253 and all(_HOST_LABEL.fullmatch(label) for label in labels)
    if not at or not is_host or not _USER.fullmatch(user):
        raise NotOneAddress("not exactly one e-mail address")
    try:
        return Address(username=user, domain=plain_host)
    except ValueError:
        raise NotOneAddress("not exactly one e-mail address") from None


def _sender(settings: Settings) -> Address:
    name, address = parseaddr(settings.mail_from)
    known = one_address(address)
    return Address(display_name=name, username=known.username, domain=known.domain)


def _own_host(settings: Settings) -> str:
    return urlsplit(settings.base_url).hostname or "localhost"


def _add_calendar(message: EmailMessage, calendar: str) -> None:
    """Let the .ics go along; its method tells a calendar app what to do with it.

    An invitation is the letter said in another way (RFC 6047), for Gmail and Outlook look for it
    there; beside it lies a file, for an app that does not. What is only told is a file to open.
    """
    found = _METHOD.search(calendar)
    method = found[1] if found else str(Method.PUBLISH)
    written, said = calendar.encode(), {"charset": "utf-8", "method": method}
    if method == Method.PUBLISH:
        message.add_attachment(
            written, maintype="text", subtype="calendar", filename=CALENDAR_FILE, params=said
        )
        return
    message.add_alternative(written, maintype="text", subtype="calendar", params=said)
    message.add_attachment(written, maintype="application", subtype="ics", filename=CALENDAR_FILE)


def _put_in_box(folder: Path, letter: Letter, message: EmailMessage) -> None:
    """Write a file whose name sorts by time; a reader never sees half of it."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{letter.created_at:%Y%m%dT%H%M%SZ}-{letter.id}.eml"
    draft = file.with_suffix(f".{os.getpid()}.draft")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as stream:
        stream.write(message.as_bytes())
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(file)


def _hand_over(road: SplitResult, settings: Settings, message: EmailMessage) -> None:
    sender, recipient = (message[name].addresses[0].addr_spec for name in ("From", "To"))
    with _line(road, _own_host(settings)) as server:
        if road.username:
            server.login(unquote(road.username), unquote(road.password or ""))
        server.send_message(message, from_addr=sender, to_addrs=[recipient])


@contextmanager
def _line(road: SplitResult, own_host: str) -> Iterator[smtplib.SMTP]:
    """A line to the mail server, encrypted when it can be; how it is put down does not matter."""
    host = road.hostname or "localhost"
    server = _called(road, host, own_host)
    try:
        yield server
    finally:
        with suppress(smtplib.SMTPException, OSError):
            server.quit()
        server.close()


def _called(road: SplitResult, host: str, own_host: str) -> smtplib.SMTP:
    safely = ssl.create_default_context()
    if road.scheme == "smtps":
        return smtplib.SMTP_SSL(
            host,
            road.port or smtplib.SMTP_SSL_PORT,
            own_host,
            timeout=PATIENCE_SECONDS,
            context=safely,
        )
    port = road.port or (587 if road.username else smtplib.SMTP_PORT)
    server = smtplib.SMTP(host, port, own_host, timeout=PATIENCE_SECONDS)
    try:
        server.ehlo()
        if server.has_extn("starttls"):
            server.starttls(context=safely)
            server.ehlo()
        elif road.username and host not in OWN_MACHINE:
            raise LineNotSafe(f"{host} offers no encrypted line")
    except BaseException:
        server.close()
        raise
    return server
