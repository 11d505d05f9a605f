"""A scenario that names what does not exist is refused with the file, the line and the reason, before it is played."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.scenarios.run import open_suite
from tests.execution.bench import diagram, flows, node, user
from tests.scenarios.folder import GROUP, keep

POINT = '<krabuan:controlPoint id="cp-a-1"><krabuan:binding type="condition" expression="=true"/></krabuan:controlPoint>'
SCENARIO = """title: {th: ชื่อ, en: Title}
process: p
at: '2026-04-10T16:00:00+07:00'
start: {as: finance1}
steps:
- task: a
  as: finance1
  expect: {groups: [finance]}
- expect: {waiting: [], taken: [f1], controlPoints: {cp-a-1: passed}, state: COMPLETED}
"""


def faults(folder: Path, scenario: str) -> list[str]:
    body = node("startEvent", "s") + user("a", GROUP + POINT) + node("endEvent", "e") + flows("s a", "a e")
    suite = open_suite(keep(folder, {"p": diagram(body)}, scenario))
    suite.close()
    return [str(why) for outcome in suite.faulty for why in outcome.why]


def test_one_that_names_what_there_is_is_taken(tmp_path: Path) -> None:
    assert faults(tmp_path, SCENARIO) == []


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("process: p", "process: q", "one.yaml: ไม่มีกระบวนงาน q / there is no process q"),
        ("{as: finance1}", "{as: nobody}", "one.yaml: ไม่มีบัญชี nobody / there is no account nobody"),
        ("task: a", "task: b", "one.yaml:6: ขั้นที่ 1: แผนภาพไม่มีองค์ประกอบ b / Step 1: no diagram has the element b"),
        ("  as: finance1", "  as: finance9", "one.yaml:6: ขั้นที่ 1: ไม่มีบัญชี finance9 / Step 1: there is no account finance9"),
        ("groups: [finance]", "groups: [legal]", "one.yaml:6: ขั้นที่ 1: ไม่มีกลุ่ม legal / Step 1: there is no group legal"),
        ("waiting: []", "waiting: [x]", "one.yaml:9: ขั้นที่ 2: แผนภาพไม่มีองค์ประกอบ x / Step 2: no diagram has the element x"),
        ("[f1]", "[f9]", "one.yaml:9: ขั้นที่ 2: แผนภาพไม่มีองค์ประกอบ f9 / Step 2: no diagram has the element f9"),
        ("{cp-a-1:", "{cp-a-2:", "one.yaml:9: ขั้นที่ 2: แผนภาพไม่มีจุดควบคุม cp-a-2 / Step 2: no diagram has the control point cp-a-2"),
        ("state: COMPLETED", "state: DONE", "one.yaml:9: ขั้นที่ 2: state ต้องเป็นอย่างหนึ่งใน ACTIVE, COMPLETED, TERMINATED / Step 2: state must be one of ACTIVE, COMPLETED, TERMINATED."),
        ("2026-04-10T16:00:00+07:00", "10 April", "one.yaml:3: at ต้องเป็นวันและเวลาพร้อมเขตเวลา / at must be a date and time with its offset."),
        ("process: p", "process: p\nproces: p", "one.yaml:3: ไม่รู้จัก proces / proces is not known here."),
    ],
)
def test_one_that_names_what_there_is_not_is_refused(tmp_path: Path, right: str, wrong: str, said: str) -> None:
    assert faults(tmp_path, SCENARIO.replace(right, wrong, 1)) == [said]
