"""Time stamps of checkpoints (RFC 3161): that somebody else saw each of them, and when."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from cryptography.x509 import Certificate, ExtendedKeyUsage, ExtensionNotFound, load_pem_x509_certificates
from cryptography.x509.oid import ExtendedKeyUsageOID
from rfc3161_client import VerificationError, Verifier, VerifierBuilder, decode_timestamp_response

from krabuan_verify.checkpoints import Covered
from krabuan_verify.digests import parsed
from krabuan_verify.files import numbered
from krabuan_verify.findings import Finding

_NAME = re.compile(r"checkpoint-([0-9]{8,})\.tsr")
_FIELD = "timeStamp"


@dataclass(slots=True)
class Stamped:
    """The time that each stamp tells, by the number of its checkpoint. `waiting`: checkpoints at the end that are to
    have a stamp and have none yet."""

    times: dict[int, datetime] = field(default_factory=dict)
    waiting: int = 0
    findings: list[Finding] = field(default_factory=list)

    def __str__(self) -> str:
        text = f"{len(self.times)} time stamps hold"
        if self.times:
            last = max(self.times)
            text += f", the last of checkpoint {last} at {self.times[last]:%Y-%m-%dT%H:%M:%SZ}"
        return text + (f"; {self.waiting} later checkpoints have none yet" if self.waiting else "")


def read_authorities(files: Iterable[Path]) -> list[Verifier]:
    """Who is trusted: certificates to the root, PEM. Where a file has certificates for stamping, only theirs count.

    Raises OSError for a file that holds none.
    """
    found = []
    for file in files:
        try:
            certificates = load_pem_x509_certificates(file.read_bytes())
        except ValueError:
            raise OSError(f"{file}: no certificates in PEM") from None
        stamping = [certificate for certificate in certificates if _stamps(certificate)]
        named: list[Certificate | None] = [*stamping] or [None]
        found += [VerifierBuilder(roots=list(certificates), tsa_certificate=one).build() for one in named]
    return found


def _stamps(certificate: Certificate) -> bool:
    try:
        use = certificate.extensions.get_extension_for_class(ExtendedKeyUsage)
    except ExtensionNotFound:
        return False
    return ExtendedKeyUsageOID.TIME_STAMPING in use.value


def verify_stamps(folder: Path, covered: Covered, authorities: list[Verifier]) -> Stamped:
    """The time stamps of a folder, against the checkpoints that hold. A stamp that is missing while a later one is
    there was taken away; one that no authority among those given made for its checkpoint is foreign or was altered."""
    files = numbered(folder, _NAME)
    last, found = max(files, default=0), Stamped()
    known = {finding.checkpoint for finding in covered.findings}
    for number, (body, _) in sorted(covered.signed.items()):
        file, wanted = files.pop(number, None), parsed(body).get(_FIELD) is True
        if file is None:
            if wanted and number < last:
                detail = "its time stamp is missing, and later ones are there"
                found.findings.append(Finding("removed", checkpoint=number, field=_FIELD, detail=detail))
            found.waiting += wanted and number > last
            continue
        moment = _moment(file.read_bytes(), body.encode(), authorities)
        if moment is None:
            detail = "no authority among those given made this time stamp for this checkpoint"
            found.findings.append(Finding("changed", checkpoint=number, field=_FIELD, detail=detail))
        else:
            found.times[number] = moment
    for number in sorted(files.keys() - known):
        detail = "there is a time stamp, and no such checkpoint"
        found.findings.append(Finding("removed", checkpoint=number, field=_FIELD, detail=detail))
    return found


def _moment(token: bytes, body: bytes, authorities: list[Verifier]) -> datetime | None:
    """What time an authority says it was; None when none of them says it of this body."""
    for authority in authorities:
        try:
            answer = decode_timestamp_response(token)
            authority.verify_message(answer, body)
            return answer.tst_info.gen_time
        except (VerificationError, ValueError):
            continue
    return None
