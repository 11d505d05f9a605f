"""A decision model as others use it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engine.dmn.evaluate import evaluate_decision, evaluate_service
from engine.dmn.model import Decision, Definitions, Service
from engine.dmn.reader import read_definitions
from engine.dmn.result import DecisionResult
from engine.feel import Environment


@dataclass(frozen=True, slots=True)
class DecisionModel:
    """All decisions of one DMN file. Immutable once read, shared between threads."""

    definitions: Definitions

    @property
    def id(self) -> str:
        """The id of the file's `definitions`: Camunda's decision requirements id."""
        return self.definitions.id

    @property
    def name(self) -> str:
        """The name of the file's `definitions`."""
        return self.definitions.name

    @property
    def decisions(self) -> Mapping[str, Decision]:
        """The decisions by id, in the order of the file."""
        return self.definitions.parts.decisions

    @property
    def services(self) -> Mapping[str, Service]:
        """The decision services by id."""
        return self.definitions.parts.services

    def evaluate(self, decision_id: str, scope: Mapping[str, object], env: Environment) -> DecisionResult:
        """The answer of a decision. Raises KeyError for an unknown id, nothing else."""
        return evaluate_decision(self.definitions, self.decisions[decision_id], scope, env)

    def evaluate_service(self, service_id: str, scope: Mapping[str, object], env: Environment) -> DecisionResult:
        """The answer of a decision service; `scope` holds its parameters. Raises KeyError for an unknown id."""
        return evaluate_service(self.definitions, self.services[service_id], scope, env)


def parse_decisions(xml: bytes, name: str, imports: Iterable[DecisionModel] = ()) -> DecisionModel:
    """Read a DMN file (1.1 to 1.5); `imports` are the models it may import, by their namespace.

    Raises InvalidDecisions with every fault at once.
    """
    return DecisionModel(read_definitions(xml, name, [model.definitions for model in imports]))
