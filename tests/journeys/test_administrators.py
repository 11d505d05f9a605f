"""Administrators: the calendar, hours, notifications, where programs are told, whose work goes to whom."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.conftest import Walk
from tests.journeys.walker import Walker
from tests.web.office import STAFF, Office

pytestmark = pytest.mark.browser
ORDER, WHY = "มติคณะรัฐมนตรี วันที่ ๘ เมษายน ๒๕๖๙", "ประกาศเพิ่มเติม"


def say_why(walker: Walker) -> None:
    walker.write(walker.field("office.source", walker.dialog()), ORDER)
    walker.write(walker.field("reason.label", walker.dialog()), WHY)


def date(walker: Walker, key: str) -> Locator:
    """A field for a day in the dialog."""
    return walker.dialog().get_by_role("group", name=walker.say(key))


def add_day(walker: Walker, day: str, name: str) -> None:
    """Enter a day on which the office is closed."""
    walker.press("office.add")
    walker.type_moment(date(walker, "office.firstDay"), day)
    walker.write(walker.dialog().get_by_label(walker.say("office.nameTh"), exact=True), name)
    say_why(walker)
    walker.press(walker.button("common.save", walker.dialog()))
    expect(walker.dialog()).to_have_count(0)


def test_a_holiday_is_entered_and_withdrawn(office: Office, walk: Walk) -> None:
    walker = walk("admin", "/office-calendar?month=2028-02")
    add_day(walker, "2028-02-02", "ปิดอาคารซ่อมแซม")
    assert "ปิดอาคารซ่อมแซม" in str(office.ask("POST", "/v2/calendar-days/search", {}, "admin"))
    walker.press(walker.page.get_by_role("button", name=walker.say("office.withdrawing", what="")).first)
    say_why(walker)
    walker.press(walker.button("office.withdraw", walker.dialog()))
    expect(walker.dialog()).to_have_count(0)
    changes = office.ask("POST", "/v2/calendar-changes/search", {}, "admin")["items"]
    assert "DAY_WITHDRAWN" in [change["action"] for change in changes]


def test_the_hours_of_the_office_are_set(office: Office, walk: Walk) -> None:
    walker = walk("admin", "/office-calendar?month=2028-03")
    walker.press("hours.add")
    walker.type_moment(date(walker, "hours.validFrom"), "2028-03-01")
    say_why(walker)
    walker.press(walker.button("common.save", walker.dialog()))
    expect(walker.dialog()).to_have_count(0)
    assert "2028-03-01" in str(office.ask("POST", "/v2/office-hours/search", {}, "admin"))


def test_a_host_is_allowed_and_a_program_is_added(office: Office, walk: Walk) -> None:
    walker = walk("admin", "/channels")
    walker.press("hosts.add")
    walker.write(walker.field("hosts.pattern", walker.dialog()), "api.example.go.th")
    walker.write(walker.field("reason.label", walker.dialog()), "ระบบสารบรรณ")
    walker.press(walker.button("hosts.add", walker.dialog()))
    expect(walker.dialog()).to_have_count(0)
    walker.press("webhooks.add")
    walker.write(walker.dialog().get_by_label(walker.say("webhooks.name"), exact=True), "ระบบสารบรรณ")
    walker.write(walker.field("webhooks.url", walker.dialog()), "https://api.example.go.th/krabuan")
    walker.press(walker.button("common.save", walker.dialog()))
    expect(walker.dialog()).to_have_count(0)
    assert "api.example.go.th" in str(office.ask("GET", "/v2/webhooks", account="admin"))


def test_a_text_of_a_mail_is_written_and_put_back(office: Office, walk: Walk) -> None:
    walker = walk("admin", "/notification-texts")
    walker.write("templates.subject", "ด่วน: {{ task }}")
    walker.press("common.save")
    expect(walker.page.get_by_text(walker.say("templates.own"), exact=True)).to_be_visible()
    assert "ด่วน: {{ task }}" in str(office.ask("GET", "/v2/notification-templates", account="admin"))
    walker.press("templates.reset")
    expect(walker.page.get_by_text(walker.say("templates.builtIn"), exact=True)).to_be_visible()
    assert "ด่วน: {{ task }}" not in str(office.ask("GET", "/v2/notification-templates", account="admin"))


def test_tasks_are_handed_over(office: Office, walk: Walk) -> None:
    case = office.case()
    leaver = "agri_data_group2"
    task = case.claim("Task_ReceiveReport", leaver)
    walker = walk("admin", "/hand-over")
    walker.find_person("handover.leaver", leaver)
    walker.find_person("handover.to", STAFF)
    walker.write("reason.label", "ย้ายไปปฏิบัติหน้าที่ที่อื่น")
    walker.press("handover.submit")
    expect(walker.page.get_by_role("status").filter(has_text=walker.say("handover.done", n="")).first).to_be_attached()
    assert office.ask("GET", f"/v2/user-tasks/{task}")["assignee"] == STAFF
