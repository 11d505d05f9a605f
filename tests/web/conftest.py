"""One server and one browser for all browser tests; a context of its own for each person in each test."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    ViewportSize,
)

from tests.conftest import PATIENCE
from tests.repositories import Repository
from tests.web.office import PASSWORD, PROCESS, Office
from tests.web.serving import ROOT, served
from tests.web.used import used

RESULTS = ROOT / "test-results" / "web"
PHONE: ViewportSize = {"width": 360, "height": 740}
SCREEN: ViewportSize = {"width": 1280, "height": 900}

# What the browser says of the year of a date that is being typed, in a hidden control that only it fills in.
HALF_TYPED = "does not conform to the required format"

Enter = Callable[..., Page]


@pytest.fixture(scope="session")
def source(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """The Git source of the office, with the process of breaches as it is deployed."""
    made = Repository(tmp_path_factory.mktemp("git") / "processes.git")
    made.commit(content_of(PROCESS), "นำเข้ากระบวนงานครั้งแรก")
    return made


def content_of(process_id: str) -> dict[str, bytes]:
    """The files of a process by path, with all shared parts of forms."""
    folders = (f"processes/{process_id}", f"forms/{process_id}", "forms/shared")
    files = (file for folder in folders for file in (ROOT / folder).rglob("*") if file.is_file())
    return {file.relative_to(ROOT).as_posix(): file.read_bytes() for file in files}


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory, source: Repository) -> Iterator[Office]:
    """A demo office on SQLite, served by a process of its own on a clock that can be moved; with KRABUAN_OFFICE, a copy
    of the one that was left in that folder."""
    filled = Path(os.environ["KRABUAN_OFFICE"]) if "KRABUAN_OFFICE" in os.environ else None
    with served(tmp_path_factory.mktemp("office"), source=source.folder, filled=filled) as opened:
        yield opened


@dataclass
class Watch:
    """What no page may do: complain in its console, or ask any other host for anything.

    The browser itself writes a line for each refused request: a test says which refusals it provokes.
    """

    base: str
    refusals: set[int] = field(default_factory=set)
    cut: bool = False  # the test cuts the connection: requests that come to nothing are no complaint
    complaints: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        context.on("console", self._console)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        context.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        if HALF_TYPED in message.text:
            return
        refused = re.match(r"Failed to load resource: the server responded with a status of (\d+)", message.text)
        if refused and int(refused[1]) in self.refusals:
            return
        if self.cut and "net::ERR_" in message.text:
            return
        # asked a moment after the last entry, which may be just when the task is completed, or not one's own any more
        if refused and refused[1] in ("403", "409") and message.location["url"].endswith("/control-points/judgement"):
            return
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.type}: {message.text} ({message.location})")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((f"{self.base}/", "data:", "blob:")):
            self.complaints.append(f"request to {request.url}")


@pytest.fixture
def watch(office: Office) -> Iterator[Watch]:
    """Over all pages of a test; its complaints fail the test."""
    watching = Watch(office.base)
    yield watching
    assert watching.complaints == []


@pytest.fixture
def enter(browser: Browser, office: Office, watch: Watch, request: pytest.FixtureRequest) -> Iterator[Enter]:
    """`enter("dpo1", language="en", phone=True)`: a browser of this person, signed in; without a name, of nobody. One
    that knows the account already, unless it is the `first_day`."""
    contexts: list[BrowserContext] = []

    def open_page(
        account: str | None = None,
        path: str = "/",
        *,
        language: str = "th",
        phone: bool = False,
        theme: str | None = None,
        first_day: bool = False,
    ) -> Page:
        context = browser.new_context(
            base_url=office.base,
            viewport=PHONE if phone else SCREEN,
            locale="th-TH",
            timezone_id="Asia/Bangkok",
            reduced_motion="reduce",
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        watch.over(context)
        if not first_day:  # no tour begins by itself, and what an earlier test chose for the account stays there
            used(context, account)
        if language != "th":
            # pages without an origin of their own (the empty one at the start) have no storage
            context.add_init_script(f"location.host && localStorage.setItem('krabuan.language', '{language}')")
        if theme is not None:
            chosen = json.dumps(json.dumps({"theme": theme, "textSize": "100", "still": True}))
            context.add_init_script(f"location.host && localStorage.setItem('krabuan.appearance', {chosen})")
        if account is not None:
            answer = context.request.post("/v2/session", data={"username": account, "password": PASSWORD})
            assert answer.ok, answer.text()
        page = context.new_page()
        page.goto(path)
        return page

    yield open_page
    for number, context in enumerate(contexts):
        if request.node.stash.get(FAILED, False):
            for page in context.pages:
                shoot(page, f"failed-{request.node.name}-{number}")
        for page in context.pages:
            # a request that a route of the test still handles would fail whatever test comes next
            page.unroute_all(behavior="ignoreErrors")
        context.close()


FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Remember that a test failed: its pages are then kept as pictures."""
    report: Any = yield
    if report.when == "call" and report.failed:
        item.stash[FAILED] = True
    return report


def shoot(page: Page, name: str, full: bool = True) -> Path:
    """Keep a picture of the page under test-results/web/."""
    RESULTS.mkdir(parents=True, exist_ok=True)
    file = RESULTS / f"{re.sub(r'[^-a-zA-Z0-9_.]+', '-', name)}.png"
    page.screenshot(path=file, full_page=full)
    return file


def wear(page: Page, theme: str, size: int = 100) -> None:
    """From the next load on, the page is shown in this theme and with letters of this size in percent."""
    chosen = json.dumps({"theme": theme, "textSize": str(size), "still": False})
    page.evaluate("chosen => localStorage.setItem('krabuan.appearance', chosen)", chosen)
