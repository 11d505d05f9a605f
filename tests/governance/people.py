"""An office of three people and a head, and a case in which two of its steps are separated."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from engine.commands.add_person import AddPerson
from engine.commands.enter_substitution import EnterSubstitution
from engine.commands.import_organisation import ImportOrganisation
from engine.model.actor import SYSTEM, Actor
from engine.queries.people import account_of
from engine.queries.substitutions import acting_for
from tests.dsl import Office
from tests.execution.bench import diagram, flows, node, user

ORGANISATION = """
units:
  - {key: finance, th: กลุ่มการเงิน, en: Finance}
  - {key: legal, th: กลุ่มกฎหมาย, en: Legal}
positions:
  - {key: finance_head, th: หัวหน้ากลุ่มการเงิน, en: Head of finance, unit: finance, head: true}
"""
TO_FINANCE = '<zeebe:assignmentDefinition candidateGroups="finance"/>'
TO_LEGAL = '<zeebe:assignmentDefinition candidateGroups="legal"/>'
WEEK = timedelta(days=7)


def employ(office: Office) -> Office:
    """Ann works in finance and in legal, Ben and Cem in finance, Dao heads finance."""
    office.run(ImportOrganisation(ORGANISATION), SYSTEM)
    groups = {"ann": ("finance", "legal"), "ben": ("finance",), "cem": ("finance",), "dao": ("finance_head",)}
    for name, of in groups.items():
        office.run(AddPerson(name, name.title(), groups=of), SYSTEM)
    office.run(AddPerson("admin", "Administrator", roles=(("administrator", ""),)), SYSTEM)
    return office


def account(office: Office, name: str) -> Actor:
    """Who acts as this account."""
    with office.database.read() as db:
        found = account_of(db, name)
    assert found is not None
    return found.actor()


def in_the_name_of(office: Office, absent: str, substitute: str) -> Actor:
    """The substitute in the name of the absent person. Raises NoSubstitute."""
    with office.database.read() as db:
        return acting_for(db, account(office, substitute), absent, office.clock.now())


def absence(office: Office, absent: str, substitute: str, scope: str = "all", name: str = "", **shift: Any) -> EnterSubstitution:
    """From now (or `starts` later) for a week (or `lasts`)."""
    starts: datetime = office.clock.now() + shift.get("starts", timedelta())
    return EnterSubstitution(absent, substitute, starts, starts + shift.get("lasts", WEEK), scope, name)


def two_steps(duty: str = "", to_b: str = TO_FINANCE, process_id: str = "p") -> bytes:
    """Task a, then task b, for finance."""
    return diagram(
        node("startEvent", "s") + user("a", TO_FINANCE) + user("b", to_b + duty) + node("endEvent", "e")
        + flows("s a", "a b", "b e"), process_id=process_id,
    )  # fmt: skip


DIFFERENT = '<krabuan:duty type="differentFrom" element="a"/>'
SAME = '<krabuan:duty type="sameAs" element="a"/>'
NOT_STARTER = '<krabuan:duty type="differentFrom" element="starter"/>'
