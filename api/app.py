"""The application factory: the only wiring of the HTTP service."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING

from flask import Flask, Request, Response, current_app, g, render_template, request
from werkzeug.wsgi import get_content_length

from api.answers import to_json
from api.blueprint import LARGEST_JSON, KeyConverter
from api.description import describe
from api.identity import Authenticator, PasswordChangeRequired, SecondFactorRequired
from api.limits import Limits, count_account
from api.problems import register_problems
from api.providers import Provider
from api.resources import BLUEPRINTS
from api.routing import OneWayRule
from api.runtime import Runtime
from api.site import register_site
from api.watching.page import register_metrics
from api.watching.probes import register_probes
from engine.errors import Forbidden
from engine.policy.permissions import in_scope
from engine.ports import Scanner

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

    from api.oidc import RelyingParty

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
        "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}

# what the API answers is no page, and may load and embed nothing if a browser takes it for one
_API_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

# what is open to somebody who must have a second factor and has none: signing out, who one is, and enrolling
_TO_ENROL = ("session:open", "second-factor:manage")
_TO_CHANGE = ("session:open", "password:change")


class _Request(Request):
    """Uploads are read into memory, which their limit bounds: no temporary file is ever left on the disk. A body that
    ends before its announced length is refused: its sender died, and less than was meant must not be done."""

    def __init__(self, environ: WSGIEnvironment, populate_request: bool = True, shallow: bool = False) -> None:
        # the server says that its stream ends by itself; so it does when its sender is cut off
        if get_content_length(environ) is not None:
            environ.pop("wsgi.input_terminated", None)
        super().__init__(environ, populate_request, shallow)

    def _get_file_stream(self, *_about: object, **_more: object) -> IO[bytes]:
        return io.BytesIO()


def create_app(
    runtime: Runtime,
    site: Path | None = None,
    providers: Sequence[Provider] = (),
    limits: Limits | None = None,
    scanner: Scanner | None = None,
    second_factor: frozenset[str] = frozenset(),
) -> Flask:
    """The service over `runtime`; `site` is the folder of the built front end (default: the package's own). Without
    `limits` everybody may ask as often as they like; without `scanner` files are not looked at for viruses. Who has a
    role of `second_factor` must have a second factor."""
    app = Flask("api", static_folder=None)
    app.request_class = _Request
    app.url_rule_class = OneWayRule
    app.config.update(
        MAX_CONTENT_LENGTH=LARGEST_JSON,
        MAX_FORM_MEMORY_SIZE=1 << 20,
        MAX_FORM_PARTS=1_000,
    )
    app.url_map.strict_slashes = False  # clients do not follow redirects
    app.url_map.merge_slashes = False
    app.url_map.converters["key"] = KeyConverter
    app.extensions["krabuan"] = runtime
    app.extensions["krabuan-authenticator"] = Authenticator(runtime, second_factor)
    app.extensions["krabuan-scanner"] = scanner
    app.extensions["krabuan-providers"] = _parties(runtime, providers) if providers else {}
    register_problems(app)
    runtime.watch.register(app, runtime)
    if limits is not None:
        limits.register(app)
    app.before_request(_let_in)
    app.after_request(_add_headers)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.add_url_rule("/v2/openapi.json", "openapi", get_openapi)
    app.add_url_rule("/v2/docs", "docs", get_docs)
    register_probes(app, runtime)
    register_metrics(app, runtime.watch.metrics)
    register_site(app, site or Path(__file__).parent / "static")
    return app


def _parties(runtime: Runtime, providers: Sequence[Provider]) -> dict[str, RelyingParty]:
    # what speaks to providers takes 8 MiB, which a service without them does without
    from api.oidc import RelyingParty

    return {provider.id: RelyingParty(provider, lambda: runtime.clock.now().timestamp()) for provider in providers}


def get_openapi() -> Response:
    """The description of the API."""
    return Response(to_json(describe()), content_type="application/json")


def get_docs() -> Response:
    """The same as a page."""
    page = Response(render_template("docs.html", api=describe()), content_type="text/html; charset=utf-8")
    page.headers["Content-Security-Policy"] = f"{_API_POLICY}; style-src 'unsafe-inline'"  # its own, in its head
    return page


for _view in (get_openapi, get_docs):
    _view.krabuan_public = True  # type: ignore[attr-defined]


def _let_in() -> None:
    """Find out who asks, before anything else; only what is declared public goes without.

    A token that was made for some permissions opens the operations that need one of them, and no other: neither those
    that change something nor those that read.
    """
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None or getattr(view, "krabuan_public", False):
        return
    authenticator: Authenticator = current_app.extensions["krabuan-authenticator"]
    g.identity = authenticator.identify(request)
    count_account()
    permission = getattr(view, "krabuan_permission", None)
    if g.identity.must_change and permission not in _TO_CHANGE:
        raise PasswordChangeRequired(changeAt="/v2/authentication/me/password")
    if g.identity.must_enrol and not g.identity.must_change and permission not in _TO_ENROL:
        raise SecondFactorRequired(enrolAt="/v2/authentication/me/second-factor")
    if not in_scope(g.identity.actor, permission or ""):
        raise Forbidden(permission=permission)


def _add_headers(response: Response) -> Response:
    if request.path.startswith(("/v2", "/oauth")):
        response.headers.setdefault("Content-Security-Policy", _API_POLICY)
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    if request.path.startswith("/v2"):
        runtime: Runtime = current_app.extensions["krabuan"]
        response.headers["X-Krabuan-Time"] = (
            runtime.clock.now().isoformat(timespec="milliseconds").replace("+00:00", "Z")
        )
        response.headers.setdefault("Cache-Control", "no-store")
    return response
