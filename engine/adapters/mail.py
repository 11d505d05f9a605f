"""Mail by SMTP: each parcel one mail, in text and HTML, that a repetition makes again byte for byte."""

from __future__ import annotations

import select
import smtplib
import ssl
import time
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from engine.adapters.mail_layout import html_of, subject_of, text_of
from engine.ports import NotNow, Parcel, Refused

NO_TLS, STARTTLS, IMPLICIT_TLS = "none", "starttls", "implicit"
LINGER = 5.0  # seconds
PER_CONNECTION = 100  # mails: many servers take no more


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail goes, and from whom it comes. With `user` we sign in. With `tls`, the server proves to be `host` by a
    certificate that the machine trusts, or that one of `authorities` (a PEM file) signed, before anything is said."""

    host: str
    port: int = 25
    sender: str = "krabuan@localhost"  # an address, or a name and <an address>
    reply_to: str | None = None
    user: str | None = None
    password: str | None = None
    tls: str = NO_TLS  # none | starttls | implicit
    authorities: str | None = None
    timeout: float = 20.0  # seconds


class MailCourier:
    """Sends by SMTP, over one connection as long as there is something to send."""

    def __init__(self, server: MailServer) -> None:
        """Raises ValueError for an address of ours that no mail can have."""
        self.server = server
        self._from = _address(server.sender)
        self._reply_to = None if server.reply_to is None else _address(server.reply_to)
        self._connection: smtplib.SMTP | None = None
        self._sent = 0
        self._used = time.monotonic()
        self._away: OSError | None = None  # the server could not be reached in this run

    def deliver(self, parcel: Parcel) -> None:
        """Raises OSError when the server cannot be reached, NotNow when it does not accept the mail, Refused for an
        address that no mail, or no mail of this server, can have."""
        try:
            mail = self.mail_of(parcel)
        except ValueError as error:
            raise Refused("no mail can have this address") from error
        connection = self._open()
        try:
            connection.send_message(mail)
            self._sent, self._used = self._sent + 1, time.monotonic()
        except smtplib.SMTPNotSupportedError as error:
            raise Refused("the mail server takes no address with letters beyond ASCII") from error
        except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused) as error:
            code = _code_of(error)
            if code == 421:  # it is closing
                self.close()
            raise NotNow(f"the mail server answered {code}", None) from error
        except OSError:
            self.close()
            raise

    def mail_of(self, parcel: Parcel) -> EmailMessage:
        """The whole mail. Raises ValueError for an address that no mail can have."""
        mail = EmailMessage(policy=SMTP)
        # a header with a line break in it is refused by EmailMessage, so nobody adds one
        mail["From"], mail["To"] = self._from, _address(parcel.to)
        if self._reply_to is not None:
            mail["Reply-To"] = self._reply_to
        mail["Subject"] = " ".join(word for word in subject_of(parcel).split() if word.isprintable())
        mail["Date"] = format_datetime(parcel.packed_at)
        mail["Message-ID"] = f"<{parcel.key}@krabuan>"
        # nobody's holiday answers to it (RFC 3834), and people can sort it by where it comes from (RFC 2919)
        mail["Auto-Submitted"] = "auto-generated"
        mail["X-Auto-Response-Suppress"] = "All"
        mail["List-ID"] = f"<notifications.krabuan.{self._from.domain}>"
        mail.set_content(text_of(parcel))
        mail.add_alternative(html_of(parcel), subtype="html")
        mail["Content-Language"] = parcel.language  # not before: what is set as content takes such headers away
        mail.set_boundary(f"=_krabuan_{parcel.key}")
        return mail

    def rest(self) -> None:
        """Let the connection go when nothing has gone over it for a moment: while much does, one for each mail would
        take longer than the mail. Whether the server is there is asked anew."""
        self._away = None
        if self._connection is not None and time.monotonic() - self._used > LINGER:
            self.close()

    def reach(self) -> None:
        """Connect, prove the server, sign in, and leave. Raises OSError."""
        self._open()
        self.close()

    def close(self) -> None:
        """Close the connection, whatever the server thinks of it."""
        connection, self._connection, self._sent = self._connection, None, 0
        if connection is None:
            return
        try:
            connection.quit()
        except OSError:
            connection.close()

    def _open(self) -> smtplib.SMTP:
        """A connection that is there: what the server closed meanwhile is opened anew, before anything is sent."""
        if self._connection is not None:
            if self._sent < PER_CONNECTION and _is_open(self._connection):
                return self._connection
            self.close()
        if self._away is not None:  # else each mail of a run would wait for it in vain
            raise self._away
        try:
            self._connection = self._connected()
        except OSError as error:
            self._away = error
            raise
        return self._connection

    def _connected(self) -> smtplib.SMTP:
        server = self.server
        trust = ssl.create_default_context(cafile=server.authorities) if server.tls != NO_TLS else None
        if server.tls == IMPLICIT_TLS:
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, timeout=server.timeout, context=trust
            )
        else:
            connection = smtplib.SMTP(server.host, server.port, timeout=server.timeout)
        try:
            if server.tls == STARTTLS:
                connection.starttls(context=trust)
            if server.user is not None:
                connection.login(server.user, server.password or "")
        except BaseException:
            connection.close()
            raise
        return connection


def _is_open(connection: smtplib.SMTP) -> bool:
    """Whether the server has nothing to say that nobody asked for: that it is closing, or the end of the connection."""
    if connection.sock is None:
        return False
    listening = select.poll()
    listening.register(connection.sock, select.POLLIN)
    return not listening.poll(0)


def _code_of(error: smtplib.SMTPResponseException | smtplib.SMTPRecipientsRefused) -> int:
    """What the server answered; its words may quote the mail, and are left out."""
    if isinstance(error, smtplib.SMTPResponseException):
        return error.smtp_code
    return next(code for code, _ in error.recipients.values())  # one mail is to one address


def _address(text: str) -> Address:
    """Raises ValueError for what is no address."""
    if not text.isprintable():
        raise ValueError("an address has no line breaks")
    name, spec = parseaddr(text)
    try:
        return Address(name, addr_spec=spec) if "@" in spec else _nobody(text)
    except (MessageError, IndexError) as error:
        raise ValueError(f"no address: {text!r}") from error


def _nobody(text: str) -> Address:
    raise ValueError(f"no address: {text!r}")
