"""Working on a case together in the browser: who is mentioned is told; two at one task know of each other, and what one
types is not lost when the task is taken away."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import RESULTS, Enter, Watch, shoot, wear
from tests.web.filling import fill
from tests.web.office import DPO, STAFF, Case, Office, data_of, present
from tests.web.test_accessibility import axe, judge, wider
from tests.web.walking import schema_of

pytestmark = pytest.mark.browser
__all__ = ["axe"]  # a fixture
TASK, TYPED = "Task_NotifyOffice", "แจ้งเบื้องต้นทางโทรศัพท์แล้ว"
SCRIPT = "<img src=x onerror=\"document.title='ran'\"><script>document.title='ran'</script>"


def name_of(office: Office, account: str) -> str:
    filters = {"filter": {"username": account}}
    return str(office.ask("POST", "/v2/users/search", filters)["items"][0]["name"])


def test_somebody_is_mentioned_by_keys_alone_and_told(office: Office, enter: Enter, axe: str) -> None:
    case = office.case(TASK)
    key, name = case.claim(TASK, STAFF), name_of(office, DPO)
    page = enter(STAFF, f"/tasks/{key}")
    expect(page.locator(".form-view")).to_be_visible()
    page.get_by_label("เพิ่มความเห็น").focus()
    page.keyboard.type(f"เรียน @{name[:6]}")
    expect(page.get_by_role("option")).not_to_have_count(0)
    expect(page.get_by_role("listbox")).to_be_in_viewport(ratio=1)
    shoot(page, "900-mention", full=False)
    assert judge(page, axe, "mention") == []
    while DPO not in (page.locator("[role=option][aria-selected=true]").text_content() or ""):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.type(f"ขอให้ตรวจ {SCRIPT}")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".comment-text .mention")).to_have_text(f"@{name}")
    expect(page.locator(".comment-text")).to_contain_text(SCRIPT)
    (comment,) = case.get("comments")
    assert comment["mentions"] == [DPO] and comment["userTaskKey"] == key
    assert page.title() != "ran" and page.locator(".comment-text img, .comment-text script").count() == 0

    told = enter(DPO, "/notifications", language="en", phone=True)
    expect(told.get_by_text("A comment mentions you").first).to_be_visible()
    shoot(told, "901-mentioned-phone", full=False)
    told.get_by_role("link", name="Open the task").first.click()
    expect(told.locator(".comment-text .mention")).to_have_text(f"@{name}")
    assert told.title() != "ran" and told.locator(".comment-text img").count() == 0


def typing(office: Office, enter: Enter, *, language: str = "th", phone: bool = False) -> tuple[Case, str, Page]:
    """Staff is filling in a task of a case, and what was typed is saved."""
    case = office.case(TASK)
    key = case.claim(TASK, STAFF)
    page = enter(STAFF, f"/tasks/{key}", language=language, phone=phone)
    place = page.locator(".form-view textarea:not([disabled]):not([readonly])").last
    place.fill(TYPED)
    expect(page.locator(".draft-status")).to_contain_text("บันทึกร่าง" if language == "th" else "Draft saved")
    return case, key, page


def test_two_with_one_task_open_are_told_of_each_other(office: Office, enter: Enter, axe: str) -> None:
    case = office.case(TASK)
    key = case.claim(TASK, STAFF)
    staff = enter(STAFF, f"/tasks/{key}")
    expect(staff.get_by_role("heading", name="แบบฟอร์ม", exact=True)).to_be_visible()
    expect(staff.get_by_text("ขณะนี้เปิดงานนี้อยู่ด้วย")).to_have_count(0)
    other = enter(DPO, f"/tasks/{key}", language="en", phone=True)
    expect(other.get_by_text(f"Also has this task open now: {name_of(office, STAFF)}")).to_be_visible()
    expect(staff.get_by_text(f"ขณะนี้เปิดงานนี้อยู่ด้วย: {name_of(office, DPO)}")).to_be_visible()
    assert judge(staff, axe, "presence") == [] and wider(other, "presence") == []
    shoot(staff, "902-also-here", full=False)
    shoot(other, "903-also-here-phone", full=False)
    there = office.ask("PUT", f"/v2/user-tasks/{key}/presence", account="owner")["others"]
    assert [one["username"] for one in there] == [STAFF, DPO]
    office.ask("DELETE", f"/v2/user-tasks/{key}/presence", account="owner")
    other.goto("/")
    expect(staff.get_by_text("ขณะนี้เปิดงานนี้อยู่ด้วย")).to_have_count(0)


def test_another_takes_the_task_while_one_types(office: Office, enter: Enter, axe: str) -> None:
    _, key, page = typing(office, enter)
    office.ask("POST", f"/v2/user-tasks/{key}/assignment", {"assignee": DPO}, "owner")
    notice = page.get_by_role("alert").filter(has_text="แล้ว")
    expect(notice).to_contain_text(f"งานนี้เป็นของ {name_of(office, DPO)} แล้ว")
    expect(page.locator(".form-view textarea").last).to_have_value(TYPED)
    expect(page.get_by_role("button", name="ส่งงาน", exact=True)).to_have_count(0)
    assert judge(page, axe, "taken") == []
    shoot(page, "904-taken")
    page.reload()
    expect(page.get_by_role("region", name="สิ่งที่คุณกรอกไว้")).to_contain_text(TYPED)
    # given back and claimed again, the form goes on with what was typed
    office.ask("DELETE", f"/v2/user-tasks/{key}/assignee", account="owner")
    page.get_by_role("button", name="รับงานนี้").press("Enter")
    expect(page.locator(".form-view textarea:not([disabled]):not([readonly])").last).to_have_value(TYPED)
    assert office.ask("GET", f"/v2/user-tasks/{key}")["assignee"] == STAFF


def test_another_completes_the_task_while_one_types(office: Office, enter: Enter) -> None:
    """On a telephone, in English."""
    case, key, page = typing(office, enter, language="en", phone=True)
    office.ask("POST", f"/v2/user-tasks/{key}/assignment", {"assignee": DPO}, "owner")
    data = data_of(TASK, office.now())
    office.ask("POST", f"/v2/user-tasks/{key}/completion", {"variables": data}, DPO)
    expect(page.get_by_role("alert")).to_contain_text(f"{name_of(office, DPO)} has completed this task")
    expect(page.get_by_role("region", name="What you filled in")).to_contain_text(TYPED)
    assert wider(page, "completed") == []
    shoot(page, "905-completed-by-another-phone")
    page.get_by_role("alert").get_by_role("link", name="See the case").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(case.number)


def test_the_case_is_cancelled_while_one_types(office: Office, enter: Enter) -> None:
    case, _, page = typing(office, enter)
    office.ask("POST", f"/v2/process-instances/{case.key}/cancellation", {"reason": "ซ้ำ"}, "owner")
    expect(page.get_by_role("alert")).to_contain_text("งานนี้สิ้นสุดแล้ว")
    expect(page.locator(".form-view textarea").last).to_have_value(TYPED)
    shoot(page, "906-cancelled")
    left = page.get_by_role("region", name="สิ่งที่คุณกรอกไว้")
    left.get_by_role("button", name="ลบออกจากเบราว์เซอร์นี้").press("Enter")
    expect(left).to_have_count(0)
    assert case.state == "TERMINATED"


def test_the_permission_is_lost_while_one_types(office: Office, enter: Enter, watch: Watch) -> None:
    watch.refusals.add(404)
    case, key, page = typing(office, enter, language="en")
    office.ask("PUT", "/v2/users/owner/clearance", {"clearance": "SECRET"}, "admin")
    office.ask("PUT", f"/v2/process-instances/{case.key}/access-class", {"accessClass": "SECRET"})
    page.locator(".form-view textarea:not([disabled]):not([readonly])").last.press_sequentially("!")
    expect(page.get_by_role("alert").first).to_contain_text("You may not see this task any more")
    expect(page.locator(".form-view textarea").last).to_have_value(re.compile(TYPED))
    shoot(page, "907-permission-lost")
    page.reload()
    expect(page.get_by_role("region", name="What you filled in")).to_contain_text(TYPED)
    assert office.as_(STAFF).get(f"/v2/user-tasks/{key}").status_code == 404


def test_the_forms_of_before_and_the_steps_that_follow(office: Office, enter: Enter, axe: str) -> None:
    case = office.case(TASK)
    key = case.claim(TASK, STAFF)
    before = office.ask(
        "POST", "/v2/user-tasks/search", {"filter": {"processInstanceKey": case.key, "state": "COMPLETED"}}
    )["items"]
    page = enter(STAFF, f"/tasks/{key}")
    earlier = page.get_by_role("region", name="สิ่งที่กรอกก่อนหน้านี้")
    expect(earlier.get_by_role("button", name="ดูแบบฟอร์ม")).to_have_count(len(before))
    earlier.get_by_role("button", name="ดูแบบฟอร์ม").first.press("Enter")
    expect(earlier.locator(".form-view")).to_be_visible()
    assert earlier.locator(".form-view :is(input, textarea):not([disabled]):not([readonly])").count() == 0
    expect(page.get_by_role("heading", name="ขั้นตอนต่อไปที่อาจเกิดขึ้น")).to_be_visible()
    steps = office.ask("GET", f"/v2/user-tasks/{key}/course")["next"]
    expect(page.locator(".next-steps > li")).to_have_count(len(steps))
    expect(page.locator(".next-steps")).to_contain_text(steps[0]["name"]["th"])
    assert judge(page, axe, "earlier") == []
    shoot(page, "908-before-and-next")
    office.ask("POST", f"/v2/user-tasks/{key}/completion", {"variables": data_of(TASK, office.now())}, STAFF)

    phone = enter("auditor", f"/cases/{case.key}", language="en", phone=True)
    phone.get_by_role("tab", name="What was filled in before").click()
    phone.get_by_role("button", name="Show the form").first.press("Enter")
    expect(phone.locator(".form-view")).to_be_visible()
    filled = office.ask("GET", f"/v2/user-tasks/{key}/filled-form", account="auditor")
    assert filled["variables"]["notice_reference"] == data_of(TASK, office.now())["notice_reference"]
    assert wider(phone, "earlier forms") == []
    shoot(phone, "909-forms-of-a-case-phone")


def test_the_task_on_paper(office: Office, enter: Enter, tmp_path: Path) -> None:
    """From a dark screen, long texts whole, nothing of the page around it."""
    case = office.case(TASK)
    key = case.claim(TASK, STAFF)
    page = enter(STAFF, f"/tasks/{key}")
    wear(page, "dark")
    page.reload()
    long = "\n".join(f"บรรทัดที่ {number} ของสาระที่แจ้ง" for number in range(1, 16))
    page.locator(".form-view textarea:not([disabled]):not([readonly])").last.fill(long)
    expect(page.locator(".draft-status")).to_contain_text("บันทึกร่าง")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 672, "height": 960})  # what A4 leaves between its margins
    for hidden in ("header", ".comments", ".draft-status"):
        expect(page.locator(hidden).first).to_be_hidden()
    assert page.get_by_role("button").count() == 0
    expect(page.locator(".print-head")).to_contain_text(case.number)
    area = page.locator(".form-view textarea").last
    assert area.evaluate("area => area.scrollHeight - area.clientHeight") <= 1
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)")
    shoot(page, "910-on-paper")
    page.pdf(path=tmp_path / "task.pdf", prefer_css_page_size=True)
    shutil.copy(tmp_path / "task.pdf", RESULTS / "910-on-paper.pdf")
    assert office.ask("GET", f"/v2/user-tasks/{key}/draft", account=STAFF)["variables"]["notice_content"] == long


def test_what_is_missing_is_counted_as_one_types(office: Office, enter: Enter) -> None:
    """On a telephone."""
    case = office.case(TASK)
    key = case.claim(TASK, STAFF)
    page = enter(STAFF, f"/tasks/{key}", phone=True)
    mandatory = [p for p in office.ask("GET", f"/v2/user-tasks/{key}/control-points")["items"] if p["mandatory"]]
    count = page.get_by_text("จุดควบคุมที่ต้องผ่าน:")
    data = present(data_of(TASK, office.now()), office.now())
    expect(count).to_be_visible()
    before = count.inner_text()
    fill(page, schema_of(case, key), data)
    holds = office.ask("POST", f"/v2/user-tasks/{key}/control-points/judgement", {"variables": data}, STAFF)["items"]
    assert all(one["satisfied"] for one in holds) and {p["controlPointId"] for p in mandatory} <= {
        one["controlPointId"] for one in holds
    }
    all_of_them = str(len(mandatory)).translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
    expect(count).to_have_text(f"จุดควบคุมที่ต้องผ่าน: ครบ {all_of_them} จาก {all_of_them}")
    assert before != count.inner_text() and wider(page, "control points") == []
    shoot(page, "911-control-points-phone")
    page.get_by_role("button", name="ส่งงาน", exact=True).press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("งานของฉัน")
    assert office.ask("GET", f"/v2/user-tasks/{key}")["state"] == "COMPLETED"
