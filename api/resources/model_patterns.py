"""Common patterns of processes: listed, and put into diagrams of drafts."""

from __future__ import annotations

from typing import Any

from api.blueprint import Room
from api.context import read, run
from api.schemas.model_drafts import DraftWritten
from api.schemas.model_patterns import DraftPatternBody, ModelPatterns
from engine.commands.insert_pattern import inserted
from engine.commands.pattern_texts import PATTERNS
from engine.commands.write_draft_file import DiagramUndrawable, WriteDraftFile
from engine.layout import LayoutError, layout
from engine.queries.model_drafts import EDIT, get_file, may_begin

blp = Room("model patterns", __name__, url_prefix="/v2", description="Common patterns, to be put into diagrams")


@blp.operation("GET", "/model-patterns", permission=EDIT, returns=ModelPatterns)
def get_all() -> Any:
    """The patterns that there are."""
    read(may_begin)
    shown = [
        {"patternId": each.id, "name": {"th": each.th, "en": each.en},
         "description": {"th": each.about_th, "en": each.about_en}}
        for each in PATTERNS.values()
    ]  # fmt: skip
    return {"patterns": shown}


@blp.operation("POST", "/model-drafts/<key:key>/files/pattern", permission=EDIT, body=DraftPatternBody,
               returns=DraftWritten, errors=(404, 409))  # fmt: skip
def put_in(body: dict[str, Any], key: int) -> Any:
    """Put a pattern into a sequence flow of a diagram, and draw the diagram anew."""
    path, revision, pattern = body["path"], body["revision"], body["patternId"]
    content = read(get_file, key, path, str(revision))["content"].encode()
    whole = inserted(content, body["elementId"], pattern)
    try:
        drawn = layout(whole)
    except LayoutError as error:
        raise DiagramUndrawable(f"{path}: {error}", path=path) from error
    return run(WriteDraftFile(key, path, drawn.decode(), revision, f"pattern {pattern}"))
