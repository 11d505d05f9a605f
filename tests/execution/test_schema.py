"""A file against the XML schema of BPMN 2.0.2 (15.3): what is valid passes, what is not is refused where it stands."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from engine.execution import examine
from engine.execution.lint.schema.check import KINDS
from engine.execution.lint.schema.notation import tag
from engine.layout import layout
from engine.model.faults import Fault
from tests.execution.coverage_names import ELEMENTS
from tests.execution.lint_samples_schema import BOUNDS, INVALID, SAMPLES, SHAPE, TOLERATED, VALID, drawn, task

ROOT = Path(__file__).parents[2]
FILES = sorted(p for top in ("processes", "docs/examples", "tests") for p in (ROOT / top).rglob("*.bpmn"))


def schema_faults(xml: bytes) -> list[Fault]:
    return [f for f in examine(xml, "test.bpmn").faults if f.rule.startswith("schema-")]


@pytest.mark.parametrize("name", VALID)
def test_what_is_valid_passes(name: str) -> None:
    assert examine(VALID[name], "test.bpmn").faults == []


@pytest.mark.parametrize("name", INVALID)
def test_what_is_not_is_refused(name: str) -> None:
    rule, xml = INVALID[name]
    assert [f.rule for f in schema_faults(xml)] == [rule]


@pytest.mark.parametrize("name", TOLERATED)
def test_an_order_that_modelers_do_not_keep_is_a_warning(name: str) -> None:
    found = examine(TOLERATED[name], "test.bpmn")
    assert found.faults == []
    assert "schema-order-tolerated" in [w.rule for w in found.warnings]


@pytest.mark.parametrize("rule", SAMPLES)
def test_a_fault_says_in_both_languages_what_is_allowed(rule: str) -> None:
    broken, repaired = SAMPLES[rule]
    [fault] = schema_faults(broken)
    assert (fault.rule, fault.file, fault.severity) == (rule, "test.bpmn", "error")
    assert fault.th != fault.en and any("\u0e00" <= c <= "\u0e7f" for c in fault.th)
    assert examine(repaired, "test.bpmn").faults == []


def test_a_fault_names_the_element_and_what_it_may_have() -> None:
    [fault] = schema_faults(task('label="x"'))
    assert fault.element_id == "x" and "label" in fault.en and "name" in fault.en and "isForCompensation" in fault.th
    [fault] = schema_faults(drawn(SHAPE.format("sh", BOUNDS.replace('width="36"', 'width="wide"'))))
    assert fault.element_id == "s" and "'wide'" in fault.en  # of what is drawn, which the modeler can show


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_every_diagram_of_this_project_is_valid(path: Path) -> None:
    assert schema_faults(path.read_bytes()) == []


@pytest.mark.parametrize("path", sorted(ROOT.glob("processes/*/*.bpmn")), ids=lambda p: p.name)
def test_what_our_layout_draws_is_valid(path: Path) -> None:
    assert schema_faults(layout(path.read_bytes())) == []


def test_the_tables_have_every_element_of_the_standard() -> None:
    assert set(ELEMENTS) - set(KINDS) == {
        # declared where they stand, not by themselves
        "activationCondition", "categoryValueRef", "childLaneSet", "completionCondition", "condition",
        "conditionExpression", "eventDefinitionRef", "flowNodeRef", "incoming", "inputDataItem", "loopCardinality",
        "loopCondition", "loopDataInputRef", "loopDataOutputRef", "outgoing", "outputDataItem", "supports", "timeCycle",
        "timeDate", "timeDuration", "transformation",
    }  # fmt: skip
    known = {place for kind in KINDS.values() for place in kind.places}
    assert all(tag(name) in known for name in set(ELEMENTS) - {"definitions"})


NAMES = [tag(name) for name in KINDS]
VALUES = ["", "true", "1", "-5", "1.5", "a b", "ก", "bpmn:x", "q:x", "=x", "=1 +", "One", "1e999", " x ", "#p", "x" * 300]
ATTRIBUTES = ["id", "name", "default", "sourceRef", "targetRef", "attachedToRef", "messageRef", "behavior", "x", "type"]


def _rename(choose: random.Random, elements: list[etree._Element]) -> None:
    element = choose.choice(elements)
    if element.attrib:
        element.set(choose.choice(ATTRIBUTES), element.attrib.pop(choose.choice(sorted(map(str, element.attrib)))))


def _replace(choose: random.Random, elements: list[etree._Element]) -> None:
    element = choose.choice(elements)
    names = sorted(map(str, element.attrib)) + ATTRIBUTES
    element.set(choose.choice(names), choose.choice(VALUES))


def _move(choose: random.Random, elements: list[etree._Element]) -> None:
    element, into = choose.choice(elements[1:]), choose.choice(elements)
    if element is not into and element not in into.iterancestors():
        into.insert(choose.randrange(len(into) + 1), element)


def _remove(choose: random.Random, elements: list[etree._Element]) -> None:
    element = choose.choice(elements[1:])
    around = element.getparent()
    if around is not None:
        around.remove(element)


def _turn(choose: random.Random, elements: list[etree._Element]) -> None:
    choose.choice(elements[1:]).tag = choose.choice(NAMES)


def _write(choose: random.Random, elements: list[etree._Element]) -> None:
    choose.choice(elements).text = choose.choice(VALUES).replace("\x00", "")


MUTATIONS = (_rename, _replace, _move, _remove, _turn, _write)


@given(st.sampled_from(FILES), st.integers(0, 2**32), st.lists(st.sampled_from(MUTATIONS), min_size=1, max_size=6))
def test_whatever_is_done_to_a_file_it_is_read_or_refused(path: Path, seed: int, mutations: list[Callable[..., None]]) -> None:
    choose, root = random.Random(seed), etree.fromstring(path.read_bytes())
    for mutate in mutations:
        elements = [e for e in root.iter() if isinstance(e.tag, str)]
        if len(elements) > 1:
            mutate(choose, elements)
    found = examine(etree.tostring(root), path.name)
    assert all(f.th and f.en and f.file == path.name for f in (*found.faults, *found.warnings))
