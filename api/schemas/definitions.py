"""Deployments, definitions, decisions."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from api.schemas.base import Truth, Whole, Words, key, reference, result_of, schema_of, search_of, tenant, variables
from api.schemas.batches import BatchCreated
from engine.queries.definitions import DECISION_DEFINITION, DECISION_REQUIREMENTS, FORM, PROCESS_DEFINITION
from engine.queries.resources import RESOURCE
from engine.queries.work import DECISION_INSTANCE

ProcessDefinition = schema_of(PROCESS_DEFINITION)
ProcessDefinitionSearch = search_of(PROCESS_DEFINITION)
ProcessDefinitionResult = result_of(ProcessDefinition, "ProcessDefinition")
DecisionDefinition = schema_of(DECISION_DEFINITION)
DecisionDefinitionSearch = search_of(DECISION_DEFINITION)
DecisionDefinitionResult = result_of(DecisionDefinition, "DecisionDefinition")
DecisionRequirements = schema_of(DECISION_REQUIREMENTS)
DecisionRequirementsSearch = search_of(DECISION_REQUIREMENTS)
DecisionRequirementsResult = result_of(DecisionRequirements, "DecisionRequirements")
DecisionInstance = schema_of(DECISION_INSTANCE)
DecisionInstanceSearch = search_of(DECISION_INSTANCE)
DecisionInstanceResult = result_of(DecisionInstance, "DecisionInstance")


class EvaluatedInput(Schema):
    """An input of a decision table; the value is JSON text."""

    inputId = fields.String(required=True)
    inputName = fields.String(required=True)
    inputValue = fields.String(required=True)


class EvaluatedOutput(Schema):
    """An output of a rule; the value is JSON text."""

    outputId = fields.String(required=True)
    outputName = fields.String(required=True)
    outputValue = fields.String(required=True)
    ruleId = fields.String(required=True)
    ruleIndex = Whole(required=True)


class MatchedRule(Schema):
    """A rule that matched, counted from 1."""

    ruleId = fields.String(required=True)
    ruleIndex = Whole(required=True)
    evaluatedOutputs = fields.List(fields.Nested(EvaluatedOutput), required=True)


class OneDecisionInstance(DecisionInstance):  # type: ignore[misc, valid-type]  # that class is made from the noun
    """An evaluated decision with what it saw and which rules matched."""

    evaluatedInputs = fields.List(fields.Nested(EvaluatedInput), required=True)
    matchedRules = fields.List(fields.Nested(MatchedRule), required=True)


Form = schema_of(FORM)
Resource = schema_of(RESOURCE)
ResourceSearch = search_of(RESOURCE)
ResourceResult = result_of(Resource, "Resource")


class DeployedItem(Schema):
    """One deployed thing: exactly one member is not null."""

    processDefinition = fields.Dict(required=True, allow_none=True)
    decisionDefinition = fields.Dict(required=True, allow_none=True)
    decisionRequirements = fields.Dict(required=True, allow_none=True)
    form = fields.Dict(required=True, allow_none=True)
    resource = fields.Dict(required=True, allow_none=True)


class DeploymentWarning(Schema):
    """What a file has that hardly anybody means. The faults of a refusal have the same members."""

    file = fields.String(required=True)
    elementId = fields.String(required=True, allow_none=True)
    rule = fields.String(required=True)
    severity = fields.String(required=True, validate=validate.OneOf(["error", "warning"]))
    th = fields.String(required=True)
    en = fields.String(required=True)


class Deployment(Schema):
    deploymentKey = key(required=True)
    tenantId = fields.String(required=True)
    deployments = fields.List(fields.Nested(DeployedItem), required=True)
    warnings = fields.List(fields.Nested(DeploymentWarning), required=True)


class DeletionBody(Schema):
    """With `deleteHistory` the cases of a process are deleted, too, as a batch operation; their history stays."""

    deleteHistory = Truth(load_default=False, allow_none=True)
    operationReference = reference()


class DeletionAnswer(Schema):
    resourceKey = key(required=True)
    batchOperation = fields.Nested(BatchCreated, required=True, allow_none=True)


class ElementCount(Schema):
    elementId = fields.String(required=True)
    active = Whole(required=True)
    canceled = Whole(required=True)
    incidents = Whole(required=True)
    completed = Whole(required=True)


class ElementCounts(Schema):
    items = fields.List(fields.Nested(ElementCount), required=True)


class FilterBody(Schema):
    filter = fields.Dict(load_default=dict)


class ProcessFacts(Schema):
    """What the manual says of a process: texts in Thai and English."""

    processDefinitionId = fields.String(required=True)
    name = fields.Nested(Words, required=True)
    source = fields.String(required=True, allow_none=True)
    number = fields.String(required=True, allow_none=True)
    ownerUnit = fields.String(required=True, allow_none=True)
    targetPercent = fields.String(required=True, allow_none=True)
    texts = fields.Dict(required=True)
    deadlines = fields.List(fields.Dict(), required=True)


class StepFacts(Schema):
    elementId = fields.String(required=True)
    key = fields.String(required=True)
    number = fields.String(required=True, allow_none=True)
    parent = fields.String(required=True, allow_none=True)
    stage = fields.String(required=True, allow_none=True)
    standardTime = fields.String(required=True, allow_none=True)
    minimumTime = fields.String(required=True, allow_none=True)
    calendar = fields.String(required=True, allow_none=True)
    lastDay = fields.String(required=True, allow_none=True)
    name = fields.Nested(Words, required=True)
    controlPoints = fields.List(fields.Dict(), required=True)
    risks = fields.List(fields.Dict(), required=True)


class DefinitionFacts(Schema):
    process = fields.Nested(ProcessFacts, required=True)
    steps = fields.List(fields.Nested(StepFacts), required=True)


class EvaluatedDecision(Schema):
    """One of the decisions that were needed; the output is JSON text."""

    decisionDefinitionId = fields.String(required=True)
    decisionDefinitionKey = key(required=True)
    decisionDefinitionName = fields.String(required=True)
    decisionDefinitionVersion = Whole(required=True)
    decisionDefinitionType = fields.String(required=True)
    decisionEvaluationInstanceKey = fields.String(required=True)
    output = fields.String(required=True)
    tenantId = fields.String(required=True)
    evaluatedInputs = fields.List(fields.Nested(EvaluatedInput), required=True)
    matchedRules = fields.List(fields.Nested(MatchedRule), required=True)


class EvaluationBody(Schema):
    decisionDefinitionId = fields.String(load_default=None, allow_none=True)
    decisionDefinitionKey = key(load_default=None, allow_none=True)
    variables = variables()
    tenantId = tenant()


class Evaluation(Schema):
    """The result as JSON text, and how it came about."""

    decisionDefinitionId = fields.String(required=True)
    decisionDefinitionKey = key(required=True)
    decisionDefinitionName = fields.String(required=True)
    decisionDefinitionVersion = Whole(required=True)
    decisionEvaluationKey = key(required=True)
    decisionInstanceKey = key(required=True)
    decisionRequirementsId = fields.String(required=True)
    decisionRequirementsKey = key(required=True)
    output = fields.String(required=True)
    failedDecisionDefinitionId = fields.String(required=True, allow_none=True)
    failureMessage = fields.String(required=True, allow_none=True)
    tenantId = fields.String(required=True)
    evaluatedDecisions = fields.List(fields.Nested(EvaluatedDecision), required=True)
