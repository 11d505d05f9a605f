"""A time-stamping authority of the tests' own (RFC 3161): a root, a certificate for stamping, and an HTTP server.

The answers are put together byte by byte (DER, RFC 5652), so that the library under test does not judge its own work.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

SHA256, ECDSA_SHA256 = "2.16.840.1.101.3.4.2.1", "1.2.840.10045.4.3.2"
SIGNED_DATA, TST_INFO = "1.2.840.113549.1.7.2", "1.2.840.113549.1.9.16.1.4"
CONTENT_TYPE, MESSAGE_DIGEST = "1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4"
POLICY = "1.3.6.1.4.1.4146.2.3"


def tlv(tag: int, *parts: bytes) -> bytes:
    """One element: tag, length, content."""
    content = b"".join(parts)
    size = len(content)
    octets = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag]) + (bytes([size]) if size < 128 else bytes([128 | len(octets)]) + octets) + content


def integer(value: int) -> bytes:
    return tlv(2, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def oid(dotted: str) -> bytes:
    first, second, *rest = (int(arc) for arc in dotted.split("."))
    encoded = bytearray()
    for arc in (40 * first + second, *rest):
        septets = [arc & 127]
        while arc := arc >> 7:
            septets.append(arc & 127 | 128)
        encoded += bytes(reversed(septets))
    return tlv(6, bytes(encoded))


def elements(data: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Tag, content and whole of each element in `data`."""
    while data:
        size, start = data[1], 2
        if size & 128:
            start = 2 + (size & 127)
            size = int.from_bytes(data[2:start], "big")
        yield data[0], data[start : start + size], data[: start + size]
        data = data[start + size :]


class Authority:
    """Stamps with the time of `clock`; each answer has another serial number. `answers` says how it behaves."""

    def __init__(self, name: str = "Stamps") -> None:
        self.now = datetime(2026, 4, 10, 9, tzinfo=UTC)
        self._name, self.behaviour, self.asked = name, "stamps", 0
        self._root_key, self._key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
        root = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"{name} root")])
        leaf = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        self.root = self._certificate(root, root, self._root_key, None)
        self.certificate = self._certificate(leaf, root, self._key, ExtendedKeyUsageOID.TIME_STAMPING)

    def sibling(self) -> Authority:
        """Another one, whose certificate the same root has signed."""
        other = Authority(self._name)
        other.root, other._root_key = self.root, self._root_key
        issuer, use = self.root.subject, ExtendedKeyUsageOID.TIME_STAMPING
        other.certificate = other._certificate(self.certificate.subject, issuer, other._key, use)
        return other

    def _certificate(self, subject: x509.Name, issuer: x509.Name, key: Any, use: Any) -> x509.Certificate:
        made = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key.public_key())
        made = made.serial_number(x509.random_serial_number()).not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        made = made.not_valid_after(datetime(2090, 1, 1, tzinfo=UTC))
        made = made.add_extension(x509.BasicConstraints(use is None, None), critical=True)
        if use is not None:
            made = made.add_extension(x509.ExtendedKeyUsage([use]), critical=True)
        return made.sign(self._root_key, hashes.SHA256())

    def write(self, file: Path, *, leaf: bool = False) -> Path:
        """The certificates that are trusted, PEM."""
        trusted = [self.root, *([self.certificate] if leaf else [])]
        file.write_bytes(b"".join(certificate.public_bytes(Encoding.PEM) for certificate in trusted))
        return file

    def answer(self, request: bytes) -> bytes:
        """The TimeStampResp to a TimeStampReq."""
        self.asked += 1
        if self.behaviour == "refuses":
            return tlv(0x30, tlv(0x30, integer(2)))
        ((_, inside, _),) = elements(request)
        _, (_, _, imprint), *options = elements(inside)
        nonce = [whole for tag, _, whole in options if tag == 2]
        return tlv(0x30, tlv(0x30, integer(0)), self._token(imprint, b"".join(nonce)))

    def _token(self, imprint: bytes, nonce: bytes) -> bytes:
        self.now += timedelta(seconds=1)
        moment = tlv(0x18, self.now.strftime("%Y%m%d%H%M%SZ").encode())
        info = tlv(0x30, integer(1), oid(POLICY), imprint, integer(self.asked), moment, nonce)
        digest = tlv(0x30, oid(SHA256))
        content_type = tlv(0x30, oid(CONTENT_TYPE), tlv(0x31, oid(TST_INFO)))
        message_digest = tlv(0x30, oid(MESSAGE_DIGEST), tlv(0x31, tlv(4, hashlib.sha256(info).digest())))
        attributes = content_type + message_digest
        signature = self._key.sign(tlv(0x31, attributes), ec.ECDSA(hashes.SHA256()))
        who = tlv(0x30, self.certificate.issuer.public_bytes(), integer(self.certificate.serial_number))
        signer = tlv(
            0x30, integer(1), who, digest, tlv(0xA0, attributes), tlv(0x30, oid(ECDSA_SHA256)), tlv(4, signature)
        )  # fmt: skip
        content = tlv(0x30, oid(TST_INFO), tlv(0xA0, tlv(4, info)))
        certificates = tlv(0xA0, self.certificate.public_bytes(Encoding.DER))
        signed = tlv(0x30, integer(3), tlv(0x31, digest), content, certificates, tlv(0x31, signer))
        return tlv(0x30, oid(SIGNED_DATA), tlv(0xA0, signed))


@contextmanager
def serving(authority: Authority) -> Iterator[str]:
    """The URL at which it answers, on loopback."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = self.rfile.read(int(self.headers["Content-Length"]))
            assert self.headers["Content-Type"] == "application/timestamp-query"
            if authority.behaviour == "fails":
                self.send_error(503)
                return
            given = b"rubbish" if authority.behaviour == "rubbish" else authority.answer(asked)
            given = b"\0" * 2_000_000 if authority.behaviour == "floods" else given
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(given)))
            self.end_headers()
            with suppress(OSError):  # who asked has heard enough
                self.wfile.write(given)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
