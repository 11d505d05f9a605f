"""Deployed files."""

from __future__ import annotations

from typing import Any

from flask import Response

from api.blueprint import Room
from api.context import read
from api.schemas.definitions import Resource, ResourceResult, ResourceSearch
from api.views import wanted
from engine.queries.resources import get_content, get_resource, search_resources

blp = Room("files", __name__, url_prefix="/v2/resources", description="What was deployed")
READ = "definition:read"
TEXT = {
    "application/json": {"schema": {"type": "object"}},
    "text/xml": {"schema": {"type": "string"}},
}
BYTES = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}


@blp.operation("POST", "/search", permission=READ, body=ResourceSearch, returns=ResourceResult)
def search(body: dict[str, Any]) -> Any:
    """Search deployed files: diagrams, decisions, forms."""
    return read(search_resources, wanted(body))


@blp.operation("GET", "/<key:key>", permission=READ, returns=Resource, errors=(404,))
def get_one(key: int) -> Any:
    """What a deployed file is."""
    return read(get_resource, key)


@blp.operation("GET", "/<key:key>/content/binary", permission=READ, returns=BYTES, errors=(404,))
def binary(key: int) -> Response:
    """What was deployed; of a form, the JSON that is shown (its parts filled in)."""
    return Response(read(get_content, key)[0].encode(), content_type="application/octet-stream")


@blp.operation("GET", "/<key:key>/content", permission=READ, returns=TEXT, errors=(404,))
def content(key: int) -> Response:
    """The same as text: a form's JSON, the XML of a diagram or of decisions."""
    text, kind = read(get_content, key)
    return Response(text.encode(), content_type=f"{kind}; charset=utf-8" if kind == "text/xml" else kind)
