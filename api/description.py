"""The description of the API (OpenAPI 3.1), made from the operations when it is first asked for."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from flask import Flask
from flask_smorest import Api

from api.blueprint import PROBLEM, KeyConverter
from api.resources import BLUEPRINTS
from api.schemas.base import KEY_PATTERN, Problem
from api.version import VERSION

SECURITY = {
    "basic": {"type": "http", "scheme": "basic"},
    "bearer": {"type": "http", "scheme": "bearer"},
    "session": {"type": "apiKey", "in": "cookie", "name": "krabuan_session"},
}
_TEXT = """The Camunda 8 Orchestration Cluster REST API for what it covers, the same style for what it lacks.
Each operation names the permission it needs (`x-permission`). Reads of one task or case carry an `ETag`; commands
take `If-Match` and `Idempotency-Key`. With the header `X-On-Behalf-Of: <username>` a request is made in the name of an
absent person, as whose substitute one is entered (`/v2/substitutions`). Errors are problem documents (RFC 9457)."""


class _Api(Api):  # type: ignore[misc]  # flask-smorest publishes no types
    """flask-smorest with our problem document as the shape of errors."""

    ERROR_SCHEMA = Problem

    def _register_error_handlers(self) -> None:
        """Leave errors to api/problems.py."""


@lru_cache(maxsize=1)
def describe() -> dict[str, Any]:
    """The whole document. Every operation lists its permission, null for those that anybody may call."""
    app = Flask("description", static_folder=None)
    app.config.update(API_TITLE="Krabuan", API_VERSION=VERSION, OPENAPI_VERSION="3.1.0", OPENAPI_URL_PREFIX=None)
    app.url_map.converters["key"] = KeyConverter
    security: list[dict[str, list[str]]] = [{name: []} for name in SECURITY]
    options = {"info": {"description": _TEXT}, "servers": [{"url": "/"}], "security": security}
    api = _Api(app, spec_kwargs=options)
    api.register_converter(KeyConverter, lambda _converter: {"type": "string", "pattern": KEY_PATTERN, "maxLength": 25})
    said = {"description": "Problem", "content": {"application/problem+json": {"schema": Problem}}}
    api.spec.components.response(PROBLEM, said)
    for name, scheme in SECURITY.items():
        api.spec.components.security_scheme(name, scheme)
    for blueprint in BLUEPRINTS:
        api.register_blueprint(blueprint)
    described: dict[str, Any] = api.spec.to_dict()
    return described
