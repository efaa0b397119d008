"""What the post carries is what was meant, to one address, over a real mail server or into a file."""

import smtplib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from icalendar import Calendar

from buurthuis.foundation import ical, post
from buurthuis.foundation.ical_event import Event
from buurthuis.foundation.post import Letter, NotOneAddress
from buurthuis.foundation.settings import Settings, from_environment
from tests.foundation.mail import a_mail_server
from tests.letters_samples import a_desk, sample

WRITTEN_AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)

LETTER = Letter(
    id="0123456789abcdef",
    template="booking_confirmed",
    recipient="bram@people.example",
    language="nl",
    facts=sample("booking_confirmed"),
    calendar=None,
    created_at=WRITTEN_AT,
)


@pytest.fixture(autouse=True)
def _desk() -> Iterator[None]:
    with a_desk().app_context():
        yield


def settings(folder: Path, mail_url: str = "file:") -> Settings:
    return from_environment(
        {
            "BUURTHUIS_INSTANCE": str(folder),
            "BUURTHUIS_BASE_URL": "https://buurthuis.example/",
            "BUURTHUIS_MAIL_URL": mail_url,
            "BUURTHUIS_MAIL_FROM": "De buurthuizen <post@buurthuis.example>",
        }
    )


def a_calendar(method: str) -> str:
    event = Event(
        uid="7@buurthuis",
        sequence=2,
        starts_at=datetime(2026, 3, 13, 18, 0, tzinfo=UTC),
        ends_at=datetime(2026, 3, 13, 21, 0, tzinfo=UTC),
        summary="Repair café",
        changed_at=WRITTEN_AT,
        created_at=WRITTEN_AT,
    )
    return ical.calendar_bytes([event], name="De Meevaart", method=method).decode()


def in_the_box(folder: Path) -> list[EmailMessage]:
    files = sorted((folder / "mail").iterdir())
    assert all(file.suffix == ".eml" for file in files)
    return [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]


def test_a_mail_server_gets_what_was_meant(tmp_path: Path) -> None:
    with a_mail_server() as server:
        post.deliver(settings(tmp_path, server.url), LETTER)

    [(sender, recipients, message)] = server.letters
    assert (sender, recipients) == ("post@buurthuis.example", ["bram@people.example"])
    assert message["From"] == "De buurthuizen <post@buurthuis.example>"
    assert message["To"] == "bram@people.example"
    assert message["Subject"] == "Je reservering is zeker: Repair café"
    assert message["Message-ID"] == "<0123456789abcdef@buurthuis.example>"
    assert message["Date"].datetime == WRITTEN_AT
    assert message["Auto-Submitted"] == "auto-generated"
    assert "vrijdag 13 maart 2026, 19:00 tot 22:00" in message.get_content()


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL"])
def test_an_invitation_is_the_letter_said_in_another_way(tmp_path: Path, method: str) -> None:
    invitation = a_calendar(method)
    with a_mail_server() as server:
        post.deliver(settings(tmp_path, server.url), replace(LETTER, calendar=invitation))

    message = server.letters[0][2]
    letter, attachment = message.iter_parts()
    assert (message.get_content_type(), letter.get_content_type()) == (
        "multipart/mixed",
        "multipart/alternative",
    )
    words, calendar = letter.iter_parts()
    assert "Je reservering is zeker" in message["Subject"]
    assert words.get_content_type() == "text/plain"
    assert "vrijdag 13 maart 2026" in words.get_content()
    assert calendar.get_content_type() == "text/calendar"
    assert (calendar.get_param("method"), calendar.get_param("charset")) == (method, "utf-8")
    assert calendar.get_filename() is None
    assert calendar.get_payload(decode=True) == invitation.encode()
    assert attachment.get_content_type() == "application/ics"
    assert attachment.get_filename() == "buurthuis.ics"
    assert attachment.get_payload(decode=True) == invitation.encode()
    [event] = Calendar.from_ical(attachment.get_payload(decode=True)).events
    assert (event["UID"], event["SEQUENCE"]) == ("7@buurthuis", 2)


