"""What people sign in with besides a password: an app's secret, recovery codes, and sign-ins that wait for a code."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, String, Table, Text

from engine.store.tables.base import Moment, metadata

second_factor = Table(
    "second_factor",
    metadata,
    Column("username", String(256), ForeignKey("person.username"), primary_key=True),
    Column("sealed_secret", Text, nullable=False),  # under a key that is not in the database
    Column("made_at", Moment, nullable=False),
    Column("confirmed_at", Moment),  # from then on it is asked for
    Column("last_step", BigInteger),  # of the last code that was taken: it and those before open nothing more
)

recovery_code = Table(
    "recovery_code",
    metadata,
    Column("username", String(256), ForeignKey("person.username"), primary_key=True),
    Column("mark", String(64), primary_key=True),  # HMAC under a key that is not in the database
    Column("used_at", Moment),
)

sign_in_step = Table(
    "sign_in_step",  # the password was right, the code is asked for; no session
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("username", String(256), ForeignKey("person.username"), nullable=False),
    Column("proof_hash", String(64), nullable=False),  # of the stored password hash that the password fitted
    Column("made_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Index("ix_sign_in_step_person", "username"),
)
