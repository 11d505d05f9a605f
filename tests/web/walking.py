"""How people get about in the pages."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from playwright.sync_api import Locator, Page, expect

from tests.web.conftest import shoot
from tests.web.filling import fill
from tests.web.office import PASSWORD, Case

TH = {"claim": "รับงานนี้", "complete": "ส่งงาน", "username": "ชื่อผู้ใช้", "password": "รหัสผ่าน", "in": "เข้าสู่ระบบ"}
EN = {
    "claim": "Claim this task",
    "complete": "Complete",
    "username": "User name",
    "password": "Password",
    "in": "Sign in",
}


def sign_in(page: Page, account: str, password: str = PASSWORD) -> None:
    """Fill in the sign-in page, in Thai."""
    page.get_by_label(TH["username"]).fill(account)
    page.get_by_label(TH["password"]).fill(password)
    page.get_by_role("button", name=TH["in"]).click()


def row(page: Page, case: Case, text: str = "") -> Locator:
    """The row of a case (and of a task of this name) in the inbox."""
    return page.get_by_role("row").filter(has_text=case.number).filter(has_text=text)


def find(page: Page, case: Case, view: str = "groups") -> None:
    """The inbox, showing the tasks of one case."""
    page.goto(f"/?view={view}&q={quote(case.number)}")


def schema_of(case: Case, task: str) -> dict[str, Any]:
    """The form of a task."""
    return read_schema(case.office.ask("GET", f"/v2/user-tasks/{task}/form"))


def read_schema(form: dict[str, Any]) -> dict[str, Any]:
    """The schema in the API's answer about a form."""
    schema: dict[str, Any] = json.loads(form["schema"])
    return schema


def do_task(page: Page, case: Case, element: str, data: dict[str, Any], picture: str | None = None) -> None:
    """From the inbox: open the task, claim it, fill it in, send it; back in the inbox."""
    task = case.task(element)
    find(page, case)
    page.locator(f'tr[data-key="{task}"] a').click()
    page.get_by_role("button", name=TH["claim"]).click()
    expect(page.get_by_role("button", name=TH["complete"])).to_be_visible()
    fill(page, schema_of(case, task), data)
    if picture:
        shoot(page, picture)
    page.get_by_role("button", name=TH["complete"]).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("งานของฉัน")
