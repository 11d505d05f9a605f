"""The filter of cases by who took part in them, and in which part."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select

from engine.errors import InvalidArgument
from engine.queries.noun import Context
from engine.store.tables import co_signature as cs
from engine.store.tables import deadline_record as rec
from engine.store.tables import intervention as i
from engine.store.tables import process_instance as pi
from engine.store.tables import task_candidate as tc
from engine.store.tables import user_task as t

Found = list[Select[Any]]
LONGEST_NAME = 256


def participant(value: Any, _context: Context) -> ColumnElement[bool]:
    """{username, as}: `as` are some of PARTS (all of them, if it is left out). Raises InvalidArgument."""
    if not isinstance(value, Mapping) or set(value) - {"username", "as"}:
        raise InvalidArgument("filter: participant is {username, as}")
    name, parts = name_of("participant.username", value.get("username")), value.get("as", list(PARTS))
    if not isinstance(parts, list) or not parts or not all(isinstance(p, str) and p in PARTS for p in parts):
        raise InvalidArgument(f"filter: participant.as is a list of {', '.join(PARTS)}")
    return or_(*(pi.c.key.in_(found) for part in dict.fromkeys(parts) for found in PARTS[part](name)))


def group(value: Any, _context: Context) -> ColumnElement[bool]:
    """A unit, committee or position that has, or had, a task of the case to do. Raises InvalidArgument."""
    named = (tc.c.kind == "group", tc.c.name == name_of("group", value))
    return pi.c.key.in_(select(tc.c.process_instance_key).where(*named))


def name_of(field: str, value: Any) -> str:
    """A name that something may have. Raises InvalidArgument."""
    if not isinstance(value, str) or not 1 <= len(value) <= LONGEST_NAME or "\0" in value:
        raise InvalidArgument(f"filter: {field} is a text of 1 to {LONGEST_NAME} characters")
    return value


def _started(name: str) -> Found:
    return [select(pi.c.key).where(pi.c.started_by == name)]


def _did(name: str) -> Found:
    return [select(t.c.process_instance_key).where(t.c.completed_by == name)]


def _approved(name: str) -> Found:
    """Who decided on what another asked for, signed with another, or was the second person of an extension."""
    return [
        select(i.c.process_instance_key).where(i.c.decided_by == name, i.c.state.in_(("APPROVED", "REJECTED"))),
        select(cs.c.process_instance_key).where(cs.c.signed_by == name),
        select(rec.c.process_instance_key).where(rec.c.approved_by == name),
    ]


def _stood_in(name: str) -> Found:
    return [
        select(t.c.process_instance_key).where(t.c.completed_through == name),
        select(cs.c.process_instance_key).where(cs.c.signed_through == name),
        select(i.c.process_instance_key).where(i.c.requested_by == name, i.c.on_behalf_of.is_not(None)),
        select(rec.c.process_instance_key).where(rec.c.through == name),
    ]


def _represented(name: str) -> Found:
    return [
        select(t.c.process_instance_key).where(t.c.completed_by == name, t.c.completed_through.is_not(None)),
        select(cs.c.process_instance_key).where(cs.c.signed_by == name, cs.c.signed_through.is_not(None)),
        select(i.c.process_instance_key).where(i.c.on_behalf_of == name),
        select(rec.c.process_instance_key).where(rec.c.by == name, rec.c.through.is_not(None)),
    ]


PARTS: Mapping[str, Callable[[str], Found]] = {
    "STARTED": _started,
    "DID": _did,
    "APPROVED": _approved,
    "STOOD_IN": _stood_in,
    "REPRESENTED": _represented,
}
