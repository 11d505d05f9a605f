"""What is done to running cases by those who answer for them; each keeps its reason in history."""

from __future__ import annotations

from typing import Any

from api.blueprint import Room
from api.context import if_match, run
from api.schemas.instances import CreatedInstance
from api.schemas.operations import (
    AdHocBody,
    BusinessIdBody,
    ClassBody,
    DueTimeBody,
    MigrationBody,
    ModificationBody,
    ReasonBody,
    RestartBody,
)
from api.views import TENANT, optional_key
from engine.commands.activate_ad_hoc import ActivateAdHoc
from engine.commands.assign_business_id import AssignBusinessId
from engine.commands.change_due_time import ChangeDueTime
from engine.commands.classify_instance import ClassifyInstance
from engine.commands.delete_instance import DeleteInstance
from engine.commands.migrate_instance import MigrateInstance
from engine.commands.modify_instance import Activation, ModifyInstance, Move, Selection
from engine.commands.restart_instance import RestartInstance
from engine.commands.suspend_instance import ResumeInstance, SuspendInstance
from engine.errors import InvalidArgument
from engine.queries.filters import read_key, read_moment

blp = Room("operations", __name__, url_prefix="/v2", description="Operations on running cases")
CASE, ELEMENT = "/process-instances/<key:key>", "/element-instances"
SUSPEND, MODIFY = "process-instance:suspend", "process-instance:modify"
ANCESTORS: dict[str, Any] = {"direct": "direct", "inferred": "inferred", "sourceparent": "sourceParent"}


@blp.operation("POST", CASE + "/suspension", permission=SUSPEND, body=ReasonBody, status=204, errors=(404, 409))
def suspend(body: dict[str, Any], key: int) -> None:
    """Hold a case with everything it called: timers, jobs, tasks and messages wait; statutory clocks go on."""
    run(SuspendInstance(key, body["reason"], rev=if_match()))


@blp.operation("POST", CASE + "/resumption", permission=SUSPEND, body=ReasonBody, status=204, errors=(404, 409))
def resume(body: dict[str, Any], key: int) -> None:
    """Go on with a suspended case; what fell due meanwhile is done now."""
    run(ResumeInstance(key, body["reason"], rev=if_match()))


@blp.operation(
    "POST",
    CASE + "/deletion",
    permission="process-instance:delete",
    body=ReasonBody,
    status=204,
    errors=(404, 409),
)
def delete(body: dict[str, Any], key: int) -> None:
    """Delete a case that has ended; its history stays."""
    run(DeleteInstance(key, body["reason"], rev=if_match()))


@blp.operation("POST", CASE + "/modification", permission=MODIFY, body=ModificationBody, status=204, errors=(404, 409))
def modify(body: dict[str, Any], key: int) -> None:
    """Activate, move and terminate elements by hand; refused with every reason, or done as a whole."""
    run(modification(body, key, if_match()))


def modification(body: dict[str, Any], key: int, rev: int | None = None) -> ModifyInstance:
    """The command of a loaded ModificationBody."""
    activate = tuple(
        Activation(a["elementId"], _variables(a), _ancestor(a)) for a in body["activateInstructions"] or ()
    )
    move = tuple(_move(m) for m in body["moveInstructions"] or ())
    terminate = tuple(_selection(t, "elementId", "elementInstanceKey") for t in body["terminateInstructions"] or ())
    return ModifyInstance(key, activate, move, terminate, body["reason"], rev=rev)


def _variables(instruction: dict[str, Any]) -> tuple[tuple[str | None, dict[str, Any]], ...]:
    return tuple((v["scopeId"] or None, v["variables"]) for v in instruction["variableInstructions"] or ())


def _ancestor(instruction: dict[str, Any]) -> int | None:
    if instruction["ancestorElementInstanceKey"] == "-1":  # Camunda's way to say: none
        return None
    return optional_key(instruction, "ancestorElementInstanceKey")


def _selection(given: dict[str, Any], id_name: str, key_name: str) -> Selection:
    chosen = Selection(given[id_name], optional_key(given, key_name))
    if (chosen.element_id is None) == (chosen.key is None):
        raise InvalidArgument(f"name the element by {id_name} or by {key_name}")
    return chosen


