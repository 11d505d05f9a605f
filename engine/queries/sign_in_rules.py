"""What holds for passwords here, and how many accounts have a second factor: for who looks after signing in."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Connection, false, func, select

from engine.model.actor import Actor
from engine.policy.lockout import FREE_FAILURES, LONGEST
from engine.policy.passwords import LONGEST as LONGEST_PASSWORD
from engine.policy.passwords import ONE_TIME_LASTS, SHORTEST
from engine.policy.permissions import Facts, require
from engine.store.tables import membership, person, role_grant, second_factor

PERMISSION = "sign-in-settings:read"


def sign_in_rules(db: Connection, actor: Actor, roles: Collection[str]) -> dict[str, Any]:
    """{passwords, secondFactor}: lengths in characters, times in seconds. `roles` must have a second factor;
    `missing` counts the active accounts that have one of them and a password, and no second factor.

    Raises Forbidden.
    """
    require(actor, PERMISSION, Facts())
    p, f = person.c, second_factor.c
    confirmed = select(f.username).where(f.username == p.username, f.confirmed_at.is_not(None)).exists()
    opened = p.active & p.password_hash.is_not(None)
    return {
        "passwords": {
            "shortest": SHORTEST,
            "longest": LONGEST_PASSWORD,
            "oneTimeSeconds": int(ONE_TIME_LASTS.total_seconds()),
            "freeFailures": FREE_FAILURES,
            "longestLockSeconds": int(LONGEST.total_seconds()),
        },
        "secondFactor": {
            "roles": sorted(roles),
            "accounts": _count(db, opened & confirmed),
            "missing": _count(db, opened & ~confirmed & _has_one(roles)),
        },
    }


def _has_one(roles: Collection[str]) -> ColumnElement[bool]:
    """Whether the account has one of the roles; membership in a group makes it staff."""
    r, m = role_grant.c, membership.c
    granted = select(r.role).where(r.username == person.c.username, r.role.in_(sorted(roles))).exists()
    member = select(m.username).where(m.username == person.c.username).exists()
    return granted | (member if "staff" in roles else false())


def _count(db: Connection, condition: ColumnElement[bool]) -> int:
    return int(db.execute(select(func.count()).select_from(person).where(condition)).scalar_one())
