"""Legal holds: what a court asks for is deleted by nobody, until every hold on it is ended."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest

from engine.commands.create_document import CreateDocument
from engine.commands.delete_document import DeleteDocument
from engine.commands.delete_instance import DeleteInstance
from engine.commands.end_hold import EndHold
from engine.commands.place_hold import MOST_OPEN, PlaceHold
from engine.commands.tidy_up import TidyUp
from engine.errors import CaseHeld, EngineError, Forbidden, InvalidArgument, InvalidState, NotFound, ReasonNeeded
from engine.queries.holds import search_holds
from engine.queries.search import Search
from engine.store import tables as t
from engine.store.holds import held
from tests.dsl import ADMIN, AUDITOR, OWNER, SYSTEM, Office, person
from tests.execution.bench import diagram, flows, node, user

ONE = diagram(node("startEvent", "s") + user("a") + node("endEvent", "e") + flows("s a", "a e"))
CALL = diagram(
    node("startEvent", "s") + node("callActivity", "c", '<zeebe:calledElement processId="p"/>') + flows("s c"),
    process_id="caller",
)
WHY = "ศาลขอให้เก็บไว้"
ANN = person("ann")


def place(office: Office, key: int | None = None) -> int:
    return int(office.run(PlaceHold(key or office.key, WHY), OWNER)["legalHoldKey"])


@contextmanager
def refused(office: Office, error: type[EngineError]) -> Iterator[Any]:
    """What is refused changes nothing."""
    before = office.snapshot()
    with pytest.raises(error) as said:
        yield said
    assert office.snapshot() == before


def holding(office: Office, *keys: int) -> set[int]:
    with office.database.read() as db:
        return set(held(db, keys or [office.key]))


@pytest.fixture
def ended(office: Office) -> Office:
    office.deploy(ONE)
    office.start()
    return office.complete("a")


def test_a_held_case_is_not_deleted_until_every_hold_is_ended(ended: Office) -> None:
    first, second = place(ended), place(ended)
    for hold in (first, second):
        with refused(ended, CaseHeld) as said:
            ended.run(DeleteInstance(ended.key), ADMIN)
        assert said.value.code == "case-held" and said.value.members == {"processInstanceKeys": [str(ended.key)]}
        assert holding(ended) == {ended.key}
        ended.run(EndHold(hold, "the trial is over"), OWNER)
    assert holding(ended) == set()
    ended.run(DeleteInstance(ended.key), ADMIN)
    assert ended.instance.state == "DELETED" and ended.verified()


def test_history_says_who_and_why(ended: Office) -> None:
    hold = place(ended)
    assert ended.event("hold-placed") == {"hold": str(hold), "reason": WHY, "by": "owner"}
    ended.run(EndHold(hold, "the trial is over"), ADMIN)
    assert ended.event("hold-ended") == {"hold": str(hold), "reason": "the trial is over", "by": "admin"}
    (row,) = ended.rows(t.legal_hold)
    assert (row.placed_by, row.reason, row.ended_by, row.end_reason) == ("owner", WHY, "admin", "the trial is over")
    assert row.placed_at == row.ended_at == ended.clock.now()


def test_a_case_that_runs_and_one_that_is_deleted_can_be_held(ended: Office) -> None:
    ended.run(DeleteInstance(ended.key), ADMIN)
    gone = ended.key
    hold = place(ended)
    running = ended.start()
    place(ended)
    assert holding(ended, gone, running, 4711) == {gone, running}
    ended.run(EndHold(hold, "the trial is over"), ADMIN)
    assert holding(ended, gone, running) == {running}


def test_a_hold_on_one_case_holds_what_it_called_and_what_called_it(office: Office) -> None:
    office.deploy(("p.bpmn", ONE), ("c.bpmn", CALL))
    caller = office.start("caller")
    called = next(r.key for r in office.rows(t.process_instance) if r.parent_key == caller)
    office.key = called
    office.complete("a")
    hold = place(office, called)
    assert holding(office, caller, called) == {caller, called}
    with refused(office, CaseHeld):
        office.run(DeleteInstance(caller), ADMIN)
    office.run(EndHold(hold, "the trial is over"), OWNER)
    place(office, caller)
    assert holding(office, caller, called) == {caller, called}


def test_documents_of_a_held_case_stay(office: Office) -> None:
    office.deploy(ONE)
    office.start()
    soon = office.clock.now() + timedelta(hours=1)
    made = CreateDocument("a.pdf", b"%PDF", process_instance_key=office.key, expires_at=soon)
    kept = office.run(made, OWNER)["documentId"]
    hold = place(office)
    with refused(office, CaseHeld):
        office.run(DeleteDocument(kept), OWNER)
    office.advance("PT2H")
    office.run(TidyUp(), SYSTEM)
    assert [row.id for row in office.rows(t.document)] == [kept]
    office.run(EndHold(hold, "the trial is over"), OWNER)
    office.run(TidyUp(), SYSTEM)
    assert office.rows(t.document) == [] and office.events("document-expired")


def test_what_is_asked_wrongly_changes_nothing(ended: Office) -> None:
    hold = place(ended)
    for command in (PlaceHold(ended.key, "no"), EndHold(hold, " x  ")):
        with refused(ended, ReasonNeeded):
            ended.run(command, OWNER)
    for command in (PlaceHold(4711, WHY), EndHold(4711, WHY)):
        with refused(ended, NotFound):
            ended.run(command, OWNER)
    for command in (PlaceHold(ended.key, WHY, by="director"), EndHold(hold, WHY, by="director")):
        with refused(ended, InvalidArgument):
            ended.run(command, OWNER)
    for name in ("", "  ", "x" * 257):
        with refused(ended, InvalidArgument):
            ended.run(PlaceHold(ended.key, WHY, by=name), SYSTEM)
    ended.run(EndHold(hold, WHY), OWNER)
    with refused(ended, InvalidState):
        ended.run(EndHold(hold, WHY), OWNER)


def test_a_case_has_so_many_holds_at_most(ended: Office) -> None:
    for _ in range(MOST_OPEN):
        place(ended)
    with refused(ended, InvalidState):
        place(ended)


@pytest.mark.parametrize("actor", [AUDITOR, ANN])
def test_who_neither_owns_nor_administers_places_and_ends_none(ended: Office, actor: Any) -> None:
    hold = place(ended)
    for command in (PlaceHold(ended.key, WHY), EndHold(hold, WHY)):
        with refused(ended, Forbidden if actor is AUDITOR else NotFound):
            ended.run(command, actor)


def test_the_list_of_holds(ended: Office) -> None:
    first, second = place(ended), place(ended)
    ended.run(EndHold(first, "the trial is over"), ADMIN)
    with ended.database.read() as db:
        holds = search_holds(db, AUDITOR, Search({"state": "HOLDS"}))["items"]
        over = search_holds(db, OWNER, Search({"state": "ENDED", "processInstanceKey": str(ended.key)}))["items"]
        assert search_holds(db, ANN, Search())["items"] == []
    assert [h["legalHoldKey"] for h in holds] == [str(second)]
    assert [(h["legalHoldKey"], h["endedBy"], h["endReason"]) for h in over] == [(str(first), "admin", "the trial is over")]
