"""The cases of a person: which they are, where each stands, whose turn it is, and what is late."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from engine.commands.claim_task import ClaimTask
from engine.commands.classify_instance import ClassifyInstance
from engine.commands.create_instance import CreateInstance
from engine.errors import InvalidArgument
from engine.model.actor import Actor, Within
from engine.queries.my_cases import search_my_cases
from engine.queries.search import Search
from tests.dsl import ADMIN, OWNER, Office, person
from tests.execution.bench import diagram, flows, node

ANN, BEN, CAT = person("ann", "clerks"), person("ben", "checkers"), person("cat", "clerks")
DUE = '<zeebe:taskSchedule dueDate="=now() + duration(&quot;P1D&quot;)"/>'


def task(id_: str, group: str, more: str = "") -> str:
    """A user task of a group, with a Thai and an English name."""
    extra = f'<krabuan:text lang="en">{id_} in English</krabuan:text><zeebe:userTask/>{more}'
    return (
        f'<bpmn:userTask id="{id_}" name="งาน {id_}"><bpmn:extensionElements>{extra}'
        f'<zeebe:assignmentDefinition candidateGroups="{group}"/></bpmn:extensionElements></bpmn:userTask>'
    )


FILE = diagram(
    node("startEvent", "s") + task("write", "clerks") + task("check", "checkers", DUE) + node("endEvent", "e")
    + flows("s write", "write check", "check e")
)  # fmt: skip


@pytest.fixture
def busy(office: Office) -> Office:
    """With the process of two tasks: clerks write, checkers check within a day."""
    office.deploy(FILE)
    return office


def begin(office: Office, by: Actor, business_id: str | None = None) -> int:
    office.key = int(office.run(CreateInstance("p", business_id=business_id), by)["processInstanceKey"])
    office.settle()
    return office.key


def mine(office: Office, who: Actor, page: dict[str, Any] | None = None, **wanted: Any) -> dict[str, Any]:
    definitions = office.bus.services.definitions
    diagrams: Any = lambda db, key: definitions.process(db, key).definition.process  # noqa: E731
    with office.database.read() as db:
        return search_my_cases(db, who, diagrams, Search(wanted, (), page or {}), office.clock.now())


def keys(office: Office, who: Actor, **wanted: Any) -> list[int]:
    return [int(item["processInstanceKey"]) for item in mine(office, who, **wanted)["items"]]


def test_what_one_started_and_what_one_worked_on_the_latest_first(busy: Office) -> None:
    first, second, third = begin(busy, ANN), begin(busy, CAT), begin(busy, ANN)
    busy.key = second
    busy.complete("write", ANN)
    assert keys(busy, ANN) == [third, second, first]
    assert keys(busy, ANN, part="STARTED") == [third, first]
    assert keys(busy, ANN, part="WORKED") == [second]
    assert [item["part"] for item in mine(busy, ANN)["items"]] == ["STARTED", "WORKED", "STARTED"]
    assert keys(busy, CAT) == [second]


def test_what_only_waits_for_ones_group_is_not_ones_own_until_it_is_claimed(busy: Office) -> None:
    case = begin(busy, ANN)
    busy.complete("write", ANN)
    assert keys(busy, BEN) == []
    busy.run(ClaimTask(busy.task("check").key), BEN)
    assert keys(busy, BEN) == [case]


def test_where_it_stands_and_whose_turn_it_is(busy: Office) -> None:
    begin(busy, ANN)
    busy.complete("write", ANN)
    (item,) = mine(busy, ANN)["items"]
    (step,) = item["steps"]
    assert (step["elementId"], step["name"]) == ("check", {"th": "งาน check", "en": "check in English"})
    assert (step["assignee"], step["candidateGroups"], step["mine"]) == (None, ["checkers"], False)
    assert step["userTaskKey"] == str(busy.task("check").key)
    assert (step["dueBy"], item["late"]) == (item["dueBy"], False)
    busy.run(ClaimTask(busy.task("check").key), BEN)
    (item,) = mine(busy, BEN)["items"]
    assert [(s["assignee"], s["mine"]) for s in item["steps"]] == [("ben", True)]


def test_a_free_task_of_ones_group_is_ones_turn(busy: Office) -> None:
    case = begin(busy, ANN)
    assert keys(busy, ANN, turn="MINE") == [case] and keys(busy, ANN, turn="OTHERS") == []
    busy.complete("write", CAT)
    assert keys(busy, ANN, turn="MINE") == [] and keys(busy, ANN, turn="OTHERS") == [case]
    busy.complete("check", BEN)
    assert keys(busy, ANN, turn="OTHERS") == [], "what is over waits for nobody"
    assert [item["steps"] for item in mine(busy, ANN)["items"]] == [[]]


def test_what_is_late(busy: Office) -> None:
    late = begin(busy, ANN)
    busy.complete("write", ANN)
    busy.advance("P2D")
    fresh = begin(busy, ANN)
    assert keys(busy, ANN, late=True) == [late] and keys(busy, ANN, late=False) == [fresh]
    assert {item["processInstanceKey"]: item["late"] for item in mine(busy, ANN)["items"]} == {
        str(late): True, str(fresh): False,
    }  # fmt: skip


def test_filters_on_text_and_state(busy: Office) -> None:
    done, running = begin(busy, ANN, "กษ ๑๒"), begin(busy, ANN, "กษ ๑๓")
    busy.key = done
    busy.complete("write", ANN).complete("check", BEN)
    assert keys(busy, ANN, text="๑๓") == [running]
    assert keys(busy, ANN, state="COMPLETED") == [done]
    assert keys(busy, ANN, processDefinitionId="q") == []


def test_pages_neither_lose_nor_repeat_anything(busy: Office) -> None:
    begun = [begin(busy, ANN) for _ in range(7)]
    seen, after = [], None
    while True:
        found = mine(busy, ANN, {"limit": 3, **({"after": after} if after else {})})
        if not found["items"]:
            break
        seen += [int(item["processInstanceKey"]) for item in found["items"]]
        after = found["page"]["endCursor"]
    assert seen == begun[::-1]


def test_a_case_above_ones_clearance_does_not_exist(busy: Office) -> None:
    case = begin(busy, ANN)
    busy.run(ClassifyInstance(case, "secret"), replace(OWNER, clearance=3))
    assert keys(busy, ANN) == [] and mine(busy, ANN)["page"]["totalItems"] == 0
    assert keys(busy, replace(ANN, clearance=3)) == [case]


def test_a_role_alone_gives_no_case(busy: Office) -> None:
    begin(busy, ANN)
    assert keys(busy, ADMIN) == [] and keys(busy, OWNER) == []


def test_who_stands_in_has_those_of_the_absent_person_within_the_limits(busy: Office) -> None:
    case = begin(busy, ANN)
    stands_in = Actor("ben", roles=ANN.roles, groups=ANN.groups, on_behalf_of="ann")
    assert keys(busy, stands_in) == [case]
    assert keys(busy, replace(stands_in, within=Within("process", frozenset({"q"})))) == []


@pytest.mark.parametrize(
    "wanted",
    [
        {"part": "WATCHED"},
        {"part": 1},
        {"turn": "NOBODY"},
        {"late": "yes"},
        {"text": 1},
        {"startedBy": "ann"},
        {"part": []},
    ],
    ids=str,
)
def test_a_senseless_filter_is_refused(busy: Office, wanted: dict[str, Any]) -> None:
    with pytest.raises(InvalidArgument):
        mine(busy, ANN, **wanted)


def test_a_cursor_of_another_search_is_refused(busy: Office) -> None:
    with pytest.raises(InvalidArgument):
        mine(busy, ANN, {"after": "bm9uc2Vuc2U="})


def test_the_list_is_read_by_index(small_office: Office) -> None:
    """Whatever the office does: neither of the tables is read as a whole. (PostgreSQL chooses by size.)"""
    small_office.deploy(FILE)
    begin(small_office, ANN)
    said: list[str] = []
    with small_office.database.read() as db:
        definitions = small_office.bus.services.definitions
        diagrams: Any = lambda db, key: definitions.process(db, key).definition.process  # noqa: E731
        raw: Any = db.connection.driver_connection
        raw.set_trace_callback(said.append)
        search_my_cases(db, ANN, diagrams, Search({}, (), {"limit": 1}), small_office.clock.now())
        raw.set_trace_callback(None)
        query = next(s for s in said if "FROM process_instance JOIN process_definition" in s and "UNION" in s)
        plan = [row[3] for row in raw.execute(f"EXPLAIN QUERY PLAN {query}")]
    scans = [step for step in plan if step.startswith("SCAN") and ("process_instance" in step or "user_task" in step)]
    assert scans == [], plan
