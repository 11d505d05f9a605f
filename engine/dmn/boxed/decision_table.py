"""Decision tables: rules over inputs, gathered by a hit policy."""

from __future__ import annotations

from dataclasses import dataclass

from engine.dmn.boxed.base import Boxed
from engine.dmn.clauses import InputClause, OutputClause, Rule, read_input, read_output, read_rule
from engine.dmn.hit_policies import POLICIES, HitPolicy, Hits, aggregated
from engine.dmn.reading import Reading
from engine.dmn.result import MatchedRule
from engine.dmn.work import Scope, Trace, Work
from engine.dmn.xml import Element
from engine.feel import FeelType

AGGREGATORS = ("", "SUM", "MIN", "MAX", "COUNT")


@dataclass(frozen=True, slots=True)
class Clauses:
    """The parts of a table as the file has them."""

    inputs: tuple[InputClause, ...]
    outputs: tuple[OutputClause, ...]
    rules: tuple[Rule, ...]


class DecisionTable(Boxed):
    """`<decisionTable>`. Value: as its hit policy says; null when no rule matches and there is no default."""

    tags = ("decisionTable",)
    api_type = "DECISION_TABLE"

    def __init__(
        self, element: Element, wanted: FeelType | None, clauses: Clauses, policy: HitPolicy, aggregation: str
    ) -> None:
        super().__init__(element, wanted)
        self.inputs, self.outputs, self.rules = clauses.inputs, clauses.outputs, clauses.rules
        self.policy = policy
        self.aggregation = aggregation

    @classmethod
    def read(cls, element: Element, reading: Reading) -> DecisionTable:
        """Faults: unknown policy or aggregator, no output, outputs without names, rules that do not fit."""
        inputs = tuple(read_input(item, reading) for item in element.all("input"))
        listed = list(element.all("output"))
        outputs = tuple(read_output(item, reading, len(listed) > 1) for item in listed)
        if not outputs:
            reading.fault(element, "dmn-table-output", "ตารางไม่มีผลลัพธ์ (output)", "the table has no output")
        rules = tuple(
            read_rule(item, number, len(inputs), len(outputs), reading)
            for number, item in enumerate(element.all("rule"), 1)
        )
        policy, aggregation = _policy(element, outputs, reading)
        return cls(element, reading.type_of(element), Clauses(inputs, outputs, rules), policy, aggregation)

    def compute(self, scope: Scope, work: Work, trace: Trace | None) -> object:
        """Match every rule, or up to the first for FIRST; then the hit policy decides."""
        values = [clause.evaluate(scope, work) for clause in self.inputs]
        if trace is not None:
            shown = zip(self.inputs, values, strict=True)
            trace.inputs = tuple((clause.id, clause.name, value) for clause, value in shown)
        hits = Hits(self.outputs, work, scope)
        for rule in self.rules:
            work.run.step()
            if self._matches(rule, values, scope, work):
                outputs = rule.evaluate(self.outputs, scope, work)
                hits.add(rule, outputs)
                if self.policy.first_only:
                    break
        if trace is not None:
            trace.rules = tuple(self._matched(rule, outputs) for rule, outputs in hits.found)
        if not hits.found:
            return self._nothing(scope, work)
        if self.aggregation:
            return aggregated(self.aggregation, hits)
        return self.policy.gather(hits)

    def _matches(self, rule: Rule, values: list[object], scope: Scope, work: Work) -> bool:
        for tests, value in zip(rule.tests, values, strict=True):
            if tests is not None and not work.passes(tests, value, scope):
                return False
        return True

    def _matched(self, rule: Rule, outputs: list[object]) -> MatchedRule:
        shown = zip(self.outputs, outputs, strict=True)
        return MatchedRule(rule.id, rule.number, tuple((clause.id, clause.title, value) for clause, value in shown))

    def _nothing(self, scope: Scope, work: Work) -> object:
        """The default output; null, or nought for a count, when there is none."""
        if not any(clause.default is not None for clause in self.outputs):
            return (
                aggregated(self.aggregation, Hits(self.outputs, work, scope)) if self.aggregation == "COUNT" else None
            )
        defaults = [
            None if clause.default is None else clause.checked(work.value(clause.default, scope), scope, work)
            for clause in self.outputs
        ]
        return Hits(self.outputs, work, scope).combined(defaults)


def _policy(element: Element, outputs: tuple[OutputClause, ...], reading: Reading) -> tuple[HitPolicy, str]:
    name = (element.get("hitPolicy") or "UNIQUE").upper().replace("_", " ")
    policy = POLICIES.get(name)
    if policy is None:
        reading.fault(element, "dmn-hit-policy", f"ไม่รู้จัก hit policy {name}", f"there is no hit policy {name}")
        policy = POLICIES["UNIQUE"]
    aggregation = element.get("aggregation").upper() if name == "COLLECT" else ""
    if aggregation not in AGGREGATORS:
        reading.fault(
            element, "dmn-aggregation", f"ไม่รู้จักการรวมค่า {aggregation}", f"there is no aggregation {aggregation}"
        )
    if aggregation not in ("", "COUNT") and len(outputs) > 1:
        reading.fault(
            element,
            "dmn-aggregation",
            f"การรวมค่า {aggregation} ใช้ได้กับผลลัพธ์คอลัมน์เดียว",
            f"the aggregation {aggregation} needs a single output",
        )
    if policy.ordered and not any(clause.order for clause in outputs):
        reading.fault(
            element,
            "dmn-output-values",
            f"hit policy {name} ต้องกำหนดลำดับของค่าผลลัพธ์ (outputValues)",
            f"the hit policy {name} needs the order of the output values (outputValues)",
        )
    return policy, aggregation


BOXED = (DecisionTable,)
