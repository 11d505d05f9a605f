"""What the events of one case tell, put in order: who took part, which steps, control points, clocks and decisions
there were, and what the data were in the end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from engine.model.diagram import Node

Event = Mapping[str, Any]
Nodes = Mapping[str, Node]
_POINTS = ("control-point-passed", "control-point-failed", "control-point-waived")
_ENDS = {"element-completed": "completed", "element-terminated": "terminated"}
_STEPS = ("_TASK", "CALL_ACTIVITY")


def story(events: Iterable[Event], nodes: Nodes) -> dict[str, Any]:
    """Keys: parties, steps, controlPoints, deadlines, decisions, documents, comments, variables; each in the order of
    history. Names of steps and texts of control points are {th, en} of the version that `nodes` are of."""
    told = list(events)
    return {
        "parties": _parties(told),
        "steps": _steps(told, nodes),
        "controlPoints": [_point(event, nodes) for event in told if event["type"] in _POINTS],
        "deadlines": _deadlines(told),
        "decisions": [_decision(event, nodes) for event in told if event["type"] == "decision-evaluated"],
        "documents": _documents(told),
        "comments": [_comment(event) for event in told if event["type"] == "comment-written"],
        "variables": _variables(told),
    }


def name_of(element: str | None, nodes: Nodes) -> dict[str, str | None]:
    """The name of an element in both languages."""
    node = nodes.get(element or "")
    th = (node.name if node is not None else "") or element
    return {"th": th, "en": (node.name_en if node is not None else "") or th}


def _parties(events: Iterable[Event]) -> list[dict[str, Any]]:
    """Each who acted, in whose name, how often, and when first and last."""
    found: dict[tuple[str, str | None], dict[str, Any]] = {}
    for event in events:
        key = event["actor"], event["onBehalfOf"]
        one = found.setdefault(key, {"actor": key[0], "onBehalfOf": key[1], "events": 0, "first": event["at"]})
        one["events"] += 1
        one["last"] = event["at"]
    return list(found.values())


def _steps(events: Iterable[Event], nodes: Nodes) -> list[dict[str, Any]]:
    """Each time that a task or a called process was entered: when, and how it ended, and by whom."""
    found: dict[Any, dict[str, Any]] = {}
    for event in events:
        key = event["elementInstanceKey"]
        if event["type"] == "element-activated" and str(event["data"].get("type", "")).endswith(_STEPS):
            node = nodes.get(event["elementId"])
            number = None if node is None or node.step is None else node.step.number
            found[key] = {
                "elementId": event["elementId"], "elementInstanceKey": str(key), "number": number,
                "name": name_of(event["elementId"], nodes), "entered": event["at"], "ended": None, "state": "active",
                "endedBy": None, "onBehalfOf": None,
            }  # fmt: skip
        elif event["type"] in _ENDS and key in found:
            found[key] |= {
                "ended": event["at"], "state": _ENDS[event["type"]], "endedBy": event["actor"],
                "onBehalfOf": event["onBehalfOf"],
            }  # fmt: skip
    return list(found.values())


def _point(event: Event, nodes: Nodes) -> dict[str, Any]:
    data, node = event["data"], nodes.get(event["elementId"])
    text = next((p.text for p in node.control_points if p.id == data.get("controlPoint")), None) if node else None
    return {
        "controlPointId": data.get("controlPoint"), "state": event["type"].rpartition("-")[2], "at": event["at"],
        "by": event["actor"], "elementId": event["elementId"], "step": name_of(event["elementId"], nodes),
        "text": None if text is None else {"th": text.th or None, "en": text.en or None}, "detail": data.get("detail"),
    }  # fmt: skip


_OF_CLOCKS: Mapping[str, Callable[[Event], dict[str, Any]]] = {
    "deadline-started": lambda e: {"startedAt": e["data"].get("startedAt"), "dueAt": e["data"].get("dueAt")},
    "deadline-moved": lambda e: {"dueAt": e["data"].get("dueAt")},
    "deadline-extended": lambda e: {"extended": True},
    "deadline-missed": lambda e: {"state": "MISSED"},
    "deadline-out-of-term": lambda e: {"state": "OUT_OF_TERM"},
    "deadline-resumed": lambda e: {"stoppedAt": None, "dueAt": e["data"].get("dueAt")},
    "deadline-stopped": lambda e: {"stoppedAt": e["data"].get("stoppedAt"), "reasons": e["data"].get("lateReasons")},
}


def _deadlines(events: Iterable[Event]) -> list[dict[str, Any]]:
    """Each clock as it stood at the end."""
    found: dict[tuple[Any, Any], dict[str, Any]] = {}
    for event in events:
        tell, data = _OF_CLOCKS.get(event["type"]), event["data"]
        if tell is None or "deadline" not in data:
            continue
        new = {"deadlineId": data["deadline"], "kind": None, "state": None, "startedAt": None, "dueAt": None}
        new |= {"stoppedAt": None, "extended": False, "reasons": None}
        one = found.setdefault((data["deadline"], event["elementInstanceKey"]), new)
        one |= {name: data[name] for name in ("kind", "state") if name in data}
        one |= tell(event)
    return list(found.values())


def _decision(event: Event, nodes: Nodes) -> dict[str, Any]:
    data = event["data"]
    names = ("decisionId", "decisionName", "version", "output", "failure", "evaluated")
    place = {"at": event["at"], "elementId": event["elementId"], "step": name_of(event["elementId"], nodes)}
    return place | {name: data.get(name) for name in names}


def _comment(event: Event) -> dict[str, Any]:
    return {"at": event["at"], "by": event["actor"], "text": event["data"].get("text")}


def _documents(events: Iterable[Event]) -> list[dict[str, Any]]:
    """Those that were there in the end."""
    found: dict[Any, dict[str, Any]] = {}
    for event in events:
        data = event["data"]
        if event["type"] == "document-added":
            names = ("document", "fileName", "contentType", "size", "sha256")
            found[data.get("document")] = {"at": event["at"], "by": event["actor"]} | {n: data.get(n) for n in names}
        elif event["type"] in ("document-deleted", "document-expired"):
            found.pop(data.get("document"), None)
    return list(found.values())


def _variables(events: Iterable[Event]) -> list[dict[str, Any]]:
    """The last value of each, by scope and name."""
    found: dict[tuple[str, str], Any] = {}
    for event in events:
        data = event["data"]
        if event["type"] == "variable-set" and "name" in data:
            found[str(data.get("scope")), str(data["name"])] = data.get("value")
    return [{"scope": scope, "name": name, "value": value} for (scope, name), value in sorted(found.items())]
