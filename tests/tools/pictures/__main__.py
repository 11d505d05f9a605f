"""Take the pictures of the documented processes and write their pages: `./run pictures [--check] [ID ...]`.

Without ids, of every folder of `processes/` that has changed since its pictures were taken here, so that what was broken
off goes on where it stood. With ids, of these, whatever was taken before. `--check` takes none: it says what is missing
and which pages are not what would be written now, and fails if there is anything.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import time

from playwright.sync_api import Browser, sync_playwright

from engine.scenarios.run import Suite, open_suite
from tests.tools.pictures.camera import Camera
from tests.tools.pictures.contents import DOCS, PROCESSES, ROOT, Contents, folders, read_contents
from tests.tools.pictures.pages import differing, write_pages
from tests.tools.pictures.samples import Enough, Moment, chosen, play
from tests.tools.pictures.stage import Stage, staged

TAKEN = ROOT / ".krabuan" / "pictures.json"


def main(arguments: list[str]) -> int:
    """The exit status: 1 when something is missing."""
    parser = argparse.ArgumentParser(prog="./run pictures", description=__doc__)
    parser.add_argument("--check", action="store_true", help="take no picture, say what is missing")
    parser.add_argument("ids", nargs="*", metavar="ID", help="a folder of processes/")
    asked = parser.parse_args(arguments)
    every = [read_contents(folder) for folder in folders()]
    if not asked.check:
        taken = read_taken()
        wanted = [c for c in every if (c.id in asked.ids if asked.ids else taken.get(c.id) != c.digest() or missing(c))]
        if wanted:
            take(wanted)
        write_pages(every)
    wrong = [f"no picture {c.id}/{name}" for c in every for name in missing(c)]
    wrong += [f"not as it would be written now: {page.relative_to(ROOT)}" for page in differing(every)]
    print("\n".join(wrong) or "every diagram and every form has its picture, every page is as it would be written now")
    return 1 if wrong else 0


def missing(contents: Contents) -> list[str]:
    """The pictures that are not there."""
    return [name for name in contents.pictures if not (DOCS / contents.id / name).is_file()]


def read_taken() -> dict[str, str]:
    """By folder, the digest of what its pictures were taken of on this machine."""
    return json.loads(TAKEN.read_text(encoding="utf-8")) if TAKEN.is_file() else {}


def take(wanted: list[Contents]) -> None:
    """Take the pictures of these folders, one after the other, and note each that is done."""
    suite = open_suite(PROCESSES)
    arguments = ["--disable-dev-shm-usage", "--disable-gpu", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    browser_path = os.environ.get("KRABUAN_CHROMIUM") or shutil.which("chromium")
    try:
        with staged() as stage, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=browser_path, args=arguments)
            for contents in wanted:
                take_one(suite, stage, browser, contents)
                TAKEN.write_text(
                    json.dumps({**read_taken(), contents.id: contents.digest()}, indent=1), encoding="utf-8"
                )
            browser.close()
    finally:
        suite.close()


def take_one(suite: Suite, stage: Stage, browser: Browser, contents: Contents) -> None:
    """The diagrams, then each form where a scenario fills it in well; what is no longer there goes."""
    began, folder = time.monotonic(), DOCS / contents.id
    folder.mkdir(parents=True, exist_ok=True)
    wanted = chosen(suite.scenarios[contents.id], contents)
    files = {form.id: folder / form.picture for form in contents.forms}
    camera = Camera(browser, stage)
    for number, scenario in enumerate(suite.scenarios[contents.id]):
        if number == 0:
            camera.diagrams(contents, suite.template.world(scenario.at), folder)
        left = wanted.get(scenario.file, {})

        def look(moment: Moment, left: dict[str, int] = left) -> None:
            if left.get(moment.form) == moment.step:
                camera.form(moment, files[moment.form])
                del left[moment.form]
            if not left:
                raise Enough

        if left:
            play(suite, scenario, contents, look)
    camera.close()
    for file in folder.glob("*"):
        if file.name not in contents.pictures:
            file.unlink()
    print(f"{contents.id}: {len(contents.pictures)} pictures in {time.monotonic() - began:.0f} s", flush=True)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
