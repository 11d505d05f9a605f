"""Everybody: their own account, how they are notified, who stands in for them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import httpx
import pyotp
import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.conftest import Walk
from tests.journeys.walker import Walker
from tests.web.office import PASSWORD, Office, moment

pytestmark = pytest.mark.browser
PERSON, SUBSTITUTE = "network_group1", "network_group2"
NOTIFIED, LEARNER, SIGNER = "infosys_group1", "infosys_group2", "strategy_group2"
PREFERENCES = "/v2/authentication/me/notification-preferences"


def region(walker: Walker, key: str) -> Locator:
    """The part of the page under the heading of this key."""
    return walker.page.get_by_role("region", name=walker.say(key), exact=True)


def keys_of(office: Office, account: str) -> list[dict[str, Any]]:
    """The keys for programs of an account."""
    found: list[dict[str, Any]] = office.ask("GET", "/v2/authentication/me/tokens", account=account)["items"]
    return found


def test_a_key_for_a_program_is_made_and_revoked(office: Office, walk: Walk) -> None:
    walker = walk(PERSON, "/account")
    part = region(walker, "account.tokens")
    walker.write(walker.field("account.tokenName", part), "ระบบสารบรรณ")
    walker.press("account.makeToken")
    key = part.locator("code").inner_text()
    asked = {"Authorization": f"Bearer {key}"}
    assert httpx.get(f"{office.base}/v2/authentication/me", headers=asked).status_code == 200
    walker.press(part.get_by_role("button", name=walker.say("account.revoke")).first)
    expect(part.get_by_text(walker.say("account.revoked"), exact=True).first).to_be_visible()
    assert httpx.get(f"{office.base}/v2/authentication/me", headers=asked).status_code == 401


def test_a_calendar_address_is_made_and_given_up(office: Office, walk: Walk) -> None:
    walker = walk(PERSON, "/account")
    part = region(walker, "feed.title")
    walker.press("feed.make")
    address = part.locator("code").inner_text()
    assert httpx.get(address).headers["Content-Type"].startswith("text/calendar")
    walker.press("feed.revoke")
    walker.button("feed.make").wait_for()
    assert httpx.get(address).status_code == 404


def test_one_chooses_a_daily_mail(office: Office, walk: Walk) -> None:
    walker = walk(NOTIFIED, "/account")
    part = region(walker, "notifying.title")
    walker.write(walker.field("notifying.digestAt", part), "07:30")
    reminders = f"{walker.say('notifying.group.reminders')}: {walker.say('notifying.channel.mail')}"
    walker.choose(part.get_by_label(reminders), walker.say("notifying.way.digest"))
    walker.press(walker.button("common.save", part))
    walker.see(walker.say("common.saved"))
    kept = office.ask("GET", PREFERENCES, account=NOTIFIED)
    assert (kept["digestAt"], kept["choices"]["reminders"]["mail"]) == ("07:30", "digest")


def test_other_devices_are_signed_out(office: Office, walk: Walk, watch) -> None:
    other, walker = walk(LEARNER), walk(LEARNER, "/account")
    watch.refusals.add(401)
    walker.press("account.endOthers")
    walker.see(walker.say("account.sessionsEnded"))
    other.go("/cases")
    other.heading("signin.title")
    assert other.page.request.get("/v2/authentication/me").status == 401


def test_the_code_from_the_telephone_is_switched_on(office: Office, walk: Walk) -> None:
    walker = walk(SIGNER, "/account")
    part = region(walker, "account.factor")
    walker.press(walker.button("account.enrol", part))
    walker.write(walker.field("account.currentPassword", part), PASSWORD)
    walker.press(walker.button("account.next", part))
    secret = part.locator("code").inner_text().replace(" ", "")
    walker.write(walker.field("account.code", part), pyotp.TOTP(secret).at(office.now()))
    walker.press(walker.button("account.confirm", part))
    expect(part.get_by_role("listitem")).to_have_count(10)
    recovery = part.get_by_role("listitem").first.inner_text()
    walker.press("account.kept")
    answer = httpx.post(f"{office.base}/v2/session", data={"username": SIGNER, "password": PASSWORD})
    assert "password" not in answer.text and answer.status_code != 204
    walker.press(walker.button("account.remove", part))
    walker.write(walker.field("account.currentPassword", part), PASSWORD)
    walker.write(walker.field("account.codeOrRecovery", part), recovery)
    walker.press(walker.button("account.remove", part))
    expect(part.get_by_text(walker.say("account.factorOff"))).to_be_visible()


@pytest.fixture
def nobody_is_absent(office: Office) -> Iterator[None]:
    """No substitution outlives its test."""
    yield
    for entry in active(office):
        office.ask("POST", f"/v2/substitutions/{entry['substitutionKey']}/end", None, "admin")


def active(office: Office) -> list[dict[str, Any]]:
    """The substitutions that are in force."""
    body = {"filter": {"active": True}}
    found: list[dict[str, Any]] = office.ask("POST", "/v2/substitutions/search", body, "admin")["items"]
    return found


@pytest.mark.usefixtures("nobody_is_absent")
def test_an_absence_is_entered_and_ended(office: Office, walk: Walk) -> None:
    walker = walk(PERSON, "/substitutes")
    walker.find_person("absence.substitute", SUBSTITUTE)
    now = office.now()
    walker.type_moment(walker.page.locator("#absent-from"), moment(now - timedelta(hours=1)))
    walker.type_moment(walker.page.locator("#absent-until"), moment(now + timedelta(days=7)))
    walker.press("absence.save")
    entry = walker.page.locator(".interventions > li").first
    entry.wait_for()
    assert [(each["absent"], each["substitute"]) for each in active(office)] == [(PERSON, SUBSTITUTE)]
    walker.press(entry.get_by_role("button", name=walker.say("absence.end")).first)
    expect(entry).to_have_count(0)
    assert active(office) == []
