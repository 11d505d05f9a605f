"""Whether anybody hears of what leaves the service; most tasks of an office where nobody does cost nothing then."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, literal, select, union_all

from engine.store.prepared import Prepared
from engine.store.tables import person, push_address, webhook

GOOD_FOR = timedelta(minutes=1)  # what no stamp tells of is looked at again then
_P, _A, _W = person.c, push_address.c, webhook.c
_ANYBODY = Prepared(
    union_all(
        select(literal(1)).where(select(_P.username).where(_P.active, _P.email.is_not(None)).exists()),
        select(literal(1)).where(select(_A.key).exists()),
        select(literal(1)).where(select(_W.key).where(_W.active).exists()),
    )
)


class Listening:
    """The cache of one server process. Safe to share between threads: asked twice at once, it looks twice."""

    def __init__(self) -> None:
        self._known: tuple[str, datetime, bool] | None = None

    def anybody(self, db: Connection, stamp: str, now: datetime) -> bool:
        """At this stamp (store/directory.py), and within a minute of when it was looked at last."""
        known = self._known
        if known is None or known[0] != stamp or not timedelta() <= now - known[1] < GOOD_FOR:
            known = self._known = (stamp, now, bool(_ANYBODY.rows(db, {})))
        return known[2]
