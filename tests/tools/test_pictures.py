"""The pictures of the documented processes: which moment is pictured, what is laid out there, what the pages say."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import httpx
import pytest
from PIL import Image
from playwright.sync_api import Page

from engine.scenarios.reading import Scenario, read_scenario
from engine.scenarios.run import Suite, open_suite
from tests.house.sources import ROOT
from tests.tools.pictures import filling
from tests.tools.pictures.camera import AIR, size_of, write
from tests.tools.pictures.contents import Contents, read_contents
from tests.tools.pictures.pages import pages_of
from tests.tools.pictures.samples import Enough, Moment, chosen, laid_over, play
from tests.tools.pictures.stage import credentials, staged

EXAMPLE = ROOT / "docs" / "examples" / "room-request" / "processes"


@pytest.fixture(scope="module")
def contents() -> Contents:
    """The example of the tutorial: a request, a decision, the preparation of the room."""
    return read_contents("room-request", EXAMPLE)


@pytest.fixture(scope="module")
def suite() -> Iterator[Suite]:
    opened = open_suite(EXAMPLE)
    yield opened
    opened.close()


def scenario(folder: Path, file: str, *lines: str) -> Scenario:
    """A scenario of the example with these steps."""
    text = "\n".join(
        (
            "title: {th: ก, en: A}",
            "process: room-request",
            'at: "2026-04-10T09:00:00+07:00"',
            "start: {as: staff1, data: {subject: ประชุม, people: 12}}",
            "steps:",
            *lines,
        )
    )
    (folder / file).write_text(text, encoding="utf-8")
    return read_scenario(folder / file)


def test_every_form_of_a_folder_is_known_with_the_tasks_that_show_it(contents: Contents) -> None:
    assert [form.id for form in contents.forms] == [
        "room-request.request",
        "room-request.decision",
        "room-request.prepare",
    ]
    assert next(words.en for form in contents.forms for words in form.names).startswith("Start: ")
    assert all(words.th and words.en for form in contents.forms for words in form.names)


def test_the_moment_that_fills_in_the_most_is_chosen(contents: Contents, tmp_path: Path) -> None:
    poor = scenario(tmp_path, "a.yaml", "  - {task: Task_Decide, as: a1, data: {decision: grant}}")
    rich = scenario(tmp_path, "b.yaml", "  - {task: Task_Decide, as: a1, data: {decision: refuse, reason: เต็ม}}")
    assert chosen([poor, rich], contents) == {"b.yaml": {"room-request.request": 0, "room-request.decision": 1}}


def test_what_is_refused_is_no_sample(contents: Contents, tmp_path: Path) -> None:
    step = "  - {task: Task_Decide, as: a1, data: {decision: refuse, reason: เต็ม}, refused: form-invalid}"
    good = "  - {task: Task_Decide, as: a1, data: {decision: grant}}"
    one = scenario(tmp_path, "a.yaml", step, good)
    assert chosen([one], contents)["a.yaml"]["room-request.decision"] == 2


def test_what_is_filled_in_lies_over_what_is_seen() -> None:
    seen = [{"name": "ก", "note": "เดิม"}, {"name": "ข"}]
    assert laid_over(seen, [{}, {"note": "ใหม่"}, {"name": "ค"}]) == [
        *seen[:1],
        {"name": "ข", "note": "ใหม่"},
        {"name": "ค"},
    ]
    assert laid_over(seen, [{"note": "ใหม่"}]) == [{"name": "ก", "note": "ใหม่"}]
    assert laid_over("เดิม", "ใหม่") == "ใหม่"


def test_what_is_asked_in_a_group_is_found_under_the_path_of_the_group(monkeypatch: pytest.MonkeyPatch) -> None:
    filled: list[tuple[str, str]] = []
    monkeypatch.setattr(filling, "_field", lambda page, field, value, row: filled.append((field["key"], value)))
    number = {"type": "textfield", "id": "f", "key": "number"}
    form = {"components": [{"type": "group", "path": "letter", "components": [number]}, number]}
    filling.fill_in(cast(Page, None), form, {"letter": {"number": "กษ ๑"}, "number": "๒"})
    assert filled == [("number", "กษ ๑"), ("number", "๒")]


def test_a_pause_shows_the_claimed_task_with_its_draft(suite: Suite, contents: Contents) -> None:
    granted = next(each for each in suite.scenarios["room-request"] if each.file == "granted.yaml")
    told = []

    def look(moment: Moment) -> None:
        if moment.task is None:
            return
        stage.show(moment.world)
        ask = {"base_url": stage.base, "headers": credentials(moment.account)}
        with httpx.Client(**ask) as client:
            task = client.get(f"/v2/user-tasks/{moment.task}").json()
            draft = client.get(f"/v2/user-tasks/{moment.task}/draft").json()
        told.append((moment.form, task["assignee"], draft["variables"]))
        raise Enough

    with staged() as stage:
        play(suite, granted, contents, look)
    assert told == [("room-request.decision", "general_office_head1", {"decision": "grant"})]


def test_a_page_names_and_shows_everything_in_two_languages(contents: Contents) -> None:
    pages = {page.name: text for page, text in pages_of([contents]).items()}
    page = pages["room-request.md"]
    shown = re.findall(r"!\[[^]]+ / [^]]+\]\(room-request/([^)]+)\)", page)
    assert shown == contents.pictures
    assert contents.entry.name in page
    assert f"*{contents.entry.name_en}*" in page
    assert f"[{contents.entry.name}](room-request.md) | {contents.entry.name_en} | 1 | 3 |" in pages["README.md"]


def test_a_picture_keeps_its_size_and_its_plain_colours(tmp_path: Path) -> None:
    drawn, png = Image.new("RGB", (300, 40), "white"), io.BytesIO()
    drawn.paste((194, 84, 0), (10, 10, 200, 30))
    drawn.save(png, "PNG")
    write(png.getvalue(), tmp_path / "a.webp")
    with Image.open(tmp_path / "a.webp") as kept:
        assert kept.size == (300, 40)
        assert (kept.getpixel((5, 5)), kept.getpixel((50, 20))) == ((255, 255, 255), (194, 84, 0))


def test_a_diagram_gets_the_room_it_needs(contents: Contents, tmp_path: Path) -> None:
    before = size_of(contents.diagrams[0].file)
    text = contents.diagrams[0].file.read_text(encoding="utf-8")
    moved = re.sub(r'(<dc:Bounds x=")[\d.]+(")', r"\g<1>-9700\2", text, count=1)
    (tmp_path / "moved.bpmn").write_text(moved, encoding="utf-8")
    assert size_of(tmp_path / "moved.bpmn")[0] > before[0] + 9_700 - AIR
