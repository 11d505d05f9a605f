"""How long an account stays locked after wrong passwords in a row."""

from __future__ import annotations

from datetime import timedelta

FREE_FAILURES = 4
LONGEST = timedelta(minutes=15)


def lock_for(failures: int) -> timedelta:
    """Nothing for the first four failures; then one minute, doubled by each further one, to 15 minutes.

    A person who mistypes loses a minute; a guesser gets about a hundred tries a day, and cannot
    keep the person out for longer than a quarter of an hour after stopping.
    """
    over = failures - FREE_FAILURES
    if over <= 0:
        return timedelta()
    return min(timedelta(minutes=1 << min(over - 1, 10)), LONGEST)
