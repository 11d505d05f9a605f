"""Mail over TLS goes to the server that proves who it is, and to no other."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from engine.adapters.mail import IMPLICIT_TLS, STARTTLS, MailCourier, MailServer
from engine.ports import Refused
from tests.notify.post_office import Keeper, LoopbackServer, item, parcel


def certificate(folder: Path, host: str) -> Path:
    """A certificate for `host` that signs itself, with its key, as a PEM file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, now - timedelta(days=1), now + timedelta(days=1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    kind, plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    file = folder / f"{host}.pem"
    signed = made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    file.write_bytes(key.private_bytes(serialization.Encoding.PEM, kind, plain) + signed)
    return file


@pytest.fixture(params=[(host, tls) for host in ("localhost", "elsewhere.test") for tls in (STARTTLS, IMPLICIT_TLS)], ids=str)
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, Path, Keeper, MailServer]]:
    """A mail server with the certificate of this host, and how one sends to it as localhost."""
    host, tls = request.param
    file = certificate(tmp_path, host)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    keeper = Keeper()
    how = {"tls_context": context, "require_starttls": True} if tls == STARTTLS else {"ssl_context": context}
    running = LoopbackServer(keeper, hostname="localhost", port=0, **how)
    running.start()
    yield host, file, keeper, MailServer("localhost", running.port, tls=tls, timeout=10)
    running.stop()


def test_only_the_server_that_proves_its_name_gets_the_mail(server: tuple[str, Path, Keeper, MailServer]) -> None:
    host, file, keeper, described = server
    with pytest.raises(OSError):
        MailCourier(described).deliver(parcel())  # nobody whom this machine trusts signed it
    trusting = MailCourier(replace(described, authorities=str(file)))
    if host == "localhost":
        trusting.deliver(parcel())
    else:
        with pytest.raises(OSError):
            trusting.deliver(parcel())
    trusting.close()
    assert len(keeper.mails) == (host == "localhost")


HOSTILE = ["a\nBcc: x@y.test", "a\r\nBcc: x@y.test", "a\u2028Bcc: x@y.test", "a\x0bBcc: x", "\r\n\r\nbody", "a\x00b", "=?utf-8?q?a=0ABcc:_x@y.test?="]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_line_break_gets_into_a_header(text: str) -> None:
    courier = MailCourier(MailServer("localhost", 1))
    raw = courier.mail_of(parcel(item(subject=text))).as_bytes()
    headers = raw.split(b"\r\n\r\n")[0].split(b"\r\n")
    assert [h.split(b":")[0] for h in headers if h[:1] not in (b" ", b"\t")] == NAMES
    with pytest.raises(Refused):
        courier.deliver(parcel(to=f"{text} <a@b.test>" if "=?" not in text else f"{text}@"))


NAMES = [b"From", b"To", b"Subject", b"Date", b"Message-ID", b"Auto-Submitted", b"X-Auto-Response-Suppress",
         b"List-ID", b"MIME-Version", b"Content-Type", b"Content-Language"]  # fmt: skip


@pytest.mark.parametrize("sender", ["", "nobody", "a@b\nBcc: x@y.test", "กระบวน <>"])
def test_a_sender_that_no_mail_can_have_is_refused_at_the_start(sender: str) -> None:
    with pytest.raises(ValueError):
        MailCourier(MailServer("localhost", 1, sender))


def test_the_sender_may_have_a_name_and_answers_an_address_of_their_own() -> None:
    courier = MailCourier(MailServer("localhost", 1, "ระบบกระบวน <krabuan@office.test>", "helpdesk@office.test"))
    mail = courier.mail_of(parcel())
    assert (mail["From"], mail["Reply-To"]) == ("ระบบกระบวน <krabuan@office.test>", "helpdesk@office.test")
