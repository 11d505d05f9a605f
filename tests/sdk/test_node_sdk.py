"""The official TypeScript SDK, validating strictly, against a real server."""

from __future__ import annotations

import fcntl
import hashlib
import json
import re
import subprocess
import sys
import uuid
from pathlib import Path

import pytest

from tests.api.coverage import answered
from tests.sdk.conftest import PASSWORD, ROOT, Server

HERE = Path(__file__).parent
NODE = HERE / "node"


@pytest.fixture(scope="session")
def node_command() -> list[str]:
    """How to run the wheel's node, the SDK installed beside the script as the lock file says."""
    tool = [sys.executable, str(ROOT / "build_backend" / "frontend.py")]
    state = ROOT / ".krabuan"
    state.mkdir(exist_ok=True)
    wanted = hashlib.sha256((NODE / "package-lock.json").read_bytes()).hexdigest()
    stamp = NODE / "node_modules" / ".lock-digest"
    with open(state / "sdk-node.lock", "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not stamp.is_file() or stamp.read_text(encoding="ascii") != wanted:
            install = [*tool, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
            subprocess.run(install, cwd=NODE, check=True, capture_output=True)
            stamp.write_text(wanted, encoding="ascii")
    return [*tool, "node"]


def test_a_case_from_start_to_end(server: Server, node_command: list[str]) -> None:
    order = uuid.uuid4().hex
    command = [*node_command, str(NODE / "drive.mjs"), server.url, PASSWORD, str(HERE / "order.bpmn"), order]
    finished = subprocess.run(command, cwd=NODE, capture_output=True, text=True, timeout=120, check=False)
    assert finished.returncode == 0, finished.stderr
    seen = json.loads(finished.stdout.strip().splitlines()[-1])
    assert seen == {
        "deployed": ["sdk-order"],
        "definitions": 1,
        "groups": ["clerks"],
        "wrongState": 409,
        "variables": {"orderId": order, "amount": 12.5, "checked": True, "paid": True},
        "state": "COMPLETED",
        "elements": ["Catch_Paid", "End", "Start", "Task_Check", "Task_Pack"],
        "packed": "1",
    }


# of a later version than this SDK
LATER = {
    "assignProcessInstanceBusinessId",
    "getFormByKey",
    "getProcessInstanceWaitStateStatistics",
    "getResourceContentBinary",
    "resumeProcessInstance",
    "resumeProcessInstancesBatchOperation",
    "searchElementInstanceWaitStates",
    "searchResources",
    "suspendProcessInstance",
    "suspendProcessInstancesBatchOperation",
}


def test_every_route_is_reached(server: Server, node_command: list[str]) -> None:
    names = {re.sub(r"_(\w)", lambda found: found[1].upper(), route.call) for route in answered()}
    command = [*node_command, str(NODE / "routes.mjs"), server.url, PASSWORD, str(HERE), json.dumps(sorted(names))]
    finished = subprocess.run(command, cwd=NODE, capture_output=True, text=True, timeout=120, check=False)
    assert finished.returncode == 0, finished.stderr
    seen = json.loads(finished.stdout.strip().splitlines()[-1])
    assert (set(seen["absent"]), seen["missed"]) == (LATER, [])
    assert seen["byConditions"] == [0, 1, "sdk-condition", "ACTIVE"]
