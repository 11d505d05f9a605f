"""Where what people are told may go besides mail: the list of allowed hosts, and webhooks."""

from __future__ import annotations

from typing import Any

from flask import Response

from api import trials
from api.answers import tagged
from api.blueprint import Room
from api.context import if_match, read, run, run_secret, runtime
from api.schemas.channels import (
    AllowedHostBody,
    AllowedHostList,
    AllowedHostMade,
    TrialResult,
    Webhook,
    WebhookBody,
    WebhookChange,
    WebhookList,
    WebhookMade,
    WebhookSecret,
)
from engine.commands.add_webhook import AddWebhook
from engine.commands.allow_host import AllowHost, DisallowHost
from engine.commands.change_webhook import ChangeWebhook, RemoveWebhook, RenewWebhookSecret, TestWebhook
from engine.model.webhooks import TEST, cloud_event
from engine.queries.channels import hosts, webhook_of, webhooks

blp = Room("channels", __name__, url_prefix="/v2", description="Allowed hosts and webhooks")
HOSTS, HOOKS, READ, MANAGE = "/allowed-hosts", "/webhooks", "channel:read", "channel:manage"


@blp.operation("GET", HOSTS, permission=READ, returns=AllowedHostList)
def list_hosts() -> dict[str, Any]:
    """The hosts that webhooks and push channels may send to; to no other is anything sent."""
    return {"items": read(hosts)}


@blp.operation(
    "POST", HOSTS, permission=MANAGE, body=AllowedHostBody, returns=AllowedHostMade, status=201, errors=(409,)
)
def allow(body: dict[str, Any]) -> Any:
    """Allow a host."""
    return run(AllowHost(body["pattern"], body["reason"], body["port"], body["scheme"], body["private"]))


@blp.operation("DELETE", f"{HOSTS}/<key:key>", permission=MANAGE, status=204, errors=(404,))
def disallow(key: int) -> None:
    """Take a host from the list: nothing is sent there any more."""
    run(DisallowHost(key))


@blp.operation("GET", HOOKS, permission=READ, returns=WebhookList)
def list_webhooks() -> dict[str, Any]:
    """All webhooks; their secrets are shown nowhere."""
    return {"items": read(webhooks)}


@blp.operation("GET", f"{HOOKS}/<key:key>", permission=READ, returns=Webhook, errors=(404,))
def get_webhook(key: int) -> Response:
    """One webhook, with its revision as ETag."""
    found = read(webhook_of, key)
    return tagged(found, found["rev"])


@blp.operation("POST", HOOKS, permission=MANAGE, body=WebhookBody, returns=WebhookMade, status=201, errors=(409,))
def add(body: dict[str, Any]) -> Any:
    """Add a webhook; its secret is shown this once."""
    return run_secret(AddWebhook(body["name"], body["url"], tuple(body["topics"]), tuple(body["groups"])))


@blp.operation("PUT", f"{HOOKS}/<key:key>", permission=MANAGE, body=WebhookChange, status=204, errors=(404, 409))
def change(body: dict[str, Any], key: int) -> None:
    """Change a webhook, or switch it off or on."""
    topics, groups = tuple(body["topics"]), tuple(body["groups"])
    run(ChangeWebhook(key, body["name"], body["url"], topics, groups, body["active"], if_match()))


@blp.operation(
    "POST", f"{HOOKS}/<key:key>/secret", permission=MANAGE, returns=WebhookSecret, status=201, errors=(404, 409)
)
def renew(key: int) -> Any:
    """Make a new secret, shown this once; for a day the one before signs, too."""
    return run_secret(RenewWebhookSecret(key))


@blp.operation("POST", f"{HOOKS}/<key:key>/trial", permission=MANAGE, returns=TrialResult, errors=(404,))
def try_out(key: int) -> dict[str, Any]:
    """Send an event of type `org.krabuan.notification.test` now; also while the webhook is switched off."""
    trials.count(f"webhook:{key}")
    parcel = run(TestWebhook(key))
    source = runtime().bus.services.telling.public_url or "/"
    time = runtime().clock.now().isoformat()
    return trials.send(parcel, f"webhook:{key}", cloud_event(parcel, TEST, time, source, None, {}))


@blp.operation("DELETE", f"{HOOKS}/<key:key>", permission=MANAGE, status=204, errors=(404,))
def remove(key: int) -> None:
    """Take a webhook away: what waits for it is not sent."""
    run(RemoveWebhook(key))
