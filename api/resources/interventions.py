"""Interventions that wait for a second person: asked for, found, approved, rejected, withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response
from marshmallow import Schema

from api.blueprint import Room, argument_doc, load_object
from api.context import note, read, run, runtime
from api.exports import TABLE, conditions, language_asked, largest, table_file
from api.intervention_csv import interventions_csv
from api.resources.deadlines import extension
from api.resources.operations import due_time, migration, modification
from api.schemas.deadlines import ExtensionBody
from api.schemas.interventions import (
    ApprovalBody,
    Intervention,
    InterventionBody,
    InterventionResult,
    InterventionSearch,
    RejectionBody,
    RequestedIntervention,
    WaiverRequestBody,
)
from api.schemas.operations import DueTimeBody, MigrationBody, ModificationBody, ReasonBody
from api.views import diagram, wanted
from engine.commands.cancel_instance import CancelInstance
from engine.commands.decide_intervention import ApproveIntervention, RejectIntervention, WithdrawIntervention
from engine.commands.request_intervention import RequestIntervention
from engine.commands.resolve_incident import ResolveIncident
from engine.commands.waive_control_point import WaiveControlPoint
from engine.queries.filters import read_key
from engine.queries.interventions import get_intervention, search_interventions

blp = Room("interventions", __name__, url_prefix="/v2/interventions", description="What waits for a second person")
READ, DECIDE = "intervention:read", "intervention:decide"
# the body of the operation itself, and its command
ASKED: dict[str, tuple[type[Schema], Callable[[dict[str, Any], int], Any]]] = {
    "cancel": (ReasonBody, lambda body, key: CancelInstance(key, body["reason"])),
    "modify": (ModificationBody, modification),
    "migrate": (MigrationBody, migration),
    "changeTimer": (DueTimeBody, due_time),
    "resolve": (ReasonBody, lambda body, key: ResolveIncident(key, body["reason"])),
    "extend": (ExtensionBody, extension),
    "waive": (WaiverRequestBody, lambda body, key: WaiveControlPoint(key, body["controlPointId"], body["reason"])),
}


@blp.operation(
    "POST", "", permission="intervention:request", body=InterventionBody, returns=RequestedIntervention, status=201,
    errors=(404, 409),
)  # fmt: skip
def ask(body: dict[str, Any]) -> Any:
    """Ask for an intervention; somebody else approves it."""
    schema, make = ASKED[body["kind"]]
    command = make(load_object(schema(), body["request"]), read_key("key", body["key"]))
    return run(RequestIntervention(body["kind"], command))


@blp.operation("POST", "/search", permission=READ, body=InterventionSearch, returns=InterventionResult)
def find(body: dict[str, Any]) -> Any:
    """Search interventions; `filter.toDecide` finds those that wait for oneself."""
    return read(search_interventions, diagram, wanted(body))


@blp.operation(
    "POST", "/export", permission=READ, body=InterventionSearch, returns=TABLE,
    parameters=[argument_doc("language", "string", "th (default) or en: of the names of columns, kinds and outcomes")],
)  # fmt: skip
def export(body: dict[str, Any]) -> Response:
    """What a search finds as a table for spreadsheets, the first 10,000 if it is not said how many; the audit log tells
    of it."""
    language = language_asked()
    found = read(search_interventions, diagram, largest(body))["items"]
    note("cases-exported", ["csv"], f"{len(found)} interventions; by {conditions(body)}")
    return table_file(interventions_csv(found, language, runtime().bus.services.zone), "interventions")


@blp.operation("GET", "/<key:key>", permission=READ, returns=Intervention, errors=(404,))
def get_one(key: int) -> Any:
    """One intervention."""
    return read(get_intervention, diagram, key)


@blp.operation("POST", "/<key:key>/approval", permission=DECIDE, body=ApprovalBody, status=204, errors=(404, 409))
def approve(body: dict[str, Any], key: int) -> None:
    """Approve an intervention that somebody else asked for: it is carried out at once."""
    run(ApproveIntervention(key, body["note"]))


@blp.operation("POST", "/<key:key>/rejection", permission=DECIDE, body=RejectionBody, status=204, errors=(404, 409))
def reject(body: dict[str, Any], key: int) -> None:
    """Reject an intervention that somebody else asked for, and say why."""
    run(RejectIntervention(key, body["note"]))


@blp.operation("POST", "/<key:key>/withdrawal", permission="intervention:withdraw", status=204, errors=(404, 409))
def withdraw(key: int) -> None:
    """Take one's own request back."""
    run(WithdrawIntervention(key))
