"""Which passwords are refused: NIST SP 800-63B asks for length, not for kinds of characters, and for none that is
known or easy to guess.

How many guesses a password would take is estimated by zxcvbn, which knows 30,000 passwords that were found in breaches,
names, words and rows of keys, and the usual ways to disguise them.
"""

from __future__ import annotations

import secrets
from datetime import timedelta

from engine.errors import InvalidArgument

SHORTEST, LONGEST = 8, 1024
FEWEST_GUESSES = 10**8  # zxcvbn's "safely unguessable" against whoever is limited by our lock-out and argon2
# words of our own place, which who guesses here would try first (docs/reference/asvs.md, V6.1.2)
WORDS = ("krabuan", "กระบวน", "กระทรวง", "สำนักงาน", "ministry", "office", "thailand", "bangkok")
ONE_TIME_LASTS = timedelta(days=7)
_SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"  # what is read from paper is not mistaken: no 0 o, 1 i l
_ESTIMATED = 64  # characters: a longer one is not easier to guess than its beginning, and the estimate takes time


class WeakPassword(InvalidArgument):
    """This password is too easy to guess; choose a longer or less common one."""

    code = "weak-password"
    th = "รหัสผ่านนี้เดาง่ายเกินไป โปรดเลือกรหัสผ่านที่ยาวกว่าหรือไม่เป็นที่รู้จักทั่วไป"


def check_password(password: str, username: str) -> None:
    """Raise InvalidArgument for a password of fewer than 8 or more than 1024 characters, WeakPassword for one that
    holds the user name or takes fewer than a hundred million guesses."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise InvalidArgument(f"a password has {SHORTEST} to {LONGEST} characters")
    name = username.casefold()
    if len(name) > 3 and name in password.casefold():
        raise WeakPassword()
    # its lists of words take 12 MiB, which a service does without until somebody chooses a password
    from zxcvbn import zxcvbn

    if zxcvbn(password[:_ESTIMATED], user_inputs=[name, *WORDS])["guesses"] < FEWEST_GUESSES:
        raise WeakPassword()


def new_password() -> str:
    """A random password of 79 bits, as `xxxx-xxxx-xxxx-xxxx`, for a person to type once."""
    return "-".join("".join(secrets.choice(_SIGNS) for _ in range(4)) for _ in range(4))
