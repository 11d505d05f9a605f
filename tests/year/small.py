"""An office with one unit: a letter is checked until it is in order, and a round begins by itself every month."""

from __future__ import annotations

from pathlib import Path

from benchmarks.year.drive import Plan
from tests.execution.bench import diagram, flows, node, user

STAFF = '<zeebe:assignmentDefinition candidateGroups="staff"/>'
STEP = '<krabuan:step key="check" number="1" standardTime="P3D" calendar="working"/>'
MONTHLY = "<bpmn:timerEventDefinition><bpmn:timeCycle>R/2027-10-05T09:00:00+07:00/P1M</bpmn:timeCycle></bpmn:timerEventDefinition>"
HEAD = "title: {th: ชื่อ, en: Title}\nat: '2026-04-10T09:00:00+07:00'\n"
IN_ORDER = """start: {as: staff1, data: {letter_of: '2026-04-09'}}
process: letter
steps:
- {task: check, as: staff1, data: {fine: false}}
- {task: check, as: staff2, data: {fine: true}}
- expect: {state: COMPLETED}
"""
MONTH = """start: {timer: monthly}
process: round
steps:
- {task: look, as: staff1}
- expect: {state: COMPLETED}
"""
LETTER = (
    node("startEvent", "s") + user("check", STAFF + STEP)
    + node("exclusiveGateway", "g", attributes='default="f3"') + node("endEvent", "e")
)  # fmt: skip
PLAN = Plan(cases=12, days=60, seed=3, afterwards=60)


def office(
    folder: Path, after: tuple[str, ...] = ("g check", "g e: =fine"), letters: str = LETTER, scenario: str = IN_ORDER
) -> Path:
    """The content in a folder; its `processes`. What follows the check may be another thing."""
    processes = folder / "processes"
    letter = diagram(letters + flows("s check", "check g", *after), process_id="letter")
    begun = node("startEvent", "monthly", body=MONTHLY) + user("look", STAFF) + node("endEvent", "e")
    monthly = diagram(begun + flows("monthly look", "look e"), process_id="round")
    for name, drawn, played in (("letter", letter, scenario), ("round", monthly, MONTH)):
        (processes / name / "scenarios").mkdir(parents=True)
        (processes / name / f"{name}.bpmn").write_bytes(drawn)
        (processes / name / "scenarios" / "one.yaml").write_text(HEAD + played, encoding="utf-8")
    (processes / "organisation.yaml").write_text("units: [{key: staff, th: พนักงาน, en: Staff}]\n", encoding="utf-8")
    return processes
