"""The calendar feed over HTTP: made on one's account, read by programs that know its address and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar
from werkzeug.test import TestResponse

from api.app import create_app
from api.limits import Limits, Rate, Rates
from api.runtime import Runtime, open_runtime
from engine.adapters.clock import TestClock
from engine.adapters.passwords import Passwords
from engine.commands.classify_instance import ClassifyInstance
from engine.commands.make_token import MakeToken
from engine.commands.update_task import UpdateTask
from engine.model.actor import SYSTEM
from engine.notify.settings import Telling
from engine.store.tables import notification_preference
from tests.api.conftest import Caller
from tests.api.people import PASSWORD
from tests.api.world import World
from tests.conftest import START

MINE = "/authentication/me/calendar-feed"
At = tuple[Runtime, World]
Callers = Callable[[str | None], Caller]


@pytest.fixture
def program(at_work: At) -> FlaskClient:
    """A calendar program: no session, no cookies."""
    return create_app(at_work[0]).test_client(use_cookies=False)


def made(ann: Caller, **choices: bool) -> str:
    """The path of a new feed."""
    url: str = ann.post(MINE, choices)["url"]
    assert url.startswith("http://localhost/v2/calendar-feeds/") and url.endswith(".ics")
    return url.removeprefix("http://localhost")


def titles(answer: TestResponse) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [str(event["SUMMARY"]) for event in Calendar.from_ical(answer.data).events]


def test_a_feed_is_made_changed_replaced_and_revoked(at_work: At, calling: Callers, program: FlaskClient) -> None:
    ann = calling("ann")
    assert ann.get(MINE) == {"madeAt": None, "groupTasks": None, "statutory": None}
    assert ann("DELETE", MINE).status_code == 404
    assert ann("PUT", MINE, {"groupTasks": True, "statutory": True}).status_code == 404
    first = made(ann)
    assert titles(program.get(first)) == ["กำหนดตามกฎหมาย: dl"]
    assert ann("PUT", MINE, {"groupTasks": True, "statutory": False}).status_code == 204
    assert titles(program.get(first)) == []
    second = made(ann, groupTasks=False)
    assert program.get(first).status_code == 404 and titles(program.get(second)) == ["กำหนดตามกฎหมาย: dl"]
    state = ann.get(MINE)
    assert (state["groupTasks"], state["statutory"]) == (False, True) and state["madeAt"] is not None
    assert ann("DELETE", MINE).status_code == 204
    gone = program.get(second)
    assert (gone.status_code, gone.get_json()["code"]) == (404, "not-found")


@pytest.mark.parametrize(
    ("method", "body"),
    [("POST", {"groupTasks": "yes"}), ("POST", {"all": True}), ("PUT", {"groupTasks": True}), ("PUT", {})],
)
def test_what_is_no_choice_is_refused_and_changes_nothing(
    method: str, body: dict[str, Any], calling: Callers, program: FlaskClient
) -> None:
    ann = calling("ann")
    path = made(ann)
    answer = ann(method, MINE, body)
    assert (answer.status_code, answer.get_json()["code"]) == (400, "invalid-request")
    assert program.get(path).status_code == 200


def test_the_answer_is_for_one_program_and_sets_nothing(at_work: At, calling: Callers, program: FlaskClient) -> None:
    path = made(calling("ann"))
    answer = program.get(path)
    assert answer.content_type == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Content-Disposition"] == 'inline; filename="krabuan.ics"'
    assert program.head(path).status_code == 200


def test_an_unchanged_feed_is_not_sent_again(at_work: At, calling: Callers, program: FlaskClient) -> None:
    (runtime, world), ann = at_work, calling("ann")
    path = made(ann)
    tag = program.get(path).headers["ETag"]
    again = program.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    runtime.bus.run(UpdateTask(world.task, {"due_at": runtime.clock.now()}), SYSTEM)
    changed = program.get(path, headers={"If-None-Match": tag})
    assert titles(changed) == ["ครบกำหนด (งานของกลุ่ม ยังไม่มีผู้รับ): ตรวจคำสั่งซื้อ", "กำหนดตามกฎหมาย: dl"]


def test_the_feed_speaks_the_language_that_the_person_chose(
    at_work: At, calling: Callers, program: FlaskClient
) -> None:
    path = made(calling("ann"))
    before = program.get(path)
    chosen = {"username": "ann", "language": "en", "choices": {}, "digest_at": "08:00", "rev": 1}
    with at_work[0].database.write() as db:
        db.execute(notification_preference.insert(), chosen)
    assert titles(program.get(path, headers={"If-None-Match": before.headers["ETag"]})) == ["Statutory deadline: dl"]


def test_links_lead_where_people_reach_the_service(world_file: tuple[Path, World], tmp_path: Path) -> None:
    """Whatever name a proxy in between asks for."""
    file = tmp_path / "public.db"
    file.write_bytes(world_file[0].read_bytes())
    told = Telling("https://work.example.go.th")
    runtime = open_runtime(f"sqlite:///{file}", clock=TestClock(START), hasher=Passwords(8, 1), telling=told)
    client = create_app(runtime).test_client(use_cookies=False)
    url: str = client.post(f"/v2{MINE}", json={}, auth=("ann", PASSWORD)).get_json()["url"]
    assert url.startswith("https://work.example.go.th/v2/calendar-feeds/")
    answer = client.get(url.removeprefix("https://work.example.go.th"), headers={"Host": "10.0.0.7:8080"})
    assert b"URL:https://work.example.go.th/cases/" in answer.data and b"10.0.0.7" not in answer.data
    runtime.close()


def test_nobody_is_told_of_cases_above_the_clearance(at_work: At, calling: Callers, program: FlaskClient) -> None:
    (runtime, world), ann = at_work, calling("ann")
    path = made(ann)
    runtime.bus.run(ClassifyInstance(world.waiting, "secret"), SYSTEM)
    assert titles(program.get(path)) == []


def test_an_address_is_no_key_to_anything_else(calling: Callers, program: FlaskClient) -> None:
    token = made(calling("ann")).rpartition("/")[2].removesuffix(".ics")
    assert program.get("/v2/authentication/me", headers={"Authorization": f"Bearer {token}"}).status_code == 401
    for wrong in ("x", token[:-1], token + "x", "%00", "a" * 5_000):
        assert program.get(f"/v2/calendar-feeds/{wrong}.ics").status_code == 404


def test_a_token_for_something_else_makes_no_feed(at_work: At, program: FlaskClient) -> None:
    runtime, _ = at_work
    reads = runtime.bus.run(MakeToken("ann", "reads", None, frozenset({"user-task:read"})), SYSTEM)["token"]
    refused = program.post(f"/v2{MINE}", json={}, headers={"Authorization": f"Bearer {reads}"})
    assert refused.status_code == 403


def test_a_feed_is_read_so_often_and_not_more(at_work: At, calling: Callers) -> None:
    path, time = made(calling("ann")), [0.0]
    limits = Limits(Rates(feed=Rate(0.1, 2)), clock=lambda: time[0])
    program = create_app(at_work[0], limits=limits).test_client(use_cookies=False)
    assert [program.get(path).status_code for _ in range(3)] == [200, 200, 503]
    refused = program.get(path)
    assert (refused.get_json()["code"], refused.headers["Retry-After"]) == ("rate-limited", "10")
    time[0] += 10
    assert program.get(path).status_code == 200
