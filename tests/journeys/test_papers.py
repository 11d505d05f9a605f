"""Staff: files that are handed in with a form, and the documents of a case with their versions."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.conftest import Walk
from tests.journeys.walker import Walker
from tests.web.office import STAFF, Case
from tests.web.papers import FIRST, World, case, names, pdf, png, world

pytestmark = pytest.mark.browser
__all__ = ["case", "world"]  # fixtures


def attach(walker: Walker, within: Locator, name: str, content: bytes) -> None:
    """Choose a file of one's own machine."""
    with walker.page.expect_file_chooser() as asked:
        walker.press(within.get_by_role("button", name=walker.say("files.choose")))
    asked.value.set_files([{"name": name, "mimeType": "application/octet-stream", "buffer": content}])
    expect(walker.button("files.openOne", within, name=name).first).to_be_visible()


def look(walker: Walker, within: Locator, name: str) -> Locator:
    """Open a file in the page."""
    walker.press(walker.button("files.openOne", within, name=name).first)
    expect(walker.dialog()).to_be_visible()
    return walker.dialog()


def close(walker: Walker) -> None:
    walker.press(walker.button("files.close", walker.dialog()))
    expect(walker.dialog()).to_have_count(0)


def test_files_are_handed_in_with_a_task(walk: Walk, case: Case) -> None:
    walker = walk(STAFF, f"/tasks/{case.claim('a', STAFF)}")
    field = walker.page.locator(".fjs-form-field-filepicker")
    attach(walker, field, "รายงาน.pdf", pdf("Page one", "Page two"))
    attach(walker, field, "บัตร.png", png())
    shown = look(walker, field, "รายงาน.pdf")
    walker.press(walker.button("files.after", shown))
    expect(shown.get_by_text("Page two")).to_be_attached()
    walker.shoot()
    close(walker)
    walker.press(walker.button("files.removeOne", field, name="บัตร.png"))
    expect(walker.button("files.openOne", field, name="บัตร.png")).to_have_count(0)
    walker.press("task.complete")
    walker.heading("inbox.title")
    assert names(case) == [FIRST, "รายงาน.pdf"]


def test_a_document_gets_a_second_version(walk: Walk, case: Case) -> None:
    walker = walk(STAFF, f"/cases/{case.key}")
    walker.press(walker.page.get_by_role("tab", name=walker.say("files.attachments")))
    panel = walker.page.get_by_role("tabpanel", name=walker.say("files.attachments"))
    attach(walker, panel, FIRST, pdf("Amended"))
    walker.see(walker.say("files.version", n=2))
    attach(walker, panel, "แผนที่.png", png())
    look(walker, panel, "แผนที่.png")
    close(walker)
    walker.press(walker.button("files.removeOne", panel, name="แผนที่.png"))
    walker.press(walker.button("files.remove", walker.dialog()))
    expect(walker.button("files.openOne", panel, name="แผนที่.png")).to_have_count(0)
    assert names(case) == [FIRST, FIRST]


def test_a_case_is_started_with_a_file(walk: Walk, world: World) -> None:
    walker = walk(STAFF, f"/start/{world.definition}")
    attach(walker, walker.page.locator(".fjs-form-field-filepicker"), FIRST, pdf("The request"))
    walker.press("start.submit")
    walker.see(walker.say("start.done"))
    walker.page.wait_for_url("**/cases/*")
    assert names(Case(world.office, walker.page.url.rsplit("/", 1)[1], "")) == [FIRST]


def test_a_document_is_given_a_higher_class(walk: Walk, case: Case) -> None:
    """After that, whoever is not cleared for it does not see it any more."""
    case.office.ask("PUT", "/v2/users/owner/clearance", {"clearance": "SECRET"}, "admin")
    walker = walk("owner", f"/cases/{case.key}")
    walker.press(walker.page.get_by_role("tab", name=walker.say("files.attachments")))
    walker.press("files.classifyOne", name=FIRST)
    choice = walker.field("files.class", walker.dialog())
    walker.choose(choice, walker.label_of(choice, "CONFIDENTIAL"))
    walker.press(walker.button("files.classify", walker.dialog()))
    expect(walker.dialog()).to_have_count(0)
    walker.see(walker.say("files.class.CONFIDENTIAL"))
    assert (names(case), names(case, "owner")) == ([], [FIRST])
