"""The second factor of one's account: enrolled, confirmed, renewed, switched off; reset by an administrator."""

from __future__ import annotations

from typing import Any

from api.blueprint import Room
from api.context import actor, read, run, run_secret
from api.resources.identity import proven_again
from api.schemas.second_factor import (
    CodeBody,
    PasswordAndCode,
    PresentPassword,
    RecoveryCodes,
    SecondFactorState,
    SecretAnswer,
)
from engine.commands.change_second_factor import RemoveSecondFactor, RenewRecoveryCodes
from engine.commands.enrol_second_factor import BeginSecondFactor, ConfirmSecondFactor, WrongCode
from engine.commands.reset_second_factor import ResetSecondFactor
from engine.queries.second_factor import second_factor_of

blp = Room("second_factor", __name__, url_prefix="/v2", description="The second factor of an account")
MINE, MANAGE = "/authentication/me/second-factor", "second-factor:manage"


@blp.operation("GET", MINE, permission=MANAGE, returns=SecondFactorState)
def get_state() -> dict[str, Any]:
    """Whether one's account has a second factor, and how many recovery codes are left."""
    return read(second_factor_of)


@blp.operation(
    "POST", MINE, permission=MANAGE, body=PresentPassword, returns=SecretAnswer, status=201, errors=(409,)
)
def begin(body: dict[str, Any]) -> dict[str, Any]:
    """Make a secret for an authenticator app; of force once a code of it was given."""
    import segno  # loaded when somebody enrols: it is 1.5 MiB that hardly a day needs

    account = proven_again(body["password"])
    made = run_secret(BeginSecondFactor(account.username, account.password_hash or ""))
    # white below it, whatever the page's colours are: apps read dark on light
    image = segno.make(made["address"], error="m", micro=False).svg_data_uri(scale=4, border=4, light="#fff")
    return {**made, "qrCode": image}


@blp.operation("PUT", MINE, permission=MANAGE, body=CodeBody, returns=RecoveryCodes, errors=(409,))
def confirm(body: dict[str, Any]) -> Any:
    """Confirm it by a code of the app: it is asked for from now on; answers the recovery codes."""
    return run_secret(ConfirmSecondFactor(actor().id, body["code"]))


@blp.operation(
    "POST",
    MINE + "/recovery-codes",
    permission=MANAGE,
    body=PasswordAndCode,
    returns=RecoveryCodes,
    status=201,
    errors=(409,),
)
def renew(body: dict[str, Any]) -> dict[str, Any]:
    """Make ten new recovery codes; the old ones are of no use any more."""
    account = proven_again(body["password"])
    done = run_secret(RenewRecoveryCodes(account.username, account.password_hash or "", body["code"]))
    if done["refused"]:
        raise WrongCode()
    return {"recoveryCodes": done["recoveryCodes"]}


@blp.operation("POST", MINE + "/removal", permission=MANAGE, body=PasswordAndCode, status=204, errors=(409,))
def remove(body: dict[str, Any]) -> None:
    """Switch it off."""
    account = proven_again(body["password"])
    if run_secret(RemoveSecondFactor(account.username, account.password_hash or "", body["code"]))["refused"]:
        raise WrongCode()


@blp.operation(
    "DELETE",
    "/users/<string:username>/second-factor",
    permission="people:manage",
    status=204,
    errors=(400, 404, 409),
)
def reset(username: str) -> None:
    """Reset that of somebody who lost it; ends the person's sessions. Never one's own."""
    run(ResetSecondFactor(username))
