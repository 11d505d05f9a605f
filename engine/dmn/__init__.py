"""DMN: decision models, read once and evaluated as often as one likes. See docs/reference/decisions.md."""

from engine.dmn.decisions import DecisionModel, parse_decisions
from engine.dmn.model import Decision, Service
from engine.dmn.outline import Import, Outline, read_outline
from engine.dmn.reading import InvalidDecisions
from engine.dmn.result import DecisionResult, DecisionWarning, EvaluatedDecision, MatchedRule

__all__ = [
    "Decision",
    "DecisionModel",
    "DecisionResult",
    "DecisionWarning",
    "EvaluatedDecision",
    "Import",
    "InvalidDecisions",
    "MatchedRule",
    "Outline",
    "Service",
    "parse_decisions",
    "read_outline",
]
