"""What a scenario names must exist: elements of diagrams, accounts, groups, control points, deadlines, processes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.model.diagram import Process
from engine.model.faults import Fault
from engine.scenarios.reading import Scenario, Step

# kind of name: what a person calls it
_CALLED = {
    "accounts": ("ไม่มีบัญชี", "there is no account"),
    "groups": ("ไม่มีกลุ่ม", "there is no group"),
    "elements": ("แผนภาพไม่มีองค์ประกอบ", "no diagram has the element"),
    "points": ("แผนภาพไม่มีจุดควบคุม", "no diagram has the control point"),
    "deadlines": ("แผนภาพไม่มีกำหนดเวลา", "no diagram has the deadline"),
    "processes": ("ไม่มีกระบวนงาน", "there is no process"),
}
Named = tuple[str, Any]  # a kind of `_CALLED`, and the name


@dataclass(frozen=True, slots=True)
class Names:
    """What there is, by the kinds of `_CALLED`."""

    known: Mapping[str, frozenset[str]]


def names_of(
    processes: Iterable[Process], accounts: Iterable[str], groups: Iterable[str], others: Iterable[str] = ()
) -> Names:
    """Of all content that is deployed together; `others` are the ids of further processes."""
    found: dict[str, set[str]] = {kind: set() for kind in _CALLED}
    for process in processes:
        found["processes"].add(process.id)
        found["elements"] |= {*process.nodes, *process.flows}
        found["points"] |= {p.id for node in process.nodes.values() for p in node.control_points}
        found["deadlines"] |= {d.id for d in process.deadlines}
    found["processes"] |= set(others)
    found["accounts"], found["groups"] = set(accounts), set(groups)
    return Names({kind: frozenset(names) for kind, names in found.items()})


def faults_of_names(scenario: Scenario, names: Names) -> list[Fault]:
    """Every name that is none, with the place where it stands."""
    found = [_fault(scenario.file, None, named) for named in _of_start(scenario) if not _is_known(named, names)]
    for step in scenario.steps:
        found += [_fault(step.place, step.number, named) for named in _of_step(step) if not _is_known(named, names)]
    return found


def _is_known(named: Named, names: Names) -> bool:
    kind, name = named
    return name is None or name in names.known[kind]


def _fault(place: str, number: int | None, named: Named) -> Fault:
    th, en = _CALLED[named[0]]
    steps = ("", "") if number is None else (f"ขั้นที่ {number}: ", f"Step {number}: ")
    return Fault(place, None, "scenario", f"{steps[0]}{th} {named[1]}", f"{steps[1]}{en} {named[1]}")


def _of_start(scenario: Scenario) -> Iterator[Named]:
    yield "processes", scenario.process
    for event in scenario.start.get("events") or [scenario.start]:
        yield "accounts", event.get("as")
        yield "elements", event.get("timer")


def _of_step(step: Step) -> Iterator[Named]:
    what = step.what
    if step.kind == "expect":
        yield from _of_expectations(what)
    elif step.kind == "task":
        yield "elements", what
        yield "accounts", step.beside.get("as")
        yield from _of_expectations(step.beside.get("expect") or {})
    elif isinstance(what, Mapping):
        yield "accounts", what.get("as")
        yield "accounts", what.get("approvedBy")
        yield "elements", what.get("task")
        yield "points", what.get("controlPoint")
    refused = step.beside.get("refused")
    for point in (refused.get("controlPoints") or ()) if isinstance(refused, Mapping) else ():
        yield "points", point


def _of_expectations(expected: Mapping[str, Any]) -> Iterator[Named]:
    for kind, members in (
        ("elements", "waiting"), ("elements", "taken"), ("points", "controlPoints"), ("deadlines", "deadlines"),
        ("processes", "started"), ("groups", "groups"), ("accounts", "users"),
    ):  # fmt: skip
        for name in expected.get(members) or ():
            yield kind, name
    yield "accounts", expected.get("assignee")
