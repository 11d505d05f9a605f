"""One-time codes by time (RFC 6238): six digits that change every 30 seconds, as authenticator apps show them."""

from __future__ import annotations

import hmac
from datetime import datetime

import pyotp

STEP = 30  # seconds; with SHA-1 and six digits what every authenticator app knows
DRIFT = 1  # how many steps the clock of a telephone may be off, either way
ISSUER = "Krabuan"
_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")


def new_secret() -> str:
    """A random secret of 160 bits (RFC 4226, section 4), in base32 as apps take it by hand."""
    return pyotp.random_base32()


def address_of(secret: str, username: str) -> str:
    """The otpauth:// address that an app reads from a QR code."""
    return pyotp.TOTP(secret, interval=STEP).provisioning_uri(name=username, issuer_name=ISSUER)


def plain(code: str) -> str:
    """What people typed, without spaces and hyphens, Thai digits as the others, in small letters."""
    return "".join(code.split()).replace("-", "").translate(_THAI_DIGITS).lower()


def step_of(secret: str, code: str, now: datetime, last: int | None) -> int | None:
    """The step that a plain code belongs to, within the drift of `now`; None when it belongs to none.

    Steps up to `last`, the one that was taken before, are over: a code that was seen cannot be used again (RFC 6238,
    section 5.2).
    """
    present = int(now.timestamp()) // STEP
    totp = pyotp.TOTP(secret, interval=STEP)
    found = None
    for step in range(present - DRIFT, present + DRIFT + 1):
        fits = hmac.compare_digest(totp.generate_otp(step).encode(), code.encode())
        if fits and (last is None or step > last):
            found = step
    return found
