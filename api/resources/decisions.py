"""Decision definitions, their requirements, evaluation, and what was decided."""

from __future__ import annotations

from typing import Any

from flask import Response

from api.blueprint import Room
from api.context import read, run
from api.schemas.definitions import (
    DecisionDefinition,
    DecisionDefinitionResult,
    DecisionDefinitionSearch,
    DecisionInstanceResult,
    DecisionInstanceSearch,
    DecisionRequirements,
    DecisionRequirementsResult,
    DecisionRequirementsSearch,
    Evaluation,
    EvaluationBody,
    OneDecisionInstance,
)
from api.views import TENANT, optional_key, wanted
from engine.commands.evaluate_decision import EvaluateDecision
from engine.errors import InvalidArgument
from engine.queries.definitions import (
    DECISION_DEFINITION,
    DECISION_REQUIREMENTS,
    get_definition,
    get_xml,
    search_definitions,
)
from engine.queries.work import get_decision_instance, search_decision_instances

blp = Room("decisions", __name__, url_prefix="/v2", description="Decision tables")
READ = "definition:read"
_XML = {"text/xml": {"schema": {"type": "string"}}}


@blp.operation(
    "POST",
    "/decision-definitions/search",
    permission=READ,
    body=DecisionDefinitionSearch,
    returns=DecisionDefinitionResult,
)
def search(body: dict[str, Any]) -> Any:
    """Search decision definitions."""
    return read(search_definitions, DECISION_DEFINITION, wanted(body))


@blp.operation(
    "GET", "/decision-definitions/<key:key>", permission=READ, returns=DecisionDefinition, errors=(404,)
)
def get_one(key: int) -> Any:
    """One decision definition."""
    return read(get_definition, DECISION_DEFINITION, key)


@blp.operation("GET", "/decision-definitions/<key:key>/xml", permission=READ, returns=_XML, errors=(404,))
def get_file(key: int) -> Response:
    """The file that the decision was deployed with."""
    return Response(read(get_xml, DECISION_DEFINITION, key), content_type="text/xml; charset=utf-8")


@blp.operation(
    "POST",
    "/decision-definitions/evaluation",
    permission="decision:evaluate",
    body=EvaluationBody,
    returns=Evaluation,
    errors=(404,),
)
def evaluate(body: dict[str, Any]) -> Any:
    """Evaluate a decision, named by key or by id (its newest version)."""
    key, identifier = optional_key(body, "decisionDefinitionKey"), body["decisionDefinitionId"]
    if (key is None) == (identifier is None):
        raise InvalidArgument("name the decision by decisionDefinitionKey or by decisionDefinitionId")
    return {**TENANT, **run(EvaluateDecision(identifier, key, body["variables"] or {}))}


@blp.operation(
    "POST",
    "/decision-requirements/search",
    permission=READ,
    body=DecisionRequirementsSearch,
    returns=DecisionRequirementsResult,
)
def search_requirements(body: dict[str, Any]) -> Any:
    """Search decision requirements (the deployed files)."""
    return read(search_definitions, DECISION_REQUIREMENTS, wanted(body))


@blp.operation(
    "GET", "/decision-requirements/<key:key>", permission=READ, returns=DecisionRequirements, errors=(404,)
)
def get_requirements(key: int) -> Any:
    """One deployed file of decisions."""
    return read(get_definition, DECISION_REQUIREMENTS, key)


@blp.operation("GET", "/decision-requirements/<key:key>/xml", permission=READ, returns=_XML, errors=(404,))
def get_requirements_file(key: int) -> Response:
    """The file itself."""
    return Response(read(get_xml, DECISION_REQUIREMENTS, key), content_type="text/xml; charset=utf-8")


@blp.operation(
    "POST",
    "/decision-instances/search",
    permission="process-instance:contents",
    body=DecisionInstanceSearch,
    returns=DecisionInstanceResult,
)
def search_instances(body: dict[str, Any]) -> Any:
    """Search what was decided in the cases that one may see."""
    return read(search_decision_instances, wanted(body))


@blp.operation(
    "GET",
    "/decision-instances/<string:key>",
    permission="process-instance:contents",
    returns=OneDecisionInstance,
    errors=(404,),
)
def get_instance(key: str) -> Any:
    """One decision that was taken, with its inputs and the rules that matched."""
    return read(get_decision_instance, key)
