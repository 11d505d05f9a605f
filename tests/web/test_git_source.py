"""The Git source in a real browser: a commit becomes a draft that says so and is published; what is refused is told."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.repositories import Repository
from tests.web.conftest import Enter, Watch, content_of, shoot
from tests.web.office import PROCESS, Office
from tests.web.test_accessibility import axe, judge
from tests.web.test_workbench import diagram_of, get

__all__ = ["axe"]
pytestmark = pytest.mark.browser
DIAGRAM = f"processes/{PROCESS}/{PROCESS}.bpmn"


def test_a_commit_becomes_a_draft_and_is_published(
    office: Office, source: Repository, enter: Enter, watch: Watch, axe: str
) -> None:
    files = content_of(PROCESS)
    commit = source.commit(files | {DIAGRAM: files[DIAGRAM] + b"<!-- from the source -->"}, "ปรับผังตามมติที่ประชุม\n\nครั้งที่ ๒")
    page = enter("owner", "/workbench")
    page.get_by_role("link", name="เปิดแหล่งไฟล์ Git").click()
    page.get_by_role("region", name="กระบวนงานในแหล่งไฟล์").get_by_role("link").click()
    entry = page.get_by_role("listitem").filter(has_text="ปรับผังตามมติที่ประชุม")
    entry.get_by_text("ข้อความทั้งหมด").click()
    expect(entry).to_contain_text("ครั้งที่ ๒")
    found = judge(page, axe, "git-source")
    shoot(page, "860-git-commits")
    entry.get_by_role("button", name="สร้างร่าง").press("Enter")
    expect(page.get_by_text(f"คอมมิต {commit[:10]}").last).to_be_visible()
    expect(page.locator(".djs-container")).to_be_visible()
    shoot(page, "861-draft-from-git", full=False)
    key = page.url.split("?")[0].rsplit("/", 1)[1]
    assert get(office, key)["gitCommitId"] == commit
    assert "<!-- from the source -->" in diagram_of(office, key)["content"]
    body = {"revision": get(office, key)["revision"], "reason": "ตามแหล่งไฟล์"}
    office.ask("POST", f"/v2/model-drafts/{key}/publication", body)

    later = source.commit(files, "กลับไปใช้ผังเดิม")
    phone = enter("owner", f"/workbench?process={PROCESS}", language="en", phone=True, theme="dark")
    expect(phone.get_by_text("The Git source is newer than what is published")).to_be_visible()
    phone.get_by_role("link", name="Open the Git source").click()
    expect(phone.get_by_role("listitem").filter(has_text=commit[:10])).to_contain_text("published")
    expect(phone.get_by_role("button", name=f"New draft of commit {later[:10]}")).to_be_visible()
    found += judge(phone, axe, "git-source-phone")
    shoot(phone, "862-git-commits-phone")
    assert found == []
