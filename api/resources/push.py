"""A person's own push channels, which hear that there is a task, and never which."""

from __future__ import annotations

from typing import Any

from api import trials
from api.blueprint import Room
from api.context import actor, read, run, run_secret
from api.schemas.channels import PushAddressBody, PushAddressList, PushAddressMade, TrialResult
from engine.commands.push_addresses import AddPushAddress, RemovePushAddress, TestPushAddress
from engine.queries.channels import push_addresses

blp = Room("push", __name__, url_prefix="/v2/authentication/me/push-addresses", description="One's own push channels")
MANAGE = "push-address:manage"


@blp.operation("GET", "", permission=MANAGE, returns=PushAddressList)
def list_addresses() -> dict[str, Any]:
    """One's own push channels: how they were called, not their addresses."""
    return {"items": read(push_addresses)}


@blp.operation("POST", "", permission=MANAGE, body=PushAddressBody, returns=PushAddressMade, status=201, errors=(409,))
def add(body: dict[str, Any]) -> dict[str, str]:
    """Add a push channel; its host is on the list of allowed hosts."""
    return {"pushAddressKey": run_secret(AddPushAddress(actor().id, body["label"], body["address"]))["pushAddressKey"]}


@blp.operation("POST", "/<key:key>/trial", permission=MANAGE, returns=TrialResult, errors=(404,))
def try_out(key: int) -> dict[str, Any]:
    """Send a message there now."""
    trials.count(f"push:{key}")
    made = run(TestPushAddress(key))
    return trials.send(made["parcelKey"], f"push:{key}", None, made["username"])


@blp.operation("DELETE", "/<key:key>", permission=MANAGE, status=204, errors=(404,))
def remove(key: int) -> None:
    """Remove a push channel."""
    run(RemovePushAddress(key))
