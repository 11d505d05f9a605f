"""Checking the tokens of an identity provider: signature, then every claim that says whom and when it is for."""

from __future__ import annotations

import hmac
import math
from collections.abc import Mapping, Sequence
from typing import Any, TypeGuard

from joserfc import jws, jwt
from joserfc.jwk import KeySet

from api.providers import Provider

SKEW = 120  # seconds that the provider's clock may differ from ours
LONGEST_TOKEN = 32 << 10
LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout"
OLDEST_LOGOUT = 600  # seconds after which a logout token is not taken any more, whatever it says


class RefusedToken(Exception):
    """A token is not what it should be; the text says which check failed and holds nothing of the token."""


def decoded(token: str, keys: KeySet, algorithms: Sequence[str]) -> dict[str, Any]:
    """The claims of a token that one of the keys signed with one of the algorithms.

    Raises RefusedToken, JoseError, ValueError.
    """
    if not 0 < len(token) <= LONGEST_TOKEN:
        raise RefusedToken("there is no token, or it is too long")
    return dict(jwt.decode(token, keys, algorithms=list(algorithms)).claims)


def key_id(token: str) -> str | None:
    """Which key a token says it is signed with. Raises JoseError, ValueError."""
    if not 0 < len(token) <= LONGEST_TOKEN:
        return None
    found = jws.extract_compact(token.encode()).headers().get("kid")
    return found if isinstance(found, str) else None


def check_id_token(claims: Mapping[str, Any], provider: Provider, nonce: str, now: float) -> None:
    """OpenID Connect Core 1.0, section 3.1.3.7. Raises RefusedToken."""
    _check_common(claims, provider, now)
    if claims.get("azp", provider.client_id) != provider.client_id:
        raise RefusedToken("azp is another client")
    if isinstance(claims["aud"], list) and len(claims["aud"]) > 1 and "azp" not in claims:
        raise RefusedToken("several audiences, and no azp")
    if not hmac.compare_digest(str(claims.get("nonce")).encode(), nonce.encode()):
        raise RefusedToken("the nonce is another")
    if not isinstance(claims.get("sub"), str) or not claims["sub"]:
        raise RefusedToken("there is no subject")


def check_logout_token(claims: Mapping[str, Any], provider: Provider, now: float) -> tuple[str | None, str | None]:
    """OpenID Connect Back-Channel Logout 1.0, section 2.6: (subject, session). Raises RefusedToken."""
    _check_common(claims, provider, now)
    if now - claims["iat"] > OLDEST_LOGOUT:
        raise RefusedToken("the logout is old")
    events = claims.get("events")
    if not isinstance(events, dict) or not isinstance(events.get(LOGOUT_EVENT), dict):
        raise RefusedToken("it is no logout token")
    if "nonce" in claims:
        raise RefusedToken("a logout token has no nonce")
    subject, session = claims.get("sub"), claims.get("sid")
    if not all(value is None or (isinstance(value, str) and value) for value in (subject, session)):
        raise RefusedToken("sub and sid are texts")
    if subject is None and session is None:
        raise RefusedToken("neither sub nor sid")
    return subject, session


def _check_common(claims: Mapping[str, Any], provider: Provider, now: float) -> None:
    if claims.get("iss") != provider.issuer:
        raise RefusedToken("the issuer is another")
    audience = claims.get("aud")
    if provider.client_id not in (audience if isinstance(audience, list) else [audience]):
        raise RefusedToken("it is for another client")
    expires, issued = claims.get("exp"), claims.get("iat")
    if not _is_moment(expires) or not _is_moment(issued):
        raise RefusedToken("exp or iat is missing")
    if expires + SKEW <= now:
        raise RefusedToken("it has expired")
    if issued - SKEW > now:
        raise RefusedToken("it comes from the future")
    if (begins := claims.get("nbf")) is not None and (not _is_moment(begins) or begins - SKEW > now):
        raise RefusedToken("it is not valid yet")


def _is_moment(value: Any) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
