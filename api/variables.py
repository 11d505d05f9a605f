"""The variables of the environment that are read, so that a name that nobody reads can be told from one that counts."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Mapping

PREFIX = "KRABUAN_"
KNOWN = frozenset(
    PREFIX + name
    for name in (
        "CHANNEL_AUTHORITIES", "CHECKPOINTS", "CLAMD", "DATA", "DATABASE", "DATABASE_REPLICA", "DEMO_PASSWORD",
        "GIT_SOURCE", "IDENTITY", "METRICS", "NOTIFY_CLASS", "PUBLIC_URL", "RATE_ACCOUNT", "RATE_ADDRESS",
        "RATE_FAILURES", "RATE_FEED", "RATE_LIMITS", "RETENTION", "SECOND_FACTOR_KEY", "SECOND_PUBLISHER",
        "SHUTDOWN_DELAY", "SHUTDOWN_GRACE", "SIGNING_KEY", "SMTP_AUTHORITIES", "SMTP_HOST", "SMTP_PASSWORD",
        "SMTP_PORT", "SMTP_REPLY_TO", "SMTP_SENDER", "SMTP_TLS", "SMTP_USER", "TSA_CERTIFICATES", "TSA_URL",
        # of a checkout: what builds the front end, and which browser tests use
        "CHROMIUM", "SKIP_FRONTEND",
    )
)  # fmt: skip


def unread(environment: Mapping[str, str], also: Collection[str] = ()) -> dict[str, str | None]:
    """The variables that begin as ours do and that nobody reads, each with the known name it resembles. `also`: names
    that the settings for sign-in give to secrets."""
    odd = sorted(name for name in environment if name.startswith(PREFIX) and name not in KNOWN and name not in also)
    return {name: next(iter(difflib.get_close_matches(name, KNOWN, 1, 0.75)), None) for name in odd}
