"""What the exports of lists have in common: the language that is asked for, how much is found, the answer as a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Response, request

from api.csv_table import CSV, LANGUAGES
from engine.errors import InvalidArgument
from engine.queries.search import LARGEST_LIMIT, Search

TABLE: dict[str, Any] = {CSV: {"schema": {"type": "string"}}}  # what an operation returns


def one_of(name: str, values: Sequence[str]) -> str:
    """An argument of the address, the first of its values when it is missing. Raises InvalidArgument."""
    value = request.args.get(name, values[0])
    if value not in values:
        raise InvalidArgument(f"{name} is {' or '.join(values)}")
    return value


def language_asked() -> str:
    """"th" or "en". Raises InvalidArgument."""
    return one_of("language", LANGUAGES)


def largest(body: Mapping[str, Any]) -> Search:
    """The search of a body: as much as there may be on a page, if it is not said how much."""
    return Search(body["filter"], body["sort"], {"limit": LARGEST_LIMIT, **body["page"]})


def conditions(body: Mapping[str, Any]) -> str:
    """By what was searched, not for what: that may be somebody's name, and the audit log forgets nothing."""
    return ", ".join(sorted(body["filter"])) or "nothing"


def table_file(table: bytes, name: str) -> Response:
    """A table for spreadsheets, as a file `name`.csv."""
    response = Response(table, content_type=f"{CSV}; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
