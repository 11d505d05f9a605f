"""Batch operations: what they are asked with, and how they are shown."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from api.schemas.base import key, reference, result_of, schema_of, search_of
from api.schemas.operations import MappingInstruction
from engine.queries.batches import BATCH_ITEM, BATCH_OPERATION

BatchOperation = schema_of(BATCH_OPERATION, reason=fields.String(allow_none=True))
BatchOperationSearch = search_of(BATCH_OPERATION)
BatchOperationResult = result_of(BatchOperation, "BatchOperation")
BatchItem = schema_of(BATCH_ITEM)
BatchItemSearch = search_of(BATCH_ITEM)
BatchItemResult = result_of(BatchItem, "BatchOperationItem")


class BatchBody(Schema):
    """All cases that the filter of a search for process instances finds; `reason` is kept in the history of each."""

    filter = fields.Dict(required=True)
    reason = fields.String(load_default=None, allow_none=True, validate=validate.Length(min=1, max=2000))
    operationReference = reference()


class OpenBatchBody(BatchBody):
    """As BatchBody; without a filter, all cases."""

    filter = fields.Dict(load_default=dict)


class MigrationPlan(Schema):
    targetProcessDefinitionKey = key(required=True)
    mappingInstructions = fields.List(
        fields.Nested(MappingInstruction), required=True, validate=validate.Length(max=5000)
    )


class BatchMigrationBody(BatchBody):
    """To which version, and what becomes of each element."""

    migrationPlan = fields.Nested(MigrationPlan, required=True)


class BatchMove(Schema):
    """Every token at the source goes to the target."""

    sourceElementId = fields.String(required=True)
    targetElementId = fields.String(required=True)


class BatchModificationBody(BatchBody):
    """Which tokens go where."""

    moveInstructions = fields.List(
        fields.Nested(BatchMove), required=True, validate=validate.Length(min=1, max=500)
    )


class BatchCreated(Schema):
    """Under which key the operation is followed."""

    batchOperationKey = key(required=True)
    batchOperationType = fields.String(required=True)
