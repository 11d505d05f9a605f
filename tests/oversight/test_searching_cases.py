"""What auditors find among all cases, and by what: people, control points, deadlines, interventions, periods, words."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from engine.commands.cancel_instance import CancelInstance
from engine.commands.complete_task import CompleteTask
from engine.commands.set_variables import SetVariables
from engine.commands.write_comment import WriteComment
from engine.errors import InvalidArgument
from engine.model.actor import Actor
from engine.queries.instances import search_instances
from engine.queries.search import Search
from engine.queries.standing import search_with_tasks
from engine.queries.words import spellings
from tests.controls.points import ANN, BOB, at_b, point, process
from tests.dsl import ADMIN, AUDITOR, OWNER, Office, person

FILLED = point('type="formField" field="proof"')


def found(office: Office, actor: Actor = AUDITOR, **wanted: Any) -> list[int]:
    """The keys of the cases that fulfil the filter, the first first."""
    with office.database.read() as db:
        items = search_instances(db, actor, Search(wanted))["items"]
    return [int(item["processInstanceKey"]) for item in items]


@pytest.fixture
def cases(office: Office) -> tuple[Office, int, int]:
    """Two cases: the first waits at task b with ann, bob having done task a; the second waits at task a."""
    first = at_b(office, FILLED, amount=9, title="จัดซื้อครุภัณฑ์ ปี ๒๕๖๙").key
    return office, first, office.start(business_id="กษ 12/2569", amount=100)


def test_by_who_took_part_and_how(cases: tuple[Office, int, int]) -> None:
    office, first, second = cases
    assert found(office, participant={"username": "bob"}) == [first]
    assert found(office, participant={"username": "bob", "as": ["STARTED"]}) == []
    assert found(office, participant={"username": OWNER.id, "as": ["STARTED"]}) == [first, second]
    assert found(office, participant={"username": "ann", "as": ["DID"]}) == [], "she has claimed it, not done it"
    assert found(office, group="finance") == [first, second]
    assert found(office, group="clerks") == []


def test_by_a_substitute_and_by_whom_one_stood_in_for(cases: tuple[Office, int, int]) -> None:
    office, first, _ = cases
    office.key = first
    through = replace(ANN, on_behalf_of="ann", id="somying")
    assert through.name == "ann"
    office.run(CompleteTask(office.task("b").key, {"proof": "yes"}), through)
    assert found(office, participant={"username": "somying", "as": ["STOOD_IN"]}) == [first]
    assert found(office, participant={"username": "ann", "as": ["REPRESENTED"]}) == [first]
    assert found(office, participant={"username": "bob", "as": ["STOOD_IN", "REPRESENTED"]}) == []


def test_by_what_became_of_control_points(cases: tuple[Office, int, int]) -> None:
    office, first, second = cases
    office.key = first
    office.waive("b", "cp", ANN)
    office.run(CompleteTask(office.task("b").key, {}), ANN)
    assert found(office, controlPoint={"state": "WAIVED"}) == [first]
    assert found(office, controlPoint={"state": {"$in": ["FAILED", "PASSED"]}}) == []
    assert found(office, controlPoint={"state": "WAIVED", "controlPointId": "another"}) == []
    assert found(office, participant={"username": OWNER.id, "as": ["APPROVED"]}) == [first]
    assert found(office, intervened=["waive"]) == [first]
    office.key = second
    office.run(CancelInstance(second, "entered twice"), OWNER)
    assert found(office, intervened=["cancel"]) == [second]
    assert found(office, intervened=["cancel", "waive"]) == [first, second]
    assert found(office, intervened=["migrate"]) == []


def test_by_deadlines_that_were_missed(office: Office) -> None:
    clock = (
        '<krabuan:deadline id="dl" kind="statutory" from="=aware_at" duration="PT72H" calendar="hours" stoppedBy="b">'
        '<krabuan:text lang="th">แจ้งเหตุ</krabuan:text><krabuan:text lang="en">Notify</krabuan:text></krabuan:deadline>'
    )
    at_b(office, "", on_process=clock, aware_at="2026-04-10T16:00:00+07:00")
    late = office.key
    office.advance("P4D")
    office.start(aware_at=office.clock.now().isoformat())
    assert found(office, deadline={"state": {"$in": ["MISSED", "LATE"]}}) == [late]
    assert len(found(office, deadline={"deadlineId": "dl"})) == 2
    assert found(office, deadline={"extendedUntil": {"$exists": True}}) == []


def test_by_the_period_in_which_it_ran(office: Office) -> None:
    office.deploy(process(""))
    ended = office.start()
    before = office.clock.now()
    office.run(CancelInstance(ended, "twice"), OWNER)
    office.advance("P10D")
    runs = office.start()
    at = (before + timedelta(days=5)).isoformat()
    assert found(office, activeDuring={"from": before.isoformat(), "until": at}) == [ended]
    assert found(office, activeDuring={"from": at}) == [runs]
    assert found(office, activeDuring={}) == [ended, runs]


def test_by_words_in_comments_data_and_numbers(cases: tuple[Office, int, int]) -> None:
    office, first, second = cases
    office.run(WriteComment(second, 'ขอให้ "เร่ง" ดำเนินการ'), OWNER)
    assert found(office, words="ครุภัณฑ์") == [first]
    assert found(office, words="ปี 2569") == [first], "what is written in Thai digits is found by Arabic ones"
    assert found(office, words="๑๒/๒๕๖๙") == [second]
    assert found(office, words='"เร่ง" ดํา') == [second], "sara am of two characters is the same letter"
    assert found(office, words="ไม่มีคำนี้") == []
    assert found(office, words="100%") == [], "a percent sign is no wildcard"
    assert found(office, ADMIN, words="ครุภัณฑ์") == [], "an administrator does not search what cases hold"
    assert found(office, ADMIN, words="กษ 12") == [second]


def test_by_comparing_variables(cases: tuple[Office, int, int]) -> None:
    office, first, second = cases

    def by(name: str, **operators: Any) -> list[int]:
        said = {f"${operator}": value for operator, value in operators.items()}
        return found(office, variables=[{"name": name, "value": said}])

    assert by("amount", gt="9") == [second], "as numbers: as texts 100 comes before 9"
    assert by("amount", gte="9", lt="100") == [first]
    assert by("title", gt="5") == by("amount", gt='"5"') == [], "a text is no number"
    office.run(SetVariables(second, {"day": "2026-05-01"}), OWNER)
    assert by("day", gte='"2026-05-01"', lt='"2026-06-01"') == [second]
    assert by("day", lt='"2026-05-01"') == []


def test_each_result_tells_where_it_stands(cases: tuple[Office, int, int]) -> None:
    office, first, second = cases
    with office.database.read() as db:
        items = search_with_tasks(db, AUDITOR, Search())["items"]
    assert [(int(i["processInstanceKey"]), [t["assignee"] for t in i["tasks"]]) for i in items] == [
        (first, ["ann"]), (second, [None]),
    ]  # fmt: skip


def test_it_finds_no_case_that_one_may_not_see(cases: tuple[Office, int, int]) -> None:
    office, first, _ = cases
    stranger = person("stranger", "clerks")
    assert found(office, stranger, participant={"username": "bob"}) == []
    assert found(office, stranger, words="ครุภัณฑ์") == []
    assert found(office, BOB, words="ครุภัณฑ์") == [first]


BAD: tuple[dict[str, Any], ...] = (
    {"participant": "bob"}, {"participant": {}}, {"participant": {"username": ""}},
    {"participant": {"username": "bob", "as": []}}, {"participant": {"username": "bob", "as": ["BOSS"]}},
    {"participant": {"username": "bob", "as": [{}]}}, {"participant": {"username": "bob", "since": 1}},
    {"group": 1}, {"group": "a\0"}, {"controlPoint": "FAILED"}, {"controlPoint": {"colour": "red"}},
    {"controlPoint": {"state": {"$gt": "A"}}}, {"deadline": []}, {"deadline": {"dueAt": "tomorrow"}},
    {"intervened": "cancel"}, {"intervened": []}, {"intervened": ["pray"]}, {"activeDuring": "2026"},
    {"activeDuring": {"from": "2026-01-01"}}, {"activeDuring": {"to": None}}, {"words": ""}, {"words": " "},
    {"words": "x" * 201}, {"words": 5}, {"words": "\0"},
    {"variables": [{"name": "amount", "value": {"$gt": "true"}}]},
    {"variables": [{"name": "amount", "value": {"$gt": "[1]"}}]},
    {"variables": [{"name": "amount", "value": {"$gt": 1}}]},
)  # fmt: skip


@pytest.mark.parametrize("wanted", BAD, ids=lambda wanted: str(wanted)[:60])
def test_what_is_asked_wrongly_is_refused(wanted: dict[str, Any], small_office: Office) -> None:
    with pytest.raises(InvalidArgument, match=r"filter|activeDuring|deadline"):
        found(small_office, **wanted)


def test_spellings_of_digits_and_of_sara_am() -> None:
    assert spellings("ปกติ") == ["ปกติ"]
    assert {"ปี 2569", "ปี ๒๕๖๙"} == set(spellings("ปี 2569")) == set(spellings("ปี ๒๕๖๙"))
    assert set(spellings("ทำ")) == {"ท\u0e33", "ท\u0e4d\u0e32"}
