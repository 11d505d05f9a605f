"""Small helpers of the decision tests: models written short, results looked at short."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from xml.sax.saxutils import escape

import pytest

from engine.dmn import DecisionModel, DecisionResult, InvalidDecisions, parse_decisions
from engine.feel import Environment

NAMESPACE = "https://www.omg.org/spec/DMN/20191111/MODEL/"
ENV = Environment(now=datetime(2026, 4, 10, 9, 0, tzinfo=UTC))


def definitions(body: str, namespace: str = NAMESPACE, model: str = "urn:test") -> bytes:
    """A DMN file with this inside."""
    head = f'<definitions xmlns="{namespace}" id="defs" name="ทดสอบ" namespace="{model}">'
    return f'<?xml version="1.0" encoding="UTF-8"?>{head}{body}</definitions>'.encode()


def model(body: str) -> DecisionModel:
    """A model with this inside."""
    return parse_decisions(definitions(body), "test.dmn")


def literal(text: str) -> str:
    """A boxed FEEL expression."""
    return f"<literalExpression><text>{escape(text)}</text></literalExpression>"


def decision(name: str, logic: str, *needs: str, type_ref: str = "") -> str:
    """A decision; `needs` are requirements, "decision:x", "input:x" or "knowledge:x"."""
    kinds = {"decision": "requiredDecision", "input": "requiredInput", "knowledge": "requiredKnowledge"}
    links = ""
    for need in needs:
        kind, _, identifier = need.partition(":")
        outer = "knowledgeRequirement" if kind == "knowledge" else "informationRequirement"
        links += f'<{outer}><{kinds[kind]} href="#{identifier}"/></{outer}>'
    typed = f' typeRef="{type_ref}"' if type_ref else ""
    return f'<decision id="{name}" name="{name}"><variable name="{name}"{typed}/>{links}{logic}</decision>'


def table(policy: str, inputs: str, outputs: str, *rules: str, aggregation: str = "") -> str:
    """A decision table: `inputs` and `outputs` are separated by blanks, a rule is "test | test -> value | value"."""
    text = f'<decisionTable id="t" hitPolicy="{policy}"' + (f' aggregation="{aggregation}">' if aggregation else ">")
    for number, name in enumerate(inputs.split(), 1):
        text += f'<input id="i{number}"><inputExpression><text>{escape(name)}</text></inputExpression></input>'
    for number, name in enumerate(outputs.split(), 1):
        name, _, values = name.partition("=")
        allowed = f"<outputValues><text>{escape(values)}</text></outputValues>" if values else ""
        text += f'<output id="o{number}" name="{name}">{allowed}</output>'
    for number, rule in enumerate(rules, 1):
        tests, _, values = rule.partition("->")
        cells = "".join(f"<inputEntry><text>{escape(cell.strip())}</text></inputEntry>" for cell in tests.split("|"))
        cells += "".join(
            f"<outputEntry><text>{escape(cell.strip())}</text></outputEntry>" for cell in values.split("|")
        )
        text += f'<rule id="r{number}">{cells}</rule>'
    return text + "</decisionTable>"


def ask(made: DecisionModel, name: str, scope: Mapping[str, object] | None = None) -> DecisionResult:
    """Evaluate a decision on Friday 10 April 2026."""
    return made.evaluate(name, scope or {}, ENV)


def faults_of(xml: bytes) -> list[tuple[str | None, str]]:
    """Element and rule of every fault of a file that must be refused."""
    with pytest.raises(InvalidDecisions) as caught:
        parse_decisions(xml, "broken.dmn")
    assert all(fault.file == "broken.dmn" and fault.th and fault.en for fault in caught.value.faults)
    return [(fault.element_id, fault.rule) for fault in caught.value.faults]
