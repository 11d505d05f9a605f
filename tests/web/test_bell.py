"""The bell rings while one looks at something else: what comes is counted and listed without a reload."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.web.conftest import Enter, shoot
from tests.web.office import Office, moment

pytestmark = pytest.mark.browser
PERSON, ABSENT = "network_group1", "infosys_group1"


def unread(office: Office) -> list[str]:
    """What the person has not read, by key."""
    items = office.ask("POST", "/v2/notifications/search", {}, PERSON)["items"]
    return [item["notificationKey"] for item in items if item["readAt"] is None]


def test_a_notification_is_counted_listed_and_gone_once_read_elsewhere(office: Office, enter: Enter) -> None:
    for earlier in unread(office):
        office.ask("POST", f"/v2/notifications/{earlier}/read", {}, PERSON)
    page = enter(PERSON, "/cases")
    count = page.locator(".unread-count")
    expect(page.get_by_role("heading", level=1)).to_have_text("ทะเบียนเรื่อง")
    assert count.count() == 0
    now = office.now()
    entry = {
        "absent": ABSENT,
        "substitute": PERSON,
        "startDate": moment(now),
        "endDate": moment(now + timedelta(days=3)),
    }
    office.ask("POST", "/v2/substitutions", entry, "admin")
    expect(count).to_have_text("๑")
    page.get_by_role("link", name="การแจ้งเตือน").click()
    expect(page.get_by_text("ยังไม่ได้อ่าน")).to_be_visible()
    shoot(page, "730-bell")
    (found,) = unread(office)
    office.ask("POST", f"/v2/notifications/{found}/read", {}, PERSON)
    expect(count).to_have_count(0)
    expect(page.get_by_text("ยังไม่ได้อ่าน")).to_have_count(0)
