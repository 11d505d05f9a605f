"""Our cookies: for this host alone, never for scripts; over HTTPS with the name that makes browsers enforce it."""

from __future__ import annotations

from flask import Response, request

SESSION = "krabuan_session"
STEP = "krabuan_step"  # of a sign-in that waits for a code
_ATTEMPT = "krabuan_attempt"


def attempt_cookie(provider_id: str) -> str:
    """The cookie of an attempt to sign in with this identity provider."""
    return f"{_ATTEMPT}_{provider_id}"


def given(cookie: str) -> str:
    """What the browser sent; "" for nothing. Over HTTPS only the name counts that no other host can set."""
    return request.cookies.get(_name(cookie), "")


def put(response: Response, cookie: str, value: str, lifetime: int) -> None:
    """Set a cookie for so many seconds."""
    response.set_cookie(
        _name(cookie), value, max_age=lifetime, httponly=True, samesite="Lax", secure=request.is_secure, path="/"
    )


def forget(response: Response, cookie: str) -> None:
    """Take a cookie away."""
    response.delete_cookie(_name(cookie), path="/", httponly=True, samesite="Lax", secure=request.is_secure)


def _name(cookie: str) -> str:
    # RFC 6265bis: Secure, no Domain, Path=/ are then demanded by the browser itself
    return f"__Host-{cookie}" if request.is_secure else cookie
