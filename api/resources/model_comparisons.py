"""Two versions of a process, deployed or in a draft, compared in words and, if wanted, with their diagrams."""

from __future__ import annotations

from typing import Any

from api.blueprint import Room
from api.context import read, runtime
from api.schemas.model_comparisons import ModelComparison, ModelComparisonBody
from api.views import optional_key
from engine.commands.checking import check_resources
from engine.commands.deploy import known_in
from engine.commands.draft_sources import files_of_version
from engine.commands.publish_model_draft import resources_of
from engine.comparison import Difference, Side, compare, diagrams
from engine.errors import InvalidArgument
from engine.model.manual import Words
from engine.queries.directory import group_names
from engine.queries.model_drafts import get_files

blp = Room("model comparisons", __name__, url_prefix="/v2", description="What differs between versions of a process")
MOST = 2_000  # changes


@blp.operation("POST", "/model-comparisons", permission="definition:read", body=ModelComparisonBody,
               returns=ModelComparison, errors=(404,))  # fmt: skip
def compare_models(body: dict[str, Any]) -> Any:
    """What differs between two versions; a draft that one may not edit is not found."""
    before, after = _side(body["before"]), _side(body["after"])
    names = read(group_names)
    found = compare(before, after, lambda key: names.get(key, Words()))
    return {
        "changes": [_told(difference) for difference in found.differences[:MOST]],
        "moreChanges": max(0, len(found.differences) - MOST),
        "unreadable": found.unreadable,
        "diagrams": diagrams(before, after) if body["diagrams"] else [],
    }


def _side(wanted: dict[str, Any]) -> Side:
    """The files of a side and what is read of them. Raises InvalidArgument, NotFound."""
    process_id, draft_key = wanted["processDefinitionId"], optional_key(wanted, "draftKey")
    by_id, by_draft = process_id is not None, draft_key is not None
    if by_id == by_draft or wanted["version" if by_draft else "revision"] is not None:
        raise InvalidArgument("a side is processDefinitionId with version, or draftKey with revision")
    if by_draft:
        files = read(get_files, draft_key, wanted["revision"])
    with runtime().database.read() as db:
        definitions = runtime().bus.services.definitions
        if by_id:
            _, files = files_of_version(db, definitions, process_id, wanted["version"])
        resources = resources_of(files)
        return resources, check_resources(resources, known_in(db, definitions, runtime().clock.now()))


def _told(difference: Difference) -> dict[str, Any]:
    subject, change = difference.subject, difference.change
    return {
        "part": subject.part, "processDefinitionId": subject.process_id, "id": subject.id,
        "title": {"th": subject.title.th, "en": subject.title.en}, "code": change.code, "kind": change.kind,
        "severity": "WARNING" if change.warning else "INFO", "message": {"th": change.said.th, "en": change.said.en},
    }  # fmt: skip
