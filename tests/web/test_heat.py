"""The heat of a version, taken away as a file; for who may have it reported."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.web.conftest import Enter, Watch, shoot
from tests.web.office import STAFF, Case, Office
from tests.web.test_accessibility import axe, judge

pytestmark = pytest.mark.browser
__all__ = ["axe"]  # a fixture


def told(office: Office, case: Case, account: str = "owner") -> dict[str, Any]:
    """What the API tells of the fiscal year in which the server's clock stands."""
    period = {"kind": "FISCAL_YEAR", "from": f"{office.now():%Y-%m-%d}"}
    body = {"processDefinitionKey": case.definition, "period": period}
    found: dict[str, Any] = office.ask("POST", "/v2/reports/heat", body, account)
    return found


def test_an_auditor_takes_the_figures_away(office: Office, enter: Enter, axe: str) -> None:
    case = office.case("Task_NotifyOffice")
    page = enter("auditor", f"/processes/{case.definition}/heat", language="en", phone=True)
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download CSV").click()
    text = Path(saved.value.path()).read_text(encoding="utf-8-sig")
    rows = {row[0]: row for row in csv.reader(io.StringIO(text))}
    for element in told(office, case, "auditor")["elements"]:
        assert rows[element["elementId"]][2] == str(element["completed"])
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert judge(page, axe, "heat-phone") == []
    shoot(page, "heat-en-phone")


def test_staff_are_told_that_it_is_not_theirs(office: Office, enter: Enter, watch: Watch) -> None:
    case = office.case()
    watch.refusals.add(403)
    page = enter(STAFF, f"/processes/{case.definition}")
    expect(page.get_by_role("heading", level=2).first).to_be_visible()
    expect(page.get_by_role("link", name="แผนที่ความหนาแน่น")).to_have_count(0)
    page.goto(f"/processes/{case.definition}/heat")
    expect(page.get_by_role("alert")).to_be_visible()
