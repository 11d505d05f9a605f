"""Variables in depth: mappings, scopes and merging (section 5 of the dialect), each restored at every wait too."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.execution.bench import diagram, flows, node, user

START, END = node("startEvent", "s"), node("endEvent", "e")
MESSAGE = (
    '<bpmn:message id="M" name="paper"><bpmn:extensionElements><zeebe:subscription correlationKey="=no"/>'
    "</bpmn:extensionElements></bpmn:message>"
)
CATCH = '<bpmn:messageEventDefinition messageRef="M"/>'


def inputs(**sources: str) -> str:
    """Input mappings by target; `__` in a target stands for a dot."""
    return _box("input", sources)


def outputs(**sources: str) -> str:
    """Output mappings by target; `__` in a target stands for a dot."""
    return _box("output", sources)


def _box(kind: str, sources: dict[str, str]) -> str:
    made = [f'<zeebe:{kind} source="{v}" target="{k.replace("__", ".")}"/>' for k, v in sources.items()]
    return f"<zeebe:ioMapping>{''.join(made)}</zeebe:ioMapping>"


def sub(id: str, inner: str, extra: str = "", *pairs: str) -> str:
    """A sub-process; its flows are named after it."""
    box = f"<bpmn:extensionElements>{extra}</bpmn:extensionElements>" if extra else ""
    inside = flows(*pairs).replace('id="f', f'id="{id}_')
    return f'<bpmn:subProcess id="{id}">{box}{node("startEvent", id + "s")}{inner}{inside}</bpmn:subProcess>'


def local(case, element: str) -> dict[str, object]:
    """The variables of the scope of a waiting task."""
    key = next(k for k, e in case.tasks.items() if e == element)
    return case.case.variables.local(key)


def test_an_input_without_a_source_is_null(run) -> None:
    case = run(diagram(START + user("a", inputs(x="")) + flows("s a"))).start(x=1)
    assert local(case, "a") == {"x": None}


def test_a_static_input_is_a_text(run) -> None:
    assert local(run(diagram(START + user("a", inputs(x="5")) + flows("s a"))).start(), "a") == {"x": "5"}


def test_a_dotted_input_builds_a_new_context(run) -> None:
    xml = diagram(START + user("a", inputs(who__name="=boss", who__unit="ict")) + flows("s a"))
    case = run(xml).start(boss="ann", who={"age": 5})
    assert local(case, "a") == {"who": {"name": "ann", "unit": "ict"}}
    assert case.variables["who"] == {"age": Decimal(5)}


def test_a_dotted_output_changes_that_leaf_only(run) -> None:
    xml = diagram(START + user("a", outputs(case__state__now="=decided")) + user("b") + flows("s a", "a b"))
    case = run(xml).start(case={"no": 7, "state": {"since": "x"}}).complete("a", decided="yes")
    assert case.variables["case"] == {"no": Decimal(7), "state": {"since": "x", "now": "yes"}}


def test_outputs_see_the_outputs_before_them(run) -> None:
    xml = diagram(START + user("a", outputs(x="=n + 1", y="=x * 2")) + user("b") + flows("s a", "a b"))
    assert run(xml).start(x=100).complete("a", n=1).variables == {"x": Decimal(2), "y": Decimal(4)}


def test_outputs_merge_from_the_parent_scope_not_from_the_tasks_own(run) -> None:
    # x is local to the task; its output mapping of the same name goes out all the same
    xml = diagram(START + user("a", inputs(x="=1") + "", "") + user("b") + flows("s a", "a b"))
    assert "x" not in run(xml).start().complete("a", x=5).variables
    both = '<zeebe:ioMapping><zeebe:input source="=1" target="x"/><zeebe:output source="=x" target="x"/></zeebe:ioMapping>'
    xml = diagram(START + user("a", both) + user("b") + flows("s a", "a b"))
    assert run(xml).start().complete("a", x=5).variables == {"x": Decimal(5)}


def test_a_result_stops_at_the_first_scope_that_has_its_name(run) -> None:
    inner = sub("inner", user("a"), "", "inners a")
    outer = sub("outer", inner + user("b"), inputs(x="=1"), "outers inner", "inner b")
    case = run(diagram(START + outer + user("u") + flows("s outer", "outer u"))).start(x=0, y=0)
    case.complete("a", x=5, y=6, z=7)
    assert case.variables == {"x": Decimal(0), "y": Decimal(6), "z": Decimal(7)}
    seen = case.case.variables.visible(next(iter(case.tasks)))
    assert seen["x"] == Decimal(5)
    assert case.complete("b").variables == {"x": Decimal(0), "y": Decimal(6), "z": Decimal(7)}


def test_the_failing_input_applies_nothing(run) -> None:
    # the second mapping has no value within its budget: neither is applied, and repair runs both
    xml = diagram(START + user("a", inputs(x="=1") + '<zeebe:assignmentDefinition assignee="=who"/>') + flows("s a"))
    case = run(xml).start()
    assert len(case.incidents) == 1
    assert case.set(who="ann").resolve().waiting == ["a"]
    assert local(case, "a") == {"x": Decimal(1)}


def test_a_catch_event_merges_what_it_receives_or_maps_it(run) -> None:
    plain = diagram(START + node("intermediateCatchEvent", "m", body=CATCH) + user("u") + flows("s m", "m u"), MESSAGE)
    assert run(plain).start(no=1).trigger("m", a=1, b=2).variables == {"no": 1, "a": 1, "b": 2}
    extra = outputs(got="=a")
    mapped = diagram(START + node("intermediateCatchEvent", "m", extra, CATCH) + user("u") + flows("s m", "m u"), MESSAGE)
    assert run(mapped).start(no=1).trigger("m", a=1, b=2).variables == {"no": 1, "got": 1}


def test_a_boundary_event_maps_what_it_receives(run) -> None:
    boundary = node("boundaryEvent", "m", outputs(got="=a"), CATCH, 'attachedToRef="t" cancelActivity="false"')
    xml = diagram(START + user("t") + boundary + user("u") + flows("s t", "m u"), MESSAGE)
    assert run(xml).start(no=1).trigger("m", a=1, b=2).variables == {"no": 1, "got": 1}


def test_the_variables_of_an_error_stay_with_the_event_unless_it_maps_them(run) -> None:
    job = node("serviceTask", "j", '<zeebe:taskDefinition type="t"/>')
    for extra, expected in (("", {}), (outputs(why="=reason"), {"why": "no money"})):
        boundary = node("boundaryEvent", "b", extra, "<bpmn:errorEventDefinition/>", 'attachedToRef="j"')
        case = run(diagram(START + job + boundary + user("u") + flows("s j", "b u"))).start()
        assert case.error("j", "X", reason="no money").variables == expected


def test_a_start_event_maps_what_its_message_brings(run) -> None:
    start = node("startEvent", "ms", outputs(got="=a"), CATCH)
    xml = diagram(start + user("u") + flows("ms u"), '<bpmn:message id="M" name="begin"/>')
    assert run(xml).start("ms", a=1, b=2).variables == {"got": 1}


def test_a_call_sees_everything_or_only_its_inputs(run) -> None:
    for propagate, expected in (("true", {"n": 1, "x": 2}), ("false", {"x": 2})):
        called = f'<zeebe:calledElement processId="q" propagateAllParentVariables="{propagate}" propagateAllChildVariables="false"/>'
        xml = diagram(START + node("callActivity", "c", called + inputs(x="=n + 1")) + user("u") + flows("s c", "c u"))
        case = run(xml).start(n=1)
        (call,) = case.calls.values()
        assert call.variables == expected
        case.case.complete_call(call.task_key, {"secret": Decimal(1)})
        assert case._settle().variables == {"n": 1}


def test_output_mappings_of_a_call_take_precedence_over_propagation(run) -> None:
    called = '<zeebe:calledElement processId="q" propagateAllChildVariables="true"/>' + outputs(y="=answer")
    xml = diagram(START + node("callActivity", "c", called) + user("u") + flows("s c", "c u"))
    case = run(xml).start()
    (call,) = case.calls.values()
    case.case.complete_call(call.task_key, {"answer": Decimal(42), "other": Decimal(1)})
    assert case._settle().variables == {"y": Decimal(42)}


def test_temporal_results_are_kept_as_text(run) -> None:
    script = '<zeebe:script expression="=[date(&quot;2026-04-10&quot;), duration(&quot;PT2H&quot;)]" resultVariable="x"/>'
    case = run(diagram(START + node("scriptTask", "t", script) + user("u") + flows("s t", "t u"))).start()
    assert case.variables["x"] == ["2026-04-10", "PT2H"]


@pytest.mark.parametrize("name", ["งบ ประมาณ", "x-y", "ชื่อ"])
def test_variables_may_have_thai_names_and_names_with_signs(run, name: str) -> None:
    gateway = node("exclusiveGateway", "g", attributes='default="f3"')
    xml = diagram(START + gateway + user("a") + user("b") + flows("s g", f"g a: ={name} > 5", "g b"))
    assert run(xml).start(**{name: 6}).waiting == ["a"]
