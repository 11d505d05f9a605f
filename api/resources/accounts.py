"""Accounts as administrators manage them: found, explained, made, changed, deactivated."""

from __future__ import annotations

from typing import Any

from api.answers import tagged
from api.blueprint import Room
from api.context import if_match, read, run, run_secret, runtime
from api.schemas.accounts import (
    Account,
    AccountBody,
    AccountResult,
    AccountSearch,
    ApiKeyResult,
    ApiKeySearch,
    Deactivation,
    DeactivationBody,
    NewAccount,
    NewAccountBody,
    OneTimePassword,
    RoleGrantBody,
    RoleList,
)
from api.views import wanted
from engine.commands.add_person import AddPerson
from engine.commands.change_membership import ChangeMembership
from engine.commands.change_person import ChangePerson
from engine.commands.deactivate_person import ActivatePerson, DeactivatePerson
from engine.commands.grant_role import GrantRole
from engine.commands.set_password import SetPassword
from engine.queries.accounts import get_account, list_roles, search_accounts
from engine.queries.api_keys import search_api_keys

blp = Room("accounts", __name__, url_prefix="/v2", description="Accounts, as administrators manage them")
MANAGE = "people:manage"
ONE = "/accounts/<string:username>"


@blp.operation("POST", "/accounts/search", permission=MANAGE, body=AccountSearch, returns=AccountResult)
def find_accounts(body: dict[str, Any]) -> Any:
    """Search every account, active or not."""
    return read(search_accounts, wanted(body))


@blp.operation("POST", "/api-keys/search", permission=MANAGE, body=ApiKeySearch, returns=ApiKeyResult)
def find_api_keys(body: dict[str, Any]) -> Any:
    """Search the tokens and clients of every account; never their secrets."""
    return read(search_api_keys, wanted(body))


@blp.operation("GET", ONE, permission=MANAGE, returns=Account, errors=(404,))
def one_account(username: str) -> Any:
    """One account, with its revision as ETag: groups, roles, and what it may do and why."""
    found = read(get_account, username, runtime().clock.now())
    return tagged(found, found["rev"])


@blp.operation(
    "POST", "/accounts", permission=MANAGE, body=NewAccountBody, returns=NewAccount, status=201, errors=(409,)
)
def add_account(body: dict[str, Any]) -> dict[str, Any]:
    """Make an account, with a password for one use that is answered this once and lasts seven days."""
    roles = tuple((grant["role"], grant["processDefinitionId"] or "") for grant in body["roles"])
    groups, clearance = tuple(body["groups"]), body["clearance"]
    name, once = (body["username"], body["name"]), body["withPassword"]
    added = AddPerson(*name, None, body["email"], groups, roles, clearance, one_time=once)
    return {"username": body["username"], "oneTimePassword": run_secret(added)}


@blp.operation("PATCH", ONE, permission=MANAGE, body=AccountBody, status=204, errors=(404, 409))
def change_account(body: dict[str, Any], username: str) -> None:
    """Change the name or the mail address."""
    run(ChangePerson(username, body["name"], body["email"], rev=if_match()))


@blp.operation(
    "POST", f"{ONE}/one-time-password", permission=MANAGE, returns=OneTimePassword, status=201, errors=(404,)
)
def make_one_time_password(username: str) -> dict[str, Any]:
    """Make a password for one use, in the place of a forgotten one; ends the account's sessions. Never one's own."""
    return {"oneTimePassword": run_secret(SetPassword(username))}


@blp.operation("PUT", f"{ONE}/groups/<string:group_id>", permission=MANAGE, status=204, errors=(404,))
def join_group(username: str, group_id: str) -> None:
    """Take somebody into a unit, a committee or a position; never oneself."""
    run(ChangeMembership(username, group_id))


@blp.operation("DELETE", f"{ONE}/groups/<string:group_id>", permission=MANAGE, status=204, errors=(404,))
def leave_group(username: str, group_id: str) -> None:
    """Take somebody out of a unit, a committee or a position; never oneself."""
    run(ChangeMembership(username, group_id, leave=True))


@blp.operation("POST", f"{ONE}/roles/grant", permission=MANAGE, body=RoleGrantBody, status=204, errors=(404,))
def grant_role(body: dict[str, Any], username: str) -> None:
    """Give somebody a role; never oneself."""
    run(GrantRole(username, body["role"], body["processDefinitionId"] or ""))


@blp.operation("POST", f"{ONE}/roles/revocation", permission=MANAGE, body=RoleGrantBody, status=204, errors=(404, 409))
def revoke_role(body: dict[str, Any], username: str) -> None:
    """Take a role back; never one's own, nor that of the last administrator."""
    run(GrantRole(username, body["role"], body["processDefinitionId"] or "", revoke=True))


@blp.operation(
    "POST", f"{ONE}/deactivation", permission=MANAGE, body=DeactivationBody, returns=Deactivation, errors=(404, 409)
)
def deactivate(body: dict[str, Any], username: str) -> Any:
    """Deactivate an account: sessions end, keys are revoked. Open tasks stay; hand them over. Never one's own."""
    return run(DeactivatePerson(username, body["reason"], rev=if_match()))


@blp.operation("POST", f"{ONE}/activation", permission=MANAGE, status=204, errors=(404, 409))
def activate(username: str) -> None:
    """Activate an account again, with the groups and roles that it had and without its keys."""
    run(ActivatePerson(username, rev=if_match()))


@blp.operation("GET", "/roles", permission="people:read", returns=RoleList)
def roles() -> dict[str, Any]:
    """The roles: how many have each, and what it lets them do."""
    return {"items": read(list_roles)}
