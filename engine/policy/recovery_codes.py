"""Recovery codes: what opens an account instead of a lost telephone, each of them once."""

from __future__ import annotations

import secrets

HOW_MANY = 10
LENGTH = 10  # of 32 signs each: 50 bits, which the lock-out keeps from being guessed
_SIGNS = "0123456789abcdefghjkmnpqrstvwxyz"  # no i, l, o, u: what is read from paper is not mistaken
_READ_AS = str.maketrans("ilo", "110")


def new_codes() -> list[str]:
    """Ten different random codes, as `xxxxx-xxxxx`."""
    found: set[str] = set()
    while len(found) < HOW_MANY:
        found.add("".join(secrets.choice(_SIGNS) for _ in range(LENGTH)))
    return [f"{code[:5]}-{code[5:]}" for code in found]


def as_kept(code: str) -> str | None:
    """A plain code (see totp.plain) in the form that is compared; None for what can be none."""
    read = code.translate(_READ_AS)
    return read if len(read) == LENGTH and set(read) <= set(_SIGNS) else None
