"""Activities: mappings, jobs, scripts, decisions, sub-processes, calls, multi-instance, their errors."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.execution import NotWaiting
from engine.execution import effects as fx
from tests.execution.bench import diagram, flows, node, user

START, END = node("startEvent", "s"), node("endEvent", "e")
JOB = '<zeebe:taskDefinition type="pay" retries="=n"/>'


def _mapping(inputs: dict[str, str] | None = None, outputs: dict[str, str] | None = None) -> str:
    made = [f'<zeebe:input source="{v}" target="{k}"/>' for k, v in (inputs or {}).items()]
    made += [f'<zeebe:output source="{v}" target="{k}"/>' for k, v in (outputs or {}).items()]
    return f"<zeebe:ioMapping>{''.join(made)}</zeebe:ioMapping>"


def test_user_task_evaluates_who_until_when_and_how_urgent(run) -> None:
    extra = (
        '<zeebe:assignmentDefinition assignee="=boss" candidateGroups="=[&quot;a&quot;, &quot;b&quot;]" candidateUsers="u1, u2"/>'
        '<zeebe:taskSchedule dueDate="=now() + duration(&quot;P1D&quot;)" followUpDate="2026-05-01T09:00:00+07:00"/>'
        '<zeebe:priorityDefinition priority="=40 + 2"/>'
    )
    case = run(diagram(START + user("a", extra) + flows("s a"))).start(boss="ann")
    (made,) = [e for e in case.effects if isinstance(e, fx.UserTaskCreated)]
    assert (made.assignee, made.candidate_groups, made.candidate_users) == ("ann", ("a", "b"), ("u1", "u2"))
    assert made.due_at is not None and made.due_at.isoformat() == "2026-04-11T09:00:00+00:00"
    assert made.follow_up_at is not None and made.follow_up_at.isoformat() == "2026-05-01T02:00:00+00:00"
    assert made.priority == 42


def test_a_missing_variable_in_an_assignment_is_an_incident_that_names_it(run) -> None:
    xml = diagram(START + user("a", '<zeebe:assignmentDefinition assignee="=the_boss"/>') + flows("s a"))
    case = run(xml).start()
    (incident,) = case.incidents.values()
    assert incident.error_type == "EXTRACT_VALUE_ERROR" and "the_boss" in incident.message
    assert case.set(the_boss="ann").resolve().waiting == ["a"]


def test_results_without_output_mappings_go_to_the_process(run) -> None:
    case = run(diagram(START + user("a") + user("b") + flows("s a", "a b"))).start(x=1).complete("a", x=2, y={"z": [1]})
    assert case.variables == {"x": Decimal(2), "y": {"z": [Decimal(1)]}}


def test_output_mappings_let_only_the_mapped_out(run) -> None:
    xml = diagram(START + user("a", _mapping(outputs={"total": "=price * 2", "who.name": "=name"})) + user("b") + flows("s a", "a b"))
    case = run(xml).start(who={"unit": "ict"}).complete("a", price=5, name="ann")
    assert case.variables == {"total": Decimal(10), "who": {"unit": "ict", "name": "ann"}}


def test_input_mappings_are_local_and_see_each_other(run) -> None:
    xml = diagram(START + user("a", _mapping(inputs={"x": "=n + 1", "y": "=x * 10"})) + user("b") + flows("s a", "a b"))
    case = run(xml).start(n=1)
    task = next(k for k, e in case.tasks.items() if e == "a")
    assert case.case.variables.local(task) == {"x": Decimal(2), "y": Decimal(20)}
    assert case.complete("a", x=99).variables == {"n": Decimal(1)}  # a result named like a local stays local


def test_a_job_is_asked_for_with_its_headers_and_done_by_a_worker(run) -> None:
    extra = JOB + '<zeebe:taskHeaders><zeebe:header key="k" value="v"/></zeebe:taskHeaders>'
    case = run(diagram(START + node("serviceTask", "a", extra) + END + flows("s a", "a e"))).start(n=5)
    (job,) = case.jobs.values()
    assert (job.type, job.retries, job.headers) == ("pay", 5, {"k": "v"})
    assert case.complete("a", paid=True).ended.variables == {"n": Decimal(5), "paid": True}


@pytest.mark.parametrize("kind", ["sendTask", "scriptTask", "businessRuleTask"])
def test_other_tasks_that_a_worker_does(run, kind: str) -> None:
    case = run(diagram(START + node(kind, "a", JOB) + END + flows("s a", "a e"))).start(n=5)
    assert [job.type for job in case.jobs.values()] == ["pay"]
    assert case.complete("a").ended is not None


def test_what_does_not_wait_cannot_be_completed(run) -> None:
    case = run(diagram(START + user("a") + END + flows("s a", "a e"))).start()
    with pytest.raises(NotWaiting):
        case.case.complete(999, {})
    task = next(iter(case.tasks))
    case.complete("a")
    with pytest.raises(NotWaiting):
        case.case.complete(task, {})


def test_script_task_puts_its_result_into_a_variable(run) -> None:
    script = '<zeebe:script expression="=[a, b][item &gt; 1]" resultVariable="big"/>'
    case = run(diagram(START + node("scriptTask", "x", script) + user("u") + flows("s x", "x u"))).start(a=1, b=2)
    assert case.variables["big"] == [Decimal(2)]


def test_business_rule_task_evaluates_a_decision_or_says_that_there_is_none(run) -> None:
    called = '<zeebe:calledDecision decisionId="=which" resultVariable="level"/>'
    xml = diagram(START + node("businessRuleTask", "x", called) + user("u") + flows("s x", "x u"))
    assert run(xml, decisions={"risk": "high"}).start(which="risk").variables["level"] == "high"
    (incident,) = run(xml).start(which="risk").incidents.values()
    assert incident.error_type == "CALLED_DECISION_ERROR" and "risk" in incident.message


@pytest.mark.parametrize("kind", ["task", "manualTask"])
def test_tasks_without_work_pass_through(run, kind: str) -> None:
    assert run(diagram(START + node(kind, "x") + user("u") + flows("s x", "x u"))).start().waiting == ["u"]


def test_sub_process_is_a_scope_that_ends_with_its_last_token(run) -> None:
    inner = node("startEvent", "is") + user("a") + user("b") + flows("is a", "is b").replace('id="f', 'id="i')
    sub = f'<bpmn:subProcess id="sub"><bpmn:extensionElements>{_mapping(inputs={"x": "=n"}, outputs={"sum": "=x + y"})}</bpmn:extensionElements>{inner}</bpmn:subProcess>'
    case = run(diagram(START + sub + user("u") + flows("s sub", "sub u"))).start(n=1)
    assert case.waiting == ["a", "b"]
    case.complete("a", x=5)  # merges into the sub-process's own x
    assert case.complete("b", y=2).waiting == ["u"]
    assert case.variables["sum"] == Decimal(7) and "x" not in case.variables


def test_terminate_end_ends_its_scope_only(run) -> None:
    inner = (
        node("startEvent", "is") + user("a") + user("b")
        + node("endEvent", "te", body="<bpmn:terminateEventDefinition/>")
        + flows("is a", "is b", "a te").replace('id="f', 'id="i')
    )  # fmt: skip
    case = run(diagram(START + f'<bpmn:subProcess id="sub">{inner}</bpmn:subProcess>' + user("u") + flows("s sub", "sub u")))
    case.start().complete("a")
    assert case.waiting == ["u"]
    assert fx.UserTaskEnded in {type(e) for e in case.effects}


def test_call_activity_asks_for_a_child_and_takes_its_variables(run) -> None:
    called = '<zeebe:calledElement processId="=kind" propagateAllChildVariables="true"/>'
    case = run(diagram(START + node("callActivity", "c", called) + user("u") + flows("s c", "c u"))).start(kind="q", n=1)
    (call,) = case.calls.values()
    assert (call.process_id, call.variables) == ("q", {"kind": "q", "n": Decimal(1)})
    case.case.complete_call(call.task_key, {"answer": Decimal(42)})
    assert case._settle().variables["answer"] == Decimal(42)
    assert case.waiting == ["u"]


class TestMultiInstance:
    """13.3.7; zeebe:loopCharacteristics."""

    LOOP = (
        '<bpmn:multiInstanceLoopCharacteristics isSequential="{seq}"><bpmn:extensionElements>'
        '<zeebe:loopCharacteristics inputCollection="=units" inputElement="unit" outputCollection="answers" outputElement="=answer"/>'
        "</bpmn:extensionElements>{condition}</bpmn:multiInstanceLoopCharacteristics>"
    )

    def _xml(self, seq: str = "false", condition: str = "", more: str = "") -> bytes:
        if condition:
            condition = f"<bpmn:completionCondition>{condition}</bpmn:completionCondition>"
        task = user("a", body=self.LOOP.format(seq=seq, condition=condition))
        return diagram(START + task + user("u") + more + flows("s a", "a u"))

    def test_parallel_results_stand_at_the_index_of_their_input(self, run) -> None:
        case = run(self._xml()).start(units=["x", "y", "z"])
        assert case.waiting == ["a", "a", "a"]
        case.complete("a", 2, answer="3rd").complete("a", 0, answer="1st").complete("a", 0, answer="2nd")
        assert case.variables["answers"] == ["1st", "2nd", "3rd"]
        assert case.waiting == ["u"]
        assert "answer" not in case.variables and "unit" not in case.variables

    def test_sequential_goes_one_after_another(self, run) -> None:
        case = run(self._xml("true")).start(units=["x", "y"])
        assert case.waiting == ["a"]
        task = next(iter(case.tasks))
        assert case.case.variables.visible(task)["loopCounter"] == Decimal(1)
        assert case.complete("a", answer=1).waiting == ["a"]
        assert case.case.variables.visible(next(iter(case.tasks)))["unit"] == "y"
        assert case.complete("a", answer=2).variables["answers"] == [Decimal(1), Decimal(2)]

    def test_an_empty_collection_gives_an_empty_list(self, run) -> None:
        case = run(self._xml()).start(units=[])
        assert (case.waiting, case.variables["answers"]) == (["u"], [])

    def test_completion_condition_ends_the_rest(self, run) -> None:
        case = run(self._xml(condition="=numberOfCompletedInstances &gt;= 2")).start(units=[1, 2, 3])
        case.complete("a", answer="p").complete("a", answer="q")
        assert case.waiting == ["u"]
        assert case.variables["answers"] == ["p", "q", None]

    def test_a_collection_that_is_no_list_is_an_incident(self, run) -> None:
        (incident,) = run(self._xml()).start(units="x").incidents.values()
        assert incident.error_type == "EXTRACT_VALUE_ERROR"

    def test_a_boundary_event_belongs_to_the_body(self, run) -> None:
        timer = (
            '<bpmn:boundaryEvent id="t" attachedToRef="a"><bpmn:timerEventDefinition><bpmn:timeDuration>PT1H</bpmn:timeDuration>'
            '</bpmn:timerEventDefinition></bpmn:boundaryEvent>' + user("late")
            + '<bpmn:sequenceFlow id="x" sourceRef="t" targetRef="late"/>'
        )  # fmt: skip
        case = run(self._xml(more=timer)).start(units=[1, 2, 3])
        assert case.waiting == ["a", "a", "a", "t"]
        assert case.trigger("t").waiting == ["late"]
        assert "answers" not in case.variables


class TestErrors:
    """10.5.1: an error goes outward to the innermost boundary event that catches it."""

    def _xml(self, *boundaries: tuple[str, str, str | None]) -> bytes:
        roots = '<bpmn:error id="E1" errorCode="BAD"/><bpmn:error id="E2" errorCode="WORSE"/>'
        made = "".join(
            f'<bpmn:boundaryEvent id="{id}" attachedToRef="{host}"><bpmn:errorEventDefinition'
            + (f' errorRef="{ref}"' if ref else "") + "/></bpmn:boundaryEvent>" + user(f"after_{id}")
            + f'<bpmn:sequenceFlow id="x{id}" sourceRef="{id}" targetRef="after_{id}"/>'
            for id, host, ref in boundaries
        )  # fmt: skip
        inner = node("startEvent", "is") + node("serviceTask", "j", '<zeebe:taskDefinition type="t"/>') + flows("is j").replace('id="f', 'id="i')
        return diagram(START + f'<bpmn:subProcess id="sub">{inner}</bpmn:subProcess>' + user("u") + made + flows("s sub", "sub u"), roots)

    def test_the_exact_code_wins_over_one_that_catches_all(self, run) -> None:
        case = run(self._xml(("any", "sub", None), ("bad", "sub", "E1"))).start().error("j", "BAD", why="x")
        assert case.waiting == ["after_bad"]
        assert run(self._xml(("any", "sub", None), ("bad", "sub", "E1"))).start().error("j", "OTHER").waiting == ["after_any"]

    def test_an_uncaught_error_is_an_incident(self, run) -> None:
        case = run(self._xml(("worse", "sub", "E2"))).start().error("j", "BAD")
        (incident,) = case.incidents.values()
        assert incident.error_type == "UNHANDLED_ERROR_EVENT" and "BAD" in incident.message

    def test_an_error_end_event_throws(self, run) -> None:
        inner = (
            node("startEvent", "is") + user("a") + user("b")
            + node("endEvent", "ee", body='<bpmn:errorEventDefinition errorRef="E1"/>')
            + flows("is a", "is b", "a ee").replace('id="f', 'id="i')
        )  # fmt: skip
        boundary = '<bpmn:boundaryEvent id="be" attachedToRef="sub"><bpmn:errorEventDefinition errorRef="E1"/></bpmn:boundaryEvent>'
        xml = diagram(
            START + f'<bpmn:subProcess id="sub">{inner}</bpmn:subProcess>' + boundary + user("u") + user("v")
            + flows("s sub", "sub u", "be v"), '<bpmn:error id="E1" errorCode="BAD"/>',
        )  # fmt: skip
        assert run(xml).start().complete("a").waiting == ["v"]

    def test_an_error_that_only_the_caller_catches_ends_the_instance(self, run) -> None:
        case = run(self._xml()).start()
        case.catches_outside = True
        case.error("j", "BAD")
        assert case.ended is not None and not case.ended.completed
        assert any(isinstance(e, fx.ErrorUncaught) and e.code == "BAD" for e in case.effects)
