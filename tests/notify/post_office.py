"""A real SMTP server on the loopback interface that keeps what it gets, and refuses when told to."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from typing import Any, cast

from aiosmtpd.controller import Controller

from engine.adapters.mail import SmtpMailer


class Keeper:
    """What the server does with a mail. `answers` are given first, one for each mail; then it accepts."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.answers: list[str] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        if self.answers:
            return self.answers.pop(0)
        self.mails.append(cast(EmailMessage, email.message_from_bytes(envelope.content, policy=email.policy.default)))
        return "250 OK"


class LoopbackServer(Controller):
    """Listens on a port that the system chooses."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
        super()._trigger_server()


@contextmanager
def post_office() -> Iterator[tuple[Keeper, SmtpMailer]]:
    """The server's keeper, and a mailer that sends to it."""
    keeper = Keeper()
    server = LoopbackServer(keeper, hostname="127.0.0.1", port=0)
    server.start()
    try:
        yield keeper, SmtpMailer("127.0.0.1", server.port, sender="krabuan@office.test", timeout=10)
    finally:
        server.stop()
