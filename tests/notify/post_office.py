"""A real SMTP server on the loopback interface that keeps what it gets, and refuses when told to."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from typing import Any, cast

from aiosmtpd.controller import Controller

from engine.adapters.mail import MailCourier, MailServer
from engine.ports import Item, Parcel
from tests.dsl import START


class Keeper:
    """What the server does with a mail. `answers` are given first, one for each mail; then it accepts."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.answers: list[str] = []
        self.sessions: set[Any] = set()  # connections that brought mails

    async def handle_DATA(self, _server: Any, session: Any, envelope: Any) -> str:
        self.sessions.add(session.peer)
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
def post_office() -> Iterator[tuple[Keeper, MailCourier]]:
    """The server's keeper, and a courier that sends to it."""
    keeper = Keeper()
    server = LoopbackServer(keeper, hostname="127.0.0.1", port=0)
    server.start()
    try:
        courier = MailCourier(MailServer("127.0.0.1", server.port, sender="krabuan@office.test", timeout=10))
        yield keeper, courier
        courier.close()
    finally:
        server.stop()


def parcel(*items: Item, key: int = 1, to: str = "ann@office.test", language: str = "th") -> Parcel:
    """Of these notifications, or of one in Thai."""
    return Parcel(key, "mail", "ann", to, language, items or (item(),), START)


def item(subject: str = "แจ้งเตือน", text: str = "เนื้อความ", link: str | None = None) -> Item:
    """A notification as it leaves."""
    return Item(1, "message", subject, text, link, False, START, None, None)


def said(mail: EmailMessage, kind: str = "plain") -> str:
    """What a mail says in one of its forms."""
    part = mail.get_body((kind,))
    assert part is not None
    text: str = part.get_content()
    return text.replace("\r\n", "\n")