def test_several_events_are_a_file_to_open(tmp_path: Path) -> None:
    told = a_calendar("PUBLISH")
    with a_mail_server() as server:
        post.deliver(settings(tmp_path, server.url), replace(LETTER, calendar=told))

    [attachment] = server.letters[0][2].iter_attachments()
    assert attachment.get_content_type() == "text/calendar"
    assert attachment.get_param("method") == "PUBLISH"
    assert attachment.get_filename() == "buurthuis.ics"
    assert attachment.get_payload(decode=True) == told.encode()


@pytest.mark.parametrize("answer", ["451 try again later", "550 no such person"])
def test_a_server_that_says_no_keeps_the_letter_with_us(tmp_path: Path, answer: str) -> None:
    with a_mail_server(answer) as server, pytest.raises(smtplib.SMTPException):
        post.deliver(settings(tmp_path, server.url), LETTER)

    assert server.letters == []


def test_a_server_that_is_not_there_keeps_the_letter_with_us(tmp_path: Path) -> None:
    with a_mail_server() as server:
        gone = server.url

    with pytest.raises(OSError, match=r"refused|closed"):
        post.deliver(settings(tmp_path, gone), LETTER)


def test_a_password_does_not_travel_over_an_open_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with a_mail_server() as server:
        monkeypatch.setattr(post, "OWN_MACHINE", frozenset())
        address = server.url.replace("smtp://", "smtp://bram:geheim@")
        with pytest.raises(post.LineNotSafe):
            post.deliver(settings(tmp_path, address), LETTER)

    assert server.letters == []


def test_without_a_server_each_letter_is_a_file(tmp_path: Path) -> None:
    later = replace(LETTER, id="00", created_at=WRITTEN_AT.replace(hour=9))
    post.deliver(settings(tmp_path), later)
    post.deliver(settings(tmp_path), LETTER)

    first, second = in_the_box(tmp_path)
    assert first["Message-ID"] == "<0123456789abcdef@buurthuis.example>"
    assert second["Message-ID"] == "<00@buurthuis.example>"
    assert (tmp_path / "mail").iterdir().__next__().stat().st_mode & 0o077 == 0


def test_a_letter_that_is_sent_again_is_the_same_letter(tmp_path: Path) -> None:
    post.deliver(settings(tmp_path), LETTER)
    post.deliver(settings(tmp_path), LETTER)

    assert len(in_the_box(tmp_path)) == 1


@pytest.mark.parametrize(
    "recipient",
    [
        "bram@people.example, dirk@people.example",
        "bram@people.example,dirk@people.example",
        "bram@people.example;dirk@people.example",
        "Bram <bram@people.example>",
        "bram@people.example\r\nBcc: dirk@people.example",
        "bram@people.example\n",
        "bram people@people.example",
        '"bram, dirk"@people.example',
        "bram@[127.0.0.1]",
        "bram@people.example (dirk)",
        "bram@@people.example",
        "@people.example",
        "bram@",
        "bram@.example",
        "bram",
        "",
    ],
)
def test_nothing_goes_to_an_address_that_is_not_one(tmp_path: Path, recipient: str) -> None:
    with a_mail_server() as server, pytest.raises(NotOneAddress):
        post.deliver(settings(tmp_path, server.url), replace(LETTER, recipient=recipient))

    assert server.letters == []


def test_a_host_in_other_letters_is_written_as_mail_roads_know_it() -> None:
    assert str(post.one_address("bram@bücher.example")) == "bram@xn--bcher-kva.example"


def test_a_hostile_title_adds_no_header(tmp_path: Path) -> None:
    title = "Feest\r\nBcc: dirk@people.example\r\n\r\nKlik hier"
    letter = replace(LETTER, facts=LETTER.facts | {"title": title})
    with a_mail_server() as server:
        post.deliver(settings(tmp_path, server.url), letter)

    [(_sender, recipients, message)] = server.letters
    assert recipients == ["bram@people.example"]
    assert message["Bcc"] is None
    assert message["Subject"].endswith("Feest Bcc: dirk@people.example Klik hier")
