"""The office's calendar over HTTP: entered, found, withdrawn; what cannot be is refused and changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from api.runtime import Runtime
from engine.commands.import_organisation import ImportOrganisation
from engine.commands.seed_calendar import SeedCalendar
from engine.jobs.work import work
from engine.model.actor import SYSTEM
from engine.store.tables import calendar_day
from tests.api.conftest import Caller
from tests.api.people import ORGANISATION
from tests.api.world import World

Callers = Callable[[str | None], Caller]
BY = {"source": "มติคณะรัฐมนตรี 7 เมษายน 2569", "reason": "announced at short notice"}
DAY = {"firstDay": "2026-12-28", "th": "วันหยุดพิเศษ", "en": "Special holiday", **BY}
WEEK = [[["08:00", "12:00"], ["13:00", "16:00"]]] * 5 + [[], []]


def days(caller: Caller, first: str, until: str, unit: str = "") -> list[Any]:
    found = caller.get(f"/working-days?calendarId={unit}&from={first}&until={until}")["items"]
    return [day["sessions"] for day in found]


def test_a_day_is_entered_found_and_withdrawn(at_work: tuple[Runtime, World], calling: Callers) -> None:
    runtime, _ = at_work
    admin, ann = calling("admin"), calling("ann")
    answer = admin("POST", "/calendar-days", DAY | {"lastDay": "2026-12-29"})
    assert answer.status_code == 201
    made = answer.get_json()
    assert made["past"] is False
    found = ann.post("/calendar-days/search", {"filter": {"day": {"$gte": "2026-12-01"}, "origin": "entered"}})["items"]
    assert [(d["calendarDayKey"], d["day"], d["sessions"]) for d in found] == [
        (made["calendarDayKeys"][0], "2026-12-28", []), (made["calendarDayKeys"][1], "2026-12-29", []),
    ]  # fmt: skip
    assert (found[0]["enteredBy"], found[0]["state"], found[0]["source"]) == ("admin", "HOLDS", BY["source"])
    assert days(ann, "2026-12-28", "2026-12-30") == [[], [], [["08:30", "12:00"], ["13:00", "16:30"]]]
    withdrawn = admin.post(f"/calendar-days/{made['calendarDayKeys'][0]}/withdrawal", BY)
    day = ann.get(f"/calendar-days/{made['calendarDayKeys'][0]}")
    assert (day["state"], day["withdrawnBy"], day["withdrawalReason"]) == ("WITHDRAWN", "admin", BY["reason"])
    assert len(days(ann, "2026-12-28", "2026-12-28")[0]) == 2
    assert admin("POST", f"/calendar-days/{day['calendarDayKey']}/withdrawal", BY).status_code == 409
    while work(runtime.bus):
        pass
    change = ann.get(f"/calendar-changes/{withdrawn['calendarChangeKey']}")
    assert (change["action"], change["state"], change["changedBy"]) == ("DAY_WITHDRAWN", "COMPLETED", "admin")
    listed = ann.post("/calendar-changes/search", {"sort": [{"field": "changedAt"}]})["items"]
    assert [c["action"] for c in listed] == ["DAYS_ADDED", "DAY_WITHDRAWN"]
    told = calling("auditor").post("/audit-logs/search", {"filter": {"actorId": "admin"}})["items"]
    assert {"calendar-day-withdrawn", "calendar-days-added"} <= {event["entityDescription"] for event in told}


def test_hours_are_set_and_withdrawn(at_work: tuple[Runtime, World], calling: Callers) -> None:
    admin = calling("admin")
    made = admin.post("/office-hours", {"validFrom": "2026-12-28", "week": WEEK, **BY})
    assert days(admin, "2026-12-25", "2026-12-28")[::3] == [[["08:30", "12:00"], ["13:00", "16:30"]], WEEK[0]]
    again = admin("POST", "/office-hours", {"validFrom": "2026-12-28", "week": WEEK, **BY})
    assert (again.status_code, again.get_json()["code"]) == (409, "calendar-entry-overlaps")
    (hours,) = admin.post("/office-hours/search", {"filter": {"state": "HOLDS"}})["items"]
    assert (hours["officeHoursKey"], hours["validFrom"], hours["week"]) == (made["officeHoursKey"], "2026-12-28", WEEK)
    admin.post(f"/office-hours/{hours['officeHoursKey']}/withdrawal", BY)
    assert days(admin, "2026-12-28", "2026-12-28") == [[["08:30", "12:00"], ["13:00", "16:30"]]]


def test_a_unit_has_the_organisations_days_and_its_own(at_work: tuple[Runtime, World], calling: Callers) -> None:
    runtime, _ = at_work
    runtime.bus.run(ImportOrganisation(ORGANISATION), SYSTEM)
    unit = calling("ann").post("/groups/search", {"filter": {"kind": "unit"}})["items"][0]["groupId"]
    admin = calling("admin")
    admin.post("/calendar-days", DAY)
    admin.post("/calendar-days", DAY | {"calendarId": unit, "firstDay": "2026-12-29", "sessions": [["09:00", "12:00"]]})
    assert days(admin, "2026-12-28", "2026-12-29", unit) == [[], [["09:00", "12:00"]]]
    assert len(days(admin, "2026-12-29", "2026-12-29")[0]) == 2
    admin.post("/calendar-days", DAY | {"calendarId": unit, "sessions": None})
    assert len(days(admin, "2026-12-28", "2026-12-28", unit)[0]) == 2
    assert admin.get(f"/working-days?calendarId={unit}")["calendarId"] == unit


WRONG: list[tuple[str, dict[str, Any], int, str]] = [
    ("/calendar-days", DAY | {"lastDay": "2026-12-27"}, 400, "calendar-entry-invalid"),
    ("/calendar-days", DAY | {"lastDay": "2027-04-01"}, 400, "calendar-entry-invalid"),
    ("/calendar-days", DAY | {"firstDay": "1970-01-01"}, 400, "calendar-entry-invalid"),
    ("/calendar-days", DAY | {"firstDay": "28/12/2569"}, 400, "invalid-argument"),
    ("/calendar-days", DAY | {"sessions": [["12:00", "08:30"]]}, 400, "calendar-entry-invalid"),
    ("/calendar-days", DAY | {"sessions": [["08:30", "12:00"], ["11:00", "16:00"]]}, 400, "calendar-entry-invalid"),
    ("/calendar-days", DAY | {"sessions": [["08:30", "noon"]]}, 400, "calendar-entry-invalid"),
    ("/calendar-days", DAY | {"sessions": [["08:30", "12:00+07:00"]]}, 400, "calendar-entry-invalid"),
    ("/calendar-days", DAY | {"sessions": [["08:30", "12:00:30"]]}, 400, "calendar-entry-invalid"),
    ("/calendar-days", DAY | {"sessions": [["08:30"]]}, 400, "invalid-request"),
    ("/calendar-days", DAY | {"sessions": [["08:30", "08:31"]] * 7}, 400, "calendar-entry-invalid"),
    ("/calendar-days", DAY | {"calendarId": "no-such-unit"}, 400, "calendar-entry-invalid"),
    ("/calendar-days", DAY | {"th": "  "}, 400, "calendar-entry-invalid"),
    ("/calendar-days", DAY | {"th": "ก" * 201}, 400, "calendar-entry-invalid"),
    ("/calendar-days", DAY | {"source": ""}, 400, "calendar-entry-invalid"),
    ("/calendar-days", DAY | {"reason": "no"}, 400, "reason-needed"),
    ("/calendar-days", {k: v for k, v in DAY.items() if k != "source"}, 400, "invalid-request"),
    ("/calendar-days/1/withdrawal", BY, 404, "not-found"),
    ("/office-hours", {"validFrom": "2026-12-28", "week": WEEK[:6], **BY}, 400, "invalid-request"),
    ("/office-hours", {"validFrom": "2026-12-28", "week": [[]] * 7, **BY}, 400, "calendar-entry-invalid"),
    ("/office-hours", {"validFrom": "2026-12-28", "week": [[["9", "16"]]] * 7, **BY}, 400, "calendar-entry-invalid"),
    ("/office-hours/1/withdrawal", BY, 404, "not-found"),
    ("/calendar-years", {"year": 3000}, 400, "calendar-entry-invalid"),
]


def test_what_cannot_be_is_refused_with_a_code_and_changes_nothing(
    at_work: tuple[Runtime, World], calling: Callers
) -> None:
    admin, ann = calling("admin"), calling("ann")
    for path, body, status, code in WRONG:
        answer = admin("POST", path, body)
        said = answer.get_json()
        assert (answer.status_code, said.get("code")) == (status, code), (path, body, said)
        assert said["th"] and said["en"]
    nothing = {"filter": {"origin": "entered"}}
    assert ann.post("/calendar-days/search", nothing)["items"] == []
    assert ann.post("/calendar-changes/search", {})["items"] == []
    for query in ("from=2026-1-1", "from=2026-05-01&until=2026-04-01", "from=2026-01-01&until=2028-01-01", "from=0001-01-01", "from=9999-12-31"):
        assert ann("GET", f"/working-days?{query}").status_code == 400, query


def test_a_day_has_one_entry_at_a_time(at_work: tuple[Runtime, World], calling: Callers) -> None:
    admin = calling("admin")
    admin.post("/calendar-days", DAY)
    again = admin("POST", "/calendar-days", DAY | {"firstDay": "2026-12-25", "lastDay": "2026-12-30"})
    assert (again.status_code, again.get_json()["code"], again.get_json()["days"]) == (
        409, "calendar-entry-overlaps", ["2026-12-28"],
    )  # fmt: skip
    assert len(days(admin, "2026-12-29", "2026-12-29")[0]) == 2


def test_a_day_that_is_over_may_be_corrected_and_says_so(at_work: tuple[Runtime, World], calling: Callers) -> None:
    runtime, _ = at_work
    over = str(runtime.clock.now().date().replace(day=1))
    assert calling("admin").post("/calendar-days", DAY | {"firstDay": over})["past"] is True


@pytest.mark.parametrize("who", ["ann", "auditor", "narrow", "worker"])
def test_only_administrators_change_it(at_work: tuple[Runtime, World], calling: Callers, who: str) -> None:
    assert calling(who)("POST", "/calendar-days", DAY).status_code == 403


def test_seeding_writes_down_what_holds_and_never_again_what_somebody_withdrew(
    at_work: tuple[Runtime, World], calling: Callers
) -> None:
    runtime, _ = at_work
    admin = calling("admin")
    assert days(admin, "2026-04-13", "2026-04-15") == [[], [], []]  # before anything is written down
    assert runtime.bus.run(SeedCalendar(), SYSTEM)["added"] > 50
    assert runtime.bus.run(SeedCalendar(), SYSTEM)["added"] == 0
    (songkran,) = admin.post("/calendar-days/search", {"filter": {"day": "2026-04-15"}})["items"]
    assert (songkran["origin"], songkran["sessions"], songkran["en"]) == ("seed", [], "Songkran Festival")
    admin.post(f"/calendar-days/{songkran['calendarDayKey']}/withdrawal", BY)
    assert len(days(admin, "2026-04-15", "2026-04-15")[0]) == 2
    assert admin.post("/calendar-years", {"year": 2026}) == {"added": 0}
    assert len(days(admin, "2026-04-15", "2026-04-15")[0]) == 2
    assert admin.post("/calendar-years", {"year": 2031})["added"] > 10
    with runtime.database.read() as db:
        assert len(set(db.execute(calendar_day.select()).scalars())) > 60
