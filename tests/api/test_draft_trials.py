"""Scenarios of a draft played over HTTP: on its files as they stand, in memory, and within bounds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from api.runtime import Runtime
from api.trying import AT_ONCE, TrialsBusy, Trying
from engine.scenarios import trial
from engine.scenarios.world import Template
from engine.store.tables import metadata
from tests.api.conftest import Caller
from tests.api.test_model_drafts import ORDER, PROCESS, code, deploy, made, owner, put
from tests.execution.bench import diagram, flows, node

__all__ = ["owner"]
Callers = Callable[[str | None], Caller]
FILE = f"processes/{PROCESS}/order.bpmn"
FOLDER = f"processes/{PROCESS}/scenarios"
HEAD = f"""title: {{th: ตรวจแล้วบรรจุ, en: Checked and packed}}
process: {PROCESS}
at: '2026-04-10T09:00:00+07:00'
start: {{as: owner, data: {{orderId: A-1}}}}
steps:
"""
CHECKED = "- {task: Task_Check, as: clerks1}\n"
PAID = "- {message: {name: paid, key: A-1}}\n"
HAPPY = HEAD + CHECKED + PAID + "- {job: {type: sdk-pack}}\n- expect: {state: COMPLETED}\n"
BROKEN = HEAD + CHECKED + PAID + "- {job: {type: sdk-pack, error: BROKEN}}\n- expect: {taken: [Flow_5]}\n"


@pytest.fixture
def draft(owner: Caller) -> str:
    """A draft of the order process with one scenario, which it passes."""
    draft = made(owner, processDefinitionId=PROCESS)
    kept(owner, draft, HAPPY)
    return draft


def kept(who: Caller, draft: str, text: str, name: str = "happy") -> str:
    """Write a scenario, over what it was; its path."""
    path = f"{FOLDER}/{name}.yaml"
    seen = {file["path"]: file["revision"] for file in who.get(draft)["files"]}
    assert put(who, draft, path, text, seen.get(path)).status_code == 200
    return path


def redrawn(who: Caller, draft: str, diagram: str) -> None:
    seen = {file["path"]: file["revision"] for file in who.get(draft)["files"]}
    assert put(who, draft, FILE, diagram, seen[FILE]).status_code == 200


def tried(who: Caller, draft: str, **body: Any) -> Any:
    return who.post(f"{draft}/trial", body)


def only(who: Caller, draft: str, **body: Any) -> Any:
    (found,) = tried(who, draft, **body)["scenarios"]
    return found


def reasons(outcome: Any) -> list[tuple[int | None, str]]:
    return [(why["line"], why["message"]["en"]) for why in outcome["reasons"]]


def test_a_scenario_that_holds_tells_the_way_it_took(owner: Caller, draft: str) -> None:
    found = tried(owner, draft)
    (outcome,) = found["scenarios"]
    assert (outcome["passed"], outcome["step"], outcome["reasons"]) == (True, None, [])
    assert outcome["title"] == {"th": "ตรวจแล้วบรรจุ", "en": "Checked and packed"}
    assert {(one["elementId"], one["count"]) for one in outcome["taken"]} >= {
        ("Task_Check", 1),
        ("Flow_4", 1),
        ("End", 1),
    }
    (coverage,) = found["coverage"]
    assert coverage["missing"] == ["Error_Broken", "End_Broken", "Flow_5"]
    assert coverage["total"] - coverage["reached"] == 3
    assert found["revision"] == owner.get(draft)["revision"]


def test_two_scenarios_cover_what_one_of_them_leaves(owner: Caller, draft: str) -> None:
    path = kept(owner, draft, BROKEN, "broken")
    assert tried(owner, draft)["coverage"][0]["missing"] == []
    assert only(owner, draft, path=path)["path"] == path
    assert tried(owner, draft, path=path)["coverage"][0]["missing"] == ["End", "Flow_4"]


def test_what_is_tried_out_is_the_draft_not_what_is_deployed(owner: Caller, draft: str) -> None:
    redrawn(owner, draft, ORDER.replace('candidateGroups="clerks"', 'candidateGroups="checkers"'))
    outcome = only(owner, draft)
    assert (outcome["passed"], outcome["step"], outcome["line"]) == (False, 1, 6)
    assert outcome["waiting"] == ["Task_Check"]
    assert outcome["reasons"][0]["message"]["th"].startswith("ไม่พบข้อมูลนี้") or "not-found" in reasons(outcome)[0][1]


def test_a_scenario_that_fails_tells_the_step_the_line_and_why_in_both_languages(owner: Caller, draft: str) -> None:
    kept(owner, draft, HEAD + CHECKED + "- expect:\n    state: COMPLETED\n")
    outcome = only(owner, draft)
    assert (outcome["passed"], outcome["step"], outcome["line"]) == (False, 2, 7)
    (why,) = outcome["reasons"]
    assert why["message"] == {
        "th": "สถานะ: คาดว่า COMPLETED แต่พบ ACTIVE", "en": "state: expected COMPLETED, found ACTIVE"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (HEAD + CHECKED + "- {task: Task_Lost, as: clerks1}\n", 7, "Step 2: no diagram has the element Task_Lost"),
        (HEAD + "- {task: Task_Check, as: ann}\n", 6, "Step 1: there is no account ann"),
        (HEAD + "- {tsk: Task_Check}\n", 6, "Step 1 must be one of"),
        (HEAD.replace("2026", "in 2026"), 3, "at must be a date and time with its offset."),
        ("process: [\n", 2, "the file cannot be read"),
        ("process: \x07\n", None, "the file cannot be read"),
        ("", None, "the file is empty or no mapping"),
        (HEAD + "- &a {wait: PT1H}\n- *a\n", 7, "a name such as *this is not taken here"),
        (HEAD + "- {wait: PT1H}\n" * (trial.MOST_STEPS + 1), None, "a scenario has 500 steps at most"),
        (HEAD + "#" * trial.LARGEST_SCENARIO, None, "a scenario has 128 KiB at most"),
    ],
)
def test_findings_in_a_scenario_name_the_line(
    text: str, line: int | None, said: str, owner: Caller, draft: str
) -> None:
    kept(owner, draft, text)
    outcome = only(owner, draft)
    found = reasons(outcome)[0]
    assert (outcome["passed"], outcome["step"], found[0]) == (False, 0, line)
    assert said.casefold() in found[1].casefold()
    assert outcome["reasons"][0]["message"]["th"]


def test_a_draft_that_cannot_be_deployed_cannot_be_tried_out(owner: Caller, draft: str) -> None:
    redrawn(owner, draft, ORDER.replace('targetRef="Task_Pack"', 'targetRef="Nowhere"'))
    refused = owner("POST", f"{draft}/trial", {})
    assert code(refused, 400) == "deployment-refused" and refused.get_json()["faults"]
    redrawn(owner, draft, "<no diagram/>")
    assert code(owner("POST", f"{draft}/trial", {}), 400) == "deployment-refused"


def test_without_scenarios_nothing_is_covered(owner: Caller) -> None:
    found = tried(owner, made(owner, processDefinitionId=PROCESS))
    assert (found["scenarios"], found["coverage"][0]["reached"]) == ([], 0)


def test_what_is_no_scenario_is_not_played(owner: Caller, draft: str) -> None:
    assert put(owner, draft, f"processes/{PROCESS}/vectors.yaml", "rows: []", None).status_code == 200
    assert len(tried(owner, draft)["scenarios"]) == 1
    for path in (f"processes/{PROCESS}/vectors.yaml", FILE, "scenarios/none.yaml"):
        assert code(owner("POST", f"{draft}/trial", {"path": path}), 404) == "not-found"


def test_a_draft_may_call_and_start_what_is_deployed(owner: Caller, office: Runtime) -> None:
    calling = ORDER.replace('id="sdk-order"', 'id="calling"').replace(
        '<bpmn:userTask id="Task_Check" name="ตรวจคำสั่งซื้อ">', '<bpmn:callActivity id="Task_Check">'
    ).replace("</bpmn:userTask>", "</bpmn:callActivity>").replace(
        "<zeebe:userTask />", f'<zeebe:calledElement processId="{PROCESS}" propagateAllChildVariables="false" />'
    ).replace('<zeebe:assignmentDefinition candidateGroups="clerks" />', "")  # fmt: skip
    draft = made(owner)
    put(owner, draft, FILE, calling, None)
    kept(owner, draft, HEAD.replace(PROCESS, "calling") + CHECKED + "- expect: {waiting: [Catch_Paid], instances: 2}\n")
    outcome = only(owner, draft)
    assert outcome["passed"], outcome["reasons"]
    assert {one["processDefinitionId"] for one in outcome["taken"]} == {"calling", PROCESS}


def test_nothing_of_the_office_is_touched(owner: Caller, draft: str, office: Runtime) -> None:
    """Not a row more or less in any table."""
    owner.post("/process-instances", {"processDefinitionId": PROCESS, "variables": {"orderId": "A-1"}})

    def rows() -> dict[str, int]:
        with office.database.read() as db:
            counted = {
                t.name: db.execute(select(func.count()).select_from(t)).scalar_one() for t in metadata.sorted_tables
            }
        return counted

    before = rows()
    assert only(owner, draft)["passed"]
    assert rows() == before


def test_a_loop_that_never_rests_is_told_and_not_followed(
    owner: Caller, draft: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A timer that fires every second for ten years: counted work ends, whatever time it takes."""
    ticking = ORDER.replace(
        "</bpmn:process>",
        """<bpmn:boundaryEvent id="Tick" attachedToRef="Task_Check" cancelActivity="false">
          <bpmn:outgoing>Flow_6</bpmn:outgoing>
          <bpmn:timerEventDefinition id="Every"><bpmn:timeCycle>R/PT1S</bpmn:timeCycle></bpmn:timerEventDefinition>
        </bpmn:boundaryEvent><bpmn:sequenceFlow id="Flow_6" sourceRef="Tick" targetRef="End_Tick" />
        <bpmn:endEvent id="End_Tick"><bpmn:incoming>Flow_6</bpmn:incoming></bpmn:endEvent></bpmn:process>""",
    )
    redrawn(owner, draft, ticking)
    kept(owner, draft, HEAD + "- {wait: P10Y}\n", "a-long-wait")
    monkeypatch.setattr(trial, "MOST_COMMANDS", 40)
    long, other = tried(owner, draft)["scenarios"]
    assert (long["passed"], long["step"]) == (False, 1)
    assert reasons(long)[0][1].startswith("trial-too-long")
    assert (other["passed"], other["step"]) == (False, 0)


