"""What a browser loads for a page, in compressed bytes, against the budget of that page.

Who goes beyond a budget makes the page smaller, loads a part of it later, or says here why the page may weigh more.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.web.serving import ROOT

pytestmark = pytest.mark.browser
STATIC = ROOT / "api" / "static"
KIB = 1024
TEXTS = "src/i18n/th.ts"  # of the language that pages begin in
# page -> (what is loaded for it beside the entry, budget in KiB)
BUDGETS: dict[str, tuple[tuple[str, ...], int]] = {
    "sign-in": (("pages/signin/SignInPage",), 250),
    "inbox": (("pages/inbox/InboxPage",), 280),
    # the texts of all pages come with the first one, and there are more of them with each page
    "task, with its form and diagram": (("pages/task/TaskPage", "forms/FormView", "diagram/Diagram"), 600),
    "case, with its diagram": (("pages/case/CasePage", "diagram/Diagram"), 430),
    "modeler": (("pages/draft/DraftPage", "modeler/Modeler"), 480),
    # an expression's editor is fetched when one is shown
    "modeler, with an expression": (("pages/draft/DraftPage", "modeler/Modeler", "feel/FeelEditor"), 580),
    "form editor": (("pages/draft/DraftPage", "pages/draft/forms/OpenForm", "forms/FormView"), 540),
    "catalogue": (("pages/start/StartPage",), 270),
}


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    """What the build wrote of its parts: by source, the file, its style sheets and what it imports at once."""
    read: dict[str, Any] = json.loads((STATIC / ".vite" / "manifest.json").read_text(encoding="utf-8"))
    return read


def files(manifest: dict[str, Any], *sources: str) -> set[str]:
    """Everything that these parts need before they run."""
    waiting, seen, found = list(sources), set[str](), set[str]()
    while waiting:
        source = waiting.pop()
        if source not in seen:
            seen.add(source)
            part = manifest[source]
            found |= {part["file"], *part.get("css", ())}
            waiting += part.get("imports", ())
    return found


def weight(names: set[str]) -> int:
    return sum((STATIC / f"{name}.gz").stat().st_size for name in names)


@pytest.mark.parametrize("page", BUDGETS)
def test_a_page_keeps_within_its_budget(page: str, manifest: dict[str, Any]) -> None:
    parts, budget = BUDGETS[page]
    loaded = files(manifest, "index.html", TEXTS, *(f"src/{part}.tsx" for part in parts))
    heaviest = sorted(loaded, key=lambda name: -weight({name}))[:5]
    assert weight(loaded) <= budget * KIB, f"{weight(loaded) / KIB:.0f} KiB; the heaviest: {', '.join(heaviest)}"


def test_who_signs_in_loads_no_diagram_and_no_form(manifest: dict[str, Any]) -> None:
    loaded = files(manifest, "index.html", "src/pages/signin/SignInPage.tsx")
    late = {manifest[f"src/{part}.tsx"]["file"] for part in ("forms/FormView", "diagram/Diagram", "modeler/Modeler")}
    assert loaded.isdisjoint(late)
