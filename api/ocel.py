"""Cases as an object-centric event log in OCEL 2.0 (JSON): cases, tasks, people and groups are its objects."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import orjson

from api.csv_table import LANGUAGES
from engine.queries.event_log import CaseLog, Work

JSON = "application/json"
_OBJECTS = {
    "case": ("processDefinitionId", "processDefinitionVersion", "state", "businessId"),
    "task": ("elementId",),
    "person": (),
    "group": (),
}
_EVENTS = ("transition", "elementId", "elementType", "processDefinitionId")
_INTEGERS = frozenset({"processDefinitionVersion"})
Thing = dict[str, Any]


def ocel(cases: Iterable[CaseLog], language: str) -> bytes:
    """The whole log; names of steps, which are its event types, are in a language of LANGUAGES."""
    made = _Log(LANGUAGES.index(language))
    logs = list(cases)
    for log in logs:
        made.add_case(log)
    return orjson.dumps(made.whole({str(log.case["processInstanceKey"]) for log in logs}))


class _Log:
    def __init__(self, n: int) -> None:
        self._n = n
        self._types: dict[str, None] = {}
        self._events: list[Thing] = []
        self._objects: dict[str, Thing] = {}
        self._parents: list[tuple[str, str]] = []

    def add_case(self, log: CaseLog) -> None:
        """The case, its tasks, and what was done."""
        case = log.case
        key = str(case["processInstanceKey"])
        told = [(name, case[name]) for name in _OBJECTS["case"] if case[name] is not None]
        self._object("case", key, told, case["startDate"])
        if case["parentProcessInstanceKey"]:
            self._parents.append((key, str(case["parentProcessInstanceKey"])))
        for event in log.events:
            self._add_event(case, key, event)

    def _add_event(self, case: Any, key: str, event: Work) -> None:
        related = [(_id("case", key), "case"), (self._object("person", event.resource), "resource")]
        if event.on_behalf_of is not None:
            related.append((self._object("person", event.on_behalf_of), "on behalf of"))
        if event.element_type == "USER_TASK":
            told = [("elementId", event.element_id)]
            task = self._object("task", event.instance, told, event.at, [(_id("case", key), "task of")])
            related += [(task, "task"), *((self._object("group", group), "candidate") for group in event.groups)]
        name = event.name[self._n]
        self._types[name] = None
        values = (event.transition, event.element_id, event.element_type, case["processDefinitionId"])
        self._events.append({
            "id": f"{key}:{event.sequence}", "type": name, "time": event.at,
            "attributes": [{"name": n, "value": value} for n, value in zip(_EVENTS, values, strict=True)],
            "relationships": _related(related),
        })  # fmt: skip

    def _object(
        self, kind: str, name: str, told: Iterable[tuple[str, Any]] = (), at: str = "",
        related: Iterable[tuple[str, str]] = (),
    ) -> str:  # fmt: skip
        id_ = _id(kind, name)
        if id_ not in self._objects:
            attributes = [{"name": n, "value": value, "time": at} for n, value in told]
            self._objects[id_] = {
                "id": id_, "type": kind, "attributes": attributes, "relationships": _related(related),
            }  # fmt: skip
        return id_

    def whole(self, cases: set[str]) -> Thing:
        """The log; a case names the case that called it if that one is in the log."""
        for child, parent in self._parents:
            if parent in cases:
                self._objects[_id("case", child)]["relationships"] += _related([(_id("case", parent), "called by")])
        return {
            "eventTypes": [{"name": name, "attributes": [_typed(n) for n in _EVENTS]} for name in self._types],
            "objectTypes": [{"name": kind, "attributes": [_typed(n) for n in of]} for kind, of in _OBJECTS.items()],
            "events": self._events,
            "objects": list(self._objects.values()),
        }


def _id(kind: str, name: str) -> str:
    return f"{kind}:{name}"


def _typed(name: str) -> dict[str, str]:
    return {"name": name, "type": "integer" if name in _INTEGERS else "string"}


def _related(to: Iterable[tuple[str, str]]) -> list[Thing]:
    return [{"objectId": id_, "qualifier": qualifier} for id_, qualifier in to]
