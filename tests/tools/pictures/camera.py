"""Chromium in front of the stage: the form and the diagram as the application draws them, as small WebP files."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

from lxml import etree
from PIL import Image
from playwright.sync_api import Browser, Locator, Route

from engine.scenarios.world import World
from tests.tools.pictures.contents import Contents, Diagram
from tests.tools.pictures.filling import fill_in
from tests.tools.pictures.samples import Moment
from tests.tools.pictures.stage import Stage, credentials
from tests.web.used import used

WIDTH = 1280  # pixels of a page with a form: a desk, where forms have columns
AIR = 90  # pixels around a diagram; the mark of bpmn.io stands in them
WAIT = 60_000
COLOURS = 48

# Only the form, or the whole diagram in its own size: nothing of the page lies over it.
STYLE = """
header { position: static !important; }
.form-view { padding: 12px; background: #fff; }
.task-columns ~ * { display: none; }
.diagram { position: fixed !important; inset: 0; z-index: 99; border: 0 !important; background: #fff; }
.diagram-canvas { width: 100vw; height: 100vh !important; max-height: none !important; }
.diagram-buttons { display: none !important; }
"""
TWO_FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
STYLED = """
addEventListener('DOMContentLoaded', () => {
  document.head.append(Object.assign(document.createElement('style'), { textContent: %s }));
});
"""
SETTLED = """
() => {
  const form = document.querySelector('.form-view .fjs-form');
  if (!form || !form.querySelector('.fjs-form-field, .fjs-element')) return false;
  const now = `${form.innerText.length} ${form.getBoundingClientRect().height}`;
  const before = window.krabuanSeen ?? ['', 0];
  window.krabuanSeen = before[0] === now ? [now, before[1] + 1] : [now, 0];
  return window.krabuanSeen[1] > 4;
}
"""


class Camera:
    """Takes pictures of what a stage shows."""

    def __init__(self, browser: Browser, stage: Stage) -> None:
        self._stage = stage
        self._context = browser.new_context(
            base_url=stage.base,
            locale="th-TH",
            timezone_id="Asia/Bangkok",
            reduced_motion="reduce",
        )
        self._context.set_default_timeout(WAIT)
        used(self._context)
        # nothing changes while a scenario pauses, and a stream would outlive its world
        self._context.route("**/v2/events**", _refuse)
        # beside the form, a task's page draws the whole diagram
        self._context.route("**/v2/process-definitions/*/xml", self._xml)
        self._drawing = False
        self._context.add_init_script(STYLED % json.dumps(STYLE))
        self._page = self._context.new_page()

    def form(self, moment: Moment, file: Path) -> None:
        """The form of a claimed task with its draft, or a start form filled in."""
        page = self._page
        self._stage.show(moment.world)
        page.set_viewport_size({"width": WIDTH, "height": 1000})
        page.set_extra_http_headers(credentials(moment.account))
        if moment.task is not None:
            page.goto(f"/tasks/{moment.task}")
            page.wait_for_function(SETTLED, polling=50)
        else:
            key = self._stage.definition(moment.process)
            page.goto(f"/start/{key}")
            page.wait_for_function(SETTLED, polling=50)
            fill_in(page, self._start_form(key, moment.account), moment.data)
            page.evaluate("document.activeElement.blur()")
        self._keep(page.locator(".form-view"), file)
        page.goto("about:blank")

    def diagrams(self, contents: Contents, world: World, folder: Path) -> None:
        """Each diagram of a folder, as this world has it deployed."""
        self._stage.show(world)
        self._drawing = True
        for diagram in contents.diagrams:
            self._diagram(diagram, folder / diagram.picture)
        self._drawing = False

    def close(self) -> None:
        """End the browser's context."""
        self._context.close()

    def _diagram(self, diagram: Diagram, file: Path) -> None:
        """The whole diagram in its own size."""
        page = self._page
        width, height = size_of(diagram.file)
        page.set_viewport_size({"width": width, "height": height})
        page.set_extra_http_headers(credentials("owner"))
        page.goto(f"/processes/{self._stage.definition(diagram.processes[0].id)}")
        page.locator(".djs-shape").first.wait_for()
        page.evaluate("document.fonts.ready")
        page.evaluate(TWO_FRAMES)
        write(page.locator(".diagram").screenshot(), file)
        page.goto("about:blank")

    def _xml(self, route: Route) -> None:
        if self._drawing:
            route.continue_()
        else:
            route.abort()

    def _start_form(self, definition: int, account: str) -> Any:
        """The form with its reusable parts in it, as the page gets it."""
        answer = self._context.request.get(f"/v2/process-definitions/{definition}/form", headers=credentials(account))
        schema = answer.json()["schema"]
        return json.loads(schema) if isinstance(schema, str) else schema

    def _keep(self, what: Locator, file: Path) -> None:
        """Make the window as high as the page, so that nothing is scrolled, and keep the picture."""
        page = self._page
        page.evaluate("document.fonts.ready")
        height = int(page.evaluate("document.documentElement.scrollHeight"))
        page.set_viewport_size({"width": WIDTH, "height": min(max(height, 400), 15_000)})
        write(what.screenshot(animations="disabled"), file)


def write(png: bytes, file: Path) -> None:
    """Keep a picture in few colours, without loss."""
    with Image.open(io.BytesIO(png)) as picture:
        few = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        few.convert("RGB").save(file, "WEBP", lossless=True, method=4, quality=80)


def size_of(file: Path) -> tuple[int, int]:
    """Width and height in pixels that the drawing of a BPMN file needs, with air around it."""
    tree = etree.parse(file)
    points = [(float(p.get("x")), float(p.get("y"))) for p in tree.iter("{*}waypoint")]
    boxes = [[float(b.get(name)) for name in ("x", "y", "width", "height")] for b in tree.iter("{*}Bounds")]
    points += [(x, y) for x, y, _, _ in boxes] + [(x + w, y + h) for x, y, w, h in boxes]
    xs, ys = zip(*points, strict=True)
    return round((max(xs) - min(xs)) / 0.97) + AIR, round((max(ys) - min(ys)) / 0.97) + AIR


def _refuse(route: Route) -> None:
    route.abort()
