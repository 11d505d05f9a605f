"""What counts for whom, and what does not: the edges of the figures (docs/reference/standard-time.md)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.commands.return_task import ReturnTask
from engine.commands.suspend_instance import ResumeInstance, SuspendInstance
from engine.errors import Forbidden, NotFound, ReportTooLarge
from engine.model.actor import SYSTEM, Actor
from engine.reports import count
from tests.dsl import OWNER, WORKER, Office
from tests.execution.bench import diagram, flows, node, user
from tests.governance.people import TO_FINANCE, absence, account, employ, in_the_name_of
from tests.reports.office import process, report, step

DAY = date(2026, 4, 10)


def month(office: Office, actor: Actor = OWNER, **options: Any) -> dict[str, Any]:
    return report(office, actor, "MONTH", DAY, **options)


def began(office: Office, files: bytes | None = None) -> Office:
    employ(office).deploy(files or process())
    office.start()
    return office


def test_what_a_substitute_does_is_the_figure_of_the_substitute(office: Office) -> None:
    began(office).run(absence(office, "ben", "cem"), SYSTEM)
    acting = in_the_name_of(office, "ben", "cem")
    office.run(ClaimTask(office.task("a").key), acting)
    office.run(CompleteTask(office.task("a").key), acting)
    assert [one["username"] for one in month(office)["byPersons"]] == ["cem"]
    assert month(office, account(office, "cem"))["tasks"]["counted"] == 1
    assert month(office, account(office, "ben"))["tasks"]["counted"] == 0


def test_a_task_that_is_sent_back_counts_each_time_that_it_was_done(office: Office) -> None:
    back = '<krabuan:return to="a"/>'
    body = node("startEvent", "s") + user("a", TO_FINANCE + step("a", 1)) + user("b", TO_FINANCE + back + step("b", 1))
    began(office, diagram(body + node("endEvent", "e") + flows("s a", "a b", "b e")))
    ben, cem = account(office, "ben"), account(office, "cem")
    office.complete("a", ben)
    office.run(ClaimTask(office.task("b").key), cem)
    office.run(ReturnTask(office.task("b").key, "a", "ขาดเอกสาร"), cem)
    office.advance("P2D").complete("a", ben)
    (a,) = month(office)["bySteps"]  # b was withdrawn, and is open again
    assert (a["elementId"], a["counted"], a["kept"]) == ("a", 2, 1)


def test_standard_time_goes_on_while_a_case_is_suspended(office: Office) -> None:
    began(office).run(SuspendInstance(office.key), OWNER)
    office.advance("P2D").run(ResumeInstance(office.key), OWNER)
    office.complete("a", account(office, "ben"))
    assert month(office)["steps"] == {"counted": 1, "kept": 0, "sharePercent": 0.0}


def test_open_work_is_told_by_the_time_that_the_inbox_shows(office: Office) -> None:
    began(office).advance("P2D")
    office.start()
    found = month(office)["open"]
    assert (found["open"], found["overdue"]) == (2, 1)
    assert [(i["elementId"], i["open"], i["overdue"]) for i in found["items"]] == [("a", 2, 1)]
    assert month(office, account(office, "ben"))["open"]["open"] == 0  # nothing is assigned to Ben
    office.run(ClaimTask(office.task("a").key), account(office, "ben"))
    assert month(office, account(office, "ben"))["open"]["open"] == 1


def test_what_is_not_claimed_before_it_is_done_has_no_time_of_waiting(office: Office) -> None:
    began(office).run(CompleteTask(office.task("a").key), account(office, "ben"))
    (a,) = month(office)["byTasks"]
    assert (a["counted"], a["waiting"]["counted"], a["waiting"]["medianSeconds"]) == (1, 0, None)


def test_a_wait_for_a_timer_is_told_apart(office: Office) -> None:
    timer = (
        '<bpmn:intermediateCatchEvent id="t"><bpmn:timerEventDefinition><bpmn:timeDuration>PT6H</bpmn:timeDuration>'
        "</bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>"
    )
    began(office, diagram(node("startEvent", "s") + timer + node("endEvent", "e") + flows("s t", "t e")))
    office.advance("PT6H")
    (wait,) = month(office)["waits"]
    assert (wait["elementId"], wait["counted"], wait["medianSeconds"]) == ("t", 1, 6 * 3600)


def test_a_report_of_nothing_says_so(office: Office) -> None:
    found = month(began(office))
    assert found["steps"] == {"counted": 0, "kept": 0, "sharePercent": None}
    assert (found["targetPercent"], found["targetMet"]) == (90.0, None)
    assert "ไม่มีขั้นตอนที่มีเวลามาตรฐาน" in found["text"]["th"] and "no step" in found["text"]["en"]


def test_the_paragraph_tells_the_main_figures(office: Office) -> None:
    began(office).complete("a", account(office, "ben"))
    office.advance("P3D").complete("b", account(office, "ann"))
    text = month(office)["text"]
    assert text["en"] == (
        "In April 2026, 2 steps with a standard time were finished in “p”; 1 of them within it, which is 50.0%. "
        "The target of 90% was missed. The number is small: read the share with care. "
        "“b” was kept least: late 1 of 1 times. Half of the tasks were taken up within 0 seconds of office time and done "
        "within 0 seconds after that. Waiting makes up 100% of the time. Now 1 task open, 0 overdue."
    )
    assert "ในเดือนเมษายน พ.ศ. ๒๕๖๙ กระบวนงาน “p” มีขั้นตอนที่มีเวลามาตรฐานและทำเสร็จแล้ว ๒ ขั้นตอน" in text["th"]
    assert "คิดเป็นร้อยละ ๕๐.๐ ต่ำกว่าเป้าหมายร้อยละ ๙๐" in text["th"]


@pytest.mark.parametrize("actor", [WORKER, Actor("nobody"), Actor("x", roles=frozenset({"process-owner"}))])
def test_who_has_no_part_in_the_office_gets_no_report(small_office: Office, actor: Actor) -> None:
    with pytest.raises(Forbidden):
        month(began(small_office), actor)


def test_nobody_gets_a_wider_scope_than_the_own(small_office: Office) -> None:
    began(small_office)
    for name, scope in (("ben", "UNIT"), ("ben", "PROCESS"), ("dao", "PROCESS")):
        with pytest.raises(Forbidden):
            month(small_office, account(small_office, name), scope=scope)


def test_a_process_that_is_not_there_is_not_found(small_office: Office) -> None:
    employ(small_office)
    with pytest.raises(NotFound):
        month(small_office)


def test_what_is_too_much_is_refused(small_office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    began(small_office).complete("a", account(small_office, "ben"))
    monkeypatch.setattr(count, "LARGEST", 1)
    with pytest.raises(ReportTooLarge):
        month(small_office)
