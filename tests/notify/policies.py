"""Small processes with reminders, and what they told whom: for the tests of this folder."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import insert

from engine.store import tables as t
from tests.dsl import START, Office, person
from tests.execution.bench import diagram, flows, node, user

ANN, BOB = person("ann", "finance"), person("bob", "finance")
GROUPS = '<zeebe:assignmentDefinition candidateGroups="finance" candidateUsers="zoe"/>'
STEP = '<krabuan:step key="k" number="1" standardTime="P10D" calendar="calendar"/>'


def remind(**attributes: str) -> str:
    """A krabuan:reminder."""
    return "<krabuan:reminder " + " ".join(f'{k}="{v}"' for k, v in attributes.items()) + "/>"


def process(extra: str = "", assignment: str = GROUPS, step: str = STEP, policy: str = "") -> bytes:
    """One task, by default of ten days; the process belongs to the unit `ict`, and has a `policy`."""
    facts = f'<bpmn:extensionElements><krabuan:process ownerUnit="ict"/>{policy}</bpmn:extensionElements>'
    return diagram(
        facts + node("startEvent", "s") + user("a", assignment + step + extra) + node("endEvent", "e") + flows("s a", "a e")
    )


def within(box: str, *tasks: str, policy: str = "") -> bytes:
    """Tasks one after the other in a sub-process with these extension elements."""
    names = ["is", *(f"t{n}" for n in range(len(tasks)))]
    inner = node("startEvent", "is") + "".join(user(f"t{n}", GROUPS + own) for n, own in enumerate(tasks))
    inner += flows(*(f"{a} {b}" for a, b in pairwise(names))).replace('id="f', 'id="i')
    sub = f'<bpmn:subProcess id="sub"><bpmn:extensionElements>{box}</bpmn:extensionElements>{inner}</bpmn:subProcess>'
    return diagram(f"<bpmn:extensionElements>{policy}</bpmn:extensionElements>" + node("startEvent", "s") + sub + flows("s sub"))


def group(office: Office, key: str, head_of: str | None = None, kind: str = "unit", parent: str | None = None) -> None:
    """A unit, or a position (`kind`) of the unit `parent`."""
    with office.database.write() as db:
        db.execute(insert(t.group_), {"key": key, "kind": kind, "th": key, "en": key, "parent": parent, "head_of": head_of})


def people(office: Office, *names: str, group: str | None = None) -> None:
    """Persons with accounts, members of a group."""
    with office.database.write() as db:
        for name in names:
            db.execute(insert(t.person), {"username": name, "display_name": name, "active": True})
            if group is not None:
                db.execute(insert(t.membership), {"group_key": group, "username": name})


def told(office: Office) -> list[tuple[float, str, str]]:
    """(days after the start, about, to whom) of every notification, in order."""
    return [
        ((row.created_at - START) / timedelta(days=1), row.about, f"{row.recipient_kind}:{row.recipient}")
        for row in office.rows(t.notification)
    ]


def begin(office: Office, xml: bytes, **variables: Any) -> Office:
    """Deploy it, start a case."""
    office.deploy(xml)
    office.start(**variables)
    return office
