"""OAuth 2.0: tokens for clients of the API by their id and secret (RFC 6749, section 4.4), as the Camunda SDKs ask."""

from __future__ import annotations

from typing import Any

from flask import Response, request

from api.answers import JSON, to_json
from api.blueprint import Room
from api.bodies import whole_body
from api.context import runtime
from api.identity import ANONYMOUS
from api.schemas.credentials import IssuedToken, RefusedToken
from engine.commands.issue_token import InvalidScope, IssueToken
from engine.errors import EngineError, InvalidArgument, InvalidClient

blp = Room("oauth", __name__, url_prefix="/oauth", description="Tokens for clients")
LARGEST_FORM = 16 << 10
LONGEST_SCOPE = 8 << 10
_TEXT = {"type": "string"}
_FORM = {
    "required": True,
    "content": {
        "application/x-www-form-urlencoded": {
            "schema": {
                "type": "object",
                "required": ["grant_type"],
                "properties": {
                    "grant_type": {"type": "string", "enum": ["client_credentials"]},
                    "client_id": _TEXT,
                    "client_secret": _TEXT,
                    "scope": _TEXT,
                },
            }
        }
    },
}


class UnsupportedGrant(InvalidArgument):
    """The only grant is client_credentials."""

    code = "unsupported-grant-type"
    th = "รองรับ grant_type แบบ client_credentials เท่านั้น"


@blp.operation(
    "POST",
    "/token",
    permission=None,
    returns=IssuedToken,
    request_body=_FORM,
    refusals={400: RefusedToken, 401: RefusedToken},
)
def issue() -> Response:
    """A token that lasts an hour, for the id and the secret of a client: as HTTP Basic, or in the form.

    Other members of the form (the `audience` that SDKs send) are not looked at.
    """
    try:
        return _answer(200, _issued())
    except InvalidClient as error:
        return _refused(401, "invalid_client", error)
    except InvalidScope as error:
        return _refused(400, "invalid_scope", error)
    except UnsupportedGrant as error:
        return _refused(400, "unsupported_grant_type", error)
    except InvalidArgument as error:
        return _refused(400, "invalid_request", error)


def _issued() -> dict[str, Any]:
    whole_body(LARGEST_FORM)
    form = request.form
    if any(len(form.getlist(name)) > 1 for name in form):
        raise InvalidArgument("a member of the form is there twice")
    grant = form.get("grant_type")
    if grant is None:
        raise InvalidArgument("grant_type is missing")
    if grant != "client_credentials":
        raise UnsupportedGrant()
    client_id, secret = _client(form)
    scope = form.get("scope")
    if scope is not None and len(scope) > LONGEST_SCOPE:
        raise InvalidScope()
    wanted = frozenset(scope.split()) if scope and scope.strip() else None
    made = runtime().bus.run(IssueToken(client_id, secret, wanted), ANONYMOUS)
    answer = {"access_token": made["token"], "token_type": "Bearer", "expires_in": made["lifetime"]}
    return answer if made["scope"] is None else answer | {"scope": made["scope"]}


def _client(form: Any) -> tuple[str, str]:
    """Who asks, told in one way only (RFC 6749, section 2.3)."""
    given = request.authorization
    if given is None:
        return form.get("client_id", ""), form.get("client_secret", "")
    if given.type != "basic" or "client_secret" in form:
        raise InvalidArgument("a client proves itself in one way: HTTP Basic, or client_id and client_secret")
    return given.username or "", given.password or ""


def _refused(status: int, name: str, error: EngineError) -> Response:
    said = error.detail or error.en
    answer = _answer(
        status, {"error": name, "error_description": said, "code": error.code, "th": error.th, "en": error.en}
    )
    if status == 401 and request.authorization is not None:
        answer.headers["WWW-Authenticate"] = 'Basic realm="Krabuan", charset="UTF-8"'
    return answer


def _answer(status: int, body: dict[str, Any]) -> Response:
    response = Response(to_json(body), status, content_type=JSON)
    response.headers["Cache-Control"] = "no-store"
    return response
