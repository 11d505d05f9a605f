"""A person's own push channels, which hear that there is a task, and never which."""

from __future__ import annotations

from typing import Any

from api import trials
from api.blueprint import Room
from api.context import actor, read, run, run_secret
from api.schemas.channels import (
    PushAddressBody,
    PushAddressList,
    PushAddressMade,
    PushServiceBody,
    PushServiceList,
    PushServiceMade,
    TrialResult,
)
from api.views import optional_key
from engine.commands.push_addresses import AddPushAddress, RemovePushAddress, TestPushAddress
from engine.commands.push_services import AddPushService, RemovePushService
from engine.queries.channels import push_addresses, push_services

blp = Room("push", __name__, url_prefix="/v2", description="Push channels: one's own, and accounts of the office")
MINE, SERVICES = "/authentication/me/push-addresses", "/push-services"
MANAGE, OFFICE = "push-address:manage", "channel:manage"


@blp.operation("GET", MINE, permission=MANAGE, returns=PushAddressList)
def list_addresses() -> dict[str, Any]:
    """One's own push channels: how they were called, not their addresses."""
    return {"items": read(push_addresses)}


@blp.operation(
    "POST", MINE, permission=MANAGE, body=PushAddressBody, returns=PushAddressMade, status=201, errors=(404, 409)
)
def add(body: dict[str, Any]) -> dict[str, str]:
    """Add a push channel; its host is on the list of allowed hosts."""
    service = optional_key(body, "pushServiceKey")
    made = run_secret(AddPushAddress(actor().id, body["label"], body["address"], service))
    return {"pushAddressKey": made["pushAddressKey"]}


@blp.operation("POST", f"{MINE}/<key:key>/trial", permission=MANAGE, returns=TrialResult, errors=(404,))
def try_out(key: int) -> dict[str, Any]:
    """Send a message there now."""
    trials.count(f"push:{key}")
    made = run(TestPushAddress(key))
    return trials.send(made["parcelKey"], f"push:{key}", None, made["username"])


@blp.operation("DELETE", f"{MINE}/<key:key>", permission=MANAGE, status=204, errors=(404,))
def remove(key: int) -> None:
    """Remove a push channel."""
    run(RemovePushAddress(key))


@blp.operation("GET", SERVICES, permission=MANAGE, returns=PushServiceList)
def list_services() -> dict[str, Any]:
    """The office's own accounts at push services, for people to choose from."""
    return {"items": read(push_services)}


@blp.operation(
    "POST", SERVICES, permission=OFFICE, body=PushServiceBody, returns=PushServiceMade, status=201, errors=(409,)
)
def add_service(body: dict[str, Any]) -> Any:
    """Add an account of the office's own at a push service."""
    return run_secret(AddPushService(body["name"], body["address"]))


@blp.operation("DELETE", f"{SERVICES}/<key:key>", permission=OFFICE, status=204, errors=(404,))
def remove_service(key: int) -> None:
    """Remove it, with the push channels of people that go through it."""
    run(RemovePushService(key))
