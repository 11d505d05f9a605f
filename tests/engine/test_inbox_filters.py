"""What the inbox finds by an index it finds without: on both databases, whatever has become of a task meanwhile."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from sqlalchemy import Connection, text

from api.person_requests import erase
from engine.commands.assign_business_id import AssignBusinessId
from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.commands.migrate_instance import MigrateInstance
from engine.commands.unassign_task import UnassignTask
from engine.commands.update_task import UpdateTask
from engine.errors import InvalidArgument
from engine.queries.inbox import count_inbox, search_inbox
from engine.queries.search import Search
from engine.store import tables as t
from engine.store.batch import Batch
from tests.dsl import ADMIN, OWNER, START, Office
from tests.engine.test_masking import field, form
from tests.execution.bench import diagram, flows, node, user
from tests.governance.people import TO_FINANCE, account, employ
from tests.personal.journey import WHY

DAY = timedelta(days=1)
SORTS: dict[str, list[dict[str, str]]] = {
    "urgency": [],
    "newest": [{"field": "creationDate", "order": "DESC"}],
    "priority": [{"field": "priority", "order": "DESC"}, {"field": "dueBy"}],
    "none of an index": [{"field": "dueBy"}, {"field": "userTaskKey"}],
}


def variable(value: Any) -> list[dict[str, Any]]:
    return [{"name": "amount", "value": value}]


FILTERS: list[tuple[dict[str, Any], str]] = [
    ({"processDefinitionId": "p"}, "a c"),
    ({"processDefinitionId": {"$neq": "p"}}, "b d"),
    ({"processDefinitionId": "nobody's"}, ""),
    ({"priority": {"$gt": 50}}, "b"),
    ({"priority": {"$gte": 50, "$lt": 80}}, "a c d"),
    ({"dueBy": {"$lt": "2026-04-12T09:00:00.000000Z"}}, "a"),
    ({"dueBy": {"$gte": "2026-04-11T09:00:00.000000Z"}}, "a b"),
    ({"dueBy": {"$exists": False}}, "c d"),
    ({"dueBy": {"$exists": True, "$gt": "2026-04-11T09:00:00.000000Z"}}, "b"),
    ({"dueBy": "2026-04-11T09:00:00.000000Z"}, "a"),
    ({"dueBy": {"$neq": "2026-04-11T09:00:00.000000Z"}}, "b c d"),
    ({"followUpDate": {"$exists": True}}, "d"),
    ({"followUpDate": {"$exists": False}}, "a b c"),
    ({"businessId": "a"}, "a"),
    ({"businessId": "A"}, ""),
    ({"businessId": {"$like": "?"}}, "a b c d"),
    ({"businessId": {"$like": "*a*"}}, "a"),
    ({"businessId": {"$like": "A*"}}, ""),
    ({"businessId": {"$in": ["a", "c"]}}, "a c"),
    ({"businessId": {"$like": "\\a"}}, "a"),
    ({"processInstanceVariables": variable("7")}, "a"),
    ({"processInstanceVariables": variable({"$eq": "8"})}, "b"),
    ({"processInstanceVariables": variable({"$gt": "7"})}, "b c"),
    ({"processInstanceVariables": variable({"$in": ["7", "8"]})}, "a b"),
    ({"processInstanceVariables": variable(f'"{"y" * 300}"')}, "d"),
    ({"processInstanceVariables": [*variable("7"), {"name": "other", "value": "1"}]}, ""),
    ({"text": "p"}, "a c"),
    ({"text": "Q B"}, "b"),
    ({"unread": True}, "a b c d"),
    ({"elementId": "x", "processDefinitionId": "q"}, "b d"),
    ({"$or": [{"businessId": "a"}, {"priority": 80}]}, "a b"),
    ({"text": None, "priority": None}, "a b c d"),
]


def process(process_id: str, extra: str = "", name: str = "x") -> tuple[str, bytes]:
    body = node("startEvent", "s") + user("x", TO_FINANCE + extra) + node("endEvent", "e") + flows("s x", "x e")
    xml = diagram(body, process_id=process_id).replace(b'userTask id="x" name="x"', f'userTask id="x" name="{name}"'.encode())
    return f"{process_id}.bpmn", xml


@pytest.fixture
def staffed(office: Office) -> Office:
    employ(office).deploy(process("p"), process("q"))
    return office


@pytest.fixture
def filled(staffed: Office) -> Office:
    cases: list[tuple[str, str, Any, dict[str, Any]]] = [
        ("p", "a", 7, {"due_at": START + DAY}), ("q", "b", 8, {"due_at": START + 3 * DAY, "priority": 80}),
        ("p", "c", 9, {}), ("q", "d", "y" * 300, {"follow_up_at": START + DAY}),
    ]  # fmt: skip
    for process_id, number, amount, changes in cases:
        begun(staffed, process_id, number, amount=amount, **changes)
    return staffed


def begun(office: Office, process_id: str, number: str | None, amount: Any = None, **changes: Any) -> int:
    """The key of the task of a new case."""
    key = office.start(process_id, business_id=number, amount=amount)
    task: int = next(row.key for row in office.rows(t.user_task) if row.process_instance_key == key)
    if changes:
        office.run(UpdateTask(task, changes), OWNER)
    return task


def listed(office: Office, who: str, sort: str = "urgency", view: str = "groups", **filter: Any) -> list[str]:
    with office.database.read() as db:
        wanted = Search({"view": view, **filter}, SORTS[sort], {})
        return [item["businessId"] for item in search_inbox(db, account(office, who), wanted, START)["items"]]


@pytest.mark.parametrize("sort", SORTS)
def test_whatever_sorts_a_list_its_filters_find_the_same(filled: Office, sort: str) -> None:
    for filter, numbers in FILTERS:
        assert sorted(listed(filled, "ann", sort, **filter)) == numbers.split(), (sort, filter)


def test_bad_filters_are_refused_before_anything_is_looked_for(filled: Office) -> None:
    bad: list[dict[str, Any]] = [
        {"processInstanceVariables": [{"name": "amount"}]}, {"processInstanceVariables": "x"}, {"priority": "high"},
        {"dueBy": {"$exists": 1}}, {"dueBy": "tomorrow"}, {"businessId": {"$like": 5}}, {"followUpDate": {"$exists": "x"}},
        {"processInstanceVariables": [{"name": 5, "value": "7"}]}, {"text": {}}, {"processDefinitionId": ["p"]},
    ]  # fmt: skip
    for filter in bad:
        with pytest.raises(InvalidArgument):
            listed(filled, "ann", **filter)


def test_what_is_done_is_found_the_latest_first_page_by_page(filled: Office) -> None:
    ann = account(filled, "ann")
    for at, row in enumerate(filled.rows(t.user_task, everything=True)):
        filled.clock.set(START + at * DAY)
        filled.run(ClaimTask(row.key), ann)
        filled.run(CompleteTask(row.key), ann)
    assert listed(filled, "ann", view="done") == ["d", "c", "b", "a"]
    assert listed(filled, "ann", view="done", processDefinitionId="p", text="p") == ["c", "a"]
    assert listed(filled, "ann", view="done", processInstanceVariables=variable("8")) == ["b"]
    assert listed(filled, "ben", view="done") == []

    def page(**window: Any) -> tuple[list[str], Any]:
        with filled.database.read() as db:
            found = search_inbox(db, ann, Search({"view": "done"}, (), {"limit": 2, **window}), START)
        return [item["businessId"] for item in found["items"]], found["page"]

    (first, at), second = page(), page(after=page()[1]["endCursor"])
    assert (first, second[0], at["totalItems"]) == (["d", "c"], ["b", "a"], 4)
    assert page(before=second[1]["startCursor"])[0] == ["d", "c"]


def test_what_became_free_again_is_found_by_its_words_and_its_number(staffed: Office) -> None:
    """The rows of a list are written anew by whatever a task is given, and say the same."""
    key = begun(staffed, "p", "กษ ๑๒/2569")
    staffed.run(UpdateTask(key, {"candidate_groups": ["finance"], "candidate_users": ["ben"], "priority": 80}), OWNER)
    staffed.run(ClaimTask(key), account(staffed, "ben"))
    staffed.run(UnassignTask(key), account(staffed, "ben"))
    for words in ("12/๒๕๖๙", "p กษ", "x"):
        assert (listed(staffed, "ann", text=words), listed(staffed, "ben", text=words)) == (["กษ ๑๒/2569"],) * 2
    assert {(row.number, row.label_key) for row in staffed.rows(t.task_candidate)} == {("กษ 12/2569", staffed.task("x").label_key)}


def test_a_number_that_is_given_later_is_found(staffed: Office) -> None:
    begun(staffed, "p", None)
    assert listed(staffed, "ann", text="กษ") == []
    staffed.run(AssignBusinessId(staffed.key, "กษ 1"), OWNER)
    assert listed(staffed, "ann", text="กษ") == listed(staffed, "ann", businessId="กษ 1") == ["กษ 1"]


def test_a_case_of_another_version_is_found_by_what_its_task_is_called_there(staffed: Office) -> None:
    begun(staffed, "p", "1")
    staffed.deploy(process("p", name="ตรวจคำขอ"))
    target = staffed.rows(t.process_definition, everything=True)[-1].key
    staffed.run(MigrateInstance(staffed.key, target, (("x", "x"),), "แก้ไขขั้นตอน"), OWNER)
    assert (listed(staffed, "ann", text="คําขอ"), listed(staffed, "ann", text="x")) == (["1"], [])


def test_what_tasks_are_called_is_kept_once(staffed: Office) -> None:
    """However many tasks and versions there are; another name is another label."""
    for number in range(3):
        begun(staffed, "p", f"{number}")
    staffed.deploy(process("p", '<zeebe:priorityDefinition priority="70"/>'))
    begun(staffed, "p", "3")
    assert [(row.process_id, row.words) for row in staffed.rows(t.task_label)] == [("p", "x\np")]
    staffed.deploy(process("p", name="y"))
    begun(staffed, "p", "4")
    assert sorted(row.words for row in staffed.rows(t.task_label)) == ["x\np", "y\np"]


def test_what_was_taken_back_is_not_taken_for_kept(staffed: Office) -> None:
    """A server remembers which labels are there: those of a command that failed are not."""
    run = Batch.run

    def fails(batch: Batch, db: Connection) -> None:
        last = len(batch) > 1
        run(batch, db)
        if last:
            raise LookupError

    with patch.object(Batch, "run", fails), pytest.raises(LookupError):
        begun(staffed, "p", "1")
    assert staffed.rows(t.task_label) == []
    begun(staffed, "p", "1")
    assert [row.words for row in staffed.rows(t.task_label)] == ["x\np"]


def test_what_is_above_who_asks_is_not_found_by_its_value(staffed: Office) -> None:
    """The index of values knows it; what it says is asked of the case again."""
    shows = process("r", '<zeebe:formDefinition formId="q.f"/>')
    staffed.deploy(shows, ("f.form", form(field("amount", "confidential"))))
    begun(staffed, "r", "1", amount="bravo")
    begun(staffed, "p", "2", amount="bravo")
    assert listed(staffed, "ann", processInstanceVariables=variable('"bravo"')) == ["2"]


def test_a_number_that_is_erased_is_in_no_list(staffed: Office) -> None:
    """Neither as it was written nor as lists write it."""
    key = begun(staffed, "p", "เลขที่ ๑๒๓๔๕๖๗")
    staffed.run(ClaimTask(key), account(staffed, "ann"))
    staffed.run(CompleteTask(key), account(staffed, "ann"))
    erase(staffed.bus, ADMIN, None, ["1234567"], WHY)
    assert all("1234567" not in (row.number or "") for row in staffed.rows(t.task_candidate, everything=True))
    assert listed(staffed, "ann", view="done", text="1234567") == []


def test_postgresql_plans_each_page_for_what_is_asked(emptied_postgres: str) -> None:
    """Also after many times, when it would take one plan for whoever asks; other transactions are as they were."""
    staffed = Office(emptied_postgres)
    employ(staffed)
    mode = text("SHOW plan_cache_mode")
    with staffed.database.read() as db:
        search_inbox(db, account(staffed, "ann"), Search({"view": "groups"}), START)
        assert db.execute(mode).scalar_one() == "force_custom_plan"
    with staffed.database.read() as db:
        count_inbox(db, account(staffed, "ann"), START)
        assert db.execute(mode).scalar_one() == "force_custom_plan"
    with staffed.database.read() as db:
        assert db.execute(mode).scalar_one() == "auto"
    staffed.close()
