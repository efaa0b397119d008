"""A real mail server inside the test, which remembers what it got and can be told to refuse."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller


@dataclass
class MailServer:
    """Answers DATA with `answers`, in turn, and then with yes."""

    answers: list[str] = field(default_factory=list)
    letters: list[tuple[str, list[str], EmailMessage]] = field(default_factory=list)
    port: int = 0

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer.startswith("250"):
            message = message_from_bytes(envelope.content, policy=policy.default)
            self.letters.append((envelope.mail_from, envelope.rcpt_tos, message))
        return answer

    @property
    def url(self) -> str:
        """The setting that brings mail here."""
        return f"smtp://127.0.0.1:{self.port}"


@contextmanager
def a_mail_server(*answers: str) -> Iterator[MailServer]:
    """A mail server on a free port of this machine."""
    server = MailServer(list(answers))
    server.port = _free_port()
    controller = Controller(server, hostname="127.0.0.1", port=server.port)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
