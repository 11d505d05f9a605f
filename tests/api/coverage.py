"""Which routes of the Camunda 8 REST API are answered: docs/reference/api-coverage.md, from the official SDK, from
what the API says of itself, and from the tests that go through the SDK.

    python -m tests.api.coverage            writes the page
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from itertools import groupby
from pathlib import Path

import camunda_orchestration_sdk

from api.description import describe

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "reference" / "api-coverage.md"
SDK_TESTS = ROOT / "tests" / "sdk"
_ROUTE = re.compile(r'"method": "(\w+)",\s*"url": "([^"]+)"')
_HEAD = """# Coverage of the Camunda 8 REST API

Generated from the tests by `python -m tests.api.coverage`; do not edit. The routes are those of the contract that the
official Python SDK ({version}) was made from, without the administration of a cluster. *Answered* means: a test calls
it with that SDK, unmodified, against a real server, and the SDK understands the answer. Everything else is refused with
404 or 405. What Krabuan has beside these routes is in the description at `/v2/docs`.

{answered} of {all} routes are answered.

## What differs
- `POST /message-subscriptions/search` lists what waits now, in the state `CREATED`; what has arrived is in
  `/correlated-message-subscriptions/search`.
- `POST /element-instances/wait-states/search` does not list conditions. An event on an activity waits in the name of
  that activity's element instance.
- `POST /process-instances/{{key}}/incident-resolution` has done its work when it answers; its batch operation has ended.
- Deleting a case keeps its history, which auditors can still read ([What deletion leaves](../explanation/deletion.md)).
- `GET /documents/{{id}}` sends `application/octet-stream`, whatever the document is said to be; there is one store,
  `krabuan`.
- A batch operation that ended cannot be suspended, resumed or cancelled: 409.
- `GET /resources/{{key}}/content/binary` of a form is the JSON that is shown, its parts filled in.
- `GET /resources/{{key}}/content` is the same as text, JSON for a form and XML for the others.
"""


@dataclass(frozen=True, slots=True, order=True)
class Route:
    """A route of the contract, its parameters left out (`{}`), and the SDK's method for it."""

    path: str
    method: str
    call: str

    @property
    def name(self) -> str:
        """`METHOD /path/{}`."""
        return f"{self.method} {self.path}"


def plain(path: str) -> str:
    """A path without the names of its parameters."""
    return re.sub(r"\{[^}]+\}", "{}", path)


@lru_cache(maxsize=1)
def contract() -> list[Route]:
    """Every route that the SDK has a method for, cluster administration left out."""
    folder = Path(camunda_orchestration_sdk.__file__).parent / "api"
    found = []
    for path in folder.rglob("*.py"):
        told = _ROUTE.search(path.read_text(encoding="utf-8"))
        if told is not None and not told[2].startswith("/cluster/"):
            found.append(Route(plain(told[2]), told[1].upper(), path.stem))
    return sorted(found)


@lru_cache(maxsize=1)
def ours() -> frozenset[str]:
    """`METHOD /path/{}` of every operation that the API describes."""
    return frozenset(
        f"{method.upper()} {plain(path.removeprefix('/v2'))}"
        for path, operations in describe()["paths"].items()
        for method in operations
        if method != "parameters"
    )


def answered() -> list[Route]:
    """The routes of the contract that are ours too."""
    return [route for route in contract() if route.name in ours()]


@lru_cache(maxsize=1)
def callers() -> dict[str, list[str]]:
    """For each method of the SDK the tests that call it, directly or through a function beside them."""
    found: dict[str, list[str]] = {}
    for path in sorted(SDK_TESTS.glob("test_*.py")):
        functions = {f.name: set(_called(f)) for f in ast.parse(path.read_text("utf-8")).body if _is_function(f)}
        for name, calls in functions.items():
            if name.startswith("test_"):
                for call in sorted(calls.union(*(functions[c] for c in calls if c in functions))):
                    found.setdefault(call, []).append(f"{path.stem}::{name}")
    return found


def _is_function(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef)


def _called(function: ast.AST) -> Iterator[str]:
    for node in ast.walk(function):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute):
                yield node.func.attr
            elif isinstance(node.func, ast.Name):
                yield node.func.id


def page() -> str:
    """The whole page."""
    there = {route.name for route in answered()}
    lines = [_HEAD.format(version=version("camunda-orchestration-sdk"), answered=len(there), all=len(contract()))]
    for area, routes in groupby(contract(), key=lambda route: route.path.split("/")[1]):
        lines += [f"## {area}", "", "| route | answered | test |", "|---|---|---|"]
        for route in routes:
            tests = callers().get(route.call, []) if route.name in there else []
            said = "yes" if route.name in there else "not yet"
            lines.append(f"| `{route.name}` | {said} | {', '.join(f'`{test}`' for test in tests[:2])} |")
        lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
