"""A person's data: found everywhere, erased everywhere but where they must stay, and no word of them told in doing so."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from api.person_requests import erase, look
from engine.commands.erase_account import EraseAccount
from engine.commands.place_hold import PlaceHold
from engine.errors import InvalidArgument, InvalidState, NotFound, ReasonNeeded
from engine.model.traces import Words
from engine.store import tables as t
from engine.store.personal import hits
from tests.dsl import OWNER, SYSTEM, Office
from tests.personal import journey as j


@pytest.fixture
def open_case(office: Office) -> Office:
    j.prepare(office)
    j.account(office)
    j.case(office)
    return office


@pytest.fixture
def ended(open_case: Office) -> Office:
    j.end(open_case)
    return open_case


def places(office: Office, *words: str) -> set[str]:
    with office.database.read() as db:
        return {hit.place for hit in hits(db, Words(words))}


def the_case(told: dict[str, Any], office: Office) -> dict[str, Any]:
    found: dict[str, Any] = next(case for case in told["cases"] if case["processInstanceKey"] == str(office.key))
    return found


def test_a_person_is_found_by_what_identifies_them(ended: Office) -> None:
    found = the_case(look(ended.bus, j.ADMIN, None, ["1-1017-99912-34-5"]), ended)
    assert found["about"] and found["fields"] == ["nationalId"] and found["state"] == "COMPLETED"
    assert "comment.text" in found["places"] and j.NUMBER not in orjson.dumps(found).decode()
    assert the_case(look(ended.bus, j.ADMIN, None, [j.RELATIVE]), ended)["fields"] == ["relatives[].name"]
    assert look(ended.bus, j.ADMIN, None, ["somebody quite different"])["cases"] == []


def test_a_value_of_before_is_found_in_history(ended: Office) -> None:
    with ended.database.write() as db:
        db.execute(t.variable.update().where(t.variable.c.name == "email").values(value='"new"'))
        db.execute(t.task_draft.delete())
        db.execute(t.message.delete())
    assert "email" in the_case(look(ended.bus, j.ADMIN, None, [j.MAIL]), ended)["fields"]


def test_an_account_is_found_where_it_had_something_to_do(ended: Office) -> None:
    told = look(ended.bus, j.ADMIN, j.USER, [])
    found = the_case(told, ended)
    assert not found["about"] and found["fields"] == []
    assert {"process_instance.started_by", "user_task.completed_by", "comment.author", "document.uploaded_by"} <= set(found["places"])
    assert {"person.username", "external_identity.username", "session.username"} <= {p["place"] for p in told["elsewhere"]}
    assert told["account"] == {"username": j.USER, "stays": []}


def test_what_is_erased_is_in_no_table(ended: Office) -> None:
    assert places(ended, *j.OF_CASE)
    done = erase(ended.bus, j.ADMIN, None, [j.NUMBER, j.NAME, j.MAIL], j.WHY)
    assert (done["erased"], done["refused"]) == ([str(ended.key)], [])
    assert places(ended, *j.OF_CASE) == set()
    assert ended.variables["address"]["zip"] == "10000" and ended.variables["subject"] == "คำขอ", "what is no person's stays"
    assert [(r.state, r.content) for r in ended.rows(t.delivery)] == [("DROPPED", None)], "what says nothing is not sent"
    assert ended.verified()
    told = ended.event("personal-data-erased")
    assert "nationalId" in told["fields"] and (told["reason"], told["by"]) == (j.WHY, j.ADMIN.id)
    assert not Words(j.OF_CASE).within(orjson.dumps(told).decode())
    assert look(ended.bus, j.ADMIN, None, [j.NUMBER])["elsewhere"] == []


def test_of_the_account_only_its_pseudonym_is_left(ended: Office) -> None:
    done = erase(ended.bus, j.ADMIN, j.USER, [], j.WHY)
    assert done["pseudonym"].startswith("p_") and done["erased"] == []
    assert places(ended, *j.OF_ACCOUNT) == set()
    assert ended.instance.started_by == done["pseudonym"]
    assert ended.variables["nationalId"] == j.NUMBER, "the case is about somebody else"
    with pytest.raises(NotFound):
        look(ended.bus, j.ADMIN, j.USER, [])
    told = [r for r in ended.rows(t.service_event, everything=True) if r.type == "account-erased"]
    assert [r.entity_key for r in told] == [done["pseudonym"]]
    assert not Words([j.SHOWN, j.ADDRESS]).within(told[0].body)


def test_an_open_case_is_erased_only_when_it_is_asked_for(open_case: Office) -> None:
    office = open_case
    told = erase(office.bus, j.ADMIN, None, [j.NUMBER], j.WHY)
    assert [s["code"] for s in the_case(told, office)["stays"] if s["code"] == "case-open"] == ["case-open"]
    assert office.variables["nationalId"] == j.NUMBER and told["erased"] == []
    told = erase(office.bus, j.ADMIN, None, [j.NUMBER], j.WHY, open_cases=True)
    assert told["erased"] == [str(office.key)] and places(office, *j.OF_CASE) == set()
    j.end(office)
    assert office.instance.state == "COMPLETED" and office.verified()


def test_a_held_case_stays_and_with_it_the_account_that_it_names(ended: Office) -> None:
    ended.run(PlaceHold(ended.key, "ศาลขอให้เก็บไว้"), OWNER)
    before = ended.rows(t.variable)
    told = erase(ended.bus, j.ADMIN, j.USER, [j.NUMBER], j.WHY, open_cases=True)
    assert (told["erased"], told["pseudonym"]) == ([], None)
    assert "case-held" in [s["code"] for s in the_case(told, ended)["stays"]]
    assert [s["code"] for s in told["account"]["stays"]] == ["case-stays"]
    assert ended.rows(t.variable) == before and ended.rows(t.person, everything=True)


def test_an_account_with_open_tasks_hands_them_over_first(open_case: Office) -> None:
    told = erase(open_case.bus, j.ADMIN, j.USER, [], j.WHY)
    assert [s["code"] for s in told["account"]["stays"]] == ["open-tasks"] and told["pseudonym"] is None
    with pytest.raises(InvalidState):
        open_case.run(EraseAccount(j.USER, j.WHY), j.ADMIN)


@pytest.mark.parametrize("reason", ["", "why", f"ขอลบเลข {j.NUMBER}"])
def test_a_reason_is_needed_that_says_nothing_of_what_is_erased(ended: Office, reason: str) -> None:
    before = ended.snapshot()
    with pytest.raises((ReasonNeeded, InvalidArgument)):
        erase(ended.bus, j.ADMIN, None, [j.NUMBER], reason)
    assert ended.snapshot() == before


@pytest.mark.parametrize("identifiers", [[], ["abc"], ["ก"], ["x" * 257], ["abcd"] * 3 + [f"number {n}" for n in range(20)]])
def test_what_means_nobody_is_refused(small_office: Office, identifiers: list[str]) -> None:
    with pytest.raises(InvalidArgument):
        look(small_office.bus, SYSTEM, None, identifiers)
