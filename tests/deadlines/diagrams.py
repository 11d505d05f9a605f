"""Diagrams with clocks, and what tests look at of them."""

from __future__ import annotations

from typing import Any

from engine.store import tables as t
from tests.dsl import Office
from tests.execution.bench import diagram, flows, node, user

NOW = "2026-04-10T16:00:00+07:00"  # what the office's clock says
S, E = node("startEvent", "s"), node("endEvent", "e")
LATE = 'duration="PT72H" lateUntil="P15D" lateReasonsField="why"'


def clock(id: str = "dl", stop: str = "b", more: str = 'duration="PT72H"', **attributes: str) -> str:
    """A deadline that counts from the variable `aware_at`."""
    said = "".join(f' {k}="{v}"' for k, v in attributes.items())
    return f'<krabuan:deadline id="{id}" from="=aware_at" stoppedBy="{stop}" {more}{said}/>'


def boxed(*inside: str) -> str:
    return f"<bpmn:extensionElements>{''.join(inside)}</bpmn:extensionElements>"


def process(*inside: str) -> bytes:
    """Tasks a, b, c one after the other, in a process that has these extension elements."""
    return diagram(boxed(*inside) + S + user("a") + user("b") + user("c") + E + flows("s a", "a b", "b c", "c e"))


def clocks(office: Office) -> list[Any]:
    return office.rows(t.deadline)


def states(office: Office) -> list[str]:
    return [row.state for row in clocks(office)]


def records(office: Office, *kinds: str) -> list[Any]:
    """What the register keeps, in order."""
    return [row for row in office.rows(t.deadline_record) if not kinds or row.kind in kinds]
