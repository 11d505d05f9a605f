"""How people sign in here, as it is configured: for who looks after it; nothing of it is changed here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import current_app

from api.blueprint import Room
from api.context import read
from api.identity import Authenticator
from api.providers import Provider
from api.schemas.sign_in_settings import SignInSettings
from engine.commands.issue_token import LIFETIME
from engine.commands.keep_session import IDLE
from engine.commands.sign_in import SESSION_LIFETIME, STEP_LIFETIME
from engine.queries.sign_in_rules import PERMISSION, sign_in_rules

if TYPE_CHECKING:
    from api.oidc import RelyingParty

blp = Room("sign-in settings", __name__, url_prefix="/v2", description="How people sign in here, as configured")
_SESSIONS = {
    "longestSeconds": int(SESSION_LIFETIME.total_seconds()),
    "idleSeconds": int(IDLE.total_seconds()),
    "codeSeconds": int(STEP_LIFETIME.total_seconds()),
    "clientTokenSeconds": int(LIFETIME.total_seconds()),
}


@blp.operation("GET", "/sign-in-settings", permission=PERMISSION, returns=SignInSettings)
def settings() -> dict[str, Any]:
    """Rules of passwords, second factors and sessions, and the identity providers; never a secret."""
    authenticator: Authenticator = current_app.extensions["krabuan-authenticator"]
    parties: dict[str, RelyingParty] = current_app.extensions["krabuan-providers"]
    rules: dict[str, Any] = read(sign_in_rules, authenticator.needs_factor)
    return rules | {"sessions": _SESSIONS, "providers": [_told(party.provider) for party in parties.values()]}


def _told(provider: Provider) -> dict[str, Any]:
    roles = {value: [":".join(filter(None, grant)) for grant in given] for value, given in provider.roles.items()}
    return {
        "id": provider.id,
        "th": provider.th,
        "en": provider.en,
        "issuer": provider.issuer,
        "clientId": provider.client_id,
        "scopes": list(provider.scopes),
        "username": provider.username,
        "groupsClaim": provider.groups_claim,
        "groups": [{"value": value, "gives": sorted(keys)} for value, keys in provider.groups.items()],
        "rolesClaim": provider.roles_claim,
        "roles": [{"value": value, "gives": sorted(given)} for value, given in roles.items()],
        "adopts": provider.adopts,
    }
