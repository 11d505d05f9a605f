"""One evaluation at work: its budget, its failures, and what it notes for the auditor."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import cast

from engine.dmn.result import DecisionWarning, MatchedRule, Named
from engine.feel import Expression, Failure, FeelError, FeelType, Run, UnaryTests, coerced, kind, text_of

Scope = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Failed:
    """A violation of the model, in the decision where it happened first."""

    decision_id: str
    th: str
    en: str


@dataclass(slots=True)
class Trace:
    """What a decision table notes: its inputs and the rules that matched."""

    inputs: tuple[Named, ...] = ()
    rules: tuple[MatchedRule, ...] = ()


@dataclass(slots=True)
class Work:
    """Shared by all decisions of one evaluation. `run` is FEEL's account: one budget for all."""

    run: Run
    current: str = ""
    """Id of the decision being evaluated."""
    failed: Failed | None = None
    warnings: list[DecisionWarning] = field(default_factory=list)

    def fail(self, th: str, en: str) -> None:
        """Note a violation of the model; the first one is the one told. The value there is null."""
        if self.failed is None:
            self.failed = Failed(self.current, th, en)

    def collect_warnings(self) -> None:
        """Take what FEEL warned of since the last call as the current decision's."""
        self.warnings.extend(DecisionWarning(self.current, warning) for warning in self.run.warnings)
        self.run.warnings.clear()

    def value(self, expression: Expression, scope: Scope) -> object:
        """The value of a FEEL expression. Raises BudgetExceeded."""
        return expression.value(scope, self.run)

    def passes(self, tests: UnaryTests, value: object, scope: Scope) -> bool:
        """Whether the value passes the unary tests; null is no. Raises BudgetExceeded."""
        return tests.passes(value, scope, self.run) is True

    def typed(self, value: object, wanted: FeelType | None, what: str) -> object:
        """The value as one of the type; null and a failure when it is none."""
        if wanted is None:
            return value
        try:
            return coerced(value, wanted, self.run)
        except Failure:
            said = short(value, self.run)
            self.fail(
                f"ค่าของ {what} ต้องเป็นชนิด {wanted.name} แต่ได้ {said}",
                f"the value of {what} must be of the type {wanted.name}, but it is {said}",
            )
            return None


def within(inner: Mapping[str, object], outer: Scope) -> Scope:
    """The names of `inner` before those of `outer`; neither is copied."""
    layers = (inner, outer)
    return ChainMap(*(cast("MutableMapping[str, object]", layer) for layer in layers))


def short(value: object, run: Run) -> str:
    """A value as people read it in a message."""
    try:
        text = f'"{value}"' if isinstance(value, str) else "null" if value is None else text_of(value, run)
    except (Failure, FeelError):  # a function, or a value too large to write
        text = kind(value)
    return text if len(text) <= 80 else text[:77] + "..."
