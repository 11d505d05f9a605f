"""The application factory: the only wiring of the HTTP service."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, g, request
from flask_smorest import Api

from api.answers import to_json
from api.blueprint import LARGEST_JSON, KeyConverter
from api.identity import Authenticator
from api.problems import register_problems
from api.resources import BLUEPRINTS
from api.runtime import Runtime
from api.schemas.base import KEY_PATTERN, Problem
from api.site import register_site
from api.version import VERSION

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
        "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
_SECURITY = {
    "basic": {"type": "http", "scheme": "basic"},
    "bearer": {"type": "http", "scheme": "bearer"},
    "session": {"type": "apiKey", "in": "cookie", "name": "krabuan_session"},
}


def create_app(runtime: Runtime, site: Path | None = None) -> Flask:
    """The service over `runtime`; `site` is the folder of the built front end (default: the package's own)."""
    app = Flask("api", static_folder=None)
    app.config.update(
        MAX_CONTENT_LENGTH=LARGEST_JSON,
        MAX_FORM_MEMORY_SIZE=1 << 20,
        MAX_FORM_PARTS=1_000,
        API_TITLE="Krabuan",
        API_VERSION=VERSION,
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX=None,
    )
    app.url_map.strict_slashes = False  # clients do not follow redirects
    app.url_map.merge_slashes = False
    app.url_map.converters["key"] = KeyConverter
    app.extensions["krabuan"] = runtime
    app.extensions["krabuan-authenticator"] = Authenticator(runtime)
    register_problems(app)
    app.before_request(_let_in)
    app.after_request(_add_headers)
    _register_operations(app)
    register_site(app, site or Path(__file__).parent / "static")
    return app


class _Api(Api):  # type: ignore[misc]  # flask-smorest publishes no types
    """flask-smorest with our problem document as the shape of errors."""

    ERROR_SCHEMA = Problem

    def _register_error_handlers(self) -> None:
        """Leave errors to api/problems.py."""


def _register_operations(app: Flask) -> None:
    described = {"info": {"description": "Camunda 8 Orchestration Cluster REST API, with Krabuan's extensions."}}
    security: list[dict[str, list[str]]] = [{name: []} for name in _SECURITY]
    api = _Api(app, spec_kwargs={**described, "servers": [{"url": "/"}], "security": security})
    api.register_converter(KeyConverter, lambda _converter: {"type": "string", "pattern": KEY_PATTERN})
    for name, scheme in _SECURITY.items():
        api.spec.components.security_scheme(name, scheme)
    for blueprint in BLUEPRINTS:
        api.register_blueprint(blueprint)
    made: list[dict[str, Any]] = []

    def described_api() -> dict[str, Any]:
        if not made:
            made.append(api.spec.to_dict())
        return made[0]

    app.extensions["krabuan-openapi"] = described_api

    def get_openapi() -> Response:
        return Response(to_json(described_api()), content_type="application/json")

    get_openapi.krabuan_public = True  # type: ignore[attr-defined]
    app.add_url_rule("/v2/openapi.json", "openapi", get_openapi)


def _let_in() -> None:
    """Find out who asks, before anything else; only what is declared public goes without."""
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None or getattr(view, "krabuan_public", False):
        return
    authenticator: Authenticator = current_app.extensions["krabuan-authenticator"]
    g.identity = authenticator.identify(request)


def _add_headers(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if request.path.startswith("/v2"):
        runtime: Runtime = current_app.extensions["krabuan"]
        response.headers["X-Krabuan-Time"] = runtime.clock.now().isoformat(timespec="milliseconds").replace(
            "+00:00", "Z"
        )
        response.headers.setdefault("Cache-Control", "no-store")
    return response
