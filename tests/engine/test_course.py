"""What may come after a task, by its diagram: who, how long, and on which conditions."""

from __future__ import annotations

from typing import Any

import pytest

from engine.bus import Bus
from engine.errors import NotFound
from engine.queries.course import MOST_STEPS, get_course
from tests.dsl import OWNER, Office, person
from tests.execution.bench import diagram, flows, node, user
from tests.notify.test_events import FINANCE, LEGAL

S, E = node("startEvent", "s"), node("endEvent", "e")
STEP = '<krabuan:step key="b" number="2" stage="manage" standardTime="P3D" minimumTime="P1D" calendar="working"/>'
TIMER = '<bpmn:timerEventDefinition><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">P1D</bpmn:timeDuration></bpmn:timerEventDefinition>'


def course(office: Office, element: str = "a", actor: Any = OWNER) -> list[dict[str, Any]]:
    """What may follow the open task of an element."""
    bus: Bus = office.bus

    def process(db: Any, key: int) -> Any:
        return bus.services.definitions.process(db, key).definition.process

    with office.database.read() as db:
        found: list[dict[str, Any]] = get_course(db, actor, process, office.task(element).key)["next"]
        return found


def run(office: Office, *parts: str, of: str = "") -> Office:
    office.deploy(diagram("".join(parts), of))
    office.start()
    return office


def ids(steps: list[dict[str, Any]]) -> list[str]:
    return [step["elementId"] for step in steps]


def test_the_next_task_with_who_and_how_long(office: Office) -> None:
    run(office, S, user("a"), user("b", LEGAL + STEP), E, flows("s a", "a b", "b e"))
    (step,) = course(office)
    assert (step["elementId"], step["elementType"], step["candidateGroups"]) == ("b", "USER_TASK", ["legal"])
    assert (step["stepNumber"], step["standardTime"], step["calendar"]) == ("2", "P3D", "working")
    assert step["conditions"] == [] and step["decidedLater"] is False and step["assignee"] is None
    office.complete("a")
    assert ids(course(office, "b")) == ["e"] and course(office, "b")[0]["elementType"] == "END_EVENT"


def test_every_answer_of_a_gateway_with_its_question(office: Office) -> None:
    g = node("exclusiveGateway", "g", attributes='name="พบเหตุ" default="f4"')
    lines = flows("s a", "a g", "g b: =x", "g c", "b e", "c e").replace('id="f3"', 'id="f3" name="ใช่"')
    run(office, S, user("a"), g, user("b"), user("c"), E, lines)
    b, c = course(office)
    question = {"th": "พบเหตุ", "en": None}
    assert b["conditions"] == [{"question": question, "answer": "ใช่", "otherwise": False}]
    assert c["conditions"] == [{"question": question, "answer": None, "otherwise": True}]


def test_what_runs_by_itself_is_passed_and_both_ways_of_a_fork_come(office: Office) -> None:
    fork = node("parallelGateway", "g")
    script = node("scriptTask", "x", '<zeebe:script expression="=1" resultVariable="y"/>')
    run(office, S, user("a"), script, fork, user("b"), user("c"), E, flows("s a", "a x", "x g", "g b", "g c", "b e", "c e"))
    steps = course(office)
    assert ids(steps) == ["b", "c"] and all(step["conditions"] == [] for step in steps)


def test_into_a_sub_process_and_out_of_it(office: Office) -> None:
    inside = node("startEvent", "s1") + user("b") + node("endEvent", "e1") + flows("s1 b", "b e1").replace('id="f', 'id="g')
    run(office, S, user("a"), node("subProcess", "sub", body=inside), user("c"), E, flows("s a", "a sub", "sub c", "c e"))
    assert ids(course(office)) == ["b"]
    office.complete("a")
    assert ids(course(office, "b")) == ["c"]


def test_back_to_itself_it_does_not_go_round_for_ever(office: Office) -> None:
    g = node("exclusiveGateway", "g", attributes='default="f4"')
    run(office, S, user("a"), g, E, flows("s a", "a g", "g a: =again", "g e"))
    assert ids(course(office)) == ["a", "e"]


def test_what_happens_when_a_time_is_over(office: Office) -> None:
    late = node("boundaryEvent", "late", body=TIMER, attributes='attachedToRef="a" name="เกินเวลา"')
    run(office, S, user("a"), late, user("b"), user("c"), E, flows("s a", "a b", "late c", "b e", "c e"))
    b, c = course(office)
    assert ids([b, c]) == ["b", "c"] and b["conditions"] == []
    assert c["conditions"][0]["question"]["th"] == "เกินเวลา" and c["conditions"][0]["answer"] is None


def test_of_what_is_around_it_too_but_no_reminder_and_nothing_that_is_over(office: Office) -> None:
    inside = node("startEvent", "s1") + user("b") + node("endEvent", "e1") + flows("s1 b", "b e1").replace('id="f', 'id="g')
    late = node("boundaryEvent", "late", body=TIMER, attributes='attachedToRef="sub" name="เกินเวลา"')
    remind = node("boundaryEvent", "warn", body=TIMER, attributes='attachedToRef="sub" cancelActivity="false"')
    parts = (node("subProcess", "sub", body=inside), late, remind, user("c"), user("d"), node("endEvent", "e2"), E)
    run(office, S, *parts, flows("s sub", "sub c", "late d", "warn e2", "c e", "d e"))
    c, d = course(office, "b")
    assert ids([c, d]) == ["c", "d"] and c["conditions"] == []
    assert d["conditions"][0]["question"]["th"] == "เกินเวลา"
    office.complete("b")
    assert ids(course(office, "c")) == ["e"]


def test_who_the_data_decide_is_said_to_be_decided_later(office: Office) -> None:
    whoever = '<zeebe:assignmentDefinition assignee="=boss" candidateGroups="finance, legal"/>'
    run(office, S, user("a"), user("b", whoever), E, flows("s a", "a b", "b e"))
    (step,) = course(office)
    assert (step["assignee"], step["candidateGroups"], step["decidedLater"]) == (None, ["finance", "legal"], True)


def test_a_wide_fork_is_cut(office: Office) -> None:
    names = [f"n{i}" for i in range(MOST_STEPS + 5)]
    pairs = [f"g {name}" for name in names] + [f"{name} e" for name in names]
    run(office, S, user("a"), node("parallelGateway", "g"), *(user(name) for name in names), E, flows("s a", "a g", *pairs))
    assert len(course(office)) == MOST_STEPS


def test_of_a_task_that_one_may_not_see_there_is_none(office: Office) -> None:
    run(office, S, user("a", FINANCE), E, flows("s a", "a e"))
    with pytest.raises(NotFound):
        course(office, actor=person("cem", "legal"))
    assert ids(course(office, actor=person("ann", "finance"))) == ["e"]
