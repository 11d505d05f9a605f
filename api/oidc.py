"""OpenID Connect as a relying party: authorisation code with PKCE, and back-channel logout.

OpenID Connect Core 1.0, Discovery 1.0, Back-Channel Logout 1.0; RFC 7636 (PKCE), RFC 9207 (issuer in the answer). What
this module stands on takes 8 MiB: it is loaded where a provider is configured.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

import requests
from authlib.common.errors import AuthlibBaseError  # type: ignore[import-untyped]  # publishes no types
from authlib.integrations.requests_client import OAuth2Session  # type: ignore[import-untyped]  # as well
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from api.attempts import Attempt, ProviderRefused, ProviderUnreachable
from api.idtokens import RefusedToken, check_id_token, check_logout_token, decoded, key_id
from api.providers import Provider

LOG = logging.getLogger("krabuan.oidc")
PATIENCE = 10  # seconds that a provider may take for an answer
KNOWN_FOR = 3600.0  # seconds that what a provider says of itself, and its keys, are believed
KEYS_AGAIN = 30.0  # seconds between two looks for a key that is not known: rotation is rare, forged tokens need not be


class RelyingParty:
    """We, towards one provider. Safe to share between threads; `now` gives seconds since 1970."""

    def __init__(self, provider: Provider, now: Callable[[], float]) -> None:
        self.provider = provider
        self._now = now
        self._lock = threading.Lock()
        self._facts: tuple[float, dict[str, Any]] | None = None
        self._keys: tuple[float, KeySet] | None = None

    def reach(self, patience: float) -> None:
        """Ask the provider who it is, and for its keys. Raises ProviderUnreachable."""
        facts = self._discovered(patience)
        try:
            KeySet.import_key_set(_fetched(facts["jwks_uri"], patience))
        except (requests.RequestException, JoseError, ValueError) as error:
            raise ProviderUnreachable() from error

    def begin(self, attempt: Attempt, redirect_uri: str) -> str:
        """The address at the provider to which the browser goes. Raises ProviderUnreachable."""
        endpoint = self._discovered()["authorization_endpoint"]
        with self._session(redirect_uri) as session:
            url, _ = session.create_authorization_url(
                endpoint, state=attempt.state, nonce=attempt.nonce, code_verifier=attempt.verifier
            )
        return str(url)

    def finish(self, attempt: Attempt, code: str, redirect_uri: str) -> dict[str, Any]:
        """The verified claims of who came back with this code. Raises ProviderRefused, ProviderUnreachable."""
        facts = self._discovered()
        try:
            with self._session(redirect_uri) as session:
                token = session.fetch_token(facts["token_endpoint"], code=code, code_verifier=attempt.verifier)
                claims = self._claims(str(token.get("id_token", "")))
                check_id_token(claims, self.provider, attempt.nonce, self._now())
                return self._with_userinfo(session, facts, claims)
        except requests.RequestException as error:
            raise ProviderUnreachable() from error
        except (AuthlibBaseError, JoseError, RefusedToken, ValueError) as error:
            # the kind of error, and no token: a log is read by many
            LOG.warning("%s: a sign-in was refused: %s: %s", self.provider.id, type(error).__name__, _said(error))
            raise ProviderRefused() from error

    def logged_out(self, logout_token: str) -> tuple[str | None, str | None]:
        """Whom a logout token names: (subject, the provider's session). Raises ProviderRefused, ProviderUnreachable."""
        try:
            claims = self._claims(logout_token)
            return check_logout_token(claims, self.provider, self._now())
        except requests.RequestException as error:
            raise ProviderUnreachable() from error
        except (JoseError, RefusedToken, ValueError) as error:
            LOG.warning("%s: a logout was refused: %s: %s", self.provider.id, type(error).__name__, _said(error))
            raise ProviderRefused() from error

    def check_issuer(self, said: str | None) -> None:
        """RFC 9207: an answer that names its issuer names this one; who must name it does. Raises ProviderRefused."""
        required = self._discovered().get("authorization_response_iss_parameter_supported") is True
        if (said is not None or required) and said != self.provider.issuer:
            raise ProviderRefused()

    def _session(self, redirect_uri: str) -> OAuth2Session:
        return OAuth2Session(
            self.provider.client_id,
            self.provider.client_secret,
            scope=" ".join(self.provider.scopes),
            redirect_uri=redirect_uri,
            code_challenge_method="S256",
            default_timeout=PATIENCE,
        )

    def _with_userinfo(
        self, session: OAuth2Session, facts: Mapping[str, Any], claims: dict[str, Any]
    ) -> dict[str, Any]:
        """Providers may tell groups at the userinfo endpoint alone. Its subject must be the same (Core, 5.3.2)."""
        if "userinfo_endpoint" not in facts:
            return claims
        answer = session.get(facts["userinfo_endpoint"], allow_redirects=False)
        told = answer.json() if answer.status_code == 200 else None
        if not isinstance(told, dict) or told.get("sub") != claims["sub"]:
            raise RefusedToken("the userinfo endpoint speaks of somebody else, or not at all")
        return told | claims

    def _claims(self, token: str) -> dict[str, Any]:
        keys, fresh = self._key_set(0)
        wanted = key_id(token)
        if not fresh and wanted is not None and all(key.kid != wanted for key in keys.keys):
            keys, _ = self._key_set(KNOWN_FOR - KEYS_AGAIN)
        return decoded(token, keys, self.provider.algorithms)

    def _key_set(self, older: float) -> tuple[KeySet, bool]:
        """The provider's keys, and whether they were asked for just now; `older` shortens how long they count."""
        with self._lock:
            known = self._keys
        if known is not None and time.monotonic() - known[0] < KNOWN_FOR - older:
            return known[1], False
        keys = KeySet.import_key_set(_fetched(self._discovered()["jwks_uri"]))
        with self._lock:
            self._keys = (time.monotonic(), keys)
        return keys, True

    def _discovered(self, patience: float = PATIENCE) -> dict[str, Any]:
        """What the provider says of itself. Raises ProviderUnreachable, also when it calls itself something else."""
        with self._lock:
            known = self._facts
        if known is not None and time.monotonic() - known[0] < KNOWN_FOR:
            return known[1]
        try:
            facts: dict[str, Any] = _fetched(
                self.provider.issuer.rstrip("/") + "/.well-known/openid-configuration", patience
            )
        except (requests.RequestException, ValueError) as error:
            LOG.warning("%s: cannot be discovered: %s", self.provider.id, type(error).__name__)
            raise ProviderUnreachable() from error
        needed = ("authorization_endpoint", "token_endpoint", "jwks_uri")
        if facts.get("issuer") != self.provider.issuer or not all(isinstance(facts.get(n), str) for n in needed):
            LOG.warning("%s: its discovery document names another issuer, or lacks an endpoint", self.provider.id)
            raise ProviderUnreachable()
        with self._lock:
            self._facts = (time.monotonic(), facts)
        return facts


def _fetched(url: str, patience: float = PATIENCE) -> Any:
    answer = requests.get(url, timeout=patience, allow_redirects=False)
    answer.raise_for_status()
    content = answer.json()
    if not isinstance(content, dict):
        raise ValueError("not a JSON object")
    return content


def _said(error: Exception) -> str:
    """What an error says, as far as it is ours or a code: never a part of a token."""
    if isinstance(error, AuthlibBaseError | JoseError):
        return str(error.error)
    return str(error) if isinstance(error, RefusedToken) else ""
