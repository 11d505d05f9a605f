"""Who: people, groups, roles, sessions, tokens."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text

from engine.store.tables.base import Moment, metadata

person = Table(
    "person",
    metadata,
    Column("username", String(256), primary_key=True),
    Column("display_name", Text, nullable=False),
    Column("email", String(256)),
    Column("password_hash", Text),
    Column("active", Boolean, nullable=False),
    Column("failed_sign_ins", Integer, nullable=False, server_default="0"),
    Column("locked_until", Moment),
    # the rank of the highest confidentiality class that the person may see
    Column("clearance", Integer, nullable=False, server_default="0"),
    # of a password that an administrator made: until when it opens anything, and it opens the change of it alone
    Column("one_time_until", Moment),
    # goes up with each change of name, mail address, clearance, or whether it is active
    Column("rev", Integer, nullable=False, server_default="0"),
)

group_ = Table(
    "group_",
    metadata,
    Column("key", String(256), primary_key=True),
    Column("kind", String(16), nullable=False),  # unit | committee | position
    Column("th", Text, nullable=False),
    Column("en", Text, nullable=False),
    Column("parent", String(256)),
    Column("head_of", String(256)),  # the unit whose head holds this position
)

membership = Table(
    "membership",
    metadata,
    Column("group_key", String(256), ForeignKey("group_.key"), primary_key=True),
    Column("username", String(256), ForeignKey("person.username"), primary_key=True),
    Index("ix_membership_person", "username"),
)

role_grant = Table(
    "role_grant",
    metadata,
    Column("username", String(256), ForeignKey("person.username"), primary_key=True),
    Column("role", String(32), primary_key=True),
    Column("process_id", String(256), primary_key=True, server_default=""),  # process owner of; '*' for all
)

session = Table(
    "session",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("username", String(256), ForeignKey("person.username"), nullable=False),
    Column("csrf", String(64), nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("idle_at", Moment),  # when it ends if nobody works in it until then
    Column("agent", String(256), nullable=False, server_default=""),  # what the browser calls itself
    # of the identity provider by which it was opened, which can end it
    Column("issuer", String(512)),
    Column("subject", String(255)),
    Column("provider_session", String(255)),
    Index("ix_session_person", "username"),
    Index("ix_session_provider", "issuer", "subject"),
    Index("ix_session_provider_session", "issuer", "provider_session"),
)

external_identity = Table(
    "external_identity",  # a person as an identity provider knows it, and the account here
    metadata,
    Column("issuer", String(512), primary_key=True),
    Column("subject", String(255), primary_key=True),
    Column("username", String(256), ForeignKey("person.username"), nullable=False),
    Column("made_at", Moment, nullable=False),
    Index("ix_external_identity_person", "username"),
)

api_client = Table(
    "api_client",
    metadata,
    Column("client_id", String(64), primary_key=True),
    Column("secret_hash", String(64), nullable=False),
    Column("username", String(256), ForeignKey("person.username"), nullable=False),  # as whom it acts
    Column("name", Text, nullable=False),
    Column("permissions", Text),  # separated by spaces; none at all: whatever the account may
    Column("made_at", Moment, nullable=False),
    Column("expires_at", Moment),
    Column("revoked_at", Moment),
    Index("ix_api_client_person", "username"),
)

api_token = Table(
    "api_token",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("username", String(256), ForeignKey("person.username"), nullable=False),
    Column("name", Text, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("expires_at", Moment),
    Column("revoked_at", Moment),
    Column("permissions", Text),  # as those of a client
    Column("client_id", String(64)),  # of the client that it was issued to
    Index("ix_api_token_person", "username"),
    Index("ix_api_token_client", "client_id"),
)

setting = Table(
    "setting",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)
