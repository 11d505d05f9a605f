"""What is typed into a task's form is found again: after a lost connection, an ended session, a killed browser, a lost
permission."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from tests.conftest import PATIENCE
from tests.web.conftest import SCREEN, Enter, Watch, shoot
from tests.web.office import DPO, PASSWORD, STAFF, Case, Office
from tests.web.test_accessibility import axe, judge, wider
from tests.web.walking import sign_in

__all__ = ["axe"]
pytestmark = pytest.mark.browser
TYPED = "ตรวจสอบกับบันทึกของเครื่องแม่ข่ายแล้ว"


def field(page: Page) -> Locator:
    return page.locator('.form-view [id$="-Field_reliability"]')


def draft_of(office: Office, task: str) -> Any:
    answer = office.as_(STAFF).get(f"/v2/user-tasks/{task}/draft")
    return answer.json()["variables"].get("reliability") if answer.status_code == 200 else None


def kept(page: Page) -> int:
    """How many drafts this browser keeps."""
    found: int = page.evaluate(
        """() => new Promise(resolve => {
          const opening = indexedDB.open('krabuan.drafts')
          opening.onsuccess = () => {
            const counted = opening.result.transaction('drafts').objectStore('drafts').count()
            counted.onsuccess = () => { opening.result.close(); resolve(counted.result) }
          }
        })"""
    )
    return found


def end_session_while_saving(office: Office, page: Page) -> None:
    """The session ends after something was typed and before the server has it. Had it ended earlier, whatever else the
    page still asks for would bring the sign-in page, and leave no form to type into."""
    held: list[Route] = []
    page.route("**/draft", lambda route: held.append(route) if route.request.method == "PUT" else route.continue_())
    with page.expect_request(lambda request: request.method == "PUT" and request.url.endswith("/draft")):
        field(page).fill(TYPED)
    office.ask("DELETE", f"/v2/users/{STAFF}/sessions", account=STAFF)
    page.unroute("**/draft")
    for route in held:
        route.continue_()
    expect(page.get_by_role("heading", level=1)).to_have_text("เข้าสู่ระบบ")


@pytest.fixture
def opened(office: Office) -> tuple[Case, str]:
    """A case and its task, which STAFF does."""
    case = office.case()
    return case, case.claim("Task_ReceiveReport", STAFF)


def test_a_lost_connection(office: Office, enter: Enter, watch: Watch, axe: str, opened: tuple[Case, str]) -> None:
    """It says what is kept where; the tab is closed; what was typed is sent when the connection is back."""
    watch.cut = True
    _, task = opened
    page = enter(STAFF, f"/tasks/{task}", phone=True)
    field(page).wait_for()
    page.context.set_offline(True)
    field(page).fill(TYPED)
    expect(page.get_by_text("เก็บไว้ในเบราว์เซอร์นี้และยังไม่ได้บันทึกในระบบ")).to_be_visible()
    assert judge(page, axe, "offline") + wider(page, "offline") == []
    shoot(page, "610-offline-phone")
    context = page.context
    page.close()
    context.set_offline(False)
    assert draft_of(office, task) is None
    page = context.new_page()
    page.goto(f"/tasks/{task}")
    expect(field(page)).to_have_value(TYPED)
    expect(page.get_by_text("เปิดสิ่งที่คุณกรอกไว้ในเบราว์เซอร์นี้")).to_be_visible()
    expect(page.get_by_text("บันทึกร่างไว้ในระบบแล้ว")).to_be_visible()
    shoot(page, "611-found-again-phone")
    assert (draft_of(office, task), kept(page)) == (TYPED, 0)


def test_a_connection_that_comes_back(office: Office, enter: Enter, watch: Watch, opened: tuple[Case, str]) -> None:
    watch.cut = True
    _, task = opened
    page = enter(STAFF, f"/tasks/{task}", language="en")
    field(page).wait_for()
    page.context.set_offline(True)
    field(page).fill(TYPED)
    expect(page.get_by_text("is kept in this browser and not saved in the system yet")).to_be_visible()
    shoot(page, "612-offline-english")
    page.context.set_offline(False)
    expect(page.get_by_text("Draft saved in the system")).to_be_visible()
    assert draft_of(office, task) == TYPED


def test_a_session_that_ended(office: Office, enter: Enter, watch: Watch, opened: tuple[Case, str]) -> None:
    """Whoever signs in again is where the form was, and nothing is missing."""
    watch.refusals.add(401)
    _, task = opened
    page = enter(STAFF, f"/tasks/{task}")
    field(page).wait_for()
    end_session_while_saving(office, page)
    assert draft_of(office, task) is None
    sign_in(page, STAFF)
    expect(field(page)).to_have_value(TYPED)
    expect(page.get_by_text("บันทึกร่างไว้ในระบบแล้ว")).to_be_visible()
    shoot(page, "613-signed-in-again")
    assert draft_of(office, task) == TYPED


def test_another_person_at_the_same_computer(
    office: Office, enter: Enter, watch: Watch, opened: tuple[Case, str]
) -> None:
    """Neither sees what was typed nor leaves it there when signing out."""
    watch.refusals |= {401, 403, 404}
    _, task = opened
    page = enter(STAFF, f"/tasks/{task}")
    field(page).wait_for()
    end_session_while_saving(office, page)
    sign_in(page, DPO)
    page.get_by_role("button", name="บัญชีผู้ใช้").wait_for()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("เข้าสู่ระบบ")
    expect(page.locator("main")).not_to_contain_text(TYPED)
    assert kept(page) == 1
    page.get_by_role("button", name="บัญชีผู้ใช้").click()
    page.get_by_role("menuitem", name="ออกจากระบบ").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("เข้าสู่ระบบ")
    page.wait_for_function(
        """() => new Promise(resolve => {
          const opening = indexedDB.open('krabuan.drafts')
          opening.onsuccess = () => {
            const counted = opening.result.transaction('drafts').objectStore('drafts').count()
            counted.onsuccess = () => { opening.result.close(); resolve(counted.result === 0) }
          }
        })"""
    )


def test_a_lost_permission(office: Office, enter: Enter, watch: Watch, opened: tuple[Case, str]) -> None:
    """The form stays as it is; after a reload, what was typed can still be read and copied."""
    watch.refusals.add(404)
    case, task = opened
    page = enter(STAFF, f"/tasks/{task}", language="en")
    field(page).wait_for()
    office.ask("PUT", "/v2/users/owner/clearance", {"clearance": "SECRET"}, "admin")
    office.ask("PUT", f"/v2/process-instances/{case.key}/access-class", {"accessClass": "SECRET"})
    field(page).fill(TYPED)
    expect(page.get_by_text("is kept in this browser and not saved in the system yet")).to_be_visible()
    expect(field(page)).to_have_value(TYPED)
    shoot(page, "614-permission-lost")
    page.reload()
    left = page.get_by_role("region", name="What you filled in and is not saved in the system")
    expect(left).to_contain_text(TYPED)
    shoot(page, "615-what-is-left")
    left.get_by_role("button", name="Remove it from this browser").press("Enter")
    expect(left).to_have_count(0)
    assert kept(page) == 0


def test_a_browser_that_is_killed(
    office: Office, browser: Browser, launch_options: dict[str, Any], tmp_path: Path, opened: tuple[Case, str]
) -> None:
    """Killed while the server could not be reached: what was typed is on the disk of the computer."""
    _, task = opened

    def start() -> BrowserContext:
        context = browser.browser_type.launch_persistent_context(
            str(tmp_path), base_url=office.base, viewport=SCREEN, **launch_options
        )
        context.set_default_timeout(PATIENCE)
        answer = context.request.post("/v2/session", data={"username": STAFF, "password": PASSWORD})
        assert answer.ok, answer.text()
        return context

    page = start().new_page()
    page.goto(f"/tasks/{task}")
    field(page).wait_for()
    page.context.set_offline(True)
    field(page).fill(TYPED)
    expect(page.get_by_text("เก็บไว้ในเบราว์เซอร์นี้และยังไม่ได้บันทึกในระบบ")).to_be_visible()
    kill(tmp_path, page)
    context = start()
    page = context.new_page()
    page.goto(f"/tasks/{task}")
    expect(field(page)).to_have_value(TYPED)
    expect(page.get_by_text("บันทึกร่างไว้ในระบบแล้ว")).to_be_visible()
    assert draft_of(office, task) == TYPED
    context.close()


def kill(profile: Path, page: Page) -> None:
    """End the browser that has this profile, at once (SIGKILL)."""
    for process in Path("/proc").iterdir():
        try:
            command = (process / "cmdline").read_bytes() if process.name.isdigit() else b""
        except OSError:
            continue  # it has ended meanwhile
        if f"--user-data-dir={profile}".encode() in command.split(b"\0") and b"--type=" not in command:
            with page.context.expect_event("close"):
                os.kill(int(process.name), signal.SIGKILL)
