"""Signing in and out, who is signed in, and whom tasks can go to."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, request

from api.answers import answer
from api.blueprint import Room
from api.context import actor, identity, if_match, read, run, run_secret, runtime
from api.cookies import SESSION, STEP, forget, given, put
from api.identity import ANONYMOUS, Authenticator, WrongPassword
from api.schemas.directory import GroupResult, GroupSearch, NamesBody, NamesResult, UserResult, UserSearch
from api.schemas.second_factor import CodeBody
from api.schemas.system import ClearanceBody, Me, PasswordBody, SessionAnswer, SignInBody
from api.views import wanted
from engine.commands.change_password import ChangePassword
from engine.commands.set_clearance import SetClearance
from engine.commands.sign_in import LONGEST_AGENT, SESSION_LIFETIME, STEP_LIFETIME, SignIn, token_hash
from engine.commands.sign_in_with_code import SignInWithCode
from engine.commands.sign_out import SignOut
from engine.errors import InvalidArgument, Unauthorized
from engine.model.access import SHOWN
from engine.queries.directory import names_of, search_groups, search_users
from engine.queries.people import Account

blp = Room("identity", __name__, url_prefix="/v2", description="Signing in, who is signed in, people and groups")


@blp.operation("POST", "/session", permission=None, body=SignInBody, returns=SessionAnswer, errors=(401,))
def sign_in(body: dict[str, Any]) -> Response:
    """Sign in with name and password; the session is a cookie that scripts cannot read."""
    authenticator: Authenticator = current_app.extensions["krabuan-authenticator"]
    account = authenticator.verify(body["username"], body["password"])
    proven = SignIn(account.username, account.password_hash or "", agent_of_request())
    opened = runtime().bus.run(proven, ANONYMOUS)
    if "step" not in opened:
        return _signed_in(account.username, opened)
    response = answer({"username": account.username, "csrfToken": None, "codeNeeded": True})
    put(response, STEP, opened["step"], int(STEP_LIFETIME.total_seconds()))
    return response


class WrongSecondStep(Unauthorized):
    """The code is wrong, used already or no longer valid."""

    code = "wrong-code"
    th = "รหัสไม่ถูกต้อง ถูกใช้ไปแล้ว หรือหมดอายุ"


@blp.operation("POST", "/session/code", permission=None, body=CodeBody, returns=SessionAnswer, errors=(401, 409))
def sign_in_with_code(body: dict[str, Any]) -> Response:
    """The second step, for who has a second factor: a code of the app, or a recovery code."""
    step = token_hash(given(STEP))
    opened = runtime().bus.run(SignInWithCode(step, body["code"], agent_of_request()), ANONYMOUS)
    if opened is None:
        raise WrongSecondStep()
    response = _signed_in(opened["username"], opened)
    forget(response, STEP)
    return response


def _signed_in(username: str, opened: dict[str, Any]) -> Response:
    response = answer({"username": username, "csrfToken": opened["csrfToken"], "codeNeeded": False})
    remember_session(response, opened["token"])
    return response


def remember_session(response: Response, token: str) -> None:
    """Set the session's cookie."""
    put(response, SESSION, token, int(SESSION_LIFETIME.total_seconds()))


def agent_of_request() -> str:
    """What the browser calls itself, as far as it can be kept."""
    return request.headers.get("User-Agent", "").replace("\0", "")[:LONGEST_AGENT]


@blp.operation("DELETE", "/session", permission="session:open", status=204)
def sign_out() -> Response:
    """End the session of this cookie."""
    run_secret(SignOut(token_hash(given(SESSION))))
    response = Response(status=204)
    forget(response, SESSION)
    response.headers["Clear-Site-Data"] = '"cache"'  # what the pages remember of the language is nobody's secret
    return response


class WrongCurrentPassword(InvalidArgument):
    """The present password is not right, or the account is locked for a while after wrong passwords."""

    code = "wrong-current-password"
    th = "รหัสผ่านปัจจุบันไม่ถูกต้อง หรือบัญชีถูกพักชั่วคราวเพราะใส่รหัสผ่านผิดหลายครั้ง"


def proven_again(password: str) -> Account:
    """The account of who asks, the present password of which was given once more. Raises WrongCurrentPassword."""
    authenticator: Authenticator = current_app.extensions["krabuan-authenticator"]
    try:
        return authenticator.verify(identity().account.username, password)
    except WrongPassword:
        raise WrongCurrentPassword() from None


@blp.operation("PUT", "/authentication/me/password", permission="password:change", body=PasswordBody, status=204)
def change_password(body: dict[str, Any]) -> None:
    """Change one's own password; every other session of the account ends."""
    authenticator: Authenticator = current_app.extensions["krabuan-authenticator"]
    try:
        account = authenticator.verify(identity().account.username, body["currentPassword"])
    except WrongPassword:
        raise WrongCurrentPassword() from None
    keep = token_hash(given(SESSION))
    run_secret(ChangePassword(account.username, account.password_hash or "", body["newPassword"], keep))


@blp.operation("GET", "/authentication/me", permission="session:open", returns=Me)
def get_me() -> dict[str, Any]:
    """Who is signed in, with groups and roles."""
    account, who = identity().account, actor()
    return {
        "username": who.id,
        "displayName": account.display_name,
        "email": account.email,
        "authorizedComponents": ["*"],
        "tenants": [{"tenantId": "<default>", "name": "Default", "description": None}],
        "onBehalfOf": who.on_behalf_of,
        "groups": sorted(who.groups),
        "roles": sorted(who.roles),
        "salesPlanType": None,
        "c8Links": {},
        "canLogout": identity().csrf is not None,
        "csrfToken": identity().csrf,
        "ownedProcesses": sorted(who.owned),
        "clearance": SHOWN[who.clearance],
        "secondFactorRequired": identity().must_enrol,
        "passwordChangeRequired": identity().must_change,
        "hasPassword": account.password_hash is not None,
    }


@blp.operation("POST", "/groups/search", permission="people:read", body=GroupSearch, returns=GroupResult)
def find_groups(body: dict[str, Any]) -> Any:
    """Search units, committees and positions: what candidate groups are called."""
    return read(search_groups, wanted(body))


@blp.operation("POST", "/users/search", permission="people:read", body=UserSearch, returns=UserResult)
def find_users(body: dict[str, Any]) -> Any:
    """Search the people that tasks can be assigned to."""
    return read(search_users, wanted(body))


@blp.operation("POST", "/users/names", permission="people:read", body=NamesBody, returns=NamesResult)
def names(body: dict[str, Any]) -> dict[str, Any]:
    """What accounts are called, whose user names one knows: also deactivated ones. Who is not known is left out."""
    return {"items": read(names_of, body["usernames"])}


@blp.operation(
    "PUT",
    "/users/<string:username>/clearance",
    permission="people:manage",
    body=ClearanceBody,
    status=204,
    errors=(404, 409),
)
def set_clearance(body: dict[str, Any], username: str) -> None:
    """Say up to which confidentiality class an account may see; never one's own."""
    run(SetClearance(username, body["clearance"], rev=if_match()))
