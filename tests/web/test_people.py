"""Signing in and out, working by keyboard and in English, and people who meet over the same task."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.web.conftest import Enter, Watch, shoot
from tests.web.filling import fill
from tests.web.office import DPO, STAFF, Office, data_of
from tests.web.walking import EN, TH, find, row, schema_of, sign_in

pytestmark = pytest.mark.browser
STAFF2 = "agri_data_group2"


def test_wrong_passwords_and_unknown_names_get_the_same_answer(office: Office, enter: Enter, watch: Watch) -> None:
    """No answer tells whether an account exists; empty fields are not even sent; a right password leads where one wanted."""
    watch.refusals.add(401)
    page = enter(None, "/cases")
    expect(page.get_by_role("heading", level=1)).to_have_text("เข้าสู่ระบบ")
    page.get_by_role("button", name=TH["in"]).click()
    expect(page.get_by_text("โปรดกรอกช่องนี้")).to_have_count(2)
    shoot(page, "400-sign-in-empty")
    for account in (STAFF, "nobody-of-this-name"):
        sign_in(page, account, "not-the-password")
        expect(page.get_by_role("alert")).to_have_text("ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง")
        page.reload()
    sign_in(page, STAFF)
    expect(page.get_by_role("heading", level=1)).to_have_text("ทะเบียนเรื่อง")


def test_after_signing_out_nothing_is_shown_any_more(office: Office, enter: Enter, watch: Watch) -> None:
    page = enter(STAFF)
    page.get_by_role("button", name="บัญชีผู้ใช้").click()
    shoot(page, "401-account-menu", full=False)
    watch.refusals.add(401)  # a list that is being loaded while the session ends is refused, too
    page.get_by_role("menuitem", name="ออกจากระบบ").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("เข้าสู่ระบบ")
    page.goto("/cases")
    expect(page.get_by_role("heading", level=1)).to_have_text("เข้าสู่ระบบ")


def test_the_pages_may_load_nothing_from_elsewhere(office: Office) -> None:
    """The policy that every browser test runs under: whatever a page tried, the browser would refuse it."""
    policy = office.as_(STAFF).get("/").headers["Content-Security-Policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'self'"
    assert "script-src" not in rules
    assert rules["frame-ancestors"] == rules["object-src"] == "'none'"


def test_claim_fill_in_and_complete_by_keyboard_alone(office: Office, enter: Enter) -> None:
    """C claims in the list (the key of แ on a Thai keyboard), Enter opens, Tab and Space fill in, Enter sends."""
    case = office.case()
    page = enter(STAFF)
    find(page, case)
    task = case.task("Task_StudyLaw")
    expect(row(page, case)).to_have_count(2)
    tab_to(page, f'tr[data-key="{task}"] a')
    page.keyboard.press("c")
    expect(page.get_by_role("status").filter(has_text="แล้ว")).to_be_visible()
    expect(page.locator(f'tr[data-key="{task}"]')).to_contain_text("ฉัน")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=TH["complete"])).to_be_visible()
    expect(page.locator(".fjs-form-field").first).to_be_visible()
    tab_to(page, ".fjs-form-field-checklist input")
    page.keyboard.press("Space")
    tab_to(page, ".fjs-form-field-textarea textarea")
    page.keyboard.type("มาตรา ๓๗ (๔)")
    tab_to(page, ".task-submit button")
    shoot(page, "402-by-keyboard")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("งานของฉัน")
    assert "Task_StudyLaw" not in [t["elementId"] for t in case.tasks()]
    (comment,) = [v for v in variables(case) if v["name"] == "study_note"]
    assert "๓๗" in comment["value"]


def variables(case) -> list[dict]:
    """The variables of a case."""
    body = {"filter": {"processInstanceKey": case.key}}
    found: list[dict] = case.office.ask("POST", "/v2/variables/search", body)["items"]
    return found


def tab_to(page, selector: str) -> None:
    """Press Tab until the element has the focus; a page that does not let one get there fails."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement?.matches(selector) ?? false", selector):
            return
    raise AssertionError(f"Tab never reaches {selector}")


def test_the_skip_link_leads_past_the_menu(office: Office, enter: Enter) -> None:
    page = enter(STAFF)
    link = page.get_by_role("link", name="ข้ามไปยังเนื้อหา")
    link.focus()  # the first thing on the page; after loading the focus stands behind the menu already
    expect(link).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()


def test_english_at_a_click_and_remembered(office: Office, enter: Enter) -> None:
    """The language changes without losing what was filled in; the form, the drawing and the dates change too."""
    case = office.case()
    task = case.claim("Task_ReceiveReport", STAFF)
    page = enter(STAFF, f"/tasks/{task}")
    fill(page, schema_of(case, task), {"reliability": "ตรวจสอบแล้ว"})
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("heading", level=1)).to_have_text("Receive the report of the breach, or become aware of it")
    expect(page.get_by_role("button", name=EN["complete"])).to_be_visible()
    field = page.locator('.form-view [id$="-Field_reliability"]')
    expect(field).to_have_value("ตรวจสอบแล้ว")
    expect(page.locator(".form-view")).not_to_contain_text("ความน่าเชื่อถือของข้อมูลเหตุ")
    expect(page.get_by_text("13 April 2026").or_(page.get_by_text("April 2026")).first).to_be_visible()
    shoot(page, "403-english-task")
    page.reload()
    expect(page.get_by_role("button", name="ไทย")).to_be_visible()


