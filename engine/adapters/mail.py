"""Mail by SMTP, and for offices without a mail server: nowhere."""

from __future__ import annotations

import smtplib
from dataclasses import dataclass
from email.message import EmailMessage

from engine.ports import Letter


@dataclass(frozen=True, slots=True)
class SmtpMailer:
    """Sends by SMTP; with `user` it signs in, with `starttls` it encrypts first."""

    host: str
    port: int = 25
    sender: str = "krabuan@localhost"
    user: str | None = None
    password: str | None = None
    starttls: bool = False
    timeout: float = 20.0  # seconds

    def send(self, letter: Letter) -> None:
        """Raises OSError (smtplib's errors are) when the server does not accept the mail."""
        mail = EmailMessage()
        mail["From"], mail["To"] = self.sender, ", ".join(letter.to)
        mail["Subject"], mail["Message-ID"] = letter.subject, f"<{letter.message_id}>"
        mail.set_content(letter.body)
        with smtplib.SMTP(self.host, self.port, timeout=self.timeout) as server:
            if self.starttls:
                server.starttls()
            if self.user is not None:
                server.login(self.user, self.password or "")
            server.send_message(mail)


class NoMailer:
    """Accepts every mail and sends none: the notifications in the application remain."""

    def send(self, letter: Letter) -> None:
        """Nothing happens."""
