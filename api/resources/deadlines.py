"""The register of deadlines: found, counted, exported, extended, supplemented."""

from __future__ import annotations

from typing import Any

from api.blueprint import Room, argument_doc
from api.context import read, run, runtime
from api.deadline_csv import deadlines_csv
from api.exports import TABLE, language_asked, largest, table_file
from api.schemas.deadlines import (
    CaseDeadlines,
    DeadlineCounts,
    DeadlineCountsBody,
    DeadlineDetails,
    DeadlineResult,
    DeadlineSearch,
    ExtensionBody,
    SupplementBody,
    Supplemented,
)
from api.views import diagram, wanted
from engine.commands.extend_deadline import ExtendDeadline
from engine.commands.supplement_deadline import SupplementDeadline
from engine.queries.deadlines import count_deadlines, get_case_deadlines, get_deadline, search_deadlines
from engine.queries.filters import read_moment

blp = Room("deadlines", __name__, url_prefix="/v2", description="Deadlines, and what was recorded of each")
READ = "process-instance:read"


@blp.operation(
    "GET", "/process-instances/<key:key>/deadlines", permission=READ, returns=CaseDeadlines, errors=(404,)
)  # fmt: skip
def of_case(key: int) -> Any:
    """The deadlines of the case, each with what was recorded of it."""
    return read(get_case_deadlines, diagram, key)


@blp.operation("POST", "/deadlines/search", permission=READ, body=DeadlineSearch, returns=DeadlineResult)
def find(body: dict[str, Any]) -> Any:
    """Search the deadlines of the cases that one may see."""
    return read(search_deadlines, diagram, wanted(body))


@blp.operation("POST", "/deadlines/statistics", permission=READ, body=DeadlineCountsBody, returns=DeadlineCounts)
def count(body: dict[str, Any]) -> Any:
    """How many of the deadlines that one may see are in which state."""
    return read(count_deadlines, body["filter"])


@blp.operation(
    "POST", "/deadlines/export", permission=READ, body=DeadlineSearch, returns=TABLE,
    parameters=[argument_doc("language", "string", "th (default) or en: of the names of columns and states")],
)  # fmt: skip
def export(body: dict[str, Any]) -> Any:
    """What a search finds as a table for spreadsheets, the first 10,000 if it is not said how many."""
    language = language_asked()
    found = read(search_deadlines, diagram, largest(body))
    return table_file(deadlines_csv(found["items"], language, runtime().bus.services.zone), "deadlines")


@blp.operation("GET", "/deadlines/<key:key>", permission=READ, returns=DeadlineDetails, errors=(404,))
def get_one(key: int) -> Any:
    """One deadline with what was recorded of it."""
    return read(get_deadline, diagram, key)


@blp.operation(
    "POST", "/deadlines/<key:key>/extension", permission="deadline:extend", body=ExtensionBody, status=204,
    errors=(404, 409),
)  # fmt: skip
def extend(body: dict[str, Any], key: int) -> None:
    """Extend a deadline that runs, as far as its law allows."""
    run(extension(body, key))


@blp.operation(
    "POST", "/deadlines/<key:key>/supplements", permission="deadline:supplement", body=SupplementBody,
    returns=Supplemented, status=201, errors=(404, 409),
)  # fmt: skip
def supplement(body: dict[str, Any], key: int) -> Any:
    """Add to a deadline what became known afterwards."""
    happened = None if body["happenedAt"] is None else read_moment("happenedAt", body["happenedAt"])
    return run(SupplementDeadline(key, body["text"], happened, body["documentId"]))


def extension(body: dict[str, Any], key: int) -> ExtendDeadline:
    """The command of a loaded ExtensionBody."""
    return ExtendDeadline(key, read_moment("dueDate", body["dueDate"]), body["reason"], body["documentId"])
