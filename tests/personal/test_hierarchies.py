"""Cases that belong together, cases that were deleted, and an erasure that was interrupted."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from api.person_requests import erase, look
from engine.commands.cancel_instance import CancelInstance
from engine.commands.delete_instance import DeleteInstance
from engine.commands.erase_case_data import EraseCaseData
from engine.commands.place_hold import PlaceHold
from engine.errors import CaseHeld, CaseRetained, Forbidden, InvalidState, NotFound
from engine.model.sealed import ERASED
from engine.store import tables as t
from engine.store.sealing import read_bodies
from tests.dsl import ADMIN, AUDITOR, OWNER, Office, person
from tests.execution.bench import diagram, flows, node, user
from tests.personal.journey import NAME, NUMBER, PERSONAL, WHY

FORM = orjson.dumps({"schemaVersion": 16, "type": "default", "id": "p.f", "components": [
    {"type": "textfield", "key": "nationalId", "properties": PERSONAL}, {"type": "textfield", "key": "fullName", "properties": PERSONAL},
]})  # fmt: skip
ONE = diagram(node("startEvent", "s") + user("a", '<zeebe:formDefinition formId="p.f"/>') + flows("s a"))
MAPPED = '<zeebe:ioMapping><zeebe:input source="=nationalId" target="who"/></zeebe:ioMapping><zeebe:calledElement processId="q"/>'
CALLS = diagram(
    node("startEvent", "s") + user("a", '<zeebe:formDefinition formId="p.f"/>') + node("callActivity", "c", MAPPED) + flows("s a", "a c")
)
CALLED = diagram(node("startEvent", "s") + user("b") + flows("s b"), process_id="q")


def begun(office: Office, process: bytes = ONE, **values: Any) -> int:
    office.deploy(("p.bpmn", process), ("q.bpmn", CALLED), ("f.form", FORM))
    return office.start(nationalId=NUMBER, fullName=NAME, **values)


def told(office: Office, key: int) -> str:
    """The history of a case, opened."""
    h = t.history_event
    bodies = [row.body for row in office.rows(h, everything=True) if row.process_instance_key == key]
    with office.database.read() as db:
        return orjson.dumps(read_bodies(db, bodies)).decode()


def test_what_a_called_case_got_is_erased_with_its_caller(office: Office) -> None:
    caller = begun(office, CALLS)
    office.complete("a", nationalId=NUMBER, fullName=NAME)
    called = next(r.key for r in office.rows(t.process_instance, everything=True) if r.parent_key == caller)
    office.run(CancelInstance(caller), OWNER)
    found = {case["processInstanceKey"]: case for case in look(office.bus, ADMIN, None, [NUMBER])["cases"]}
    assert found[str(caller)]["fields"] == ["nationalId"] and found[str(called)]["places"]
    erase(office.bus, ADMIN, None, [NUMBER], WHY)
    assert NUMBER not in told(office, caller) + told(office, called)
    assert look(office.bus, ADMIN, None, [NUMBER, NAME])["cases"] == []
    events = office.rows(t.history_event, everything=True)
    assert {r.process_instance_key for r in events if r.type == "personal-data-erased"} == {caller, called}
    assert office.verified()


def test_of_a_deleted_case_the_history_is_erased(office: Office) -> None:
    key = begun(office)
    office.run(CancelInstance(key), OWNER)
    office.run(DeleteInstance(key), ADMIN)
    (case,) = look(office.bus, ADMIN, None, [NUMBER])["cases"]
    assert (case["state"], case["fields"], case["places"]) == ("DELETED", ["nationalId"], [])
    assert NUMBER in told(office, key)
    assert erase(office.bus, ADMIN, None, [NUMBER], WHY)["erased"] == [str(key)]
    assert NUMBER not in told(office, key) and ERASED in told(office, key) and office.verified()


def test_an_erasure_that_was_interrupted_goes_on(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = [begun(office) for _ in range(3)]
    for key in keys:
        office.run(CancelInstance(key), OWNER)
    run, done = office.bus.run, []

    def interrupted(command: Any, *rest: Any, **more: Any) -> Any:
        if isinstance(command, EraseCaseData):
            done.append(command.key)
            if len(done) == 2:
                raise KeyboardInterrupt
        return run(command, *rest, **more)

    monkeypatch.setattr(office.bus, "run", interrupted)
    with pytest.raises(KeyboardInterrupt):
        erase(office.bus, ADMIN, None, [NUMBER], WHY)
    monkeypatch.setattr(office.bus, "run", run)
    assert [NUMBER in told(office, key) for key in keys] == [False, True, True]
    assert erase(office.bus, ADMIN, None, [NUMBER], WHY)["erased"] == [str(key) for key in keys[1:]]
    assert not any(NUMBER in told(office, key) for key in keys)


def test_a_case_that_is_held_meanwhile_is_told_and_stops_no_other(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = [begun(office) for _ in range(2)]
    for key in keys:
        office.run(CancelInstance(key), OWNER)
    run = office.bus.run

    def held(command: Any, *rest: Any, **more: Any) -> Any:
        if isinstance(command, EraseCaseData) and command.key == keys[0]:
            run(PlaceHold(keys[0], "ศาลขอให้เก็บไว้"), OWNER)
        return run(command, *rest, **more)

    monkeypatch.setattr(office.bus, "run", held)
    done = erase(office.bus, ADMIN, None, [NUMBER], WHY)
    assert done["erased"] == [str(keys[1])]
    assert [(one["processInstanceKey"], one["code"]) for one in done["refused"]] == [(str(keys[0]), "case-held")]
    assert NUMBER in told(office, keys[0])


def test_who_may_not_and_what_cannot_be_changes_nothing(office: Office) -> None:
    key = begun(office)
    held = begun(office)
    office.run(PlaceHold(held, "ศาลขอให้เก็บไว้"), OWNER)
    before = office.snapshot()
    for actor in (OWNER, AUDITOR, person("ann", "clerks")):
        with pytest.raises((Forbidden, NotFound)):
            office.run(EraseCaseData(key, WHY, open_cases=True), actor)
    with pytest.raises(InvalidState):
        office.run(EraseCaseData(key, WHY), ADMIN)
    with pytest.raises(CaseHeld):
        office.run(EraseCaseData(held, WHY, open_cases=True), ADMIN)
    with pytest.raises(NotFound):
        office.run(EraseCaseData(1 << 60, WHY), ADMIN)
    assert office.snapshot() == before


def test_what_the_process_says_is_kept_stays_until_its_time_is_over(office: Office) -> None:
    keeps = "<bpmn:extensionElements><krabuan:retention period=\"P1Y\"/></bpmn:extensionElements>"
    key = begun(office, ONE.replace(b"<bpmn:startEvent", f"{keeps}<bpmn:startEvent".encode(), 1))
    office.run(CancelInstance(key), OWNER)
    done = erase(office.bus, ADMIN, None, [NUMBER], WHY)
    assert done["erased"] == [] and [s["code"] for s in done["cases"][0]["stays"]] == ["case-retained"]
    with pytest.raises(CaseRetained):
        office.run(EraseCaseData(key, WHY), ADMIN)
    office.advance("P1Y")
    assert erase(office.bus, ADMIN, None, [NUMBER], WHY)["erased"] == [str(key)]
