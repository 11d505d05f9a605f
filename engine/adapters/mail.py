"""Mail by SMTP, and for offices without a mail server: nowhere."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage

from engine.ports import Letter


@dataclass(frozen=True, slots=True)
class SmtpMailer:
    """Sends by SMTP; with `user` it signs in, with `starttls` it encrypts first, with whoever proves to be `host` by a
    certificate that the machine trusts, or that one of `authorities` (a PEM file) signed."""

    host: str
    port: int = 25
    sender: str = "krabuan@localhost"
    user: str | None = None
    password: str | None = None
    starttls: bool = False
    authorities: str | None = None
    timeout: float = 20.0  # seconds

    def send(self, letter: Letter) -> None:
        """Raises OSError (smtplib's errors are) when the server does not accept the mail."""
        mail = EmailMessage()
        # a header with a line break in it is refused by EmailMessage, so nobody adds one
        mail["From"], mail["To"] = self.sender, ", ".join(letter.to)
        mail["Subject"], mail["Message-ID"] = letter.subject, f"<{letter.message_id}>"
        mail.set_content(letter.body)
        with smtplib.SMTP(self.host, self.port, timeout=self.timeout) as server:
            if self.starttls:
                server.starttls(context=ssl.create_default_context(cafile=self.authorities))
            if self.user is not None:
                server.login(self.user, self.password or "")
            server.send_message(mail)


class NoMailer:
    """Accepts every mail and sends none: the notifications in the application remain."""

    def send(self, letter: Letter) -> None:
        """Nothing happens."""
