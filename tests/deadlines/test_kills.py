"""The 72 hours of the breach process in a real server, which is killed across each of their borders.

What came due while nothing ran is done at the start, once; each end of the clock comes out as if nothing had happened.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import PostgresCluster
from tests.web.office import DPO, STAFF, Case, Office, data_of
from tests.web.server import FIRST
from tests.web.serving import kill, served

TERM, LATENESS = timedelta(hours=72), timedelta(days=15)
SLACK = timedelta(minutes=10)  # the cases begin some seconds after each other, on a slow machine minutes
REASONS = {"late_reasons": "ไม่อาจตรวจสอบจำนวนผู้ได้รับผลกระทบได้ในวันหยุดยาว"}
CONFIRMED = {"out_of_term_confirmed": True, "out_of_term_reasons": "ยังเป็นประโยชน์ต่อการกำกับดูแล"}


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> Iterator[str | None]:
    """Where the server keeps its data; None: a file in its folder."""
    if request.param == "sqlite":
        yield None
        return
    cluster: PostgresCluster = request.getfixturevalue("postgres_cluster")
    name = cluster.create()
    yield cluster.url(name)
    cluster.drop(name)


def known(office: Office, case: Case) -> Case:
    """The same case, asked for of the server that runs now."""
    return Case(office, case.key, case.number)


def clock(case: Case) -> dict[str, Any]:
    (found,) = case.get("deadlines")
    return found


def told(case: Case) -> Counter[str]:
    """How often history says of the clock what it says, and how often each warning was sent."""
    path = f"/v2/process-instances/{case.key}/history?limit=1000"
    events = case.office.ask("GET", path, account="auditor")["items"]
    return Counter(
        e["elementId"] if e["type"] == "mail-sent" else e["type"]
        for e in events if e["type"].startswith("deadline-") or e["type"] == "mail-sent"
    )  # fmt: skip


def notify(case: Case, **more: Any) -> None:
    data = data_of("Task_NotifyOffice", case.office.now()) | more
    case.complete("Task_NotifyOffice", STAFF, data)


def test_each_end_of_the_clock_with_the_server_killed_across_each_border(tmp_path: Path, url: str | None) -> None:
    aware = FIRST
    with served(tmp_path, url) as office:
        in_time, late, beyond = (office.case("Task_NotifyOffice") for _ in range(3))
        no_risk = office.case("Task_AgreeNoNotice", scenario="no-risk-agreed")
        office.advance(aware + TERM - SLACK - office.now())
        kill(office)

    with served(tmp_path, url, aware + TERM - SLACK / 2) as office:  # killed before the end, and there again before it
        office.advance(timedelta())
        assert {clock(known(office, case))["state"] for case in (in_time, late, beyond, no_risk)} == {"RUNNING"}
        notify(known(office, in_time))
        agreement = data_of("Task_AgreeNoNotice", office.now(), "no-risk-agreed")
        known(office, no_risk).complete("Task_AgreeNoNotice", DPO, agreement)
        office.advance_and_leave(SLACK)  # over the border, and killed while it is done
        kill(office)

    with served(tmp_path, url, aware + TERM + SLACK) as office:
        office.advance(timedelta())
        assert (clock(known(office, in_time))["state"], clock(known(office, no_risk))["state"]) == ("KEPT", "CANCELLED")
        for case in (late, beyond):
            counted = told(known(office, case))
            assert (clock(known(office, case))["state"], counted["deadline-missed"]) == ("MISSED", 1)
            assert {mail: counted[mail] for mail in ("Mail_24h", "Mail_48h", "Mail_60h", "Mail_72h")} == {
                "Mail_24h": 1, "Mail_48h": 1, "Mail_60h": 1, "Mail_72h": 1,
            }  # fmt: skip
        office.advance(aware + LATENESS - SLACK - office.now())
        notify(known(office, late), **REASONS)
        kill(office)

    with served(tmp_path, url, aware + LATENESS + SLACK) as office:  # nothing ran at the border
        office.advance(timedelta())
        assert clock(known(office, late))["state"] == "LATE"
        open_ = known(office, beyond)
        counted = told(open_)
        assert (clock(open_)["state"], counted["deadline-missed"], counted["deadline-out-of-term"]) == ("OUT_OF_TERM", 1, 1)
        assert sorted(task["elementId"] for task in open_.tasks()) == ["Task_ConfirmOutOfTerm", "Task_NotifyOffice"]
        open_.complete("Task_ConfirmOutOfTerm", DPO, CONFIRMED)
        notify(open_, **REASONS)
        found = clock(open_)
        assert (found["state"], found["lateReasons"]) == ("OUT_OF_TERM", REASONS["late_reasons"])
        for case in (in_time, late, beyond, no_risk):
            verified = office.ask("GET", f"/v2/process-instances/{case.key}/history/verification", account="auditor")
            assert verified["valid"]
