"""What the documentation points to exists, and what it tells people to type is understood."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from api.cli import main
from tests.house.sources import ROOT, name

PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
_LINK = re.compile(r"\]\((?!https?://|#)([^)#\s]+)")
_COMMAND = re.compile(r"(?:^|[`/])krabuan ([a-z]+(?:-[a-z]+)*)", re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_lead_somewhere(page: Path) -> None:
    links = _LINK.findall(page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_page_is_reached_from_the_first() -> None:
    reached: set[Path] = set()
    waiting = [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in reached:
            continue
        reached.add(page)
        links = _LINK.findall(page.read_text(encoding="utf-8"))
        waiting += [(page.parent / link).resolve() for link in links if link.endswith(".md")]
    assert [name(page) for page in PAGES if page not in reached] == []


def test_the_commands_that_pages_name_are_there(capsys: pytest.CaptureFixture[str]) -> None:
    named = {command for page in PAGES for command in _COMMAND.findall(page.read_text(encoding="utf-8"))}
    with pytest.raises(SystemExit):
        main(["--help"])
    offered = set(re.findall(r"^    ([\w-]+)\s", capsys.readouterr().out, re.MULTILINE))
    assert {"serve", "deploy"} <= named
    assert named <= offered
