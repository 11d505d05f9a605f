"""Batch operations: one request for all cases that a filter finds, worked off in the background."""

from __future__ import annotations

from typing import Any

from api.blueprint import Room
from api.context import read, run, runtime
from api.schemas.batches import (
    BatchBody,
    BatchCreated,
    BatchItemResult,
    BatchItemSearch,
    BatchMigrationBody,
    BatchModificationBody,
    BatchMove,
    BatchOperation,
    BatchOperationResult,
    BatchOperationSearch,
    OpenBatchBody,
)
from api.schemas.instances import ReferenceBody
from api.schemas.migration import MigrationPreview, MigrationPreviewBody, ModificationPreview
from api.views import wanted
from engine.commands.control_batch_operation import (
    CancelBatchOperation,
    ResumeBatchOperation,
    SuspendBatchOperation,
)
from engine.commands.create_batch_operation import CreateBatchOperation
from engine.commands.migration_preview import preview_migration
from engine.commands.modification_preview import preview_modification
from engine.model import batch as types
from engine.queries.batches import check_filter, get_batch, search_batch_items, search_batches
from engine.queries.filters import read_key

blp = Room("batch operations", __name__, url_prefix="/v2", description="Operations on many cases")
CASES, ONE = "/process-instances", "/batch-operations/<key:key>"
CREATE, READ, CONTROL = "batch-operation:create", "batch-operation:read", "batch-operation:control"


def _create(type_: str, body: dict[str, Any], **plan: Any) -> Any:
    """Ask for it; a filter that cannot be understood is refused now, not in the background."""
    read(check_filter, type_, body["filter"])
    return run(CreateBatchOperation(type_, body["filter"], {"reason": body["reason"], **plan}))


@blp.operation("POST", CASES + "/cancellation", permission=CREATE, body=BatchBody, returns=BatchCreated)
def cancel_cases(body: dict[str, Any]) -> Any:
    """Cancel cases that run, with everything in them."""
    return _create(types.CANCEL, body)


@blp.operation("POST", CASES + "/deletion", permission=CREATE, body=BatchBody, returns=BatchCreated)
def delete_cases(body: dict[str, Any]) -> Any:
    """Delete cases that have ended; their history stays."""
    return _create(types.DELETE, body)


@blp.operation("POST", CASES + "/suspension", permission=CREATE, body=BatchBody, returns=BatchCreated)
def suspend_cases(body: dict[str, Any]) -> Any:
    """Hold cases; statutory clocks go on."""
    return _create(types.SUSPEND, body)


@blp.operation("POST", CASES + "/resumption", permission=CREATE, body=BatchBody, returns=BatchCreated)
def resume_cases(body: dict[str, Any]) -> Any:
    """Go on with suspended cases."""
    return _create(types.RESUME, body)


@blp.operation("POST", CASES + "/incident-resolution", permission=CREATE, body=OpenBatchBody, returns=BatchCreated)
def resolve_incidents(body: dict[str, Any]) -> Any:
    """Try again what the open incidents of cases stopped."""
    return _create(types.RESOLVE, body)


@blp.operation("POST", CASES + "/migration", permission=CREATE, body=BatchMigrationBody, returns=BatchCreated)
def migrate_cases(body: dict[str, Any]) -> Any:
    """Carry cases over to another version of their process."""
    plan = body["migrationPlan"]
    target = read_key("targetProcessDefinitionKey", plan["targetProcessDefinitionKey"])
    mapping = [[m["sourceElementId"], m["targetElementId"]] for m in plan["mappingInstructions"]]
    return _create(types.MIGRATE, body, target=str(target), mapping=mapping)


@blp.operation(
    "POST",
    "/process-definitions/<key:key>/migration-preview",
    permission="process-instance:migrate",
    body=MigrationPreviewBody,
    returns=MigrationPreview,
    errors=(404,),
)
def preview(body: dict[str, Any], key: int) -> Any:
    """What migrating the running cases of a version to another would do; nothing is changed."""
    target = read_key("targetProcessDefinitionKey", body["targetProcessDefinitionKey"])
    given = body["mappingInstructions"]
    pairs = None if given is None else [(m["sourceElementId"], m["targetElementId"]) for m in given]
    return read(preview_migration, runtime().bus.services.definitions, key, target, pairs)


@blp.operation("POST", CASES + "/modification", permission=CREATE, body=BatchModificationBody, returns=BatchCreated)
def modify_cases(body: dict[str, Any]) -> Any:
    """Move the tokens of cases by hand."""
    moves = [[m["sourceElementId"], m["targetElementId"]] for m in body["moveInstructions"]]
    return _create(types.MODIFY, body, moves=moves)


@blp.operation(
    "POST",
    "/process-definitions/<key:key>/modification-preview",
    permission="process-instance:modify",
    body=BatchMove,
    returns=ModificationPreview,
    errors=(404,),
)
def preview_moves(body: dict[str, Any], key: int) -> Any:
    """What moving the tokens at an element would do to the running cases of a version; nothing is changed."""
    places = body["sourceElementId"], body["targetElementId"]
    return read(preview_modification, runtime().bus.services.definitions, key, *places)


@blp.operation(
    "POST", "/batch-operations/search", permission=READ, body=BatchOperationSearch, returns=BatchOperationResult
)
def search(body: dict[str, Any]) -> Any:
    """Search batch operations: one's own, or all for who sees everything."""
    return read(search_batches, wanted(body))


@blp.operation("GET", ONE, permission=READ, returns=BatchOperation, errors=(404,))
def get_one(key: int) -> Any:
    """How far a batch operation is."""
    return read(get_batch, key)


@blp.operation(
    "POST", "/batch-operation-items/search", permission=READ, body=BatchItemSearch, returns=BatchItemResult
)
def search_items(body: dict[str, Any]) -> Any:
    """Search the cases of batch operations, and what became of each."""
    return read(search_batch_items, wanted(body))


@blp.operation("POST", ONE + "/suspension", permission=CONTROL, body=ReferenceBody, status=204, errors=(404, 409))
def suspend(_body: dict[str, Any], key: int) -> None:
    """Begin with no further case until it is resumed."""
    run(SuspendBatchOperation(key))


@blp.operation("POST", ONE + "/resumption", permission=CONTROL, body=ReferenceBody, status=204, errors=(404, 409))
def resume(_body: dict[str, Any], key: int) -> None:
    """Go on where it stopped."""
    run(ResumeBatchOperation(key))


@blp.operation("POST", ONE + "/cancellation", permission=CONTROL, body=ReferenceBody, status=204, errors=(404, 409))
def cancel(_body: dict[str, Any], key: int) -> None:
    """Call it off: what is done stays done."""
    run(CancelBatchOperation(key))
