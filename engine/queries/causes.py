"""What open incidents have in common: those of one process at one element, of one kind and with one text, are one."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, func, select

from engine.model.actor import SYSTEM, Actor
from engine.queries.evidence import Diagrams
from engine.queries.masking import searchable
from engine.queries.noun import Field, Noun
from engine.queries.search import Search, search
from engine.queries.visibility import sees_case
from engine.store.tables import incident as inc


def incident_causes(actor: Actor) -> Noun:
    """The open incidents of the cases that the actor may see, by what they have in common. A text that may quote what
    is above the actor is empty, and so is the number of its text: such incidents stand together."""
    case_key = inc.c.process_instance_key
    text = searchable(actor, inc.c.message, case_key).label("text")
    common = (inc.c.process_id, inc.c.element_id, inc.c.error_type, text)
    grouped = (
        select(
            func.min(inc.c.key).label("key"),
            func.max(inc.c.definition_key).label("definition_key"),
            func.count().label("incidents"),
            func.count(inc.c.process_instance_key.distinct()).label("cases"),
            func.min(inc.c.created_at).label("first"),
            func.max(inc.c.created_at).label("latest"),
            func.max(inc.c.message_hash).label("hash"),
            *common,
        )
        .where(inc.c.state == "ACTIVE", sees_case(actor, case_key, inc.c.process_id))
        .group_by(*common)
        .subquery()
    )
    c = grouped.c
    return Noun(
        "IncidentCause",
        grouped,
        "causeKey",
        {
            "causeKey": Field(c.key, "key"),  # the first of its incidents
            "processDefinitionId": Field(c.process_id, "string"),
            "processDefinitionKey": Field(c.definition_key, "key"),  # the newest version that has it
            "elementId": Field(c.element_id, "string"),
            "errorType": Field(c.error_type, "enum"),
            "errorMessage": Field(c.text, "string"),
            "errorHashCode": Field(c.hash, "integer", nullable=True, filterable=False, sortable=False),
            "incidentCount": Field(c.incidents, "integer"),
            "processInstanceCount": Field(c.cases, "integer"),
            "firstDate": Field(c.first, "moment"),
            "latestDate": Field(c.latest, "moment"),
        },
    )


INCIDENT_CAUSE = incident_causes(SYSTEM)


def count_by_cause(db: Connection, actor: Actor, diagrams: Diagrams, request: Search) -> dict[str, Any]:
    """The causes {items, page}, each with the names of its process and element: {th, en} or null."""
    found = search(db, incident_causes(actor), request)
    return found | {"items": [_named(db, diagrams, item) for item in found["items"]]}


def _named(db: Connection, diagrams: Diagrams, item: dict[str, Any]) -> dict[str, Any]:
    process = diagrams(db, int(item["processDefinitionKey"]))
    node = process.nodes.get(item["elementId"])
    hidden = {} if item["errorMessage"] else {"errorHashCode": None}
    return item | hidden | {
        "processName": {"th": process.name or None, "en": process.name_en or None},
        "elementName": {"th": node.name or None if node else None, "en": node.name_en or None if node else None},
    }  # fmt: skip
