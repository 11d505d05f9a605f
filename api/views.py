"""What views of several nouns share: searches from a body, keys in a body, one deployed diagram."""

from __future__ import annotations

from typing import Any

from flask import request
from sqlalchemy import Connection

from api.blueprint import argument_doc
from api.context import runtime
from engine.model.diagram import Process
from engine.queries.filters import read_key, read_moment
from engine.queries.search import Search

TENANT = {"tenantId": "<default>"}
TRUNCATE = argument_doc("truncateValues", "boolean", "whether long values are cut (default true)")


def wanted(body: dict[str, Any]) -> Search:
    """The search that a loaded body describes."""
    return Search(body["filter"], body["sort"], body["page"])


def optional_key(body: dict[str, Any], name: str) -> int | None:
    """A key in the body, as a number; None when it is absent or null. Raises InvalidArgument."""
    value = body.get(name)
    return None if value is None else read_key(name, value)


_NAMES = {
    "assignee": "assignee",
    "candidateGroups": "candidate_groups",
    "candidateUsers": "candidate_users",
    "dueDate": "due_at",
    "followUpDate": "follow_up_at",
    "priority": "priority",
}


def task_changes(changeset: dict[str, Any]) -> dict[str, Any]:
    """The changes of a user task that are not null, under the engine's names; an empty text clears."""
    changes: dict[str, Any] = {}
    for name, value in changeset.items():
        if value is not None:
            dated = name in ("dueDate", "followUpDate")
            changes[_NAMES[name]] = None if value == "" else read_moment(name, value) if dated else value
    return changes


def truncate() -> bool:
    """The query argument truncateValues."""
    return request.args.get("truncateValues", "true").lower() != "false"


def diagram(db: Connection, key: int) -> Process:
    """The diagram of a deployed version, parsed once. Raises NotFound."""
    return runtime().bus.services.definitions.process(db, key).definition.process
