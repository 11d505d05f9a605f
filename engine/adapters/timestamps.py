"""Time stamps by RFC 3161 from an authority that is asked by HTTP."""

from __future__ import annotations

from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from urllib.error import URLError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from cryptography.x509 import Certificate, ExtendedKeyUsage, ExtensionNotFound, load_pem_x509_certificates
from cryptography.x509.oid import ExtendedKeyUsageOID
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

LARGEST = 1 << 16  # bytes of an answer; one with a chain of certificates has some thousand


class _NoRedirect(HTTPRedirectHandler):
    """An authority answers where it is asked; nobody sends us elsewhere."""

    def redirect_request(self, *_arguments: object) -> None:
        return None


@dataclass(frozen=True, slots=True)
class TimeStampAuthority:
    """`certificates` is a PEM file: those of the authority, to the root. Where it has certificates for stamping, only
    theirs count, and they need not come with each stamp."""

    url: str
    certificates: Path
    timeout: float = 10.0  # seconds without an answer

    def __post_init__(self) -> None:
        """Raises OSError for another URL than http(s), and for a file without certificates."""
        if not self.url.startswith(("https://", "http://")):
            raise OSError("the time-stamping authority is asked by http or https")
        self._trusted()

    def _trusted(self) -> list[Certificate]:
        try:
            return load_pem_x509_certificates(self.certificates.read_bytes())
        except ValueError:
            raise OSError(f"{self.certificates}: no certificates in PEM") from None

    def stamp(self, data: bytes) -> bytes:
        """As TimeStamper.stamp."""
        trusted = self._trusted()
        named: list[Certificate | None] = [certificate for certificate in trusted if _is_for_stamps(certificate)]
        builder = TimestampRequestBuilder().data(data).hash_algorithm(HashAlgorithm.SHA256)
        # what is known need not be sent along; some authorities send it in an order that DER does not allow
        wanted = builder.cert_request(cert_request=not named).build()
        given, faults = self._ask(wanted.as_bytes()), []
        for certificate in named or [None]:
            expected = VerifierBuilder(roots=trusted, tsa_certificate=certificate, nonce=wanted.nonce).build()
            try:
                expected.verify_message(decode_timestamp_response(given), data)
                return given
            except (VerificationError, ValueError) as error:
                faults.append(str(error))
        raise OSError(f"{self.url}: the time stamp does not verify: {'; '.join(faults)}")

    def _ask(self, body: bytes) -> bytes:
        headers = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
        try:
            with build_opener(_NoRedirect).open(Request(self.url, body, headers), timeout=self.timeout) as answer:
                given: bytes = answer.read(LARGEST + 1)
        except URLError as error:
            raise OSError(f"{self.url}: {error.reason}") from None
        except (OSError, HTTPException) as error:
            raise OSError(f"{self.url}: {error or type(error).__name__}") from None
        if len(given) > LARGEST:
            raise OSError(f"{self.url}: its answer is no time stamp")
        return given


def _is_for_stamps(certificate: Certificate) -> bool:
    try:
        use = certificate.extensions.get_extension_for_class(ExtendedKeyUsage)
    except ExtensionNotFound:
        return False
    return ExtendedKeyUsageOID.TIME_STAMPING in use.value
