"""The cluster, who is signed in, and sessions."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from api.schemas.base import Truth, Whole, moment
from engine.model.access import SHOWN
from engine.queries.health import LEVELS


class Partition(Schema):
    partitionId = Whole(required=True)
    role = fields.String(required=True)
    health = fields.String(required=True)
    state = fields.String(required=True)


class Broker(Schema):
    nodeId = Whole(required=True)
    brokerId = fields.String(required=True)
    host = fields.String(required=True)
    port = Whole(required=True)
    version = fields.String(required=True)
    partitions = fields.List(fields.Nested(Partition), required=True)


class Topology(Schema):
    """What clients ask to test the connection: each node is a broker, and they share one partition."""

    brokers = fields.List(fields.Nested(Broker), required=True)
    clusterId = fields.String(required=True, allow_none=True)
    clusterSize = Whole(required=True)
    partitionsCount = Whole(required=True)
    replicationFactor = Whole(required=True)
    gatewayVersion = fields.String(required=True)
    lastCompletedChangeId = fields.String(required=True)


def _level() -> fields.String:
    return fields.String(required=True, metadata={"enum": list(LEVELS)})


class HealthCheck(Schema):
    """One thing that was looked at: how many wait or failed (of the disk: percent free), the oldest since when."""

    check = fields.String(required=True)
    level = _level()
    count = Whole(required=True, allow_none=True)
    at = moment(required=True, allow_none=True)


class Versions(Schema):
    krabuan = fields.String(required=True)
    python = fields.String(required=True)
    database = fields.String(required=True)


class Health(Schema):
    """How the service does; `level` is that of the worst line."""

    asOf = moment(required=True)
    level = _level()
    checks = fields.List(fields.Nested(HealthCheck), required=True)
    versions = fields.Nested(Versions, required=True)


class Tenant(Schema):
    tenantId = fields.String(required=True)
    name = fields.String(required=True)
    description = fields.String(required=True, allow_none=True)


class Me(Schema):
    """Who is signed in. `csrfToken` goes into X-CSRF-Token of unsafe requests by cookie; null without a session. With
    `passwordChangeRequired` the account can do nothing but choose a password of its own, after that with
    `secondFactorRequired` nothing but enrol a second factor."""

    username = fields.String(required=True)
    displayName = fields.String(required=True, allow_none=True)
    email = fields.String(required=True, allow_none=True)
    authorizedComponents = fields.List(fields.String(), required=True)
    tenants = fields.List(fields.Nested(Tenant), required=True)
    groups = fields.List(fields.String(), required=True)
    roles = fields.List(fields.String(), required=True)
    salesPlanType = fields.String(required=True, allow_none=True)
    c8Links = fields.Dict(required=True)
    canLogout = Truth(required=True)
    csrfToken = fields.String(required=True, allow_none=True)
    ownedProcesses = fields.List(fields.String(), required=True)
    onBehalfOf = fields.String(required=True, allow_none=True)
    clearance = fields.String(required=True, metadata={"enum": list(SHOWN)})
    secondFactorRequired = Truth(required=True)
    passwordChangeRequired = Truth(required=True)
    hasPassword = Truth(required=True)  # otherwise an identity provider keeps it


class ClearanceBody(Schema):
    """The highest confidentiality class."""

    clearance = fields.String(required=True, validate=validate.OneOf(SHOWN))


class SignInBody(Schema):
    username = fields.String(required=True, validate=validate.Length(min=1, max=256))
    password = fields.String(required=True, validate=validate.Length(min=1, max=1024))


class PasswordBody(Schema):
    currentPassword = fields.String(required=True, validate=validate.Length(min=1, max=1024))
    newPassword = fields.String(required=True, validate=validate.Length(min=8, max=1024))


class SessionAnswer(Schema):
    """The session's token itself is in the cookie, which scripts cannot read. With `codeNeeded` there is no session
    yet, and no `csrfToken`: a code of the second factor goes to `/session/code`."""

    username = fields.String(required=True)
    csrfToken = fields.String(required=True, allow_none=True)
    codeNeeded = Truth(required=True)
