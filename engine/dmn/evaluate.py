"""Evaluating decisions, knowledge models and services."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from engine.dmn.functions import Parameter, function_of
from engine.dmn.graph import in_order
from engine.dmn.model import Decision, Definitions, InputData, Knowledge, NamePath, Service
from engine.dmn.result import DecisionResult, EvaluatedDecision, kept, storable
from engine.dmn.work import Failed, Scope, Trace, Work, within
from engine.feel import AssertionFailed, BudgetExceeded, Environment, Function, FunctionType, Run

TOO_DEEP = Failed("", "การตัดสินใจเรียกซ้อนกันลึกเกินไป", "the decisions call each other too deep")


@dataclass(slots=True)
class Evaluator:
    """One evaluation: the variables given, the values so far, and the functions made for it."""

    work: Work
    given: Scope
    evaluated: list[EvaluatedDecision] = field(default_factory=list)
    missing: dict[str, None] = field(default_factory=dict)
    functions: dict[Knowledge | Service, Function] = field(default_factory=dict)

    def decide(self, decision: Decision, values: Mapping[Decision, object], given: Scope, traced: bool) -> object:
        """The value of one decision, whose required decisions have their values. Raises BudgetExceeded."""
        outer, self.work.current = self.work.current, decision.id
        trace = Trace()
        names = self._names(decision, values, given)
        value = None if decision.logic is None else decision.logic.evaluate(within(names, given), self.work, trace)
        value = self.work.typed(value, decision.wanted, decision.name)
        self.work.collect_warnings()
        self.work.current = outer
        if traced:
            self.evaluated.append(
                EvaluatedDecision(decision.id, decision.name, decision.api_type, trace.inputs, trace.rules, value)
            )
        return value

    def _names(self, decision: Decision, values: Mapping[Decision, object], given: Scope) -> dict[str, object]:
        names: dict[str, object] = {}
        for path, data in decision.inputs:
            _put(names, path, self._input(data, path, given))
        for path, needed in decision.decisions:
            _put(names, path, values.get(needed))
        for path, called in decision.callables:
            _put(names, path, self.function(called))
        return names

    def _input(self, data: InputData, path: NamePath, given: Scope) -> object:
        """The value given for an input, by its name or, for an imported one, behind the import's."""
        at: object = given
        for name in path:
            at = at.get(name) if isinstance(at, Mapping) else None
        if at is None:
            at = given.get(data.name)
            if data.name not in given:
                self.missing[data.name] = None
        return self.work.typed(at, data.wanted, data.name)

    def function(self, called: Knowledge | Service) -> Function:
        """A knowledge model or service as a function, one for each evaluation."""
        if called not in self.functions:
            made = self._knowledge(called) if isinstance(called, Knowledge) else self._service(called)
            self.functions[called] = made
        return self.functions[called]

    def _knowledge(self, model: Knowledge) -> Function:
        parameters = () if model.logic is None else model.logic.parameters

        def body(given: dict[str, object]) -> object:
            names: dict[str, object] = {}
            for path, called in model.callables:
                _put(names, path, self.function(called))
            if model.logic is None or model.logic.body is None:
                return None
            return model.logic.body.evaluate(within(given, names), self.work)

        return function_of(model.name, parameters, body, self.work)

    def _service(self, service: Service) -> Function:
        parameters = (
            *(Parameter(data.name, data.wanted) for data in service.input_data),
            *(Parameter(decision.variable, decision.wanted) for decision in service.input_decisions),
        )
        return function_of(service.name, parameters, lambda given: self.serve(service, given, traced=False), self.work)

    def serve(self, service: Service, given: Scope, traced: bool) -> object:
        """The value of a service: of its one output decision, or a context of several."""
        values: dict[Decision, object] = {
            decision: self.work.typed(given.get(decision.variable), decision.wanted, decision.name)
            for decision in service.input_decisions
        }
        for decision in in_order(service.outputs, service.input_decisions):
            values[decision] = self.decide(decision, values, given, traced)
        result = values.get(service.outputs[0]) if len(service.outputs) == 1 else None
        if len(service.outputs) > 1:
            result = {decision.variable: values.get(decision) for decision in service.outputs}
        wanted = service.wanted.result if isinstance(service.wanted, FunctionType) else service.wanted
        return self.work.typed(result, wanted, service.name)


def _put(names: dict[str, object], path: NamePath, value: object) -> None:
    """Make a value reachable: an imported one stands in a context of the import's name."""
    at = names
    for name in path[:-1]:
        below = at.setdefault(name, {})
        assert isinstance(below, dict)
        at = below
    at[path[-1]] = value


def evaluate_decision(
    definitions: Definitions, decision: Decision, scope: Mapping[str, object], env: Environment
) -> DecisionResult:
    """Evaluate a decision and all it requires, against the variables in `scope`. Never raises."""
    evaluator = _evaluator(definitions, scope, env)
    values: dict[Decision, object] = {}

    def work() -> object:
        for needed in in_order([decision]):
            values[needed] = evaluator.decide(needed, values, scope, traced=True)
        return values[decision]

    return _answered(evaluator, work)


def evaluate_service(
    definitions: Definitions, service: Service, scope: Mapping[str, object], env: Environment
) -> DecisionResult:
    """Evaluate a decision service; `scope` holds its parameters by name. Never raises."""
    evaluator = _evaluator(definitions, scope, env)
    return _answered(evaluator, lambda: evaluator.serve(service, scope, traced=True))


def _evaluator(definitions: Definitions, scope: Mapping[str, object], env: Environment) -> Evaluator:
    types = {**env.types, **definitions.feel_types}
    return Evaluator(Work(Run(replace(env, types=types))), scope)


def _answered(evaluator: Evaluator, evaluate: Callable[[], object]) -> DecisionResult:
    """The result, whatever happens: a violated model and a spent budget leave null and the reason."""
    work = evaluator.work
    output: object = None
    try:
        output = evaluate()
    except BudgetExceeded as error:
        work.fail(f"การตัดสินใจใช้ทรัพยากรเกินกำหนด: {error.th}", f"the decision goes beyond its budget: {error}")
    except AssertionFailed as error:
        work.fail(error.th, error.message)
    except RecursionError:
        work.fail(TOO_DEEP.th, TOO_DEEP.en)
    for noted in work.warnings:
        if noted.warning.code == "no-variable" and noted.warning.name:
            evaluator.missing[noted.warning.name] = None
    if not storable(output):
        work.fail("ผลของการตัดสินใจเก็บเป็นตัวแปรไม่ได้", "the decision's result is nothing that a variable can hold")
        output = None
    failed = work.failed
    return DecisionResult(
        output=output,
        evaluated=tuple(kept(item) for item in evaluator.evaluated),
        failure=None if failed is None else failed.en,
        failure_th=None if failed is None else failed.th,
        failed_decision_id=None if failed is None else failed.decision_id,
        warnings=tuple(work.warnings),
        missing=tuple(evaluator.missing),
    )
