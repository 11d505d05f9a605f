"""Administrators and people: imported, given to units, helped back in, corrected, sent away, answered about their data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pyotp
import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.conftest import Walk
from tests.journeys.walker import Walker
from tests.web.office import PASSWORD, Office

pytestmark = pytest.mark.browser


def account(office: Office, name: str, **more: Any) -> None:
    """A new account, without a password unless one for one use is asked for."""
    office.ask("POST", "/v2/accounts", {"username": name, "name": f"ผู้ใช้ {name}", "withPassword": False} | more, "admin")


def found(office: Office, name: str) -> dict[str, Any]:
    """What the API tells of an account."""
    read: dict[str, Any] = office.ask("GET", f"/v2/accounts/{name}", account="admin")
    return read


def part(walker: Walker, key: str) -> Locator:
    """The part of the page under the heading of this key."""
    return walker.page.get_by_role("region", name=walker.say(key), exact=True)


def works(office: Office, name: str, password: str) -> bool:
    """Whether one is let in with a password."""
    return httpx.get(f"{office.base}/v2/authentication/me", auth=(name, password)).status_code == 200


def once(office: Office, name: str, **more: Any) -> None:
    """A new account with the password that all have, chosen at its first sign-in."""
    body = {"username": name, "name": f"ผู้ใช้ {name}", **more}
    first = office.ask("POST", "/v2/accounts", body, "admin")["oneTimePassword"]
    chosen = {"currentPassword": first, "newPassword": PASSWORD}
    answer = httpx.put(f"{office.base}/v2/authentication/me/password", json=chosen, auth=(name, first))
    assert answer.status_code == 204, answer.text


def test_people_are_imported_after_a_look(office: Office, walk: Walk, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("account,name,groups\nbrought1,ผู้นำเข้าหนึ่ง,dpo\nbrought2,ผู้นำเข้าสอง,\n", encoding="utf-8")
    walker = walk("admin", "/people")
    walker.press(walker.link(walker.say("accounts.import")))
    with walker.page.expect_file_chooser() as chooser:
        walker.press("accounts.importChoose")
    chooser.value.set_files(file)
    walker.press("accounts.importPreview")
    walker.see(walker.say("accounts.importAdded", n=2))
    assert office.as_("admin").get("/v2/accounts/brought1").status_code == 404, "a look changes nothing"
    walker.press("accounts.importDo")
    walker.see(walker.say("accounts.importDone"))
    assert [group["groupId"] for group in found(office, "brought1")["groups"]] == ["dpo"]


def test_a_member_is_added_to_a_unit(office: Office, walk: Walk) -> None:
    account(office, "member")
    walker = walk("admin", "/people/groups")
    walker.write("accounts.groupSearch", "dpo")
    expect(walker.page.get_by_role("row")).to_have_count(2)
    walker.press(walker.page.locator('a[href="/people/groups/dpo"]'))
    walker.find_person("accounts.addMemberWho", "member")
    walker.press("accounts.addMember")
    expect(walker.page.locator('a[href="/people/accounts/member"]').first).to_be_attached()
    assert [group["groupId"] for group in found(office, "member")["groups"]] == ["dpo"]


def test_a_token_is_found_among_all_and_revoked(office: Office, walk: Walk) -> None:
    account(office, "robot", roles=[{"role": "client"}])
    office.ask("POST", "/v2/tokens", {"name": "ระบบสารบรรณ", "username": "robot", "permissions": ["job:work"]}, "admin")
    walker = walk("admin", "/people/keys")
    walker.choose("accounts.keysState", walker.say("accounts.keysValid"))
    walker.write(walker.page.get_by_role("searchbox"), "robot")
    tokens = walker.page.get_by_role("list", name=walker.say("accounts.keysTitle")).get_by_role("listitem")
    expect(tokens).to_have_count(1)
    walker.press(tokens.get_by_role("button"))
    expect(tokens).to_have_count(0)
    (token,) = office.ask("GET", "/v2/users/robot/tokens", account="admin")["items"]
    assert token["revokedAt"] is not None


def test_a_forgotten_password_is_replaced_for_one_use(office: Office, walk: Walk) -> None:
    once(office, "forgetful")
    assert works(office, "forgetful", PASSWORD)
    walker = walk("admin", "/people/accounts/forgetful")
    walker.press("accounts.makeOneTime")
    walker.press(walker.button("accounts.makeOneTime", walker.dialog()))
    secret = walker.page.locator("code.shown-once").inner_text()
    assert not works(office, "forgetful", PASSWORD)
    answer = httpx.get(f"{office.base}/v2/authentication/me", auth=("forgetful", secret))
    assert answer.status_code == 200 and found(office, "forgetful")["oneTimeUntil"] is not None


def test_a_lost_second_factor_is_reset(office: Office, walk: Walk) -> None:
    once(office, "unlucky")
    mine, secret = "/v2/authentication/me/second-factor", {"password": PASSWORD}
    made = office.ask("POST", mine, secret, "unlucky")["secret"]
    office.ask("PUT", mine, {"code": pyotp.TOTP(made).at(office.now())}, "unlucky")
    walker = walk("admin", "/people/accounts/unlucky")
    walker.press("accounts.resetFactor")
    walker.press(walker.button("accounts.resetFactor", walker.dialog()))
    expect(walker.button("accounts.resetFactor")).to_have_count(0)
    assert found(office, "unlucky")["hasSecondFactor"] is False


def test_a_name_is_corrected_and_a_clearance_raised(office: Office, walk: Walk) -> None:
    account(office, "married")
    walker = walk("admin", "/people/accounts/married")
    choice = walker.page.get_by_role("combobox", name=walker.say("accounts.clearance"))
    walker.choose(choice, walker.say("accounts.clearance.SECRET"))
    assert found(office, "married")["clearance"] == "NORMAL", "nothing is changed on the way to what is meant"
    walker.press(walker.page.get_by_role("button", name=f"{walker.say('common.save')}: "))
    walker.see(walker.say("common.saved"))
    walker.press("accounts.edit")
    walker.write(walker.dialog().get_by_label(walker.say("accounts.name"), exact=True), "ผู้ใช้ ชื่อใหม่")
    walker.press(walker.button("common.save", walker.dialog()))
    expect(walker.page.get_by_role("heading", level=1)).to_have_text("ผู้ใช้ ชื่อใหม่")
    now = found(office, "married")
    assert (now["name"], now["clearance"]) == ("ผู้ใช้ ชื่อใหม่", "SECRET")


def test_a_role_and_a_membership_are_taken_back(office: Office, walk: Walk) -> None:
    account(office, "moving", roles=[{"role": "auditor"}], groups=["dpo"])
    walker = walk("admin", "/people/accounts/moving")
    for key in ("accounts.hasRoles", "accounts.memberOf"):
        given = part(walker, key).get_by_role("listitem")
        walker.press(given.get_by_role("button"))
        expect(given).to_have_count(0)
    now = found(office, "moving")
    assert (now["roles"], now["groups"]) == ([], [])


def test_a_leaver_hands_over_and_comes_back(office: Office, walk: Walk) -> None:
    account(office, "leaver")
    task = office.case().task("Task_StudyLaw")
    office.ask("POST", f"/v2/user-tasks/{task}/assignment", {"assignee": "leaver"})
    walker = walk("admin", "/people?q=leaver")
    walker.press(walker.link("leaver").first)
    walker.press("accounts.deactivate")
    heir = walker.dialog().get_by_role("combobox")
    walker.hand.write(heir, "agri_data_group2")
    walker.press(walker.page.get_by_role("option").filter(has_text="agri_data_group2").first)
    walker.write(walker.field("reason.label", walker.dialog()), "เกษียณอายุราชการ")
    walker.press(walker.button("accounts.deactivate", walker.dialog()))
    expect(walker.button("accounts.activate")).to_be_visible()
    assert office.ask("GET", f"/v2/user-tasks/{task}")["assignee"] == "agri_data_group2"
    assert found(office, "leaver")["active"] is False
    walker.press("accounts.activate")
    expect(walker.button("accounts.deactivate")).to_be_visible()
    assert found(office, "leaver")["active"] is True


def test_a_persons_data_are_copied_and_erased(office: Office, walk: Walk) -> None:
    account(office, "asker", email="asker@example.go.th")
    once(office, "officer", clearance="TOP_SECRET", roles=[{"role": "administrator"}])  # cleared for every case
    walker = walk("officer", "/data-protection/requests")
    walker.write("privacy.username", "asker")
    walker.press("privacy.find")
    walker.see(walker.say("privacy.account", name="asker"))
    walker.press("privacy.copy")
    walker.write(walker.field("reason.label", walker.dialog()), "คำขอที่ ๑๒/๒๕๖๙")
    with walker.page.expect_download() as copy:
        walker.press(walker.button("privacy.copy", walker.dialog()))
    assert copy.value.path().read_bytes()[:2] == b"PK"
    expect(walker.dialog()).to_have_count(0)
    walker.press("privacy.erase")
    walker.write(walker.field("reason.label", walker.dialog()), "คำขอที่ ๑๒/๒๕๖๙")
    walker.tick(walker.dialog().get_by_role("checkbox"))
    walker.press(walker.button("privacy.erase", walker.dialog()))
    walker.see(walker.say("privacy.erased", n=0).partition("0")[0].partition("๐")[0].strip())
    assert office.as_("admin").get("/v2/accounts/asker").status_code == 404
