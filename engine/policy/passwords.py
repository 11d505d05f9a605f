"""Which passwords are refused: NIST SP 800-63B asks for length, not for kinds of characters, and for no common ones."""

from __future__ import annotations

from engine.errors import InvalidArgument

SHORTEST, LONGEST = 8, 1024
_STEMS = frozenset(
    "password passw pass admin administrator root user guest demo test welcome letmein login master secret dragon"
    " monkey football baseball superman batman sunshine princess iloveyou trustno qwerty azerty asdfgh zxcvbn krabuan"
    " thailand bangkok changeme default".split()
)
_ROWS = ("01234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm", "1qaz2wsx3edc4rfv5tgb")
_PLAIN = str.maketrans("@4301$5!7", "aaeoissit")  # the usual disguises of letters


class WeakPassword(InvalidArgument):
    """This password is too easy to guess; choose a longer or less common one."""

    code = "weak-password"
    th = "รหัสผ่านนี้เดาง่ายเกินไป กรุณาเลือกรหัสผ่านที่ยาวกว่าหรือไม่เป็นที่รู้จักทั่วไป"


def check_password(password: str, username: str) -> None:
    """Raise InvalidArgument for a password of fewer than 8 or more than 1024 characters, WeakPassword for one that is
    the user name, a common password or a row of keys, with digits and signs around it or in the place of letters."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise InvalidArgument(f"a password has {SHORTEST} to {LONGEST} characters")
    lower = password.casefold()
    core = lower.strip("".join(c for c in lower if not c.isalpha()))  # without what stands around it
    forms = {lower, *("".join(c for c in text if c.isalpha()) for text in (lower, core.translate(_PLAIN)))}
    name = username.casefold()
    if forms & (_STEMS | {name}) or len(set(lower)) < 3 or (len(name) > 3 and name in lower) or _in_a_row(lower):
        raise WeakPassword()


def _in_a_row(text: str) -> bool:
    return any(text in row * 2 or text in row[::-1] * 2 for row in _ROWS)
