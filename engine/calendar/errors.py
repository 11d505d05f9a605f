"""The one error of this room."""

from __future__ import annotations


class CalendarError(ValueError):
    """A date, duration, cycle or zone that cannot be understood or computed.

    ``value`` is the text as given, ``reason`` an English sentence without the value.
    """

    def __init__(self, value: object, reason: str) -> None:
        super().__init__(f"{str(value)[:200]!r}: {reason}")
        self.value = value
        self.reason = reason
