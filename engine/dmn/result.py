"""What evaluating a decision answers: the value, and why."""

from __future__ import annotations

from dataclasses import dataclass, replace

from engine.feel import FeelError, Warning, to_json

Named = tuple[str, str, object]
"""Id, name (a label or the expression, where there is none) and value of an input or output."""


@dataclass(frozen=True, slots=True)
class MatchedRule:
    """A rule that matched. `index` counts from 1, as the table shows it."""

    rule_id: str
    index: int
    outputs: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class EvaluatedDecision:
    """One decision of the graph. `type` is DECISION_TABLE, LITERAL_EXPRESSION or UNSPECIFIED (the
    other boxed expressions), as Camunda's API has it. Inputs and rules are those of a table.
    """

    id: str
    name: str
    type: str
    inputs: tuple[Named, ...]
    rules: tuple[MatchedRule, ...]
    output: object


@dataclass(frozen=True, slots=True)
class DecisionWarning:
    """An operation somewhere in a decision that gave null, in FEEL's words."""

    decision_id: str
    warning: Warning


@dataclass(frozen=True, slots=True)
class DecisionResult:
    """The answer.

    `evaluated` are all decisions that were needed, in the order of their evaluation, this one last.
    `failure` (English) and `failure_th` are set when the model itself was violated: two rules of a
    unique table match, a value is not of its type or not an allowed one, the budget is used up. The
    output is null then. `missing` are variables that the decisions read and that were not there.
    """

    output: object
    evaluated: tuple[EvaluatedDecision, ...]
    failure: str | None = None
    failure_th: str | None = None
    failed_decision_id: str | None = None
    warnings: tuple[DecisionWarning, ...] = ()
    missing: tuple[str, ...] = ()


def storable(value: object) -> bool:
    """Whether a variable can hold a value: no function or range, not too large, not too deep."""
    try:
        to_json(value)
    except FeelError:
        return False
    return True


def kept(evaluated: EvaluatedDecision) -> EvaluatedDecision:
    """What history can keep of a decision: values that no variable can hold (functions, say) are null."""
    rules = tuple(replace(rule, outputs=_kept(rule.outputs)) for rule in evaluated.rules)
    output = evaluated.output if storable(evaluated.output) else None
    return replace(evaluated, inputs=_kept(evaluated.inputs), rules=rules, output=output)


def _kept(values: tuple[Named, ...]) -> tuple[Named, ...]:
    return tuple((identifier, name, value if storable(value) else None) for identifier, name, value in values)
