"""Administrators: the calendar, hours, notifications, where programs are told, whose work goes to whom."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.conftest import Walk
from tests.journeys.walker import Walker
from tests.web.conftest import Watch
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
    expect(walker.page.get_by_role("status").filter(has_text=walker.say("handover.done", n=1)).first).to_be_attached()
    assert office.ask("GET", f"/v2/user-tasks/{task}")["assignee"] == STAFF


def account(office: Office, name: str) -> dict[str, Any]:
    """A new account without a password; what the API tells of it."""
    body = {"username": name, "name": f"ผู้ใช้ {name}", "withPassword": False}
    made: dict[str, Any] = office.ask("POST", "/v2/accounts", body, "admin")
    return made


def test_a_person_is_added(office: Office, walk: Walk) -> None:
    walker = walk("admin")
    walker.menu("accounts.nav", "menu.administration")
    walker.press("accounts.add")
    walker.write(walker.field("accounts.username", walker.dialog()), "newcomer")
    walker.write(walker.dialog().get_by_label(walker.say("accounts.name"), exact=True), "พนักงานใหม่")
    walker.press(walker.button("accounts.add", walker.dialog()))
    walker.page.locator("code.shown-once").wait_for()
    assert office.ask("GET", "/v2/accounts/newcomer", account="admin")["oneTimeUntil"] is not None


def test_what_another_administrator_changed_meanwhile_is_seen_first(office: Office, walk: Walk, watch: Watch) -> None:
    watch.refusals.add(409)
    account(office, "shared")
    walker = walk("admin", "/people/accounts/shared")
    walker.press("accounts.edit")
    name = walker.dialog().get_by_label(walker.say("accounts.name"), exact=True)
    walker.write(name, "ชื่อที่พิมพ์อยู่")
    office.ask("PATCH", "/v2/accounts/shared", {"name": "ชื่อจากผู้อื่น"}, "admin")
    walker.press(walker.button("common.save", walker.dialog()))
    walker.see(walker.say("accounts.nowIs", value="ชื่อจากผู้อื่น"))
    expect(name).to_have_value("ชื่อที่พิมพ์อยู่")
    walker.shoot()
    walker.press(walker.button("common.save", walker.dialog()))
    expect(walker.dialog()).to_be_hidden()
    assert office.ask("GET", "/v2/accounts/shared", account="admin")["name"] == "ชื่อที่พิมพ์อยู่"


def test_a_person_joins_a_group(office: Office, walk: Walk) -> None:
    account(office, "joiner")
    walker = walk("admin", "/people/accounts/joiner")
    groups = walker.page.get_by_role("region", name=walker.say("accounts.memberOf"))
    choice = groups.get_by_role("combobox", name=walker.say("accounts.join"))
    walker.choose(choice, walker.label_of(choice, "dpo"))
    walker.press(walker.button("accounts.join", groups))
    expect(groups.get_by_role("listitem")).to_have_count(1)
    found = office.ask("GET", "/v2/accounts/joiner", account="admin")
    assert [group["groupId"] for group in found["groups"]] == ["dpo"]


def test_a_role_is_granted(office: Office, walk: Walk) -> None:
    account(office, "auditing")
    walker = walk("admin", "/people/accounts/auditing")
    roles = walker.page.get_by_role("region", name=walker.say("accounts.roles"), exact=True)
    choice = roles.get_by_role("combobox", name=walker.say("accounts.role"))
    walker.choose(choice, walker.say("accounts.role.auditor"))
    walker.press(walker.button("accounts.grant", roles))
    expect(roles.get_by_role("listitem").first).to_be_visible()
    found = office.ask("GET", "/v2/accounts/auditing", account="admin")
    assert [role["role"] for role in found["roles"]] == ["auditor"]


def test_an_account_is_deactivated(office: Office, walk: Walk) -> None:
    account(office, "retiring")
    walker = walk("admin", "/people/accounts/retiring")
    walker.press("accounts.deactivate")
    walker.write(walker.field("reason.label", walker.dialog()), "เกษียณอายุราชการ")
    walker.press(walker.button("accounts.deactivate", walker.dialog()))
    walker.button("accounts.activate").wait_for()
    assert office.ask("GET", "/v2/accounts/retiring", account="admin")["active"] is False


def test_a_case_is_held_against_deletion(office: Office, walk: Walk) -> None:
    case = office.case()
    walker = walk("admin", "/data-protection")
    walker.press("privacy.place")
    walker.write(walker.field("privacy.number", walker.dialog()), case.number)
    walker.write(walker.field("reason.label", walker.dialog()), "ศาลขอให้เก็บรักษา")
    walker.press(walker.button("privacy.place", walker.dialog()))
    expect(walker.page.get_by_role("listitem").filter(has_text=case.key)).to_be_visible()
    wanted = {"filter": {"processInstanceKey": case.key}}
    (hold,) = office.ask("POST", "/v2/legal-holds/search", wanted, "admin")["items"]
    assert (hold["state"], hold["reason"]) == ("HOLDS", "ศาลขอให้เก็บรักษา")
