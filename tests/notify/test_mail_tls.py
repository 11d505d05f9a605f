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

from engine.adapters.mail import SmtpMailer
from engine.ports import Letter
from tests.notify.post_office import Keeper, LoopbackServer

LETTER = Letter(("ann@office.test",), "เรื่อง", "ข้อความ", "1@krabuan")


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


@pytest.fixture(params=["localhost", "elsewhere.test"])
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, Path, Keeper, SmtpMailer]]:
    """A mail server with the certificate of this host, and a mailer that sends to it as localhost."""
    file = certificate(tmp_path, request.param)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    keeper = Keeper()
    running = LoopbackServer(keeper, hostname="127.0.0.1", port=0, tls_context=context)
    running.start()
    yield request.param, file, keeper, SmtpMailer("localhost", running.port, starttls=True, timeout=10)
    running.stop()


def test_only_the_server_that_proves_its_name_gets_the_mail(server: tuple[str, Path, Keeper, SmtpMailer]) -> None:
    host, file, keeper, mailer = server
    with pytest.raises(OSError):
        mailer.send(LETTER)  # nobody whom this machine trusts signed it
    trusting = replace(mailer, authorities=str(file))
    if host == "localhost":
        trusting.send(LETTER)
    else:
        with pytest.raises(OSError):
            trusting.send(LETTER)
    assert len(keeper.mails) == (host == "localhost")


def test_no_line_break_gets_into_a_header() -> None:
    mailer = SmtpMailer("localhost", 1)
    for letter in (replace(LETTER, subject="a\nBcc: x@y.test"), replace(LETTER, to=("a@b.test\r\nBcc: x@y.test",))):
        with pytest.raises(ValueError):
            mailer.send(letter)
