"""Broken and hostile DMN files: refused with every fault named."""

from __future__ import annotations

import re

import pytest

from engine.dmn import InvalidDecisions, parse_decisions
from engine.dmn.xml import NAMESPACES
from engine.feel import FeelSyntaxError, parse_expression
from tests.dmn.support import ask, decision, definitions, faults_of, literal, table


def test_every_fault_is_reported_with_its_decision() -> None:
    body = (
        decision("a", literal("1 +"))
        + decision("b", table("UNIQUE", "n", "o", "> -> 1", "1 | 2 -> 1"))
        + decision("c", table("MOSTLY", "n", "p q", "1 -> 1 | 2").replace('name="q"', ""))
        + decision("d", literal("1"), "decision:nowhere")
        + decision("e", literal("1"), type_ref="tNothing")
        + decision("f", literal("f"), "decision:f")
        + decision("f", literal("twice"))
        + decision("g", "<literalExpression expressionLanguage='python'><text>1</text></literalExpression>")
        + decision("h", "<functionDefinition kind='Java'/>")
        + decision("i", table("COLLECT", "n", "o p", "1 -> 1 | 2", aggregation="SUM"))
        + decision("j", table("PRIORITY", "n", "o", "1 -> 1"))
        + decision("k", "<context><contextEntry/></context>")
    )
    assert faults_of(definitions(body)) == [
        ("a", "dmn-feel"),
        ("b", "dmn-feel"),
        ("r2", "dmn-rule"),
        ("o2", "dmn-table-output"),
        ("t", "dmn-hit-policy"),
        ("e", "dmn-type"),
        ("f", "dmn-id"),
        ("g", "dmn-language"),
        ("h", "dmn-external-function"),
        ("t", "dmn-aggregation"),
        ("t", "dmn-output-values"),
        ("k", "dmn-expression-missing"),
        ("d", "dmn-requirement"),
        ("f", "dmn-requirement-cycle"),
    ]


def test_thai_faults_and_failures_are_thai_throughout() -> None:
    """What FEEL says of an expression comes in the language of the sentence around it."""
    with pytest.raises(FeelSyntaxError) as error:
        parse_expression("1 +")
    with pytest.raises(InvalidDecisions) as caught:
        parse_decisions(definitions(decision("d", literal("1 +"))), "d.dmn")
    [fault] = caught.value.faults
    assert error.value.th in fault.th and error.value.message in fault.en
    assert error.value.message not in fault.th
    failed = ask(parse_decisions(definitions(decision("d", literal("for i in 1..1000000000 return i"))), "d.dmn"), "d")
    assert failed.failure_th is not None and not re.search("[a-z]{3}", failed.failure_th)


def test_circles_of_any_length_are_found() -> None:
    body = "".join(decision(f"d{n}", literal("1"), f"decision:d{(n + 1) % 500}") for n in range(500))
    assert set(faults_of(definitions(body))) == {(f"d{n}", "dmn-requirement-cycle") for n in range(500)}


def test_what_only_leads_to_a_circle_is_not_blamed() -> None:
    body = (
        decision("a", literal("1"), "decision:b")
        + decision("b", literal("1"), "decision:c")
        + decision("c", literal("1"), "decision:b", "decision:d")
        + decision("d", literal("1"))
    )
    assert faults_of(definitions(body)) == [("b", "dmn-requirement-cycle"), ("c", "dmn-requirement-cycle")]


def test_names_and_expressions_have_a_limit_together() -> None:
    body = "".join(decision(f"a {n}", literal("a 1")) for n in range(1_500))
    assert {rule for _, rule in faults_of(definitions(body))} == {"dmn-too-large"}


def test_types_cannot_contain_themselves() -> None:
    body = (
        '<itemDefinition name="a"><itemComponent name="x"><typeRef>b</typeRef></itemComponent></itemDefinition>'
        '<itemDefinition name="b" isCollection="true"><typeRef>a</typeRef></itemDefinition>'
    )
    assert ("dmn-type-cycle") in {rule for _, rule in faults_of(definitions(body))}


@pytest.mark.parametrize(
    ("xml", "rule"),
    [
        (b"", "dmn-not-xml"),
        (b"<", "dmn-not-xml"),
        (b"\x00\x01", "dmn-not-xml"),
        (b"<definitions/>", "dmn-not-dmn"),
        (b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>', "dmn-not-dmn"),
        (b"<!DOCTYPE definitions>" + definitions("").split(b"?>", 1)[1], "dmn-doctype"),
        (
            b'<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
            + definitions(literal("&b;")).split(b"?>", 1)[1],
            "dmn-doctype",
        ),
        (
            b'<!DOCTYPE d [<!ENTITY f SYSTEM "file:///etc/passwd">]>' + definitions("").split(b"?>", 1)[1],
            "dmn-doctype",
        ),
        (definitions("<context>" * 250 + "</context>" * 250), "dmn-too-large"),
        (definitions(" " * 6_000_000), "dmn-too-large"),
        (definitions("<import/>" * 110_000), "dmn-too-large"),
    ],
)
def test_hostile_files(xml: bytes, rule: str) -> None:
    assert {found for _, found in faults_of(xml)} == {rule}


def test_boxes_cannot_nest_without_end() -> None:
    logic = "<list>" * 90 + "</list>" * 90
    assert [rule for _, rule in faults_of(definitions(decision("d", logic)))] == ["dmn-too-deep"]


@pytest.mark.parametrize("namespace", NAMESPACES)
def test_all_versions_are_read(namespace: str) -> None:
    made = parse_decisions(definitions(decision("d", literal("1")), namespace), "a.dmn")
    assert (made.id, made.name) == ("defs", "ทดสอบ")
    assert ask(made, "d").output == 1


def test_a_decision_without_logic_is_null_and_one_without_id_goes_by_its_name() -> None:
    made = parse_decisions(definitions('<decision name="ไม่มีตรรกะ"/>'), "a.dmn")
    assert ask(made, "ไม่มีตรรกะ").output is None


def test_an_unknown_decision_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        ask(parse_decisions(definitions(""), "a.dmn"), "x")