def _move(given: dict[str, Any]) -> Move:
    source, scope = given["sourceElementInstruction"], given["ancestorScopeInstruction"]
    if source["sourceType"].lower() not in ("byid", "bykey"):
        raise InvalidArgument("sourceType is byId or byKey")
    way, ancestor = "direct", None
    if scope is not None:
        way, ancestor = ANCESTORS.get(scope["ancestorScopeType"].lower(), ""), _ancestor(scope)
        if not way or (way == "direct") != (ancestor is not None):
            raise InvalidArgument("ancestorScopeType is direct (with the key), inferred or sourceParent (without)")
    selected = _selection(source, "sourceElementId", "sourceElementInstanceKey")
    target = Activation(given["targetElementId"], _variables(given), ancestor)
    return Move(selected, target, ANCESTORS[way.lower()])


@blp.operation(
    "POST",
    CASE + "/migration",
    permission="process-instance:migrate",
    body=MigrationBody,
    status=204,
    errors=(404, 409),
)
def migrate(body: dict[str, Any], key: int) -> None:
    """Carry a case over to another version of its process; refused with every reason, or done as a whole."""
    run(migration(body, key, if_match()))


def migration(body: dict[str, Any], key: int, rev: int | None = None) -> MigrateInstance:
    """The command of a loaded MigrationBody."""
    target = read_key("targetProcessDefinitionKey", body["targetProcessDefinitionKey"])
    mapping = tuple((m["sourceElementId"], m["targetElementId"]) for m in body["mappingInstructions"])
    return MigrateInstance(key, target, mapping, body["reason"], rev=rev)


@blp.operation(
    "POST",
    CASE + "/restart",
    permission="process-instance:restart",
    body=RestartBody,
    returns=CreatedInstance,
    errors=(404, 409),
)
def restart(body: dict[str, Any], key: int) -> Any:
    """Begin a case that has ended anew from a point: a new case with the variables of that moment."""
    elements = tuple(body["elementIds"])
    made = run(RestartInstance(key, elements, body["sequence"], body["reason"], rev=if_match()))
    return {**TENANT, "variables": {}, **made}


@blp.operation(
    "POST",
    CASE + "/business-id-assignment",
    permission="process-instance:update",
    body=BusinessIdBody,
    status=204,
    errors=(404, 409),
)
def assign_business_id(body: dict[str, Any], key: int) -> None:
    """Give a case that has none its business id."""
    run(AssignBusinessId(key, body["businessId"], body["reason"], rev=if_match()))


@blp.operation(
    "PUT",
    CASE + "/access-class",
    permission="process-instance:classify",
    body=ClassBody,
    status=204,
    errors=(404, 409),
)
def classify(body: dict[str, Any], key: int) -> None:
    """Give a case another confidentiality class, and every case that it called no lower one."""
    run(ClassifyInstance(key, body["accessClass"], body["reason"], rev=if_match()))


@blp.operation(
    "POST",
    ELEMENT + "/ad-hoc-activities/<key:key>/activation",
    permission=MODIFY,
    body=AdHocBody,
    status=204,
    errors=(404, 409),
)
def activate_ad_hoc(body: dict[str, Any], key: int) -> None:
    """Begin elements of an open ad-hoc sub-process."""
    elements = tuple((e["elementId"], e["variables"] or {}) for e in body["elements"])
    run(ActivateAdHoc(key, elements, bool(body["cancelRemainingInstances"]), body["reason"], rev=if_match()))


@blp.operation(
    "POST",
    ELEMENT + "/<key:key>/due-time",
    permission="timer:update",
    body=DueTimeBody,
    status=204,
    errors=(404, 409),
)
def change_due_time(body: dict[str, Any], key: int) -> None:
    """Set when a running timer of an element instance is due."""
    run(due_time(body, key, if_match()))


def due_time(body: dict[str, Any], key: int, rev: int | None = None) -> ChangeDueTime:
    """The command of a loaded DueTimeBody."""
    due = read_moment("dueDate", body["dueDate"])
    return ChangeDueTime(key, due, body["elementId"], body["reason"], rev=rev)
