"""What auditors look for among all cases: control points, deadlines, interventions, a period, words that were written.

Each is a filter of the search of cases, of its own kind; DESCRIBED says to callers what each takes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from sqlalchemy import ColumnElement, and_, or_, select

from engine.errors import InvalidArgument
from engine.queries.filters import compile_field, contains, read_moment
from engine.queries.masking import masked_variable, reach
from engine.queries.noun import Context, Kind, Special
from engine.queries.participants import PARTS, group, participant
from engine.queries.visibility import contents_too
from engine.store.tables import comment, history_event, variable
from engine.store.tables import control_point_result as cpr
from engine.store.tables import deadline as dl
from engine.store.tables import process_definition as pd
from engine.store.tables import process_instance as pi

LONGEST_WORDS = 200
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
_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")


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


def _words(value: Any, context: Context) -> ColumnElement[bool]:
    """In the number and the name of the case; and, for who may read what it holds, in its comments and its data."""
    if not isinstance(value, str) or not 1 <= len(value.strip()) <= LONGEST_WORDS or "\0" in value:
        raise InvalidArgument(f"filter: words is a text of 1 to {LONGEST_WORDS} characters")
    ways = spellings(value.strip())
    called = select(pd.c.key).where(_any_of((pd.c.process_id, pd.c.name, pd.c.name_en), ways))
    own = or_(_any_of((pi.c.business_id,), ways), pi.c.definition_key.in_(called))
    return or_(own, and_(contents_too(context.actor, pi.c.key, pi.c.process_id), _inside(ways, context)))


def _inside(ways: Sequence[str], context: Context) -> ColumnElement[bool]:
    """Which cases hold it is found first, and only of these it is asked what may be seen."""
    row, found = variable.alias(), variable.alias()
    written = [orjson.dumps(way).decode()[1:-1] for way in ways]
    said = _one_among(comment.c.process_instance_key, _any_of((comment.c.text,), ways), context)
    holding = _one_among(found.c.process_instance_key, _any_of((found.c.value,), written), context)
    seen = ~masked_variable(reach(context.actor), row.c, pi.c.root_key)
    held = (row.c.process_instance_key == pi.c.key, _any_of((row.c.value,), written), seen)
    return or_(said, and_(holding, select(row.c.key).where(*held).exists()))


def _one_among(key: ColumnElement[Any], where: ColumnElement[bool], context: Context) -> ColumnElement[bool]:
    """Whether the case is one of a table's. SQLite is told to read the table through once; PostgreSQL does by itself,
    unless what it finds would be too much to remember."""
    if context.dialect == "sqlite":
        return pi.c.key.in_(select(key).where(where))
    return select(key).where(key == pi.c.key, where).exists()


def _any_of(columns: Sequence[ColumnElement[Any]], ways: Sequence[str]) -> ColumnElement[bool]:
    return or_(*(contains(column, way) for column in columns for way in ways))


def spellings(text: str) -> list[str]:
    """The text as different keyboards write it: digits Thai or Arabic, sara am as one character or as two."""
    one = text.replace("\u0e4d\u0e32", "\u0e33")
    ways = [text, *(w for form in (one, one.replace("\u0e33", "\u0e4d\u0e32")) for w in (form, form.translate(_THAI)))]
    ways += [form.translate(_ARABIC) for form in (one, one.replace("\u0e33", "\u0e4d\u0e32"))]
    return list(dict.fromkeys(ways))


AUDIT_FILTERS: Mapping[str, Special] = {
    "participant": participant,
    "group": group,
    "activeDuring": _active_during,
    "controlPoint": _one_of("controlPoint", cpr, _POINT),
    "deadline": _one_of("deadline", dl, _DEADLINE),
    "intervened": _intervened,
    "words": _words,
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
