"""Process definitions, their diagrams, forms and facts."""

from __future__ import annotations

from typing import Any

from flask import Response

from api.blueprint import Room
from api.context import read
from api.schemas.definitions import (
    DefinitionFacts,
    ElementCounts,
    FilterBody,
    Form,
    ProcessDefinition,
    ProcessDefinitionResult,
    ProcessDefinitionSearch,
)
from api.views import diagram, wanted
from engine.queries.definitions import (
    PROCESS_DEFINITION,
    get_definition,
    get_form,
    get_start_form,
    get_xml,
    search_definitions,
)
from engine.queries.facts import get_facts
from engine.queries.statistics import get_definition_statistics

blp = Room("process definitions", __name__, url_prefix="/v2", description="What can be run")
READ = "definition:read"


@blp.operation(
    "POST",
    "/process-definitions/search",
    permission=READ,
    body=ProcessDefinitionSearch,
    returns=ProcessDefinitionResult,
)
def search(body: dict[str, Any]) -> Any:
    """Search process definitions."""
    return read(search_definitions, PROCESS_DEFINITION, wanted(body))


@blp.operation(
    "GET", "/process-definitions/<key:key>", permission=READ, returns=ProcessDefinition, errors=(404,)
)
def get_one(key: int) -> Any:
    """One process definition."""
    return read(get_definition, PROCESS_DEFINITION, key)


@blp.operation(
    "GET",
    "/process-definitions/<key:key>/xml",
    permission=READ,
    returns={"text/xml": {"schema": {"type": "string"}}},
    errors=(404,),
)
def get_diagram(key: int) -> Response:
    """The diagram as it was deployed."""
    return Response(read(get_xml, PROCESS_DEFINITION, key), content_type="text/xml; charset=utf-8")


@blp.operation("GET", "/process-definitions/<key:key>/form", permission=READ, returns=Form, empty=True, errors=(404,))
def start_form(key: int) -> Any:
    """The form with which a person starts the process; 204 when it has none."""
    return read(get_start_form, key)


@blp.operation("GET", "/process-definitions/<key:key>/facts", permission=READ, returns=DefinitionFacts, errors=(404,))
def facts(key: int) -> Any:
    """What the manual says of the process and its steps."""
    return read(get_facts, diagram, key)


@blp.operation(
    "POST",
    "/process-definitions/<key:key>/statistics/element-instances",
    permission="process-instance:read",
    body=FilterBody,
    returns=ElementCounts,
    errors=(404,),
)
def statistics(body: dict[str, Any], key: int) -> Any:
    """How often each element is active, completed, canceled, over the cases that one may see."""
    return read(get_definition_statistics, key, body["filter"])


@blp.operation("GET", "/forms/<key:key>", permission=READ, returns=Form, errors=(404,))
def form(key: int) -> Any:
    """One form."""
    return read(get_form, key)
