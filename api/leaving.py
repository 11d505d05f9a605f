"""What leaves the service, and by whom: read from the environment when it starts, and refused when it cannot hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from engine.adapters.mail import IMPLICIT_TLS, NO_TLS, STARTTLS, MailCourier, MailServer
from engine.adapters.mail_layout import html_of, text_of
from engine.model.access import CLASSES, NORMAL, rank_of
from engine.model.telling import MAIL
from engine.notify.settings import Telling
from engine.ports import Courier, Item, Parcel

TLS = (NO_TLS, STARTTLS, IMPLICIT_TLS)


@dataclass(frozen=True, slots=True)
class Leaving:
    """How notifications are told outside, and who carries mails and the like, by kind of channel; None: nobody does.
    `authorities` is a PEM file: who has signed the certificates of webhooks, besides those whom the machine trusts."""

    telling: Telling
    couriers: dict[str, Courier | None]
    authorities: Path | None = None


class WrongSetting(OSError):
    """A variable of the environment says what cannot be; the text names it."""


def leaving_of(environment: Mapping[str, str]) -> Leaving:
    """Raises WrongSetting."""
    couriers: dict[str, Courier | None] = {MAIL: mail_courier_of(environment)}
    return Leaving(telling_of(environment), couriers, authorities_of(environment))


def authorities_of(environment: Mapping[str, str]) -> Path | None:
    """The file that KRABUAN_CHANNEL_AUTHORITIES names, or none. Raises WrongSetting when it holds no certificates."""
    return _certificates("KRABUAN_CHANNEL_AUTHORITIES", environment)


def _certificates(variable: str, environment: Mapping[str, str]) -> Path | None:
    named = environment.get(variable)
    if not named:
        return None
    # most services name no such file
    from cryptography.x509 import load_pem_x509_certificates

    try:
        load_pem_x509_certificates(Path(named).read_bytes())
    except (OSError, ValueError) as error:
        raise WrongSetting(f"{variable}: {named} holds no certificates in PEM") from error
    return Path(named)


def telling_of(environment: Mapping[str, str]) -> Telling:
    """KRABUAN_PUBLIC_URL (where people reach the service) and KRABUAN_NOTIFY_CLASS (up to which class notifications
    that leave say what they are about). Raises WrongSetting."""
    named = environment.get("KRABUAN_NOTIFY_CLASS") or CLASSES[NORMAL]
    rank = rank_of(named)
    if rank is None:
        raise WrongSetting(f"KRABUAN_NOTIFY_CLASS is {named!r}; the classes are {', '.join(CLASSES)}")
    return Telling(_public_url(environment.get("KRABUAN_PUBLIC_URL") or None), rank)


def mail_courier_of(environment: Mapping[str, str]) -> MailCourier | None:
    """To the mail server that KRABUAN_SMTP_HOST names (with _PORT, _SENDER, _REPLY_TO, _USER, _PASSWORD, _TLS,
    _AUTHORITIES), if one is named. Raises WrongSetting."""
    found = {name: environment.get(f"KRABUAN_SMTP_{name.upper()}") or None for name in _SMTP}
    if environment.get("KRABUAN_SMTP_STARTTLS"):
        raise WrongSetting("KRABUAN_SMTP_STARTTLS has another name now: set KRABUAN_SMTP_TLS=starttls")
    if found["host"] is None:
        return None
    tls, port = found["tls"] or NO_TLS, found["port"] or ("465" if found["tls"] == IMPLICIT_TLS else "25")
    if tls not in TLS:
        raise WrongSetting(f"KRABUAN_SMTP_TLS is {tls!r}; it is one of {', '.join(TLS)}")
    if not port.isascii() or not port.isdigit() or not 0 < int(port) < 65536:
        raise WrongSetting(f"KRABUAN_SMTP_PORT is {port!r}; a port is a number from 1 to 65535")
    if tls == NO_TLS and found["password"] is not None:
        raise WrongSetting("a password goes to a mail server only with KRABUAN_SMTP_TLS=starttls or implicit")
    _certificates("KRABUAN_SMTP_AUTHORITIES", environment)
    sender = found["sender"] or "krabuan@localhost"
    server = MailServer(
        found["host"], int(port), sender, found["reply_to"], found["user"], found["password"], tls, found["authorities"]
    )
    try:
        return MailCourier(server)
    except ValueError as error:
        raise WrongSetting(f"KRABUAN_SMTP_SENDER or KRABUAN_SMTP_REPLY_TO: {error}") from error


def reach_mail(environment: Mapping[str, str], patience: float) -> None:
    """Connect to the mail server as for a mail, and leave. Raises OSError where it cannot be used, WrongSetting."""
    named = mail_courier_of(environment)
    if named is not None:
        MailCourier(replace(named.server, timeout=patience)).reach()


def mail_preview(topic: str, language: str, subject: str, text: str) -> dict[str, str]:
    """The two forms of a mail that tells this and nothing else: {plain, html}."""
    item = Item(0, topic, subject, text, None, False, _SAMPLE_TIME, None, None)
    parcel = Parcel(0, MAIL, "", "", language, (item,), _SAMPLE_TIME)
    return {"plain": text_of(parcel), "html": html_of(parcel)}


_SAMPLE_TIME = datetime(2026, 4, 10, 9, tzinfo=UTC)
_SMTP = ("host", "port", "sender", "reply_to", "user", "password", "tls", "authorities")


def _public_url(text: str | None) -> str | None:
    if text is None:
        return None
    wrong = WrongSetting("KRABUAN_PUBLIC_URL is where people reach the service, such as https://krabuan.example.go.th")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise wrong from error
    odd = any(c.isspace() or ord(c) < 33 or c in "\"'<>\\" for c in text)
    if odd or parts.scheme not in ("http", "https") or not parts.hostname or port == 0:
        raise wrong
    if parts.username is not None or parts.query or parts.fragment:
        raise wrong
    return text.rstrip("/")
