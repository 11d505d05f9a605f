"""Time arithmetic: durations, cycles, working time, Thai dates. Pure: no clock, no database, nothing of ours.

Every function takes the moments it works on. Moments are aware ``datetime`` values; results are in UTC. A zone is the
name of an IANA zone. What cannot be understood or lies outside the years 1 to 9999 raises :class:`CalendarError`.
"""

from engine.calendar.errors import CalendarError

DEFAULT_ZONE = "Asia/Bangkok"

__all__ = ["DEFAULT_ZONE", "CalendarError"]