def test_a_command_that_computes_for_ever_is_ended_in_its_middle(
    owner: Caller, draft: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A loop between two elements that never waits: its steps alone end it only after minutes."""
    heavy = '<zeebe:script expression="=sum(for i in 1..20000 return i)" resultVariable="r"/>'
    script = f'<bpmn:scriptTask id="a"><bpmn:extensionElements>{heavy}</bpmn:extensionElements></bpmn:scriptTask>'
    gateway = node("exclusiveGateway", "g", attributes='default="f3"')
    body = node("startEvent", "s") + script + gateway + node("endEvent", "e")
    looping = diagram(body + flows("s a", "a g", "g a", "g e: =false")).decode()
    redrawn(owner, draft, looping)
    kept(owner, draft, HEAD.replace(PROCESS, "p"))
    monkeypatch.setattr(trial, "MOST_SECONDS", 1.0)
    outcome = only(owner, draft)
    assert (outcome["passed"], outcome["step"]) == (False, 0)
    assert reasons(outcome)[0][1].startswith("trial-too-long")


def test_so_many_scenarios_at_a_time_and_no_more(owner: Caller, draft: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = kept(owner, draft, BROKEN, "broken")
    monkeypatch.setattr("api.resources.draft_trials.MOST_SCENARIOS", 1)
    assert code(owner("POST", f"{draft}/trial", {}), 400) == "too-many-scenarios"
    assert only(owner, draft, path=path)["passed"]


def test_one_at_a_time_for_a_person(owner: Caller, draft: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked for again from the middle of a trial."""
    answers: list[Any] = []
    usual = Template.close

    def close(template: Template) -> None:
        answers.append(owner("POST", f"{draft}/trial", {}))
        usual(template)

    monkeypatch.setattr(Template, "close", close)
    assert only(owner, draft)["passed"]
    assert code(answers[0], 409) == "trial-running"
    monkeypatch.undo()
    assert only(owner, draft)["passed"]


def test_who_is_too_many_is_told_to_come_again() -> None:
    trying = Trying()
    turns = [trying.turn(f"person {number}") for number in range(AT_ONCE)]
    for one in turns:
        one.__enter__()
    with pytest.raises(TrialsBusy), trying.turn("one more"):
        pass
    turns[0].__exit__(None, None, None)
    with trying.turn("one more"):
        pass


def test_who_may_not_edit_the_draft_may_not_try_it_out(owner: Caller, caller: Callers, draft: str) -> None:
    for name in ("other", "admin", "ann", "auditor", "worker"):
        assert code(caller(name)("POST", f"{draft}/trial", {}), 404) == "not-found"
    assert caller(None)("POST", f"{draft}/trial", {}).status_code == 401
    assert code(owner("POST", "/model-drafts/999/trial", {}), 404) == "not-found"
    assert only(caller("narrow"), draft)["passed"]


@pytest.mark.parametrize("body", [{"path": 1}, {"path": ""}, {"path": "x" * 513}, {"paths": []}])
def test_what_is_no_request_is_refused(body: dict[str, Any], owner: Caller, draft: str) -> None:
    assert code(owner("POST", f"{draft}/trial", body), 400) == "invalid-request"


def test_a_closed_draft_can_still_be_tried_out(owner: Caller, draft: str) -> None:
    at = owner.get(draft)["revision"]
    owner.post(f"{draft}/publication", {"revision": at, "reason": "try it"})
    assert only(owner, draft)["passed"]


def test_what_starts_by_itself_does_so_on_the_clock_of_the_scenario(owner: Caller, office: Runtime) -> None:
    """Though the draft's diagram is the deployed one: what it waits for is armed at the scenario's time."""
    yearly = ORDER.replace(
        '<bpmn:startEvent id="Start"><bpmn:outgoing>Flow_1</bpmn:outgoing></bpmn:startEvent>',
        '<bpmn:startEvent id="Start"><bpmn:outgoing>Flow_1</bpmn:outgoing><bpmn:timerEventDefinition id="Yearly">'
        "<bpmn:timeCycle>0 0 9 1 10 *</bpmn:timeCycle></bpmn:timerEventDefinition></bpmn:startEvent>",
    )
    deploy(office, **{FILE: yearly})
    draft = made(owner, processDefinitionId=PROCESS)
    kept(owner, draft, HEAD.replace("{as: owner, data: {orderId: A-1}}", "{timer: Start}") + "- {task: Task_Check}\n")
    outcome = only(owner, draft)
    assert outcome["passed"], outcome["reasons"]
