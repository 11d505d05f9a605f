"""What a scenario sees as waiting: people and events, not what holds them."""

from __future__ import annotations

from pathlib import Path

from engine.scenarios.coverage import Coverage
from engine.scenarios.run import open_suite
from tests.execution.bench import diagram, flows, node, user

ORGANISATION = "units: [{key: finance, th: การเงิน, en: Finance}]\n"
FINANCE = '<zeebe:assignmentDefinition candidateGroups="finance"/>'
ALERT = '<bpmn:signalEventDefinition id="D" signalRef="Alert"/>'
INSIDE = flows("heard repair", "repair repaired").replace('id="f', 'id="inner')
SCENARIO = """title: {th: ชื่อ, en: Title}
process: p
at: '2026-04-10T16:00:00+07:00'
start: {as: finance1}
steps:
- {expect: {waiting: [watch]}}
- {signal: {name: alert, as: owner}}
- {expect: {waiting: [repair, watch]}}
"""


def test_an_event_sub_process_does_not_itself_wait(tmp_path: Path) -> None:
    folder = tmp_path / "processes" / "p"
    (folder / "scenarios").mkdir(parents=True)
    (tmp_path / "forms" / "p").mkdir(parents=True)
    (tmp_path / "processes" / "organisation.yaml").write_text(ORGANISATION, encoding="utf-8")
    (folder / "scenarios" / "one.yaml").write_text(SCENARIO, encoding="utf-8")
    alert = node("startEvent", "heard", body=ALERT, attributes='isInterrupting="false"')
    inside = alert + user("repair", FINANCE) + node("endEvent", "repaired") + INSIDE
    outside = node("startEvent", "s") + user("watch", FINANCE) + node("endEvent", "e")
    outside += node("subProcess", "on_alert", body=inside, attributes='triggeredByEvent="true"') + flows("s watch", "watch e")
    signal = '<bpmn:signal id="Alert" name="alert"/>'
    (folder / "p.bpmn").write_bytes(diagram(outside, signal))
    suite = open_suite(folder)
    try:
        (outcome,) = suite.play(Coverage())
    finally:
        suite.close()
    assert outcome.passed, outcome.why
