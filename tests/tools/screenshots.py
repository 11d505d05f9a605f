"""Take the pictures of the documentation anew: `.venv/bin/python -m tests.tools.screenshots`.

They show the demo office as it is, with a breach case at the notice to the Office of the PDPC and one that is late.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.web.office import PASSWORD, STAFF, Office
from tests.web.serving import ROOT, served
from tests.web.used import used

IMAGES = ROOT / "docs" / "images"
WAIT = 60_000


def main() -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    browser_path = os.environ.get("KRABUAN_CHROMIUM") or shutil.which("chromium")
    arguments = ["--disable-gpu", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as office, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=arguments)
        late = office.case("Task_NotifyOffice", number="กษ 0206/118")
        office.advance(timedelta(hours=61))
        other = office.case("Task_VerifyFacts", number="กษ 0206/124")
        office.advance(timedelta(hours=11, minutes=20))
        case = office.case("Task_NotifyOffice", number="กษ 0206/131")
        office.case(number="กษ 0206/132")
        task = case.claim("Task_NotifyOffice", STAFF)
        late.claim("Task_NotifyOffice", STAFF)
        other.claim("Task_VerifyFacts", STAFF)

        page = person(browser, office, STAFF)
        take(page, "/", "table", "inbox")
        take(page, f"/tasks/{task}", ".djs-shape", "task")
        take(page, f"/cases/{late.key}", ".djs-shape", "case")
        telephone = person(browser, office, STAFF, width=390, height=780)
        take(telephone, "/", "table", "telephone")
        browser.close()


def person(browser: Browser, office: Office, account: str, width: int = 1200, height: int = 800) -> Page:
    """A signed-in person's page."""
    context = browser.new_context(
        base_url=office.base,
        viewport={"width": width, "height": height},
        locale="th-TH",
        timezone_id="Asia/Bangkok",
        reduced_motion="reduce",
    )
    context.set_default_timeout(WAIT)
    used(context)
    context.request.post("/v2/session", data={"username": account, "password": PASSWORD})
    return context.new_page()


def take(page: Page, path: str, ready: str, name: str) -> None:
    """Keep what a screen shows of a page, without scrolling."""
    page.goto(path)
    page.locator(ready).first.wait_for()
    page.wait_for_load_state("load")
    page.evaluate("document.fonts.ready")
    page.screenshot(path=IMAGES / f"{name}.png")
    print(f"docs/images/{name}.png: {(IMAGES / f'{name}.png').stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()
