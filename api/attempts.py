"""One attempt to sign in at an identity provider, and how it can fail."""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass

from engine.errors import Busy, Unauthorized


class ProviderRefused(Unauthorized):
    """The identity provider did not confirm this sign-in; please try again."""

    code = "provider-refused"
    th = "ผู้ให้บริการยืนยันตัวตนไม่ได้ยืนยันการเข้าสู่ระบบครั้งนี้ โปรดลองใหม่"


class ProviderUnreachable(Busy):
    """The identity provider does not answer; please try again later."""

    code = "provider-unreachable"
    th = "ติดต่อผู้ให้บริการยืนยันตัวตนไม่ได้ โปรดลองใหม่ภายหลัง"


@dataclass(frozen=True, slots=True)
class Attempt:
    """What one browser's attempt is known by; it lies in a cookie of that browser until it comes back."""

    state: str
    nonce: str
    verifier: str

    @classmethod
    def new(cls) -> Attempt:
        """Random throughout; the verifier has 86 characters (RFC 7636: 43 to 128)."""
        return cls(secrets.token_urlsafe(24), secrets.token_urlsafe(24), secrets.token_urlsafe(64))

    def told(self) -> dict[str, str]:
        """As JSON has it."""
        return asdict(self)
