"""A served office for browser tests: its clock, its API, and cases brought to where a test begins."""

from __future__ import annotations

import itertools
import socket
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import yaml

PASSWORD = "a demo for everybody"
PROCESS = "ictc-16-breach-notification"
CONTENT = Path(__file__).resolve().parents[2] / "processes" / PROCESS
STAFF, EXECUTIVE, DPO = "agri_data_group1", "division_executives1", "dpo1"


class Office:
    """A running server at `base`. Everything is done through its API, as people and clients do it."""

    def __init__(self, base: str, clock: Path, server: int | None = None) -> None:
        self.base, self._clock, self.server = base, clock, server
        self._clients: dict[str, httpx.Client] = {}
        self._numbers = itertools.count(1)

    def close(self) -> None:
        for client in self._clients.values():
            client.close()

    def as_(self, account: str) -> httpx.Client:
        """A client of the API in the name of an account."""
        if account not in self._clients:
            self._clients[account] = httpx.Client(base_url=self.base, auth=(account, PASSWORD), timeout=60)
        return self._clients[account]

    def ask(self, method: str, path: str, body: Any = None, account: str = "owner") -> Any:
        """The answer's body; an error of any kind fails the test with what the server said."""
        answer = self.as_(account).request(method, path, json=body)
        assert answer.is_success, f"{account} {method} {path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else None

    def now(self) -> datetime:
        """The present moment of the server."""
        return datetime.fromisoformat(self.as_("owner").get("/v2/status").headers["X-Krabuan-Time"])

    def advance(self, by: timedelta) -> datetime:
        """Move the clock on, doing what comes due on the way; returns the new present moment."""
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(str(self._clock))
            line.sendall(f"{by.total_seconds()}\n".encode())
            with line.makefile() as answer:
                return datetime.fromisoformat(answer.read())

    def advance_and_leave(self, by: timedelta) -> None:
        """Have the clock moved on, and do not wait for what comes due on the way."""
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(str(self._clock))
            line.sendall(f"{by.total_seconds()}\n".encode())

    def new_number(self) -> str:
        """A case number that no other case of this server has."""
        return f"ทดสอบ {next(self._numbers)}/2569"

    def case(self, until: str | None = None, *, scenario: str = "risk", number: str | None = None) -> Case:
        """A breach case, known since now, that has come as in the scenario to where the element `until` waits."""
        number = number or self.new_number()
        aware_at = moment(self.now())
        started = self.ask(
            "POST",
            "/v2/process-instances",
            {
                "processDefinitionId": PROCESS,
                "businessId": number,
                "variables": {**scenario_of(scenario)["start"]["data"], "aware_at": aware_at},
            },
            STAFF,
        )
        case = Case(self, str(started["processInstanceKey"]), number)
        if until is not None:
            for step in tasks_of(scenario):
                if step["task"] == until:
                    break
                case.complete(step["task"], who(step["as"]), present(step["data"], self.now()))
            case.task(until)
        return case


class Case:
    """One case of an office."""

    def __init__(self, office: Office, key: str, number: str) -> None:
        self.office, self.key, self.number = office, key, number

    def tasks(self) -> list[dict[str, Any]]:
        """Its open tasks."""
        filters = {"processInstanceKey": self.key, "state": "CREATED"}
        found: list[dict[str, Any]] = self.office.ask("POST", "/v2/user-tasks/search", {"filter": filters})["items"]
        return found

    def task(self, element: str) -> str:
        """The key of the open task of an element."""
        open_ = {task["elementId"]: task["userTaskKey"] for task in self.tasks()}
        assert element in open_, f"{element} is not open, but {sorted(open_)}"
        return str(open_[element])

    def claim(self, element: str, account: str) -> str:
        """Claim an open task for an account; returns its key."""
        key = self.task(element)
        self.office.ask("POST", f"/v2/user-tasks/{key}/assignment", {"assignee": account}, account)
        return key

    def complete(self, element: str, account: str, data: dict[str, Any]) -> None:
        key = self.claim(element, account)
        self.office.ask("POST", f"/v2/user-tasks/{key}/completion", {"variables": data}, account)

    def get(self, part: str) -> list[dict[str, Any]]:
        """The items of one of its lists: control-points, deadlines, comments, history."""
        items: list[dict[str, Any]] = self.office.ask("GET", f"/v2/process-instances/{self.key}/{part}")["items"]
        return items

    @property
    def state(self) -> str:
        return str(self._item["state"])

    @property
    def definition(self) -> str:
        """The key of its process definition."""
        return str(self._item["processDefinitionKey"])

    @property
    def _item(self) -> dict[str, Any]:
        item: dict[str, Any] = self.office.ask("GET", f"/v2/process-instances/{self.key}")
        return item


@cache
def scenario_of(name: str) -> dict[str, Any]:
    """A scenario of the breach process: what browser tests fill in is what the process owner wrote there."""
    read: dict[str, Any] = yaml.safe_load((CONTENT / "scenarios" / f"{name}.yaml").read_text(encoding="utf-8"))
    return read


def tasks_of(scenario: str) -> list[dict[str, Any]]:
    """Its steps that complete a task."""
    return [step for step in scenario_of(scenario)["steps"] if "task" in step and "refused" not in step]


def data_of(element: str, now: datetime, scenario: str = "risk") -> dict[str, Any]:
    """What the scenario fills in at an element, at this time."""
    return next(present(step["data"], now) for step in tasks_of(scenario) if step["task"] == element)


def who(account: str) -> str:
    """Three accounts do it all: what other divisions may do, the data group may do too."""
    return STAFF if account == "related_divisions1" else account


def present(data: dict[str, Any], now: datetime) -> dict[str, Any]:
    """The data of a scenario with its moments moved to the present: what was done, was done just now."""
    return {key: moment(now) if key.endswith("_at") else value for key, value in data.items()}


def moment(when: datetime) -> str:
    """As a form writes it: to the minute, Bangkok's offset."""
    local = when + timedelta(hours=7)
    return f"{local:%Y-%m-%dT%H:%M}+07:00"
