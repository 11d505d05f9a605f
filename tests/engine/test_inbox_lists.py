"""The lists of the inbox: what is put off, what waits for others, what was read, filters, and how many there are."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from engine.commands.ask_co_signatures import AskCoSignatures
from engine.commands.claim_task import ClaimTask
from engine.commands.classify_instance import ClassifyInstance
from engine.commands.complete_task import CompleteTask
from engine.commands.delegate_task import DelegateTask
from engine.commands.mark_task import FURTHEST, MarkTask
from engine.commands.update_task import UpdateTask
from engine.errors import InvalidArgument, NotFound
from engine.model.actor import SYSTEM, Actor
from engine.queries.inbox import count_inbox, search_inbox
from engine.queries.search import Search
from engine.queries.tasks import get_task
from engine.store import tables as t
from tests.dsl import OWNER, START, Office
from tests.execution.bench import diagram, flows, node, user
from tests.governance.people import TO_FINANCE, TO_LEGAL, absence, account, employ, in_the_name_of

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NAMED = '<zeebe:assignmentDefinition candidateGroups="{0}"/>'


def process(process_id: str, to: str = TO_FINANCE) -> tuple[str, bytes]:
    body = node("startEvent", "s") + user("a", to) + node("endEvent", "e") + flows("s a", "a e")
    return f"{process_id}.bpmn", diagram(body, process_id=process_id)


@pytest.fixture
def staffed(office: Office) -> Office:
    """Finance has two processes, legal a third."""
    employ(office).deploy(process("p"), process("q"), process("r", TO_LEGAL))
    return office


def case(office: Office, number: str, process_id: str = "p", due: timedelta | None = None, **variables: Any) -> int:
    """The key of the task of a new case."""
    key = office.start(process_id, business_id=number, **variables)
    task = next(row for row in office.rows(t.user_task) if row.process_instance_key == key)
    if due is not None:
        office.run(UpdateTask(task.key, {"due_at": START + due}), OWNER)
    return int(task.key)


def asked(office: Office, who: Actor | str, view: str, page: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    actor = account(office, who) if isinstance(who, str) else who
    with office.database.read() as db:
        return search_inbox(db, actor, Search({"view": view, **more}, (), page or {}), office.clock.now())


def listed(office: Office, who: Actor | str, view: str, **more: Any) -> list[str]:
    return [item["businessId"] for item in asked(office, who, view, **more)["items"]]


def counted(office: Office, who: Actor | str) -> dict[str, int]:
    actor = account(office, who) if isinstance(who, str) else who
    with office.database.read() as db:
        items = count_inbox(db, actor, office.clock.now())["items"]
    return {item["view"]: item["count"] for item in items if item["count"]}


def mark(office: Office, who: str, key: int, **mark: Any) -> None:
    office.run(MarkTask(key, **mark), account(office, who))


def test_what_is_put_off_comes_back_by_itself(staffed: Office) -> None:
    """For who put it off alone, and in the lists of deadlines all the time."""
    mine, free = case(staffed, "mine", due=-HOUR), case(staffed, "free", due=2 * HOUR)
    staffed.run(ClaimTask(mine), account(staffed, "ann"))
    for key in (mine, free):
        mark(staffed, "ann", key, snoozes=True, until=START + DAY)
    assert listed(staffed, "ann", "mine") == listed(staffed, "ann", "groups") == []
    assert listed(staffed, "ann", "snoozed") == ["mine", "free"]
    assert (listed(staffed, "ann", "overdue"), listed(staffed, "ann", "dueSoon")) == (["mine"], ["free"])
    assert listed(staffed, "ben", "groups") == ["free"]
    assert counted(staffed, "ann") == {"snoozed": 2, "overdue": 1, "dueSoon": 1, "today": 2}
    staffed.clock.set(START + DAY)
    assert (listed(staffed, "ann", "mine"), listed(staffed, "ann", "groups")) == (["mine"], ["free"])
    assert listed(staffed, "ann", "snoozed") == []


def test_what_is_put_off_is_taken_up_again(staffed: Office) -> None:
    key = case(staffed, "1")
    mark(staffed, "ann", key, snoozes=True, until=START + DAY)
    mark(staffed, "ann", key, read=True)
    assert listed(staffed, "ann", "snoozed") == ["1"], "reading it changes nothing"
    staffed.run(ClaimTask(key), account(staffed, "ben"))
    assert listed(staffed, "ann", "snoozed") == [], "somebody else has it now"
    mark(staffed, "ann", key, snoozes=True)
    staffed.run(CompleteTask(key), account(staffed, "ben"))
    assert listed(staffed, "ann", "snoozed") == []


def test_a_follow_up_date_puts_off_what_one_has(staffed: Office) -> None:
    """For everybody alike, till it has come."""
    key = case(staffed, "1")
    staffed.run(ClaimTask(key), account(staffed, "ann"))
    staffed.run(UpdateTask(key, {"follow_up_at": START + DAY}), OWNER)
    assert (listed(staffed, "ann", "mine"), listed(staffed, "ann", "snoozed")) == ([], ["1"])
    assert listed(staffed, "ann", "snoozed", followUpDate={"$exists": True}) == ["1"]
    staffed.clock.set(START + DAY)
    assert (listed(staffed, "ann", "mine"), listed(staffed, "ann", "snoozed")) == (["1"], [])


@pytest.mark.parametrize("until", [timedelta(), -HOUR, FURTHEST + HOUR])
def test_nothing_is_put_off_to_the_past_or_for_years(staffed: Office, until: timedelta) -> None:
    key = case(staffed, "1")
    before = staffed.snapshot()
    with pytest.raises(InvalidArgument):
        mark(staffed, "ann", key, snoozes=True, until=START + until)
    assert staffed.snapshot() == before


def test_marks_are_of_who_looks(staffed: Office) -> None:
    """Also of a substitute, and the first reading counts."""
    key = case(staffed, "1")
    mark(staffed, "ann", key, read=True)
    staffed.clock.set(START + HOUR)
    mark(staffed, "ann", key, read=True)
    [row] = staffed.rows(t.task_mark)
    assert (row.username, row.read_at) == ("ann", START)
    assert (listed(staffed, "ann", "groups", unread=True), listed(staffed, "ann", "groups", unread=False)) == ([], ["1"])
    assert listed(staffed, "ben", "groups", unread=True) == ["1"]
    staffed.run(absence(staffed, "ann", "cem"), account(staffed, "ann"))
    stand_in = in_the_name_of(staffed, "ann", "cem")
    assert listed(staffed, stand_in, "groups", unread=True) == ["1"]
    staffed.run(MarkTask(key, read=True), stand_in)
    assert listed(staffed, stand_in, "groups", unread=True) == []
    mark(staffed, "ann", key, read=False)
    assert listed(staffed, "ann", "groups", unread=True) == ["1"]
    with staffed.database.read() as db:
        shown = [get_task(db, account(staffed, name), key)["read"] for name in ("ann", "ben", "cem")]
    assert shown == [False, False, True]


def test_nobody_marks_what_is_none_of_theirs(staffed: Office) -> None:
    key = case(staffed, "1", "r")
    for command in (MarkTask(key, read=True), MarkTask(1, read=True)):
        with pytest.raises(NotFound):
            staffed.run(command, account(staffed, "ben"))
    staffed.run(ClassifyInstance(staffed.key, "secret"), SYSTEM)
    with pytest.raises(NotFound):
        mark(staffed, "ann", key, read=True)


def test_what_waits_for_others(staffed: Office) -> None:
    """Another helps with it, or is still to sign it."""
    helped, signed, alone = (case(staffed, number) for number in ("helped", "signed", "alone"))
    ann = account(staffed, "ann")
    for key in (helped, signed, alone):
        staffed.run(ClaimTask(key), ann)
    staffed.run(DelegateTask(helped, "ben"), ann)
    staffed.run(AskCoSignatures(signed, ("ben",)), ann)
    assert listed(staffed, "ann", "waiting") == ["helped", "signed"]
    assert listed(staffed, "ben", "waiting") == []
    assert listed(staffed, "ann", "mine") == ["signed", "alone"]


def test_today_is_a_day_of_the_office(staffed: Office) -> None:
    """It began at 17:00 UTC of the day before, and ends at 17:00."""
    for number, due in (("before", -17 * HOUR), ("begins", -16 * HOUR), ("ends", 7 * HOUR), ("after", 8 * HOUR)):
        case(staffed, number, due=due)
    assert listed(staffed, "ann", "today") == ["begins", "ends"]


def test_filters_narrow_every_list(staffed: Office) -> None:
    case(staffed, "กท 12/2569", amount=7)
    case(staffed, "กท 13/2569", "q", amount=8)
    case(staffed, "นว 12/2569", "r", amount=9)
    assert listed(staffed, "ann", "groups", processDefinitionId="q") == ["กท 13/2569"]
    assert listed(staffed, "ann", "groups", candidateGroup="legal") == ["นว 12/2569"]
    assert listed(staffed, "ann", "groups", candidateGroup="nobody's") == []
    assert listed(staffed, "ann", "groups", businessId={"$like": "กท*"}) == ["กท 12/2569", "กท 13/2569"]
    seven = [{"name": "amount", "value": "7"}]
    assert listed(staffed, "ann", "groups", processInstanceVariables=seven) == ["กท 12/2569"]
    both = {"text": "12/", "processInstanceVariables": [{"name": "amount", "value": {"$gt": "7"}}]}
    assert listed(staffed, "ann", "groups", **both) == ["นว 12/2569"]
    assert listed(staffed, "ben", "groups", text="12") == ["กท 12/2569"], "a filter shows nobody more"
    for wrong in ({"unread": 1}, {"text": 5}, {"text": "ก" * 201}, {"nothing": 1}, {"processDefinitionId": {"$x": 1}}):
        with pytest.raises(InvalidArgument):
            listed(staffed, "ann", "groups", **wrong)


@pytest.mark.parametrize(
    ("words", "found"),
    [("๑๒/๒๕๖๙", ["กท 12/2569"]), ("2569 กท", ["กท 12/2569"]), ("คําสั่ง", ["x"]), ("คำ x", ["x"]), ("กท x", []), (" ", ["กท 12/2569", "x"])],
)
def test_words_are_found_however_they_are_typed(staffed: Office, words: str, found: list[str]) -> None:
    """Thai or Arabic digits, sara am as one letter or two; every word, in any order."""
    name, xml = process("w")
    staffed.deploy((name, xml.replace(b'name="a"', 'name="ตรวจคำสั่งซื้อ"'.encode())))
    case(staffed, "กท 12/2569")
    case(staffed, "x", "w")
    assert listed(staffed, "ann", "groups", text=words) == found


def test_pages_of_a_filtered_list_lose_and_repeat_nothing(staffed: Office) -> None:
    """A task of two groups of one's own stands once, and pages go both ways."""
    staffed.deploy(process("both", NAMED.format("finance, legal")))
    numbers = [f"{n}" for n in range(7)]
    for at, number in enumerate(numbers):
        case(staffed, number, ("both", "p", "q")[at % 3], due=at * HOUR)
    narrow = {"processDefinitionId": {"$in": ["both", "p"]}}
    wanted = [n for at, n in enumerate(numbers) if at % 3 != 2]
    whole = asked(staffed, "ann", "groups", **narrow)
    assert ([i["businessId"] for i in whole["items"]], whole["page"]["totalItems"]) == (wanted, len(wanted))
    first = asked(staffed, "ann", "groups", {"limit": 2}, **narrow)
    second = asked(staffed, "ann", "groups", {"limit": 2, "after": first["page"]["endCursor"]}, **narrow)
    back = asked(staffed, "ann", "groups", {"limit": 2, "before": second["page"]["startCursor"]}, **narrow)
    assert [i["businessId"] for page in (first, second) for i in page["items"]] == wanted[:4]
    assert (back["items"], second["page"]["totalItems"]) == (first["items"], len(wanted))


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ([("creationDate", "DESC")], ["4", "3", "2", "1", "0"]), ([("priority", "DESC"), ("dueBy", "ASC")], ["3", "4", "0", "2", "1"]),
        ([("businessId", "ASC")], ["0", "1", "2", "3", "4"]), ([("dueBy", "DESC")], ["1", "2", "0", "4", "3"]),
    ],
)  # fmt: skip
def test_another_order_finds_the_same(staffed: Office, sort: list[tuple[str, str]], expected: list[str]) -> None:
    """Page by page, forth and back, whether the inbox has an index for it or not."""
    staffed.deploy(process("both", NAMED.format("finance, legal")))
    for number, (days, priority) in enumerate([(3, 50), (9, 50), (5, 50), (1, 80), (2, 80)]):
        key = case(staffed, f"{number}", "both", due=days * DAY)
        staffed.run(UpdateTask(key, {"priority": priority}), OWNER)
    order = [{"field": field, "order": direction} for field, direction in sort]

    def page(**window: Any) -> dict[str, Any]:
        with staffed.database.read() as db:
            return search_inbox(db, account(staffed, "ann"), Search({"view": "groups"}, order, {"limit": 2, **window}), START)

    def numbers(page: dict[str, Any]) -> list[str]:
        return [item["businessId"] for item in page["items"]]

    first = page()
    second = page(after=first["page"]["endCursor"])
    third = page(after=second["page"]["endCursor"])
    assert numbers(first) + numbers(second) + numbers(third) == expected
    assert numbers(page(before=third["page"]["startCursor"])) == expected[2:4]
    with pytest.raises(InvalidArgument), staffed.database.read() as db:
        cursor = {"after": first["page"]["endCursor"]}
        search_inbox(db, account(staffed, "ann"), Search({"view": "mine"}, (), cursor), START)


def test_a_list_is_counted_to_a_hundred(staffed: Office) -> None:
    for number in range(101):
        staffed.start("p", business_id=f"{number}")
    with staffed.database.read() as db:
        items = count_inbox(db, account(staffed, "ben"), START)["items"]
    assert next(item for item in items if item["view"] == "groups") == {"view": "groups", "count": 100, "more": True}
    assert next(item for item in items if item["view"] == "mine") == {"view": "mine", "count": 0, "more": False}
