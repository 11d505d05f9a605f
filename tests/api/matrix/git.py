"""The rows of the matrix about the Git source and about patterns: what drafts are made of."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from engine.adapters.git import GitFolder
from tests.api.matrix.cells import OWNER, OWNERS, Row, search
from tests.api.world import DIAGRAM, PROCESS
from tests.repositories import Repository

MAIN = "main"


def git_source(folder: Path) -> tuple[GitFolder, str]:
    """A repository with one commit of the process, and the id of the commit."""
    made = Repository(folder)
    return GitFolder(folder), made.commit({f"processes/{PROCESS}/order.bpmn": DIAGRAM.read_bytes()})


def _commits(_place: Any) -> dict[str, Any]:
    return {"filter": {"reference": MAIN, "processDefinitionId": PROCESS}}


def _draft(place: Any) -> dict[str, Any]:
    return {"reference": MAIN, "commitId": place.commit, "processDefinitionId": PROCESS, "name": "draft"}


READS = (
    Row("GET /model-patterns", OWNERS, of_case=False),
    Row("GET /git-source", OWNERS, of_case=False),
    search("/git-source/processes", OWNER, of_case=False, json=lambda _: {"filter": {"reference": MAIN}}),
    search("/git-source/commits", OWNER, of_case=False, json=_commits),
)
CHANGES = (
    Row("POST /git-source/drafts", OWNER, of_case=False, json=_draft),
    Row("POST /model-drafts/{key}/files/pattern", OWNER, "draft", of_case=False,
        json=lambda _: {"path": "order.bpmn", "revision": 1, "elementId": "Flow_1", "patternId": "second-eyes"}),
)  # fmt: skip
