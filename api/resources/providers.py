"""Signing in with an identity provider, and out when it says so."""

from __future__ import annotations

import base64
import binascii
import hmac
import logging
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import orjson
from flask import Response, current_app, redirect, request

from api.answers import JSON
from api.attempts import Attempt, ProviderRefused
from api.blueprint import Room
from api.bodies import whole_body
from api.context import runtime
from api.cookies import attempt_cookie, forget, given, put
from api.resources.identity import agent_of_request, remember_session
from api.schemas.providers import ProviderList
from engine.commands.end_provider_sessions import EndProviderSessions
from engine.commands.sign_in_externally import SignInExternally
from engine.errors import EngineError, InvalidArgument, NotFound
from engine.model.actor import SYSTEM

if TYPE_CHECKING:
    from api.oidc import RelyingParty

LOG = logging.getLogger("krabuan.oidc")
blp = Room("providers", __name__, url_prefix="/v2/session/providers", description="Signing in elsewhere")
ATTEMPT_LASTS = 600  # seconds
LARGEST_FORM = 64 << 10
LONGEST_CODE = 4096
MOST_VALUES = 1000  # of a claim
_FORM = {
    "required": True,
    "content": {
        "application/x-www-form-urlencoded": {
            "schema": {
                "type": "object",
                "required": ["logout_token"],
                "properties": {"logout_token": {"type": "string"}},
            }
        }
    },
}
_REDIRECT = {"text/html": {"schema": {"type": "string"}}}


@blp.operation("GET", "", permission=None, returns=ProviderList)
def list_providers() -> dict[str, Any]:
    """The identity providers that people may sign in with."""
    return {"items": [{"id": p.provider.id, "th": p.provider.th, "en": p.provider.en} for p in _parties().values()]}


@blp.operation("GET", "/<string:provider_id>", permission=None, returns=_REDIRECT, status=302, errors=(404,))
def begin(provider_id: str) -> Response:
    """Send the browser to the provider, which sends it back to `callback`."""
    party = _party(provider_id)
    attempt = Attempt.new()
    try:
        response = _go(party.begin(attempt, _callback(provider_id)))
    except EngineError as error:
        return _to_sign_in(error)
    text = base64.urlsafe_b64encode(orjson.dumps(attempt.told())).decode()
    put(response, attempt_cookie(provider_id), text, ATTEMPT_LASTS)
    return response


@blp.operation("GET", "/<string:provider_id>/callback", permission=None, returns=_REDIRECT, status=302, errors=(404,))
def callback(provider_id: str) -> Response:
    """Where the provider sends the browser: open a session and show the first page, or say at the sign-in why not."""
    party = _party(provider_id)
    try:
        opened = _opened(party, provider_id)
        response = _go("/")
        remember_session(response, opened["token"])
    except EngineError as error:
        response = _to_sign_in(error)
    forget(response, attempt_cookie(provider_id))
    return response


@blp.operation(
    "POST",
    "/<string:provider_id>/logout",
    permission=None,
    request_body=_FORM,
    errors=(404,),
    returns={JSON: {"schema": {"type": "object"}}},
)
def logout(provider_id: str) -> dict[str, Any]:
    """The provider ends sessions that it opened (OpenID Connect Back-Channel Logout 1.0)."""
    party = _party(provider_id)
    whole_body(LARGEST_FORM)
    try:
        subject, session = party.logged_out(request.form.get("logout_token", ""))
    except ProviderRefused:
        raise InvalidArgument("the logout token is not valid") from None
    runtime().bus.run(EndProviderSessions(party.provider.issuer, subject, session), SYSTEM)
    return {}


def _opened(party: RelyingParty, provider_id: str) -> dict[str, Any]:
    """Raises ProviderRefused for an answer that belongs to no attempt of this browser, and what the engine raises."""
    attempt = _attempt(provider_id)
    code = request.args.get("code", "")
    fits = attempt is not None and hmac.compare_digest(
        attempt.state.encode(), request.args.get("state", "").encode(errors="replace")
    )
    if attempt is None or not fits or "error" in request.args or not 0 < len(code) <= LONGEST_CODE:
        raise ProviderRefused()
    party.check_issuer(request.args.get("iss"))
    command = _person(party, party.finish(attempt, code, _callback(provider_id)))
    opened: dict[str, Any] = runtime().bus.run(command, SYSTEM)
    if opened["unknownGroups"]:
        LOG.warning("%s: there is no group %s here", party.provider.id, ", ".join(opened["unknownGroups"]))
    return opened


def _person(party: RelyingParty, claims: dict[str, Any]) -> SignInExternally:
    """What the claims mean here, as the provider's mapping says."""
    provider = party.provider
    groups = [provider.groups.get(value, frozenset()) for value in _values(claims.get(provider.groups_claim))]
    roles = [provider.roles.get(value, frozenset()) for value in _values(claims.get(provider.roles_claim))]
    username = claims.get(provider.username)
    if not isinstance(username, str):
        raise InvalidArgument(f"the provider does not tell {provider.username}")
    name, email, session = claims.get("name"), claims.get("email"), claims.get("sid")
    return SignInExternally(
        provider.issuer,
        claims["sub"],
        username,
        name if isinstance(name, str) and name else username,
        email if isinstance(email, str) and email else None,
        frozenset().union(*groups),
        frozenset().union(*provider.groups.values()),
        frozenset().union(*roles),
        frozenset().union(*provider.roles.values()),
        provider.adopts,
        session if isinstance(session, str) else None,
        agent_of_request(),
    )


def _values(claim: Any) -> list[str]:
    values = claim if isinstance(claim, list) else [claim]
    return [value for value in values[:MOST_VALUES] if isinstance(value, str)]


def _attempt(provider_id: str) -> Attempt | None:
    try:
        told = orjson.loads(base64.urlsafe_b64decode(given(attempt_cookie(provider_id)).encode()))
        return Attempt(str(told["state"]), str(told["nonce"]), str(told["verifier"]))
    except (binascii.Error, ValueError, TypeError, KeyError):
        return None


def _to_sign_in(error: EngineError) -> Response:
    """People see a page, not a problem document; the page says what the code stands for."""
    return _go("/signin?" + urlencode({"signInProblem": error.code}))


def _go(url: str) -> Response:
    response = redirect(url, 302)
    assert isinstance(response, Response)
    return response


def _parties() -> dict[str, RelyingParty]:
    found: dict[str, RelyingParty] = current_app.extensions["krabuan-providers"]
    return found


def _party(provider_id: str) -> RelyingParty:
    found = _parties().get(provider_id)
    if found is None:
        raise NotFound(providerId=provider_id)
    return found


def _path(provider_id: str) -> str:
    return f"/v2/session/providers/{provider_id}"


def _callback(provider_id: str) -> str:
    return f"{request.host_url.rstrip('/')}{_path(provider_id)}/callback"
