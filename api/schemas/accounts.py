"""Accounts: found, shown, made and changed by an administrator."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from api.schemas.base import Truth, Whole, result_of, schema_of, search_of
from engine.model.access import SHOWN
from engine.queries.accounts import ACCOUNT
from engine.queries.api_keys import API_KEY

_MOST = 200
_ROLES = ("administrator", "process-owner", "auditor", "client")
ApiKeySearch = search_of(API_KEY)
ApiKeyResult = result_of(
    schema_of(API_KEY, permissions=fields.List(fields.String(), required=True, allow_none=True)), "ApiKey"
)
AccountSearch = search_of(ACCOUNT)
AccountItem = schema_of(ACCOUNT)
AccountResult = result_of(AccountItem, "Account")


class GroupOfAccount(Schema):
    groupId = fields.String(required=True)
    name = fields.String(required=True)
    nameEn = fields.String(required=True)
    kind = fields.String(required=True, metadata={"enum": ["unit", "committee", "position"]})


class RoleOfAccount(Schema):
    """`processDefinitionId` is that of a process owner, `*` for all processes."""

    role = fields.String(required=True)
    processDefinitionId = fields.String(required=True, allow_none=True)


class PermissionReason(Schema):
    """A role, a process that is owned, or what the thing acted on is to the account (its assignee, say)."""

    kind = fields.String(required=True, metadata={"enum": ["role", "process", "relation"]})
    name = fields.String(required=True)


class ExplainedPermission(Schema):
    permission = fields.String(required=True)
    reasons = fields.List(fields.Nested(PermissionReason), required=True)


_members = dict[str, fields.Field[Any]](
    groups=fields.List(fields.Nested(GroupOfAccount), required=True),
    roles=fields.List(fields.Nested(RoleOfAccount), required=True),
    issuers=fields.List(fields.String(), required=True),
    openTasks=Whole(required=True),
    permissions=fields.List(fields.Nested(ExplainedPermission), required=True),
)
Account = type("AccountDetails", (AccountItem,), {"__doc__": "One account.", **_members})


class RoleGrantBody(Schema):
    role = fields.String(required=True, validate=validate.OneOf(_ROLES))
    processDefinitionId = fields.String(load_default=None, allow_none=True, validate=validate.Length(min=1, max=256))


class NewAccountBody(Schema):
    """`withPassword`: a password for one use is made and answered; without it the person signs in with a provider."""

    username = fields.String(required=True, validate=validate.Length(min=1, max=256))
    name = fields.String(required=True, validate=validate.Length(min=1, max=1024))
    email = fields.String(load_default=None, allow_none=True, validate=validate.Length(min=3, max=256))
    groups = fields.List(
        fields.String(validate=validate.Length(min=1, max=256)), load_default=list, validate=validate.Length(max=_MOST)
    )
    roles = fields.List(fields.Nested(RoleGrantBody), load_default=list, validate=validate.Length(max=_MOST))
    clearance = fields.String(load_default=SHOWN[0], validate=validate.OneOf(SHOWN))
    withPassword = Truth(load_default=True)


class NewAccount(Schema):
    """The password is shown this once; null without one."""

    username = fields.String(required=True)
    oneTimePassword = fields.String(required=True, allow_none=True)


class OneTimePassword(Schema):
    """The password is shown this once."""

    oneTimePassword = fields.String(required=True)


class AccountBody(Schema):
    """What is absent or null stays; an empty mail address takes it away."""

    name = fields.String(load_default=None, allow_none=True, validate=validate.Length(min=1, max=1024))
    email = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=256))


class DeactivationBody(Schema):
    reason = fields.String(load_default="", validate=validate.Length(max=4_000))


class Deactivation(Schema):
    """How many open tasks stayed with the account."""

    openTasks = Whole(required=True)


class RoleItem(Schema):
    """A role, how many active accounts have it, and the permissions that it gives by itself."""

    role = fields.String(required=True)
    accounts = Whole(required=True)
    permissions = fields.List(fields.String(), required=True)


class RoleList(Schema):
    items = fields.List(fields.Nested(RoleItem), required=True)
