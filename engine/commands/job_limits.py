"""The bounds of what workers may say of a job, so that every value fits where it is kept."""

from __future__ import annotations

from engine.errors import InvalidArgument

MAX_WAIT_MS = 366 * 24 * 3600 * 1000
MAX_INTEGER = 2**31 - 1


def check_wait(what: str, milliseconds: int, low: int = 0) -> None:
    """Raises InvalidArgument for a time that is too short, or longer than a year."""
    if not low <= milliseconds <= MAX_WAIT_MS:
        raise InvalidArgument(f"{what} is between {low} and {MAX_WAIT_MS} milliseconds")


def check_integer(what: str, value: int, low: int = -MAX_INTEGER) -> None:
    """Raises InvalidArgument for a number that is too small or too large."""
    if not low <= value <= MAX_INTEGER:
        raise InvalidArgument(f"{what} is between {low} and {MAX_INTEGER}")
