"""Where what people are told goes besides mail: the hosts that are allowed, webhooks, people's own push channels."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, false, true

from engine.store.tables.base import Json, Moment, key_column, metadata

allowed_host = Table(
    "allowed_host",
    metadata,
    # to nothing else is anything sent, mail to the office's own server aside
    key_column(),
    Column("pattern", String(256), nullable=False),  # a host, or *.domain
    Column("port", Integer, nullable=False),
    Column("scheme", String(5), nullable=False),  # https | http
    Column("private", Boolean, nullable=False, server_default=false()),  # its name may mean an address inside
    Column("reason", Text, nullable=False),
    Column("added_by", String(256), nullable=False),
    Column("added_at", Moment, nullable=False),
    Index("uq_allowed_host", "pattern", "port", "scheme", unique=True),
)

webhook = Table(
    "webhook",
    metadata,
    key_column(),
    Column("name", String(256), nullable=False),
    Column("url", Text, nullable=False),
    Column("topics", Json, nullable=False),  # those it gets; none: all
    Column("groups", Json, nullable=False),  # whose notifications it gets; none: everybody's
    Column("active", Boolean, nullable=False, server_default=true()),
    Column("sealed_secret", Text, nullable=False),  # under a key that is not in the database
    Column("sealed_before", Text),  # the one before, which still signs
    Column("before_until", Moment),
    Column("added_by", String(256), nullable=False),
    Column("added_at", Moment, nullable=False),
    Column("failing_since", Moment),  # nothing was accepted since then
    Column("switched_off_at", Moment),  # by the service, after long failure
    Column("rev", Integer, nullable=False),
)

push_service = Table(
    "push_service",
    metadata,
    # an account of the office's own at a service: people give no more than who they are there
    key_column(),
    Column("name", String(256), nullable=False),
    Column("service", String(16), nullable=False),  # the scheme of the address
    Column("sealed_address", Text, nullable=False),  # with {to} in the place of the person
    Column("added_by", String(256), nullable=False),
    Column("added_at", Moment, nullable=False),
)

push_address = Table(
    "push_address",
    metadata,
    key_column(),
    Column("username", String(256), ForeignKey("person.username"), nullable=False),
    Column("label", String(256), nullable=False),
    Column("service", String(16), nullable=False),  # the scheme of the address: nothing else of it is shown again
    # under a key that is not in the database: the address, or through a service of the office's who the person is there
    Column("sealed_address", Text, nullable=False),
    Column("service_key", BigInteger, index=True),  # of push_service, whose removal removes it
    Column("added_at", Moment, nullable=False),
    Index("ix_push_address_person", "username"),
)
