"""What auditors look for among all cases: control points, deadlines, interventions, a period, words that were written.

Each is a filter of the search of cases, of its own kind; DESCRIBED says to callers what each takes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from engine.errors import InvalidArgument
from engine.queries.filters import compile_field, read_moment
from engine.queries.noun import Context, Kind, Special
from engine.queries.participants import PARTS, group, participant
from engine.queries.words import LONGEST_WORDS, words_sought
from engine.store.tables import control_point_result as cpr
from engine.store.tables import deadline as dl
from engine.store.tables import history_event
from engine.store.tables import process_instance as pi

# what is done to a case from outside its diagram -> the events of history that tell of it
INTERVENTIONS: Mapping[str, tuple[str, ...]] = {
    "cancel": ("instance-cancelled",),
    "modify": ("instance-modified",),
    "migrate": ("instance-migrated",),
    "changeTimer": ("due-time-changed",),
    "resolve": ("incident-resolution", "incidents-resolution"),
    "waive": ("control-point-waived", "control-point-waiver-granted"),
    "extend": ("deadline-extended",),
    "correct": ("variables-corrected",),
    "suspend": ("instance-suspended",),
}
_POINT: Mapping[str, tuple[str, Kind]] = {
    "state": ("state", "enum"), "controlPointId": ("control_point_id", "string"),
    "recordedAt": ("recorded_at", "moment"), "recordedBy": ("recorded_by", "string"),
}  # fmt: skip
_DEADLINE: Mapping[str, tuple[str, Kind]] = {
    "state": ("state", "enum"), "deadlineId": ("deadline_id", "string"), "kind": ("kind", "string"),
    "dueAt": ("due_at", "moment"), "extendedUntil": ("extended_until", "moment"),
}  # fmt: skip


def _one_of(name: str, table: Any, members: Mapping[str, tuple[str, Kind]]) -> Special:
    """Whether one row of the table, of the case, fulfils everything that is asked of it."""

    def condition(value: Any, context: Context) -> ColumnElement[bool]:
        if not isinstance(value, Mapping) or set(value) - set(members):
            raise InvalidArgument(f"filter: {name} has the members {', '.join(members)}")
        asked = [
            one
            for member, wanted in value.items()
            if wanted is not None
            for column, kind in [members[member]]
            for one in compile_field(f"{name}.{member}", table.c[column], kind, wanted, context)
        ]
        return pi.c.key.in_(select(table.c.process_instance_key).where(*asked))

    return condition


def _intervened(value: Any, _context: Context) -> ColumnElement[bool]:
    if not isinstance(value, list) or not value or not all(isinstance(v, str) and v in INTERVENTIONS for v in value):
        raise InvalidArgument(f"filter: intervened is a list of {', '.join(INTERVENTIONS)}")
    h, types = history_event.c, sorted({event for kind in value for event in INTERVENTIONS[kind]})
    return select(h.sequence).where(h.process_instance_key == pi.c.key, h.type.in_(types)).exists()


def _active_during(value: Any, _context: Context) -> ColumnElement[bool]:
    """Begun before the period ended, and not ended before it began."""
    if not isinstance(value, Mapping) or set(value) - {"from", "until"}:
        raise InvalidArgument("filter: activeDuring is {from, until}")
    found = []
    if (until := value.get("until")) is not None:
        found.append(pi.c.started_at <= read_moment("activeDuring.until", until))
    if (begins := value.get("from")) is not None:
        found.append(or_(pi.c.ended_at.is_(None), pi.c.ended_at >= read_moment("activeDuring.from", begins)))
    return and_(True, *found)


AUDIT_FILTERS: Mapping[str, Special] = {
    "participant": participant,
    "group": group,
    "activeDuring": _active_during,
    "controlPoint": _one_of("controlPoint", cpr, _POINT),
    "deadline": _one_of("deadline", dl, _DEADLINE),
    "intervened": _intervened,
    "words": lambda value, context: words_sought(value, context).condition,
}
DESCRIBED: Mapping[str, str] = {
    "participant": f"{{username, as}}: who took part in the case; `as` are some of {', '.join(PARTS)}: began it, "
    "completed a task of it, decided or signed, did something as a substitute, had something done by a substitute",
    "group": "the key of a unit, committee or position that has, or had, a task of the case",
    "activeDuring": "{from, until}, moments of which one may be missing: cases that ran at some time between them",
    "controlPoint": "cases with a result of a control point that fulfils all of {state, controlPointId, recordedAt, "
    "recordedBy}; `state` is PASSED, FAILED or WAIVED",
    "deadline": "cases with a deadline that fulfils all of {state, deadlineId, kind, dueAt, extendedUntil}; `state` is "
    "RUNNING, KEPT, MISSED, LATE, OUT_OF_TERM or CANCELLED; extended ones have {extendedUntil: {$exists: true}}",
    "intervened": f"cases to which one of these was done: {', '.join(INTERVENTIONS)}",
    "words": f"words (up to {LONGEST_WORDS} characters) in the number of the case, the name of its process, its "
    "comments and its data, as far as one may read them; digits may be Thai or Arabic",
    "variables": "[{name, value}]: variables of the case; `value` is JSON text, or operators on it ($gt, $gte, $lt and "
    "$lte compare numbers with numbers, and texts with texts)",
    "text": "words in the number of the case and the name of its process",
    "tags": "a list of tags, all of which the case has",
    "errorMessage": "the text of an open incident of the case, or operators on it",
    "hasRetriesLeft": "whether a job of the case failed and will be tried again",
    "incidentErrorHashCode": "the number of the text of an open incident of the case",
}