def test_a_draft_outlives_the_page(office: Office, enter: Enter) -> None:
    """What was typed is there again after a reload and in another browser; thrown away, it is gone."""
    case = office.case()
    task = case.claim("Task_ReceiveReport", STAFF)
    page = enter(STAFF, f"/tasks/{task}")
    fill(page, schema_of(case, task), {"reliability": "ตรวจสอบกับบันทึกของเครื่องแม่ข่ายแล้ว"})
    expect(page.get_by_text("บันทึกร่างไว้ในระบบแล้ว")).to_be_visible()
    for again in (page, enter(STAFF)):
        again.goto(f"/tasks/{task}")
        expect(again.get_by_text("เปิดร่างที่บันทึกไว้")).to_be_visible()
        expect(again.locator('[id$="-Field_reliability"]')).to_have_value("ตรวจสอบกับบันทึกของเครื่องแม่ข่ายแล้ว")
    shoot(page, "404-draft")
    page.get_by_role("button", name="ลบร่าง").click()
    expect(page.locator('[id$="-Field_reliability"]')).to_have_value("")
    assert variables_of_draft(office, task) == ""


def variables_of_draft(office: Office, task: str) -> str:
    return office.as_(STAFF).get(f"/v2/user-tasks/{task}/draft").text


def test_what_is_missing_is_listed_and_leads_to_the_field(office: Office, enter: Enter) -> None:
    case = office.case()
    task = case.claim("Task_ReceiveReport", STAFF)
    page = enter(STAFF, f"/tasks/{task}")
    page.locator(".fjs-form-field").first.wait_for()
    page.get_by_role("button", name=TH["complete"]).click()
    obstacles = page.get_by_role("alert")
    expect(obstacles).to_contain_text("โปรดแก้ไข ๒ รายการ")
    shoot(page, "405-missing-fields")
    obstacles.get_by_role("button", name="ความน่าเชื่อถือของข้อมูลเหตุ", exact=True).click()
    expect(page.locator('[id$="-Field_reliability"]')).to_be_focused()


def test_two_people_claim_the_same_task(office: Office, enter: Enter, watch: Watch) -> None:
    """The second is told that somebody was faster; nothing is taken away from the first."""
    case = office.case()
    task = case.task("Task_StudyLaw")
    first, second = enter(STAFF), enter(STAFF2)
    second.route("**/v2/events", lambda route: route.abort())  # news come too late for this person
    for page in (first, second):
        find(page, case)
        expect(row(page, case)).to_have_count(2)
    watch.complaints.clear()  # the aborted stream
    first.locator(f'tr[data-key="{task}"]').get_by_role("button", name="รับงาน").click()
    expect(first.locator(f'tr[data-key="{task}"]')).to_contain_text("ฉัน")
    watch.refusals.add(409)
    second.locator(f'tr[data-key="{task}"]').get_by_role("button", name="รับงาน").click()
    expect(second.get_by_text("มีผู้อื่นรับงานนี้ไปก่อนแล้ว")).to_be_visible()
    shoot(second, "406-taken")
    assert case.office.ask("GET", f"/v2/user-tasks/{task}")["assignee"] == STAFF


def test_news_come_to_an_open_inbox_without_reload(office: Office, enter: Enter) -> None:
    """A task that a colleague claims leaves the list in its place; a new one is announced and shown on demand."""
    case = office.case()
    page = enter(STAFF2)
    find(page, case)
    expect(row(page, case)).to_have_count(2)
    page.evaluate("window.notReloaded = true")
    case.claim("Task_StudyLaw", STAFF)
    expect(row(page, case, "ออกจากรายการแล้ว")).to_have_count(1)
    case.complete("Task_ReceiveReport", STAFF, data_of("Task_ReceiveReport", office.now()))
    expect(page.get_by_text("มีงานใหม่ ๑ เรื่อง")).to_be_visible()
    shoot(page, "407-news")
    page.get_by_role("button", name="แสดงงานใหม่").click()
    expect(row(page, case, "ประเมินความเสี่ยง")).to_have_count(1)
    assert page.evaluate("window.notReloaded")


def test_people_of_other_groups_do_not_see_a_case(office: Office, enter: Enter, watch: Watch) -> None:
    """Neither in the inbox nor in the register, and its address leads to a refusal in plain words."""
    case = office.case()
    page = enter("strategy_group1")
    find(page, case)
    expect(page.get_by_text("ไม่พบงานที่ตรงกับคำค้น")).to_be_visible()
    watch.refusals.update({403, 404})
    page.goto(f"/cases/{case.key}")
    expect(page.get_by_role("button", name="ลองใหม่")).to_be_visible()
    expect(page.locator("main")).not_to_contain_text("ไฟล์รายชื่อ")
    shoot(page, "408-not-yours")


def test_comments_are_kept_with_the_case(office: Office, enter: Enter) -> None:
    """Written on the task's page, read at once by whom it concerns, on the page of the case too."""
    case = office.case()
    task = case.claim("Task_ReceiveReport", STAFF)
    page, other = enter(STAFF, f"/tasks/{task}"), enter(STAFF2, f"/cases/{case.key}")
    other.get_by_role("tab", name="ความเห็น").click()
    text = "โทรแจ้งเจ้าของระบบแล้ว <b>รอผล</b>"
    page.get_by_label("เพิ่มความเห็น").fill(text)
    page.get_by_role("button", name="ส่งความเห็น").click()
    for one in (page, other):
        expect(one.locator(".comment-text")).to_have_text([text])
    assert [c["text"] for c in case.get("comments")] == [text]
    assert DPO not in [c["author"] for c in case.get("comments")]
