"""Is the service there, and what is it: status, topology, the description of the API."""

from __future__ import annotations

from typing import Any

from flask import request

from api.blueprint import Room
from api.context import read, runtime
from api.machine import disk_of, versions_of
from api.replicas import health_of
from api.schemas.system import Health, Topology
from api.version import VERSION
from engine.queries.health import get_health, worst
from engine.queries.service import check_database, require_topology

blp = Room("cluster", __name__, url_prefix="/v2", description="Status, topology, description of the API")


@blp.operation("GET", "/status", permission=None, status=204)
def get_status() -> None:
    """Answer 204 when the database answers, else 503."""
    with runtime().database.read() as db:
        check_database(db)


@blp.operation("GET", "/topology", permission="topology:read", returns=Topology)
def get_topology() -> dict[str, Any]:
    """This node, and the others that share its database, each as a broker; they have one partition together."""
    read(require_topology)
    host, _, port = request.host.partition(":")
    partition = {"partitionId": 1, "role": "leader", "health": "healthy", "state": "active"}
    mine = {"nodeId": 0, "brokerId": "0", "host": host, "port": int(port or 80), "version": VERSION}
    others = [
        mine | {"nodeId": number, "brokerId": peer.node, "host": peer.about["host"], "version": peer.about["version"]}
        for number, peer in enumerate(sorted(runtime().peers(), key=lambda peer: peer.node), 1)
    ]
    return {
        "brokers": [broker | {"partitions": [partition]} for broker in (mine, *others)],
        "clusterId": "krabuan",
        "clusterSize": 1 + len(others),
        "partitionsCount": 1,
        "replicationFactor": 1,
        "gatewayVersion": VERSION,
        "lastCompletedChangeId": "-1",
    }


@blp.operation("GET", "/health", permission="health:read", returns=Health)
def health() -> dict[str, Any]:
    """How the service does: what waits, lies behind or failed for good, line by line."""
    now = runtime().clock.now()
    checks = [*read(get_health, now), *health_of(runtime().replica), disk_of(runtime())]
    return {"asOf": now.isoformat(), "level": worst(checks), "checks": checks, "versions": versions_of(runtime())}
