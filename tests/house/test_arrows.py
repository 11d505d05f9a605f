"""The arrows of the house: which room may import which. They keep the engine readable one room at a time."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.house.sources import ROOT, Import, imports, name, python_files

COMMON = frozenset({"model", "errors", "ports"})
EXPRESSION_USERS = frozenset({"feel", "dmn", "calendar"})

# room: the rooms of engine/ that it may import besides itself, as the house plan draws them
PLAN: dict[str, frozenset[str]] = {
    "feel": frozenset(),
    "layout": frozenset(),
    "calendar": frozenset(),
    "errors": frozenset({"model"}),
    "model": frozenset(),
    "ports": COMMON,
    "policy": COMMON,
    # forms and dmn know of the model only what a fault is
    "forms": frozenset({"feel", "model"}),
    "dmn": frozenset({"feel", "model"}),
    "execution": COMMON | EXPRESSION_USERS,
    "controls": COMMON | EXPRESSION_USERS,
    "deadlines": COMMON | EXPRESSION_USERS,
    "store": COMMON,
    "history": COMMON | {"store"},
    "notify": COMMON | {"store"},
    "queries": COMMON | {"store"},
    "reports": COMMON | {"store", "queries", "calendar", "policy"},
    "commands": COMMON
    | {"execution", "controls", "deadlines", "notify", "calendar", "policy", "store", "forms", "dmn"},
    "bus": COMMON | {"commands", "policy", "history", "store"},
    "jobs": COMMON | {"bus", "store"},
    "adapters": COMMON,
    "scenarios": COMMON | {"bus", "queries", "adapters"},
    # two versions are compared as they were read when somebody wanted to deploy them
    "comparison": COMMON | {"calendar", "commands", "forms", "dmn"},
    # what a manual prints is compared with what the content's own readers read
    "catalogue": COMMON | {"calendar", "commands", "execution", "scenarios"},
}
# Arrows that the plan does not draw: each is an exception to it and says what it is for. None is added to silence a
# test: first see whether the import can go through a room that the plan allows.
BEYOND_THE_PLAN: dict[str, dict[str, str]] = {
    "commands": {"feel": "variables come in and go out as its values"},
    "jobs": {
        "commands": "their request objects, which go to the bus",
        "queries": "a batch operation is done to what a search finds, as the account that asked for it",
        "history": "what a checkpoint covers is read from the chains, and goes to the bus signed",
    },
    "queries": {
        "policy": "what may be seen is decided by the same table as what may be done",
        "history": "verifying a case's chain is a question, not a change",
        "notify": "what holds for who chose nothing, and what a template makes, are questions",
    },
    "scenarios": {
        "commands": "their request objects, which go to the bus",
        "jobs": "what falls due is fired as in real work",
        "store": "each scenario has a database of its own in memory",
        "execution": "coverage counts the flow nodes and sequence flows of the diagram",
        "calendar": "waiting for a duration moves the clock by it",
    },
}
API = COMMON | {"bus", "commands", "queries", "reports", "scenarios", "layout", "catalogue", "comparison"}
# Wiring: the only files that may put the rooms together.
WIRING = tuple(f"api/{file}.py" for file in ("app", "cluster", "runtime", "service", "proof", "proving", "leaving"))
API_BEYOND_THE_PLAN: dict[str, dict[str, str]] = {
    "api/backup/put_back.py": {"store": "puts the file of the database in its place while nobody has it open"},
    "api/backup/write.py": {"store": "copies the file of the database while it is written to"},
    "api/cli/backup.py": {"store": "backs up a database of any schema, and migrates none"},
    "api/cli/compact.py": {"store": "writes the files of the database anew, on the server's own machine"},
    "api/cli/place.py": {"store": "every command that opens the database brings its schema up to date first"},
    "api/doctor/database.py": {"store": "looks at the file of the database before anything opens it"},
    "api/doctor/examine.py": {"store": "looks at the file of the database before anything opens it"},
    "api/doctor/files.py": {"adapters": "sees whether a key can be used, which is that adapter's to know"},
    "api/doctor/service.py": {
        "store": "the condition of the database, whatever its schema is",
        "history": "which checkpoint the database ends at",
        "jobs": "how the file of a checkpoint is called",
    },
    "api/cli/restore.py": {"store": "brings the schema of a restored file up to date before it is put in its place"},
    "api/replicas.py": {"store": "opens the replica that the environment names, beside the database"},
    "api/cli/verify.py": {"history": "verifies all chains, on the server's own machine and without an account"},
}


def _room(module: str) -> str | None:
    parts = module.split(".")
    return parts[1] if parts[0] == "engine" and len(parts) > 1 else None


def _room_of(path: Path) -> str:
    relative = path.relative_to(ROOT / "engine")
    return relative.parts[0].removesuffix(".py")


def _all_imports(*tops: str) -> list[Import]:
    return [found for path in python_files(*tops) for found in imports(path)]


def test_every_room_of_the_engine_is_drawn() -> None:
    rooms = {_room_of(path) for path in python_files("engine")} - {"__init__"}
    assert rooms - PLAN.keys() == set()


def test_no_exception_outlives_its_reason() -> None:
    """An arrow beyond the plan that nobody uses any more is taken away."""
    used = {(_room_of(path), _room(found.module)) for path in python_files("engine") for found in imports(path)}
    drawn = {(room, target) for room, targets in BEYOND_THE_PLAN.items() for target in targets}
    assert drawn - used == set()


@pytest.mark.parametrize("room", sorted(PLAN))
def test_a_room_imports_only_what_its_arrows_allow(room: str) -> None:
    allowed = PLAN[room] | BEYOND_THE_PLAN.get(room, {}).keys() | {room}
    wrong = [
        str(found)
        for path in python_files("engine")
        if _room_of(path) == room
        for found in imports(path)
        if (target := _room(found.module)) is not None and target not in allowed
    ]
    assert not wrong, "\n" + "\n".join(wrong)


def test_the_api_stands_on_the_bus_and_the_queries() -> None:
    wrong = [
        str(found)
        for path in python_files("api")
        if not name(path).startswith(WIRING)
        for found in imports(path)
        if (target := _room(found.module)) is not None
        and target not in API | API_BEYOND_THE_PLAN.get(name(path), {}).keys()
    ]
    assert not wrong, "\n" + "\n".join(wrong)


def test_the_engine_knows_nothing_of_http() -> None:
    http = ("flask", "flask_smorest", "werkzeug", "gunicorn", "webargs", "api")
    assert [str(found) for found in _all_imports("engine") if found.module.split(".")[0] in http] == []


def test_only_two_files_know_how_the_service_is_watched() -> None:
    """Each is loaded only where it is wanted."""
    found = {f for f in _all_imports("engine", "api") if f.module.startswith(("prometheus_client", "opentelemetry"))}
    assert {one.file for one in found} == {"api/watching/metrics.py", "api/watching/tracing.py"}


def test_only_execution_imports_spiffworkflow() -> None:
    users = [found for found in _all_imports("engine", "api", "tests", "benchmarks") if "Spiff" in found.module]
    assert [str(found) for found in users if not found.file.startswith(("engine/execution/", "tests/house/"))] == []


def test_the_verifier_is_a_program_of_its_own() -> None:
    """It must not share a fault with the engine that wrote what it verifies."""
    allowed = {*sys.stdlib_module_names, "cryptography", "rfc3161_client", "krabuan_verify"}
    assert [str(found) for found in _all_imports("krabuan_verify") if found.module.split(".")[0] not in allowed] == []
    assert [str(found) for found in _all_imports("engine") if found.module.split(".")[0] == "krabuan_verify"] == []


def test_nothing_but_tests_imports_tests() -> None:
    assert [str(found) for found in _all_imports("engine", "api") if found.module.split(".")[0] == "tests"] == []
