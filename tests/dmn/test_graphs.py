"""Decisions that need each other, functions of the model, services, imports, types."""

from __future__ import annotations

from decimal import Decimal as D

import pytest

from engine.dmn import InvalidDecisions, parse_decisions
from tests.dmn.support import ENV, ask, decision, definitions, literal, model, table

INPUT = '<inputData id="amount" name="วงเงิน"><variable name="วงเงิน" typeRef="number"/></inputData>'


def test_required_decisions_come_first_and_are_told() -> None:
    made = model(
        INPUT
        + decision("c", literal("b + a"), "decision:b", "decision:a")
        + decision("b", literal("a * 2"), "decision:a")
        + decision("a", literal("วงเงิน + 1"), "input:amount")
    )
    result = ask(made, "c", {"วงเงิน": D(4)})
    assert result.output == D(15)
    assert [(item.id, item.type, item.output) for item in result.evaluated] == [
        ("a", "LITERAL_EXPRESSION", D(5)),
        ("b", "LITERAL_EXPRESSION", D(10)),
        ("c", "LITERAL_EXPRESSION", D(15)),
    ]
    assert list(made.decisions) == ["c", "b", "a"]


def test_a_result_wins_over_a_variable_of_the_same_name() -> None:
    made = model(decision("b", literal("a"), "decision:a") + decision("a", literal("1")))
    assert ask(made, "b", {"a": "from the case"}).output == D(1)


def test_a_decision_sees_the_variables_of_the_case_without_input_data() -> None:
    assert ask(model(decision("a", literal("x.y + 1"))), "a", {"x": {"y": D(1)}}).output == D(2)


def test_a_long_chain_of_decisions_needs_no_stack() -> None:
    links = [decision("d0", literal("1"))]
    links += [decision(f"d{n}", literal(f"d{n - 1} + 1"), f"decision:d{n - 1}") for n in range(1, 2_000)]
    assert ask(model("".join(links)), "d1999").output == D(2000)


def test_knowledge_models_are_functions_that_see_their_parameters_only() -> None:
    knowledge = (
        '<businessKnowledgeModel id="k" name="ภาษี"><variable name="ภาษี"/><encapsulatedLogic>'
        '<formalParameter name="ยอด" typeRef="number"/>'
        + literal("if x = null then ยอด * 0.07 else x")
        + "</encapsulatedLogic>"
        "</businessKnowledgeModel>"
    )
    made = model(
        knowledge
        + decision("d", literal("ภาษี(100)"), "knowledge:k")
        + decision("e", literal('ภาษี("ร้อย")'), "knowledge:k")
    )
    assert ask(made, "d", {"x": D(1)}).output == D(7)
    assert ask(made, "e").output is None


def test_endless_recursion_is_a_failure_within_the_budget() -> None:
    made = model(
        '<businessKnowledgeModel id="k" name="k"><variable name="k"/><encapsulatedLogic><formalParameter name="n"/>'
        + literal("k(n + 1)")
        + '</encapsulatedLogic><knowledgeRequirement><requiredKnowledge href="#k"/></knowledgeRequirement>'
        "</businessKnowledgeModel>" + decision("d", literal("k(1)"), "knowledge:k")
    )
    result = ask(made, "d")
    assert result.output is None and result.failure is not None and result.failed_decision_id == "d"


def test_a_list_without_end_is_a_failure_within_the_budget() -> None:
    result = ask(model(decision("d", literal("count(for x in 1..1000000000 return x)"))), "d")
    assert result.output is None and result.failure is not None and result.failure_th is not None


def test_services_take_input_data_then_decisions() -> None:
    made = model(
        '<inputData id="i" name="i"><variable name="i"/></inputData>'
        + decision("given", literal('"never"'))
        + decision("inner", literal("given + 1"), "decision:given")
        + decision("out", literal("inner * i"), "decision:inner", "input:i")
        + '<decisionService id="s" name="s"><variable name="s"/><outputDecision href="#out"/>'
        '<encapsulatedDecision href="#inner"/><inputDecision href="#given"/><inputData href="#i"/></decisionService>'
        + decision("d", literal("s(10, 4)"), "knowledge:s")
    )
    assert ask(made, "d").output == D(50)
    assert made.evaluate_service("s", {"i": D(2), "given": D(1)}, ENV).output == D(4)


def test_types_are_kept_and_their_allowed_values() -> None:
    types = (
        '<itemDefinition name="ระดับ"><typeRef>string</typeRef><allowedValues><text>"สูง","ต่ำ"</text></allowedValues>'
        '</itemDefinition><itemDefinition name="หลายระดับ" isCollection="true"><typeRef>ระดับ</typeRef></itemDefinition>'
    )
    made = model(
        types
        + decision("good", literal('["สูง","ต่ำ"]'), type_ref="หลายระดับ")
        + decision("bad", literal('["กลาง"]'), type_ref="หลายระดับ")
        + decision("number", literal('"1"'), type_ref="number")
    )
    assert ask(made, "good").output == ["สูง", "ต่ำ"]
    bad = ask(made, "bad")
    assert bad.output is None and bad.failure is not None and "หลายระดับ" in bad.failure
    assert ask(made, "number").failed_decision_id == "number"


def test_imported_models_are_reached_by_the_name_of_the_import() -> None:
    inner = parse_decisions(
        definitions(INPUT + decision("ภาษี", literal("วงเงิน * 0.07"), "input:amount"), model="urn:tax"), "tax.dmn"
    )
    outer = definitions(
        '<import namespace="urn:tax" name="กฎภาษี" importType="https://www.omg.org/spec/DMN/20191111/MODEL/"/>'
        '<decision id="d" name="d"><variable name="d"/><informationRequirement><requiredDecision href="urn:tax#ภาษี"/>'
        f"</informationRequirement>{literal('กฎภาษี.ภาษี + 1')}</decision>"
    )
    made = parse_decisions(outer, "outer.dmn", [inner])
    assert ask(made, "d", {"วงเงิน": D(100)}).output == D(8)
    with pytest.raises(InvalidDecisions) as caught:
        parse_decisions(outer, "outer.dmn")
    assert {fault.rule for fault in caught.value.faults} == {"dmn-import", "dmn-requirement"}


def test_a_failure_in_a_required_decision_is_told_as_its_own() -> None:
    made = model(
        decision("a", table("UNIQUE", "n", "o", "- -> 1", "- -> 2")) + decision("b", literal("a"), "decision:a")
    )
    result = ask(made, "b", {"n": D(1)})
    assert (result.output, result.failed_decision_id) == (None, "a")


def test_warnings_say_which_decision_they_come_from() -> None:
    result = ask(model(decision("a", literal('1 + "x"')) + decision("b", literal("a"), "decision:a")), "b")
    assert result.output is None and [noted.decision_id for noted in result.warnings] == ["a"]


def test_the_version_tag_of_camunda_is_read() -> None:
    tag = '<z:versionTag xmlns:z="http://camunda.org/schema/zeebe/1.0" value="v2"/>'
    extension = f"<extensionElements>{tag}</extensionElements>"
    made = model(decision("a", extension + literal("1")))
    assert made.decisions["a"].version_tag == "v2"


def test_a_function_may_be_used_but_not_be_the_result() -> None:
    double = "<functionDefinition><formalParameter name='x'/>" + literal("x * 2") + "</functionDefinition>"
    made = model(decision("f", double) + decision("d", literal("f(4)"), "decision:f"))
    result = ask(made, "d")
    assert result.output == D(8) and [item.output for item in result.evaluated] == [None, D(8)]
    alone = ask(made, "f")
    assert alone.output is None and alone.failure is not None
