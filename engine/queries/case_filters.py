"""Filters of cases by what batch operations did to them, and by the number of an incident's text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, String, and_, cast, select

from engine.errors import InvalidArgument
from engine.queries.filters import compile_field
from engine.queries.masking import masked_case
from engine.queries.noun import Context, Special
from engine.store.tables import batch_operation_item, incident

_POSITIVE = {"$neq": "$eq", "$notIn": "$in"}


def batch_filter(owner: ColumnElement[Any]) -> Special:
    """The filter `batchOperationKey`: whether a batch operation with such a key is about the case `owner`; with $neq
    and $notIn, whether none is."""

    def of_operation(value: Any, context: Context) -> ColumnElement[bool]:
        row = batch_operation_item.alias()
        named = compile_field("batchOperationKey", cast(row.c.batch_key, String), "string", value, context)
        return select(row.c.key).where(row.c.process_instance_key == owner, *named).exists()

    def condition(value: Any, context: Context) -> ColumnElement[bool]:
        if not isinstance(value, Mapping):
            return of_operation(value, context)
        found = []
        for operator, operand in value.items():
            if operator in _POSITIVE:
                found.append(~of_operation({_POSITIVE[operator]: operand}, context))
            elif operator == "$exists" and operand is False:
                found.append(~of_operation({}, context))
            else:
                found.append(of_operation({operator: operand}, context))
        return and_(True, *found)

    return condition


def batch_filters(owner: ColumnElement[Any]) -> dict[str, Special]:
    """The filter by its name, and by the one that it had before."""
    return {name: batch_filter(owner) for name in ("batchOperationKey", "batchOperationId")}


def check_batch_names(wanted: Mapping[str, Any]) -> None:
    """Raises InvalidArgument when the filter is there by both of its names."""
    if wanted.get("batchOperationKey") is not None and wanted.get("batchOperationId") is not None:
        raise InvalidArgument("filter: batchOperationId is the old name of batchOperationKey; use one of both")


def error_hash_filter(owner: ColumnElement[Any]) -> Special:
    """The filter `incidentErrorHashCode`: whether the case has an open incident whose text has this number."""

    def condition(value: Any, context: Context) -> ColumnElement[bool]:
        wanted = compile_field("incidentErrorHashCode", incident.c.message_hash, "integer", value, context)
        mine = (incident.c.process_instance_key == owner, incident.c.state == "ACTIVE")
        return and_(select(incident.c.key).where(*mine, *wanted).exists(), ~masked_case(context.actor, owner))

    return condition
