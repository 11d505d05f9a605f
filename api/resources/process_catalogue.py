"""The catalogue of what one may start."""

from __future__ import annotations

from typing import Any

from api.blueprint import Room
from api.context import read
from api.schemas.process_catalogue import CatalogueEntry, CatalogueResult, CatalogueSearch
from api.views import diagram
from engine.queries.search import Search
from engine.reports.process_catalogue import get_entry, search_catalogue

blp = Room("process catalogue", __name__, url_prefix="/v2", description="What one may start, and what to know before")
READ = "definition:read"


@blp.operation("POST", "/process-catalogue/search", permission=READ, body=CatalogueSearch, returns=CatalogueResult)
def search(body: dict[str, Any]) -> Any:
    """Search what one may start."""
    return read(search_catalogue, diagram, Search(body["filter"], (), body["page"]))


@blp.operation("GET", "/process-catalogue/<key:key>", permission=READ, returns=CatalogueEntry, errors=(404,))
def get_one(key: int) -> Any:
    """What the catalogue says of one version of a process."""
    return read(get_entry, diagram, key)
