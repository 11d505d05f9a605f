"""What a case may know at an element of a draft's diagram: offered to who writes an expression there."""

from __future__ import annotations

from typing import Any

from api.blueprint import Room
from api.context import read, runtime
from api.schemas.model_drafts import KnownVariables, KnownVariablesBody
from engine.commands.checking import check_resources
from engine.commands.deploy import known_in
from engine.commands.known_variables import KnownVariable, known_at
from engine.commands.publish_model_draft import resources_of
from engine.errors import NotFound
from engine.queries.model_drafts import EDIT, get_files

blp = Room("model variables", __name__, url_prefix="/v2", description="What expressions of a draft may speak of")


@blp.operation("POST", "/model-drafts/<key:key>/variables", permission=EDIT, body=KnownVariablesBody,
               returns=KnownVariables, errors=(404,))  # fmt: skip
def variables(body: dict[str, Any], key: int) -> Any:
    """The variables that a case may know at an element, from what is written upstream of it."""
    files, element_id = read(get_files, key), body["elementId"]
    with runtime().database.read() as db:
        known = known_in(db, runtime().bus.services.definitions, runtime().clock.now())
        found = known_at(check_resources(resources_of(files), known), known, element_id)
    if found is None:
        raise NotFound(draftKey=str(key), elementId=element_id)
    return {"variables": [_told(one) for one in found]}


def _told(one: KnownVariable) -> dict[str, Any]:
    return {
        "name": one.name, "type": one.type, "label": {"th": one.label.th or None, "en": one.label.en or None},
        "sourceElementId": one.source_id, "source": {"th": one.source.th, "en": one.source.en}, "own": one.own,
    }  # fmt: skip
