"""Decision tables: hit policies, aggregators, defaults, allowed values, and what is told of them."""

from __future__ import annotations

from decimal import Decimal as D

import pytest

from engine.dmn import MatchedRule
from tests.dmn.support import ask, decision, model, table

RULES = ('> 10 -> "big"', '> 5 -> "some"', '> 10 -> "big"')


def outcome(policy: str, rules: tuple[str, ...], value: object, output: str = "o", aggregation: str = "") -> object:
    made = model(decision("d", table(policy, "n", output, *rules, aggregation=aggregation)))
    return ask(made, "d", {"n": value}).output


@pytest.mark.parametrize(
    ("policy", "value", "expected"),
    [
        ("UNIQUE", D(7), "some"),
        ("UNIQUE", D(1), None),
        ("FIRST", D(20), "big"),
        ("ANY", D(7), "some"),
        ("RULE ORDER", D(20), ["big", "some", "big"]),
        ("COLLECT", D(20), ["big", "some", "big"]),
        ("COLLECT", D(1), None),
    ],
)
def test_hit_policies(policy: str, value: object, expected: object) -> None:
    assert outcome(policy, RULES, value) == expected


def test_priority_and_output_order_follow_the_output_values() -> None:
    rules = ('> 0 -> "low"', '> 5 -> "high"', '> 0 -> "mid"')
    assert outcome("PRIORITY", rules, D(7), 'o="high","mid","low"') == "high"
    assert outcome("OUTPUT ORDER", rules, D(7), 'o="high","mid","low"') == ["high", "mid", "low"]
    assert outcome("PRIORITY", rules, D(1), 'o="high","mid","low"') == "mid"


@pytest.mark.parametrize(
    ("aggregation", "expected", "none"),
    [("SUM", D(60), None), ("MIN", D(10), None), ("MAX", D(30), None), ("COUNT", D(3), D(0))],
)
def test_aggregators(aggregation: str, expected: object, none: object) -> None:
    rules = ("> 0 -> 10", "> 0 -> 20", "> 0 -> n * 30")
    assert outcome("COLLECT", rules, D(1), aggregation=aggregation) == expected
    assert outcome("COLLECT", rules, D(-1), aggregation=aggregation) == none


def test_several_outputs_are_a_context() -> None:
    made = model(decision("d", table("FIRST", "a b", "ระดับ แจ้ง", '"x" | > 1 -> "สูง" | true', '- | - -> "ต่ำ" | false')))
    assert ask(made, "d", {"a": "x", "b": D(2)}).output == {"ระดับ": "สูง", "แจ้ง": True}
    assert ask(made, "d", {"a": "y", "b": D(2)}).output == {"ระดับ": "ต่ำ", "แจ้ง": False}
    collected = model(decision("d", table("COLLECT", "a", "p q", "- -> 1 | 2", "- -> 3 | 4")))
    assert ask(collected, "d", {"a": D(1)}).output == [{"p": D(1), "q": D(2)}, {"p": D(3), "q": D(4)}]


def test_matched_rules_are_listed_with_inputs_and_outputs() -> None:
    made = model(decision("ประเมิน", table("COLLECT", "ระดับ จำนวน", "ผล", '"สูง" | - -> 1', "- | > 5 -> จำนวน * 2")))
    result = ask(made, "ประเมิน", {"ระดับ": "สูง", "จำนวน": D(7)})
    [evaluated] = result.evaluated
    assert (evaluated.id, evaluated.name, evaluated.type) == ("ประเมิน", "ประเมิน", "DECISION_TABLE")
    assert evaluated.inputs == (("i1", "ระดับ", "สูง"), ("i2", "จำนวน", D(7)))
    assert evaluated.rules == (
        MatchedRule("r1", 1, (("o1", "ผล", D(1)),)),
        MatchedRule("r2", 2, (("o1", "ผล", D(14)),)),
    )
    assert evaluated.output == result.output == [D(1), D(14)]


def test_two_rules_of_a_unique_table_are_a_failure_that_names_them() -> None:
    result = ask(model(decision("d", table("UNIQUE", "n", "o", *RULES))), "d", {"n": D(20)})
    assert result.output is None and result.failed_decision_id == "d"
    assert result.failure is not None and "1, 2, 3" in result.failure
    assert result.failure_th is not None and "กฎที่ 1, 2, 3" in result.failure_th
    assert [rule.index for rule in result.evaluated[0].rules] == [1, 2, 3]


def test_any_wants_the_rules_to_agree() -> None:
    made = model(decision("d", table("ANY", "n", "o", *RULES)))
    assert ask(made, "d", {"n": D(20)}).failure is not None
    agreeing = model(decision("d", table("ANY", "n", "o", "> 1 -> [1]", "> 2 -> [1]")))
    assert ask(agreeing, "d", {"n": D(20)}).output == [D(1)]


def test_values_that_are_not_allowed_are_failures() -> None:
    made = model(decision("d", table("UNIQUE", "n", 'o="yes","no"', '- -> "maybe"')))
    result = ask(made, "d", {"n": D(1)})
    assert result.output is None
    assert result.failure is not None and "maybe" in result.failure


def test_default_outputs() -> None:
    text = table("UNIQUE", "n", "o p", "> 5 -> 1 | 2")
    text = text.replace('name="p">', 'name="p"><defaultOutputEntry><text>n + 1</text></defaultOutputEntry>')
    made = model(decision("d", text))
    assert ask(made, "d", {"n": D(9)}).output == {"o": D(1), "p": D(2)}
    assert ask(made, "d", {"n": D(1)}).output == {"o": None, "p": D(2)}


def test_missing_variables_are_named() -> None:
    made = model(
        '<inputData id="i" name="age"><variable name="age"/></inputData>'
        + decision("d", table("UNIQUE", "age ระดับ", "o", '> 5 | "x" -> 1'), "input:i")
    )
    result = ask(made, "d", {})
    assert result.output is None and result.failure is None
    assert result.missing == ("age", "ระดับ")


def test_a_table_without_inputs_and_aggregating_texts() -> None:
    result = ask(
        model(decision("d", table("COLLECT", "n", "o", '- -> "a"', "- -> 1", aggregation="SUM"))), "d", {"n": D(1)}
    )
    assert result.output is None and result.failure is not None
